#include <entente/output/series_file.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <span>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/version.hpp>
#include <entente/output/netcdf_file.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

bool is_over_time(const MeasureInfo& measure) {
    return measure.form == Form::series;
}

std::vector<double> numbers_of(const std::vector<MeasureLevel>& levels) {
    std::vector<double> numbers;
    for (std::size_t level = 0; level < levels.size(); ++level) numbers.push_back(static_cast<double>(level));
    return numbers;
}

std::string names_of(const std::vector<MeasureLevel>& levels) {
    std::string names;
    for (const MeasureLevel& level : levels) names += (names.empty() ? "" : " ") + level.name;
    return names;
}

/// Writes one series.nc: the constructor defines, `fill` writes values.
class SeriesWriter {
public:
    SeriesWriter(const std::filesystem::path& path, const Results& results, const SeriesHeader& header)
        : results_(results), file_(path, std::max(results.threads, 1)), start_(results.calendar.is_dated() ? "days since " + iso(results.calendar.start()) : "1") {
        const bool only_kept = std::ranges::any_of(results.measures, is_over_time);
        runs_ = static_cast<std::size_t>(only_kept ? results.series_runs : results.runs);
        describe_file(header);
        define_coordinates();
        for (const auto& measure : results.measures) measures_.push_back(define(measure));
        file_.end_definitions();
    }

    void fill() {
        fill_coordinates();
        for (std::size_t measure = 0; measure < measures_.size(); ++measure) {
            if (measures_[measure] >= 0) fill_measure(measure);
        }
        file_.close();
    }

private:
    struct Rows {
        int dimension;
        int names;
        int sources = -1;  ///< of links
        int targets = -1;
        const MeasureInfo* of;  ///< one of the measures on them
    };

    void describe_file(const SeriesHeader& header) {
        const int self = NetcdfFile::global;
        file_.attribute(self, "Conventions", "CF-1.10");
        file_.attribute(self, "format", file_format::series);
        file_.attribute(self, "title", header.title);
        file_.attribute(self, "source", fmt::format("Entente {}", version()));
        file_.attribute(self, "scenario", header.scenario);
        file_.attribute(self, "scenario_hash", header.scenario_hash);
        file_.attribute(self, "variant", header.variant);
        file_.attribute(self, "seed", static_cast<std::int64_t>(results_.seed));
        file_.attribute(self, "digest", results_.digest);
        file_.attribute(self, "runs_made", results_.runs);
        file_.attribute(self, "comment",
                        "Values are those at the moment that 'time' gives: the first before any tick, each other at the end of a tick, where the "
                        "next begins. 'run' holds the runs whose series were kept; runs.csv has the measures of all.");
    }

    void define_coordinates() {
        run_dimension_ = file_.dimension("run", runs_);
        run_ = file_.integers("run", std::array{run_dimension_});
        file_.attribute(run_, "long_name", "number of the run");
        time_dimension_ = file_.dimension("time", static_cast<std::size_t>(results_.calendar.moments()));
        time_ = file_.doubles("time", std::array{time_dimension_});
        file_.attribute(time_, "units", start_);
        file_.attribute(time_, "axis", "T");
        file_.attribute(time_, "long_name", results_.calendar.is_dated() ? "beginning of the day" : "ticks gone by");
        if (results_.calendar.is_dated()) {
            file_.attribute(time_, "standard_name", "time");
            file_.attribute(time_, "calendar", "proleptic_gregorian");
        }
        if (std::ranges::find(results_.measures, Form::yearly, &MeasureInfo::form) != results_.measures.end() && !results_.years.empty()) {
            year_dimension_ = file_.dimension("year", results_.years.size());
            year_ = file_.integers("year", std::array{year_dimension_});
            file_.attribute(year_, "long_name", "calendar year");
        }
        for (const auto& measure : results_.measures) {
            if (measure.is_by_row() && !measure.rows.empty() && !rows_.contains(measure.kind))
                rows_[measure.kind] = define_rows(measure);
        }
    }

    Rows define_rows(const MeasureInfo& panel) {
        const std::string kind = series_coordinate(results_.measures, panel.kind);
        Rows rows{.dimension = file_.dimension(kind, panel.rows.size()), .names = -1, .of = &panel};
        const std::array along = {rows.dimension};
        rows.names = file_.strings(kind, along);
        if (!panel.sources.empty()) {
            rows.sources = file_.strings(kind + "_source", along);
            rows.targets = file_.strings(kind + "_target", along);
        }
        return rows;
    }

    int define(const MeasureInfo& measure) {
        std::vector<int> dimensions = {run_dimension_};
        if (is_over_time(measure)) dimensions.push_back(time_dimension_);
        if (measure.form == Form::yearly) dimensions.push_back(year_dimension_);
        if (measure.is_by_row()) dimensions.push_back(measure.rows.empty() ? -1 : rows_.at(measure.kind).dimension);
        if (std::ranges::find(dimensions, -1) != dimensions.end()) return -1;  // a kind without rows, a calendar without years

        const int variable = file_.doubles(series_variable(results_.measures, measure.name), dimensions);
        const bool is_day = measure.form == Form::date && results_.calendar.is_dated();
        file_.attribute(variable, "units", is_day ? start_ : series_units(measure));
        if (is_day) file_.attribute(variable, "calendar", "proleptic_gregorian");
        file_.attribute(variable, "long_name", measure.about.empty() ? measure.told() : measure.about);
        file_.attribute(variable, "expression", measure.expression);
        file_.attribute(variable, "flag_values", numbers_of(measure.levels));  // as CF has it
        file_.attribute(variable, "flag_meanings", names_of(measure.levels));
        if (measure.is_by_row() && rows_.at(measure.kind).sources >= 0) {
            file_.attribute(variable, "coordinates", fmt::format("{0}_source {0}_target", series_coordinate(results_.measures, measure.kind)));
        }
        return variable;
    }

    void fill_coordinates() {
        std::vector<std::int64_t> numbers(runs_);
        std::iota(numbers.begin(), numbers.end(), results_.first_run);
        file_.put(run_, numbers);
        std::vector<double> times(static_cast<std::size_t>(results_.calendar.moments()));
        for (std::size_t moment = 0; moment < times.size(); ++moment) times[moment] = time_of(static_cast<double>(moment));
        file_.put(time_, times);
        if (year_ >= 0) file_.put(year_, std::vector<std::int64_t>(results_.years.begin(), results_.years.end()));
        for (const auto& [kind, rows] : rows_) fill_rows(rows);
    }

    void fill_rows(const Rows& rows) {
        file_.put(rows.names, rows.of->rows);
        if (rows.sources < 0) return;
        file_.put(rows.sources, rows.of->sources);
        file_.put(rows.targets, rows.of->targets);
    }

    /// Where a tick, or a moment, begins.
    [[nodiscard]] double time_of(double number) const {
        if (!results_.calendar.is_dated() || std::isnan(number)) return number;
        return results_.calendar.days_since_start(static_cast<std::int64_t>(number));
    }

    void fill_measure(std::size_t measure) {
        const auto& info = results_.measures[measure];
        if (is_over_time(info)) {
            file_.put_at_close(measures_[measure], results_.series[measure]);
        } else if (info.form == Form::yearly) {
            file_.put(measures_[measure], std::span(results_.yearly[measure]).first(runs_ * results_.years.size() * info.width()));
        } else {
            std::vector<double> values(results_.final_values[measure].begin(),
                                       results_.final_values[measure].begin() + static_cast<std::ptrdiff_t>(runs_ * info.width()));
            if (info.form == Form::date) std::ranges::transform(values, values.begin(), [&](double tick) { return time_of(tick); });
            file_.put(measures_[measure], values);
        }
    }

    const Results& results_;
    NetcdfFile file_;
    std::string start_;
    std::size_t runs_ = 0;
    int run_dimension_ = -1;
    int run_ = -1;
    int time_dimension_ = -1;
    int time_ = -1;
    int year_dimension_ = -1;
    int year_ = -1;
    std::map<std::string, Rows> rows_;
    std::vector<int> measures_;  ///< variable of each, -1: none
};

}  // namespace

std::string series_units(const MeasureInfo& measure) {
    if (measure.unit.empty()) return "1";
    for (const auto* span : {"days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"}) {
        if (measure.unit == span) return measure.unit.substr(0, measure.unit.size() - 1);
    }
    return measure.unit;
}

std::string series_coordinate(std::span<const MeasureInfo> measures, const std::string& kind) {
    const auto is_end = [&](std::string_view end) {
        return kind.ends_with(end) && std::ranges::find(measures, kind.substr(0, kind.size() - end.size()), &MeasureInfo::kind) != measures.end();
    };
    return is_reserved_column(kind) || is_end("_source") || is_end("_target") ? "kind_" + kind : kind;
}

std::string series_variable(std::span<const MeasureInfo> measures, const std::string& measure) {
    const bool is_taken = std::ranges::any_of(measures, [&](const MeasureInfo& one) {
        if (!one.is_by_row() || one.rows.empty()) return false;
        const std::string kind = series_coordinate(measures, one.kind);
        return measure == kind || measure == kind + "_source" || measure == kind + "_target";
    });
    return is_taken ? "measure_" + measure : measure_column(measure);
}

bool has_series(const Results& results) {
    const bool needs_series = std::ranges::any_of(results.measures, is_over_time);
    return needs_series ? results.series_runs > 0 : results.runs > 0 && !results.measures.empty();
}

void write_series(const std::filesystem::path& path, const Results& results, const SeriesHeader& header) {
    SeriesWriter(path, results, header).fill();
}

}  // namespace entente
