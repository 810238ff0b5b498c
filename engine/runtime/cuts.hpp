/// How the rows of one large world are shared out among threads.
#pragma once

#include <cstdint>
#include <vector>

#include <entente/model/model.hpp>

namespace entente {

/// Elements between which a thread takes all, so that no two parts write to the same place and every sum is taken as by one thread.
/// Nothing where a program runs in one piece.
std::vector<std::int64_t> cuts_of(const Model& model, const ProgramOnDomain& program, int lanes, int threads);

}  // namespace entente
