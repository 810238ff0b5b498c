/// The values of a study's single runs by which a page parts them, and ranks what was varied by how far it sets them apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/store/study_values.hpp>

namespace entente {

/// So many measures a page bears of the runs of a study: the headline's first, then dates, then the others, those by row last. And more of them, as many as
/// pack into `most_study_letters` with those, as where replicates share their luck.
inline constexpr std::size_t usual_study_measures = 20;
inline constexpr std::size_t most_study_measures = 60;
inline constexpr std::size_t most_study_letters = 300'000;

/// All runs are kept whose usual measures pack into `most_study_letters`. Of others it bears so many values; that is fewer replicates, but five of each point at least; where these are too many, fewer points, the first
/// ones, as long as points that were drawn together stay together. Of a grid all points or none.
inline constexpr std::int64_t most_study_values = 300'000;

/// `together` points after each other were drawn together, as those of a base row. Nothing where there is no measure, or fewer than ten runs.
std::optional<page::StudyRunsData> study_runs_data(const StudyValues& values, const Study& study, const Scenario& scenario, std::int64_t together = 1);

/// The same of a comparison: its alternatives are the points.
std::optional<page::StudyRunsData> compared_runs_data(const StudyValues& values, const Study& study);

/// Numbers as the page has them: each of at most 254 different ones for itself, otherwise in 250 classes of as many numbers each. `marks` are bounds that
/// fall between two classes: those at or above them, and those above.
page::CodedNumbers coded(std::span<const double> numbers, std::span<const double> marks);

}  // namespace entente
