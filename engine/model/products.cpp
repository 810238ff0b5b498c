// Sums of products over the links at one end of a link, of which one factor hangs on the other end and on where the item comes from, and one on
// the item: `sum(relation[source, k.source].affinity * k.accepts for k in relation.into(target))`. Pair by pair both factors are read for
// every item of every link. Taken apart, each is worked out once, and what is left is the product of a matrix and a vector for each target.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <entente/model/lowering.hpp>

namespace entente {
namespace {

/// What an expression looks at.
struct Looks {
    bool own = false;     ///< at the link itself, or what only its row can tell: its lets, draws, aggregates
    bool source = false;  ///< at an end of it
    bool target = false;
    bool item = false;  ///< at the item
    bool item_source = false;
    bool item_target = false;
};

void look(const RowRef& row, Looks& found) {
    const auto is_end_of = [&](RowRef::Form what) { return row.from && row.from->form == what; };
    if (row.form == RowRef::Form::source_of && is_end_of(RowRef::Form::own)) return void(found.source = true);
    if (row.form == RowRef::Form::target_of && is_end_of(RowRef::Form::own)) return void(found.target = true);
    if (row.form == RowRef::Form::source_of && is_end_of(RowRef::Form::loop)) return void(found.item_source = true);
    if (row.form == RowRef::Form::target_of && is_end_of(RowRef::Form::loop)) return void(found.item_target = true);
    if (row.form == RowRef::Form::own) found.own = true;
    if (row.form == RowRef::Form::loop) found.item = true;
    if (row.from) look(*row.from, found);
    if (row.to) look(*row.to, found);
}

void look(const Expr& expr, Looks& found) {
    if (expr.kind == Expr::Kind::let || expr.kind == Expr::Kind::draw || expr.kind == Expr::Kind::aggregate) found.own = true;
    if (expr.row) look(*expr.row, found);
    if (expr.other_row) look(*expr.other_row, found);
    for (const ExprPtr& arg : expr.args) look(*arg, found);
}

}  // namespace

/// The two factors, where the sum is of such products and each is worth taking apart.
std::optional<Lowering::Factors> Lowering::factors_of(const Expr& expr, const Binding& key) const {
    const auto& how = entry_of(expr.aggregate).reduction;
    const Expr& body = *expr.args[0];
    if (!known_ || !key.own || !how || how->how != Op::contribute || how->counted != Reduction::Counted::no || how->of_truth) return {};
    if (expr.filter || !expr.over.anchor || body.kind != Expr::Kind::call || body.function != Function::multiply) return {};
    const RowRef& anchor = *expr.over.anchor;
    const bool at_target = anchor.form == RowRef::Form::target_of;
    if ((!at_target && anchor.form != RowRef::Form::source_of) || anchor.from->form != RowRef::Form::own) return {};
    const bool is_into = expr.over.form == Collection::Form::into;
    for (const bool turned : {false, true}) {
        Looks of_ends;
        Looks of_item;
        look(*body.args[turned ? 1 : 0], of_ends);
        look(*body.args[turned ? 0 : 1], of_item);
        const bool far_only = !of_ends.own && !of_ends.item && !(at_target ? of_ends.target : of_ends.source) && !(is_into ? of_ends.item_target : of_ends.item_source);
        const bool near = at_target ? of_ends.source : of_ends.target;
        const bool item_only = !of_item.own && !(at_target ? of_item.source : of_item.target);
        if (far_only && near && item_only) return Factors{body.args[turned ? 1 : 0].get(), body.args[turned ? 0 : 1].get(), at_target, is_into};
    }
    return {};
}

/// Nothing where pairs are few beside all combinations of ends, or the factor of the ends may not be finite: then 0 times it is no 0.
std::optional<Lowering::AggregateColumns> Lowering::sum_of_products(const Expr& expr, const Factors& factors, const Binding& key, const Scope& outer,
                                                                    std::vector<Pass>& passes) {
    const Table& links = model_.tables[key.kind];
    const Table& items = model_.tables[expr.over.kind];
    const auto source = [&] { return maps_.source_of(*key.own, key.kind, key.rows); };
    const auto target = [&] { return maps_.target_of(*key.own, key.kind, key.rows); };
    const Route near_row = factors.at_target ? source() : target();
    const Route anchor_row = factors.at_target ? target() : source();
    const auto items_at = [&](RowIndex agent) { return factors.into ? items.into(agent) : items.out_of(agent); };
    const Checkpoint before = checkpoint();
    const KindId near_kind = factors.at_target ? links.source_kind : links.target_kind;
    const KindId far_kind = factors.into ? items.source_kind : items.target_kind;
    const RowList& near = list(near_kind, reached(near_kind, {{near_row, key.rows}}));
    std::vector<std::vector<RowIndex>> keys_at(static_cast<std::size_t>(model_.tables[factors.at_target ? links.target_kind : links.source_kind].rows));
    RowFlags wanted(static_cast<std::size_t>(items.rows));
    std::int64_t pairs = 0;
    for (std::int64_t row = 0; row < key.rows; ++row) {
        const RowIndex agent = maps_.at(anchor_row, row);
        keys_at[static_cast<std::size_t>(agent)].push_back(static_cast<RowIndex>(row));
        pairs += std::ssize(items_at(agent));
        if (keys_at[static_cast<std::size_t>(agent)].size() == 1)
            for (const RowIndex item : items_at(agent)) wanted[static_cast<std::size_t>(item)] = true;
    }
    if (pairs < fewest_products_ || 2 * pairs < near.rows * model_.tables[far_kind].rows) return roll_back(before), std::nullopt;

    const RowList& asked = list(expr.over.kind, wanted);
    const auto place = [](const RowList& rows, RowIndex row) { return rows.is_all() ? row : rows.place[static_cast<std::size_t>(row)]; };
    ProductsOf made;
    made.near = near.rows;
    for (std::size_t agent = 0; agent < keys_at.size(); ++agent) {
        if (keys_at[agent].empty()) continue;
        for (const RowIndex item : items_at(static_cast<RowIndex>(agent))) {
            made.items.push_back(place(asked, item));
            made.far.push_back((factors.into ? items.source : items.target)[static_cast<std::size_t>(item)]);
        }
        for (const RowIndex key_row : keys_at[agent]) {
            made.keys.push_back(key_row);
            made.key_near.push_back(place(near, maps_.at(near_row, key_row)));
        }
        made.item_offset.push_back(std::ssize(made.items));
        made.key_offset.push_back(std::ssize(made.keys));
    }
    std::vector<Pass> inner;
    SumProducts pass;
    pass.ends = factor_of_ends(expr, factors, key, outer, near, inner);
    if (!pass.ends.is_given()) return roll_back(before), std::nullopt;
    pass.items = factor_of_items(expr, factors, key, outer, asked, inner);
    pass.to = add_column(fmt::format("result of '{}'", expr.text), key.domain);
    pass.products = model_.products.add(std::move(made));
    passes.insert(passes.end(), inner.begin(), inner.end());
    passes.push_back(pass);
    return AggregateColumns{pass.to, {}};
}

/// The factor that hangs on two ends: for each far one, and among these for each near one. None where it may not be finite.
ColumnId Lowering::factor_of_ends(const Expr& expr, const Factors& factors, const Binding& key, const Scope& outer, const RowList& near,
                                  std::vector<Pass>& passes) {
    const Table& items = model_.tables[expr.over.kind];
    const std::int64_t far = model_.tables[factors.into ? items.source_kind : items.target_kind].rows;
    Binding at;
    at.rows = near.rows * far;
    at.kind = key.kind;
    at.loop_kind = expr.over.kind;
    (factors.at_target ? at.source : at.target) = end_of_grid(near, far, false);
    (factors.into ? at.loop_source : at.loop_target) = end_of_grid(near, far, true);
    at.domain = model_.domains.add({.name = fmt::format("pairs of ends of '{}'", expr.text), .rows = at.rows, .kind = {}, .shown_kind = {}});
    ProgramBuilder b = builder(at.rows);
    Scope scope{b, at, outer.owner, nullptr, nullptr};
    const Value factor = value(*factors.ends, scope, passes);
    if (!b.bounds(factor).is_finite()) return {};
    const std::string name = fmt::format("factor of ends of '{}'", expr.text);
    if (auto numbers = known_numbers(b, factor, at.rows)) return known_column(name, at, std::move(*numbers));
    const ColumnId column = add_column(name, at.domain);
    b.store({column, {}}, factor, {});
    passes.push_back(RunProgram{add_program(b.finish(), at.domain, expr.text)});
    return column;
}

/// One of the two ends, by row of all their combinations.
Route Lowering::end_of_grid(const RowList& near, std::int64_t far, bool is_far) {
    const auto [found, is_new] = grids_.try_emplace({near.at, near.rows, far, is_far}, Route{});
    if (!is_new) return found->second;
    RowMap rows;
    rows.reserve(static_cast<std::size_t>(near.rows * far) + vector_size);
    for (std::int64_t f = 0; f < far; ++f)
        for (std::int64_t n = 0; n < near.rows; ++n) rows.push_back(is_far ? static_cast<RowIndex>(f) : maps_.at(near.at, n));
    return found->second = maps_.listed(std::move(rows), is_far ? "far end" : "near end");
}

/// The numbers that a value is on all rows, if they are known.
std::optional<std::vector<double>> Lowering::known_numbers(const ProgramBuilder& b, Value value, std::int64_t rows) {
    if (b.is_constant(value)) return std::vector(static_cast<std::size_t>(rows), b.constant_of(value));
    const RowFacts* facts = b.facts(value);
    if (!facts || !std::ranges::all_of(facts->known, [](RowFacts::Known one) { return one == RowFacts::Known::yes; })) return {};
    return facts->value;
}

/// The factor that hangs on the item: for each that is asked for.
ColumnId Lowering::factor_of_items(const Expr& expr, const Factors& factors, const Binding& key, const Scope& outer, const RowList& asked,
                                   std::vector<Pass>& passes) {
    const KindId kind = expr.over.kind;
    Binding at;
    at.domain = asked.domain;
    at.rows = asked.rows;
    at.kind = key.kind;
    at.loop = asked.at;
    at.loop_kind = kind;
    (factors.at_target ? at.target : at.source) = factors.into ? maps_.target_of(asked.at, kind, at.rows) : maps_.source_of(asked.at, kind, at.rows);
    ProgramBuilder b = builder(at.rows);
    Scope scope{b, at, outer.owner, nullptr, nullptr};
    const ColumnId column = add_column(fmt::format("factor of items of '{}'", expr.text), at.domain);
    b.store({column, {}}, value(*factors.item, scope, passes), {});
    passes.push_back(RunProgram{add_program(b.finish(), at.domain, expr.text)});
    return column;
}

}  // namespace entente
