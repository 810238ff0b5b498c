#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/read_recorded_date.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

bool looks_over_time(const Expr& expr) {
    return expr.kind == Expr::Kind::over_time || std::ranges::any_of(expr.args, [](const ExprPtr& arg) { return looks_over_time(*arg); });
}

/// What the record of one measure may be, as its expression has it.
class RecordReader {
public:
    /// `measure` is null where there is none.
    RecordReader(Reader& reader, const Measure* measure, Observed& observed)
        : reader_(reader), problems_(reader.problems), measure_(measure), observed_(observed) {
        const Expr* tree = measure ? measure->value.tree.get() : nullptr;
        is_known_ = tree != nullptr;
        is_date_ = tree && tree->kind == Expr::Kind::over_time && tree->over_time == OverTime::first;
        is_over_time_ = tree && (measure->per == Measure::Per::year || !looks_over_time(*tree));
    }

    void read(const Node& node) {
        if (is_by_row() && (!node.is_map() || !Mapping(node, Section::observed, problems_).has("table"))) {
            problems_.error(node.place, fmt::format("the record of '{}', which is measured on each row, is no table", observed_.measure),
                            "give a table with the rows' names: table: FILE");
            return;
        }
        if (node.is_map())
            read_keys(node);
        else
            read_bare(node);
        if (is_known_ && !is_by_row()) check();
    }

private:
    [[nodiscard]] bool is_by_row() const { return measure_ && measure_->on.is_given(); }

    /// A date or a number alone.
    void read_bare(const Node& node) {
        const bool is_date = node.is_list() || (node.is_scalar() && (node.text.value == "never" || parse_date(node.text.value) || (is_date_ && parse_period(node.text.value))));
        if (is_date)
            observed_.came = read_recorded_date(reader_, node);
        else
            observed_.value = read_number(node, observed_.measure, problems_);
    }

    void read_keys(const Node& node) {
        const Mapping mapping(node, Section::observed, problems_);
        if (!has_one_form(mapping)) return;
        check_kind(mapping);
        observed_.value = mapping.number("value");
        observed_.per_year = read_per(mapping.find("per"), problems_) == Measure::Per::year;
        observed_.sd = mapping.number("sd");
        if (observed_.sd && *observed_.sd < 0) wrong_type(*mapping.find("sd"), "sd", "0 or more", problems_);
        read_seen(mapping);
        observed_.remarks = mapping.remarks();
        if (const Node* table = mapping.find("table"))
            read_table(*table, mapping);
        else
            observed_.came = read_date(mapping);
    }

    bool has_one_form(const Mapping& mapping) {
        const bool never_alone = mapping.has("never") && !mapping.has("table");
        const int given = (mapping.has("date") ? 1 : 0) + (never_alone ? 1 : 0) + (mapping.has("value") ? 1 : 0) + (mapping.has("table") ? 1 : 0);
        if (given != 1)
            problems_.error(mapping.place(), fmt::format("the record of '{}' has {} of 'date', 'never', 'value' and 'table'", observed_.measure, given == 0 ? "none" : "more than one"),
                            "give one of them");
        return given == 1;
    }

    std::optional<RecordedDate> read_date(const Mapping& mapping) {
        if (mapping.has("precision") && !mapping.has("date")) problems_.error(mapping.find("precision")->place, "'precision' belongs to a date, and this record has none", "remove it");
        return read_recorded_date(reader_, mapping);
    }

    /// `on` says again what the measure says.
    void check_kind(const Mapping& mapping) {
        const Node* on = mapping.find("on");
        const auto name = on ? read_text(*on, "on", problems_) : std::nullopt;
        const auto kind = name ? reader_.find_kind(*name, Reader::Wanted::any) : std::nullopt;
        if (!kind || !measure_ || measure_->on == *kind) return;
        problems_.error(name->place, fmt::format("the measure '{}' is {}, not on '{}'", measure_->name, is_by_row() ? fmt::format("on '{}'", reader_.scenario.schema[measure_->on].name) : "on no rows", name->value),
                        "correct either");
    }

    // -- seen --------------------------------------------------------------------------------------------------------------------------------

    void read_seen(const Mapping& mapping) {
        const Node* node = mapping.find("seen");
        if (!node) return;
        Observed::Seen seen;
        const auto& names = reader_.scenario.schema.parameters;
        const auto named = node->is_scalar() ? std::ranges::find(names, node->text.value) : names.end();
        if (named != names.end()) {
            seen.parameter = {static_cast<int>(named - names.begin())};
            seen.share = reader_.scenario.parameters[static_cast<std::size_t>(seen.parameter.value)].value;
        } else if (const auto number = node->is_scalar() ? parse_number(node->text.value) : std::nullopt) {
            seen.share = *number;
        } else {
            return wrong_type(*node, "seen", "a number or the name of a parameter", problems_, node->is_scalar() ? did_you_mean(node->text.value, names, "") : "");
        }
        if (!(seen.share > 0 && seen.share <= 1))
            return problems_.error(node->place, fmt::format("'seen' is {}, and a chance with which something is on record lies above 0 and is at most 1", shown(seen.share)), "write 0.3, say, or remove it where all is on record");
        if (is_known_ && !is_count()) return say_not_counted(*node);
        observed_.seen = seen;
    }

    /// Whether what is measured is so many of something: by the year, or summed up over time.
    [[nodiscard]] bool is_count() const {
        const Expr& tree = *measure_->value.tree;
        return !is_date_ && (measure_->per == Measure::Per::year || (tree.kind == Expr::Kind::over_time && tree.over_time == OverTime::total));
    }

    void say_not_counted(const Node& node) {
        problems_.error(node.place, fmt::format("'seen' is of counts, and the measure '{}' is {}", measure_->name, is_date_ ? "a date" : "none"),
                        "a count is measured by the year, `per: year`, or as total(…)");
    }

    // -- the rest ----------------------------------------------------------------------------------------------------------------------------

    void read_table(const Node& table, const Mapping& mapping) {
        RecordColumns columns;
        if (is_by_row() && is_known_) columns = {.dates = is_date_ || is_over_time_, .values = !is_date_};
        columns.precision = read_precision(reader_, mapping);
        if (const Node* never = mapping.find("never")) columns.never = read_never(reader_, *never);
        for (const char* key : {"precision", "never"})
            if (mapping.has(key) && is_known_ && !(is_date_ && is_by_row()))
                problems_.error(mapping.find(key)->place, fmt::format("'{}' beside a table is of dates by row, and '{}' is {}", key, observed_.measure, is_date_ ? "on no rows" : "no date"), "remove it");
        if (!is_by_row())
            read_record_table(reader_, table, {}, columns, observed_);
        else if (is_known_)
            read_record_table(reader_, table, measure_->on, columns, observed_);
    }

    void check() {
        if (observed_.came && !is_date_)
            problems_.error(observed_.place, fmt::format("the record of '{}' is a date, and the measure is not", observed_.measure),
                            "a measure that is a date is written first(condition)");
        if ((observed_.value || !observed_.series.empty()) && is_date_)
            problems_.error(observed_.place, fmt::format("the measure '{}' is a date, and its record is not", observed_.measure),
                            "write {date: 2021-08-15}");
    }

    Reader& reader_;
    Problems& problems_;
    const Measure* measure_;
    Observed& observed_;
    bool is_known_ = false;  ///< what the measure is
    bool is_date_ = false;
    bool is_over_time_ = false;  ///< it has a value a time, and no single one
};

}  // namespace

void read_observed(Reader& reader, const Named& records) {
    std::vector<std::string> names;
    for (const Measure& measure : reader.scenario.measures) names.push_back(measure.name);
    for (const Entry& entry : records.entries()) {
        Observed observed;
        observed.measure = entry.key.value;
        observed.place = entry.key.place;
        const auto measure = std::ranges::find(reader.scenario.measures, observed.measure, &Measure::name);
        const bool is_there = measure != reader.scenario.measures.end();
        if (!is_there)
            reader.problems.error(entry.key.place, fmt::format("no measure is called '{}'", observed.measure),
                                  did_you_mean(observed.measure, names, "a record belongs to a measure: add it to `measures`"));
        RecordReader(reader, is_there ? &*measure : nullptr, observed).read(*entry.value);
        reader.scenario.observed.push_back(std::move(observed));
    }
}

}  // namespace entente
