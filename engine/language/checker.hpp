/// The checker's inside: one expression's names resolved and its shapes compared, problem by problem.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <entente/language/expression.hpp>
#include <entente/language/parser.hpp>

namespace entente {

/// Thrown inside the checker only, after the problem was said.
struct GiveUp {};

/// A row reference made in place.
RowPtr make_row(RowRef::Form form, KindId kind, RowPtr from = nullptr, RowPtr to = nullptr, MemberId member = {});

/// The entry of a vocabulary's table by name, or null.
template <class Entry>
const Entry* find_entry(std::span<const Entry> entries, std::string_view name) {
    for (const Entry& entry : entries)
        if (entry.name == name) return &entry;
    return nullptr;
}

/// A name, in quotes or without.
inline bool is_name_or_text(const Ast& tree) {
    return tree.kind == Ast::Kind::name || tree.kind == Ast::Kind::text;
}

class Checker {
public:
    Checker(const Text& text, const Context& context, Problems& problems)
        : text_(text), context_(context), schema_(*context.schema), problems_(problems), levels_(context.levels), leveled_field_(context.field) {}
    ExprPtr run(const Ast& tree);
    RowPtr row_of(const Ast& tree);
    /// `relation[a, b].field` of named rows.
    ExprPtr state_target(const Ast& tree);
    /// The same, `relation[*, b].field` of all rows or those at one end, or the name of a parameter.
    ExprPtr set_target(const Ast& tree);

private:
    // messages
    [[noreturn]] void fail(const Ast& at, std::string what, std::string help = {});
    std::string shown(const Ast& at) const;
    /// The last name of an attribute: `trust` of `source.trust`.
    [[noreturn]] void fail_at_attribute(const Ast& at, std::string what, std::string help);
    bool starting() const;
    bool has_row() const;
    bool on_link() const;
    std::string place_name() const;
    std::shared_ptr<Expr> made(Expr::Kind kind, const Ast& at) const;
    std::shared_ptr<Expr> call_of(Function function, const Ast& at, std::vector<ExprPtr> args) const;

    // values
    ExprPtr value(const Ast& tree);
    [[noreturn]] void not_a_value(const Ast& text);
    ExprPtr number(const Ast& tree, double x);
    ExprPtr named_value(const Ast& tree);
    ExprPtr constant_or_clock(const Ast& tree);
    /// A level's number: among those of the field that it is compared with or written to, else the one that all fields agree on.
    ExprPtr level(const Ast& tree);
    [[nodiscard]] bool is_level(const Ast& tree) const;
    /// A level's name, or one that is unknown: of a level it may be.
    [[nodiscard]] bool may_be_level(const Ast& tree) const;
    /// A level that is called nearly so, of the field that is written to or compared with, or of any; "" where there is none.
    [[nodiscard]] std::string did_you_mean_level(const std::string& name) const;
    /// The field whose levels an expression's value has, or null.
    static const Expr* leveled(const Expr& expr, const Schema& schema);
    std::vector<std::string> known_names() const;
    /// How a row of a kind is named: `relation[a, b]`, `state[a]`.
    std::string example_row(KindId kind) const;
    [[noreturn]] void unknown_name(const Ast& tree);
    /// Where a name that is unknown on this row is known.
    std::string elsewhere(const std::string& name) const;
    std::vector<std::string> all_fields() const;
    std::string example_field(KindId kind) const;
    /// Field, derived field or event of a row; null when the kind has none of that name.
    ExprPtr member_value(const Ast& tree, RowPtr of, const std::string& name);
    ExprPtr attribute_value(const Ast& tree);
    [[noreturn]] void unknown_field(const Ast& tree, KindId kind);
    ExprPtr field_of_rows(const Ast& tree);
    ExprPtr rows_at_ends(const Ast& tree, KindId id);
    ExprPtr parameter_target(const Ast& tree);
    ExprPtr subscript_value(const Ast& tree);

    // rows
    RowPtr expect_row(const Ast& tree);
    /// The row that `tree` names, or null when it names none. Known forms used wrongly are problems.
    RowPtr try_row(const Ast& tree);
    RowPtr named_row(const Ast& tree);
    RowPtr end_of(const Ast& tree, const RowPtr& link, const std::string& which);
    RowPtr lookup(const Ast& tree, KindId id);
    /// An agent of kind `id`: a member's name, self, source, target, or a loop variable or its end.
    RowPtr endpoint(const Ast& tree, KindId id);

    // operators
    ExprPtr unary(const Ast& tree);
    ExprPtr binary(const Ast& tree);
    /// a < b <= c is (a < b) and (b <= c).
    ExprPtr comparison(const Ast& tree);
    ExprPtr comparison_of(const Ast& tree, std::size_t i, std::vector<ExprPtr>& operands);
    /// Names of levels alone are read last, among those of what they are compared with.
    void check_operands(const Ast& tree, std::size_t i, std::vector<ExprPtr>& operands);
    /// `target == russia` wants the row that the name is a member's of.
    void suggest_member(const Ast& row, KindId kind, const Ast& other);
    void suggest_self(const Ast& name, const Ast& other);
    ExprPtr row_comparison(const Ast& tree, const std::string& sign, RowPtr left, RowPtr right);

    // calls
    ExprPtr call(const Ast& tree);
    [[noreturn]] void not_callable(const Ast& tree);
    /// The arguments in the order of the signature, null where left out.
    std::vector<ExprPtr> arguments(const Ast& tree, const Callable& callable);
    static std::string arity(const Callable& callable);
    ExprPtr function_call(const Ast& tree, const FunctionEntry& entry);
    ExprPtr draw_call(const Ast& tree, const DrawEntry& entry);
    ExprPtr has(const Ast& tree);
    ExprPtr over_time(const Ast& tree, const OverTimeEntry& entry);

    // aggregates
    ExprPtr aggregate(const Ast& tree, const AggregateEntry& entry);
    void check_loop_name(const Ast& generator);
    std::vector<ExprPtr> body(const Ast& tree, const AggregateEntry& entry, const Ast& item);
    Collection collection(const Ast& tree);

    // measures
    static bool contains_over_time(const Expr& expr);
    /// Once a measure looks over time, the state may be read inside first(…), total(…) and the like only.
    void forbid_mixed_time(const Expr& expr, bool over_time);

    const Text& text_;
    const Context& context_;
    const Schema& schema_;
    Problems& problems_;
    RowPtr loop_;
    std::string loop_name_;
    const std::vector<std::string>* levels_ = nullptr;  ///< that a name standing alone is looked for among
    std::string leveled_field_;
    bool inside_over_time_ = false;
    int own_draws_ = 0;
};

}  // namespace entente
