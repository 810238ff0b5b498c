#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include <entente/base/utf8.hpp>
#include <entente/results/interval_bar.hpp>
#include <entente/results/numbers.hpp>
#include <entente/results/sensitivity_report.hpp>
#include <entente/results/study_text.hpp>

namespace entente {

namespace {

constexpr std::size_t most_outcomes_in_full = 12;
constexpr std::size_t most_factors = 20;
constexpr std::size_t most_pairs = 5;
constexpr std::size_t least_bar = 8;

/// A share of variance; no minus before what rounds to nothing.
std::string share(double value) {
    if (std::isnan(value)) return "–";
    const std::string text = fmt::format("{:.2f}", value);
    return text == "-0.00" ? "0.00" : text;
}

std::string percent(double value) {
    return std::isnan(value) ? "–" : fmt::format("{:.{}f} %", 100 * value, value > 0 && value < 0.0095 ? 1 : 0);
}

template <class Write>
std::string interval_text(const Interval& interval, const Write& write) {
    return std::isnan(interval.low) ? "–" : write(interval.low) + " – " + write(interval.high);
}

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

/// A name in at most that many cells, without its middle: `relation[ru…nistan].trust`.
std::string without_middle(const std::string& name, std::size_t width, const TextStyle& style) {
    if (display_width(name) <= width) return name;
    std::string end;
    std::size_t cells = 0;
    const auto glyphs = glyphs_of(name);
    for (auto glyph = glyphs.rbegin(); glyph != glyphs.rend() && cells + glyph->width <= width / 2; ++glyph) {
        end = std::string(glyph->text) + end;
        cells += glyph->width;
    }
    return shortened(name, width - cells, style) + end;
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
                                       ? fmt::format("; intervals: {} of {}", percent(report_.bootstrap.confidence),
                                                     counted(report_.bootstrap.resamples, "resample"))
                                       : "";
        std::string text =
            is_morris_ ? "Effects of a step over the whole of a factor on the means of points: mu* their mean size, sigma their spread" +
                             around + "."
                       : "Shares of the variance of the means of points: first order alone, total with all interactions" + around + ".";
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
        if (!brief.empty()) text += '\n' + in_brief(brief);
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
                fmt::format(" · noise {} of runs, {} of means", percent(outcome.noise->share()), percent(outcome.noise->share_of_means));
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
        return text + factors(outcome) + pairs(outcome);
    }

    [[nodiscard]] std::string factors(const OutcomeSensitivity& outcome) const {
        const auto ranked = ranked_groups(outcome, design_);
        const std::size_t told = std::min(ranked.size(), most_factors);
        std::vector<std::vector<std::string>> rows;
        for (std::size_t i = 0; i < told; ++i) rows.push_back(is_morris_ ? effect(outcome, ranked[i]) : indices(outcome, ranked[i]));
        std::string text = with_bars(outcome, std::span(ranked).first(told), rows);
        if (told < ranked.size())
            text += fmt::format("  and {} up to {}, in indices.csv\n", with_commas(static_cast<std::int64_t>(ranked.size() - told)),
                                number(rank_of(outcome, design_, ranked[told]).value));
        return text;
    }

    /// A number as the ranks are told.
    [[nodiscard]] std::string number(double value) const { return is_morris_ ? readable(value) : share(value); }

    [[nodiscard]] std::string name_of(std::size_t group) const {
        return "  " + without_middle(design_.groups.names[group], style_.width < 90 ? 20 : 30, style_);
    }

    [[nodiscard]] std::vector<std::string> indices(const OutcomeSensitivity& outcome, std::size_t group) const {
        const Estimate& first = outcome.sobol.first_saltelli[group];
        const Estimate& total = outcome.sobol.total[group];
        return {name_of(group), share(first.value), interval_text(first.interval, share), share(total.value),
                interval_text(total.interval, share)};
    }

    [[nodiscard]] std::vector<std::string> effect(const OutcomeSensitivity& outcome, std::size_t group) const {
        const MorrisEffect& effect = outcome.morris.groups[group];
        return {name_of(group), readable(effect.mu), readable(effect.sigma), readable(effect.mu_star.value),
                interval_text(effect.mu_star.interval, [](double x) { return readable(x); })};
    }

    /// The greatest number that a bar has to reach: 1 for shares, or what goes beyond.
    [[nodiscard]] double end_of_bars(const OutcomeSensitivity& outcome, std::span<const std::size_t> groups) const {
        double end = is_morris_ ? 0 : 1;
        for (const std::size_t group : groups) {
            const Estimate& rank = rank_of(outcome, design_, group);
            end = std::fmax(end, std::fmax(rank.value, rank.interval.high));
        }
        return end;
    }

    [[nodiscard]] std::vector<TextTable::Column> columns() const {
        const std::string around = percent(report_.bootstrap.confidence);
        if (is_morris_) return {{"  factor"}, {"mu", Align::right}, {"sigma", Align::right}, {"mu*", Align::right}, {around, Align::right}};
        return {{"  factor"}, {"first", Align::right}, {around, Align::right}, {"total", Align::right}, {around, Align::right}};
    }

    [[nodiscard]] std::string with_bars(const OutcomeSensitivity& outcome, std::span<const std::size_t> groups,
                                        const std::vector<std::vector<std::string>>& rows) const {
        TextTable plain(columns());
        for (const auto& row : rows) plain.add(row);
        const std::size_t taken = plain.width() + 2;
        if (taken + least_bar > style_.width) return plain.text(style_);
        const std::size_t width = std::min<std::size_t>(style_.width - taken, 50);
        const double end = end_of_bars(outcome, groups);
        auto heads = columns();
        heads.push_back({fmt::format("0{:>{}}", number(end), width - 1), Align::left, width});
        TextTable table(std::move(heads));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto row = rows[i];
            const Estimate& rank = rank_of(outcome, design_, groups[i]);
            const double inner = is_morris_ ? rank.value : outcome.sobol.first_saltelli[groups[i]].value;
            row.push_back(interval_bar(inner, rank, end, width, style_));
            table.add(std::move(row));
        }
        return table.text(style_);
    }

    /// Pairs whose interval does not reach 0, from the strongest down.
    [[nodiscard]] std::string pairs(const OutcomeSensitivity& outcome) const {
        struct Pair {
            std::string name;
            Estimate estimate;
        };
        std::vector<Pair> found;
        const auto& names = design_.groups.names;
        for (std::size_t i = 0; !outcome.sobol.second.empty() && i < names.size(); ++i)
            for (std::size_t j = i + 1; j < names.size(); ++j) {
                const Estimate& estimate = outcome.sobol.second[pair_number(i, j, names.size())];
                if (estimate.value > 0.005 && !(estimate.interval.low <= 0)) found.push_back({names[i] + " × " + names[j], estimate});
            }
        if (design_.plan.second_order == SecondOrder::no) return {};
        if (found.empty()) return "  no pair acts together by more than chance would have it\n";
        std::ranges::stable_sort(found, std::ranges::greater{}, [](const Pair& pair) { return pair.estimate.value; });
        found.resize(std::min(found.size(), most_pairs));
        TextTable table({{"  pair"}, {"second", Align::right}, {percent(report_.bootstrap.confidence), Align::right}});
        for (const Pair& pair : found)
            table.add({"  " + without_middle(pair.name, style_.width - 40, style_), share(pair.estimate.value),
                       interval_text(pair.estimate.interval, share)});
        return table.text(style_);
    }

    [[nodiscard]] std::string in_brief(const std::vector<const OutcomeSensitivity*>& outcomes) const {
        TextTable table({{"More outcomes"},
                         {"mean", Align::right},
                         {"sd", Align::right},
                         {"noise", Align::right},
                         {is_morris_ ? "strongest by mu*" : "strongest by total"}});
        for (const auto* outcome : outcomes) {
            std::string strongest;
            const auto ranked = ranked_groups(*outcome, design_);
            for (std::size_t i = 0; i < std::min<std::size_t>(ranked.size(), 3); ++i)
                strongest += fmt::format("{}{} {}", i == 0 ? "" : ", ", without_middle(design_.groups.names[ranked[i]], 14, style_),
                                         number(rank_of(*outcome, design_, ranked[i]).value));
            table.add({"  " + without_middle(outcome->name, 24, style_), readable(outcome->mean), readable(std::sqrt(outcome->variance)),
                       outcome->noise ? percent(outcome->noise->share_of_means) : "–", strongest});
        }
        return table.text(style_);
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
