#include <entente/output/condition_text.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/headline_text.hpp>

namespace entente {
namespace {

constexpr std::size_t most_surprising = 8;
constexpr double doubtful = 0.7;  ///< standard error of the log-likelihood

std::string likelihood_text(const ConditionSummary& summary) {
    return fmt::format("{:.2f} ± {}", summary.log_likelihood, readable(summary.standard_error));
}

std::string chance_of(const RecordTold& one) {
    return chance_text(std::exp(one.log_chance));
}

/// How many things of that sort are on record.
std::int64_t count_of(const ConditionSummary& summary, ChanceOfRecord::What what) {
    return std::ranges::count(summary.record, what, &RecordTold::what);
}

std::string record_text(const ConditionSummary& summary) {
    const std::int64_t events = count_of(summary, ChanceOfRecord::What::event);
    const std::int64_t numbers = count_of(summary, ChanceOfRecord::What::number);
    return fmt::format("{} and {} to {}", counted(events, "event"), counted(numbers, "number"), summary.last_label());
}

}  // namespace

std::string condition_doubt(const ConditionSummary& summary) {
    if (!(summary.standard_error > doubtful)) return "";
    return fmt::format("{} are too few for this record: the log-likelihood is not known to better than ± {}", counted(summary.particles, "run"), readable(summary.standard_error));
}

std::vector<std::string> condition_findings(const ConditionSummary& summary) {
    std::vector<std::string> findings;
    findings.push_back(fmt::format("The log-likelihood of {} is {}.", record_text(summary), likelihood_text(summary)));
    const FilterMoment& least = summary.least_effective();
    findings.push_back(fmt::format("Of {} the record leaves {} that count; the fewest, {}, at {}. Runs were drawn again {}.", counted(summary.particles, "run"),
                                   with_commas(std::llround(summary.moments.back().effective)), readable(least.effective), end_label(summary.calendar, least.tick),
                                   counted(summary.redraws(), "time")));
    for (const RecordTold& one : summary.surprising(3))
        findings.push_back(fmt::format("{}, by {}, had a chance of {}.", one.told(), end_label(summary.calendar, one.tick), chance_of(one)));
    if (const std::string doubt = condition_doubt(summary); !doubt.empty()) findings.push_back(doubt + '.');
    return findings;
}

std::string condition_text(const ConditionSummary& summary, const std::string& title, const ConditionFiles& files, const TextStyle& style) {
    const FilterMoment& least = summary.least_effective();
    std::string text = bold(title, style) + '\n';
    text += fmt::format("Record   {}\n", record_text(summary));
    text += fmt::format("Log-likelihood {}\n", likelihood_text(summary));
    text += fmt::format("Runs     {}; {} count at the end, {} at the least ({}); drawn again {}\n", with_commas(summary.particles),
                        with_commas(std::llround(summary.moments.back().effective)), readable(least.effective), end_label(summary.calendar, least.tick),
                        counted(summary.redraws(), "time"));
    if (!summary.failures.empty())
        text += fmt::format("Failed   {}, which count no more; {}\n", counted(std::ssize(summary.failures), "run"), summary.failures.front().told());
    text += headline_text(condition_headline(summary), style);
    LeftOut left_out;
    TextTable shares({{.head = "On record", .is_name = true}, {"how many", Align::right, 0, 1}, {"log chance", Align::right}, {"of no others", Align::right, 0, 2}});
    for (const RecordShare& share : summary.shares())
        shares.add({share.name, with_commas(share.count), readable(share.log_chance), share.is_number ? "" : readable(share.log_silence)});
    text += '\n' + shares.text(style, left_out);
    const auto surprising = summary.surprising(most_surprising);
    if (!surprising.empty()) {
        TextTable table({{.head = "Most surprising"}, {.head = "by", .rank = 1}, {"chance", Align::right}});
        for (const RecordTold& one : surprising) table.add({without_middle(one.told(), std::min<std::size_t>(60, style.width - std::min<std::size_t>(style.width, 12)), style), end_label(summary.calendar, one.tick), chance_of(one)});
        text += '\n' + table.text(style, left_out);
    }
    if (!summary.measures.empty()) {
        TextTable table({{.head = "At " + summary.last_label() + ", given the record", .is_name = true},
                         {"mean", Align::right},
                         {"5 %", Align::right, 0, 1},
                         {"median", Align::right, 0, 2},
                         {"95 %", Align::right, 0, 1},
                         {.head = "unit", .rank = 3}});
        for (const FilteredMeasure& measure : summary.measures) {
            const FilteredValue& last = measure.values.back();
            table.add({measure.called(), readable(last.mean), readable(last.low), readable(last.median), readable(last.high), measure.unit});
        }
        text += '\n' + table.text(style, left_out);
    }
    if (const std::string note = left_out.text(style); !note.empty()) text += '\n' + note;
    text += fmt::format("\nDigest   {}; {} on {}\n", summary.digest, duration_text(summary.seconds), counted(summary.threads, "thread"));
    if (!files.snapshot.empty()) text += fmt::format("Snapshot {}\n", files.snapshot) + command_text("Continue ", files.go_on, style);
    if (!files.folder.empty()) text += fmt::format("Results  {}: record.csv, moments.csv, filtered.csv, summary.json, manifest.json, report.html\n", files.folder);
    return laid_out(text, style);
}

}  // namespace entente
