/// What a measure leaves of a run, or of each row of a kind (`on:`).
#pragma once

#include <string>

namespace entente {

/// A value that a measure takes, 0, 1, 2, … in their order, by its name.
struct MeasureLevel {
    std::string name;
    std::string label;  ///< people's words; "" where the name will do
    [[nodiscard]] const std::string& told() const { return label.empty() ? name : label; }
};

enum class MeasureForm {
    series,  ///< a value at the end of every tick
    scalar,  ///< one value a run
    date,    ///< the tick of a `first(…)`, or never
    yearly,  ///< one value a calendar year (`per: year`)
};

}  // namespace entente
