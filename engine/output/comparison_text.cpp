#include <entente/output/comparison_text.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/headline_text.hpp>
#include <entente/output/study_text.hpp>

namespace entente {

namespace {

constexpr std::size_t longest_column = 12;  ///< an alternative's name above its means
constexpr std::size_t least_spark = 10;
constexpr std::size_t most_spark = 40;
constexpr std::size_t most_failures_told = 3;  ///< of an alternative
// Ranks of columns that can be missed: the highest goes first.
constexpr int means_rank = 1;
constexpr int course_rank = 1;
constexpr int gain_rank = 2;
constexpr int larger_rank = 3;
constexpr int unit_rank = 4;
constexpr int order_rank = 1;
constexpr int log_rank_rank = 5;

std::string interval_text(const Interval& interval) {
    if (std::isnan(interval.low)) return "–";
    return fmt::format("[{}, {}]", readable(interval.low), readable(interval.high));
}

std::string share_text(double share) {
    return percent(share) + (std::isnan(share) ? "" : " %");
}

std::string times_text(double factor) {
    return std::isinf(factor) ? "∞" : readable(factor) + (std::isnan(factor) ? "" : " ×");
}

/// Words in lines of at most `width` cells, all but the first after `indent` blanks.
std::string wrapped(const std::vector<std::string>& words, std::string line, std::size_t width, std::size_t indent) {
    std::string text;
    for (const auto& word : words) {
        if (display_width(line) + 1 + display_width(word) > width && display_width(line) > indent) {
            text += line + '\n';
            line = std::string(indent, ' ') + word;
        } else {
            line += (line.empty() || line.back() == ' ' ? "" : " ") + word;
        }
    }
    return text + line + '\n';
}

/// A sentence in lines of at most `width` cells.
std::string wrapped(const std::string& sentence, std::size_t width) {
    std::vector<std::string> words;
    std::istringstream stream(sentence);
    for (std::string word; stream >> word;) words.push_back(word);
    return wrapped(words, "", width, 2);
}

class ComparisonText {
public:
    ComparisonText(const ComparedRuns& runs, const Comparison& comparison, const TextStyle& style)
        : runs_(runs),
          comparison_(comparison),
          style_(style),
          paired_(runs.pairing == Pairing::paired),
          interval_head_(fmt::format("{:.6g} % interval", 100 * comparison.confidence)) {}

    std::string text() {
        heading();
        text_ += headline_text(comparison_headline(runs_, comparison_), style_);
        for (std::size_t other = 1; other < runs_.alternatives.size(); ++other) alternative(other);
        legend();
        std::vector<std::string> told;
        for (const OutcomeComparison& compared : comparison_.outcomes) told.push_back(compared.outcome.name);
        text_ += by_row_note(runs_.layout, told, style_.width);
        if (!comparison_.dates.empty()) {
            coming();
            order();
        }
        if (const std::string note = no_room_.text(style_); !note.empty()) text_ += '\n' + note;
        failures();
        return laid_out(std::move(text_), style_);
    }

private:
    [[nodiscard]] const std::string& name(std::size_t alternative) const { return runs_.alternatives[alternative].told(); }
    [[nodiscard]] static std::string label(const std::string& text, std::size_t indent) {
        return std::string(indent, ' ') + text;
    }

    void heading() {
        const AlternativeRuns& baseline = runs_.baseline();
        text_ += bold(runs_.title, style_) + '\n';
        std::string line = fmt::format("{} · baseline and {}", calendar_text(runs_.layout.calendar),
                                       counted(std::ssize(runs_.alternatives) - 1, "alternative"));
        const auto alike = [&](const AlternativeRuns& one) {
            return one.made.size() == baseline.made.size() && one.identity.seed == baseline.identity.seed;
        };
        if (std::ranges::all_of(runs_.alternatives, alike))
            line += fmt::format(" of {} · seed {}", counted(std::ssize(baseline.made), "replicate"), baseline.identity.seed);
        text_ += wrapped(line, style_.width);
        std::vector<std::string> names;
        for (std::size_t other = 1; other < runs_.alternatives.size(); ++other)
            names.push_back(name(other) + (other + 1 < runs_.alternatives.size() ? "," : ""));
        text_ += wrapped(names, fmt::format("Against {}:", baseline.told()), style_.width, 2);
        text_ += wrapped(paired_ ? "Paired: run k of every alternative draws the same random numbers, and is compared with run k."
                                 : "Independent runs: no two alternatives share random numbers; nothing is compared run by run.",
                         style_.width);
        for (const AlternativeRuns& one : runs_.alternatives) {
            const auto made = std::ranges::count(one.made, 1);
            if (made < std::ssize(one.made))
                text_ +=
                    fmt::format("Incomplete: {} of {} of {}.\n", with_commas(made), counted(std::ssize(one.made), "run"), one.told());
        }
    }

    void alternative(std::size_t other) {
        std::vector<TextTable::Column> heads = {{.head = label(name(other), 0), .is_name = true},
                                                {.head = "unit", .rank = unit_rank},
                                                {"baseline", Align::right, 0, means_rank},
                                                {shortened(name(other), longest_column, style_), Align::right, 0, means_rank},
                                                {"difference", Align::right},
                                                {interval_head_},
                                                {"larger in", Align::right, 0, larger_rank}};
        if (paired_) heads.push_back({"gain", Align::right, 0, gain_rank});
        TextTable table(std::move(heads));
        std::size_t left_out = 0;
        std::vector<std::string> unclear;
        std::vector<std::string> none;
        std::vector<std::string> none_left;  // of runs that have a number
        for (const bool clear : {true, false}) {
            for (const OutcomeComparison& compared : comparison_.outcomes) {
                const auto& versus = compared.versus[other - 1];
                if (versus.is_clear() != clear || compared.outcome.is_of_date()) continue;
                left_out = std::max(left_out, versus.difference.left_out);
                if (clear || comparison_.chosen)
                    table.add(cells(compared, other));
                else
                    (!versus.is_none() ? unclear : has_gaps(compared, other) ? none_left : none).push_back(compared.outcome.told());
            }
        }
        text_ += '\n' + table.text(style_, no_room_);
        if (!table.empty()) rank_shown_ = std::max(rank_shown_, table.rank_shown(style_));
        if (table.empty() && unclear.empty() && none.empty() && none_left.empty()) return;
        if (table.empty()) text_ += "  no outcome differs clearly\n";
        add_names("no clear difference in", unclear);
        const auto count = static_cast<std::int64_t>(left_out);
        if (left_out > 0 && paired_)
            text_ += fmt::format("  up to {} excluded, in which a run failed or has no number\n", counted(count, "pair"));
        if (left_out > 0 && !paired_) text_ += fmt::format("  up to {} excluded that failed or have no number\n", counted(count, "run"));
        add_names(paired_ ? "the same in every run:" : "the same:", none);
        add_names(paired_ ? "the same in every run that has a number:" : "the same where there is a number:", none_left);
        for (const OutcomeComparison& compared : comparison_.outcomes) infinite(compared, other);
    }

    /// Whether runs that did not fail have no number.
    [[nodiscard]] bool has_gaps(const OutcomeComparison& compared, std::size_t other) const {
        const auto lacking = [&](std::size_t alternative) {
            const AlternativeRuns& runs = runs_.alternatives[alternative];
            return compared.means[alternative].n + runs.failures.size() < static_cast<std::size_t>(std::ranges::count(runs.made, 1));
        };
        return lacking(0) || lacking(other);
    }

    /// Values that have no mean, and so are in no difference.
    void infinite(const OutcomeComparison& compared, std::size_t other) {
        const std::size_t before = compared.means.front().infinite;
        const std::size_t after = compared.means[other].infinite;
        if (before + after == 0) return;
        const auto& superiority = compared.versus[other - 1].superiority;
        text_ += fmt::format("  {} is infinite in {} of the baseline and {} of {}, excluded from the difference", compared.outcome.told(),
                             counted(static_cast<std::int64_t>(before), "run"), with_commas(static_cast<std::int64_t>(after)), name(other));
        if (superiority.b_larger > 0 || superiority.a_larger > 0)
            text_ += fmt::format(": larger in {}, smaller in {}", share_text(superiority.b_larger), share_text(superiority.a_larger));
        text_ += '\n';
    }

    [[nodiscard]] std::vector<std::string> cells(const OutcomeComparison& compared, std::size_t other) const {
        const auto& [mean_baseline, mean, difference, superiority] = compared.versus[other - 1];
        std::vector<std::string> cells = {label(compared.outcome.told(), 2), compared.outcome.unit == "1" ? "" : compared.outcome.unit,
                                          readable(mean_baseline),         readable(mean),
                                          readable(difference.mean),       interval_text(difference.interval),
                                          share_text(superiority.b_larger)};
        if (difference.of_pairs) cells.push_back(times_text(difference.of_pairs->variance_reduction));
        return cells;
    }

    void add_names(const std::string& head, const std::vector<std::string>& names) {
        std::vector<std::string> words;
        for (const auto& name : names) words.push_back(name + (words.size() + 1 < names.size() ? "," : ""));
        if (!names.empty()) text_ += wrapped(words, "  " + head, style_.width, 4);
    }

    void legend() {
        if (rank_shown_ >= gain_rank && paired_) add_note("gain: how many times as many independent runs would give the same precision (variance reduction)");
        if (rank_shown_ < larger_rank) return;
        add_note(paired_ ? "larger in: share of runs in which it is larger than in the same run of the baseline"
                         : "larger in: share of pairs, one run of each, in which it is larger than in the baseline");
    }

    void add_note(const std::string& note) { text_ += dim(wrapped(note, style_.width), style_); }

    /// How often each date came, and when.
    void coming() {
        const auto fill = [&](std::size_t spark) {
            TextTable table({{.head = "Dates", .is_name = true},
                             {"came", Align::right, 6},
                             {interval_head_, Align::left, 0, gain_rank},
                             {.head = "median"},
                             {.head = "share that came, over time", .rank = course_rank}});
            for (const DateComparison& date : comparison_.dates) {
                table.add({label(date.told(), 2)});
                for (std::size_t i = 0; i < date.alternatives.size(); ++i) {
                    const auto& one = date.alternatives[i];
                    table.add({label(name(i), 4), share_text(one.share),
                               fmt::format("{}–{} %", percent(one.interval.low), percent(one.interval.high)),
                               one.median ? tick_cell(runs_.layout.calendar, *one.median) : "–",
                               spark_line(course(one.curve), spark, {0, 1}, style_)});
                }
            }
            return table;
        };
        const std::size_t head = display_width("share that came, over time");
        const std::size_t fixed = fill(0).width(style_) - head;
        text_ += '\n' + fill(std::clamp(style_.width - std::min(style_.width, fixed), least_spark, most_spark)).text(style_, no_room_);
    }

    /// The share that had come at the end of each tick.
    [[nodiscard]] std::vector<double> course(const std::vector<ArrivalStep>& curve) const {
        std::vector<double> shares;
        auto step = curve.begin();
        for (std::int64_t tick = 0; tick < runs_.layout.calendar.ticks(); ++tick) {
            while (step != curve.end() && step->time <= static_cast<double>(tick)) ++step;
            shares.push_back(step == curve.begin() ? 0 : std::prev(step)->share);
        }
        return shares;
    }

    /// Which comes first, and by how much.
    void order() {
        const Calendar& calendar = runs_.layout.calendar;
        std::vector<TextTable::Column> heads = {{.head = "Delay against the baseline", .is_name = true}, {"years", Align::right}, {interval_head_}};
        if (paired_)
            heads.insert(heads.end(), {{"before", Align::right, 0, order_rank}, {"after", Align::right, 0, order_rank}, {"same", Align::right, 0, 3}, {"neither", Align::right, 0, 4}, {"sign p", Align::right, 0, 2}});
        heads.push_back({"log-rank p", Align::right, 0, paired_ ? log_rank_rank : order_rank});
        TextTable table(std::move(heads));
        for (const DateComparison& date : comparison_.dates) {
            table.add({label(date.told(), 2)});
            for (std::size_t i = 0; i < date.versus.size(); ++i) {
                const auto& [difference, log_rank] = date.versus[i];
                std::vector<std::string> cells = {label(name(i + 1), 4), readable(difference.restricted.mean),
                                                  interval_text(difference.restricted.interval)};
                if (const auto& order = difference.order) {
                    for (const Share& share : {order->b_first, order->a_first, order->same, order->neither})
                        cells.push_back(share_text(share.value()));
                    cells.push_back(chance_text(order->p));
                }
                cells.push_back(chance_text(log_rank.p));
                table.add(std::move(cells));
            }
        }
        text_ += '\n' + table.text(style_, no_room_);
        add_note(fmt::format("years: in the mean time to the date, which counts as {} where it never came",
                             readable(calendar.years_since_start(calendar.ticks()))));
        if (paired_) add_note("before, after: runs in which it came earlier or later than in the same run of the baseline");
        if (paired_ && table.rank_shown(style_) >= log_rank_rank)
            add_note("log-rank assumes independent alternatives, and so is conservative for pairs");
    }

    void failures() {
        if (runs_.failed() == 0) return;
        text_ += '\n';
        std::int64_t first_number = 0;  // of the alternative's runs in runs.csv
        for (const AlternativeRuns& one : runs_.alternatives) {
            const std::int64_t first = first_number;
            first_number += std::ssize(one.made);
            if (one.failures.empty()) continue;
            text_ += bold(fmt::format("{} of {} of {} failed", with_commas(std::ssize(one.failures)), counted(std::ssize(one.made), "run"),
                                      one.told()),
                          style_) +
                     '\n';
            for (std::size_t at = 0; at < std::min(one.failures.size(), most_failures_told); ++at) {
                RunFailure failure = one.failures[at];
                failure.run += first;
                text_ += "  " + failure.told() + '\n';
            }
            if (one.failures.size() > most_failures_told)
                text_ += fmt::format("  … and {} more, listed in runs.csv\n", one.failures.size() - most_failures_told);
        }
    }

    const ComparedRuns& runs_;
    const Comparison& comparison_;
    const TextStyle& style_;
    bool paired_;
    int rank_shown_ = -1;  ///< in any table of outcomes
    std::string interval_head_;
    LeftOut no_room_;
    std::string text_;
};

}  // namespace

std::string comparison_text(const ComparedRuns& runs, const Comparison& comparison, const TextStyle& style) {
    return ComparisonText(runs, comparison, style).text();
}

}  // namespace entente
