#include <entente/runtime/cuts.hpp>

#include <algorithm>
#include <cassert>

namespace entente {
namespace {

/// A thread takes at least so many elements of a program at a time, and each thread about so many pieces.
constexpr std::int64_t smallest_piece = 2048;
constexpr std::int64_t pieces_each = 16;

/// Where a program's elements may be cut so that no two parts write to the same place.
struct Cutter {
    std::int64_t step = segment_span;  ///< cuts stand at multiples of this …
    const Slices* slices = nullptr;       ///< … and between chunks of these …
    const std::vector<std::int64_t>* offsets = nullptr;  ///< … or keys of a map that never descends
    bool possible = true;

    Cutter(const Model& model, const ProgramOnDomain& program) {
        if (program.slices.is_given()) {
            step = vector_size;
            slices = &model.slices[program.slices];
            return;
        }
        MapId map;
        for (const Effect& effect : program.program.effects) {
            if (effect.row >= 0) possible = false;
            if (!effect.map.is_given() || effect.map == map) continue;
            const auto& of_map = model.map_offsets[effect.map];
            if (of_map.empty() && is_injective(model.maps[effect.map], model.domain(program.domain).rows,
                                               model.rows_of(effect.column)))
                continue;
            possible = possible && !of_map.empty() && !map.is_given();
            map = effect.map;
            offsets = &of_map;
        }
    }

    static bool is_injective(const RowMap& map, std::int64_t rows, std::int64_t keys) {
        std::vector<bool> met(static_cast<std::size_t>(keys));
        for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
            if (map[row] < 0) continue;
            if (met[static_cast<std::size_t>(map[row])]) return false;
            met[static_cast<std::size_t>(map[row])] = true;
        }
        return true;
    }

    [[nodiscard]] bool fits(std::int64_t element) const {
        if (slices) {
            assert(element > 0 && element % vector_size == 0);
            const auto vector = static_cast<std::size_t>(element / vector_size);
            return slices->chunk[vector] != slices->chunk[vector - 1];
        }
        return !offsets || std::binary_search(offsets->begin(), offsets->end(), element);
    }
};

}  // namespace

Cuts cuts_of(const Model& model, const ProgramOnDomain& program, int lanes, int threads) {
    assert(lanes >= 1 && threads >= 1);
    const std::int64_t total = model.domain(program.domain).rows;
    if (lanes != 1) return {{}, OnePiece::many_lanes};
    if (threads < 2) return {{}, OnePiece::one_thread};
    if (total < 2 * smallest_piece) return {{}, OnePiece::few_rows};
    Cutter cutter(model, program);
    if (!cutter.possible) return {{}, OnePiece::collisions};
    if (cutter.offsets) {
        const bool by_segment = std::any_of(program.program.effects.begin(), program.program.effects.end(), [](const Effect& e) { return e.by_segment; });
        if (!by_segment) cutter.step = vector_size;
    }
    const std::int64_t wanted = std::max(smallest_piece, total / (threads * pieces_each));
    std::vector<std::int64_t> cuts{0};
    for (std::int64_t at = wanted; at < total; at += wanted) {
        at = (std::max(at, cuts.back()) + cutter.step - 1) / cutter.step * cutter.step;
        while (at < total && !cutter.fits(at)) at += cutter.step;
        if (at < total && at > cuts.back()) cuts.push_back(at);
    }
    assert(cuts.back() < total);
    cuts.push_back(total);
    assert(std::ranges::all_of(std::span(cuts).first(cuts.size() - 1), [](std::int64_t cut) { return cut % vector_size == 0; }));
    return {std::move(cuts), OnePiece::no};
}

}  // namespace entente
