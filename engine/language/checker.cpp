#include <entente/language/expression.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include <fmt/format.h>

#include <entente/language/parser.hpp>

namespace entente {
namespace {

/// Thrown inside the checker only, after the problem was said.
struct GiveUp {};

std::shared_ptr<Expr> make(Expr::Kind kind) {
    auto made = std::make_shared<Expr>();
    made->kind = kind;
    return made;
}

RowPtr row(RowRef::Kind form, KindId kind, RowPtr from = nullptr, RowPtr to = nullptr, MemberId member = {}) {
    return std::make_shared<RowRef>(RowRef{form, kind, member, std::move(from), std::move(to)});
}

template <class Entry>
const Entry* find_entry(std::span<const Entry> entries, std::string_view name) {
    for (const Entry& entry : entries)
        if (entry.name == name) return &entry;
    return nullptr;
}

/// The arguments' names in a signature: `clip(x, lo, hi)` gives x, lo, hi.
std::vector<std::string> argument_names(std::string_view signature) {
    std::vector<std::string> names;
    const std::size_t open = signature.find('(');
    std::string current;
    for (const char c : signature.substr(open + 1)) {
        if (c == ',' || c == ')') {
            names.push_back(current.substr(0, current.find('=')));
            current.clear();
        } else if (c != ' ') {
            current += c;
        }
    }
    return names;
}

class Checker {
public:
    Checker(const Text& text, const Context& context, Problems& problems)
        : text_(text), context_(context), schema_(*context.schema), problems_(problems) {}

    ExprPtr run(const Ast& tree) {
        ExprPtr checked = value(tree);
        if (context_.over_time_allowed) forbid_mixed_time(*checked, contains_over_time(*checked));
        return checked;
    }

    RowPtr row_of(const Ast& tree) { return expect_row(tree); }

    /// `relation[a, b].field` of named rows.
    ExprPtr state_target(const Ast& tree) {
        if (tree.kind != Ast::Kind::attribute || tree.children[0]->kind != Ast::Kind::subscript)
            fail(tree, fmt::format("'{}' names no field of a row", shown(tree)), "write kind[member].field or kind[source, target].field");
        ExprPtr read = value(tree);
        if (read->kind != Expr::Kind::field)
            fail(tree, fmt::format("'{}' can't be set: it is no field", shown(tree)), "only fields hold state");
        return read;
    }

private:
    // -- messages ------------------------------------------------------------------------------------------------------------------

    [[noreturn]] void fail(const Ast& at, std::string what, std::string help = {}) {
        problems_.error(text_.at(at.begin, at.end - at.begin), std::move(what), std::move(help));
        throw GiveUp{};
    }

    std::string shown(const Ast& at) const { return text_.value.substr(at.begin, at.end - at.begin); }

    /// The last name of an attribute: `trust` of `source.trust`.
    [[noreturn]] void fail_at_attribute(const Ast& at, std::string what, std::string help) {
        problems_.error(text_.at(at.end - at.name.size(), at.name.size()), std::move(what), std::move(help));
        throw GiveUp{};
    }

    bool starting() const { return context_.fields_visible >= 0; }
    bool has_row() const { return context_.on.value >= 0; }
    bool on_link() const { return has_row() && schema_[context_.on].is_link; }
    std::string place_name() const { return context_.where.empty() ? "this expression" : context_.where; }

    std::shared_ptr<Expr> made(Expr::Kind kind, const Ast& at) const {
        auto expr = make(kind);
        expr->place = text_.at(at.begin, at.end - at.begin);
        expr->text = shown(at);
        return expr;
    }

    std::shared_ptr<Expr> call_of(Function function, const Ast& at, std::vector<ExprPtr> args) const {
        auto expr = made(Expr::Kind::call, at);
        expr->function = function;
        expr->args = std::move(args);
        return expr;
    }

    // -- values --------------------------------------------------------------------------------------------------------------------

    ExprPtr value(const Ast& tree) {
        switch (tree.kind) {
            case Ast::Kind::number:
                return number(tree, tree.number);
            case Ast::Kind::name:
                return named_value(tree);
            case Ast::Kind::attribute:
                return attribute_value(tree);
            case Ast::Kind::subscript:
                return subscript_value(tree);
            case Ast::Kind::call:
                return call(tree);
            case Ast::Kind::unary:
                return unary(tree);
            case Ast::Kind::binary:
                return binary(tree);
            case Ast::Kind::comparison:
                return comparison(tree);
            case Ast::Kind::conditional:
                return call_of(Function::conditional, tree, {value(*tree.children[0]), value(*tree.children[1]), value(*tree.children[2])});
            case Ast::Kind::generator:
                fail(tree, "a `for` has no meaning here", "it stands alone inside sum(…), mean(…), any(…) and their like");
            case Ast::Kind::tuple:
                fail(tree, "a pair has no meaning here", "only weighted_median((x, w) for …) takes pairs");
        }
        throw GiveUp{};
    }

    ExprPtr number(const Ast& tree, double x) {
        auto expr = made(Expr::Kind::number, tree);
        expr->number = x;
        return expr;
    }

    ExprPtr named_value(const Ast& tree) {
        const std::string& name = tree.name;
        if (name == loop_name_)
            fail(tree, fmt::format("'{}' is a row, not a number", name),
                 fmt::format("read a field of it: {}.{}", name, example_field(loop_->kind)));
        for (std::size_t i = context_.lets.size(); i-- > 0;)
            if (context_.lets[i] == name) {
                auto expr = made(Expr::Kind::let, tree);
                expr->let = static_cast<int>(i);
                return expr;
            }
        if (has_row() && !context_.only_source)
            if (ExprPtr own = member_value(tree, row(RowRef::Kind::own, context_.on), name)) return own;
        if (const auto parameter = schema_.parameter(name)) {
            auto expr = made(Expr::Kind::parameter, tree);
            expr->parameter = *parameter;
            return expr;
        }
        if (ExprPtr constant = constant_or_clock(tree)) return constant;
        unknown_name(tree);
    }

    ExprPtr constant_or_clock(const Ast& tree) {
        const std::string& name = tree.name;
        if (name == "pi") return number(tree, std::numbers::pi);
        if (name == "True") return number(tree, 1);
        if (name == "False") return number(tree, 0);
        constexpr std::pair<std::string_view, Clock> clocks[] = {
            {"tick", Clock::tick}, {"t", Clock::t}, {"dt", Clock::dt}, {"year", Clock::year}, {"month", Clock::month}};
        for (const auto& [word, clock] : clocks) {
            if (name != word) continue;
            if (!context_.clock_visible && clock != Clock::dt)
                fail(tree, fmt::format("'{}' is not known in {}", name, place_name()), "time begins with the first tick");
            auto expr = made(Expr::Kind::clock, tree);
            expr->clock = clock;
            return expr;
        }
        return nullptr;
    }

    std::vector<std::string> known_names() const {
        std::vector<std::string> names = context_.lets;
        const auto add = [&](const std::vector<std::string>& more) { names.insert(names.end(), more.begin(), more.end()); };
        if (has_row() && !context_.only_source) {
            add(schema_[context_.on].fields);
            if (starting()) names.resize(static_cast<std::size_t>(context_.fields_visible));
            if (context_.derived_visible) add(schema_[context_.on].derived);
            for (const auto& event : schema_.events)
                if (event.on == context_.on && !starting()) names.push_back(event.name);
        }
        add(schema_.parameters);
        for (const auto* word : {"dt", "pi"}) names.emplace_back(word);
        if (context_.clock_visible)
            for (const auto* word : {"tick", "t", "year", "month"}) names.emplace_back(word);
        return names;
    }

    /// How a row of a kind is named: `relation[a, b]`, `state[a]`.
    std::string example_row(KindId kind) const { return schema_[kind].name + (schema_[kind].is_link ? "[a, b]" : "[a]"); }

    [[noreturn]] void unknown_name(const Ast& tree) {
        const std::string& name = tree.name;
        if (name == "self" || name == "source" || name == "target" || name == "reverse")
            fail(tree, fmt::format("'{}' is a row, not a number", name),
                 fmt::format("read a field of it: {}.{}", name, example_field(named_row(tree)->kind)));
        if (find_entry(functions(), name) || find_entry(draws(), name) || find_entry(aggregates(), name) ||
            find_entry(over_time_functions(), name) || name == "has")
            fail(tree, fmt::format("'{}' is a function", name), fmt::format("write its arguments: {}(…)", name));
        if (const auto kind = schema_.kind(name)) {
            const bool link = schema_[*kind].is_link;
            fail(tree, fmt::format("'{}' is a kind of {}, not a number", name, link ? "links" : "agents"),
                 link ? fmt::format("name one: {}.x, or several: sum(r.x for r in {}.out(self))", example_row(*kind), name)
                      : fmt::format("name one: {}.x, or several: sum(k.x for k in {})", example_row(*kind), name));
        }
        for (const auto& kind : schema_.kinds)
            if (kind.member_rows.contains(name))
                fail(tree, fmt::format("'{}' is a member of '{}', not a number", name, kind.name),
                     fmt::format("read a field of it: {}[{}].{}", kind.name, name, kind.fields.empty() ? "x" : kind.fields[0]));
        if (const auto event = schema_.event(name); event && !context_.only_source) {
            const auto& kind = schema_[schema_.events[static_cast<std::size_t>(event->value)].on];
            fail(tree, fmt::format("the event '{}' happens on rows of '{}', and none is named", name, kind.name),
                 fmt::format("name one: {}{}", name, kind.is_link ? "[a, b]" : "[a]"));
        }
        std::string help = elsewhere(name);
        if (help.empty()) help = did_you_mean(name, known_names());
        if (help.empty()) help = elsewhere(nearest_name(name, all_fields()));
        if (help.empty() && starting()) help = "a start expression knows parameters and the row's own fields given earlier";
        if (help.empty() && context_.only_source) help = "only source and parameters are known";
        fail(tree,
             has_row() && !context_.only_source ? fmt::format("no parameter or field is called '{}'", name)
                                                : fmt::format("no parameter is called '{}'", name),
             help);
    }

    /// Where a name that is unknown on this row is known.
    std::string elsewhere(const std::string& name) const {
        const auto has_it = [&](KindId id) { return schema_.field(id, name) || schema_.derived(id, name); };
        if (on_link()) {
            const auto& own = schema_[context_.on];
            const bool source = has_it(own.source);
            const bool target = has_it(own.target) && !context_.only_source;
            if (source || target)
                return fmt::format("'{}' is a field of the link's {}: write {}.{}", name,
                                   source && target ? "ends"
                                   : source         ? "source"
                                                    : "target",
                                   source ? "source" : "target", name) +
                       (source && target ? fmt::format(" or target.{}", name) : "");
        }
        if (context_.only_source || starting()) return {};
        for (int i = 0; i < static_cast<int>(schema_.kinds.size()); ++i) {
            const auto& kind = schema_[{i}];
            if (!has_it({i})) continue;
            const bool nameless = !kind.is_link && kind.members.empty();
            return fmt::format("'{}' is a field of '{}': write ", name, kind.name) +
                   (nameless ? fmt::format("mean(k.{} for k in {})", name, kind.name) : fmt::format("{}.{}", example_row({i}), name));
        }
        return {};
    }

    std::vector<std::string> all_fields() const {
        std::vector<std::string> names;
        for (const auto& kind : schema_.kinds)
            for (const auto* more : {&kind.fields, &kind.derived}) names.insert(names.end(), more->begin(), more->end());
        return names;
    }

    std::string example_field(KindId kind) const { return schema_[kind].fields.empty() ? "x" : schema_[kind].fields[0]; }

    /// Field, derived field or event of a row; null when the kind has none of that name.
    ExprPtr member_value(const Ast& tree, RowPtr of, const std::string& name) {
        const KindId kind = of->kind;
        const bool own = of->form == RowRef::Kind::own;
        if (const auto field = schema_.field(kind, name)) {
            if (own && starting() && field->value >= context_.fields_visible)
                fail(tree, fmt::format("'{}' has no value yet in {}", name, place_name()),
                     "a start expression reads the row's own fields given earlier");
            auto expr = made(Expr::Kind::field, tree);
            expr->row = std::move(of);
            expr->field = *field;
            return expr;
        }
        if (const auto derived = schema_.derived(kind, name)) {
            if (!context_.derived_visible)
                fail(tree, fmt::format("the derived field '{}' can't be read in {}", name, place_name()), "use the fields it is made of");
            auto expr = made(Expr::Kind::derived, tree);
            expr->row = std::move(of);
            expr->derived = *derived;
            return expr;
        }
        const auto event = schema_.event(name);
        if (!event || schema_.events[static_cast<std::size_t>(event->value)].on != kind) return nullptr;
        if (starting()) fail(tree, fmt::format("the event '{}' can't be read in {}", name, place_name()));
        auto expr = made(Expr::Kind::event, tree);
        expr->row = std::move(of);
        expr->event = *event;
        return expr;
    }

    ExprPtr attribute_value(const Ast& tree) {
        RowPtr of = expect_row(*tree.children[0]);
        const KindId kind = of->kind;
        if (ExprPtr found = member_value(tree, std::move(of), tree.name)) return found;
        if (tree.name == "source" || tree.name == "target" || tree.name == "reverse")
            fail(tree, fmt::format("'{}' is a row, not a number", shown(tree)),
                 fmt::format("read a field of it: {}.{}", shown(tree), example_field(expect_row(tree)->kind)));
        std::vector<std::string> names = schema_[kind].fields;
        names.insert(names.end(), schema_[kind].derived.begin(), schema_[kind].derived.end());
        for (const auto& event : schema_.events)
            if (event.on == kind) names.push_back(event.name);
        const std::string otherwise = names.empty() ? std::string{} : fmt::format("it has {}", listed(names));
        fail_at_attribute(tree, fmt::format("'{}' has no field called '{}'", schema_[kind].name, tree.name),
                          did_you_mean(tree.name, names, otherwise));
    }

    ExprPtr subscript_value(const Ast& tree) {
        const Ast& object = *tree.children[0];
        if (object.kind == Ast::Kind::name)
            if (const auto event = schema_.event(object.name)) {
                if (starting()) fail(tree, fmt::format("the event '{}' can't be read in {}", object.name, place_name()));
                auto expr = made(Expr::Kind::event, tree);
                expr->row = lookup(tree, schema_.events[static_cast<std::size_t>(event->value)].on);
                expr->event = *event;
                return expr;
            }
        const RowPtr named = expect_row(tree);
        fail(tree, fmt::format("'{}' is a row, not a number", shown(tree)),
             fmt::format("read a field of it: {}.{}", shown(tree), example_field(named->kind)));
    }

    // -- rows ----------------------------------------------------------------------------------------------------------------------

    RowPtr expect_row(const Ast& tree) {
        if (RowPtr found = try_row(tree)) return found;
        if (tree.kind == Ast::Kind::name) {
            for (const auto& kind : schema_.kinds)
                if (kind.member_rows.contains(tree.name))
                    fail(tree, fmt::format("'{}' alone is no row", tree.name),
                         fmt::format("name it with its kind: {}[{}]", kind.name, tree.name));
            if (const auto kind = schema_.kind(tree.name))
                fail(tree, fmt::format("'{}' is a kind, not a row", tree.name), fmt::format("name one row of it: {}", example_row(*kind)));
        }
        std::vector<std::string> known{"self", "source", "target", "reverse"};
        for (const auto& kind : schema_.kinds) known.push_back(kind.name);
        if (!loop_name_.empty()) known.push_back(loop_name_);
        fail(tree, fmt::format("'{}' is no row", shown(tree)),
             did_you_mean(tree.name, known,
                          "rows are self, source, target, reverse, a loop variable, kind[member] or kind[source, target]"));
    }

    /// The row that `tree` names, or null when it names none. Known forms used wrongly are problems.
    RowPtr try_row(const Ast& tree) {
        if (tree.kind == Ast::Kind::name) return named_row(tree);
        if (tree.kind == Ast::Kind::attribute && (tree.name == "source" || tree.name == "target" || tree.name == "reverse")) {
            RowPtr link = try_row(*tree.children[0]);
            if (!link) return nullptr;
            return end_of(tree, link, tree.name);
        }
        if (tree.kind == Ast::Kind::subscript && tree.children[0]->kind == Ast::Kind::name) {
            const std::string& name = tree.children[0]->name;
            if (const auto kind = schema_.kind(name)) return lookup(tree, *kind);
            if (schema_.event(name)) return nullptr;
            std::vector<std::string> kinds;
            for (const auto& kind : schema_.kinds) kinds.push_back(kind.name);
            for (const auto& event : schema_.events) kinds.push_back(event.name);
            fail(*tree.children[0], fmt::format("no kind of agents or links is called '{}'", name),
                 did_you_mean(name, kinds, fmt::format("there are {}", listed(kinds))));
        }
        return nullptr;
    }

    RowPtr named_row(const Ast& tree) {
        const std::string& name = tree.name;
        if (!loop_name_.empty() && name == loop_name_) return loop_;
        if (name != "self" && name != "source" && name != "target" && name != "reverse") return nullptr;
        if (!has_row())
            fail(tree, fmt::format("'{}' has no meaning in {}", name, place_name()),
                 "there is no row here: name one, as in relation[russia, afghanistan]");
        if (context_.only_source && name != "source")
            fail(tree, fmt::format("'{}' can't be read in {}", name, place_name()),
                 "it belongs to the choosing agent: only source and parameters are known");
        if (name == "self") {
            if (on_link()) fail(tree, "'self' is an agent's word, and this row is a link", "write source or target");
            return row(RowRef::Kind::own, context_.on);
        }
        if (!on_link())
            fail(tree, fmt::format("'{}' is a link's word, and this row is an agent", name),
                 "an agent reaches links by aggregates: relation.out(self), relation.into(self)");
        return end_of(tree, row(RowRef::Kind::own, context_.on), name);
    }

    RowPtr end_of(const Ast& tree, const RowPtr& link, const std::string& which) {
        const auto& kind = schema_[link->kind];
        if (!kind.is_link)
            fail(tree, fmt::format("'{}' is an agent and has no {}", kind.name, which), "only links have source, target and reverse");
        if (which == "source") return row(RowRef::Kind::source_of, kind.source, link);
        if (which == "target") return row(RowRef::Kind::target_of, kind.target, link);
        if (kind.source != kind.target) fail(tree, fmt::format("'{}' has no reverse: its ends are of different kinds", kind.name));
        if (starting())
            fail(tree, fmt::format("'reverse' can't be read in {}", place_name()),
                 "a start expression knows the row's own fields and its ends");
        return row(RowRef::Kind::reverse_of, link->kind, link);
    }

    RowPtr lookup(const Ast& tree, KindId id) {
        const auto& kind = schema_[id];
        const std::string& written = tree.children[0]->name;  // the kind or an event on it
        const std::size_t given = tree.children.size() - 1;
        if (starting())
            fail(tree, fmt::format("'{}' can't be read in {}", shown(tree), place_name()),
                 "a start expression knows parameters, the row's own fields and, on a link, its ends");
        if (context_.only_source)
            fail(tree, fmt::format("'{}' can't be read in {}", shown(tree), place_name()), "only source and parameters are known");
        if (kind.is_link) {
            if (given != 2) fail(tree, fmt::format("{}[…] takes a source and a target", written), fmt::format("write {}[a, b]", written));
            return row(RowRef::Kind::link_between, id, endpoint(*tree.children[1], kind.source), endpoint(*tree.children[2], kind.target));
        }
        if (given != 1) fail(tree, fmt::format("{}[…] takes one member", written), fmt::format("write {}[a]", written));
        return endpoint(*tree.children[1], id);
    }

    /// An agent of kind `id`: a member's name, self, source, target, or a loop variable or its end.
    RowPtr endpoint(const Ast& tree, KindId id) {
        const auto& kind = schema_[id];
        RowPtr found = try_row(tree);
        if (!found) {
            if (tree.kind != Ast::Kind::name)
                fail(tree, fmt::format("'{}' names no member of '{}'", shown(tree), kind.name),
                     "write a member's name, self, source, target, or a loop variable's end");
            if (const auto member = schema_.member(id, tree.name)) return row(RowRef::Kind::member, id, nullptr, nullptr, *member);
            if (kind.members.empty())
                fail(tree, fmt::format("the agents of '{}' have no names, so '{}' can't be looked up", kind.name, tree.name));
            fail(tree, fmt::format("no member of '{}' is called '{}'", kind.name, tree.name),
                 did_you_mean(tree.name, kind.members, fmt::format("its members are {}", listed(kind.members))));
        }
        if (found->kind != id)
            fail(tree, fmt::format("'{}' is a '{}', but '{}' is wanted here", shown(tree), schema_[found->kind].name, kind.name));
        return found;
    }

    // -- operators -----------------------------------------------------------------------------------------------------------------

    ExprPtr unary(const Ast& tree) {
        ExprPtr operand = value(*tree.children[0]);
        if (tree.name == "+") return operand;
        return call_of(tree.name == "-" ? Function::negate : Function::logical_not, tree, {std::move(operand)});
    }

    ExprPtr binary(const Ast& tree) {
        constexpr std::pair<std::string_view, Function> signs[] = {
            {"+", Function::add},    {"-", Function::subtract}, {"*", Function::multiply},      {"/", Function::divide},
            {"%", Function::modulo}, {"**", Function::power},   {"and", Function::logical_and}, {"or", Function::logical_or}};
        ExprPtr left = value(*tree.children[0]);
        ExprPtr right = value(*tree.children[1]);
        for (const auto& [sign, function] : signs)
            if (tree.name == sign) return call_of(function, tree, {std::move(left), std::move(right)});
        throw GiveUp{};
    }

    /// a < b <= c is (a < b) and (b <= c).
    ExprPtr comparison(const Ast& tree) {
        ExprPtr all;
        std::vector<ExprPtr> operands(tree.children.size());  // each is made once: a draw between two bounds is one draw
        for (std::size_t i = 0; i < tree.names.size(); ++i) {
            ExprPtr one = comparison_of(tree, i, operands);
            all = all ? call_of(Function::logical_and, tree, {std::move(all), std::move(one)}) : std::move(one);
        }
        return all;
    }

    ExprPtr comparison_of(const Ast& tree, std::size_t i, std::vector<ExprPtr>& operands) {
        const std::string& sign = tree.names[i];
        constexpr std::pair<std::string_view, Function> signs[] = {{"<", Function::less},    {"<=", Function::less_equal},
                                                                   {">", Function::greater}, {">=", Function::greater_equal},
                                                                   {"==", Function::equal},  {"!=", Function::not_equal}};
        const Ast& left = *tree.children[i];
        const Ast& right = *tree.children[i + 1];
        const RowPtr left_row = try_row(left);
        const RowPtr right_row = try_row(right);
        if (left_row && right_row) return row_comparison(tree, sign, left_row, right_row);
        if (left_row) suggest_member(left, left_row->kind, right);
        if (right_row) suggest_member(right, right_row->kind, left);
        for (const std::size_t k : {i, i + 1})
            if (!operands[k]) operands[k] = value(*tree.children[k]);
        for (const auto& [word, function] : signs)
            if (sign == word) return call_of(function, tree, {operands[i], operands[i + 1]});
        throw GiveUp{};
    }

    /// `target == russia` wants the row that the name is a member's of.
    void suggest_member(const Ast& row, KindId kind, const Ast& other) {
        if (other.kind == Ast::Kind::name && schema_.member(kind, other.name))
            fail(other, fmt::format("'{}' alone is no row to compare '{}' with", other.name, shown(row)),
                 fmt::format("name it with its kind: {}[{}]", schema_[kind].name, other.name));
    }

    ExprPtr row_comparison(const Ast& tree, const std::string& sign, RowPtr left, RowPtr right) {
        if (sign != "==" && sign != "!=")
            fail(tree, fmt::format("rows are not ordered: '{}' can't compare them", sign), "rows are compared with == and !=");
        if (left->kind != right->kind)
            fail(tree, fmt::format("a '{}' is never a '{}'", schema_[left->kind].name, schema_[right->kind].name));
        auto same = made(Expr::Kind::same_row, tree);
        same->row = std::move(left);
        same->other_row = std::move(right);
        if (sign == "==") return same;
        return call_of(Function::logical_not, tree, {std::move(same)});
    }

    // -- calls ---------------------------------------------------------------------------------------------------------------------

    ExprPtr call(const Ast& tree) {
        const Ast& callee = *tree.children[0];
        if (callee.kind != Ast::Kind::name)
            fail(callee, fmt::format("'{}' can't be called", shown(callee)), "functions are called by name: exp(x)");
        const std::string& name = callee.name;
        const bool generator = tree.children.size() == 2 && tree.children[1]->kind == Ast::Kind::generator;
        if (name == "has") return has(tree);
        if (generator) {
            if (const auto* entry = find_entry(aggregates(), name)) return aggregate(tree, *entry);
        }
        if (const auto* entry = find_entry(functions(), name)) return function_call(tree, *entry);
        if (const auto* entry = find_entry(draws(), name)) return draw_call(tree, *entry);
        if (const auto* entry = find_entry(over_time_functions(), name)) return over_time(tree, *entry);
        if (find_entry(aggregates(), name))
            fail(tree, fmt::format("{}(…) runs over a collection", name), fmt::format("{}(r.x for r in relation.out(self))", name));
        std::vector<std::string> known{"has"};
        for (const auto& entry : functions()) known.emplace_back(entry.name);
        for (const auto& entry : draws()) known.emplace_back(entry.name);
        for (const auto& entry : aggregates()) known.emplace_back(entry.name);
        for (const auto& entry : over_time_functions()) known.emplace_back(entry.name);
        fail(callee, fmt::format("no function is called '{}'", name),
             did_you_mean(name, known, fmt::format("there are {}", listed(known))));
    }

    /// The arguments in the order of the signature, null where left out.
    std::vector<ExprPtr> arguments(const Ast& tree, const Callable& callable) {
        const auto names = argument_names(callable.signature);
        const std::size_t given = tree.children.size() - 1;
        const bool any_number = callable.most < 0;
        if (given < static_cast<std::size_t>(callable.fewest) || (!any_number && given > static_cast<std::size_t>(callable.most)))
            fail(tree, fmt::format("{}(…) takes {}, not {}", callable.name, arity(callable), given), fmt::format("{}", callable.signature));
        std::vector<ExprPtr> values(any_number ? given : names.size());
        for (std::size_t i = 0; i < given; ++i) {
            std::size_t slot = i;
            if (const std::string& keyword = tree.keywords[i]; !keyword.empty()) {
                const auto found = std::find(names.begin(), names.end(), keyword);
                if (any_number || found == names.end())
                    fail(*tree.children[i + 1], fmt::format("{}(…) has no argument called '{}'", callable.name, keyword),
                         std::string(callable.signature));
                slot = static_cast<std::size_t>(found - names.begin());
            }
            if (values[slot])
                fail(*tree.children[i + 1], fmt::format("the argument '{}' is given twice", names[slot]), std::string(callable.signature));
            values[slot] = value(*tree.children[i + 1]);
        }
        for (std::size_t i = 0; i < static_cast<std::size_t>(callable.fewest); ++i)
            if (!values[i])
                fail(tree, fmt::format("{}(…) lacks its argument '{}'", callable.name, names[i]), std::string(callable.signature));
        return values;
    }

    static std::string arity(const Callable& callable) {
        if (callable.most < 0) return fmt::format("at least {} arguments", callable.fewest);
        if (callable.fewest == callable.most) return fmt::format("{} argument{}", callable.most, callable.most == 1 ? "" : "s");
        return fmt::format("{} to {} arguments", callable.fewest, callable.most);
    }

    ExprPtr function_call(const Ast& tree, const FunctionEntry& entry) {
        std::vector<ExprPtr> args = arguments(tree, entry);
        ExprPtr result =
            call_of(entry.function, tree,
                    {args.begin(), args.begin() + std::min<std::ptrdiff_t>(std::ssize(args), entry.most < 0 ? 2 : entry.most)});
        if (entry.most < 0)
            for (std::size_t i = 2; i < args.size(); ++i) result = call_of(entry.function, tree, {std::move(result), std::move(args[i])});
        return result;
    }

    ExprPtr draw_call(const Ast& tree, const DrawEntry& entry) {
        if (!context_.draws_allowed)
            fail(tree, fmt::format("nothing can be drawn in {}", place_name()), "draw in a rule and keep the value in a field");
        std::vector<ExprPtr> args = arguments(tree, entry);
        for (std::size_t i = 0; i < args.size(); ++i)
            if (!args[i]) args[i] = number(tree, entry.defaults[i]);
        auto expr = made(Expr::Kind::draw, tree);
        expr->draw = entry.draw;
        expr->args = std::move(args);
        expr->place_number = context_.draw_counter ? (*context_.draw_counter)++ : own_draws_++;
        return expr;
    }

    ExprPtr has(const Ast& tree) {
        if (tree.children.size() != 2 || !tree.keywords[0].empty()) fail(tree, "has(…) takes one link", "has(relation[a, b])");
        const RowPtr link = expect_row(*tree.children[1]);
        if (!schema_[link->kind].is_link) fail(tree, "has(…) asks for a link, and this is an agent", "has(relation[a, b])");
        auto expr = made(Expr::Kind::has, tree);
        expr->row = link;
        return expr;
    }

    ExprPtr over_time(const Ast& tree, const OverTimeEntry& entry) {
        if (loop_)
            fail(tree, fmt::format("{}(…) can't stand inside an aggregate", entry.name),
                 fmt::format("turn them round: {}(…) around the aggregate", entry.name));
        if (!context_.over_time_allowed)
            fail(tree, fmt::format("{}(…) looks over time, which only measures do", entry.name), "keep what is needed in a field");
        if (has_row())
            fail(tree, fmt::format("{}(…) looks over time, and a measure on every row is recorded at every tick", entry.name),
                 fmt::format("name one row without `on:`, or leave {}(…) away", entry.name));
        if (inside_over_time_) fail(tree, fmt::format("{}(…) can't stand inside another function over time", entry.name));
        inside_over_time_ = true;
        std::vector<ExprPtr> args = arguments(tree, entry);
        inside_over_time_ = false;
        auto expr = made(Expr::Kind::over_time, tree);
        expr->over_time = entry.over_time;
        expr->args = std::move(args);
        return expr;
    }

    // -- aggregates ----------------------------------------------------------------------------------------------------------------

    ExprPtr aggregate(const Ast& tree, const AggregateEntry& entry) {
        const Ast& generator = *tree.children[1];
        if (loop_) fail(tree, "an aggregate can't stand inside another", "put the inner one into a derived field or a `let`");
        if (starting())
            fail(tree, fmt::format("{}(… for …) can't be used in {}", entry.name, place_name()),
                 "nothing but the row itself is known while the world starts");
        if (context_.only_source)
            fail(tree, fmt::format("{}(… for …) can't be used in {}", entry.name, place_name()),
                 "put it into a derived field of the source");
        check_loop_name(generator);
        auto expr = made(Expr::Kind::aggregate, tree);
        expr->aggregate = entry.aggregate;
        expr->over = collection(*generator.children[1]);
        loop_name_ = generator.name;
        loop_ = row(RowRef::Kind::loop, expr->over.kind);
        expr->args = body(tree, entry, *generator.children[0]);
        for (std::size_t i = 2; i < generator.children.size(); ++i) {
            ExprPtr condition = value(*generator.children[i]);
            expr->filter = expr->filter ? call_of(Function::logical_and, *generator.children[i], {expr->filter, std::move(condition)})
                                        : std::move(condition);
        }
        loop_ = nullptr;
        loop_name_.clear();
        return expr;
    }

    void check_loop_name(const Ast& generator) {
        const std::string& name = generator.name;
        if (is_reserved_name(name) || !is_identifier(name))
            fail(generator, fmt::format("'{}' is a word of the language and can't be a loop variable", name),
                 "choose another name, such as k");
        const auto names = known_names();
        if (std::find(names.begin(), names.end(), name) != names.end() || schema_.kind(name))
            fail(generator, fmt::format("the loop variable '{}' hides another '{}'", name, name), "choose another name, such as k");
    }

    std::vector<ExprPtr> body(const Ast& tree, const AggregateEntry& entry, const Ast& item) {
        const bool pairs = entry.aggregate == Aggregate::weighted_median;
        if (pairs && (item.kind != Ast::Kind::tuple || item.children.size() != 2))
            fail(tree, "weighted_median takes pairs of a value and a weight", "weighted_median((r.x, r.weight) for r in …)");
        if (!pairs) return {value(item)};
        return {value(*item.children[0]), value(*item.children[1])};
    }

    Collection collection(const Ast& tree) {
        if (tree.kind == Ast::Kind::name)
            if (const auto kind = schema_.kind(tree.name)) return {Collection::Form::all, *kind, nullptr};
        if (tree.kind == Ast::Kind::call && tree.children[0]->kind == Ast::Kind::attribute &&
            tree.children[0]->children[0]->kind == Ast::Kind::name) {
            const Ast& method = *tree.children[0];
            const std::string& name = method.children[0]->name;
            if (const auto kind = schema_.kind(name); kind && schema_[*kind].is_link && (method.name == "out" || method.name == "into")) {
                if (tree.children.size() != 2 || !tree.keywords[0].empty())
                    fail(tree, fmt::format("{}.{}(…) takes one agent", name, method.name), fmt::format("{}.{}(self)", name, method.name));
                const bool out = method.name == "out";
                return {out ? Collection::Form::out_of : Collection::Form::into, *kind,
                        endpoint(*tree.children[1], out ? schema_[*kind].source : schema_[*kind].target)};
            }
        }
        std::vector<std::string> kinds;
        for (const auto& kind : schema_.kinds) kinds.push_back(kind.name);
        const std::string written = tree.kind == Ast::Kind::name ? tree.name : shown(tree).substr(0, shown(tree).find_first_of(".(["));
        if (const auto kind = schema_.kind(written))
            fail(tree, fmt::format("'{}' is no collection", shown(tree)),
                 schema_[*kind].is_link ? fmt::format("write {0}, {0}.out(agent) or {0}.into(agent)", written)
                                        : fmt::format("write {} alone: only links have out(…) and into(…)", written));
        fail(tree, fmt::format("'{}' is no collection", shown(tree)),
             did_you_mean(written, kinds, "write kind, kind.out(agent) or kind.into(agent)"));
    }

    // -- measures ------------------------------------------------------------------------------------------------------------------

    static bool contains_over_time(const Expr& expr) {
        return expr.kind == Expr::Kind::over_time ||
               std::any_of(expr.args.begin(), expr.args.end(), [](const ExprPtr& arg) { return contains_over_time(*arg); });
    }

    /// Once a measure looks over time, the state may be read inside first(…), total(…) and the like only.
    void forbid_mixed_time(const Expr& expr, bool over_time) {
        if (!over_time || expr.kind == Expr::Kind::over_time) return;
        const bool momentary = expr.kind != Expr::Kind::number && expr.kind != Expr::Kind::parameter && expr.kind != Expr::Kind::call &&
                               expr.kind != Expr::Kind::has && expr.kind != Expr::Kind::same_row &&
                               !(expr.kind == Expr::Kind::clock && expr.clock == Clock::dt);
        if (momentary) {
            problems_.error(expr.place, fmt::format("'{}' changes over time, beside a function over time", expr.text),
                            fmt::format("say when: last({}), average({}), …", expr.text, expr.text));
            throw GiveUp{};
        }
        for (const ExprPtr& arg : expr.args) forbid_mixed_time(*arg, true);
    }

    const Text& text_;
    const Context& context_;
    const Schema& schema_;
    Problems& problems_;
    RowPtr loop_;
    std::string loop_name_;
    bool inside_over_time_ = false;
    int own_draws_ = 0;
};

Context without_row(const Schema& schema) {
    Context context;
    context.schema = &schema;
    context.draws_allowed = false;
    return context;
}

template <class Read>
auto read_with(const Text& text, Problems& problems, Read read) -> decltype(read(std::declval<const Ast&>())) {
    const AstPtr tree = parse(text, problems);
    if (!tree) return nullptr;
    try {
        return read(*tree);
    } catch (const GiveUp&) {
        return nullptr;
    }
}

void collect_derived(const Expr& expr, std::vector<std::pair<KindId, DerivedId>>& found) {
    if (expr.kind == Expr::Kind::derived) found.emplace_back(expr.row->kind, expr.derived);
    for (const ExprPtr& arg : expr.args) collect_derived(*arg, found);
    if (expr.filter) collect_derived(*expr.filter, found);
}

}  // namespace

ExprPtr read_expression(const Text& text, const Context& context, Problems& problems) {
    return read_with(text, problems, [&](const Ast& tree) { return Checker(text, context, problems).run(tree); });
}

ExprPtr read_state_target(const Text& text, const Schema& schema, Problems& problems) {
    const Context context = without_row(schema);
    return read_with(text, problems, [&](const Ast& tree) { return Checker(text, context, problems).state_target(tree); });
}

RowPtr read_row(const Text& text, KindId kind, const Schema& schema, Problems& problems) {
    const auto& named = schema[kind];
    const auto trimmed = [](std::string_view part) {
        const std::size_t begin = part.find_first_not_of(" \t");
        return begin == std::string_view::npos ? std::string_view{} : part.substr(begin, part.find_last_not_of(" \t") - begin + 1);
    };
    const auto member = [&](std::string_view name, KindId of) -> RowPtr {
        if (const auto found = schema.member(of, name)) return row(RowRef::Kind::member, of, nullptr, nullptr, *found);
        const std::size_t offset = name.empty() ? 0 : static_cast<std::size_t>(name.data() - text.value.data());
        const std::string otherwise =
            schema[of].members.empty() ? "its agents have no names" : fmt::format("its members are {}", listed(schema[of].members));
        problems.error(text.at(offset, std::max<std::size_t>(name.size(), 1)),
                       fmt::format("no member of '{}' is called '{}'", schema[of].name, name),
                       did_you_mean(name, schema[of].members, otherwise));
        return nullptr;
    };
    const std::string_view written = text.value;
    const std::size_t arrow = written.find("->");
    const bool is_pair =
        arrow != std::string_view::npos && !trimmed(written.substr(0, arrow)).empty() && !trimmed(written.substr(arrow + 2)).empty();
    if (named.is_link ? !is_pair : arrow != std::string_view::npos) {
        problems.error(text.at(0, written.size()), fmt::format("'{}' is no row of '{}'", written, named.name),
                       named.is_link ? "a link is written source -> target" : "an agent is written by its name alone");
        return nullptr;
    }
    if (!named.is_link) return member(trimmed(written), kind);
    RowPtr from = member(trimmed(written.substr(0, arrow)), named.source);
    RowPtr to = member(trimmed(written.substr(arrow + 2)), named.target);
    if (!from || !to) return nullptr;
    return row(RowRef::Kind::link_between, kind, std::move(from), std::move(to));
}

std::vector<std::pair<KindId, DerivedId>> derived_read_by(const Expr& expr) {
    std::vector<std::pair<KindId, DerivedId>> found;
    collect_derived(expr, found);
    return found;
}

}  // namespace entente
