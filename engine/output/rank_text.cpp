#include <entente/output/rank_text.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/wording.hpp>
#include <entente/output/study_text.hpp>
#include <entente/output/table_formats.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

std::vector<double> heights_of(const RankCheck& check) {
    return {check.counts.begin(), check.counts.end()};
}

std::string number_cell(double value) {
    return std::isnan(value) ? std::string() : exact(value);
}

nlohmann::ordered_json ranks_json(const ParameterRanks& one) {
    return {{"counts", one.check.counts},
            {"expected", one.check.expected},
            {"band", {one.check.band.low, one.check.band.high}},
            {"chance", one.check.chance},
            {"held", one.held},
            {"held_interval", {one.held_interval.low, one.held_interval.high}}};
}

}  // namespace

std::string rank_text(const StudyRecord& record, const StudyOutcome& outcome, const CalibrationFacts& facts, const RankSummary& summary,
                      const TextStyle& style) {
    std::string text = bold(record.title.empty() ? record.scenario : record.title, style) + '\n';
    text += fmt::format("simulation-based calibration of {} · {} of {} each · record until {} · seed {}\n\n", name_of(facts.method),
                        counted(summary.fits, "fit"), counted(facts.particles, "particle"), facts.until, record.identity.scenario.seed);
    constexpr std::size_t widest = 20;
    LeftOut left_out;
    TextTable table({{.head = "Ranks of the truth", .is_name = true},
                     {.head = "histogram", .rank = 1},
                     {"least", Align::right, 0, 2},
                     {"most", Align::right, 0, 2},
                     {"expected (99 %)", Align::right, 0, 3},
                     {"p", Align::right},
                     {"90 % hold it in", Align::right}});
    for (const ParameterRanks& one : summary.parameters) {
        const auto heights = heights_of(one.check);
        const double most = heights.empty() ? 1 : *std::ranges::max_element(heights);
        table.add({"  " + record.labels.parameter(one.name), spark_line(heights, widest, {0, std::max(most, one.check.band.high)}, style),
                   readable(*std::ranges::min_element(heights)), readable(most),
                   fmt::format("{} ({:.0f} – {:.0f})", readable(one.check.expected), one.check.band.low, one.check.band.high),
                   chance_text(one.check.chance),
                   fmt::format("{} % ({} – {})", percent(one.held), percent(one.held_interval.low), percent(one.held_interval.high))});
    }
    text += table.text(style, left_out) + fmt::format("  ranks among {} draws of each posterior; effective size {} on average\n\n", rank_draws,
                                            readable(summary.effective));
    for (const std::string& finding : rank_findings(summary)) text += in_lines(finding, style.width);
    if (const std::string note = left_out.text(style); !note.empty()) text += '\n' + note;
    return laid_out(text + '\n' + study_cost_text(outcome), style);
}

std::string rank_json(const StudyRecord& record, const StudyOutcome& outcome, const CalibrationFacts& facts, const RankSummary& summary) {
    nlohmann::ordered_json parameters = nlohmann::ordered_json::object();
    for (const ParameterRanks& one : summary.parameters) parameters[one.name] = ranks_json(one);
    const nlohmann::ordered_json json = {{"format", file_format::rank_summary},
                                         {"title", record.title},
                                         {"scenario", record.scenario},
                                         {"seed", record.identity.scenario.seed},
                                         {"method", name_of(facts.method)},
                                         {"until", facts.until},
                                         {"particles", facts.particles},
                                         {"fits", summary.fits},
                                         {"without_fit", summary.without_fit},
                                         {"effective", summary.effective},
                                         {"draws", rank_draws},
                                         {"digest", outcome.digest},
                                         {"parameters", parameters},
                                         {"findings", rank_findings(summary)}};
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

void write_ranks(std::span<const Factor> factors, std::span<const std::vector<double>> fits, const Sink& sink) {
    sink(table_head(ResultTable::ranks));
    for (std::size_t fit = 0; fit < fits.size(); ++fit)
        for (std::size_t k = 0; k < factors.size(); ++k) {
            const RankedParameter one = ranked_parameter(fits[fit], k);
            sink(fmt::format("{},{},{},{},{},{},{},{},{}\n", fit, csv_cell(factors[k].name), exact(one.truth), number_cell(one.rank),
                             rank_draws, number_cell(one.mean), number_cell(one.sd), number_cell(one.low), number_cell(one.high)));
        }
}

}  // namespace entente
