/// Bars with intervals, for a terminal.
#pragma once

#include <cstddef>
#include <string>

#include <entente/output/text_table.hpp>
#include <entente/study/bootstrap.hpp>

namespace entente {

/// `████▒▒▒├──┼──┤`: from 0 to `end` in `width` cells a bar up to the estimate, its first part up to `inner` darker, and over it the
/// interval. In ASCII
/// `####===|--+--|`. What lies beyond an end is drawn at it; "" for NaN.
std::string interval_bar(double inner, const Estimate& estimate, double end, std::size_t width, const TextStyle& style);

}  // namespace entente
