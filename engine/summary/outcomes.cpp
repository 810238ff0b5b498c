#include <entente/summary/outcomes.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>
#include <entente/study/arrival_values.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

/// Whether `text` begins with `part`, which is then taken off it.
bool take(std::string_view& text, std::string_view part) {
    if (!text.starts_with(part)) return false;
    text.remove_prefix(part.size());
    return true;
}

/// What is left of `text` behind each way in which a row may be written that it begins with.
std::vector<std::string_view> after_row(std::string_view text, const MeasureInfo& measure, std::size_t row) {
    std::vector<std::string_view> rest;
    const auto try_part = [&](const std::string& part) {
        if (std::string_view left = text; take(left, part)) rest.push_back(left);
    };
    try_part(measure.rows[row]);
    if (measure.sources.empty()) {
        try_part(in_quotes(measure.rows[row]));
        if (measure.rows[row] == fmt::format("{} {}", measure.kind, row)) try_part(std::to_string(row));
        return rest;
    }
    const std::string& source = measure.sources[row];
    const std::string& target = measure.targets[row];
    for (const auto* between : {", ", ",", "->"})
        for (const bool with_quotes : {false, true})
            try_part((with_quotes ? in_quotes(source) : source) + between + (with_quotes ? in_quotes(target) : target));
    try_part(in_quotes(source) + " -> " + in_quotes(target));
    return rest;
}

/// Whether the brackets of a name, from the first on, mean the row, or all rows, and the year.
bool are_brackets_of(std::string_view text, const MeasureInfo& measure, std::size_t row, const std::string& year) {
    const std::string end = year + ']';
    if (text.empty()) return year.empty();
    if (!take(text, "[")) return false;
    if (!year.empty() && text == end && std::ranges::find(measure.rows, year) == measure.rows.end()) return true;
    return std::ranges::any_of(after_row(text, measure, row), [&](std::string_view rest) {
        return year.empty() ? rest == end : (take(rest, "][") || take(rest, ", ") || take(rest, ",")) && rest == end;
    });
}

/// The name of a measure's outcomes by a rule, without rows and years.
std::string stem(const MeasureInfo& measure, Outcome::Rule rule) {
    switch (rule) {
        case Outcome::Rule::years:
            return measure.name + "_years";
        case Outcome::Rule::came:
            return measure.name + "_came";
        case Outcome::Rule::value:
            break;
    }
    return measure.name;
}

/// What is put behind a label to tell the outcomes of a date apart.
std::string_view rule_words(Outcome::Rule rule) {
    switch (rule) {
        case Outcome::Rule::years:
            return " (years)";
        case Outcome::Rule::came:
            return " (came)";
        case Outcome::Rule::value:
            break;
    }
    return "";
}

/// People's words for a measure, or for one row of it (-1: the world); "" where it and its rows have no labels.
std::string label_of(const MeasureInfo& measure, std::int64_t row) {
    if (measure.label.empty() && (row < 0 || measure.row_labels.empty())) return "";
    return row < 0 ? measure.told() : fmt::format("{}[{}]", measure.told(), measure.told_row(static_cast<std::size_t>(row)));
}

void add_outcomes(const Results& layout, const ValueColumn& column, std::vector<Outcome>& found) {
    const MeasureInfo& measure = layout.measures[column.measure];
    const auto add = [&](std::size_t row, Outcome::Rule rule, const std::string& unit) {
        std::string name = stem(measure, rule);
        if (measure.is_by_row()) name += fmt::format("[{}]", measure.rows[row]);
        if (column.year >= 0) name += fmt::format("[{}]", layout.years[static_cast<std::size_t>(column.year)]);
        const std::int64_t of_row = measure.is_by_row() ? static_cast<std::int64_t>(row) : -1;
        std::string label = label_of(measure, of_row);
        if (!label.empty()) label += column.year < 0 ? std::string(rule_words(rule)) : fmt::format("[{}]", layout.years[static_cast<std::size_t>(column.year)]);
        found.push_back({std::move(name), unit, measure.about, column.first + row, rule, column.year >= 0, column.measure, column.year, of_row, std::move(label)});
    };
    for (std::size_t row = 0; row < column.columns; ++row) {
        if (measure.form == Form::date) {
            add(row, Outcome::Rule::years, "years");
            add(row, Outcome::Rule::came, "probability");
        } else {
            add(row, Outcome::Rule::value, measure.unit);
        }
    }
}

template <class Filter>
std::vector<Outcome> outcomes_if(const Results& layout, Filter filter) {
    std::vector<Outcome> found;
    for (const ValueColumn& column : value_columns(layout))
        if (filter(layout.measures[column.measure])) add_outcomes(layout, column, found);
    return found;
}

/// The measure whose name, or that of an outcome of its, stands before the brackets; null: none.
const MeasureInfo* measure_before_brackets(const Results& layout, std::string_view name) {
    const std::string_view begin = name.substr(0, name.find('['));
    for (const MeasureInfo& measure : layout.measures)
        for (const Outcome::Rule rule : {Outcome::Rule::value, Outcome::Rule::years, Outcome::Rule::came})
            if (begin == stem(measure, rule)) return &measure;
    return nullptr;
}

[[noreturn]] void refuse_row(const Results& layout, const MeasureInfo& measure, const std::string& name) {
    const std::size_t begin = name.find('[') + 1;
    const std::string row = name.substr(begin, name.find(']', begin) - begin);
    std::string rows = measure.rows.empty() ? "there are no rows" : fmt::format("the rows are {}", listed(measure.rows, 12));
    if (measure.form == Form::yearly) rows += fmt::format("; its years are {} to {}, as in {}[{}]", layout.years.front(), layout.years.back(), measure.name, layout.years.front());
    throw Error(fmt::format("'{}' is measured on each {}, of which none is called '{}'", measure.name, measure.kind, row),
                did_you_mean(row, measure.rows, rows));
}

[[noreturn]] void refuse_name(const Results& layout, const std::string& name) {
    const MeasureInfo* measure = measure_before_brackets(layout, name);
    if (measure != nullptr && measure->is_by_row() && name.find('[') != std::string::npos) refuse_row(layout, *measure, name);
    std::vector<std::string> known;
    const auto add = [&](const std::string& one) {
        if (std::ranges::find(known, one) == known.end()) known.push_back(one);
    };
    for (const MeasureInfo& one : layout.measures) {
        add(one.name);
        for (const Outcome& outcome : outcomes_if(layout, [&](const MeasureInfo& other) { return &other == &one && !one.is_by_row(); })) add(outcome.name);
        if (one.is_by_row() && one.form == Form::date) known.insert(known.end(), {one.name + "_years", one.name + "_came"});
    }
    throw Error(fmt::format("no measure is called '{}'", name), did_you_mean(name.substr(0, name.find('[')), known, "the measures are " + listed(known, 40)));
}

}  // namespace

std::vector<std::string> measures_by_row(const Results& layout) {
    std::vector<std::string> names;
    for (const MeasureInfo& measure : layout.measures)
        if (measure.is_by_row()) names.push_back(measure.name);
    return names;
}

std::string by_row_text(const Results& layout, std::span<const std::string> told) {
    std::vector<std::string> names;
    const MeasureInfo* first = nullptr;
    for (const MeasureInfo& measure : layout.measures) {
        const auto is_of = [&](const std::string& outcome) { return measure_before_brackets(layout, outcome) == &measure; };
        if (!measure.is_by_row() || std::ranges::any_of(told, is_of)) continue;
        names.push_back(fmt::format("{} ({} of {})", measure.name, counted(std::ssize(measure.rows), "row"), measure.kind));
        if (first == nullptr) first = &measure;
    }
    if (names.empty()) return {};
    const std::string example = first->rows.empty() ? "" : fmt::format(", or --measure '{}[{}]' for one", first->name, first->rows.front());
    return fmt::format("Measured on each row, and told here only when asked for: {}. Ask by --measure {} for all rows{}; the tables have them all.",
                       listed(names, 40), first->name, example);
}

std::vector<Outcome> outcomes(const Results& layout) {
    return outcomes_if(layout, [](const MeasureInfo&) { return true; });
}

std::vector<Outcome> outcomes_of_world(const Results& layout) {
    return outcomes_if(layout, [](const MeasureInfo& measure) { return !measure.is_by_row(); });
}

bool is_named(const Results& layout, const Outcome& outcome, std::string_view name) {
    if (name == outcome.name) return true;
    const MeasureInfo& measure = layout.measures[outcome.measure];
    const std::string year = outcome.is_year ? std::to_string(layout.years[static_cast<std::size_t>(outcome.year)]) : "";
    for (const std::string& begin : {measure.name, stem(measure, outcome.rule)}) {
        std::string_view rest = name;
        if (!take(rest, begin)) continue;
        if (outcome.row < 0 ? rest.empty() && year.empty() : are_brackets_of(rest, measure, static_cast<std::size_t>(outcome.row), year)) return true;
    }
    return false;
}

std::vector<Outcome> chosen_outcomes(const Results& layout, const std::vector<std::string>& names) {
    std::vector<Outcome> chosen;
    if (names.empty()) {
        chosen = outcomes_of_world(layout);
        std::erase_if(chosen, &Outcome::is_year);
        return chosen;
    }
    const auto all = outcomes(layout);
    for (const auto& name : names) {
        const auto before = chosen.size();
        std::ranges::copy_if(all, std::back_inserter(chosen), [&](const Outcome& one) { return is_named(layout, one, name); });
        if (chosen.size() == before) refuse_name(layout, name);
    }
    return chosen;
}

std::string name_of_date(const Results& layout, const Outcome& outcome) {
    const MeasureInfo& measure = layout.measures[outcome.measure];
    return outcome.row < 0 ? measure.name : fmt::format("{}[{}]", measure.name, measure.rows[static_cast<std::size_t>(outcome.row)]);
}

std::string label_of_date(const Results& layout, const Outcome& outcome) {
    return label_of(layout.measures[outcome.measure], outcome.row);
}

std::string name_without_row(const Results& layout, const Outcome& outcome) {
    const std::string name = stem(layout.measures[outcome.measure], outcome.rule);
    return outcome.is_year ? fmt::format("{}[{}]", name, layout.years[static_cast<std::size_t>(outcome.year)]) : name;
}

std::string rule_text(const Outcome& outcome, const Calendar& calendar) {
    switch (outcome.rule) {
        case Outcome::Rule::years:
            return fmt::format("years to the date, at most {}, the whole calendar", readable(calendar.years_since_start(calendar.ticks())));
        case Outcome::Rule::came:
            return "1 where the date came, 0 where it did not";
        case Outcome::Rule::value:
            break;
    }
    return "";
}

std::vector<double> by_rule(const Outcome& outcome, const Calendar& calendar, std::vector<double> column, std::span<const double> watched,
                            std::size_t together) {
    if (outcome.rule == Outcome::Rule::value) return column;
    const double horizon = calendar.years_since_start(calendar.ticks());
    for (std::size_t first = 0; first < column.size(); first += together) {
        std::vector<Arrival> arrivals;
        for (std::size_t run = first; run < std::min(first + together, column.size()); ++run) {
            const bool came = !std::isnan(column[run]);
            const double tick = came ? column[run] : watched[run];
            arrivals.push_back({std::isnan(tick) ? tick : calendar.years_since_start(static_cast<std::int64_t>(tick)), came});
        }
        const auto values = outcome.rule == Outcome::Rule::came ? came_by(arrivals, horizon) : restricted_times(arrivals, horizon);
        std::ranges::copy(values, column.begin() + static_cast<std::ptrdiff_t>(first));
    }
    return column;
}

std::vector<double> outcome_values(const StudyValues& values, const Outcome& outcome, int alternative, std::int64_t first, std::int64_t end) {
    const std::int64_t before = (alternative * values.points() + first) * values.replicates();
    return by_rule(outcome, values.layout().calendar, values.column(outcome.column, alternative, first, end),
                   values.watched(before, before + (end - first) * values.replicates()), static_cast<std::size_t>(values.replicates()));
}

}  // namespace entente
