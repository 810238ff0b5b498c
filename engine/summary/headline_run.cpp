#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/summary/headline.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

constexpr std::size_t rows_in_headline = 3;

/// A number, what is said behind it, and both as a sentence that lacks its interval, `also` and its stop.
struct Answer {
    HeadlineNumber number;
    std::string says;
    std::string sentence;
    std::string also{};
};

/// `42 % of runs: …`
Answer read_on(HeadlineNumber number, const std::string& says) {
    std::string sentence = number.number + ' ' + says;
    return {std::move(number), says, std::move(sentence)};
}

/// `Moscow's trust in Kabul on 27 Dec 2025: 0.4, median of runs`
Answer told_first(const MeasureInfo& info, HeadlineNumber number, const std::string& what, const std::string& of) {
    std::string sentence = fmt::format("{}: {}{}", begun_with(info, what), number.number, of);
    return {std::move(number), what + of, std::move(sentence)};
}

Answer unknown(const std::string& says) {
    return {{.of = {}, .number = "–", .interval = {}, .apart = {}}, says, capitalised(says)};
}

class RunHeadline {
public:
    RunHeadline(const Results& results, const Summary& summary, std::size_t measure)
        : results_(results), calendar_(results.calendar), info_(results.measures[measure]), summary_(summary.measures[measure]) {}

    [[nodiscard]] Headline headline() const {
        return info_.is_by_row() ? of_rows() : of_world();
    }

private:
    [[nodiscard]] std::string subject() const { return subject_of(info_); }
    [[nodiscard]] bool is_single() const { return results_.runs == 1; }

    [[nodiscard]] Headline of_world() const {
        Answer answer = answer_of(summary_);
        if (!results_.failures.empty() && !is_single())
            answer.also += fmt::format("; {} of {} failed", with_commas(std::ssize(results_.failures)), counted(results_.runs, "run"));
        const std::string interval = answer.number.interval.empty() ? "" : fmt::format(" ({})", answer.number.interval);
        Headline headline{.measure = info_.name, .figure = info_.told(), .says = answer.says + answer.also, .numbers = {}, .sentence = {}};
        headline.sentence = fmt::format("{}{}{}.", answer.sentence, interval, answer.also);
        headline.numbers.push_back(std::move(answer.number));
        return headline;
    }

    /// The greatest rows that have a value.
    [[nodiscard]] Headline of_rows() const {
        std::vector<std::size_t> ranked = ranked_rows(summary_);
        std::erase_if(ranked, [&](std::size_t row) { return std::isnan(rank_value(summary_.rows[row])); });
        ranked.resize(std::min(ranked.size(), rows_in_headline));
        Headline headline{.measure = info_.name, .figure = info_.told(), .says = {}, .numbers = {}, .sentence = {}};
        std::string rows;
        for (const std::size_t row : ranked) {
            Answer answer = answer_of(summary_.rows[row]);
            answer.number.of = info_.row_labels.empty() ? info_.rows[row] : info_.row_labels[row];
            headline.says = answer.says;
            rows += fmt::format("{}{} {}", rows.empty() ? "" : ", ", answer.number.of, answer.number.number);
            headline.numbers.push_back(std::move(answer.number));
        }
        const std::string of = counted(std::ssize(summary_.rows), "row") + " of " + info_.told_kind();
        if (headline.numbers.empty()) {
            headline.numbers.push_back({.of = {}, .number = "–", .interval = {}, .apart = {}});
            headline.says = fmt::format("{}: no value on any of {}", subject(), of);
            headline.sentence = fmt::format("{} has no value on any of {}.", subject(), of);
            return headline;
        }
        const std::string greatest = ranked.size() < summary_.rows.size() ? fmt::format("greatest of {}", of) : counted(std::ssize(summary_.rows), "row");
        headline.sentence = fmt::format("{} ({}): {}.", begun_with(info_, headline.says), greatest, rows);
        headline.says += "; " + greatest;
        return headline;
    }

    [[nodiscard]] Answer answer_of(const ValueSummary& summary) const {
        if (info_.form == Form::date) return is_single() ? date_of_one(*summary.date) : date(*summary.date);
        if (!summary.levels.empty()) return is_single() ? level_of_one(summary) : level(summary);
        return is_single() ? value_of_one(summary.values) : value(summary.values);
    }

    [[nodiscard]] Answer date(const DateSummary& date) const {
        const Coming& coming = date.coming;
        const std::string what = fmt::format("{} by {}", subject(), end_words(calendar_));
        if (coming.of == 0) return unknown("unknown, because every run failed in its first tick: " + what);
        if (std::isnan(coming.share)) return unknown("unknown, because no run got there: share of runs in which " + what);
        Answer answer = read_on(share_number(coming.share, coming.interval), "of runs: " + what);
        if (coming.median) answer.also = fmt::format("; in half of all runs by {}", tick_words(calendar_, *coming.median));
        return answer;
    }

    [[nodiscard]] Answer date_of_one(const DateSummary& date) const {
        const Coming& coming = date.coming;
        if (coming.came > 0) return read_on({.of = {}, .number = tick_words(calendar_, date.when.mean), .interval = {}, .apart = {}, .value = 1}, "in the one run: " + subject());
        if (std::isnan(coming.share)) return unknown("unknown, because the run failed before: " + subject());
        return read_on({.of = {}, .number = "never", .interval = {}, .apart = {}, .value = 0}, fmt::format("by {} in the one run: {}", end_words(calendar_), subject()));
    }

    /// ` on 27 Dec 2025`, ` at the end`; of a yearly measure its value over all years.
    [[nodiscard]] std::string when() const {
        if (info_.form == Form::series) return calendar_.is_dated() ? " on " + end_words(calendar_) : " at the end";
        return info_.form == Form::yearly ? " over the whole run" : "";
    }

    [[nodiscard]] Answer level(const ValueSummary& summary) const {
        const auto& shares = summary.levels;
        const auto foremost = std::ranges::max_element(shares, {}, [](const LevelShare& share) { return std::isnan(share.last) ? -1 : share.last; });
        if (std::isnan(foremost->last)) return unknown(fmt::format("{}{} in no run", subject(), when()));
        const MeasureLevel& level = info_.levels[static_cast<std::size_t>(foremost - shares.begin())];
        const auto n = static_cast<std::size_t>(summary.values.n);
        const Interval interval = wilson_interval(static_cast<std::size_t>(std::llround(foremost->last * static_cast<double>(n))), n);
        return read_on(share_number(foremost->last, interval), fmt::format("of runs on {}{}: {}", level.told(), when(), subject()));
    }

    [[nodiscard]] Answer level_of_one(const ValueSummary& summary) const {
        if (summary.values.n == 0) return unknown(fmt::format("{}{}, in the one run", subject(), when()));
        const auto on = std::ranges::max_element(summary.levels, {}, &LevelShare::last);
        const std::string& level = info_.levels[static_cast<std::size_t>(on - summary.levels.begin())].told();
        return told_first(info_, {.of = {}, .number = level, .interval = {}, .apart = {}, .value = summary.values.mean}, subject() + when(), " in the one run");
    }

    /// Of values that are all 0 or 1: that much variance has no other sample between them.
    static bool is_share(const Distribution& values) {
        const auto n = static_cast<double>(values.n);
        return values.least >= 0 && values.greatest == 1 && std::abs(values.sd * values.sd - n / (n - 1) * values.mean * (1 - values.mean)) < 1e-9;
    }

    [[nodiscard]] Answer share(const Distribution& values) const {
        const auto n = static_cast<double>(values.n);
        return told_first(info_, share_number(values.mean, wilson_interval(static_cast<std::size_t>(std::llround(values.mean * n)), static_cast<std::size_t>(values.n))),
                          subject() + when(), " of runs");
    }

    [[nodiscard]] Answer value(const Distribution& values) const {
        if (is_share(values)) return share(values);
        if (values.n == 0) return unknown(fmt::format("{}{} in no run", subject(), when()));
        HeadlineNumber number{.of = {}, .number = quantity_words(values.quantiles[2], info_.unit), .interval = {}, .apart = {}, .value = values.quantiles[2]};
        const bool is_range = static_cast<std::size_t>(values.n) >= least_for_quantiles;
        number.low = is_range ? values.quantiles.front() : values.least;
        number.high = is_range ? values.quantiles.back() : values.greatest;
        number.interval = is_range ? "5–95 % of runs " : fmt::format("all {} ", counted(values.n, "run"));
        number.interval += range_words(number.low, number.high, info_.unit);
        if (values.least == values.greatest) number.interval = "the same in every run";
        Answer answer = told_first(info_, std::move(number), subject() + when(), ", median of runs");
        const std::int64_t out = values.infinite + values.missing - std::ssize(results_.failures);
        if (out > 0) answer.also = fmt::format("; {} without a number excluded", counted(out, "run"));
        return answer;
    }

    [[nodiscard]] Answer value_of_one(const Distribution& values) const {
        if (values.n == 0) return unknown(fmt::format("{}{}: the run has no number", subject(), when()));
        return told_first(info_, {.of = {}, .number = quantity_words(values.mean, info_.unit), .interval = {}, .apart = {}, .value = values.mean}, subject() + when(), " in the one run");
    }

    const Results& results_;
    const Calendar& calendar_;
    const MeasureInfo& info_;
    const MeasureSummary& summary_;
};

}  // namespace

std::vector<Headline> run_headline(const Results& results, const Summary& summary) {
    std::vector<Headline> headline;
    for (const std::size_t measure : results.headline) headline.push_back(RunHeadline(results, summary, measure).headline());
    return headline;
}

}  // namespace entente
