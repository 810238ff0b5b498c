/// The tables, columns, maps and folded values of an explanation.
#pragma once

#include <entente/runtime/explain.hpp>

namespace entente {

void explain_tables(const Model& model, Explanation& made);
void explain_folds(const Model& model, Explanation& made);

}  // namespace entente
