#include <entente/runtime/packing.hpp>

#include <algorithm>
#include <cassert>

namespace entente {
namespace {

constexpr std::int32_t shortest = 12;

void add(std::vector<std::int32_t>& list, std::int32_t number) {
    if (std::find(list.begin(), list.end(), number) == list.end()) list.push_back(number);
}

/// What instructions read, write and store to.
struct Uses {
    std::vector<std::int32_t> inputs, written, effects;
    int instructions = 0;
    bool can_be_packed = true;
};

Uses uses_of(const Program& program, const std::vector<Instruction>& body, std::size_t begin, std::size_t end) {
    assert(begin <= end && end <= body.size());
    Uses found;
    const auto read = [&](std::int32_t slot) {
        if (std::find(found.written.begin(), found.written.end(), slot) == found.written.end()) add(found.inputs, slot);
    };
    for (std::size_t at = begin; at < end; ++at) {
        const Instruction& i = body[at];
        const Operation::Form form = operation(i.op).form;
        if (form == Operation::Form::native) continue;  // what it does follows
        ++found.instructions;
        each_read(i, read);
        each_shown(i, program.checks, read);
        if (form == Operation::Form::contribution) found.can_be_packed = false;
        if (form == Operation::Form::store) {
            found.can_be_packed = found.can_be_packed && program.effects[static_cast<std::size_t>(i.extra)].map.value < 0;
            add(found.effects, i.extra);
        }
        each_written(i, [&](std::int32_t slot) { add(found.written, slot); });
    }
    return found;
}

}  // namespace

Packings::Packings(const Program& program, std::vector<Instruction>& body, NativeResults native) {
    for (std::size_t at = 0; at < body.size(); ++at) {
        Instruction& skip = body[at];
        if (skip.op != Op::skip || skip.extra - static_cast<std::int32_t>(at) <= shortest) continue;
        const Uses uses = uses_of(program, body, at + 1, static_cast<std::size_t>(skip.extra));
        if (!uses.can_be_packed || uses.instructions < shortest) continue;
        verify(broken_promise_behind(program, body, native, at, uses.inputs), "packed");
        skip.second = static_cast<std::int32_t>(all_.size());
        Packing made;
        lists_.push_back(uses.inputs);
        made.inputs = lists_.back().data();
        made.input_count = static_cast<int>(uses.inputs.size());
        lists_.push_back(uses.effects);
        made.effects = lists_.back().data();
        made.effect_count = static_cast<int>(uses.effects.size());
        made.instructions = uses.instructions;
        all_.push_back(made);
        for (const auto* list : {&uses.inputs, &uses.written})
            for (const std::int32_t slot : *list) add(slots_, slot);
        for (const std::int32_t effect : uses.effects) add(effects_, effect);
    }
}

}  // namespace entente
