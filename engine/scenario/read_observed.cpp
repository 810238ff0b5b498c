#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
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
        if (node.is_map()) {
            read_keys(node);
        } else {
            observed_.date = node.is_scalar() ? parse_date(node.text.value) : std::nullopt;
            if (!observed_.date) observed_.value = read_number(node, observed_.measure, problems_);
        }
        if (is_known_ && !is_by_row()) check();
    }

private:
    [[nodiscard]] bool is_by_row() const { return measure_ && measure_->on.is_given(); }

    void read_keys(const Node& node) {
        const Mapping mapping(node, Section::observed, problems_);
        const int given = (mapping.has("date") ? 1 : 0) + (mapping.has("value") ? 1 : 0) + (mapping.has("table") ? 1 : 0);
        if (given != 1) {
            problems_.error(node.place,
                            fmt::format("the record of '{}' has {} of 'date', 'value' and 'table'", observed_.measure,
                                        given == 0 ? "none" : "more than one"),
                            "give one of them");
            return;
        }
        observed_.date = mapping.date("date");
        observed_.value = mapping.number("value");
        observed_.per_year = read_per(mapping.find("per"), problems_) == Measure::Per::year;
        observed_.sd = mapping.number("sd");
        if (observed_.sd && *observed_.sd < 0) wrong_type(*mapping.find("sd"), "sd", "0 or more", problems_);
        observed_.remarks = mapping.remarks();
        if (const Node* table = mapping.find("table")) read_table(*table);
    }

    void read_table(const Node& table) {
        if (!is_by_row())
            read_record_table(reader_, table, {}, {}, observed_);
        else if (is_known_)
            read_record_table(reader_, table, measure_->on, {.dates = is_date_ || is_over_time_, .values = !is_date_}, observed_);
    }

    void check() {
        if (observed_.date && !is_date_)
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
