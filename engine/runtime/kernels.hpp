/// The inner loops: one table of functions per instruction set, chosen once when the engine starts.
///
/// All of them give the same bits. Counts are multiples of vector_size, but for `hash` and `add`, which are given 1 where there is one lane.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <entente/language/program.hpp>
#include <entente/model/model.hpp>
#include <entente/runtime/native.hpp>
#include <entente/runtime/packing.hpp>

namespace entente {

/// What the program's draws need beside the block: Philox key and the names of the domain's rows.
struct DrawState {
    std::uint32_t key[2];
    const std::uint64_t* identity;
};

/// Where a store or contribution of this batch goes.
struct EffectState {
    double* column;
    const RowIndex* map;  ///< null: by `row`, or the same row
    const std::int64_t* offsets;  ///< of a map that never descends: where it begins to lead to each row; else null
    std::int64_t row;     ///< -1: the same row
    bool by_segment = false;  ///< to the row segment_of its own
    const Slices* slices = nullptr;  ///< the block's elements are those of slices, and contribute to their keys; else null
};

struct BlockContext;

/// Called when an instruction's check fails. It may replace bad values; then the program continues.
struct FailureCall {
    void (*call)(void* who, const Instruction& check, const BlockContext& block);
    void* who;
};

/// Room for packed elements: most_packed of each slot and effect that needs it, see Packings.
struct PackedRoom {
    double* const* slots;
    double* const* kept;  ///< by effect: what it changes
    EffectState* effects;
    std::uint64_t* runs;
    std::int32_t* lane;  ///< a vector more of them, for they are written by vectors
};

/// One block of one program, or a part of it.
struct BlockContext {
    double* const* slots;
    std::ptrdiff_t base;  ///< element of every slot at which the part begins
    const DrawState* draws;
    const EffectState* effects;
    const Check* checks;
    const NativeLoop* native;  ///< by `extra` of instructions `native`; where there are any, `targets` are needed
    FailureCall failed;
    std::int64_t first;  ///< element at which the block begins
    int count;           ///< elements, a multiple of vector_size
    int valid;           ///< elements that are really there
    int lanes;
    const std::uint64_t* runs;  ///< by lane: the number of its run, for its draws
    std::uint32_t tick;
    double* const* targets = nullptr;      ///< by effect without a map: where it stores element 0 of the slots
    const Packing* packings = nullptr;     ///< by `second` of instructions `skip`
    const PackedRoom* room = nullptr;      ///< null: nothing is packed
    const std::int32_t* lane_of = nullptr;  ///< by element of the slots, where they are packed: their lanes
};

struct Kernels {
    std::string_view name;
    /// Runs code[begin, end).
    void (*execute)(const Instruction* code, int begin, int end, const BlockContext& block);
    /// to[i] = column at the rows that `map` leads to, for a block with fewer lanes than elements; row -1 gives 0.
    void (*gather)(double* to, const double* column, const RowIndex* map, std::int64_t first, int count, int lanes);
    /// to[i] = 1 where the map leads to a row, else 0.
    void (*presence)(double* to, const RowIndex* map, std::int64_t first, int count, int lanes);
    /// Mixes each value into its lane's running hash, and copies it to `copy` if that is not null.
    void (*hash)(std::uint64_t* hashes, const double* values, int count, double* copy);
    /// Adds each value to its lane's sum.
    void (*add)(double* sums, const double* values, int count);
    /// to[lane * to_pitch + row] = from[row * from_pitch + lane].
    void (*transpose)(double* to, std::ptrdiff_t to_pitch, const double* from, std::ptrdiff_t from_pitch, std::int64_t rows, int lanes);
    /// to.column[key] += column at the rows that `map` leads to, over elements first … end of to.slices, whole vectors; row -1 adds 0.
    void (*sum_gathered)(const EffectState& to, const double* column, const RowIndex* map, std::int64_t first, std::int64_t end);
    /// The sums of one group of `products`, see SumProducts; `sums` has room for the near ends on all lanes.
    void (*sum_products)(double* to, const double* ends, const double* items, const ProductsOf& products, std::size_t group, int lanes, double* sums);
    int native = 0;  ///< runs of simple instructions are to be machine code for vectors of so many doubles; 0: they are not
};

const Kernels& portable_kernels();
/// Built for x86-64 only.
const Kernels& avx2_interpreted_kernels();
const Kernels& avx2_kernels();
const Kernels& avx512_interpreted_kernels();
const Kernels& avx512_kernels();

/// What this processor has of what was built, the plainest first.
std::span<const Kernels* const> available_kernels();
/// By name (`portable`, `avx2-interpreted`, `avx2`, `avx512-interpreted`, `avx512`); "" is the best. Throws Error for one that is unknown or not available.
const Kernels& choose_kernels(std::string_view name);

}  // namespace entente
