/// series.nc: what was recorded over time, as a NetCDF-4 file after the CF conventions that xarray, R and ncview open without help.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include <entente/study/run_results.hpp>

namespace entente {

/// What the file says of itself.
struct SeriesHeader {
    std::string title;
    std::string scenario;  ///< its file
    std::string scenario_hash;
    std::string variant;
};

/// What a measure's variable says its unit is: xarray would read a measure in `days` or `hours` as a span of time; in the singular UDUNITS
/// reads the same and xarray lets it be. Without a unit "1".
std::string series_units(const MeasureInfo& measure);
/// The name of a kind's rows: its own, or `kind_NAME` where that means something else beside these measures.
std::string series_coordinate(std::span<const MeasureInfo> measures, const std::string& kind);
/// The name of a measure's variable: its own, or `measure_NAME` likewise.
std::string series_variable(std::span<const MeasureInfo> measures, const std::string& measure);

/// Whether there is anything for the file: measures, and where some are series, runs whose series were kept.
bool has_series(const Results& results);

/// Writes the runs whose series were kept (all of them where no measure is a series).
///
/// Dimensions: `run`; `time`, the first day of each tick in `days since START` (undated: the tick), at whose end values were taken;
/// `year`; and one for each kind that measures are on, named as the kind, with its rows' names as coordinate, and for links their
/// ends as `KIND_source` and `KIND_target`. Every measure is a variable with `units`, `long_name` and `expression`: a series (run, time),
/// a scalar (run), a date (run) in days since START with NaN for never, a yearly one (run, year); by row with KIND as its last dimension.
/// A measure with the name of a dimension is called `measure_NAME`. Failed runs are NaN from the tick of their failure on.
/// Throws Error when the file can't be written (a full disk, …).
void write_series(const std::filesystem::path& path, const Results& results, const SeriesHeader& header);

}  // namespace entente
