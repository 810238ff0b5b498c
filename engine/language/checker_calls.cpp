#include <entente/language/checker.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace entente {

namespace {

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

}  // namespace

ExprPtr Checker::call(const Ast& tree) {
    const Ast& callee = *tree.children[0];
    if (callee.kind != Ast::Kind::name) not_callable(tree);
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
    const std::string foreign(help_with_foreign_function(name));
    fail(callee, fmt::format("no function is called '{}'", name),
         foreign.empty() ? did_you_mean(name, known, "`entente reference` lists all functions") : foreign);
}

/// `random.normal(0, 3)` and the like: functions live in no modules.
void Checker::not_callable(const Ast& tree) {
    const Ast& callee = *tree.children[0];
    std::string help = "functions are called by name: exp(x)";
    const bool is_module = callee.kind == Ast::Kind::attribute && callee.children[0]->kind == Ast::Kind::name &&
                           !is_reserved_name(callee.children[0]->name) && callee.children[0]->name != loop_name_;
    if (is_module) {
        const std::string& name = callee.name;
        const bool is_known = find_entry(functions(), name) || find_entry(draws(), name) || find_entry(aggregates(), name);
        if (const auto foreign = help_with_foreign_function(name); !foreign.empty()) help = foreign;
        if (is_known) help = fmt::format("write {}{}", name, text_.value.substr(callee.end, tree.end - callee.end));
    }
    fail(callee, fmt::format("'{}' can't be called", shown(callee)), std::move(help));
}

std::vector<ExprPtr> Checker::arguments(const Ast& tree, const Callable& callable) {
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
        if (!values[i]) fail(tree, fmt::format("{}(…) lacks its argument '{}'", callable.name, names[i]), std::string(callable.signature));
    return values;
}

std::string Checker::arity(const Callable& callable) {
    if (callable.most < 0) return fmt::format("at least {} arguments", callable.fewest);
    if (callable.fewest == callable.most) return fmt::format("{} argument{}", callable.most, callable.most == 1 ? "" : "s");
    return fmt::format("{} to {} arguments", callable.fewest, callable.most);
}

ExprPtr Checker::function_call(const Ast& tree, const FunctionEntry& entry) {
    std::vector<ExprPtr> args = arguments(tree, entry);
    ExprPtr result = call_of(entry.function, tree,
                             {args.begin(), args.begin() + std::min<std::ptrdiff_t>(std::ssize(args), entry.most < 0 ? 2 : entry.most)});
    if (entry.most < 0)
        for (std::size_t i = 2; i < args.size(); ++i) result = call_of(entry.function, tree, {std::move(result), std::move(args[i])});
    return result;
}

ExprPtr Checker::draw_call(const Ast& tree, const DrawEntry& entry) {
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

ExprPtr Checker::has(const Ast& tree) {
    if (tree.children.size() != 2 || !tree.keywords[0].empty()) fail(tree, "has(…) takes one link", "has(relation[a, b])");
    const RowPtr link = expect_row(*tree.children[1]);
    if (!schema_[link->kind].is_link) fail(tree, "has(…) asks for a link, and this is an agent", "has(relation[a, b])");
    auto expr = made(Expr::Kind::has, tree);
    expr->row = link;
    return expr;
}

ExprPtr Checker::over_time(const Ast& tree, const OverTimeEntry& entry) {
    if (loop_)
        fail(tree, fmt::format("{}(…) can't be used inside an aggregate", entry.name),
             fmt::format("swap them: {}(…) around the aggregate", entry.name));
    if (!context_.over_time_allowed)
        fail(tree, fmt::format("{}(…) looks over time, which only measures do", entry.name), "keep what is needed in a field");
    if (inside_over_time_) fail(tree, fmt::format("{}(…) can't be used inside another function over time", entry.name));
    inside_over_time_ = true;
    std::vector<ExprPtr> args = arguments(tree, entry);
    inside_over_time_ = false;
    auto expr = made(Expr::Kind::over_time, tree);
    expr->over_time = entry.over_time;
    expr->args = std::move(args);
    return expr;
}

}  // namespace entente
