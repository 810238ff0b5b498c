#include <entente/summary/outcomes.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>
#include <entente/study/arrival_values.hpp>
#include <entente/summary/level_shares.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

/// Whether `text` begins with `part`, which is then taken off it.
bool take(std::string_view& text, std::string_view part) {
    if (!text.starts_with(part)) return false;
    text.remove_prefix(part.size());
    return true;
}

/// The ways in which a row may be written.
std::vector<std::string> ways_of_row(const MeasureInfo& measure, std::size_t row) {
    const std::string& name = measure.rows[row];
    if (measure.sources.empty()) {
        std::vector<std::string> ways = {name, in_quotes(name)};
        if (name == fmt::format("{} {}", measure.kind, row)) ways.push_back(std::to_string(row));
        return ways;
    }
    const std::string& source = measure.sources[row];
    const std::string& target = measure.targets[row];
    std::vector<std::string> ways = {name, in_quotes(source) + " -> " + in_quotes(target)};
    for (const auto* between : {", ", ",", "->"})
        for (const bool with_quotes : {false, true})
            ways.push_back((with_quotes ? in_quotes(source) : source) + between + (with_quotes ? in_quotes(target) : target));
    return ways;
}

/// What stands in the brackets of an outcome's name: its row, its year, its level.
struct NamePart {
    std::vector<std::string> ways;
    bool is_needed = false;  ///< a name without it means another outcome
};

/// Whether brackets from behind `[`, or from behind a part of them, mean these parts, in their order and without some that a name may lack.
bool fits(std::string_view text, std::span<const NamePart> parts, bool is_first) {
    if (text == "]" && !is_first) return std::ranges::none_of(parts, &NamePart::is_needed);
    if (parts.empty()) return false;
    const auto stands_here = [&](std::string_view rest) {
        return std::ranges::any_of(parts.front().ways, [&](const std::string& way) {
            std::string_view behind = rest;
            return take(behind, way) && fits(behind, parts.subspan(1), false);
        });
    };
    const auto stands_behind = [&](std::string_view between) {
        std::string_view rest = text;
        return take(rest, between) && stands_here(rest);
    };
    if (is_first ? stands_here(text) : stands_behind("][") || stands_behind(", ") || stands_behind(",")) return true;
    return !parts.front().is_needed && fits(text, parts.subspan(1), is_first);
}

bool begins_with_row(std::string_view text, const MeasureInfo& measure) {
    return std::ranges::find(measure.rows, text.substr(0, text.find_first_of("],"))) != measure.rows.end();
}

/// Whether what stands behind a measure in a name means the outcome, or all rows, or all levels. A row that is called like a year or a
/// level is meant before these.
bool are_brackets_of(std::string_view text, const Results& layout, const Outcome& outcome) {
    const MeasureInfo& measure = layout.measures[outcome.measure];
    if (text.empty()) return !outcome.is_year;
    if (!take(text, "[")) return false;
    std::vector<NamePart> parts;
    if (outcome.is_year) parts.push_back({{std::to_string(layout.years[static_cast<std::size_t>(outcome.year)])}, true});
    if (outcome.rule == Outcome::Rule::level)
        parts.push_back({{measure.levels[outcome.level].name, in_quotes(measure.levels[outcome.level].name)}});
    if (outcome.row < 0) return fits(text, parts, true);
    if (fits(text, parts, true) && !begins_with_row(text, measure)) return true;
    parts.insert(parts.begin(), {ways_of_row(measure, static_cast<std::size_t>(outcome.row)), true});
    return fits(text, parts, true);
}

/// The name of a measure's outcomes by a rule, without rows and years.
std::string stem(const MeasureInfo& measure, Outcome::Rule rule) {
    switch (rule) {
        case Outcome::Rule::years:
            return measure.name + "_years";
        case Outcome::Rule::came:
            return measure.name + "_came";
        case Outcome::Rule::value:
        case Outcome::Rule::level:
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
        case Outcome::Rule::level:
            break;
    }
    return "";
}

/// People's words for a measure, or for one row of it (-1: the world); "" where it and its rows have no labels.
std::string label_of(const MeasureInfo& measure, std::int64_t row) {
    if (measure.label.empty() && (row < 0 || measure.row_labels.empty())) return "";
    return row < 0 ? measure.told() : fmt::format("{}[{}]", measure.told(), measure.told_row(static_cast<std::size_t>(row)));
}

/// Outcomes of one row, or of the world, in one year or over the whole run.
class OutcomesOf {
public:
    OutcomesOf(const Results& layout, const ValueColumn& column, std::size_t row, std::vector<Outcome>& found)
        : measure_(layout.measures[column.measure]),
          column_(column),
          row_(row),
          year_(column.year < 0 ? "" : in_brackets(std::to_string(layout.years[static_cast<std::size_t>(column.year)]))),
          found_(found) {}

    void add() {
        if (measure_.form == Form::date) {
            add(Outcome::Rule::years, "years");
            add(Outcome::Rule::came, "probability");
        } else if (!measure_.levels.empty()) {
            for (std::size_t level = 0; level < measure_.levels.size(); ++level) add_level(level);
        } else {
            add(Outcome::Rule::value, measure_.unit);
        }
    }

private:
    static std::string in_brackets(const std::string& text) { return '[' + text + ']'; }
    [[nodiscard]] std::int64_t row() const { return measure_.is_by_row() ? static_cast<std::int64_t>(row_) : -1; }

    Outcome& add(Outcome::Rule rule, const std::string& unit) {
        std::string name = stem(measure_, rule) + (measure_.is_by_row() ? in_brackets(measure_.rows[row_]) : "") + year_;
        std::string label = label_of(measure_, row());
        if (!label.empty()) label += year_ + std::string(rule_words(rule));
        return found_.emplace_back(Outcome{std::move(name), unit, measure_.about, column_.first + row_, rule, column_.year >= 0,
                                           column_.measure, column_.year, row(), std::move(label)});
    }

    void add_level(std::size_t level) {
        Outcome& outcome = add(Outcome::Rule::level, "probability");
        const std::string told = outcome.told();
        const auto& [name, label] = measure_.levels[level];
        outcome.name += in_brackets(name);
        if (!outcome.label.empty() || !label.empty()) outcome.label = told + in_brackets(label.empty() ? name : label);
        outcome.level = level;
        outcome.levels = measure_.levels.size();
    }

    const MeasureInfo& measure_;
    const ValueColumn& column_;
    std::size_t row_;
    std::string year_;
    std::vector<Outcome>& found_;
};

template <class Filter>
std::vector<Outcome> outcomes_if(const Results& layout, Filter filter) {
    std::vector<Outcome> found;
    for (const ValueColumn& column : value_columns(layout))
        for (std::size_t row = 0; row < column.columns && filter(layout.measures[column.measure]); ++row)
            OutcomesOf(layout, column, row, found).add();
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

std::string levels_text(const MeasureInfo& measure) {
    std::vector<std::string> names;
    for (const MeasureLevel& level : measure.levels) names.push_back(level.name);
    return names.empty() ? "" : "the levels are " + listed(names, 40);
}

[[noreturn]] void refuse_level(const MeasureInfo& measure, const std::string& name) {
    const std::size_t begin = name.rfind('[') + 1;
    const std::string level = name.substr(begin, name.find(']', begin) - begin);
    std::vector<std::string> names;
    for (const MeasureLevel& one : measure.levels) names.push_back(one.name);
    throw Error(fmt::format("'{}' has no level {}called '{}'", measure.name, measure.form == Form::yearly ? "or year " : "", level),
                did_you_mean(level, names, levels_text(measure)));
}

[[noreturn]] void refuse_row(const Results& layout, const MeasureInfo& measure, const std::string& name) {
    const std::size_t begin = name.find('[') + 1;
    const std::string row = name.substr(begin, name.find(']', begin) - begin);
    std::string rows = measure.rows.empty() ? "there are no rows" : fmt::format("the rows are {}", listed(measure.rows, 12));
    if (measure.form == Form::yearly) rows += fmt::format("; its years are {} to {}, as in {}[{}]", layout.years.front(), layout.years.back(), measure.name, layout.years.front());
    if (!measure.levels.empty()) rows += "; " + levels_text(measure);
    throw Error(fmt::format("'{}' is measured on each {}, of which none is called '{}'", measure.name, measure.kind, row),
                did_you_mean(row, measure.rows, rows));
}

[[noreturn]] void refuse_name(const Results& layout, const std::string& name) {
    const MeasureInfo* measure = measure_before_brackets(layout, name);
    const bool has_brackets = name.find('[') != std::string::npos;
    if (measure != nullptr && measure->is_by_row() && has_brackets) refuse_row(layout, *measure, name);
    if (measure != nullptr && !measure->levels.empty() && has_brackets) refuse_level(*measure, name);
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
    for (const std::string& begin : {measure.name, stem(measure, outcome.rule)})
        if (std::string_view rest = name; take(rest, begin) && are_brackets_of(rest, layout, outcome)) return true;
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
    const MeasureInfo& measure = layout.measures[outcome.measure];
    std::string name = stem(measure, outcome.rule);
    if (outcome.is_year) name += fmt::format("[{}]", layout.years[static_cast<std::size_t>(outcome.year)]);
    if (outcome.rule == Outcome::Rule::level) name += fmt::format("[{}]", measure.levels[outcome.level].name);
    return name;
}

std::string rule_text(const Outcome& outcome, const Calendar& calendar) {
    switch (outcome.rule) {
        case Outcome::Rule::years:
            return fmt::format("years to the date, at most {}, the whole calendar", readable(calendar.years_since_start(calendar.ticks())));
        case Outcome::Rule::came:
            return "1 where the date came, 0 where it did not";
        case Outcome::Rule::level:
            return "1 where it is on the level, 0 where it is on another; the mean is the share of runs on it";
        case Outcome::Rule::value:
            break;
    }
    return "";
}

std::string rule_pattern(const Outcome& outcome) {
    switch (outcome.rule) {
        case Outcome::Rule::years:
            return outcome.label.empty() ? "*_years" : "* (years)";
        case Outcome::Rule::came:
            return outcome.label.empty() ? "*_came" : "* (came)";
        case Outcome::Rule::level:
            return "*[level]";
        case Outcome::Rule::value:
            break;
    }
    return "";
}

std::vector<double> by_rule(const Outcome& outcome, const Calendar& calendar, std::vector<double> column, std::span<const double> watched,
                            std::size_t together) {
    if (outcome.rule == Outcome::Rule::value) return column;
    if (outcome.rule == Outcome::Rule::level) return on_level(std::move(column), outcome.level, outcome.levels);
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
