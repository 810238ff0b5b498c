#include <entente/report/map_data.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/report/map_runs.hpp>
#include <entente/report/rows_data.hpp>

namespace entente {

namespace {

using Use = SpatialQuantity::Use;

constexpr std::int64_t most_map_moments = 60;
constexpr int fine = 2;  ///< bytes a number

bool is_placed(const AgentKind& kind) {
    return std::ssize(kind.members) <= most_places_shown && std::ranges::any_of(kind.members, [](const AgentMember& member) { return member.site.is_given(); });
}

page::MapPlace place_of(const AgentMember& member) {
    page::MapPlace place{.name = member.label.empty() ? member.name : member.label, .iso = member.site.iso, .latitude = {}, .longitude = {}};
    if (member.site.position) {
        place.latitude = member.site.position->latitude;
        place.longitude = member.site.position->longitude;
    }
    return place;
}

const char* meaning_on_map(MeasureForm form) {
    switch (form) {
        case MeasureForm::series:
            return "mean over runs";
        case MeasureForm::scalar:
            return "mean over runs, one value a run";
        case MeasureForm::date:
            return "share of runs in which it has come";
        case MeasureForm::yearly:
            return "mean over runs, of the whole run";
    }
    return "";
}

/// The courses of all rows at the map's moments; nothing where the summary keeps none of some row.
std::optional<page::PackedNumbers> over_time(const MeasureSummary& summary, std::span<const std::int64_t> moments, std::int64_t all_moments) {
    std::vector<double> values(moments.size() * summary.rows.size());
    for (std::size_t row = 0; row < summary.rows.size(); ++row) {
        const RowSummary& one = summary.rows[row];
        std::vector<double> course = one.course;
        if (one.date) {
            const page::Numbers shares = shares_over_time(one.date->coming, all_moments);
            course.assign(shares.begin(), shares.end());
        }
        if (std::ssize(course) != all_moments) return {};
        for (std::size_t at = 0; at < moments.size(); ++at) values[at * summary.rows.size() + row] = course[static_cast<std::size_t>(moments[at])];
    }
    return page::packed(values, fine);
}

page::MapLayer measure_layer(const MeasureInfo& info, const MeasureSummary& summary, std::span<const std::int64_t> moments, std::int64_t all_moments) {
    page::MapLayer layer{.name = info.told(), .unit = info.form == MeasureForm::date ? "" : info.unit, .about = info.in_words(), .what = meaning_on_map(info.form),
                         .is_share = info.form == MeasureForm::date, .is_state = false, .levels = {}, .values = {}, .low = {}, .high = {}, .over_time = {}, .in_runs = {}};
    for (const MeasureLevel& level : info.levels) layer.levels.push_back(level.told());
    for (const RowSummary& row : summary.rows) {
        layer.values.emplace_back(rank_value(row));
        const bool is_range = static_cast<std::size_t>(row.values.n) >= least_for_quantiles;
        layer.low.push_back(row.date ? page::Number(row.date->coming.interval.low) : is_range ? page::Number(row.values.quantiles.front()) : page::Number());
        layer.high.push_back(row.date ? page::Number(row.date->coming.interval.high) : is_range ? page::Number(row.values.quantiles.back()) : page::Number());
    }
    if (info.form == MeasureForm::series || info.form == MeasureForm::date) layer.over_time = over_time(summary, moments, all_moments);
    return layer;
}

page::MapLayer field_layer(const SpatialCourse& course) {
    page::MapLayer layer{.name = course.name, .unit = course.unit, .about = course.about, .what = "mean over runs", .is_share = false, .is_state = true, .levels = course.levels, .values = {},
                         .low = {}, .high = {}, .over_time = page::packed(course.values, fine), .in_runs = {}};
    const auto last = std::span(course.values).last(course.rows);
    layer.values.assign(last.begin(), last.end());
    return layer;
}

/// Marks the rows that are among the greatest of a moment.
template <class Value>
void mark_strongest(std::span<const Value> values, std::vector<std::size_t>& order, std::vector<char>& is_kept) {
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t kept = std::min(most_arcs_drawn, order.size());
    // Equal ones in their order; those without a number come last.
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(kept), [&](std::size_t one, std::size_t other) {
        const bool has_one = !std::isnan(values[one]);
        const bool has_other = !std::isnan(values[other]);
        if (has_one != has_other) return has_one;
        return has_one && values[one] != values[other] ? values[one] > values[other] : one < other;
    });
    for (std::size_t i = 0; i < kept; ++i) is_kept[order[i]] = 1;
}

/// The rows that are among the greatest at any moment, in the means or in a run that is told, ascending.
std::vector<std::size_t> strongest(const SpatialCourse& course, const std::vector<const KeptCourses*>& told) {
    std::vector<char> is_kept(course.rows, 0);
    std::vector<std::size_t> order(course.rows);
    for (std::size_t moment = 0; moment < course.moments.size(); ++moment) {
        mark_strongest(std::span(course.values).subspan(moment * course.rows, course.rows), order, is_kept);
        for (const KeptCourses* run : told) mark_strongest(run->of(0, moment), order, is_kept);
    }
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < course.rows; ++row)
        if (is_kept[row]) rows.push_back(row);
    return rows;
}

page::MapArcs arcs_data(const Model& model, const Calendar& calendar, const std::vector<std::int64_t>& first_agent, const SpatialCourse& course, MapRuns& told) {
    const Table& table = model.tables[course.kind];
    page::MapArcs arcs{.kind = table.label.empty() ? table.name : table.label, .name = course.name, .unit = course.unit, .all = table.rows, .links = {}, .values = {}, .in_runs = {}, .times = {}};
    std::vector<std::size_t> rows = strongest(course, told.kept(course));
    arcs.in_runs = told.quantity(course, rows);
    if (!arcs.in_runs) rows = strongest(course, {});
    const auto agent = [&](KindId kind, RowIndex row) { return static_cast<int>(first_agent[static_cast<std::size_t>(kind.value)] + row); };
    for (const std::size_t row : rows) arcs.links.emplace_back(agent(table.source_kind, table.source[row]), agent(table.target_kind, table.target[row]));
    std::vector<double> values;
    for (std::size_t moment = 0; moment < course.moments.size(); ++moment)
        for (const std::size_t row : rows) values.push_back(course.values[moment * course.rows + row]);
    arcs.values = page::packed(values, fine);
    for (const std::int64_t moment : course.moments) arcs.times.push_back(page::moment_at(calendar, static_cast<double>(moment)));
    return arcs;
}

std::string map_note(const Results& results, const std::vector<SpatialCourse>& courses) {
    std::int64_t fewest = results.runs;
    for (const SpatialCourse& course : courses) fewest = std::min(fewest, course.runs);
    return fewest < results.runs ? fmt::format("Fields are means over {} of {}.", counted(fewest, "run"), with_commas(results.runs)) : "";
}

}  // namespace

std::optional<page::MapData> map_data(const Scenario& scenario, const Model& model, const Results& results, const Summary& summary,
                                      const std::vector<SpatialCourse>& courses, const Told& told) {
    page::MapData data;
    MapRuns runs(told);
    std::vector<std::int64_t> moments = thinned(results.calendar.moments(), most_map_moments);
    for (const SpatialCourse& course : courses)
        if (course.use == Use::places) moments = course.moments;
    for (const std::int64_t moment : moments) data.times.push_back(page::moment_at(results.calendar, static_cast<double>(moment)));
    std::vector<std::int64_t> first_agent;
    std::int64_t agents = 0;
    for (const KindId id : model.tables.ids()) {
        const Table& table = model.tables[id];
        if (table.is_link) continue;
        first_agent.push_back(agents);
        agents += table.rows;
        const AgentKind& kind = scenario.agent_kind(id);
        if (!is_placed(kind)) continue;
        page::MapKind& made = data.kinds.emplace_back(page::MapKind{.name = table.label.empty() ? table.name : table.label, .first = first_agent.back(), .rows = {}, .layers = {}});
        for (const AgentMember& member : kind.members) made.rows.push_back(place_of(member));
        for (std::size_t m = 0; m < results.measures.size(); ++m)
            if (results.measures[m].kind == table.name && summary.measures[m].rows.size() == made.rows.size()) {
                made.layers.push_back(measure_layer(results.measures[m], summary.measures[m], moments, results.calendar.moments()));
                made.layers.back().in_runs = runs.measure(m, moments);
            }
        std::vector<std::size_t> all(made.rows.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        for (const SpatialCourse& course : courses) {
            if (course.use != Use::places || course.kind != id) continue;
            made.layers.push_back(field_layer(course));
            made.layers.back().in_runs = runs.quantity(course, all);
        }
    }
    if (data.kinds.empty()) return {};
    for (const SpatialCourse& course : courses)
        if (course.use == Use::arcs) data.arcs.push_back(arcs_data(model, results.calendar, first_agent, course, runs));
    data.note = map_note(results, courses);
    if (const std::string left_out = runs.left_out(); !left_out.empty()) data.note += (data.note.empty() ? "" : " ") + left_out;
    return data;
}

}  // namespace entente
