/// How much of a world's state a tick has in hand.
#pragma once

#include <entente/model/model.hpp>

namespace entente {

/// Bytes of the rows of columns that a tick of one run reads or writes.
std::int64_t bytes_touched(const Model& model);

}  // namespace entente
