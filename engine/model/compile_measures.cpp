#include <cassert>
#include <limits>

#include <entente/model/compiler.hpp>
#include <entente/scenario/levels.hpp>

namespace entente {
namespace {

bool looks_over_time(const Expr& expr) {
    if (expr.kind == Expr::Kind::over_time) return true;
    for (const ExprPtr& arg : expr.args)
        if (looks_over_time(*arg)) return true;
    return false;
}

void collect_over_time(const Expr& expr, std::vector<const Expr*>& found) {
    if (expr.kind == Expr::Kind::over_time) found.push_back(&expr);
    for (const ExprPtr& arg : expr.args) collect_over_time(*arg, found);
}

CompiledMeasure::Form form_of(const Measure& measure) {
    if (!looks_over_time(*measure.value.tree)) return CompiledMeasure::Form::series;
    if (measure.per == Measure::Per::year) return CompiledMeasure::Form::yearly;
    const Expr& tree = *measure.value.tree;
    return tree.kind == Expr::Kind::over_time && tree.over_time == OverTime::first ? CompiledMeasure::Form::date
                                                                                   : CompiledMeasure::Form::scalar;
}

double initial_of(OverTime over_time) {
    switch (over_time) {
        case OverTime::first:
            return never;
        case OverTime::peak:
            return -std::numeric_limits<double>::infinity();
        case OverTime::trough:
            return std::numeric_limits<double>::infinity();
        case OverTime::last:
        case OverTime::total:
        case OverTime::average:
        case OverTime::share:
            return 0;
    }
    return 0;
}

}  // namespace

void Compiler::add_measures(ProgramBuilder& tick) {
    lowering_.begin_step();
    ProgramBuilder end;
    for (const Measure& measure : scenario_.measures) add_measure(measure, tick, end);
    model_.every_tick.push_back(RunProgram{lowering_.add_program(tick.finish(), lowering_.world_domain(), "measures")});
    model_.measures_over_time.push_back(RunProgram{lowering_.add_program(end.finish(), lowering_.world_domain(), "measures")});
    add_start_of_measures();
}

/// What series begin with. Where the steps are passes of their own, the measures' are run once more; where all is one program, the
/// measures need one without the steps.
void Compiler::add_start_of_measures() {
    if (!unrolled_.builder) {
        model_.measures_at_start = model_.every_tick;
        return;
    }
    assert(model_.measures.size() == scenario_.measures.size());
    ProgramBuilder start;
    unrolled_.builder = &start;
    unrolled_.before.clear();
    lowering_.begin_step();
    for (std::size_t m = 0; m < scenario_.measures.size(); ++m) {
        if (model_.measures[m].form != CompiledMeasure::Form::series) continue;
        const Measure& measure = scenario_.measures[m];
        measure_rows(measure.on, Rows::one_by_one, start, model_.measures_at_start, [&](Scope& scope, RowIndex row) {
            start.store({model_.measures[m].value, {}, row}, lowering_.value(*measure.value.tree, scope, model_.measures_at_start), {});
        });
    }
    model_.measures_at_start.push_back(RunProgram{lowering_.add_program(start.finish(), lowering_.world_domain(), "measures")});
}

/// Calls `make` where the values of a measure on a kind are made. One of the world (on: -1) is made in its program. By row it has a program of
/// its own over the kind's table, with no_row for the row in hand, or the world's program makes it row after row.
void Compiler::measure_rows(KindId on, Rows rows, ProgramBuilder& world, std::vector<Pass>& passes,
                            const std::function<void(Scope&, RowIndex)>& make) {
    if (on.value < 0) {
        Scope scope{world, lowering_.world(), {}, nullptr, nullptr};
        make(scope, no_row);
    } else if (rows == Rows::one_by_one) {
        for (std::int64_t r = 0; r < model_.tables[on].rows; ++r) {
            const auto row = static_cast<RowIndex>(r);
            Scope scope{world, unrolled_row(on, row), {}, nullptr, nullptr};
            make(scope, row);
        }
    } else {
        ProgramBuilder own = lowering_.builder(model_.tables[on].rows);
        Scope scope{own, lowering_.own_rows(on), {}, nullptr, nullptr};
        make(scope, no_row);
        passes.push_back(RunProgram{lowering_.add_program(own.finish(), domain_of(on), "measures")});
    }
}

void Compiler::add_measure(const Measure& measure, ProgramBuilder& tick, ProgramBuilder& end) {
    using Form = CompiledMeasure::Form;
    const Expr& tree = *measure.value.tree;
    assert(measure.on.value < std::ssize(model_.tables));
    CompiledMeasure compiled{form_of(measure),         measure.name, measure.unit_told(), measure.remarks.about,
                             measure.value.text.value, measure.on,   {},           {}};
    compiled.label = measure.remarks.label;
    if (const auto* levels = levels_of(scenario_, measure.value.tree))
        for (const Level& level : *levels) compiled.levels.push_back({level.name, level.label});
    const DomainId domain = compiled.is_by_row() ? domain_of(measure.on) : lowering_.world_domain();
    compiled.value = lowering_.add_column(measure.name, domain);
    std::vector<const Expr*> parts;
    collect_over_time(tree, parts);
    std::map<const Expr*, Accumulated> accumulators;
    for (const Expr* part : parts) accumulators[part] = add_accumulator(*part, compiled, domain);

    std::vector<Pass>& passes = model_.every_tick;
    measure_rows(measure.on, unrolled_.builder ? Rows::one_by_one : Rows::together, tick, passes, [&](Scope& scope, RowIndex row) {
        for (const Expr* part : parts) accumulate(*part, accumulators[part], scope, row, passes);
        if (compiled.form == Form::series) scope.builder.store({compiled.value, {}, row}, lowering_.value(tree, scope, passes), {});
    });
    if (compiled.form != Form::series)
        measure_rows(measure.on, Rows::together, end, model_.measures_over_time, [&](Scope& scope, RowIndex) {
            scope.over_time = &accumulators;
            const Value value = compiled.form == Form::date ? scope.builder.load({accumulators.at(&tree).value, {}})
                                                            : lowering_.value(tree, scope, model_.measures_over_time);
            scope.builder.store({compiled.value, {}}, value, {});
        });
    model_.measures.push_back(std::move(compiled));
}

/// Columns for the running state of `first(…)`, `total(…)` and the like.
Accumulated Compiler::add_accumulator(const Expr& part, CompiledMeasure& compiled, DomainId domain) {
    assert(part.kind == Expr::Kind::over_time);
    const auto keep = [&](const std::string& what, double initial, OverTime over_time) {
        const ColumnId column = lowering_.add_column(what + " of " + compiled.name, domain, initial);
        compiled.accumulators.push_back({column, initial, over_time});
        return column;
    };
    Accumulated kept{keep(std::string(name_of(part.over_time)), initial_of(part.over_time), part.over_time), {}};
    if (part.over_time == OverTime::average || part.over_time == OverTime::share) kept.ticks = keep("ticks", 0, OverTime::total);
    return kept;
}

/// Takes the tick in hand into the running state; `row` is a fixed row, or no_row for that of the program.
void Compiler::accumulate(const Expr& part, const Accumulated& kept, Scope& scope, RowIndex row, std::vector<Pass>& passes) {
    ProgramBuilder& b = scope.builder;
    const auto load = [&](ColumnId column) { return b.load({.column = column, .row = row}); };
    const Value so_far = load(kept.value);
    const bool condition = part.over_time == OverTime::first || part.over_time == OverTime::share;
    const Value x = condition ? lowering_.truth(*part.args[0], scope, passes) : lowering_.value(*part.args[0], scope, passes);
    Value next = x;
    switch (part.over_time) {
        case OverTime::first: {
            const Value tick = b.uniform({.form = Uniform::Form::tick});
            next = b.op(Op::select, b.op(Op::logical_and, x, b.op(Op::less, so_far, b.constant(0))), tick, so_far);
            break;
        }
        case OverTime::last:
            break;
        case OverTime::peak:
            next = b.op(Op::maximum, so_far, x);
            break;
        case OverTime::trough:
            next = b.op(Op::minimum, so_far, x);
            break;
        case OverTime::average:
        case OverTime::share:
            b.store({kept.ticks, {}, row}, b.op(Op::add, load(kept.ticks), b.constant(1)), {});
            [[fallthrough]];
        case OverTime::total:
            next = b.op(Op::add, so_far, x);
            break;
    }
    b.store({kept.value, {}, row}, next, {});
}

}  // namespace entente
