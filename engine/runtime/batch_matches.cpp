// Aggregates by value: items and rows that ask for them meet in a hash table (`engine/model/matches.cpp`).
#include <algorithm>
#include <bit>
#include <cassert>

#include <entente/runtime/batch.hpp>

namespace entente {
namespace {

/// As the table of operations has it, and for those that aggregates have without a call for each item.
inline double contributed(const Operation& how, double so_far, double item) {
    if (how.op == Op::contribute) return so_far + item;
    if (how.op == Op::contribute_min) return item < so_far || item != item ? item : so_far;
    if (how.op == Op::contribute_max) return item > so_far || item != item ? item : so_far;
    return how.value(so_far, item, 0);
}

}  // namespace

void Batch::reserve_matches() {
    std::int64_t items = 0;
    const auto look = [&](const std::vector<Pass>& passes) {
        for (const Pass& pass : passes)
            if (const auto* match = std::get_if<MatchItems>(&pass)) items = std::max(items, model_.rows_of(match->values));
    };
    look(model_.start);
    for (const CompiledStep& step : model_.steps) look(step.passes);
    for (const auto& entry : model_.timeline) look(entry.passes);
    look(model_.every_tick);
    look(model_.show);
    look(model_.measures_over_time);
    if (items > 0) meetings_.resize(std::bit_ceil(static_cast<std::size_t>(items) * 2));
}

/// Where the value meets its like: its own place, or the empty one that is next. Both zeros are one.
Batch::Meeting& Batch::meeting_of(double key) {
    assert(std::has_single_bit(meetings_.size()) && key == key);
    // Whole numbers differ in the upper bits of their doubles only: these are folded down, and the product's upper bits are the best mixed.
    std::uint64_t bits = std::bit_cast<std::uint64_t>(key + 0.0);
    bits ^= bits >> 32;
    auto at = static_cast<std::size_t>(bits * 0x9e3779b97f4a7c15U >> (64 - std::bit_width(meetings_.size() - 1)));
    while (meetings_[at].round == match_round_ && meetings_[at].key != key) at = (at + 1) & (meetings_.size() - 1);
    return meetings_[at];
}

void Batch::apply(const MatchItems& pass) {
    const double* values = data(pass.values);
    const double* keys = data(pass.keys);
    const double* mask = pass.mask.is_given() ? data(pass.mask) : nullptr;
    const double* sought = data(pass.sought);
    double* results = data(pass.to);
    double* counts = pass.counts.is_given() ? data(pass.counts) : nullptr;
    const Operation& how = operation(pass.how);
    const auto lanes = static_cast<std::size_t>(lanes_);
    const std::size_t items = static_cast<std::size_t>(model_.rows_of(pass.values)) * lanes;
    const std::size_t rows = static_cast<std::size_t>(model_.rows_of(pass.to)) * lanes;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        ++match_round_;  // what earlier rounds left is empty
        for (std::size_t i = lane; i < items; i += lanes) {
            if ((mask && mask[i] == 0) || keys[i] != keys[i]) continue;  // NaN equals nothing
            Meeting& here = meeting_of(keys[i]);
            if (here.round != match_round_) here = {match_round_, keys[i], pass.start, 0};
            here.result = contributed(how, here.result, values[i]);
            here.count += 1;
        }
        for (std::size_t i = lane; i < rows; i += lanes) {
            const bool asks = sought[i] == sought[i];
            const Meeting nobody{0, 0, pass.start, 0};
            const Meeting& there = asks ? meeting_of(sought[i]) : nobody;
            const bool met = asks && there.round == match_round_;
            results[i] = met ? there.result : pass.start;
            if (counts) counts[i] = met ? there.count : 0;
        }
    }
}

}  // namespace entente
