/// What a page needs of the single runs of a study to part them by an outcome, and to rank what was varied. page_data.hpp says who else reads it.
///
/// Runs are numbered by point and replicate, the replicate fastest: run = point x replicates + replicate. Of a comparison the alternatives are the points.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/report/packed.hpp>
#include <entente/report/page_numbers.hpp>

namespace entente::page {

/// Numbers of few values, or of few classes of which each has the mean of its numbers.
struct CodedNumbers {
    PackedNumbers codes;        ///< numbers of values or classes; where there are none of these the numbers themselves
    std::vector<double> means;  ///< rising
};

struct StudyFactor {
    std::string name;
    std::string unit;
    std::vector<std::string> levels;  ///< the names of its values 0, 1, 2, …; mostly none
    CodedNumbers values;              ///< [point]
};

/// An outcome of the study that is made of a measure.
struct StudyMeasureOutcome {
    std::string name;         ///< as SweepOutcome has it
    std::string rule;         ///< `value`, `came`, `level`; others are not here
    std::int64_t level = -1;  ///< by `level`: on which of the measure's
};

struct StudyMeasure {
    std::string name;
    std::string about;
    std::string unit;
    std::string form;                 ///< `date`; `end`: a value at the end; `once`: one of the whole run
    std::vector<std::string> levels;  ///< the names of its values 0, 1, 2, …; mostly none
    CodedNumbers values;              ///< [run]: of a date the tick in which it came, none where it did not
    std::vector<double> marks;        ///< quantiles 0.1, 0.5 and 0.9; none of dates and of levels. No class lies on both sides of one
    std::vector<StudyMeasureOutcome> outcomes;
};

struct StudyRunsData {
    std::int64_t points = 0;
    std::int64_t replicates = 0;  ///< of each point
    std::int64_t together = 1;    ///< so many points, one after the other, were drawn together: a base row, a trajectory
    bool crossed = false;         ///< each combination of the factors' values is one point: these were set, not drawn
    bool paired = true;           ///< a replicate draws the same random numbers at all points
    std::string over;             ///< `all 20,000 runs`, `20 of 100 replicates at each of 1,000 points`
    std::vector<Moment> times;    ///< by which a date may have come …
    std::vector<std::int64_t> ticks;  ///< … and the number of each
    std::int64_t end = 0;             ///< ticks of the calendar
    std::vector<StudyFactor> factors;
    std::vector<StudyMeasure> measures;  ///< the headline's first, then dates
    PackedNumbers failed;                ///< the tick from which on nothing is known of a run, [run]; none of those of which all is
    std::string left_out;                ///< what is not here, in a sentence; "" where all is
};

}  // namespace entente::page
