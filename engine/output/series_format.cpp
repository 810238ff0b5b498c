#include <entente/output/series_format.hpp>

#include <array>

namespace entente {

namespace {

using Of = SeriesPart::Of;

constexpr std::array all_parts{
    SeriesPart{Of::file, "Conventions", "CF-1.10"},
    SeriesPart{Of::file, "format", "name and version of the format"},
    SeriesPart{Of::file, "title", "the scenario's title"},
    SeriesPart{Of::file, "source", "Entente and its version"},
    SeriesPart{Of::file, "scenario", "the scenario's file, as it was named"},
    SeriesPart{Of::file, "scenario_hash", "hash of all its files"},
    SeriesPart{Of::file, "variant", "its variant, if there is one"},
    SeriesPart{Of::file, "seed", "seed of all random numbers"},
    SeriesPart{Of::file, "digest", "hash of all values of all runs, as in manifest.json"},
    SeriesPart{Of::file, "runs_made", "runs that were made; `run` holds those whose series are kept"},
    SeriesPart{Of::file, "comment", "what the times are"},
    SeriesPart{Of::dimension, "run", "numbers of the runs whose series are kept; without series of all"},
    SeriesPart{Of::dimension, "time", "moments: before the first tick and at the end of each, in days since the start, or in ticks"},
    SeriesPart{Of::dimension, "year", "calendar years, where a measure is `per: year`"},
    SeriesPart{Of::dimension, "<kind>", "names of the rows of a kind, where a measure is `on` it; `kind_<kind>` where that is a name of the file's own"},
    SeriesPart{Of::coordinate, "<kind>_source", "of a kind of links: where each begins"},
    SeriesPart{Of::coordinate, "<kind>_target", "where each ends"},
    SeriesPart{Of::time, "units", "`days since 2021-08-15`, or `1`"},
    SeriesPart{Of::time, "axis", "`T`"},
    SeriesPart{Of::time, "long_name", "what it is"},
    SeriesPart{Of::time, "standard_name", "`time`, in a calendar with dates"},
    SeriesPart{Of::time, "calendar", "`proleptic_gregorian`, in a calendar with dates"},
    SeriesPart{Of::measure, "units", "its unit; of a date `days since …`; `1` where it has none"},
    SeriesPart{Of::measure, "calendar", "of a date: `proleptic_gregorian`"},
    SeriesPart{Of::measure, "long_name", "what it stands for"},
    SeriesPart{Of::measure, "expression", "its expression"},
    SeriesPart{Of::measure, "flag_values", "of a field with levels: their numbers, as CF has it"},
    SeriesPart{Of::measure, "flag_meanings", "their names, with blanks between"},
    SeriesPart{Of::measure, "coordinates", "of links: the variables that name their ends"},
};

}  // namespace

std::span<const SeriesPart> series_parts() {
    return all_parts;
}

std::string_view name_of(SeriesPart::Of of) {
    switch (of) {
        case Of::file:
            return "attribute of the file";
        case Of::dimension:
            return "dimension";
        case Of::coordinate:
            return "variable";
        case Of::measure:
            return "attribute of a measure";
        case Of::time:
            return "attribute of `time`";
    }
    return "";
}

}  // namespace entente
