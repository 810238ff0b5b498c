/// How the rows of one large world are shared out among threads.
#pragma once

#include <cstdint>
#include <vector>

#include <entente/model/model.hpp>

namespace entente {

/// Why a program is not cut.
enum class OnePiece {
    no,          ///< it is
    one_thread,
    many_lanes,  ///< threads share out batches then
    few_rows,
    collisions,  ///< rows of several parts may write to the same place
};

/// Elements between which a thread takes all, so that no two parts write to the same place and every sum is taken as by one thread.
struct Cuts {
    std::vector<std::int64_t> places;  ///< none: the program runs in one piece
    OnePiece in_one_piece = OnePiece::no;
};

Cuts cuts_of(const Model& model, const ProgramOnDomain& program, int lanes, int threads);

}  // namespace entente
