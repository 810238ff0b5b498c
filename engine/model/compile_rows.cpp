// The rows that steps go over: what is supposed of fields and events, and what of it each step leaves standing.

#include <algorithm>
#include <cassert>
#include <set>

#include <entente/base/hash.hpp>
#include <entente/model/compiler.hpp>

namespace entente {

/// Each field holds what it begins with, where that is known and the timeline leaves it alone, and no event has fired.
void Compiler::suppose() {
    const std::set<Cell> by_timeline = timeline_writes();
    for (const Cell& cell : by_timeline) {
        known_.refute(cell.column, cell.row);
        known_.may_be_negative_zero(cell.column);
    }
    for (const CompiledEvent& event : model_.events)
        for (std::int64_t row = 0; row < model_.rows_of(event.count); ++row)
            if (const Cell cell{event.count, static_cast<RowIndex>(row)}; !fired_by_timeline_.contains(cell)) known_.suppose(cell.column, cell.row, 0);
}

/// Lays out the steps with ever fewer suppositions, until, with what is still supposed, every step leaves it as it is.
void Compiler::compile_steps() {
    if (lowering_.known()) suppose();
    const Lowering::Checkpoint before = lowering_.checkpoint();
    for (;;) {
        refuted_any_ = false;
        for (const Step& one : scenario_.steps) model_.steps.push_back(step(one));
        if (!refuted_any_) break;
        lowering_.roll_back(before);
        model_.steps.clear();
    }
}

void Compiler::clear_left_out(const Step& step) {
    StepRecord& record = model_.record.steps[static_cast<std::size_t>(number_of(step))];
    record.rows_left_out = 0;
    record.left_out.clear();
}

void Compiler::record_left_out(const Step& step, const RowList& rows) {
    clear_left_out(step);
    for (std::int64_t row = 0; row < model_.tables[step.on].rows; ++row)
        if (!rows.has(static_cast<RowIndex>(row))) model_.record.steps[static_cast<std::size_t>(number_of(step))].leave_out(row);
}

/// The rows of a step's kind on which its condition is not surely 0.
const RowList& Compiler::rows_where(const Step& step) {
    RowFlags wanted(static_cast<std::size_t>(model_.tables[step.on].rows), true);
    if (step.where && lowering_.known()) {
        const Lowering::Checkpoint before = lowering_.checkpoint();
        ProgramBuilder builder = lowering_.builder(model_.tables[step.on].rows);
        Draft draft(step, builder, lowering_.own_rows(step.on), lowering_.stream(step.name, stable_hash(step.name)));
        const Value mask = lowering_.truth(*step.where->tree, draft.scope, draft.passes);
        for (std::size_t row = 0; row < wanted.size(); ++row) wanted[row] = may_be(draft, mask, row) || fires_on_record(step, static_cast<RowIndex>(row));
        lowering_.roll_back(before);
    }
    return lowering_.list(step.on, wanted);
}

/// Whether a condition may hold on a row of the draft; none always does.
bool Compiler::may_be(const Draft& draft, Value condition, std::size_t row) {
    if (!condition) return true;
    if (draft.builder.is_constant(condition)) return draft.builder.constant_of(condition) != 0;
    const RowFacts* facts = draft.builder.facts(condition);
    return !facts || !facts->is_zero(row);
}

/// The rows of the draft on which the step may store or add something.
RowFlags Compiler::rows_changed(const Draft& draft) {
    const auto rows = static_cast<std::size_t>(draft.rows->rows);
    RowFlags changed(rows, draft.count.id >= 0);
    for (const auto& [id, value] : draft.frame.assigned) {
        const RowFlags alone = rows_left_alone(draft, id);
        for (std::size_t row = 0; row < rows; ++row) changed[row] = changed[row] || !alone[row];
    }
    for (const auto& [key, all] : draft.contributions)
        for (std::size_t row = 0; row < rows; ++row) changed[row] = changed[row] || may_be(draft, all.value, row);
    for (std::size_t row = 0; row < rows; ++row)
        changed[row] = (changed[row] && may_be(draft, draft.mask, row)) || may_be_asked(draft.builder, draft.asked, row);
    return changed;
}

/// The rows on which an assigned field surely keeps the value that it has.
RowFlags Compiler::rows_left_alone(const Draft& draft, FieldId id) const {
    const ColumnId column = lowering_.field_column(draft.step.on, id);
    const auto kept = draft.kept.find(id);
    RowFlags alone = kept != draft.kept.end() ? kept->second : RowFlags(static_cast<std::size_t>(draft.rows->rows), false);
    const RowFacts* now = known_.facts(column);
    const Value value = draft.frame.assigned.at(id);
    const RowFacts* facts = draft.builder.facts(value);
    const bool is_constant = draft.builder.is_constant(value);
    if (!now || (!facts && !is_constant)) return alone;
    for (std::size_t row = 0; row < alone.size(); ++row) {
        const auto cell = static_cast<std::size_t>(maps_.at(draft.rows->at, static_cast<std::int64_t>(row)));
        if (is_constant)
            alone[row] = alone[row] || now->is(cell, draft.builder.constant_of(value));
        else if (facts->known[row] == RowFacts::Known::yes)
            alone[row] = alone[row] || now->is(cell, facts->value[row]);
    }
    return alone;
}

/// Notes on which rows a statement to an own field adds 0 or multiplies by 1: they keep what they had.
void Compiler::keep(Draft& draft, const Statement& statement, Value value) const {
    if (!draft.rows || !lowering_.known()) return;
    RowFlags same(static_cast<std::size_t>(draft.rows->rows), false);
    const bool adds = statement.op == Statement::Op::add || statement.op == Statement::Op::subtract;
    const bool no_negative_zero = known_.bounds(lowering_.field_column(draft.step.on, statement.field)).no_negative_zero;
    const RowFacts* facts = draft.builder.facts(value);
    const bool is_constant = draft.builder.is_constant(value);
    for (std::size_t row = 0; row < same.size(); ++row) {
        if (adds && no_negative_zero) same[row] = is_constant ? draft.builder.constant_of(value) == 0 : facts && facts->is_zero(row);
        if (statement.op == Statement::Op::multiply) same[row] = is_constant ? draft.builder.constant_of(value) == 1 : facts && facts->is(row, 1);
    }
    const auto [found, is_first] = draft.kept.try_emplace(statement.field, same);
    if (is_first) return;
    for (std::size_t row = 0; row < same.size(); ++row) found->second[row] = found->second[row] && same[row];
}

/// Takes back what was supposed of rows that the step may change.
void Compiler::note_changes(const Draft& draft) {
    const auto refute = [&](ColumnId column, RowIndex row) { refuted_any_ = known_.refute(column, row) || refuted_any_; };
    const auto may_be_negative_zero = [&](ColumnId column) { refuted_any_ = known_.may_be_negative_zero(column) || refuted_any_; };
    const auto rows = static_cast<std::size_t>(draft.rows->rows);
    const auto row_of = [&](std::size_t place) { return maps_.at(draft.rows->at, static_cast<std::int64_t>(place)); };
    for (const auto& [id, value] : draft.frame.assigned) {
        const ColumnId column = lowering_.field_column(draft.step.on, id);
        const RowFlags alone = rows_left_alone(draft, id);
        bool any = false;
        for (std::size_t row = 0; row < rows; ++row) {
            if (alone[row] || !may_be(draft, draft.mask, row)) continue;
            refute(column, row_of(row));
            any = true;
        }
        if (any && !(draft.builder.bounds(value).no_negative_zero && draft.builder.bounds(draft.unclamped.at(id)).no_negative_zero))
            may_be_negative_zero(column);
    }
    for (const auto& [key, all] : draft.contributions) {
        const ColumnId column = lowering_.field_column(key.kind, key.field);
        for (std::size_t row = 0; row < rows; ++row)
            if (may_be(draft, draft.mask, row) && may_be(draft, all.value, row))
                if (const RowIndex to = maps_.at(all.to, static_cast<std::int64_t>(row)); to >= 0) refute(column, to);
    }
    if (draft.count) note_event(draft);
}

/// The rows on which an event may fire; the timeline has its own.
void Compiler::note_event(const Draft& draft) {
    CompiledEvent& event = model_.events[draft.step.event];
    std::vector<std::int64_t> rows;
    for (std::int64_t place = 0; place < draft.rows->rows; ++place) {
        if (!may_be(draft, draft.mask, static_cast<std::size_t>(place))) continue;
        const RowIndex row = maps_.at(draft.rows->at, place);
        refuted_any_ = known_.refute(event.count, row) || refuted_any_;
        if (!draft.rows->is_all()) rows.push_back(row);
    }
    event.reset_rows.reset();
    event.possible_rows.reset();
    if (draft.rows->is_all()) return;
    for (const Cell& cell : fired_by_timeline_)
        if (cell.column == event.count) rows.push_back(cell.row);
    std::ranges::sort(rows);
    rows.erase(std::ranges::unique(rows).begin(), rows.end());
    event.reset_rows = rows;
    event.possible_rows = std::move(rows);
}

}  // namespace entente
