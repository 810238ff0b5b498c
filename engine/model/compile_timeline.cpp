// What is dated: events that happen, and values that are set from a tick on.

#include <algorithm>
#include <cassert>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/model/compiler.hpp>

namespace entente {

/// A parameter that the timeline sets begins with what the run gives it, and is read from its column once the starts are made.
void Compiler::add_parameter_columns() {
    for (const TimelineEntry& entry : scenario_.timeline)
        for (const TimelineEntry::Set& set : entry.sets) {
            if (set.target->kind != Expr::Kind::parameter) continue;
            const auto p = static_cast<std::size_t>(set.target->parameter.value);
            if (model_.parameter_columns[p].column.is_given()) continue;
            const std::string& name = model_.parameter_names[p];
            const ColumnId column = lowering_.add_column(name, lowering_.world_domain(), model_.parameter_values[p]);
            if (lowering_.is_varied(set.target->parameter)) {
                ProgramBuilder builder;
                builder.store({column, {}}, builder.uniform({.form = Uniform::Form::parameter, .number = set.target->parameter.value}), {});
                model_.start.push_back(RunProgram{lowering_.add_program(builder.finish(), lowering_.world_domain(), name)});
            }
            model_.parameter_columns[p] = {column, entry.tick};
        }
}

void Compiler::add_timeline() {
    std::map<std::pair<int, RowIndex>, std::vector<Pass>> fired;  // an event on a row does the same whenever it is on record
    for (const TimelineEntry& entry : scenario_.timeline) {
        if (entry.tick < 0 || entry.tick >= model_.calendar.ticks()) continue;  // warned of when read
        CompiledTimeline compiled{entry.tick, {}};
        if (entry.step >= 0) {
            const RowIndex row = lowering_.route(*entry.row, lowering_.world()).row;
            const auto [known, is_new] = fired.try_emplace({entry.step, row});
            if (is_new) known->second = fired_once(scenario_.steps[static_cast<std::size_t>(entry.step)], row);
            compiled.passes = known->second;
        }
        for (const TimelineEntry::Set& one : entry.sets) set(one, compiled.passes);
        model_.timeline.push_back(std::move(compiled));
    }
    tell_timeline_firings();
}

void Compiler::tell_timeline_firings() {
    for (std::size_t step = 0; step < scenario_.steps.size(); ++step)
        for (const auto& [at, count] : fired_by_timeline(static_cast<int>(step)))
            model_.timeline_firings.push_back({at.first, scenario_.steps[step].event, at.second, count});
    std::ranges::sort(model_.timeline_firings, {}, [](const TimelineFiring& one) { return std::tuple(one.tick, one.event, one.row); });
}

/// The event's statements on one row, whatever its chance.
std::vector<Pass> Compiler::fired_once(const Step& step, RowIndex row) {
    assert(step.form != Step::Form::rule && row >= 0);
    lowering_.begin_step();
    std::vector<Pass> passes;
    ProgramBuilder builder;
    Draft draft(step, builder, lowering_.one_row(step.on, row),
                lowering_.stream(step.name + " in the timeline", mix(stable_hash(step.name), stable_hash("timeline"))));
    const ColumnId count = model_.events[step.event].count;
    draft.frame.event = step.event;
    draft.frame.fired = draft.builder.constant(1);
    draft.count = draft.builder.op(Op::add, lowering_.read(draft.builder, count, {Route::Form::fixed, {}, row}), draft.builder.constant(1));
    statements(draft);
    finish(draft, passes);
    return passes;
}

void Compiler::set(const TimelineEntry::Set& set, std::vector<Pass>& passes) {
    lowering_.begin_step();  // each sees what came before it
    const Expr& target = *set.target;
    const std::string what = fmt::format("set: {}: {}", set.text.value, set.value.text.value);
    if (target.kind == Expr::Kind::parameter)
        set_parameter(target.parameter, set.value, what, passes);
    else if (target.row->form == RowRef::Form::own)
        set_rows(set, what, passes);
    else
        assign_once(target.row->kind, lowering_.route(*target.row, lowering_.world()).row, target.field, set.value, what, passes);
}

void Compiler::set_parameter(ParameterId id, const Formula& formula, const std::string& what, std::vector<Pass>& passes) {
    ProgramBuilder builder;
    Scope scope{builder, lowering_.world(), {nullptr, lowering_.stream(what, stable_hash(what))}, nullptr, nullptr};
    const Value value = lowering_.value(*formula.tree, scope, passes);
    builder.check(value, {}, {Check::Demand::finite, what}, lowering_.operands(*formula.tree, scope, passes));
    const auto p = static_cast<std::size_t>(id.value);
    builder.store({model_.parameter_columns[p].column, {}}, clamped(builder, value, scenario_.parameters[p].range), {});
    passes.push_back(RunProgram{lowering_.add_program(builder.finish(), lowering_.world_domain(), what)});
}

/// As a rule of one statement would, on the rows that are meant.
void Compiler::set_rows(const TimelineEntry::Set& set, const std::string& what, std::vector<Pass>& passes) {
    const Expr& target = *set.target;
    Step rule;
    rule.name = what;
    rule.on = target.row->kind;
    Statement assignment;
    assignment.text.value = what;
    assignment.field = target.field;
    assignment.value = set.value;
    ProgramBuilder builder;
    Draft draft(rule, builder, lowering_.own_rows(rule.on), lowering_.stream(what, stable_hash(what)));
    if (target.filter) {
        draft.mask = lowering_.truth(*target.filter, draft.scope, draft.passes);
        builder.skip_unless(draft.mask);
    }
    draft.scope.frame = &draft.frame;
    statement(draft, assignment);
    finish(draft, passes);
}

/// The rows whose field is set.
std::vector<RowIndex> Compiler::rows_set(const TimelineEntry::Set& set) {
    const Expr& target = *set.target;
    if (target.row->form != RowRef::Form::own) return {lowering_.route(*target.row, lowering_.world()).row};
    const Table& table = model_.tables[target.row->kind];
    std::vector<RowIndex> rows;
    for (std::int64_t r = 0; r < table.rows; ++r) {
        const auto row = static_cast<std::size_t>(r);
        if (target.filter) {
            const RowIndex wanted = lowering_.route(*target.filter->other_row, lowering_.world()).row;
            const bool by_source = target.filter->row->form == RowRef::Form::source_of;
            if ((by_source ? table.source[row] : table.target[row]) != wanted) continue;
        }
        rows.push_back(static_cast<RowIndex>(r));
    }
    return rows;
}

}  // namespace entente
