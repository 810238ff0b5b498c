#include <entente/language/builder.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include <entente/base/draws.hpp>

namespace entente {
namespace {

enum class KeyKind { constant, load, uniform, draw, op };

/// Tells values apart: two with one key are one.
template <class... Part>
std::array<std::uint64_t, 6> key_of(KeyKind kind, Part... part) {
    return {static_cast<std::uint64_t>(kind), static_cast<std::uint64_t>(part)...};
}

}  // namespace

ProgramBuilder::Node ProgramBuilder::leaf(Form form) {
    Node made;
    made.form = form;
    return made;
}

/// Multiplications that don't wait for each other, and one mix: a compilation asks for tens of thousands.
std::size_t ProgramBuilder::KeyHash::operator()(const Key& key) const {
    constexpr Key odd{0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 0xd1342543de82ef95, 0xd6e8feb86659fd93, 0xe7037ed1a0b428db};
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < key.size(); ++i) sum += key[i] * odd[i];
    return static_cast<std::size_t>(mix(sum));
}

Value ProgramBuilder::add(const Node& node, const Key& key) {
    const auto [found, is_new] = known_.try_emplace(key, static_cast<int>(nodes_.size()));
    if (is_new) nodes_.push_back(node), keys_.push_back(key);
    return {found->second};
}

Value ProgramBuilder::constant(double x) {
    Node made = leaf(Form::constant);
    made.constant = x;
    made.is_uniform = true;
    made.bounds = bounds_of(x);
    return add(made, key_of(KeyKind::constant, std::bit_cast<std::uint64_t>(x)));
}

Value ProgramBuilder::load(const Load& load) {
    Node made = leaf(Form::load);
    const auto version = versions_.find({load.column, load.row});
    const Key key =
        key_of(KeyKind::load, load.presence, load.column.value, load.map.value, load.row, version == versions_.end() ? 0 : version->second);
    if (const auto found = known_.find(key); found != known_.end()) return {found->second};
    if (knowledge_ && version == versions_.end()) made.facts = knowledge_->facts(load);
    if (knowledge_) made.bounds = knowledge_->bounds(load);
    if (const auto number = everywhere(made)) return constant(*number);
    made.number = static_cast<int>(program_.loads.size());
    program_.loads.push_back(load);
    return add(made, key);
}

Value ProgramBuilder::uniform(const Uniform& uniform) {
    Node made = leaf(Form::uniform);
    const Key key = key_of(KeyKind::uniform, uniform.form, uniform.number, uniform.column.value, uniform.row);
    if (const auto found = known_.find(key); found != known_.end()) return {found->second};
    made.number = static_cast<int>(program_.uniforms.size());
    made.is_uniform = true;
    program_.uniforms.push_back(uniform);
    if (knowledge_) made.bounds = knowledge_->bounds(uniform);
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
    // Both uniforms are made at once, so that no skip comes between them: whoever may ask for the one may ask for the other.
    Value made[2];
    for (const int one : {0, 1}) {
        Node node = leaf(Form::draw);
        node.number = number;
        node.half = one;
        node.bounds = {1, true, true};
        made[one] = add(node, key_of(KeyKind::draw, number, one));
    }
    return made[half];
}

bool ProgramBuilder::is_boolean(Value value) const {
    const Node& n = node(value);
    return (n.form == Form::op && (operation(n.op).result == Operation::Result::truth || (n.op == Op::select && is_boolean(n.b) && is_boolean(n.c)))) ||
           (n.form == Form::constant && (n.constant == 1 || (n.constant == 0 && !std::signbit(n.constant)))) ||
           (n.form == Form::load && program_.loads[static_cast<std::size_t>(n.number)].presence);
}

/// What `value` is the negation of, if it is one.
Value ProgramBuilder::negated(Value value) const {
    return node(value).form == Form::op && node(value).op == Op::negate ? node(value).a : Value{};
}

bool ProgramBuilder::is(Value value, double x) const {
    return value && is_constant(value) && std::bit_cast<std::uint64_t>(constant_of(value)) == std::bit_cast<std::uint64_t>(x);
}

/// Identities that keep every bit, NaN and the sign of zero included; none where the operation has none here.
Value ProgramBuilder::simplified(Op op, Value a, Value b, Value c) {
    if (op == Op::multiply) return simplified_product(a, b);
    if (op == Op::add) return simplified_sum(a, b);
    if (op == Op::logical_and) return simplified_and(a, b);
    if (op == Op::logical_or) return simplified_or(a, b);
    if (op == Op::select) return simplified_choice(a, b, c);
    if (op == Op::negate) return negated(a);
    if (op == Op::divide && is(b, 1)) return a;
    if (op == Op::subtract && is(b, 0)) return a;
    if (op == Op::subtract && negated(b)) return this->op(Op::add, a, negated(b));
    if (op == Op::not_equal && is(b, 0) && is_boolean(a)) return a;
    if (op == Op::fires && node(b).is_uniform)  // a chance that is the same on all rows is worked out once
        return this->op(Op::less, a, this->op(Op::negate, this->op(Op::expm1, this->op(Op::negate, b))));
    return {};
}

Value ProgramBuilder::simplified_product(Value a, Value b) {
    if (is(a, 1)) return b;
    if (is(b, 1)) return a;
    if (is_constant(a) && negated(b)) return op(Op::multiply, constant(-constant_of(a)), negated(b));
    if (is_constant(b) && negated(a)) return op(Op::multiply, negated(a), constant(-constant_of(b)));
    if (negated(a)) return op(Op::negate, op(Op::multiply, negated(a), b));
    if (negated(b)) return op(Op::negate, op(Op::multiply, a, negated(b)));
    return {};
}

Value ProgramBuilder::simplified_sum(Value a, Value b) {
    if (negated(b)) return op(Op::subtract, a, negated(b));
    // x + (0 - x) * k is x - x * k, whatever the signs of zeros: an approach to 0.
    const Node& product = node(b);
    if (product.form != Form::op || product.op != Op::multiply) return {};
    const Node& difference = node(product.a);
    const bool is_approach = difference.form == Form::op && difference.op == Op::subtract && is(difference.a, 0) && difference.b == a;
    return is_approach ? op(Op::subtract, a, op(Op::multiply, a, product.b)) : Value{};
}

Value ProgramBuilder::simplified_and(Value a, Value b) {
    if (is(a, 0) || is(b, 0)) return constant(0);
    if (is(a, 1) && is_boolean(b)) return b;
    if (is(b, 1) && is_boolean(a)) return a;
    return {};
}

Value ProgramBuilder::simplified_or(Value a, Value b) {
    if (is(a, 1) || is(b, 1)) return constant(1);
    if (is(a, 0) && is_boolean(b)) return b;
    if (is(b, 0) && is_boolean(a)) return a;
    return {};
}

Value ProgramBuilder::simplified_choice(Value a, Value b, Value c) {
    if (is_constant(a)) return constant_of(a) != 0 ? b : c;
    if (b == c) return b;
    if (is(b, 1) && is(c, 0) && is_boolean(a)) return a;
    return {};
}

Value ProgramBuilder::op(Op op, Value a, Value b, Value c) {
    if (const Value simple = simplified(op, a, b, c)) return ++program_.folded, simple;
    const auto constant_or_none = [&](Value v) { return !v || is_constant(v); };
    const auto number = [&](Value v) { return v ? constant_of(v) : 0.0; };
    const bool is_pure = operation(op).form == Operation::Form::value;
    if (is_pure && constant_or_none(a) && constant_or_none(b) && constant_or_none(c))
        return ++program_.folded, constant(evaluate(op, number(a), number(b), number(c)));
    Node made = leaf(Form::op);
    made.op = op, made.a = a, made.b = b, made.c = c;
    const auto uniform_or_none = [&](Value v) { return !v || node(v).is_uniform; };
    made.is_uniform = is_pure && uniform_or_none(a) && uniform_or_none(b) && uniform_or_none(c);
    const Key key = key_of(KeyKind::op, op, a.id, b.id, c.id);
    if (const auto known = known_.find(key); known != known_.end()) return ++program_.shared, Value{known->second};
    if (knowledge_) know(made);
    if (const auto same = everywhere(made)) return ++program_.folded, constant(*same);
    return add(made, key);
}

std::optional<double> ProgramBuilder::everywhere(const Node& made) {
    return made.facts ? made.facts->everywhere() : std::nullopt;
}

/// What follows from what is known of an operation's operands.
void ProgramBuilder::know(Node& made) const {
    std::array<KnownOperand, 3> operands;
    const std::array values{made.a, made.b, made.c};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i]) continue;
        const Node& one = node(values[i]);
        operands[i] = {true, one.form == Form::constant, one.form == Form::draw, one.constant, one.facts.get(), one.bounds};
    }
    made.facts = facts_of(made.op, operands);
    made.bounds = bounds_of(made.op, operands);
}

void ProgramBuilder::check(Value value, Value mask, Check check, const std::vector<std::pair<std::string, Value>>& names) {
    if (is_constant(value) && limits_of(check.demand).admit(constant_of(value))) return;  // it need not be made
    add_action(Action::Kind::check, Op::check, value, mask, static_cast<int>(program_.checks.size()));
    program_.checks.push_back(std::move(check));
    check_names_.push_back(names);
}

void ProgramBuilder::skip_unless(Value mask) {
    if (is_constant(mask) && constant_of(mask) != 0) return;
    add_action(Action::Kind::skip, Op::skip, mask, {}, -1);
}

void ProgramBuilder::mark(int part, int row) {
    add_action(Action::Kind::mark, Op::copy, {}, {}, static_cast<int>(program_.marks.size()));
    program_.marks.push_back({part, row, 0, 0});
}

void ProgramBuilder::add_action(Action::Kind kind, Op op, Value value, Value mask, int extra) {
    actions_.push_back({kind, op, value, mask, extra, static_cast<int>(nodes_.size())});
}

void ProgramBuilder::add_effect(Action::Kind kind, Op op, const Effect& where, Value value, Value mask) {
    add_action(kind, op, value, mask, static_cast<int>(program_.effects.size()));
    program_.effects.push_back(where);
}

void ProgramBuilder::store(const Effect& where, Value value, Value mask) {
    add_effect(Action::Kind::store, Op::store, where, value, mask);
}
void ProgramBuilder::contribute(Op how, const Effect& where, Value value, Value mask) {
    add_effect(Action::Kind::contribute, how, where, value, mask);
}

void ProgramBuilder::settle() {
    for (; settled_ < actions_.size(); ++settled_) {
        const Action& action = actions_[settled_];
        if (action.kind != Action::Kind::store && action.kind != Action::Kind::contribute) continue;
        const Effect& where = program_.effects[static_cast<std::size_t>(action.extra)];
        if (where.map.value < 0) ++versions_[{where.column, where.row}];
    }
    add_action(Action::Kind::settle, Op::copy, {}, {}, -1);
}

void ProgramBuilder::end_segment() {
    settle();
    add_action(Action::Kind::end, Op::copy, {}, {}, -1);
    // What a skip may have left out is not there for what follows.
    const auto first_skip = std::find_if(actions_.begin() + static_cast<std::ptrdiff_t>(segment_actions_), actions_.end(),
                                         [](const Action& action) { return action.kind == Action::Kind::skip; });
    if (first_skip != actions_.end())
        for (auto i = static_cast<std::size_t>(first_skip->before); i < nodes_.size(); ++i)
            if ((nodes_[i].form == Form::op && !nodes_[i].is_uniform) || nodes_[i].form == Form::draw) known_.erase(keys_[i]);
    segment_actions_ = actions_.size();
}

}  // namespace entente
