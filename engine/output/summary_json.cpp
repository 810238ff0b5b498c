#include <entente/output/summary_json.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/wording.hpp>
#include <entente/output/headline_json.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;
using Form = MeasureInfo::Form;

/// A series by row is a panel.
std::string_view form_name(const MeasureInfo& info) {
    switch (info.form) {
        case Form::series:
            return info.is_by_row() ? "panel" : "series";
        case Form::scalar:
            return "scalar";
        case Form::date:
            return "date";
        case Form::yearly:
            return "yearly";
    }
    return "";
}

std::string level_name(std::size_t level) {
    return fmt::format("{}", quantile_levels[level]);
}

/// `value` turns a number over runs into its JSON: itself, or a date.
template <typename Value>
Json distribution_json(const Distribution& values, Value value) {
    Json quantiles = Json::object();
    for (std::size_t level = 0; level < quantile_levels.size(); ++level) quantiles[level_name(level)] = value(values.quantiles[level]);
    return {{"min", value(values.least)}, {"max", value(values.greatest)}, {"quantiles", quantiles}};
}

Json number(double value) {
    return value;
}

Json moments_json(const Distribution& values) {
    Json json = {
        {"n", values.n}, {"missing", values.missing}, {"infinite", values.infinite}, {"mean", values.mean}, {"sd", values.sd}, {"standard_error", values.standard_error}};
    json.update(distribution_json(values, number));
    return json;
}

class Writer {
public:
    Writer(const Results& results, const Summary& summary) : results_(results), summary_(summary) {}

    [[nodiscard]] Json measure(std::size_t index) const {
        const auto& info = results_.measures[index];
        const auto& summary = summary_.measures[index];
        Json json = {{"form", form_name(info)},
                     {"unit", info.unit},
                     {"about", info.about},
                     {"expression", info.expression}};
        if (info.is_by_row()) {
            json["kind"] = info.kind;
            json["row_count"] = info.rows.size();
            json["rows_told"] = std::min(info.rows.size(), most_rows_in_json);
            if (const std::string note = rows_note(info); !note.empty()) json["note"] = note;
            json["rows"] = rows(info, summary);
            if (!summary.levels.empty()) json["levels"] = levels(info, summary.levels);
            return json;
        }
        json.update(values(summary));
        if (!summary.levels.empty()) json["levels"] = levels(info, summary.levels);
        if (summary.fan) json["time"] = fan(*summary.fan);
        if (!summary.by_year.empty()) json["years"] = years(summary);
        return json;
    }

    [[nodiscard]] Json moments() const {
        Json::array_t labels;
        labels.reserve(static_cast<std::size_t>(results_.calendar.moments()));
        for (std::int64_t number = 0; number < results_.calendar.moments(); ++number) labels.push_back(moment(static_cast<double>(number)));
        return labels;
    }

    [[nodiscard]] Json events() const {
        Json json = Json::object();
        for (std::size_t event = 0; event < results_.event_names.size(); ++event) {
            json[results_.event_names[event]] = {{"on", results_.event_kinds[event]},
                                                 {"total", results_.event_totals[event]},
                                                 {"per_run", times_a_run(results_, event)},
                                                 {"cameo", results_.event_cameo[event]},
                                                 {"goldstein", results_.event_goldstein[event].value_or(Results::missing)}};
        }
        return json;
    }

    [[nodiscard]] Json failures(const RunRecord& record) const {
        Json listed = Json::array();
        for (const auto& failure : results_.failures) {
            if (listed.size() == most_failures_listed) break;
            listed.push_back({{"run", failure.run},
                            {"when", moment(static_cast<double>(failure.tick))},
                            {"step", failure.step},
                            {"statement", failure.statement},
                            {"row", failure.row},
                            {"message", failure.told()},
                            {"command", command_for_run(record, failure.run)}});
        }
        return {{"count", results_.failures.size()}, {"listed", listed}};
    }

private:
    /// A tick as its date, or as itself in an undated calendar; between two ticks the earlier one.
    [[nodiscard]] Json moment(double tick) const {
        if (std::isnan(tick)) return nullptr;
        if (!results_.calendar.is_dated()) return tick;
        return tick_cell(results_.calendar, tick);
    }

    [[nodiscard]] Json date(const DateSummary& date) const {
        Json curve = Json::array();
        for (const auto& step : date.coming.curve) {
            curve.push_back({{"when", moment(step.time)},
                             {"share", step.share},
                             {"low", step.interval.low},
                             {"high", step.interval.high},
                             {"at_risk", step.at_risk}});
        }
        return {{"n", date.coming.of},
                {"came", date.coming.came},
                {"share", date.coming.share},
                {"interval", {date.coming.interval.low, date.coming.interval.high}},
                {"median", date.coming.median ? moment(*date.coming.median) : Json()},
                {"when", distribution_json(date.when, [&](double tick) { return moment(tick); })},
                {"kaplan_meier", curve}};  // empty of rows whose curves would fill the memory
    }

    [[nodiscard]] Json values(const ValueSummary& summary) const {
        return summary.date ? date(*summary.date) : moments_json(summary.values);
    }

    [[nodiscard]] Json years(const ValueSummary& summary) const {
        Json json = Json::object();
        for (std::size_t year = 0; year < summary.by_year.size(); ++year) {
            Json& of_year = json[std::to_string(results_.years[year])];
            of_year = moments_json(summary.by_year[year]);
            if (!results_.calendar.covers(results_.years[year])) of_year["partial"] = true;
        }
        return json;
    }

    /// What is left out of rows and their courses, and where it is; "" where nothing is.
    [[nodiscard]] static std::string rows_note(const MeasureInfo& info) {
        std::string note;
        const auto first = [&](std::string_view what, std::size_t most, std::string_view where) {
            if (info.rows.size() > most)
                note += fmt::format("{}{} of the first {} of {}; {} has all", note.empty() ? "" : ". ", what, with_commas(static_cast<std::int64_t>(most)), counted(std::ssize(info.rows), "row"), where);
        };
        first("Numbers", most_rows_in_json, "rows.csv");
        if (info.form == Form::series) first("Means over time", most_panel_rows, "series.nc");
        return note;
    }

    /// The first rows, and the course of fewer still: all are in rows.csv and series.nc.
    [[nodiscard]] Json rows(const MeasureInfo& info, const MeasureSummary& summary) const {
        Json all = Json::object();
        for (std::size_t row = 0; row < std::min(summary.rows.size(), most_rows_in_json); ++row) {
            Json json = values(summary.rows[row]);
            if (!summary.rows[row].by_year.empty()) json["years"] = years(summary.rows[row]);
            if (!summary.rows[row].levels.empty()) json["levels"] = levels(info, summary.rows[row].levels);
            if (!summary.rows[row].course.empty() && row < most_panel_rows) json["mean_over_time"] = summary.rows[row].course;
            all[info.rows[row]] = std::move(json);
        }
        return all;
    }

    /// By the names of levels: the share of runs on each.
    [[nodiscard]] Json levels(const MeasureInfo& info, const std::vector<LevelShare>& shares) const {
        Json json = Json::object();
        for (std::size_t level = 0; level < shares.size(); ++level) {
            Json& one = json[info.levels[level].name] = {{"value", level}, {"share", shares[level].last}};
            if (!info.levels[level].label.empty()) one["label"] = info.levels[level].label;
            if (!shares[level].course.empty()) one["share_over_time"] = shares[level].course;
            for (std::size_t year = 0; year < shares[level].by_year.size(); ++year) one["share_by_year"][std::to_string(results_.years[year])] = shares[level].by_year[year];
        }
        return json;
    }

    [[nodiscard]] static Json fan(const Fan& fan) {
        Json json = {{"runs", fan.runs}};  // no braces around what is long: they would copy it
        json["mean"] = fan.mean;
        Json& quantiles = json["quantiles"] = Json::object();
        for (std::size_t level = 0; level < quantile_levels.size(); ++level) quantiles[level_name(level)] = fan.quantiles[level];
        return json;
    }

    const Results& results_;
    const Summary& summary_;
};

}  // namespace

std::string summary_json(const Results& results, const Summary& summary, const RunRecord& record) {
    const Writer writer(results, summary);
    Json measures = Json::object();
    for (std::size_t index = 0; index < results.measures.size(); ++index) measures[results.measures[index].name] = writer.measure(index);
    Json json = {{"format", file_format::run_summary},
                 {"title", record.title},
                 {"scenario", record.scenario},
                 {"variant", record.identity.variant},
                 {"seed", results.seed},
                 {"runs", results.runs},
                 {"runs_requested", record.identity.runs}};
    json["headline"] = headline_json(run_headline(results, summary));
    json["time"] = writer.moments();
    json["measures"] = std::move(measures);
    json.update({{"events", writer.events()},
                 {"failures", writer.failures(record)},
                 {"seconds", results.seconds},
                 {"runs_per_second", results.seconds > 0 ? static_cast<double>(results.runs) / results.seconds : Results::missing},
                 {"digest", results.digest}});
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace entente
