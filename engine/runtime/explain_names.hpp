/// What people call the columns, rows and draws that a program knows by number.
#pragma once

#include <string>

#include <entente/model/model.hpp>

namespace entente {

/// `relation.trust[russia -> afghanistan]`; of the world's one row, and where `row` is -1, the column alone.
std::string cell_name(const Model& model, ColumnId column, std::int64_t row);

/// For prologue_line and body_line. They refer to the model, which must live on.
ProgramNames program_names(const Model& model);

}  // namespace entente
