#include <entente/language/builder.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace entente {
namespace {

bool is_comparison(Op op) {
    return op == Op::less || op == Op::less_equal || op == Op::equal || op == Op::not_equal || op == Op::logical_and ||
           op == Op::logical_or || op == Op::logical_not;
}

}  // namespace

ProgramBuilder::Node ProgramBuilder::leaf(Form form) {
    Node made;
    made.form = form;
    return made;
}

Value ProgramBuilder::add(const Node& node, const Key& key) {
    const auto [found, is_new] = known_.try_emplace(key, static_cast<int>(nodes_.size()));
    if (is_new) nodes_.push_back(node);
    return {found->second};
}

Value ProgramBuilder::constant(double x) {
    Node made = leaf(Form::constant);
    made.constant = x;
    made.is_uniform = true;
    return add(made, {0, 0, -1, -1, -1, std::bit_cast<std::uint64_t>(x), -1, 0});
}

Value ProgramBuilder::load(const Load& load) {
    Node made = leaf(Form::load);
    const Key key{1, load.presence ? 1 : 0, load.column.value, load.map.value, -1, 0, -1, 0};
    if (const auto found = known_.find(key); found != known_.end()) return {found->second};
    made.number = static_cast<int>(program_.loads.size());
    program_.loads.push_back(load);
    return add(made, key);
}

Value ProgramBuilder::uniform(const Uniform& uniform) {
    Node made = leaf(Form::uniform);
    const Key key{2, static_cast<int>(uniform.form), uniform.number, uniform.column.value, uniform.row, 0, -1, 0};
    if (const auto found = known_.find(key); found != known_.end()) return {found->second};
    made.number = static_cast<int>(program_.uniforms.size());
    made.is_uniform = true;
    program_.uniforms.push_back(uniform);
    return add(made, key);
}

Value ProgramBuilder::draw(const DrawSpec& spec, int half) {
    int number = -1;
    for (std::size_t i = 0; i < program_.draws.size(); ++i)
        if (program_.draws[i].stream == spec.stream && program_.draws[i].identity == spec.identity) number = static_cast<int>(i);
    if (number < 0) {
        number = static_cast<int>(program_.draws.size());
        program_.draws.push_back(spec);
    }
    Node made = leaf(Form::draw);
    made.number = number;
    made.half = half;
    return add(made, {3, 0, -1, -1, -1, 0, number, half});
}

bool ProgramBuilder::is_boolean(Value value) const {
    const Node& n = node(value);
    return (n.form == Form::op && is_comparison(n.op)) ||
           (n.form == Form::constant && (n.constant == 1 || (n.constant == 0 && !std::signbit(n.constant)))) ||
           (n.form == Form::load && program_.loads[static_cast<std::size_t>(n.number)].presence);
}

/// What `value` is the negation of, if it is one.
Value ProgramBuilder::negated(Value value) const {
    return node(value).form == Form::op && node(value).op == Op::negate ? node(value).a : Value{};
}

/// Identities that keep every bit, NaN and the sign of zero included.
Value ProgramBuilder::simplified(Op op, Value a, Value b, Value c) {
    const auto is = [&](Value v, double x) {
        return v && is_constant(v) && std::bit_cast<std::uint64_t>(constant_of(v)) == std::bit_cast<std::uint64_t>(x);
    };
    switch (op) {
        case Op::multiply:
            if (is(a, 1)) return b;
            if (is(b, 1)) return a;
            if (is_constant(a) && negated(b)) return this->op(Op::multiply, constant(-constant_of(a)), negated(b));
            if (is_constant(b) && negated(a)) return this->op(Op::multiply, negated(a), constant(-constant_of(b)));
            if (negated(a)) return this->op(Op::negate, this->op(Op::multiply, negated(a), b));
            if (negated(b)) return this->op(Op::negate, this->op(Op::multiply, a, negated(b)));
            break;
        case Op::negate:
            if (negated(a)) return negated(a);
            break;
        case Op::add:
            if (negated(b)) return this->op(Op::subtract, a, negated(b));
            break;
        case Op::divide:
            if (is(b, 1)) return a;
            break;
        case Op::subtract:
            if (is(b, 0)) return a;
            if (negated(b)) return this->op(Op::add, a, negated(b));
            break;
        case Op::logical_and:
            if (is(a, 0) || is(b, 0)) return constant(0);
            if (is(a, 1) && is_boolean(b)) return b;
            if (is(b, 1) && is_boolean(a)) return a;
            break;
        case Op::logical_or:
            if (is(a, 1) || is(b, 1)) return constant(1);
            if (is(a, 0) && is_boolean(b)) return b;
            if (is(b, 0) && is_boolean(a)) return a;
            break;
        case Op::not_equal:
            if (is(b, 0) && is_boolean(a)) return a;
            break;
        case Op::select:
            if (is_constant(a)) return constant_of(a) != 0 ? b : c;
            if (b == c) return b;
            break;
        default:
            break;
    }
    return {};
}

Value ProgramBuilder::op(Op op, Value a, Value b, Value c) {
    if (const Value simple = simplified(op, a, b, c)) return simple;
    const auto constant_or_none = [&](Value v) { return !v || is_constant(v); };
    const auto number = [&](Value v) { return v ? constant_of(v) : 0.0; };
    if (op != Op::poisson && constant_or_none(a) && constant_or_none(b) && constant_or_none(c))
        return constant(evaluate(op, number(a), number(b), number(c)));
    Node made = leaf(Form::op);
    made.op = op, made.a = a, made.b = b, made.c = c;
    const auto uniform_or_none = [&](Value v) { return !v || node(v).is_uniform; };
    made.is_uniform = op != Op::poisson && uniform_or_none(a) && uniform_or_none(b) && uniform_or_none(c);
    return add(made, {4, static_cast<int>(op), a.id, b.id, c.id, 0, -1, 0});
}

void ProgramBuilder::check(Value value, Value mask, Check check, const std::vector<std::pair<std::string, Value>>& names) {
    events_.push_back(
        {Event::Kind::check, Op::check, value, mask, static_cast<int>(program_.checks.size()), static_cast<int>(nodes_.size())});
    program_.checks.push_back(std::move(check));
    check_names_.push_back(names);
}

void ProgramBuilder::skip_unless(Value mask) {
    events_.push_back({Event::Kind::skip, Op::skip, mask, {}, -1, static_cast<int>(nodes_.size())});
}

void ProgramBuilder::add_effect(Event::Kind kind, Op op, const Effect& where, Value value, Value mask) {
    events_.push_back({kind, op, value, mask, static_cast<int>(program_.effects.size()), 0});
    program_.effects.push_back(where);
}

void ProgramBuilder::store(const Effect& where, Value value, Value mask) {
    add_effect(Event::Kind::store, Op::store, where, value, mask);
}
void ProgramBuilder::contribute(Op how, const Effect& where, Value value, Value mask) {
    add_effect(Event::Kind::contribute, how, where, value, mask);
}

/// Orders what is needed and gives every value a slot.
class Emitter {
public:
    explicit Emitter(ProgramBuilder& builder) : b_(builder), needed_(builder.nodes_.size()), slots_(builder.nodes_.size(), -1) {}

    Program run() {
        mark_needed();
        Program program = std::move(b_.program_);
        hoist(program);
        program.diagnosis = body(program, false, program.diagnosis_registers);
        for (std::size_t i = 0; i < program.checks.size(); ++i) describe_check(program.checks[i], static_cast<int>(i), program);
        program.body = body(program, true, program.registers);
        return program;
    }

private:
    using Node = ProgramBuilder::Node;
    using Form = ProgramBuilder::Form;
    using Event = ProgramBuilder::Event;

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
        for (const Event& event : b_.events_) need(event.value), need(event.mask);
    }

    /// Values that are the same on every row are computed once a step: those that rows use become uniforms.
    void hoist(Program& program) {
        std::vector<bool> used_by_rows(b_.nodes_.size());
        const auto use = [&](Value v) {
            if (v) used_by_rows[static_cast<std::size_t>(v.id)] = true;
        };
        for (std::size_t i = 0; i < b_.nodes_.size(); ++i)
            if (needed_[i] && !b_.nodes_[i].is_uniform) use(b_.nodes_[i].a), use(b_.nodes_[i].b), use(b_.nodes_[i].c);
        for (const Event& event : b_.events_) use(event.value), use(event.mask);
        std::vector<int> order;
        for (std::size_t i = 0; i < b_.nodes_.size(); ++i)
            if (needed_[i] && b_.nodes_[i].form == Form::op && b_.nodes_[i].is_uniform) order.push_back(static_cast<int>(i));
        for (const int i : order)
            if (used_by_rows[static_cast<std::size_t>(i)]) {
                computed_[i] = static_cast<int>(program.uniforms.size());
                program.uniforms.push_back({Uniform::Form::computed, program.computed++, {}, -1});
            }
        Registers registers(true);
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
        program.prologue_registers = registers.count();
        program.prologue = settled(std::move(code), program.prologue_registers, 0);
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
        explicit Registers(bool reuse) : reuse_(reuse) {}
        std::int32_t give() {
            if (free_.empty()) return count_++;
            const auto lowest = std::min_element(free_.begin(), free_.end());
            const std::int32_t slot = *lowest;
            free_.erase(lowest);
            return slot;
        }
        void give_back(std::int32_t slot) {
            if (reuse_) free_.push_back(slot);
        }
        void release(Value v, std::vector<std::int32_t>& slots) {
            std::int32_t& slot = slots[static_cast<std::size_t>(v.id)];
            if (!reuse_ || slot < 0 || slot >= load_base) return;
            give_back(slot);
            slot = -1;
        }
        [[nodiscard]] int count() const { return count_; }

    private:
        bool reuse_;
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
        if (n.op == Op::poisson) {  // further uniforms come from the same stream
            made.extra = node(n.a).number;
            made.c.constant = node(n.a).half;
        }
        return made;
    }

    /// One thing to do in the body: a value to compute, a copy to keep, or an effect.
    struct Item {
        enum class Kind { value, copy, effect } kind;
        Value value;     ///< value, copy: what
        int event = -1;  ///< effect
    };

    std::vector<Item> items() {
        std::vector<Item> list;
        std::size_t next_event = 0;
        const auto events_until = [&](int count) {
            for (; next_event < b_.events_.size(); ++next_event) {
                const Event& event = b_.events_[next_event];
                if (event.kind != Event::Kind::check && event.kind != Event::Kind::skip) continue;
                if (event.before > count) break;
                list.push_back({Item::Kind::effect, {}, static_cast<int>(next_event)});
            }
        };
        for (int i = 0; i < static_cast<int>(b_.nodes_.size()); ++i) {
            events_until(i);
            const Node& n = b_.nodes_[static_cast<std::size_t>(i)];
            const bool computed = (n.form == Form::op || n.form == Form::draw) && !n.is_uniform;
            if (needed_[static_cast<std::size_t>(i)] && computed) list.push_back({Item::Kind::value, {i}});
        }
        events_until(static_cast<int>(b_.nodes_.size()));
        commit(list);
        return list;
    }

    /// Effects come last: contributions, then stores. A stored value that is a mere load or uniform is copied first: an earlier
    /// store may write the very column.
    void commit(std::vector<Item>& list) const {
        for (const Event& event : b_.events_) {
            if (event.kind != Event::Kind::store) continue;
            for (const Value v : {event.value, event.mask})
                if (v && (node(v).form == Form::load || node(v).form == Form::uniform) && !copied(list, v))
                    list.push_back({Item::Kind::copy, v});
        }
        for (const auto kind : {Event::Kind::contribute, Event::Kind::store})
            for (std::size_t i = 0; i < b_.events_.size(); ++i)
                if (b_.events_[i].kind == kind) list.push_back({Item::Kind::effect, {}, static_cast<int>(i)});
    }

    static bool copied(const std::vector<Item>& list, Value v) {
        return std::any_of(list.begin(), list.end(), [&](const Item& item) { return item.kind == Item::Kind::copy && item.value == v; });
    }

    std::vector<Instruction> body(const Program& program, bool reuse, int& register_count) {
        const std::vector<Item> list = items();
        const std::vector<std::size_t> last = last_uses(list);
        std::fill(slots_.begin(), slots_.end(), -1);
        std::map<int, std::int32_t> copies;
        Registers registers(reuse);
        std::vector<Instruction> code;
        std::vector<std::size_t> skips;
        std::vector<bool> drawn(program.draws.size());
        const auto release_used = [&](std::size_t at, std::initializer_list<Value> values) {
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
                emit_draw(item.value, registers, drawn, code);
            } else if (item.kind == Item::Kind::value) {
                const Node& n = node(item.value);
                code.push_back(instruction(item.value));
                release_used(at, {n.a, n.b, n.c});
                code.back().d = slots_[static_cast<std::size_t>(item.value.id)] = registers.give();
            } else {
                const Event& event = b_.events_[static_cast<std::size_t>(item.event)];
                emit_effect(event, copies, registers, code, skips);
                release_used(at, {event.value, event.mask});
            }
        }
        for (const std::size_t skip : skips) code[skip].extra = static_cast<std::int32_t>(code.size());
        register_count = registers.count();
        if (!reuse) diagnosis_slots_ = slots_;
        return settled(std::move(code), register_count, static_cast<std::int32_t>(program.loads.size()));
    }

    std::vector<std::size_t> last_uses(const std::vector<Item>& list) const {
        std::vector<std::size_t> last(b_.nodes_.size(), 0);
        const auto use = [&](Value v, std::size_t at) {
            if (v) last[static_cast<std::size_t>(v.id)] = at;
        };
        for (std::size_t at = 0; at < list.size(); ++at) {
            const Item& item = list[at];
            if (item.kind == Item::Kind::effect) {
                const Event& event = b_.events_[static_cast<std::size_t>(item.event)];
                use(event.value, at), use(event.mask, at);
            } else {
                const Node& n = node(item.value);
                use(n.a, at), use(n.b, at), use(n.c, at);
            }
        }
        return last;
    }

    void emit_draw(Value v, Registers& registers, std::vector<bool>& drawn, std::vector<Instruction>& code) {
        const int number = node(v).number;
        if (drawn[static_cast<std::size_t>(number)]) return;
        drawn[static_cast<std::size_t>(number)] = true;
        Instruction made;
        made.op = Op::draw;
        made.extra = number;
        for (std::size_t i = 0; i < b_.nodes_.size(); ++i) {
            const Node& n = b_.nodes_[i];
            if (!needed_[i] || n.form != Form::draw || n.number != number) continue;
            (n.half == 0 ? made.d : made.second) = slots_[i] = registers.give();
        }
        code.push_back(made);
    }

    void emit_effect(const Event& event, const std::map<int, std::int32_t>& copies, Registers& registers, std::vector<Instruction>& code,
                     std::vector<std::size_t>& skips) {
        const bool committing = event.kind != Event::Kind::check && event.kind != Event::Kind::skip;
        const auto operand_of = [&](Value v) {
            const auto found = v ? copies.find(v.id) : copies.end();
            if (committing && found != copies.end()) return Operand{found->second, 0};
            return operand(v);
        };
        if (event.mask && b_.is_constant(event.mask) && b_.constant_of(event.mask) == 0) return;
        Instruction made;
        made.op = event.op;
        made.a = operand_of(event.value);
        made.b = operand_of(event.mask);
        made.extra = event.extra;
        if (made.a.is_constant()) {
            Instruction copy;
            copy.a = made.a;
            copy.d = registers.give();
            code.push_back(copy);
            made.a = {copy.d, 0};
            registers.give_back(copy.d);
        }
        if (event.kind == Event::Kind::skip) skips.push_back(code.size());
        code.push_back(made);
    }

    /// Slots as they are once the number of registers is known: registers, loads, uniforms.
    static std::int32_t settle(std::int32_t slot, std::int32_t registers, std::int32_t loads) {
        if (slot >= uniform_base) return registers + loads + slot - uniform_base;
        return slot >= load_base ? registers + slot - load_base : slot;
    }

    static std::vector<Instruction> settled(std::vector<Instruction> code, std::int32_t registers, std::int32_t loads) {
        for (Instruction& i : code) {
            for (Operand* operand : {&i.a, &i.b, &i.c}) operand->slot = settle(operand->slot, registers, loads);
            i.d = settle(i.d, registers, loads);
        }
        return code;
    }

    /// Where the diagnosis finds the checked value and the operands worth showing.
    void describe_check(Check& check, int number, const Program& program) {
        slots_ = diagnosis_slots_;
        const auto settled_operand = [&](Value v) {
            Operand o = operand(v);
            o.slot = settle(o.slot, program.diagnosis_registers, static_cast<std::int32_t>(program.loads.size()));
            return o;
        };
        for (const Event& event : b_.events_)
            if (event.kind == Event::Kind::check && event.extra == number) check.value = settled_operand(event.value).slot;
        for (const auto& [text, value] : b_.check_names_[static_cast<std::size_t>(number)])
            if (is_available(value)) {
                const Operand o = settled_operand(value);
                check.names.push_back({text, o.slot, o.constant});
            }
    }

    bool is_available(Value v) const {
        const Form form = node(v).form;
        return (form != Form::op && form != Form::draw) || computed_.contains(v.id) ||
               diagnosis_slots_[static_cast<std::size_t>(v.id)] >= 0;
    }

    ProgramBuilder& b_;
    std::vector<bool> needed_;
    std::vector<std::int32_t> slots_;  ///< of each value while code is made
    std::vector<std::int32_t> diagnosis_slots_;
    std::map<int, int> computed_;  ///< values that the prologue leaves as uniforms
};

Program ProgramBuilder::finish() {
    return Emitter(*this).run();
}

}  // namespace entente
