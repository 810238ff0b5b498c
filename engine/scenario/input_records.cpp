#include <entente/scenario/input_records.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {
namespace {

/// Beyond this no world is compiled, and nothing need be laid out for it.
constexpr std::int64_t most_ticks_laid_out = std::int64_t{1} << 24;

std::string with_more(std::string text, std::size_t more) {
    return more == 0 ? text : fmt::format("{} and {}", text, counted(static_cast<std::int64_t>(more), "other row"));
}

std::int64_t first_day(const InputRecord& record) {
    return record.dated.first;
}

}  // namespace

void InputRecords::add(std::size_t row, InputRecord record) {
    ++input_.read;
    rows_[row].push_back(std::move(record));
}

std::size_t InputRecords::row_of(std::pair<int, int> ends) {
    const auto [found, is_new] = by_ends_.try_emplace(pair_of(ends.first, ends.second), rows_.size());
    if (is_new) {
        rows_.emplace_back();
        input_.ends.push_back(ends);
    }
    return found->second;
}

void InputRecords::finish(bool may_lack) {
    if (are_links_) add_links_that_lack();
    for (Row& row : rows_) sort(row);
    if (!is_sound_) return;
    note_span();
    fill_gaps(may_lack);
    if (!is_sound_ || !reader_.has_calendar) return;
    if (!input_.holds_outside) check_span();
    if (is_sound_ && calendar().ticks() <= most_ticks_laid_out) lay_out();
}

/// Links that are written and that no line is about; those of a random pattern are known when the world is laid out.
void InputRecords::add_links_that_lack() {
    const LinkKind& kind = reader_.scenario.link_kind(input_.on);
    for (const LinkMember& member : kind.members) row_of({member.source, member.target});
    for (const auto& ends : kind.table_ends) row_of(ends);
    if (!kind.pattern || kind.pattern->form != Pattern::Form::complete) return;
    for (std::size_t s = 0; s < reader_.scenario.schema[kind.source].members.size(); ++s)
        for (std::size_t t = 0; t < reader_.scenario.schema[kind.target].members.size(); ++t)
            if (kind.source != kind.target || s != t) row_of({static_cast<int>(s), static_cast<int>(t)});
}

void InputRecords::sort(Row& row) {
    std::ranges::stable_sort(row, {}, first_day);
    const auto twice = std::ranges::adjacent_find(row, {}, first_day);
    if (twice == row.end() && input_.several != Several::count) return;
    if (input_.several != Several::refused) return take_together(row);
    const InputRecord& second = *(twice + 1);
    const auto number = static_cast<std::size_t>(&row - rows_.data());
    refuse(second.place,
           fmt::format("a second number of '{}'{} for {}: the first is on line {}", input_.name, with_row("of", number), second.when,
                       twice->place.line),
           input_.on.is_given() ? "keep one of them, take rows by `where`, or say what they come to: `aggregate: sum`"
                                : "keep one of them, take rows by `where`, or say what they come to: `aggregate: sum`; a table with one a "
                                  "row and date has `on:` with their kind");
}

void InputRecords::take_together(Row& row) const {
    Row taken;
    std::vector<double> values;
    for (auto first = row.begin(); first != row.end();) {
        const auto end = std::find_if(first, row.end(), [&](const InputRecord& record) { return first_day(record) != first_day(*first); });
        values.clear();
        for (auto at = first; at != end; ++at) values.push_back(at->dated.value);
        taken.push_back(std::move(*first));
        taken.back().dated.value = taken_together(values, input_.several);
        first = end;
    }
    row = std::move(taken);
}

void InputRecords::note_span() {
    const InputRecord* first = nullptr;
    const InputRecord* last = nullptr;
    for (const Row& row : rows_) {
        if (row.empty()) continue;
        if (!first || first_day(row.front()) < first_day(*first)) first = &row.front();
        if (!last || first_day(row.back()) > first_day(*last)) last = &row.back();
    }
    input_.first = first->when;
    input_.last = last->when;
}

/// What a row lacks of the dates that others have, and of those on which its cells are missing.
void InputRecords::fill_gaps(bool may_lack) {
    std::vector<std::size_t> without, gaps;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (input_.missing)
            fill(rows_[row]);
        else if (rows_[row].empty())
            without.push_back(row);
        else if (!may_lack && input_.on.is_given() && rows_[row].size() < dates_.size())
            gaps.push_back(row);
    }
    if (!without.empty())
        refuse(table_, fmt::format("'{}' has no number for {}", input_.name, with_more(name_of(without[0]), without.size() - 1)),
               "add lines, or say what counts there: `missing: 0` or another number");
    if (!gaps.empty()) tell_gap(gaps[0], std::ssize(gaps));
}

void InputRecords::fill(Row& records) const {
    Row filled;
    auto next = records.begin();
    for (const auto& [first, end] : dates_)
        if (next != records.end() && first_day(*next) == first)
            filled.push_back(std::move(*next++));
        else
            filled.push_back({{first, end, *input_.missing}, {}, {}});
    records = std::move(filled);
}

void InputRecords::tell_gap(std::size_t row, std::int64_t rows_with_gaps) {
    const Row& records = rows_[row];
    auto date = dates_.begin();
    std::size_t before = 0;
    while (before < records.size() && first_day(records[before]) == date->first) ++before, ++date;
    std::string help =
        "add the line, or say what counts there: `missing: 0` or another number; `missing: skip`, to go by the dates that the row has";
    if (rows_with_gaps > 1) help = fmt::format("so it is with {}: {}", counted(rows_with_gaps, "row"), help);
    refuse(records[before == 0 ? 0 : before - 1].place,
           fmt::format("'{}' has no number for {} {}, which {} has", input_.name, name_of(row), moment(date->first), row_with(date->first)),
           std::move(help));
}

/// That the calendar lies within the dates of each row.
void InputRecords::check_span() {
    const double begin = beginning_of(calendar(), 0);
    const double last = beginning_of(calendar(), calendar().ticks() - 1);
    for (std::size_t row = 0; row < rows_.size() && is_sound_; ++row) {
        const InputRecord& front = rows_[row].front();
        const InputRecord& back = rows_[row].back();
        if (static_cast<double>(front.dated.first) > begin)
            refuse_outside(front,
                           fmt::format("'{}' begins{} {}, and the calendar with {}", input_.name, with_row("for", row),
                                       moment(front.dated.first), calendar().label(0)),
                           "the first value counts before it too");
        else if (static_cast<double>(back.dated.end) <= last)
            refuse_outside(back,
                           fmt::format("'{}' ends{} {}, and the calendar's last tick begins {}", input_.name, with_row("for", row),
                                       moment(back.dated.end - 1),
                                       calendar().is_dated() ? "on " + calendar().label(calendar().ticks() - 1)
                                                             : fmt::format("at {}", calendar().ticks() - 1)),
                           "the last value counts after it too");
    }
}

void InputRecords::lay_out() {
    std::vector<std::vector<DatedValue>> dated(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row)
        for (const InputRecord& record : rows_[row]) dated[row].push_back(record.dated);
    input_.values = std::make_shared<const InputValues>(by_tick(dated, calendar(), input_.between));
}

void InputRecords::refuse_outside(const InputRecord& at, std::string what, std::string_view meaning) {
    refuse(at.place.line > 0 ? at.place : table_, std::move(what), fmt::format("add values, or write `outside: hold`: {}", meaning));
}

void InputRecords::refuse(const Place& place, std::string what, std::string help) {
    reader_.problems.error(place, std::move(what), std::move(help));
    is_sound_ = false;
}

std::string InputRecords::name_of(std::size_t row) const {
    const Schema::Kind& kind = reader_.scenario.schema[input_.on];
    if (!are_links_) return kind.members[row];
    const auto name = [&](KindId of, int end) { return reader_.scenario.schema[of].members[static_cast<std::size_t>(end)]; };
    return name(kind.source, input_.ends[row].first) + " -> " + name(kind.target, input_.ends[row].second);
}

std::string InputRecords::with_row(std::string_view before, std::size_t row) const {
    return input_.on.is_given() ? fmt::format(" {} {}", before, name_of(row)) : "";
}

std::string InputRecords::row_with(std::int64_t date) const {
    for (std::size_t row = 0; row < rows_.size(); ++row)
        if (std::ranges::binary_search(rows_[row], date, {}, first_day)) return name_of(row);
    return "another line";
}

std::string InputRecords::moment(std::int64_t day) const {
    return calendar().is_dated() ? "on " + iso(Day{std::chrono::days{day}}) : fmt::format("at tick {}", day);
}

}  // namespace entente
