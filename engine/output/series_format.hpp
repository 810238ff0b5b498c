/// What is in series.nc, for the reference; a test compares it with what is written.
#pragma once

#include <span>
#include <string_view>

namespace entente {

struct SeriesPart {
    /// What a part is of.
    enum class Of {
        file,        ///< an attribute of the file
        dimension,   ///< a dimension, and the coordinate of its name
        coordinate,  ///< a variable that names rows
        measure,     ///< an attribute of a measure's variable
        time         ///< an attribute of the variable `time`
    };
    Of of;
    std::string_view name;
    std::string_view meaning;
};

std::span<const SeriesPart> series_parts();
std::string_view name_of(SeriesPart::Of of);  ///< `attribute of the file`

}  // namespace entente
