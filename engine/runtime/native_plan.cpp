#include <entente/runtime/native_plan.hpp>

#include <algorithm>
#include <array>

namespace entente {
namespace {

/// Runs `use` on the slots that an instruction reads.
template <class Use>
void each_use(const Instruction& i, Use use) {
    for (const Operand* operand : {&i.a, &i.b, &i.c})
        if (!operand->is_constant()) use(operand->slot);
}

/// Runs `use` on the slots of what a check shows when it fails.
template <class Use>
void each_name(const Instruction& i, const Program& program, Use use) {
    if (i.op != Op::check) return;
    for (const Check::Name& name : program.checks[static_cast<std::size_t>(i.extra)].names)
        if (!name.value.is_constant()) use(name.value.slot);
}

}  // namespace

std::vector<std::size_t> last_reads(const Program& program) {
    std::vector<std::size_t> last(program.body.size(), 0);
    std::vector<std::size_t> defined(static_cast<std::size_t>(program.slot_count()), program.body.size());
    for (std::size_t at = 0; at < program.body.size(); ++at) {
        const Instruction& i = program.body[at];
        const auto read = [&](std::int32_t slot) {
            if (const std::size_t by = defined[static_cast<std::size_t>(slot)]; by < at) last[by] = at;
        };
        each_use(i, read);
        each_name(i, program, read);
        if (i.d >= 0) defined[static_cast<std::size_t>(i.d)] = at;
        if (i.second >= 0) defined[static_cast<std::size_t>(i.second)] = program.body.size();
    }
    return last;
}

NativePlan::NativePlan(const Program& program, const std::vector<std::size_t>& last_read, std::size_t begin, std::size_t end)
    : program_(program), last_read_(last_read), begin_(begin), end_(end) {
    while (end_ > begin_ && !fits()) {
    }
}

/// Goes through the instructions as their code will. Where registers do not suffice, the run ends there: false.
bool NativePlan::fits() {
    operands_.clear();
    pending_.clear();
    exits_.clear();
    writes_fixed_rows_ = false;
    find_uses();
    registers_.assign(static_cast<std::size_t>(program_.slot_count()), -1);
    free_.clear();
    for (int r = native_registers; r-- > 0;) free_.push_back(r);
    steps_.assign(end_ - begin_, {});
    for (std::size_t at = begin_; at < end_; ++at)
        if (!place(at)) {
            end_ = at;
            return false;
        }
    return true;
}

/// Who reads what last within the run, and which results are wanted beyond it.
void NativePlan::find_uses() {
    const auto slots = static_cast<std::size_t>(program_.slot_count());
    last_use_.assign(slots, std::vector<std::size_t>{});
    is_input_.assign(slots, false);
    std::vector<bool> defined(slots);
    last_definition_.assign(slots, end_);
    for (std::size_t at = begin_; at < end_; ++at) {
        const Instruction& i = program_.body[at];
        each_use(i, [&](std::int32_t slot) {
            last_use_[static_cast<std::size_t>(slot)].push_back(at);
            if (!defined[static_cast<std::size_t>(slot)]) is_input_[static_cast<std::size_t>(slot)] = true;
        });
        each_name(i, program_, [&](std::int32_t slot) {  // a failed check shows it
            if (defined[static_cast<std::size_t>(slot)]) last_use_[static_cast<std::size_t>(slot)].push_back(at);
        });
        if (i.d >= 0) defined[static_cast<std::size_t>(i.d)] = true, last_definition_[static_cast<std::size_t>(i.d)] = at;
    }
}

/// Whether a slot's present value is read behind `at`.
bool NativePlan::is_read_after(std::int32_t slot, std::size_t at) const {
    for (const std::size_t use : last_use_[static_cast<std::size_t>(slot)]) {
        if (use <= at) continue;
        for (std::size_t k = at + 1; k < use; ++k)
            if (program_.body[k].d == slot) return false;
        return true;
    }
    return false;
}

/// A free register, or -1.
int NativePlan::take() {
    if (free_.empty()) return -1;
    const int r = free_.back();
    free_.pop_back();
    return r;
}

void NativePlan::need(std::int32_t operand) {
    if (std::find(operands_.begin(), operands_.end(), operand) == operands_.end()) operands_.push_back(operand);
}

int NativePlan::number_of(std::int32_t operand) const {
    return static_cast<int>(std::find(operands_.begin(), operands_.end(), operand) - operands_.begin());
}

/// Gives one instruction registers for what it reads and makes. False where there are none left.
bool NativePlan::place(std::size_t at) {
    const Instruction& i = program_.body[at];
    Step& step = steps_[at - begin_];
    const std::array operands{&i.a, &i.b, &i.c};
    for (std::size_t k = 0; k < 3; ++k) {
        const Operand& o = *operands[k];
        if (o.is_constant() || registers_[static_cast<std::size_t>(o.slot)] >= 0) continue;
        need(o.slot);
        if ((step.loads[k] = take()) < 0) return false;
        registers_[static_cast<std::size_t>(o.slot)] = step.loads[k];
    }
    if (i.op == Op::check) exits_.push_back({at, held()});
    each_use(i, [&](std::int32_t slot) { release(slot, at); });
    each_name(i, program_, [&](std::int32_t slot) { release(slot, at); });
    if (i.op == Op::store) {
        const Effect& effect = program_.effects[static_cast<std::size_t>(i.extra)];
        writes_fixed_rows_ = writes_fixed_rows_ || effect.row >= 0;
        need(-1 - i.extra);
    }
    if (i.d >= 0) {
        const auto slot = static_cast<std::size_t>(i.d);
        if (registers_[slot] >= 0 && !is_pending(registers_[slot])) free_.push_back(registers_[slot]);
        registers_[slot] = -1;
        if ((step.d = take()) < 0) return false;
        const bool is_last = last_definition_[slot] == at;
        if (is_last && is_wanted(at)) {
            need(i.d);
            if (is_input_[slot])
                pending_.emplace_back(i.d, step.d);
            else
                step.stores = true;
        }
        registers_[slot] = step.d;
        release(i.d, at);
    }
    return true;
}

/// What the run's own registers hold.
std::vector<HeldValue> NativePlan::held() const {
    std::vector<HeldValue> values;
    for (std::int32_t slot = 0; slot < program_.registers; ++slot)
        if (const int reg = registers_[static_cast<std::size_t>(slot)]; reg >= 0) values.push_back({slot, reg});
    for (const auto& [slot, reg] : pending_)
        if (registers_[static_cast<std::size_t>(slot)] < 0) values.push_back({slot, reg});
    return values;
}

bool NativePlan::is_pending(int reg) const {
    return std::any_of(pending_.begin(), pending_.end(), [&](const auto& p) { return p.second == reg; });
}

/// Gives back the register of a value that is not read any more.
void NativePlan::release(std::int32_t slot, std::size_t at) {
    int& reg = registers_[static_cast<std::size_t>(slot)];
    if (reg < 0 || is_read_after(slot, at)) return;
    if (!is_pending(reg)) free_.push_back(reg);
    reg = -1;
}

}  // namespace entente
