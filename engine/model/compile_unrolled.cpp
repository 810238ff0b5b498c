// Small worlds: one program for the whole tick, in which the steps go through their rows one by one. What never changes is folded
// into it, rows on which a step can do nothing are left out, and values are shared from step to step.

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>
#include <optional>

#include <entente/base/hash.hpp>
#include <entente/model/compiler.hpp>

namespace entente {
namespace {

/// Beyond this many rows, or values in the program, steps run over whole tables.
constexpr std::int64_t most_rows = 64;
constexpr std::size_t most_unrolled_values = 30'000;
/// A random pattern may have fewer links than expected, but never so few.
constexpr double surely_too_many = 100 * most_rows;
constexpr double below_all = -std::numeric_limits<double>::infinity();

}  // namespace

/// One step while its rows are gone through.
struct Compiler::UnrolledStep {
    const Step& step;
    ProgramBuilder& builder;
    ColumnId counts{};             ///< of events
    std::vector<RowIndex> rows{};  ///< those on which something may happen …
    std::vector<Value> masks{};    ///< … where this holds; none: everywhere
    std::vector<Value> fired{};    ///< choice, by row: whether it is chosen; none: read from its count
    /// What is contributed to.
    struct Target {
        KindId kind;
        FieldId field;
        RowIndex row;
        auto operator<=>(const Target&) const = default;
    };
    std::map<Target, std::set<std::pair<RowIndex, Statement::On>>> contributors{};
    std::map<FieldAtEnd, ColumnId> sums{};
    std::map<Target, std::string> texts{};  ///< of the first statement that contributes

    [[nodiscard]] bool has(RowIndex row) const { return std::find(rows.begin(), rows.end(), row) != rows.end(); }
    [[nodiscard]] bool assigns(FieldId field) const {
        return std::any_of(step.statements.begin(), step.statements.end(),
                           [&](const Statement& s) { return s.on == Statement::On::own && s.field == field; });
    }
    /// Contributed to by one row only and not assigned otherwise: changed there and then, with no sum kept.
    [[nodiscard]] bool is_direct(const Target& target) const {
        return contributors.at(target).size() == 1 && !is_assigned(target);
    }
    [[nodiscard]] bool is_assigned(const Target& target) const {
        return target.kind == step.on && has(target.row) && assigns(target.field);
    }
};

Binding Compiler::unrolled_row(KindId kind, RowIndex row) const {
    assert(row >= 0 && row < model_.tables[kind].rows);
    Binding binding = lowering_.world();
    binding.kind = kind;
    binding.own = Route{Route::Form::fixed, {}, row};
    return binding;
}

/// What may be taken for constant until a step says otherwise: starts, where known, that the timeline leaves alone, and events that
/// can't have fired.
void Compiler::suppose_constants() {
    const auto by_timeline = timeline_writes();
    unrolled_.constants = unchanging_inputs_;
    for (const auto& [cell, value] : start_values_)
        if (starts_known_ && !by_timeline.contains(cell)) unrolled_.constants[cell] = value;
    for (CompiledEvent& event : model_.events) {
        event.reset_rows.emplace();
        for (std::int64_t row = 0; row < model_.rows_of(event.count); ++row) {
            const Cell cell{event.count, static_cast<RowIndex>(row)};
            if (fired_by_timeline_.contains(cell))
                event.reset_rows->push_back(row);
            else
                unrolled_.constants[cell] = 0;
        }
    }
}

/// Unrolls the steps into `tick`, with ever fewer suppositions until, with what is still taken for constant, every step leaves it as it is:
/// then it is.
void Compiler::unroll_with_constants(std::optional<ProgramBuilder>& tick) {
    suppose_constants();
    for (;;) {
        refuted_.clear();
        auto constants = unrolled_.constants;
        const std::size_t columns = model_.columns.size();
        unroll_steps(tick.emplace());
        if (std::erase_if(constants, [&](const auto& supposed) { return refuted_.contains(supposed.first); }) == 0) return;
        model_.columns.resize(columns);
        unrolled_.constants = std::move(constants);
    }
}

/// A store, unless the field holds just that for good.
void Compiler::store_field(UnrolledStep& at, ColumnId column, RowIndex row, Value value, Value mask) {
    ProgramBuilder& b = at.builder;
    if (const auto found = unrolled_.constants.find({column, row}); found != unrolled_.constants.end()) {
        if (b.is_constant(value) && std::bit_cast<std::uint64_t>(b.constant_of(value)) == std::bit_cast<std::uint64_t>(found->second)) return;
        refuted_.insert({column, row});
    }
    b.store({column, {}, row}, value, mask);
    overwrite(column, row);
}

/// Columns and rows that the timeline may change; notes what it fires.
std::set<Cell> Compiler::timeline_writes() {
    std::set<Cell> written;
    for (const TimelineEntry& entry : scenario_.timeline) {
        for (const TimelineEntry::Set& set : entry.sets) {
            if (set.target->kind == Expr::Kind::parameter) continue;
            const ColumnId column = lowering_.field_column(set.target->row->kind, set.target->field);
            for (const RowIndex row : rows_set(set)) written.insert({column, row});
        }
        if (entry.step < 0) continue;
        const Step& step = scenario_.steps[static_cast<std::size_t>(entry.step)];
        const Table& table = model_.tables[step.on];
        const RowIndex row = lowering_.route(*entry.row, lowering_.world()).row;
        fired_by_timeline_.insert({model_.events[step.event].count, row});
        for (const Statement& statement : step.statements) {
            const auto [kind, to] = end_of(table, step.on, row, statement.on);
            if (to >= 0) written.insert({lowering_.field_column(kind, statement.field), to});
        }
    }
    return written;
}

/// The kind and row that a statement on `row` changes.
std::pair<KindId, RowIndex> Compiler::end_of(const Table& table, KindId kind, RowIndex row, Statement::On on) {
    assert(row >= 0 && row < table.rows && (table.is_link || on == Statement::On::own));
    const auto r = static_cast<std::size_t>(row);
    if (on == Statement::On::source) return {table.source_kind, table.source[r]};
    if (on == Statement::On::target) return {table.target_kind, table.target[r]};
    if (on == Statement::On::reverse) return {kind, table.between(table.target[r], table.source[r])};
    return {kind, row};
}

Model Compiler::run_unrolled() {
    if (expected_rows(scenario_) > surely_too_many) throw NotUnrolled{{ByTable::Reason::too_many_rows, expected_rows(scenario_), most_rows}};  // before a large world is laid out twice
    std::int64_t rows = 0;
    ProgramBuilder none;
    unrolled_.builder = &none;
    lowering_.unroll(&unrolled_);
    add_tables();
    for (const Table& table : model_.tables) rows += table.rows;
    if (rows > most_rows) throw NotUnrolled{{ByTable::Reason::too_many_rows, static_cast<double>(rows), most_rows}};
    begin();
    std::optional<ProgramBuilder> tick;
    unroll_with_constants(tick);
    record_constants();
    for (CompiledEvent& event : model_.events) {
        event.possible_rows.emplace();
        for (std::int64_t row = 0; row < model_.rows_of(event.count); ++row)
            if (!unrolled_.constants.contains({event.count, static_cast<RowIndex>(row)})) event.possible_rows->push_back(row);
    }
    for (const Step& step : scenario_.steps)
        model_.steps.push_back({.name = step.name, .passes = {}, .rows = model_.tables[step.on].rows, .on = step.on});
    add_timeline();
    add_measures(*tick);
    if (shows_ != Shown::nothing) add_shown();
    tell_conditions();
    add_map_offsets();
    return std::move(model_);
}

void Compiler::unroll_steps(ProgramBuilder& builder) {
    unrolled_.builder = &builder;
    for (const Step& step : scenario_.steps) unroll(step, builder);
    unrolled_.before.clear();
    shown_step_.clear(), shown_row_.clear();
    builder.mark(-1);  // the measures
}

void Compiler::record_constants() {
    for (const auto& [cell, value] : unrolled_.constants) model_.record.folded.push_back({cell, value});
}

void Compiler::unroll(const Step& step, ProgramBuilder& builder) {
    UnrolledStep at{step, builder};
    shown_step_ = step.name;
    builder.mark(number_of(step));
    clear_left_out(step);  // found anew
    old_values_.clear();
    unrolled_.before.clear();
    unroll_masks(at);
    unroll_contributors(at);
    if (step.form == Step::Form::choice) unroll_choice(at);
    for (std::size_t number = 0; number < at.rows.size(); ++number) unroll_row(at, number);
    shown_row_.clear();
    builder.mark(number_of(step));
    apply_sums(at);
    if (builder.size() > most_unrolled_values) throw NotUnrolled{{ByTable::Reason::too_many_values, static_cast<double>(builder.size()), most_unrolled_values}};
}

Compiler::Draft Compiler::row_draft(UnrolledStep& at, RowIndex row) {
    shown_row_ = row_name(model_.tables, at.step.on, row);
    return {at.step, at.builder, unrolled_row(at.step.on, row), lowering_.stream(at.step.name, stable_hash(at.step.name))};
}

/// The rows on which the step may do something, and copies of what it will overwrite, should other rows still ask for it.
void Compiler::unroll_masks(UnrolledStep& at) {
    ProgramBuilder& b = at.builder;
    const Step& step = at.step;
    const bool is_event = step.form != Step::Form::rule;
    if (is_event) at.counts = model_.events[step.event].count;
    for (std::int64_t r = 0; r < model_.tables[step.on].rows; ++r) {
        const auto row = static_cast<RowIndex>(r);
        Draft draft = row_draft(at, row);
        Value mask;
        if (step.where) {
            mask = lowering_.truth(*step.where->tree, draft.scope, draft.passes);
            if (b.is_constant(mask) && b.constant_of(mask) == 0) {
                if (fires_on_record(step, row) && step.form != Step::Form::choice) ask(draft, mask), note_asked(draft, 0, row);  // in vain
                model_.record.steps[static_cast<std::size_t>(number_of(step))].leave_out(row);
                continue;
            }
            if (b.is_constant(mask)) mask = {};
        }
        at.rows.push_back(row);
        at.masks.push_back(mask);
    }
    const auto keep_old = [&](ColumnId column, RowIndex row) {
        const Value old = b.op(Op::copy, b.load({.column = column, .row = row}));
        return old_values_[{column, row}] = old;
    };
    for (const RowIndex row : at.rows) {
        for (const Statement& statement : step.statements) {
            const auto [kind, to] = end_of(model_.tables[step.on], step.on, row, statement.on);
            if (to < 0) continue;
            keep_old(lowering_.field_column(kind, statement.field), to);
            if (statement.on == Statement::On::own) continue;
            const UnrolledStep::Target target{kind, statement.field, to};
            at.contributors[target].emplace(row, statement.on);
            at.texts.emplace(target, statement.text.value);
        }
        if (!is_event) continue;
        const Cell count{at.counts, row};
        unrolled_.before[count] = fired_by_timeline_.contains(count) ? keep_old(at.counts, row) : b.constant(0);
        unrolled_.constants.erase(count);
    }
}

/// Sums begin with 0.
void Compiler::unroll_contributors(UnrolledStep& at) {
    for (const auto& [target, rows] : at.contributors) {
        if (at.is_direct(target)) continue;
        const auto& [kind, field, to] = target;
        for (const auto& [row, on] : rows) {
            ColumnId& sums = at.sums[{kind, field, on}];
            if (!sums.is_given()) sums = lowering_.add_column("contributions to " + column_name(kind, field), domain_of(kind));
        }
        std::set<Statement::On> ends;
        for (const auto& [row, on] : rows) ends.insert(on);
        for (const Statement::On on : ends) at.builder.store({at.sums.at({kind, field, on}), {}, to}, at.builder.constant(0), {});
    }
    at.builder.settle();
}

/// From now on, who asks for the value that the step found is given the copy.
void Compiler::overwrite(ColumnId column, RowIndex row) {
    if (const auto found = old_values_.find({column, row}); found != old_values_.end()) unrolled_.before[{column, row}] = found->second;
}

/// How often the event fired on this row this tick, with what the timeline fired.
void Compiler::store_count(UnrolledStep& at, RowIndex row, Value fired) {
    ProgramBuilder& b = at.builder;
    if (fired_by_timeline_.contains({at.counts, row})) fired = b.op(Op::add, b.load({.column = at.counts, .row = row}), fired);
    b.store({at.counts, {}, row}, fired, {});
}

/// What the record says of the links of one source.
Compiler::RecordedChoice Compiler::choice_on_record(UnrolledStep& at, RowIndex source) {
    RecordedChoice recorded;
    StepConditions* of = conditions_of(at.step);
    if (!of) return recorded;
    ProgramBuilder& b = at.builder;
    const Table& table = model_.tables[at.step.on];
    recorded.required = b.constant(0);
    recorded.chance = {of->chance, {}, source};
    recorded.required_at = {of->required, {}, source};
    for (std::int64_t r = 0; r < table.rows; ++r) {
        const auto row = static_cast<RowIndex>(r);
        if (table.source[static_cast<std::size_t>(r)] != source) continue;
        if (!at.has(row) && !fires_on_record(at.step, row)) continue;
        Draft draft = row_draft(at, row);
        const Value asked = count_on_record(at.step, draft.scope, draft.passes);
        recorded.asked[row] = asked;
        recorded.is_asked = recorded.is_asked || may_be_asked(b, asked, 0);
        recorded.required = b.op(Op::logical_or, recorded.required, b.op(Op::less, b.constant(0), asked));
    }
    of->rows[static_cast<std::size_t>(source)] = recorded.is_asked;
    return recorded;
}

/// Told before what follows may be skipped: that none of its links can be chosen.
void Compiler::ask(const RecordedChoice& recorded, ProgramBuilder& b, Value any) {
    const Value in_vain = b.op(Op::logical_and, recorded.required, b.op(Op::logical_not, any));
    b.store(recorded.required_at, recorded.required, {});
    b.store(recorded.chance, b.op(Op::select, in_vain, b.constant(below_all), b.constant(0)), {});
    b.settle();
}

/// See choose_as_on_record().
void Compiler::store_chance(UnrolledStep& at, const RecordedChoice& recorded, Value outside, const std::vector<std::size_t>& links,
                            const std::vector<Value>& utilities) {
    ProgramBuilder& b = at.builder;
    Value top = outside;
    for (const Value utility : utilities) top = b.op(Op::maximum, top, utility);
    Value total = b.op(Op::exp, b.op(Op::subtract, outside, top));
    Value left = b.op(Op::select, recorded.required, b.constant(0), total);
    for (std::size_t i = 0; i < links.size(); ++i) {
        const Value weight = b.op(Op::exp, b.op(Op::subtract, utilities[i], top));
        const Value is_left = left_by_record(b, recorded.asked.at(at.rows[links[i]]), recorded.required);
        total = b.op(Op::add, total, weight);
        left = b.op(Op::add, left, b.op(Op::select, is_left, weight, b.constant(0)));
    }
    b.store(recorded.chance, b.op(Op::subtract, b.op(Op::log, left), b.op(Op::log, total)), {});
}

/// See share_of_choice().
void Compiler::store_shares(UnrolledStep& at, Value outside, const std::vector<std::size_t>& links, const std::vector<Value>& utilities) {
    ProgramBuilder& b = at.builder;
    Value top = outside;
    for (const Value utility : utilities) top = b.op(Op::maximum, top, utility);
    Value total = b.op(Op::exp, b.op(Op::subtract, outside, top));
    std::vector<Value> weights;
    for (const Value utility : utilities) {
        weights.push_back(b.op(Op::exp, b.op(Op::subtract, utility, top)));
        total = b.op(Op::add, total, weights.back());
    }
    for (std::size_t i = 0; i < links.size(); ++i) b.store({model_.events[at.step.event].chance, {}, at.rows[links[i]]}, b.op(Op::divide, weights[i], total), {});
}

/// See choose(): source after source, and its links in their order.
void Compiler::unroll_choice(UnrolledStep& at) {
    ProgramBuilder& b = at.builder;
    const Step& step = at.step;
    const Table& table = model_.tables[step.on];
    at.fired.resize(at.rows.size());
    for (std::int64_t s = 0; s < model_.tables[table.source_kind].rows; ++s) {
        const auto source = static_cast<RowIndex>(s);
        const Route route{Route::Form::fixed, {}, source};
        Draft draft(step, b, unrolled_row(table.source_kind, source), lowering_.stream(step.name, stable_hash(step.name)));
        shown_row_ = row_name(model_.tables, table.source_kind, source);
        Scope scope = at_source(draft, b, draft.scope.binding, route);
        const Value outside = outside_option(step, scope, draft.passes);
        std::vector<std::size_t> links;
        RecordedChoice recorded = choice_on_record(at, source);
        Value any = b.constant(0);
        bool in_timeline = false;
        for (std::size_t number = 0; number < at.rows.size(); ++number) {
            const RowIndex row = at.rows[number];
            if (table.source[static_cast<std::size_t>(row)] != source) continue;
            links.push_back(number);
            any = at.masks[number] ? b.op(Op::logical_or, any, at.masks[number]) : b.constant(1);
            in_timeline |= fired_by_timeline_.contains({at.counts, row});
        }
        if (recorded.is_asked) ask(recorded, b, links.empty() ? b.constant(0) : any);
        if (links.empty()) continue;
        const bool skips = !b.is_constant(any) && !in_timeline;  // then the choice is handed on by way of the count
        if (skips) {
            for (const std::size_t number : links) store_count(at, at.rows[number], b.constant(0));
            b.settle();
            b.skip_unless(any);
        }
        Value best = b.op(Op::add, outside, gumbel(scope, outside_stream(step, scope), table.source_kind, route));
        if (recorded.is_asked) best = b.op(Op::select, recorded.required, b.constant(below_all), best);
        std::vector<Value> scores;
        std::vector<Value> utilities;
        for (const std::size_t number : links) {
            const Value mask = at.masks[number];
            Draft link = row_draft(at, at.rows[number]);
            const Value utility = link_utility(step, link.scope, link.passes, mask);
            utilities.push_back(mask ? b.op(Op::select, mask, utility, b.constant(below_all)) : utility);
            Value noisy = b.op(Op::add, utility, gumbel(link.scope, link.scope.owner.stream, step.on, *link.scope.binding.own));
            if (recorded.is_asked) noisy = b.op(Op::select, left_by_record(b, recorded.asked.at(at.rows[number]), recorded.required), noisy, b.constant(below_all));
            const Value better = b.op(Op::maximum, best, noisy);
            best = mask ? b.op(Op::select, mask, better, best) : better;
            scores.push_back(mask ? b.op(Op::select, mask, noisy, b.constant(below_all)) : noisy);
        }
        if (recorded.is_asked) store_chance(at, recorded, outside, links, utilities);
        if (chances_) store_shares(at, outside, links, utilities);
        for (std::size_t i = 0; i < links.size(); ++i) {
            const Value mask = at.masks[links[i]];
            Value chosen = b.op(Op::equal, scores[i], best);
            if (recorded.is_asked) chosen = b.op(Op::logical_and, chosen, b.op(Op::less, b.constant(below_all), scores[i]));
            if (mask) chosen = b.op(Op::logical_and, mask, chosen);
            store_count(at, at.rows[links[i]], chosen);
            if (!skips) at.fired[links[i]] = chosen;
        }
        skips ? b.end_segment() : b.settle();
    }
}

/// Whether and how often the event fires; skips where it does not.
Value Compiler::unroll_firing(UnrolledStep& at, Draft& draft, std::size_t number) {
    ProgramBuilder& b = at.builder;
    const RowIndex row = at.rows[number];
    const Value mask = draft.mask;
    if (at.step.form == Step::Form::choice) return at.fired[number] ? at.fired[number] : b.load({.column = at.counts, .row = row});
    ask(draft, mask);
    note_asked(draft, 0, row);
    if (mask) {
        if (!fired_by_timeline_.contains({at.counts, row})) store_count(at, row, b.constant(0)), b.settle();
        b.skip_unless(mask);
    }
    const Value count = driven(draft);
    const Value fired = mask ? b.op(Op::select, mask, count, b.constant(0)) : count;
    store_count(at, row, fired);
    b.settle();
    return fired;
}

void Compiler::unroll_row(UnrolledStep& at, std::size_t number) {
    ProgramBuilder& b = at.builder;
    const RowIndex row = at.rows[number];
    b.mark(number_of(at.step), row);
    Draft draft = row_draft(at, row);
    draft.mask = at.masks[number];
    if (at.step.form == Step::Form::rule) {
        if (draft.mask) b.skip_unless(draft.mask);
    } else {
        const Value fired = unroll_firing(at, draft, number);
        draft.frame.event = at.step.event;
        draft.frame.fired = fired;
        draft.mask = lowering_.truth(b, fired);
        if (b.is_constant(draft.mask) && b.constant_of(draft.mask) != 0) draft.mask = {};
        if (draft.mask) b.skip_unless(draft.mask);
        store_chance_kept(draft);
    }
    statements(draft);
    finish_row(at, draft, row);
    b.end_segment();
}

void Compiler::finish_row(UnrolledStep& at, Draft& draft, RowIndex row) {
    ProgramBuilder& b = at.builder;
    for (const auto& [id, clamped_value] : draft.frame.assigned) {
        const ColumnId column = lowering_.field_column(at.step.on, id);
        const bool clamped_later = at.contributors.contains({at.step.on, id, row});
        store_field(at, column, row, clamped_later ? draft.unclamped.at(id) : clamped_value, draft.mask);
    }
    for (const auto& [key, all] : draft.contributions) {
        const auto& [kind, id, on] = key;
        const RowIndex to = all.to.row;
        assert(all.to.form == Route::Form::fixed && to >= 0);
        const UnrolledStep::Target target{kind, id, to};
        if (!at.is_direct(target)) {
            b.contribute(Op::contribute, {at.sums.at(key), {}, to}, all.value, draft.mask);
            continue;
        }
        const ColumnId column = lowering_.field_column(kind, id);
        refuted_.insert({column, to});
        const Value something = b.op(Op::not_equal, all.value, b.constant(0));
        shown_row_ = row_name(model_.tables, kind, to);
        apply(b, kind, id, {column, {}, to}, all.value,
              draft.mask ? b.op(Op::logical_and, draft.mask, something) : something, check(Check::Demand::finite, at.texts.at(target)));
        overwrite(column, to);
    }
}

void Compiler::apply_sums(UnrolledStep& at) {
    ProgramBuilder& b = at.builder;
    for (const auto& [target, rows] : at.contributors) {
        if (at.is_direct(target)) continue;
        const auto& [kind, id, to] = target;
        refuted_.insert({lowering_.field_column(kind, id), to});
        Value added;
        for (const auto& [key, sums] : at.sums) {  // in the order of the ends
            const bool here = std::any_of(rows.begin(), rows.end(), [end = key.end](const auto& from) { return from.second == end; });
            if (key.kind != kind || key.field != id || !here) continue;
            const Value sum = b.load({.column = sums, .row = to});
            added = added ? b.op(Op::add, added, sum) : sum;
        }
        assert(added);  // who contributes has a sum
        const Value something = b.op(Op::not_equal, added, b.constant(0));
        const bool assigned = at.is_assigned(target);
        if (!assigned) b.skip_unless(something);
        shown_row_ = row_name(model_.tables, kind, to);
        apply(b, kind, id, {lowering_.field_column(kind, id), {}, to}, added, assigned ? Value{} : something,
              check(Check::Demand::finite, at.texts.at(target)));
        b.end_segment();
    }
}

}  // namespace entente
