#include <entente/runtime/native_plan.hpp>

#include <algorithm>
#include <array>
#include <cassert>

namespace entente {
std::vector<std::size_t> last_reads(const Program& program) {
    std::vector<std::size_t> last(program.body.size(), 0);
    std::vector<std::size_t> defined(static_cast<std::size_t>(program.slot_count()), program.body.size());
    for (std::size_t at = 0; at < program.body.size(); ++at) {
        const Instruction& i = program.body[at];
        const auto read = [&](std::int32_t slot) {
            if (const std::size_t by = defined[static_cast<std::size_t>(slot)]; by < at) last[by] = at;
        };
        each_read(i, read);
        each_shown(i, program.checks, read);
        if (i.d >= 0) defined[static_cast<std::size_t>(i.d)] = at;
        if (i.second >= 0) defined[static_cast<std::size_t>(i.second)] = program.body.size();
    }
    return last;
}

NativePlan::NativePlan(const Program& program, const std::vector<std::size_t>& last_read, std::size_t begin, std::size_t end, int registers)
    : program_(program), last_read_(last_read), begin_(begin), end_(end), register_count_(registers) {
    assert(begin < end && end <= program.body.size() && last_read.size() == program.body.size());
    assert(registers > 0 && registers <= native_registers);
    while (end_ > begin_ && !fits()) {
    }
}

/// Goes through the instructions as their code will. Where room does not suffice, the run ends there: false.
bool NativePlan::fits() {
    operands_.clear();
    exits_.clear();
    writes_fixed_rows_ = false;
    find_uses();
    homes_.assign(static_cast<std::size_t>(program_.slot_count()), {});
    holds_.assign(static_cast<std::size_t>(register_count_), -1);
    free_.clear();
    for (int r = register_count_; r-- > 0;) free_.push_back(r);
    steps_.assign(end_ - begin_, {});
    for (std::size_t at = begin_; at < end_; ++at)
        if (!assign(at)) {
            end_ = at;
            return false;
        }
    return true;
}

/// Who reads what last within the run, and which results are wanted beyond it.
void NativePlan::find_uses() {
    const auto slots = static_cast<std::size_t>(program_.slot_count());
    uses_.assign(slots, std::vector<std::size_t>{});
    std::vector<bool> defined(slots);
    last_definition_.assign(slots, end_);
    for (std::size_t at = begin_; at < end_; ++at) {
        const Instruction& i = program_.body[at];
        each_read(i, [&](std::int32_t slot) { uses_[static_cast<std::size_t>(slot)].push_back(at); });
        each_shown(i, program_.checks, [&](std::int32_t slot) {  // a failed check shows it
            if (defined[static_cast<std::size_t>(slot)]) uses_[static_cast<std::size_t>(slot)].push_back(at);
        });
        if (i.d >= 0) defined[static_cast<std::size_t>(i.d)] = true, last_definition_[static_cast<std::size_t>(i.d)] = at;
    }
}

/// Where behind `at` a slot is read next; the end where nowhere in the run.
std::size_t NativePlan::next_use(std::int32_t slot, std::size_t at) const {
    const auto& uses = uses_[static_cast<std::size_t>(slot)];
    const auto next = std::upper_bound(uses.begin(), uses.end(), at);
    return next == uses.end() ? end_ : *next;
}

/// Whether a slot's present value is read behind `at`.
bool NativePlan::is_read_after(std::int32_t slot, std::size_t at) const {
    const std::size_t use = next_use(slot, at);
    if (use == end_) return false;
    for (std::size_t k = at + 1; k < use; ++k)
        if (program_.body[k].d == slot) return false;
    return true;
}

/// A free register, or of those whose values stand in their slots too and are not among the needed ones, the one that is not read for
/// longest. -1 where there is none.
int NativePlan::take(std::size_t at, std::span<const std::int32_t> needed) {
    if (free_.empty()) {
        std::int32_t last = -1;
        for (const std::int32_t slot : holds_)
            if (homes_[static_cast<std::size_t>(slot)].in_slot && std::find(needed.begin(), needed.end(), slot) == needed.end() &&
                (last < 0 || next_use(slot, at) > next_use(last, at)))
                last = slot;
        if (last < 0) return -1;
        let_go(last);
    }
    const int r = free_.back();
    free_.pop_back();
    return r;
}

void NativePlan::hold(std::int32_t slot, int reg) {
    assert(reg >= 0 && reg < register_count_ && holds_[static_cast<std::size_t>(reg)] < 0);
    homes_[static_cast<std::size_t>(slot)].reg = reg;
    holds_[static_cast<std::size_t>(reg)] = slot;
}

/// Frees a slot's register.
void NativePlan::let_go(std::int32_t slot) {
    int& reg = homes_[static_cast<std::size_t>(slot)].reg;
    if (reg < 0) return;
    assert(holds_[static_cast<std::size_t>(reg)] == slot);
    holds_[static_cast<std::size_t>(reg)] = -1;
    free_.push_back(reg);
    reg = -1;
}

void NativePlan::need(std::int32_t operand) {
    if (std::find(operands_.begin(), operands_.end(), operand) == operands_.end()) operands_.push_back(operand);
}

int NativePlan::number_of(std::int32_t operand) const {
    assert(std::find(operands_.begin(), operands_.end(), operand) != operands_.end());
    return static_cast<int>(std::find(operands_.begin(), operands_.end(), operand) - operands_.begin());
}

/// Gives one instruction registers for what it reads and makes. False where there is no room left.
bool NativePlan::assign(std::size_t at) {
    const Instruction& i = program_.body[at];
    Step& step = steps_[at - begin_];
    const std::array operands{&i.a, &i.b, &i.c};
    const std::array needed{i.a.slot, i.b.slot, i.c.slot};
    for (std::size_t k = 0; k < 3; ++k) {
        const Operand& o = *operands[k];
        if (o.is_constant()) continue;
        if (homes_[static_cast<std::size_t>(o.slot)].reg >= 0) continue;
        need(o.slot);
        if ((step.loads[k] = take(at, needed)) < 0) return false;
        hold(o.slot, step.loads[k]);
    }
    if (i.op == Op::check) exits_.push_back({at, held()});
    each_read(i, [&](std::int32_t slot) { release(slot, at); });
    each_shown(i, program_.checks, [&](std::int32_t slot) { release(slot, at); });
    if (i.op == Op::store) {
        const Effect& effect = program_.effects[static_cast<std::size_t>(i.extra)];
        writes_fixed_rows_ = writes_fixed_rows_ || effect.row >= 0;
        need(-1 - i.extra);
    }
    if (i.d >= 0) {
        let_go(i.d);
        step.stores = last_definition_[static_cast<std::size_t>(i.d)] == at && is_wanted(at);
        if (step.stores) need(i.d);
        homes_[static_cast<std::size_t>(i.d)].in_slot = step.stores;
        if ((step.d = take(at, {})) < 0) return false;
        hold(i.d, step.d);
        release(i.d, at);
    }
    return true;
}

/// What is not in its slot.
std::vector<HeldValue> NativePlan::held() const {
    std::vector<HeldValue> values;
    for (std::int32_t slot = 0; slot < program_.registers; ++slot) {
        const Home& home = homes_[static_cast<std::size_t>(slot)];
        if (!home.in_slot && home.reg >= 0) values.push_back({slot, home.reg});
    }
    return values;
}

std::vector<std::int32_t> NativePlan::results() const {
    std::vector<std::int32_t> slots;
    for (std::size_t at = begin_; at < end_; ++at)
        if (steps_[at - begin_].stores) slots.push_back(program_.body[at].d);
    return slots;
}

/// Gives back the register of a value that is not read any more.
void NativePlan::release(std::int32_t slot, std::size_t at) {
    if (!is_read_after(slot, at)) let_go(slot);
}

}  // namespace entente
