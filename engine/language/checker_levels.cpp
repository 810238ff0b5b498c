#include <algorithm>

#include <fmt/format.h>

#include <entente/language/checker.hpp>

namespace entente {

bool Checker::is_level(const Ast& tree) const {
    return tree.kind == Ast::Kind::name && schema_.level_values.contains(tree.name);
}

ExprPtr Checker::level(const Ast& tree) {
    const auto named = schema_.level_values.find(tree.name);
    if (levels_ && !levels_->empty()) {
        if (const auto own = level_among(*levels_, tree.name)) return number(tree, *own);
        if (named != schema_.level_values.end())
            fail(tree, fmt::format("'{}' is not a level of '{}'", tree.name, leveled_field_), did_you_mean(tree.name, *levels_, fmt::format("its levels are {}", listed(*levels_))));
    }
    if (named == schema_.level_values.end()) return nullptr;
    if (named->second.size() > 1)
        fail(tree, fmt::format("'{}' is a level of several fields, and not the same number in all", tree.name),
             "compare it with one of the fields alone, as in field == level, or give one of the levels another name");
    return number(tree, *named->second.begin());
}

std::string Checker::did_you_mean_level(const std::string& name) const {
    if (levels_ && !levels_->empty())
        return did_you_mean(name, *levels_, fmt::format("the levels of '{}' are {}", leveled_field_, listed(*levels_)));
    std::vector<std::string> all;
    for (const auto& [level, values] : schema_.level_values) all.push_back(level);
    return did_you_mean(name, all);
}

bool Checker::may_be_level(const Ast& tree) const {
    if (tree.kind != Ast::Kind::name) return false;
    if (is_level(tree)) return true;
    const std::vector<std::string> known = known_names();
    return !schema_.level_values.empty() && std::ranges::find(known, tree.name) == known.end();
}

const Expr* Checker::leveled(const Expr& expr, const Schema& schema) {
    switch (expr.kind) {
        case Expr::Kind::field:
            return schema.levels(expr.row->kind, expr.field).empty() ? nullptr : &expr;
        case Expr::Kind::aggregate:
        case Expr::Kind::over_time:
            return leveled(*expr.args[0], schema);
        case Expr::Kind::call:
            for (const ExprPtr& arg : expr.args)
                if (const Expr* found = leveled(*arg, schema)) return found;
            return nullptr;
        case Expr::Kind::number:
        case Expr::Kind::parameter:
        case Expr::Kind::input:
        case Expr::Kind::clock:
        case Expr::Kind::derived:
        case Expr::Kind::event:
        case Expr::Kind::let:
        case Expr::Kind::has:
        case Expr::Kind::same_row:
        case Expr::Kind::draw:
            return nullptr;
    }
    return nullptr;
}

void Checker::check_operands(const Ast& tree, std::size_t i, std::vector<ExprPtr>& operands) {
    const auto* before = levels_;
    const std::string before_field = leveled_field_;
    levels_ = nullptr;  // what is compared is not what is written
    for (const std::size_t k : {i, i + 1})
        if (!operands[k] && !may_be_level(*tree.children[k])) operands[k] = value(*tree.children[k]);
    for (const std::size_t k : {i, i + 1}) {
        if (operands[k]) continue;
        const ExprPtr& other = operands[k == i ? i + 1 : i];
        const Expr* field = other ? leveled(*other, schema_) : nullptr;
        levels_ = field ? &schema_.levels(field->row->kind, field->field) : nullptr;
        if (field) leveled_field_ = schema_[field->row->kind].fields[static_cast<std::size_t>(field->field.value)];
        operands[k] = value(*tree.children[k]);
    }
    levels_ = before;
    leveled_field_ = before_field;
}

}  // namespace entente
