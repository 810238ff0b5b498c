#include <algorithm>
#include <array>
#include <cassert>
#include <initializer_list>
#include <limits>
#include <span>

#include <entente/language/builder.hpp>
#include <entente/language/verify.hpp>

namespace entente {
namespace {

double mean_cost(std::span<const Instruction> code) {
    double sum = 0;
    for (const Instruction& i : code) sum += operation(i.op).cost;
    return code.empty() ? 0 : sum / static_cast<double>(code.size());
}

}  // namespace

/// Orders what is needed and gives every value a slot.
class Emitter {
public:
    explicit Emitter(ProgramBuilder& builder) : b_(builder), needed_(builder.nodes_.size()), slots_(builder.nodes_.size(), -1) {}

    Program run() {
        mark_needed();
        hoist(b_.program_);
        body(b_.program_);
        return std::move(b_.program_);
    }

private:
    using Node = ProgramBuilder::Node;
    using Form = ProgramBuilder::Form;
    using Action = ProgramBuilder::Action;

    // While registers are being given, other operands are numbered apart.
    static constexpr std::int32_t load_base = 1'000'000;
    static constexpr std::int32_t uniform_base = 2'000'000;

    const Node& node(Value v) const { return b_.node(v); }

    void need(Value v) {
        if (!v || needed_[static_cast<std::size_t>(v.id)]) return;
        needed_[static_cast<std::size_t>(v.id)] = true;
        for (const Value operand : {node(v).a, node(v).b, node(v).c}) need(operand);
    }

    void mark_needed() {
        for (const Action& action : b_.actions_) need(action.value), need(action.mask);
    }

    /// Values that are the same on every row are computed once a step: those that rows use become uniforms.
    void hoist(Program& program) {
        std::vector<bool> used_by_rows(b_.nodes_.size());
        const auto use = [&](Value v) {
            if (v) used_by_rows[static_cast<std::size_t>(v.id)] = true;
        };
        for (std::size_t i = 0; i < b_.nodes_.size(); ++i)
            if (needed_[i] && !b_.nodes_[i].is_uniform) use(b_.nodes_[i].a), use(b_.nodes_[i].b), use(b_.nodes_[i].c);
        for (const Action& action : b_.actions_) use(action.value), use(action.mask);
        std::vector<int> order;
        for (std::size_t i = 0; i < b_.nodes_.size(); ++i)
            if (needed_[i] && b_.nodes_[i].form == Form::op && b_.nodes_[i].is_uniform) order.push_back(static_cast<int>(i));
        for (const int i : order)
            if (used_by_rows[static_cast<std::size_t>(i)]) {
                computed_[i] = static_cast<int>(program.uniforms.size());
                program.uniforms.push_back({.form = Uniform::Form::computed, .number = program.computed++});
            }
        Registers registers;
        std::vector<Instruction> code;
        for (std::size_t at = 0; at < order.size(); ++at) {
            const Value v{order[at]};
            const auto found = computed_.find(v.id);
            code.push_back(instruction(v));
            for (const Value operand : {node(v).a, node(v).b, node(v).c})
                if (operand && last_use(order, operand, at) == at) registers.release(operand, slots_);
            code.back().d = slots_[static_cast<std::size_t>(v.id)] =
                found != computed_.end() ? uniform_base + found->second : registers.give();
        }
        for (const Action& action : b_.actions_)
            if (action.kind == Action::Kind::mark)
                program.marks[static_cast<std::size_t>(action.extra)].prologue =
                    static_cast<int>(std::lower_bound(order.begin(), order.end(), action.before) - order.begin());
        program.prologue_registers = registers.count();
        program.prologue = numbered(std::move(code), program.prologue_registers, 0);
    }

    std::size_t last_use(const std::vector<int>& order, Value v, std::size_t from) const {
        std::size_t last = from;
        for (std::size_t i = from; i < order.size(); ++i)
            if (const Node& n = b_.nodes_[static_cast<std::size_t>(order[i])]; n.a == v || n.b == v || n.c == v) last = i;
        return last;
    }

    /// A pool of registers, lowest first.
    class Registers {
    public:
        std::int32_t give() {
            if (free_.empty()) return count_++;
            const auto lowest = std::min_element(free_.begin(), free_.end());
            const std::int32_t slot = *lowest;
            free_.erase(lowest);
            return slot;
        }
        void give_back(std::int32_t slot) { free_.push_back(slot); }
        void release(Value v, std::vector<std::int32_t>& slots) {
            std::int32_t& slot = slots[static_cast<std::size_t>(v.id)];
            if (slot < 0 || slot >= load_base) return;
            give_back(slot);
            slot = -1;
        }
        [[nodiscard]] int count() const { return count_; }

    private:
        std::int32_t count_ = 0;
        std::vector<std::int32_t> free_;
    };

    Operand operand(Value v) const {
        if (!v) return {};
        const Node& n = node(v);
        if (n.form == Form::constant) return {-1, n.constant};
        if (n.form == Form::load) return {load_base + n.number, 0};
        if (n.form == Form::uniform) return {uniform_base + n.number, 0};
        if (const auto found = computed_.find(v.id); found != computed_.end()) return {uniform_base + found->second, 0};
        assert(slots_[static_cast<std::size_t>(v.id)] >= 0);
        return {slots_[static_cast<std::size_t>(v.id)], 0};
    }

    Instruction instruction(Value v) const {
        const Node& n = node(v);
        Instruction made;
        made.op = n.op;
        made.a = operand(n.a);
        made.b = operand(n.b);
        made.c = operand(n.c);
        if (operation(n.op).form == Operation::Form::count) {  // further uniforms come from the same stream
            made.extra = node(n.a).number;
            made.c.constant = node(n.a).half;
        }
        return made;
    }

    /// One thing to do in the body: a value to compute, a copy to keep until effects are settled, or an action.
    struct Item {
        enum class Kind { value, copy, action } kind;
        Value value;     ///< value, copy: what
        int action = -1;  ///< action: which
    };

    std::vector<Item> items() {
        std::vector<Item> list;
        std::vector<int> pending;  // effects told and not settled
        std::size_t next_action = 0;
        const auto actions_until = [&](int count) {
            for (; next_action < b_.actions_.size() && b_.actions_[next_action].before <= count; ++next_action) {
                const Action& action = b_.actions_[next_action];
                const int number = static_cast<int>(next_action);
                if (action.kind == Action::Kind::store || action.kind == Action::Kind::contribute)
                    pending.push_back(number);
                else if (action.kind == Action::Kind::settle)
                    settle_effects(list, pending), list.push_back({Item::Kind::action, {}, number});
                else
                    list.push_back({Item::Kind::action, {}, number});
            }
        };
        for (int i = 0; i < static_cast<int>(b_.nodes_.size()); ++i) {
            actions_until(i);
            const Node& n = b_.nodes_[static_cast<std::size_t>(i)];
            const bool computed = (n.form == Form::op || n.form == Form::draw) && !n.is_uniform;
            if (needed_[static_cast<std::size_t>(i)] && computed) list.push_back({Item::Kind::value, {i}});
        }
        actions_until(static_cast<int>(b_.nodes_.size()));
        return list;
    }

    /// Contributions, then stores. A value that is a mere load or uniform row is copied first where another effect may write the very column
    /// before it is stored or contributed.
    void settle_effects(std::vector<Item>& list, std::vector<int>& pending) const {
        const auto action_of = [&](int number) -> const Action& { return b_.actions_[static_cast<std::size_t>(number)]; };
        const auto overwritten = [&](Value v, int before) {
            const Node& n = node(v);
            if (n.form != Form::load && n.form != Form::uniform) return false;
            const ColumnId column = n.form == Form::load ? b_.program_.loads[static_cast<std::size_t>(n.number)].column
                                                         : b_.program_.uniforms[static_cast<std::size_t>(n.number)].column;
            return std::any_of(pending.begin(), pending.end(), [&](int other) {
                const bool comes_before = action_of(before).kind == Action::Kind::store || action_of(other).kind == Action::Kind::contribute;
                return other != before && comes_before && effect_of(action_of(other)).column == column;
            });
        };
        const std::size_t first = list.size();
        for (const int number : pending)
            for (const Value v : {action_of(number).value, action_of(number).mask})
                if (v && overwritten(v, number) && !copied(list, first, v)) list.push_back({Item::Kind::copy, v});
        for (const auto kind : {Action::Kind::contribute, Action::Kind::store})
            for (const int number : pending)
                if (action_of(number).kind == kind) list.push_back({Item::Kind::action, {}, number});
        pending.clear();
    }

    const Effect& effect_of(const Action& action) const { return b_.program_.effects[static_cast<std::size_t>(action.extra)]; }

    static bool copied(const std::vector<Item>& list, std::size_t first, Value v) {
        return std::any_of(list.begin() + static_cast<std::ptrdiff_t>(first), list.end(),
                           [&](const Item& item) { return item.kind == Item::Kind::copy && item.value == v; });
    }

    void body(Program& program) {
        const std::vector<Item> list = items();
        const std::vector<std::size_t> last = last_uses(list);
        std::fill(slots_.begin(), slots_.end(), -1);
        std::map<int, std::int32_t> copies;
        Registers registers;
        std::vector<Instruction> code;
        std::vector<std::size_t> skips;
        const auto release_used = [&](std::size_t at, const auto& values) {
            for (const Value v : values)
                if (v && last[static_cast<std::size_t>(v.id)] == at) registers.release(v, slots_);
        };
        for (std::size_t at = 0; at < list.size(); ++at) {
            const Item& item = list[at];
            if (item.kind == Item::Kind::copy) {
                Instruction made;
                made.a = operand(item.value);
                made.d = copies[item.value.id] = registers.give();
                code.push_back(made);
            } else if (item.kind == Item::Kind::value && node(item.value).form == Form::draw) {
                emit_draw(item.value, registers, code);
            } else if (item.kind == Item::Kind::value) {
                const Node& n = node(item.value);
                code.push_back(instruction(item.value));
                release_used(at, std::array{n.a, n.b, n.c});
                code.back().d = slots_[static_cast<std::size_t>(item.value.id)] = registers.give();
            } else {
                const Action& action = b_.actions_[static_cast<std::size_t>(item.action)];
                if (action.kind == Action::Kind::settle) {
                    for (const auto& [id, slot] : copies) registers.give_back(slot);
                    copies.clear();
                } else if (action.kind == Action::Kind::mark) {
                    program.marks[static_cast<std::size_t>(action.extra)].body = static_cast<int>(code.size());
                } else if (action.kind == Action::Kind::end) {
                    for (const std::size_t skip : skips) {
                        code[skip].extra = static_cast<std::int32_t>(code.size());
                        code[skip].c.constant = mean_cost(std::span(code).subspan(skip + 1));
                    }
                    skips.clear();
                } else {
                    emit_effect(action, copies, registers, code, skips);
                    if (action.kind == Action::Kind::check) describe_check(program.checks[static_cast<std::size_t>(action.extra)], action.extra);
                    release_used(at, used_by(action));
                }
            }
        }
        program.registers = registers.count();
        const auto loads = static_cast<std::int32_t>(program.loads.size());
        program.body = numbered(std::move(code), program.registers, loads);
        for (Check& check : program.checks)
            for (Check::Name& name : check.names) name.value.slot = numbered(name.value.slot, program.registers, loads);
    }

    /// A check needs the operands that its message shows, as far as they are computed anyway.
    std::vector<Value> used_by(const Action& action) const {
        std::vector<Value> values{action.value, action.mask};
        if (action.kind == Action::Kind::check)
            for (const auto& [text, value] : b_.check_names_[static_cast<std::size_t>(action.extra)])
                if (is_available(value)) values.push_back(value);
        return values;
    }

    std::vector<std::size_t> last_uses(const std::vector<Item>& list) const {
        std::vector<std::size_t> last(b_.nodes_.size(), 0);
        const auto use = [&](Value v, std::size_t at) {
            if (v) last[static_cast<std::size_t>(v.id)] = at;
        };
        for (std::size_t at = 0; at < list.size(); ++at) {
            const Item& item = list[at];
            if (item.kind == Item::Kind::action) {
                for (const Value v : used_by(b_.actions_[static_cast<std::size_t>(item.action)])) use(v, at);
            } else if (item.kind == Item::Kind::copy) {
                use(item.value, at);
            } else {
                const Node& n = node(item.value);
                use(n.a, at), use(n.b, at), use(n.c, at);
            }
        }
        return last;
    }

    /// Both uniforms of a draw stand side by side, and are drawn where the first that is needed stands.
    void emit_draw(Value v, Registers& registers, std::vector<Instruction>& code) {
        const Node& n = node(v);
        const auto first = static_cast<std::size_t>(v.id - n.half);
        if (n.half == 1 && needed_[first]) return;
        Instruction made;
        made.op = Op::draw;
        made.extra = n.number;
        if (needed_[first]) made.d = slots_[first] = registers.give();
        if (needed_[first + 1]) made.second = slots_[first + 1] = registers.give();
        code.push_back(made);
    }

    void emit_effect(const Action& action, const std::map<int, std::int32_t>& copies, Registers& registers, std::vector<Instruction>& code,
                     std::vector<std::size_t>& skips) {
        const bool settling = action.kind != Action::Kind::check && action.kind != Action::Kind::skip;
        const auto operand_of = [&](Value v) {
            const auto found = v ? copies.find(v.id) : copies.end();
            if (settling && found != copies.end()) return Operand{found->second, 0};
            return operand(v);
        };
        if (action.mask && b_.is_constant(action.mask) && b_.constant_of(action.mask) == 0) return;
        Instruction made;
        made.op = action.op;
        made.a = operand_of(action.value);
        made.b = operand_of(action.mask);
        made.extra = action.extra;
        if (made.a.is_constant() && !settling) {  // a check puts another value in its place
            Instruction copy;
            copy.a = made.a;
            copy.d = registers.give();
            code.push_back(copy);
            made.a = {copy.d, 0};
            registers.give_back(copy.d);
        }
        if (action.kind == Action::Kind::skip) skips.push_back(code.size());
        code.push_back(made);
    }

    /// Slots as they are once the number of registers is known: registers, loads, uniforms.
    static std::int32_t numbered(std::int32_t slot, std::int32_t registers, std::int32_t loads) {
        if (slot >= uniform_base) return registers + loads + slot - uniform_base;
        return slot >= load_base ? registers + slot - load_base : slot;
    }

    static std::vector<Instruction> numbered(std::vector<Instruction> code, std::int32_t registers, std::int32_t loads) {
        for (Instruction& i : code) {
            for (Operand* operand : {&i.a, &i.b, &i.c}) operand->slot = numbered(operand->slot, registers, loads);
            i.d = numbered(i.d, registers, loads);
        }
        return code;
    }

    /// Where a failed check finds the operands worth showing.
    void describe_check(Check& check, int number) const {
        for (const auto& [text, value] : b_.check_names_[static_cast<std::size_t>(number)])
            if (is_available(value)) check.names.push_back({text, operand(value)});
    }

    bool is_available(Value v) const {
        const Node& n = node(v);
        if (n.form != Form::op && n.form != Form::draw) return true;
        return n.is_uniform ? computed_.contains(v.id) : static_cast<bool>(needed_[static_cast<std::size_t>(v.id)]);
    }

    ProgramBuilder& b_;
    std::vector<bool> needed_;
    std::vector<std::int32_t> slots_;  ///< of each value while code is made
    std::map<int, int> computed_;  ///< values that the prologue leaves as uniforms
};

Program ProgramBuilder::finish() {
    end_segment();
    Program made = Emitter(*this).run();
    verify(broken_promise(made), "emitted");
    return made;
}

}  // namespace entente
