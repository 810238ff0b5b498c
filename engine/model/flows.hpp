/// What influences what, read off a compiled model: the state that each step reads, and the state that it changes.
#pragma once

#include <compare>
#include <vector>

#include <entente/model/model.hpp>

namespace entente {

/// State that has a name: a field of a kind, or how often an event fires on each row of its kind.
struct NamedState {
    KindId kind;
    FieldId field;  ///< -1: of an event
    EventId event;  ///< -1: of a field
    auto operator<=>(const NamedState&) const = default;
};

/// Both in order, each state once.
struct StepFlow {
    std::vector<NamedState> reads;
    std::vector<NamedState> changes;
};

/// By step, in the order of the steps: what its rows may read of the rows of the world, and what they may change.
///
/// A step changes the fields that its statements assign, those at the ends of a link too, and the count of its own event where some step
/// reads that count.
///
/// A step reads a state that enters what it writes to a field or a count: as an operand, or in what decides whether it is written
/// (`where`, the chance of an event, a choice). What stands between is followed, whichever step computed it: columns that hold
/// aggregates, medians, matches and contributions. Derived values and row-local names are what they are made of. `x += 1` reads x.
/// Not read are values that stay as they were, on rows that a mask leaves alone; what the step itself has just assigned or fired; the
/// firings of the timeline that an event's own are added to; and what only the message of a failed check shows.
///
/// What folds is gone: with `strict` at 0, `x if strict else y` reads no x, unless `strict` is among CompileOptions::varied, and a step
/// that applies nowhere reads and changes nothing. Of the start, the timeline and the measures nothing is said. The model is to be
/// compiled with Unroll::no: row by row all steps are one program, and nothing is said of any.
std::vector<StepFlow> step_flows(const Model& model);

}  // namespace entente
