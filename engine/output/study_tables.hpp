/// A study's results as CSV tables, written block by block: no more than a block is in memory.
#pragma once

#include <cstdint>
#include <vector>

#include <entente/store/staged_files.hpp>
#include <entente/summary/outcomes.hpp>

namespace entente {

/// design.csv: `point`, then each factor under its name, and `weight` where the points have weights; one row a point. What `--points` reads.
void write_design(const Points& points, const Sink& sink);

/// runs.csv: one row a run, in their order. Columns as in the table of `run`, with `point` (sweep, sensitivity) or `alternative` (compare). `replicate`
/// is the run as which it drew: rows of two alternatives, or points, with the same one share their luck. Where points have runs of their own,
/// replicates are counted from 0 at each, and `drawn_as` is the run as which it drew. Where not all runs were made, those that are missing have no row.
void write_study_runs(const StudyValues& values, const Study& study, const std::vector<std::string>& alternatives, const Sink& sink);

/// rows.csv: one row a run and row of a kind, as that of `run`, with the same columns before. Written where there are measures by row.
void write_study_rows(const StudyValues& values, const Study& study, const std::vector<std::string>& alternatives, const Sink& sink);

/// points.csv: one row a point, in the order of design.csv: `point`, each factor, `runs` and `failed`, then for each outcome its mean over the replicates
/// under its name, and its standard error as `NAME_se` (empty below two).
void write_points(const StudyValues& values, const Study& study, const Sink& sink);

/// point_rows.csv: one row a point and row of a kind: what points.csv has before the outcomes, the row as in rows.csv, then each outcome by row as
/// points.csv has those of the world. Points that are written together go kind by kind.
void write_point_rows(const StudyValues& values, const Study& study, const Sink& sink);

}  // namespace entente
