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

/// What rows of a kind hold in single runs.
struct OutcomeRows {
    std::string of;             ///< `links`, as NetworkKind has them; `places`, as MapKind; `measure`, as RowsData
    std::string kind;           ///< its name there
    std::string name;           ///< of the field or measure there
    std::int64_t runs = 0;      ///< of how many it is here: the first ones
    std::vector<Moment> times;  ///< none of what each run has one value of: the last, of a date when it came
    std::vector<double> low;    ///< [row]: what step 0 stands for …
    std::vector<double> step;   ///< … and how far it is from one step to the next
    PackedNumbers values;       ///< steps, over 254 or, at two bytes, 65,534: [row][run][time]. A run's are rounded up or down so that means over runs are right
};

/// A field or measure as OutcomeRows names it.
struct OutcomeRowsName {
    std::string of;
    std::string kind;
    std::string name;
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
    std::vector<OutcomeRows> rows;       ///< as many as there is room for
    std::vector<OutcomeRowsName> alike;  ///< what is the same in all runs
    std::int64_t event_runs = 0;         ///< of how many runs `events` are: the first ones
    std::vector<PackedNumbers> events;   ///< as EventsData::events: how often each happened, [year][run]; none where they were not counted
};

}  // namespace entente::page
