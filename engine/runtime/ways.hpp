/// Which way programs go on a batch. Batches and those who explain them ask the same functions.
#pragma once

#include <entente/model/model.hpp>

namespace entente {

/// The program that runs where that one is asked for: with one lane its twin over slices, where it has one.
ProgramId program_on(const Model& model, ProgramId program, int lanes);

/// Whether skips of a program over so many rows may bring few elements together: its blocks lie within one row.
bool packs(std::int64_t rows, int lanes);

/// Whether all that the program does is to add what one load gathers to the keys of its slices.
bool only_sums_gathered(const ProgramOnDomain& program);

}  // namespace entente
