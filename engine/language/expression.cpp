#include <entente/language/expression.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/language/checker.hpp>

namespace entente {
namespace {

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

ExprPtr read_set_target(const Text& text, const Schema& schema, Problems& problems) {
    const Context context = without_row(schema);
    return read_with(text, problems, [&](const Ast& tree) { return Checker(text, context, problems).set_target(tree); });
}

RowPtr read_row(const Text& text, KindId kind, const Schema& schema, Problems& problems) {
    const auto& named = schema[kind];
    const auto trimmed = [](std::string_view part) {
        const std::size_t begin = part.find_first_not_of(" \t");
        return begin == std::string_view::npos ? std::string_view{} : part.substr(begin, part.find_last_not_of(" \t") - begin + 1);
    };
    const auto member = [&](std::string_view name, KindId of) -> RowPtr {
        if (const auto found = schema.member(of, name)) return make_row(RowRef::Form::member, of, nullptr, nullptr, *found);
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
        problems.error(text.at(0, written.size()), fmt::format("'{}' is not a row of '{}'", written, named.name),
                       named.is_link ? "a link is written source -> target" : "an agent is written by its name alone");
        return nullptr;
    }
    if (!named.is_link) return member(trimmed(written), kind);
    RowPtr from = member(trimmed(written.substr(0, arrow)), named.source);
    RowPtr to = member(trimmed(written.substr(arrow + 2)), named.target);
    if (!from || !to) return nullptr;
    return make_row(RowRef::Form::link_between, kind, std::move(from), std::move(to));
}

std::vector<std::pair<KindId, DerivedId>> derived_read_by(const Expr& expr) {
    std::vector<std::pair<KindId, DerivedId>> found;
    collect_derived(expr, found);
    return found;
}

}  // namespace entente
