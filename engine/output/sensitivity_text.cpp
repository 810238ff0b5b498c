#include <entente/output/sensitivity_text.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/headline_text.hpp>
#include <entente/output/sensitivity_tables.hpp>
#include <entente/output/study_text.hpp>

namespace entente {

namespace {

constexpr std::size_t most_outcomes_in_full = 12;

class SensitivityText {
public:
    SensitivityText(const SensitivityReport& report, const TextStyle& style)
        : report_(report), design_(report.design), style_(style), is_morris_(design_.plan.method == SensitivityMethod::morris) {}

    [[nodiscard]] std::string text() {
        std::string text = study_head_text(report_.record, style_);
        if (!report_.results_file.empty()) text += fmt::format("Outcomes of {}: no runs were made.\n", report_.results_file);
        if (report_.outcome.runs < expected_runs())
            text += fmt::format("Incomplete: {} of {}.\n", with_commas(report_.outcome.runs), counted(expected_runs(), "run"));
        if (report_.outcome.failed > 0)
            text += fmt::format("{} failed{}\n", counted(report_.outcome.failed, report_.results_file.empty() ? "run" : "row"),
                                report_.is_refused() ? ": there are no indices." : "; means are over those that did not.");
        if (!report_.is_refused()) text += headline_text(sensitivity_headline(report_), style_) + '\n' + what_is_shown() + outcomes() + not_told();
        if (const std::string note = no_room_.text(style_, "indices.csv and --json have all"); !note.empty()) text += '\n' + note;
        if (report_.results_file.empty()) text += '\n' + study_cost_text(report_.outcome);
        return laid_out(std::move(text), style_);
    }

private:
    [[nodiscard]] std::int64_t expected_runs() const {
        return static_cast<std::int64_t>(design_.points.size()) * report_.record.replicates;
    }

    [[nodiscard]] std::string what_is_shown() const {
        const std::string around = report_.bootstrap.resamples > 0
                                       ? fmt::format("; intervals: {} of {}", share_text(report_.bootstrap.confidence),
                                                     counted(report_.bootstrap.resamples, "resample"))
                                       : "";
        std::string text =
            is_morris_ ? "Elementary effects on the means of points, over the whole range of a factor: mu* mean size, sigma standard deviation" +
                             around + "."
                       : "Shares of the variance of the means of points: first order alone, total with all interactions (bars: total, dark "
                         "up to the first order)" +
                             around + ".";
        if (report_.record.replicates > 1)
            text += " Noise: the share of chance in the variance of single runs and of means, with intervals.";
        if (const std::string advice = replicates_advice(report_.record); !advice.empty() && report_.results_file.empty()) text += ' ' + advice;
        return in_lines(text, style_.width) + too_few();
    }

    [[nodiscard]] std::string not_told() const {
        std::vector<std::string> told;
        for (const auto& outcome : report_.outcomes) told.push_back(outcome.name);
        return by_row_note(report_.layout, told, style_.width);
    }

    std::string outcomes() {
        std::string text;
        std::vector<const OutcomeSensitivity*> brief;
        std::map<std::pair<Variation, bool>, std::vector<std::string>> others;  // and whether values were left out
        std::size_t told = 0;
        for (const auto& outcome : report_.outcomes) {
            if (outcome.variation != Variation::by_factors)
                others[{outcome.variation, outcome.variation == Variation::constant && left_out(outcome) > 0}].push_back(outcome.told());
            else if (++told > most_outcomes_in_full)
                brief.push_back(&outcome);
            else
                text += '\n' + in_full(outcome);
        }
        if (!brief.empty()) text += '\n' + brief_table(brief, report_, style_, no_room_);
        if (!others.empty()) text += '\n';
        for (const Variation variation :
             {Variation::noise, Variation::chance_alone, Variation::constant, Variation::excluded, Variation::no_numbers})
            for (const bool is_torn : {false, true})
                if (others.contains({variation, is_torn}))
                    text += named(is_torn ? "The same in every run that has a number" : head_of(variation), others[{variation, is_torn}]);
        return text + infinite_not_told() + rules_not_told();
    }

    /// What is said of outcomes without indices.
    [[nodiscard]] std::string head_of(Variation variation) const {
        const bool is_shared = report_.record.replicates == 1 && !report_.record.identity.independent;
        switch (variation) {
            case Variation::noise:
                return "Indistinguishable from noise";
            case Variation::chance_alone:
                return "Vary by chance alone, alike at every point";
            case Variation::constant:
                return is_shared && report_.results_file.empty() ? "The same at every point, which share the random numbers of one replicate" : "Constant";
            case Variation::excluded:
                return is_morris_ ? "Vary, but too few trajectories are complete" : "Vary, but too few base rows are complete";
            case Variation::no_numbers:
                return "No number in any run";
            case Variation::by_factors:
                break;
        }
        return "";
    }

    /// Infinite and missing values, beside the runs that failed.
    [[nodiscard]] std::size_t left_out(const OutcomeSensitivity& outcome) const {
        return outcome.infinite + outcome.missing - std::min(outcome.missing, lost_runs());
    }
    [[nodiscard]] std::size_t lost_runs() const {
        return static_cast<std::size_t>(report_.outcome.failed + std::max<std::int64_t>(expected_runs() - report_.outcome.runs, 0));
    }

    /// What was left out of the outcomes that stand in a line only.
    [[nodiscard]] std::string infinite_not_told() const {
        std::string text;
        for (const auto& outcome : report_.outcomes)
            if (!told_in_full_.contains(outcome.name)) text += left_out_text(outcome);
        return text;
    }

    [[nodiscard]] std::string left_out_text(const OutcomeSensitivity& outcome) const {
        std::string text;
        const auto tell = [&](std::string_view what, std::size_t count) {
            if (count > 0)
                text += fmt::format("  {} {} in {} of {}, excluded\n", outcome.told(), what, with_commas(static_cast<std::int64_t>(count)),
                                    counted(expected_runs(), report_.results_file.empty() ? "run" : "row"));
        };
        tell("is infinite", outcome.infinite);
        tell("has no value", left_out(outcome) - outcome.infinite);
        return text;
    }

    /// One sample has no spread, and intervals of few are widened.
    [[nodiscard]] std::string too_few() const {
        const std::size_t groups = design_.groups.size();
        if (design_.plan.samples > 1 && !is_morris_ && report_.bootstrap.resamples > 0 && rows_are_few(design_.plan.samples, groups))
            return in_lines(fmt::format("Intervals are widened, because as few rows as {} of {} may repeat each other; from {} rows on they are not.",
                                        design_.plan.samples, counted(static_cast<std::int64_t>(groups), groups == design_.points.factors() ? "factor" : "group"),
                                        std::bit_ceil(64 * groups + 1)),
                            style_.width);
        if (design_.plan.samples > 1) return {};
        return is_morris_ ? "One trajectory is too few for intervals, and for sigma.\n" : "One base row is too few for intervals.\n";
    }

    [[nodiscard]] std::string named(const std::string& head, const std::vector<std::string>& names) const {
        std::string text = head + ": ";
        for (std::size_t i = 0; i < names.size(); ++i) text += names[i] + (i + 1 < names.size() ? ", " : "");
        return in_lines(text, style_.width);
    }

    /// What the dates and levels are that stand in a line only.
    [[nodiscard]] std::string rules_not_told() const {
        std::string text;
        for (const auto& outcome : report_.outcomes) {
            const std::string line = fmt::format("  {}: {}\n", outcome.pattern, outcome.rule);
            if (!outcome.rule.empty() && !told_in_full_.contains(outcome.name) && text.find(line) == std::string::npos) text += line;
        }
        return text;
    }

    [[nodiscard]] std::string in_full(const OutcomeSensitivity& outcome) {
        told_in_full_.insert(outcome.name);
        std::string line = outcome.told();
        if (!outcome.unit.empty()) line += " · " + outcome.unit;
        line += fmt::format(" · mean {}, sd {}", readable(outcome.mean), readable(outcome.sd));
        if (outcome.noise)
            line += fmt::format(" · noise {} of runs, {} of means", with_interval(outcome.noise->share, outcome.noise->share_interval),
                                with_interval(outcome.noise->share_of_means, outcome.noise->share_of_means_interval));
        else if (report_.record.replicates > 1)
            line += " · noise not estimated: a run failed at most points";
        std::string text = in_lines(line, style_.width).replace(0, outcome.told().size(), bold(outcome.told(), style_));
        if (!outcome.rule.empty()) text += "  " + outcome.rule + '\n';
        if (outcome.left_out > 0) {
            const auto all = static_cast<std::int64_t>(outcome.used + outcome.left_out);
            text += fmt::format("  {} of {} excluded: at one of their points no run {}\n",
                                with_commas(static_cast<std::int64_t>(outcome.left_out)),
                                is_morris_ ? counted(all, "trajectory") : counted(all, "base row"),
                                report_.outcome.runs < expected_runs() ? "is there, or has a number" : "has a number");
        }
        text += left_out_text(outcome);
        return text + factors_table(outcome, report_, style_, no_room_) + pairs_table(outcome, report_, style_, no_room_);
    }

    [[nodiscard]] static std::string with_interval(double share, const Interval& around) {
        return std::isnan(around.low) ? share_text(share) : fmt::format("{} ({}–{})", share_text(share), percent(around.low), percent(around.high));
    }

    const SensitivityReport& report_;
    const SensitivityDesign& design_;
    const TextStyle& style_;
    bool is_morris_;
    LeftOut no_room_;
    std::set<std::string> told_in_full_;  ///< outcomes
};

}  // namespace

std::string sensitivity_text(const SensitivityReport& report, const TextStyle& style) {
    return SensitivityText(report, style).text();
}

}  // namespace entente
