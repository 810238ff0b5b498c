/// What a page needs of each run to part the runs by an outcome. page_data.hpp says who else reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/report/packed.hpp>
#include <entente/report/page_numbers.hpp>

namespace entente::page {

/// A series run by run: at OutcomesData::times or, of a measure by the year, for each of its years.
struct OutcomeCourse {
    std::vector<std::int64_t> series;  ///< which of EnsembleData::series: those that are the same in every run stand together
    std::vector<double> low;           ///< [point]: bounds of all runs' values there …
    std::vector<double> high;
    PackedNumbers values;  ///< … and where between them each is, from 0 to 1: [run * points + point]
    std::optional<PackedNumbers> last;  ///< each run's last value, finer; none of a measure by the year
};

/// A measure of which each run has one value.
struct OutcomeScalar {
    PackedNumbers values;             ///< [run]
    std::vector<std::string> levels;  ///< the names of its values 0, 1, 2, …; mostly none
};

/// What was given to each run, as by a posterior.
struct OutcomeParameter {
    std::string name;
    std::string unit;
    PackedNumbers values;  ///< [run]
};

/// Times within are days since 1970-01-01, or ticks where the calendar is undated.
struct OutcomesData {
    std::int64_t runs = 0;      ///< of how many all is here: the first ones
    std::string over;           ///< `the first 400 of 10,000 runs`, `all 1,000 runs`
    std::vector<Moment> times;  ///< at which courses are here, thinned
    double end = 0;             ///< of the calendar
    std::vector<OutcomeCourse> courses;
    std::vector<PackedNumbers> dates;    ///< as EnsembleData::dates: when each came, [run]; none where it did not
    std::vector<OutcomeScalar> scalars;  ///< as EnsembleData::scalars
    std::vector<OutcomeParameter> parameters;
    PackedNumbers failed;  ///< from when on nothing is known of a run, [run]; none of those that did not fail
    std::string left_out;  ///< which series are not here, in a sentence; "" where all are
};

}  // namespace entente::page
