#include <entente/language/checker.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace entente {

RowPtr make_row(RowRef::Form form, KindId kind, RowPtr from, RowPtr to, MemberId member) {
    return std::make_shared<RowRef>(RowRef{form, kind, member, std::move(from), std::move(to)});
}

RowPtr Checker::expect_row(const Ast& tree) {
    if (RowPtr found = try_row(tree)) return found;
    if (is_name_or_text(tree))
        for (const auto& kind : schema_.kinds)
            if (kind.member_rows.contains(tree.name))
                fail(tree, fmt::format("{} alone is not a row", in_quotes(tree.name)),
                     fmt::format("name it with its kind: {}[{}]", kind.name, as_index(tree.name)));
    if (tree.kind == Ast::Kind::name) {
        if (const auto kind = schema_.kind(tree.name))
            fail(tree, fmt::format("'{}' is a kind, not a row", tree.name), fmt::format("name one row of it: {}", example_row(*kind)));
    }
    std::vector<std::string> known{"self", "source", "target", "reverse"};
    for (const auto& kind : schema_.kinds) known.push_back(kind.name);
    if (!loop_name_.empty()) known.push_back(loop_name_);
    fail(tree, fmt::format("'{}' is not a row", shown(tree)),
         did_you_mean(tree.name, known, "rows are self, source, target, reverse, a loop variable, kind[member] or kind[source, target]"));
}

RowPtr Checker::try_row(const Ast& tree) {
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

RowPtr Checker::named_row(const Ast& tree) {
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
        return make_row(RowRef::Form::own, context_.on);
    }
    if (!on_link())
        fail(tree, fmt::format("'{}' is a link's word, and this row is an agent", name),
             "an agent reaches links by aggregates: relation.out(self), relation.into(self)");
    return end_of(tree, make_row(RowRef::Form::own, context_.on), name);
}

RowPtr Checker::end_of(const Ast& tree, const RowPtr& link, const std::string& which) {
    const auto& kind = schema_[link->kind];
    if (!kind.is_link)
        fail(tree, fmt::format("'{}' is an agent and has no {}", kind.name, which), "only links have source, target and reverse");
    if (which == "source") return make_row(RowRef::Form::source_of, kind.source, link);
    if (which == "target") return make_row(RowRef::Form::target_of, kind.target, link);
    if (kind.source != kind.target) fail(tree, fmt::format("'{}' has no reverse: its ends are of different kinds", kind.name));
    if (starting())
        fail(tree, fmt::format("'reverse' can't be read in {}", place_name()),
             "a start expression knows the row's own fields and its ends");
    return make_row(RowRef::Form::reverse_of, link->kind, link);
}

RowPtr Checker::lookup(const Ast& tree, KindId id) {
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
        return make_row(RowRef::Form::link_between, id, endpoint(*tree.children[1], kind.source), endpoint(*tree.children[2], kind.target));
    }
    if (given != 1) fail(tree, fmt::format("{}[…] takes one member", written), fmt::format("write {}[a]", written));
    return endpoint(*tree.children[1], id);
}

RowPtr Checker::endpoint(const Ast& tree, KindId id) {
    const auto& kind = schema_[id];
    RowPtr found = try_row(tree);
    if (!found) {
        if (tree.kind == Ast::Kind::name && tree.name == all_rows)
            fail(tree, "'*' names all rows, and one is wanted here",
                 fmt::format("take them together: sum(k.x for k in {}); a timeline's `set` alone is given to all rows", kind.name));
        if (kind.members.empty())
            fail(tree, fmt::format("the agents of '{}' have no names, so '{}' can't be looked up", kind.name, shown(tree)));
        if (!is_name_or_text(tree))
            fail(tree, fmt::format("'{}' names no member of '{}'", shown(tree), kind.name),
                 schema_.member(id, shown(tree)) ? fmt::format("a name that is not a plain word stands in quotes: {}", in_quotes(shown(tree)))
                                                 : "write a member's name, self, source, target, or a loop variable's end");
        if (const auto member = schema_.member(id, tree.name)) return make_row(RowRef::Form::member, id, nullptr, nullptr, *member);
        fail(tree, fmt::format("no member of '{}' is called {}", kind.name, in_quotes(tree.name)),
             did_you_mean_name(tree.name, kind.members, fmt::format("its members are {}", listed(as_indices(kind.members)))));
    }
    if (found->kind != id)
        fail(tree, fmt::format("'{}' is a '{}', but '{}' is wanted here", shown(tree), schema_[found->kind].name, kind.name));
    return found;
}

ExprPtr Checker::aggregate(const Ast& tree, const AggregateEntry& entry) {
    const Ast& generator = *tree.children[1];
    if (loop_) fail(tree, "an aggregate can't be used inside another", "put the inner one into a derived field or a `let`");
    if (starting())
        fail(tree, fmt::format("{}(… for …) can't be used in {}", entry.name, place_name()),
             "nothing but the row itself is known while the world starts");
    if (context_.only_source)
        fail(tree, fmt::format("{}(… for …) can't be used in {}", entry.name, place_name()), "put it into a derived field of the source");
    check_loop_name(generator);
    auto expr = made(Expr::Kind::aggregate, tree);
    expr->aggregate = entry.aggregate;
    expr->over = collection(*generator.children[1]);
    loop_name_ = generator.name;
    loop_ = make_row(RowRef::Form::loop, expr->over.kind);
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

void Checker::check_loop_name(const Ast& generator) {
    const std::string& name = generator.name;
    if (is_reserved_name(name) || !is_identifier(name))
        fail(generator, fmt::format("'{}' is a word of the language and can't be a loop variable", name), "choose another name, such as k");
    const auto names = known_names();
    const auto has_member = [&](const Schema::Kind& kind) { return kind.member_rows.contains(name); };
    if (std::find(names.begin(), names.end(), name) != names.end() || schema_.kind(name) || schema_.event(name) ||
        std::any_of(schema_.kinds.begin(), schema_.kinds.end(), has_member))
        fail(generator, fmt::format("the loop variable '{}' hides another '{}'", name, name), "choose another name, such as k");
}

std::vector<ExprPtr> Checker::body(const Ast& tree, const AggregateEntry& entry, const Ast& item) {
    const bool pairs = entry.aggregate == Aggregate::weighted_median;
    if (pairs && (item.kind != Ast::Kind::tuple || item.children.size() != 2))
        fail(tree, "weighted_median takes pairs of a value and a weight", "weighted_median((r.x, r.weight) for r in …)");
    if (!pairs) return {value(item)};
    return {value(*item.children[0]), value(*item.children[1])};
}

Collection Checker::collection(const Ast& tree) {
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
        fail(tree, fmt::format("'{}' is not a collection", shown(tree)),
             schema_[*kind].is_link ? fmt::format("write {0}, {0}.out(agent) or {0}.into(agent)", written)
                                    : fmt::format("write {} alone: only links have out(…) and into(…)", written));
    fail(tree, fmt::format("'{}' is not a collection", shown(tree)),
         did_you_mean(written, kinds, "write kind, kind.out(agent) or kind.into(agent)"));
}

}  // namespace entente
