#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

/// `on` is the kind that the measure is on; none: the world as a whole.
void read_record_node(Reader& reader, const Node& node, Observed& observed, KindId on) {
    if (on.value >= 0 && (!node.is_map() || !Mapping(node, Section::observed, reader.problems).has("table"))) {
        reader.problems.error(node.place, fmt::format("the record of '{}', which is measured on each row, is no table", observed.measure),
                              "give a table with the rows' names: table: FILE");
        return;
    }
    if (!node.is_map()) {
        observed.date = node.is_scalar() ? parse_date(node.text.value) : std::nullopt;
        if (!observed.date) observed.value = read_number(node, observed.measure, reader.problems);
        return;
    }
    const Mapping mapping(node, Section::observed, reader.problems);
    const int given = (mapping.has("date") ? 1 : 0) + (mapping.has("value") ? 1 : 0) + (mapping.has("table") ? 1 : 0);
    if (given != 1) {
        reader.problems.error(node.place,
                              fmt::format("the record of '{}' has {} of 'date', 'value' and 'table'", observed.measure,
                                          given == 0 ? "none" : "more than one"),
                              "give one of them");
        return;
    }
    observed.date = mapping.date("date");
    observed.value = mapping.number("value");
    if (const Node* table = mapping.find("table")) {
        if (on.value >= 0)
            observed.rows = read_panel_table(reader, *table, on);
        else
            observed.series = read_series_table(reader, *table);
    }
    observed.per_year = read_per(mapping.find("per"), reader.problems) == Measure::Per::year;
    observed.sd = mapping.number("sd");
    if (observed.sd && *observed.sd < 0) wrong_type(*mapping.find("sd"), "sd", "0 or more", reader.problems);
    observed.remarks = mapping.remarks();
}

}  // namespace

std::optional<Measure::Per> read_per(const Node* node, Problems& problems) {
    if (!node) return std::nullopt;
    if (node->is_scalar() && node->text.value == "year") return Measure::Per::year;
    if (node->is_scalar() && node->text.value == "run") return Measure::Per::run;
    wrong_type(*node, "per", "`run` or `year`", problems);
    return std::nullopt;
}

void read_measures(Reader& reader, const Named& measures) {
    for (const Entry& entry : measures.entries()) {
        Measure measure;
        measure.name = entry.key.value;
        measure.place = entry.key.place;
        if (entry.value->is_map()) {
            const Mapping mapping(*entry.value, Section::measure, reader.problems);
            measure.value.text = mapping.formula("value");
            measure.unit = mapping.line("unit");
            measure.per = read_per(mapping.find("per"), reader.problems).value_or(Measure::Per::run);
            measure.remarks = mapping.remarks();
            if (const Node* on = mapping.find("on")) {
                const auto name = read_text(*on, "on", reader.problems);
                const auto kind = name ? reader.find_kind(*name, Reader::Wanted::any) : std::nullopt;
                if (kind)
                    measure.on = *kind;
                else
                    measure.value.text = {};
            }
        } else {
            measure.value.text = read_formula(*entry.value, measure.name, reader.problems);
        }
        reader.scenario.measures.push_back(std::move(measure));
    }
}

void read_observed(Reader& reader, const Named& records) {
    std::vector<std::string> names;
    for (const Measure& measure : reader.scenario.measures) names.push_back(measure.name);
    for (const Entry& entry : records.entries()) {
        Observed observed;
        observed.measure = entry.key.value;
        observed.place = entry.key.place;
        if (std::find(names.begin(), names.end(), observed.measure) == names.end())
            reader.problems.error(entry.key.place, fmt::format("no measure is called '{}'", observed.measure),
                                  did_you_mean(observed.measure, names, "a record belongs to a measure: add it to `measures`"));
        const auto measure = std::ranges::find(reader.scenario.measures, observed.measure, &Measure::name);
        read_record_node(reader, *entry.value, observed, measure == reader.scenario.measures.end() ? KindId{} : measure->on);
        reader.scenario.observed.push_back(std::move(observed));
    }
}

}  // namespace entente
