#include <entente/language/checker.hpp>

#include <algorithm>
#include <numbers>

#include <fmt/format.h>

#include <entente/language/operators.hpp>

namespace entente {

ExprPtr Checker::run(const Ast& tree) {
    ExprPtr checked = value(tree);
    if (context_.over_time_allowed) forbid_mixed_time(*checked, contains_over_time(*checked));
    return checked;
}

RowPtr Checker::row_of(const Ast& tree) {
    return expect_row(tree);
}

ExprPtr Checker::state_target(const Ast& tree) {
    if (tree.kind != Ast::Kind::attribute || tree.children[0]->kind != Ast::Kind::subscript)
        fail(tree, fmt::format("'{}' names no field of a row", shown(tree)), "write kind[member].field or kind[source, target].field");
    ExprPtr read = value(tree);
    if (read->kind != Expr::Kind::field) fail(tree, fmt::format("'{}' can't be set: it is not a field", shown(tree)), "only fields hold state");
    return read;
}

ExprPtr Checker::set_target(const Ast& tree) {
    if (tree.kind == Ast::Kind::name) return parameter_target(tree);
    const bool is_field = tree.kind == Ast::Kind::attribute && tree.children[0]->kind == Ast::Kind::subscript;
    const auto is_star = [](const AstPtr& index) { return index->kind == Ast::Kind::name && index->name == all_rows; };
    return is_field && std::ranges::any_of(tree.children[0]->children, is_star) ? field_of_rows(tree) : state_target(tree);
}

ExprPtr Checker::parameter_target(const Ast& tree) {
    const auto parameter = schema_.parameter(tree.name);
    if (!parameter) {
        if (schema_.input(tree.name))
            fail(tree, fmt::format("'{}' is an input and can't be set", tree.name), "change its table, or read it times a parameter that is set");
        std::string help = did_you_mean(tree.name, schema_.parameters);
        if (help.empty() && !elsewhere(tree.name).empty()) help = elsewhere(tree.name) + ", or with * for all rows";
        fail(tree, fmt::format("no parameter is called '{}'", tree.name),
             help.empty() ? "a field is set on a row, kind[member].field, or on all rows: kind[*].field" : help);
    }
    auto expr = made(Expr::Kind::parameter, tree);
    expr->parameter = *parameter;
    return expr;
}

/// A field of the rows of a kind as if each were the own row; what is demanded of them is the filter.
ExprPtr Checker::field_of_rows(const Ast& tree) {
    const Ast& rows = *tree.children[0];
    const auto kind = rows.children[0]->kind == Ast::Kind::name ? schema_.kind(rows.children[0]->name) : std::nullopt;
    if (!kind) expect_row(rows);  // says so
    ExprPtr filter = rows_at_ends(rows, *kind);
    const ExprPtr read = member_value(tree, make_row(RowRef::Form::own, *kind), tree.name);
    if (!read) unknown_field(tree, *kind);
    if (read->kind != Expr::Kind::field) fail(tree, fmt::format("'{}' can't be set: it is not a field", shown(tree)), "only fields hold state");
    auto target = std::make_shared<Expr>(*read);
    target->filter = std::move(filter);
    return target;
}

/// That a link begins or ends where it is written to; null where all are meant.
ExprPtr Checker::rows_at_ends(const Ast& tree, KindId id) {
    const Schema::Kind& kind = schema_[id];
    const std::size_t given = tree.children.size() - 1;
    if (given != (kind.is_link ? 2 : 1))
        fail(tree, fmt::format("{}[…] takes {}", kind.name, kind.is_link ? "a source and a target" : "one member"),
             fmt::format("write {}{} for all rows", kind.name, kind.is_link ? "[*, *]" : "[*]"));
    ExprPtr filter;
    for (std::size_t i = 1; kind.is_link && i <= given; ++i) {
        const Ast& end = *tree.children[i];
        if (end.kind == Ast::Kind::name && end.name == all_rows) continue;
        const auto [form, at] = i == 1 ? std::pair(RowRef::Form::source_of, kind.source) : std::pair(RowRef::Form::target_of, kind.target);
        auto same = made(Expr::Kind::same_row, end);
        same->row = make_row(form, at, make_row(RowRef::Form::own, id));
        same->other_row = endpoint(end, at);
        filter = std::move(same);
    }
    return filter;
}

void Checker::fail(const Ast& at, std::string what, std::string help) {
    problems_.error(text_.at(at.begin, at.end - at.begin), std::move(what), std::move(help));
    throw GiveUp{};
}

std::string Checker::shown(const Ast& at) const {
    return text_.value.substr(at.begin, at.end - at.begin);
}

void Checker::fail_at_attribute(const Ast& at, std::string what, std::string help) {
    problems_.error(text_.at(at.end - at.name.size(), at.name.size()), std::move(what), std::move(help));
    throw GiveUp{};
}

bool Checker::starting() const {
    return context_.fields_visible >= 0;
}

bool Checker::has_row() const {
    return context_.on.value >= 0;
}

bool Checker::on_link() const {
    return has_row() && schema_[context_.on].is_link;
}

std::string Checker::place_name() const {
    return context_.where.empty() ? "this expression" : context_.where;
}

std::shared_ptr<Expr> Checker::made(Expr::Kind kind, const Ast& at) const {
    auto expr = std::make_shared<Expr>();
    expr->kind = kind;
    expr->place = text_.at(at.begin, at.end - at.begin);
    expr->text = shown(at);
    return expr;
}

std::shared_ptr<Expr> Checker::call_of(Function function, const Ast& at, std::vector<ExprPtr> args) const {
    auto expr = made(Expr::Kind::call, at);
    expr->function = function;
    expr->args = std::move(args);
    return expr;
}

ExprPtr Checker::value(const Ast& tree) {
    switch (tree.kind) {
        case Ast::Kind::number:
            return number(tree, tree.number);
        case Ast::Kind::name:
            return named_value(tree);
        case Ast::Kind::text:
            not_a_value(tree);
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
            fail(tree, "a `for` has no meaning here", "it belongs alone inside sum(…), mean(…), any(…) and similar");
        case Ast::Kind::tuple:
            fail(tree, "a pair has no meaning here", "only weighted_median((x, w) for …) takes pairs");
    }
    throw GiveUp{};
}

/// A name in quotes where a number should stand.
void Checker::not_a_value(const Ast& text) {
    for (const auto& kind : schema_.kinds)
        if (kind.member_rows.contains(text.name))
            fail(text, fmt::format("{} is a member of '{}', not a number", in_quotes(text.name), kind.name),
                 fmt::format("read a field of it: {}[{}].{}", kind.name, as_index(text.name), kind.fields.empty() ? "x" : kind.fields[0]));
    fail(text, fmt::format("{} is a text, not a number", in_quotes(text.name)), "quotes hold names of agents, within brackets: state['Guinea-Bissau']");
}

ExprPtr Checker::number(const Ast& tree, double x) {
    auto expr = made(Expr::Kind::number, tree);
    expr->number = x;
    return expr;
}

ExprPtr Checker::named_value(const Ast& tree) {
    const std::string& name = tree.name;
    if (name == loop_name_)
        fail(tree, fmt::format("'{}' is a row, not a number", name),
             fmt::format("read a field of it: {0}.{1}; where rows are counted, a condition: count({0}.{1} > 0 for {0} in …)", name, example_field(loop_->kind)));
    for (std::size_t i = context_.lets.size(); i-- > 0;)
        if (context_.lets[i] == name) {
            auto expr = made(Expr::Kind::let, tree);
            expr->let = static_cast<int>(i);
            return expr;
        }
    if (has_row() && !context_.only_source)
        if (ExprPtr own = member_value(tree, make_row(RowRef::Form::own, context_.on), name)) return own;
    if (const auto parameter = schema_.parameter(name)) {
        auto expr = made(Expr::Kind::parameter, tree);
        expr->parameter = *parameter;
        return expr;
    }
    if (const auto input = schema_.input(name)) {
        auto expr = made(Expr::Kind::input, tree);
        expr->input = *input;
        return expr;
    }
    if (ExprPtr constant = constant_or_clock(tree)) return constant;
    if (ExprPtr named = level(tree)) return named;
    unknown_name(tree);
}

ExprPtr Checker::constant_or_clock(const Ast& tree) {
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

std::vector<std::string> Checker::known_names() const {
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
    for (const Schema::Input& input : schema_.inputs)
        if (!input.on.is_given()) names.push_back(input.name);
    for (const auto* word : {"dt", "pi"}) names.emplace_back(word);
    if (context_.clock_visible)
        for (const auto* word : {"tick", "t", "year", "month"}) names.emplace_back(word);
    return names;
}

std::string Checker::example_row(KindId kind) const {
    return schema_[kind].name + (schema_[kind].is_link ? "[a, b]" : "[a]");
}

void Checker::unknown_name(const Ast& tree) {
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
    if (help.empty()) help = did_you_mean_level(name);
    if (help.empty()) help = elsewhere(nearest_name(name, all_fields()));
    if (help.empty() && starting()) help = "a start expression knows parameters and the row's own fields given earlier";
    if (help.empty() && context_.only_source) help = "only source and parameters are known";
    fail(tree,
         has_row() && !context_.only_source ? fmt::format("no parameter or field is called '{}'", name)
                                            : fmt::format("no parameter is called '{}'", name),
         help);
}

std::string Checker::elsewhere(const std::string& name) const {
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

std::vector<std::string> Checker::all_fields() const {
    std::vector<std::string> names;
    for (const auto& kind : schema_.kinds)
        for (const auto* more : {&kind.fields, &kind.derived}) names.insert(names.end(), more->begin(), more->end());
    return names;
}

std::string Checker::example_field(KindId kind) const {
    return schema_[kind].fields.empty() ? "x" : schema_[kind].fields[0];
}

ExprPtr Checker::member_value(const Ast& tree, RowPtr of, const std::string& name) {
    const KindId kind = of->kind;
    const bool own = of->form == RowRef::Form::own;
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

ExprPtr Checker::attribute_value(const Ast& tree) {
    RowPtr of = expect_row(*tree.children[0]);
    const KindId kind = of->kind;
    if (ExprPtr found = member_value(tree, std::move(of), tree.name)) return found;
    if (tree.name == "source" || tree.name == "target" || tree.name == "reverse")
        fail(tree, fmt::format("'{}' is a row, not a number", shown(tree)),
             fmt::format("read a field of it: {}.{}", shown(tree), example_field(expect_row(tree)->kind)));
    unknown_field(tree, kind);
}

void Checker::unknown_field(const Ast& tree, KindId kind) {
    std::vector<std::string> names = schema_[kind].fields;
    names.insert(names.end(), schema_[kind].derived.begin(), schema_[kind].derived.end());
    for (const auto& event : schema_.events)
        if (event.on == kind) names.push_back(event.name);
    const std::string otherwise = names.empty() ? std::string{} : fmt::format("it has {}", listed(names));
    fail_at_attribute(tree, fmt::format("'{}' has no field called '{}'", schema_[kind].name, tree.name),
                      did_you_mean(tree.name, names, otherwise));
}

ExprPtr Checker::subscript_value(const Ast& tree) {
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

ExprPtr Checker::unary(const Ast& tree) {
    ExprPtr operand = value(*tree.children[0]);
    if (tree.name == "+") return operand;
    return call_of(tree.name == "-" ? Function::negate : Function::logical_not, tree, {std::move(operand)});
}

ExprPtr Checker::binary(const Ast& tree) {
    ExprPtr left = value(*tree.children[0]);
    ExprPtr right = value(*tree.children[1]);
    for (const OperatorEntry& entry : operators())
        if (entry.sign == tree.name && entry.binding != Binding::sign) return call_of(entry.function.value(), tree, {std::move(left), std::move(right)});
    throw GiveUp{};
}

ExprPtr Checker::comparison(const Ast& tree) {
    ExprPtr all;
    std::vector<ExprPtr> operands(tree.children.size());  // each is made once: a draw between two bounds is one draw
    for (std::size_t i = 0; i < tree.names.size(); ++i) {
        ExprPtr one = comparison_of(tree, i, operands);
        all = all ? call_of(Function::logical_and, tree, {std::move(all), std::move(one)}) : std::move(one);
    }
    return all;
}

ExprPtr Checker::comparison_of(const Ast& tree, std::size_t i, std::vector<ExprPtr>& operands) {
    const std::string& sign = tree.names[i];
    const Ast& left = *tree.children[i];
    const Ast& right = *tree.children[i + 1];
    const RowPtr left_row = try_row(left);
    const RowPtr right_row = try_row(right);
    suggest_self(left, right);
    suggest_self(right, left);
    if (left_row && right_row) return row_comparison(tree, sign, left_row, right_row);
    if (left_row) suggest_member(left, left_row->kind, right);
    if (right_row) suggest_member(right, right_row->kind, left);
    check_operands(tree, i, operands);
    return call_of(find_operator(Binding::comparison, sign)->function.value(), tree, {operands[i], operands[i + 1]});
}

void Checker::suggest_member(const Ast& row, KindId kind, const Ast& other) {
    if (is_name_or_text(other) && schema_.member(kind, other.name))
        fail(other, fmt::format("{} alone is not a row to compare '{}' with", in_quotes(other.name), shown(row)),
             fmt::format("name it with its kind: {}[{}]", schema_[kind].name, as_index(other.name)));
}

/// `name == russia` and `k.name == russia` want the row itself.
void Checker::suggest_self(const Ast& name, const Ast& other) {
    if (name.kind == Ast::Kind::attribute && name.name == "name" && is_name_or_text(other)) {
        const RowPtr row = try_row(*name.children[0]);
        if (row && !schema_.field(row->kind, "name") && !schema_.derived(row->kind, "name") && schema_.member(row->kind, other.name))
            fail(name, "rows have no field 'name': they are compared themselves",
                 fmt::format("write {} == {}[{}]", shown(*name.children[0]), schema_[row->kind].name, as_index(other.name)));
    }
    if (name.kind != Ast::Kind::name || name.name != "name" || !is_name_or_text(other) || !has_row() || schema_.parameter("name")) return;
    if (loop_name_ == "name" || std::find(context_.lets.begin(), context_.lets.end(), "name") != context_.lets.end()) return;
    const KindId agents = on_link() ? schema_[context_.on].source : context_.on;
    if (schema_.field(context_.on, "name") || schema_.derived(context_.on, "name") || !schema_.member(agents, other.name)) return;
    fail(name, "rows have no field 'name': they are compared themselves",
         fmt::format("write {} == {}[{}]", on_link() ? "source" : "self", schema_[agents].name, as_index(other.name)));
}

ExprPtr Checker::row_comparison(const Ast& tree, const std::string& sign, RowPtr left, RowPtr right) {
    if (sign != "==" && sign != "!=")
        fail(tree, fmt::format("rows are not ordered: '{}' can't compare them", sign), "rows are compared with == and !=");
    if (left->kind != right->kind) fail(tree, fmt::format("a '{}' is never a '{}'", schema_[left->kind].name, schema_[right->kind].name));
    auto same = made(Expr::Kind::same_row, tree);
    same->row = std::move(left);
    same->other_row = std::move(right);
    if (sign == "==") return same;
    return call_of(Function::logical_not, tree, {std::move(same)});
}

bool Checker::contains_over_time(const Expr& expr) {
    return expr.kind == Expr::Kind::over_time ||
           std::any_of(expr.args.begin(), expr.args.end(), [](const ExprPtr& arg) { return contains_over_time(*arg); });
}

void Checker::forbid_mixed_time(const Expr& expr, bool over_time) {
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

}  // namespace entente
