/// What a measure leaves of a run, or of each row of a kind (`on:`).
#pragma once

namespace entente {

enum class MeasureForm {
    series,  ///< a value at the end of every tick
    scalar,  ///< one value a run
    date,    ///< the tick of a `first(…)`, or never
    yearly,  ///< one value a calendar year (`per: year`)
};

}  // namespace entente
