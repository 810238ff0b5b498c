/// What was laid out on the way to a model and is of no use to it any more.
#pragma once

#include <entente/model/model.hpp>

namespace entente {

/// Drops maps between rows and names of rows that no program, and no list of rows, goes by.
void drop_unused(Model& model);

}  // namespace entente
