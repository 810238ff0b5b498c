#include <entente/summary/headline.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

std::string when_of(const Results& layout, const Outcome& outcome) {
    const Form form = layout.measures[outcome.measure].form;
    if (outcome.is_year) return fmt::format(" in {}", layout.years[static_cast<std::size_t>(outcome.year)]);
    if (form == Form::series) return layout.calendar.is_dated() ? " on " + end_words(layout.calendar) : " at the end";
    return form == Form::yearly ? " over the whole run" : "";
}

std::string interval_words(double confidence, const std::string& range) {
    return fmt::format("{} % interval {}", percent(confidence), range);
}

}  // namespace

HeadlineNumber share_number(double share, const Interval& interval, double confidence) {
    if (std::isnan(share)) return {.of = {}, .number = "–", .interval = {}, .apart = {}};
    return {.of = {},
            .number = percent(share) + " %",
            .interval = interval_words(confidence, share_range_words(interval.low, interval.high)),
            .apart = {},
            .value = share,
            .low = interval.low,
            .high = interval.high};
}

HeadlineNumber mean_number(double mean, const Interval& interval, const std::string& unit, double confidence) {
    HeadlineNumber number{.of = {}, .number = quantity_words(mean, unit), .interval = {}, .apart = {}, .value = mean};
    if (std::isnan(interval.low) || std::isnan(interval.high)) return number;
    number.interval = interval_words(confidence, range_words(interval.low, interval.high, unit));
    number.low = interval.low;
    number.high = interval.high;
    return number;
}

std::size_t headline_place(const Results& layout, std::size_t measure) {
    return static_cast<std::size_t>(std::ranges::find(layout.headline, measure) - layout.headline.begin());
}

std::string subject_of(const MeasureInfo& measure) {
    return name_in_words(measure.told(), measure.in_words());
}

std::string begun_with(const MeasureInfo& measure, const std::string& text) {
    return subject_of(measure) == measure.name ? text : capitalised(text);
}

OutcomeWords words_in_headline(const Results& layout, const Outcome& outcome) {
    const MeasureInfo& info = layout.measures[outcome.measure];
    std::string subject = subject_of(info);
    if (outcome.row >= 0) subject += fmt::format(" [{}]", info.told_row(static_cast<std::size_t>(outcome.row)));
    const std::string when = when_of(layout, outcome);
    switch (outcome.rule) {
        case Outcome::Rule::came:
            subject += " by " + end_words(layout.calendar);
            return {subject, "of runs: " + subject, begun_with(info, subject) + ", share of runs"};
        case Outcome::Rule::level: {
            const std::string on = fmt::format("on {}{}: {}", info.levels[outcome.level].told(), when, subject);
            return {subject + when, "of runs " + on, "Share of runs " + on};
        }
        case Outcome::Rule::years:
            return {subject + " (years)", "years to the date, mean of runs: " + subject, begun_with(info, subject) + ", years to the date, mean of runs"};
        case Outcome::Rule::value:
            break;
    }
    return {subject + when, subject + when + ", mean of runs", begun_with(info, subject) + when + ", mean of runs"};
}

int rank_in_headline(const Outcome& outcome) {
    return (outcome.rule == Outcome::Rule::years ? 1 : 0) + (outcome.is_year ? 2 : 0) + (outcome.row >= 0 ? 4 : 0);
}

}  // namespace entente
