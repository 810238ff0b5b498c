/// What a compiled model promises to whoever runs it, reads it or shares it out; and a check that it keeps every promise.
///
/// - Whatever is named by its id (a column, map, program, domain …) is there, and a row that is named lies in its table.
/// - A table's links are grouped by source and by target: each link in the one group where it belongs, in row order.
/// - The first domains are the kinds' tables, in order, then the world of one row. What a program reads or changes on its own rows is a
///   column of its domain; a fixed row is read or stored to from a single row alone.
/// - A map has an entry for each row of the domain from which it is followed and a vector more, all of them rows of the column it leads to,
///   or none. `map_offsets` tell just where a map that never descends begins to lead to each row.
/// - Draws have a name for each row and a vector more; rows of a step's own table have names that differ, and no two steps share a stream.
/// - No program of many rows reads elsewhere what it changes, or contributes to one column twice: neither would be the same in blocks of
///   another size. What is contributed to was begun by a pass before, in the same list.
/// - Slices hold each item of each key once, in row order.
/// - Passes move columns of one domain; starts, groups and matches have the sizes of what they are of.
/// - Inputs have a value for every row from the first tick on, and nothing else writes to their columns.
/// - Whatever a measure shows is written before it is read.
#pragma once

#include <string>
#include <string_view>

#include <entente/model/model.hpp>

namespace entente {

/// The first promise that a model breaks, with the step, pass, program or column where; "" where it keeps all. Reads everything once,
/// maps and slices once for each column they lead to.
std::string broken_promise(const Model& model);

/// Throws std::logic_error, for it is our own fault, where a model that was `stage` (compiled, sliced …) breaks a promise.
void verify(const Model& model, std::string_view stage);

}  // namespace entente
