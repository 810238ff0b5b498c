/// What a measure leaves of a run.
#pragma once

namespace entente {

enum class MeasureForm {
    series,  ///< a value at the end of every tick
    scalar,  ///< one value a run
    date,    ///< the tick of a `first(…)`, or never
    yearly,  ///< one value a calendar year (`per: year`)
    panel,   ///< a series on every row of a kind (`on:`)
};

}  // namespace entente
