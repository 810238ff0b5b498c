#include <algorithm>

#include <entente/model/compiler.hpp>

namespace entente {
namespace {

/// The derived value of a row itself.
ExprPtr own_derived(KindId kind, int number) {
    auto row = std::make_shared<RowRef>();
    row->kind = kind;
    auto expr = std::make_shared<Expr>();
    expr->kind = Expr::Kind::derived;
    expr->row = row;
    expr->derived = DerivedId{number};
    return expr;
}

}  // namespace

/// Whether drawings of relations have room for the kind.
bool Compiler::draws(const Table& table) const {
    std::int64_t agents = 0;
    for (const Table& one : model_.tables) agents += one.is_link ? 0 : one.rows;
    return agents <= most_agents_shown && (table.is_link ? table.rows <= most_links_shown : shows_ == Shown::replay);
}

bool Compiler::is_shown(const Table& table) const {
    return table.rows > 0 && (shows_ == Shown::derived || draws(table));
}

/// Fields stand in their columns; derived values take programs of their own, which run only when asked.
void Compiler::add_shown() {
    ProgramBuilder rows;
    if (unrolled_.builder) {
        unrolled_.builder = &rows;
        unrolled_.before.clear();
    }
    lowering_.begin_step();
    for (const KindId kind : model_.tables.ids()) {
        const Table& table = model_.tables[kind];
        if (table.rows > 0 && (shows_ == Shown::relations || shows_ == Shown::replay)) add_spatial(kind, rows);
        if (!is_shown(table)) continue;
        for (int number = 0; number < std::ssize(scenario_.derived(kind)); ++number) model_.shown.push_back(shown_derived(kind, number, rows));
        for (int number = 0; shows_ != Shown::derived && number < std::ssize(scenario_.fields(kind)); ++number)
            model_.shown.push_back({kind, false, number, lowering_.field_column(kind, FieldId{number})});
    }
    if (!unrolled_.builder || rows.size() == 0) return;
    model_.show.push_back(RunProgram{lowering_.add_program(rows.finish(), lowering_.world_domain(), "relations")});
}

/// Whether agents of the kind are on maps, and maps have room for it.
bool Compiler::has_places(KindId kind) const {
    const Table& table = model_.tables[kind];
    return !table.is_link && table.rows <= most_places_shown &&
           std::ranges::any_of(scenario_.agent_kind(kind).members, [](const AgentMember& member) { return member.site.is_given(); });
}

/// Whether links make a grid of the kind's agents, one that can be drawn.
bool Compiler::is_grid(KindId kind) const {
    return !model_.tables[kind].is_link && model_.tables[kind].rows <= most_cells_shown &&
           std::ranges::any_of(scenario_.links, [&](const LinkKind& links) { return links.source == kind && links.pattern && links.pattern->form == Pattern::Form::grid; });
}

/// Links that the network shows are not kept a second time, nor agents that a replay shows.
void Compiler::add_spatial(KindId kind, ProgramBuilder& rows) {
    using Use = SpatialQuantity::Use;
    const Table& table = model_.tables[kind];
    const bool on_map = has_places(kind);
    const bool places = on_map && !draws(table);
    const bool cells = !on_map && is_grid(kind);
    const bool arcs = table.is_link && !draws(table) && table.rows <= most_arcs_shown && has_places(table.source_kind) && has_places(table.target_kind);
    if (!places && !cells && !arcs) return;
    const Use use = places ? Use::places : cells ? Use::cells : Use::arcs;
    for (int number = 0; places && number < std::ssize(scenario_.derived(kind)); ++number) model_.spatial.push_back({use, shown_derived(kind, number, rows)});
    for (int number = 0; number < std::ssize(scenario_.fields(kind)); ++number)
        model_.spatial.push_back({use, {kind, false, number, lowering_.field_column(kind, FieldId{number})}});
}

/// Gives the column that the kind's derived value is computed into.
ShownQuantity Compiler::shown_derived(KindId kind, int number, ProgramBuilder& rows) {
    const std::string name = model_.tables[kind].name + '.' + scenario_.derived(kind)[static_cast<std::size_t>(number)].name;
    const auto tree = own_derived(kind, number);
    const ColumnId column = lowering_.add_column(name, domain_of(kind));
    const ShownQuantity quantity{kind, true, number, column};
    if (unrolled_.builder) {
        const std::size_t passes = model_.show.size();
        try {
            measure_rows(kind, Rows::one_by_one, rows, model_.show, [&](Scope& scope, RowIndex row) {
                scope.builder.store({column, {}, row}, lowering_.value(*tree, scope, model_.show), {});
            });
            return quantity;
        } catch (const NotUnrolled&) {  // the steps are written out row by row, and stay so; this is computed by table
            model_.show.resize(passes);
        }
    }
    ProgramBuilder own;
    Scope scope{own, lowering_.own_rows(kind), {}, nullptr, nullptr};
    own.store({column, {}}, lowering_.value(*tree, scope, model_.show), {});
    model_.show.push_back(RunProgram{lowering_.add_program(own.finish(), domain_of(kind), "relations")});
    return quantity;
}

}  // namespace entente
