/// What the sources of Batch share.
#pragma once

#include <memory>
#include <mutex>

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <entente/runtime/batch.hpp>

namespace entente {

inline std::size_t padded(std::int64_t count) {
    return static_cast<std::size_t>((count + vector_size - 1) / vector_size * vector_size);
}

/// What a program needs on this batch: made once, then only pointers change.
struct Batch::Prepared {
    std::vector<Instruction> body;            ///< the program's, with runs of machine code
    std::vector<std::vector<double*>> slots;  ///< of the body, by thread: registers, loads, uniforms
    std::vector<std::vector<double*>> targets;  ///< by effect, by thread: where it stores the block's first element
    std::vector<double*> prologue_slots;  ///< of the prologue: its registers, uniforms
    std::vector<double*> uniform_tiles;   ///< by uniform: where it stands for this step
    std::vector<double*> own_tiles;       ///< by uniform: memory of its own, or null
    std::vector<DrawState> draws;
    std::vector<EffectState> effects;
    std::unique_ptr<Packings> packings;
    std::vector<double*> packed_slots;  ///< by slot: its room, where it needs any
    std::vector<double*> packed_kept;   ///< likewise by effect
    std::vector<EffectState> packed_effects;
    PackedRoom room{};
    bool sums_gathered = false;           ///< the program only adds up what it reads of one column, by slices
    std::vector<std::int64_t> cuts;       ///< elements between which a thread takes all
};

struct Batch::Crew {
    explicit Crew(int threads) : arena(threads) {}
    tbb::task_arena arena;
    std::mutex telling;  ///< of failures
};

/// What is being run, for the call that tells of a failed check.
struct Batch::Running {
    Batch* batch;
    const ProgramOnDomain* program;
};

/// Calls call(piece, thread) for all pieces.
template <class Call>
void Batch::share_out(std::size_t pieces, const Call& call) {
    if (!crew_ || pieces < 2) {
        for (std::size_t piece = 0; piece < pieces; ++piece) call(piece, 0);
        return;
    }
    crew_->arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, pieces, 1),
            [&](const tbb::blocked_range<std::size_t>& range) {
                for (std::size_t piece = range.begin(); piece != range.end(); ++piece) call(piece, tbb::this_task_arena::current_thread_index());
            },
            tbb::simple_partitioner());
    });
}

}  // namespace entente
