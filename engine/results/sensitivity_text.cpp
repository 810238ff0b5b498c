#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include <entente/results/numbers.hpp>
#include <entente/results/sensitivity_report.hpp>
#include <entente/results/sensitivity_tables.hpp>
#include <entente/results/study_text.hpp>

namespace entente {

namespace {

constexpr std::size_t most_outcomes_in_full = 12;

/// The text in lines of at most that many cells, all but the first set in.
std::string wrapped(const std::string& text, std::size_t width) {
    std::string lines;
    std::string line;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(' ', from), text.size());
        const std::string word = text.substr(from, end - from);
        if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
            lines += line + '\n';
            line = "   ";
        }
        line += (line.empty() ? "" : " ") + word;
        from = end + 1;
    }
    return lines + line + '\n';
}

class SensitivityText {
public:
    SensitivityText(const SensitivityReport& report, const TextStyle& style)
        : report_(report), design_(report.design), style_(style), is_morris_(design_.plan.method == SensitivityMethod::morris) {}

    [[nodiscard]] std::string text() {
        std::string text = study_head_text(report_.record, style_);
        if (!report_.results_file.empty()) text += fmt::format("Outcomes of {}: no runs were made.\n", report_.results_file);
        if (report_.outcome.runs < expected_runs())
            text += fmt::format("Not all is there: {} of {}.\n", with_commas(report_.outcome.runs), counted(expected_runs(), "run"));
        if (report_.outcome.failed > 0)
            text += fmt::format("{} failed{}\n", counted(report_.outcome.failed, report_.results_file.empty() ? "run" : "row"),
                                report_.is_refused() ? ": there are no indices." : "; means are over those that did not.");
        if (!report_.is_refused()) text += what_is_shown() + outcomes();
        if (report_.results_file.empty()) text += '\n' + study_cost_text(report_.outcome);
        return shown(std::move(text), style_);
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
            is_morris_ ? "Effects of a step over the whole of a factor on the means of points: mu* their mean size, sigma their spread" +
                             around + "."
                       : "Shares of the variance of the means of points: first order alone, total with all interactions (bars: total, dark "
                         "up to the first order)" +
                             around + ".";
        if (report_.record.replicates > 1)
            text += " Noise: what chance has of the variance of single runs and of that of means.";
        else
            text += " With one replicate, how much is noise can't be told: take --replicates 2 or more.";
        return wrapped(text, style_.width);
    }

    std::string outcomes() {
        std::string text;
        std::vector<const OutcomeSensitivity*> brief;
        std::vector<std::string> noise;
        std::vector<std::string> constant;
        std::size_t told = 0;
        for (const auto& outcome : report_.outcomes) {
            if (outcome.never_varies())
                constant.push_back(outcome.name);
            else if (outcome.is_noise())
                noise.push_back(outcome.name);
            else if (++told > most_outcomes_in_full)
                brief.push_back(&outcome);
            else
                text += '\n' + in_full(outcome);
        }
        if (!brief.empty()) text += '\n' + brief_table(brief, report_, style_);
        if (!noise.empty() || !constant.empty()) text += '\n';
        if (!noise.empty()) text += named("Not to be told from noise", noise);
        if (!constant.empty()) text += named("Never vary", constant);
        return text + rules_not_told();
    }

    [[nodiscard]] std::string named(const std::string& head, const std::vector<std::string>& names) const {
        std::string text = head + ": ";
        for (std::size_t i = 0; i < names.size(); ++i) text += names[i] + (i + 1 < names.size() ? ", " : "");
        return wrapped(text, style_.width);
    }

    /// What the dates are that stand in a line only.
    [[nodiscard]] std::string rules_not_told() const {
        std::string text;
        for (const auto& outcome : report_.outcomes) {
            const std::string line =
                fmt::format("  *{}: {}\n", outcome.name.substr(std::min(outcome.name.rfind('_'), outcome.name.size())), outcome.rule);
            if (!outcome.rule.empty() && !told_in_full_.contains(outcome.name) && text.find(line) == std::string::npos) text += line;
        }
        return text;
    }

    [[nodiscard]] std::string in_full(const OutcomeSensitivity& outcome) {
        told_in_full_.insert(outcome.name);
        std::string line = outcome.name;
        if (!outcome.unit.empty()) line += " · " + outcome.unit;
        line += fmt::format(" · mean {}, sd {}", readable(outcome.mean), readable(std::sqrt(outcome.variance)));
        if (outcome.noise)
            line +=
                fmt::format(" · noise {} of runs, {} of means", share_text(outcome.noise->share()), share_text(outcome.noise->share_of_means));
        else if (report_.record.replicates > 1)
            line += " · noise can't be told: at most points a run failed";
        std::string text = wrapped(line, style_.width).replace(0, outcome.name.size(), bold(outcome.name, style_));
        if (!outcome.rule.empty()) text += "  " + outcome.rule + '\n';
        if (outcome.left_out > 0) {
            const auto all = static_cast<std::int64_t>(outcome.used + outcome.left_out);
            text += fmt::format("  {} of {} left out: at a point of theirs no run came to its end\n",
                                with_commas(static_cast<std::int64_t>(outcome.left_out)),
                                is_morris_ ? counted(all, "trajectory") : counted(all, "base row"));
        }
        return text + factors_table(outcome, report_, style_) + pairs_table(outcome, report_, style_);
    }

    const SensitivityReport& report_;
    const SensitivityDesign& design_;
    const TextStyle& style_;
    bool is_morris_;
    std::set<std::string> told_in_full_;  ///< outcomes
};

}  // namespace

std::string sensitivity_text(const SensitivityReport& report, const TextStyle& style) {
    return SensitivityText(report, style).text();
}

}  // namespace entente
