#include <entente/language/expression.hpp>

#include <algorithm>
#include <optional>

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
auto read_with(const Text& text, const Schema& schema, Problems& problems, Read read) -> decltype(read(std::declval<const Ast&>())) {
    const AstPtr tree = parse(text, problems, [&](std::string_view name) {
        const std::string wanted(name);
        return std::ranges::any_of(schema.kinds, [&](const Schema::Kind& kind) { return kind.member_rows.contains(wanted); });
    });
    if (!tree) return nullptr;
    try {
        return read(*tree);
    } catch (const GiveUp&) {
        return nullptr;
    }
}

/// Rows as data name them: `russia`, `russia -> afghanistan`. A name may stand in quotes.
class RowReader {
public:
    RowReader(const Text& text, const Schema& schema, Problems& problems)
        : text_(text), written_(text.value), schema_(schema), problems_(problems) {}

    RowPtr read(KindId kind) {
        const auto& named = schema_[kind];
        const std::size_t arrow = find_arrow(written_);
        const bool has_arrow = arrow != std::string_view::npos;
        if (!named.is_link && has_arrow && !find(trimmed(written_), kind)) return refuse(named, "an agent is written by its name alone");
        if (!named.is_link) return member(trimmed(written_), kind);
        const std::string_view source = has_arrow ? trimmed(written_.substr(0, arrow)) : std::string_view{};
        const std::string_view target = has_arrow ? trimmed(written_.substr(arrow + 2)) : std::string_view{};
        if (source.empty() || target.empty()) return refuse(named, "a link is written source -> target");
        RowPtr from = member(source, named.source);
        RowPtr to = member(target, named.target);
        if (!from || !to) return nullptr;
        return make_row(RowRef::Form::link_between, kind, std::move(from), std::move(to));
    }

private:
    static std::string_view trimmed(std::string_view part) {
        const std::size_t begin = part.find_first_not_of(" \t");
        return begin == std::string_view::npos ? std::string_view{} : part.substr(begin, part.find_last_not_of(" \t") - begin + 1);
    }

    RowPtr refuse(const Schema::Kind& kind, std::string help) {
        problems_.error(text_.at(0, written_.size()), fmt::format("'{}' is not a row of '{}'", written_, kind.name), std::move(help));
        return nullptr;
    }

    [[nodiscard]] std::optional<MemberId> find(std::string_view name, KindId of) const {
        if (const auto held = name_in_quotes(name))
            if (const auto found = schema_.member(of, *held)) return found;
        return schema_.member(of, name);
    }

    RowPtr member(std::string_view name, KindId of) {
        if (const auto found = find(name, of)) return make_row(RowRef::Form::member, of, nullptr, nullptr, *found);
        const auto& members = schema_[of].members;
        const std::string wanted = name_in_quotes(name).value_or(std::string(name));
        const std::size_t offset = name.empty() ? 0 : static_cast<std::size_t>(name.data() - written_.data());
        problems_.error(text_.at(offset, std::max<std::size_t>(name.size(), 1)),
                        fmt::format("no member of '{}' is called {}", schema_[of].name, in_quotes(wanted)),
                        did_you_mean_name(wanted, members, members.empty() ? "its agents have no names" : fmt::format("its members are {}", listed(as_indices(members)))));
        return nullptr;
    }

    const Text& text_;
    std::string_view written_;
    const Schema& schema_;
    Problems& problems_;
};

void collect_derived(const Expr& expr, std::vector<std::pair<KindId, DerivedId>>& found) {
    if (expr.kind == Expr::Kind::derived) found.emplace_back(expr.row->kind, expr.derived);
    for (const ExprPtr& arg : expr.args) collect_derived(*arg, found);
    if (expr.filter) collect_derived(*expr.filter, found);
}

}  // namespace

ExprPtr read_expression(const Text& text, const Context& context, Problems& problems) {
    return read_with(text, *context.schema, problems, [&](const Ast& tree) { return Checker(text, context, problems).run(tree); });
}

ExprPtr read_state_target(const Text& text, const Schema& schema, Problems& problems) {
    const Context context = without_row(schema);
    return read_with(text, schema, problems, [&](const Ast& tree) { return Checker(text, context, problems).state_target(tree); });
}

ExprPtr read_set_target(const Text& text, const Schema& schema, Problems& problems) {
    const Context context = without_row(schema);
    return read_with(text, schema, problems, [&](const Ast& tree) { return Checker(text, context, problems).set_target(tree); });
}

RowPtr read_row(const Text& text, KindId kind, const Schema& schema, Problems& problems) {
    return RowReader(text, schema, problems).read(kind);
}

std::vector<std::pair<KindId, DerivedId>> derived_read_by(const Expr& expr) {
    std::vector<std::pair<KindId, DerivedId>> found;
    collect_derived(expr, found);
    return found;
}

}  // namespace entente
