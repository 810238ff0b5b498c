#include <cassert>
#include <limits>

#include <entente/model/compiler.hpp>

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
    if (measure.on.value >= 0) return CompiledMeasure::Form::panel;
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
    std::vector<Pass> end_passes;
    for (const Measure& measure : scenario_.measures) add_measure(measure, tick, model_.every_tick, end, end_passes);
    model_.every_tick.push_back(RunProgram{lowering_.add_program(tick.finish(), lowering_.world_domain(), "measures")});
    model_.measures_over_time = std::move(end_passes);
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
        const Measure& measure = scenario_.measures[m];
        const ColumnId value = model_.measures[m].value;
        if (model_.measures[m].form == CompiledMeasure::Form::panel) {
            store_panel(measure, value, start, model_.measures_at_start);
        } else if (model_.measures[m].form == CompiledMeasure::Form::series) {
            Scope scope{start, lowering_.world(), {}, nullptr, nullptr};
            start.store({value, {}}, lowering_.value(*measure.value.tree, scope, model_.measures_at_start), {});
        }
    }
    model_.measures_at_start.push_back(RunProgram{lowering_.add_program(start.finish(), lowering_.world_domain(), "measures")});
}

/// Row by row, in a program that is not the rows' own.
void Compiler::store_panel(const Measure& measure, ColumnId to, ProgramBuilder& builder, std::vector<Pass>& passes) {
    for (std::int64_t r = 0; r < model_.tables[measure.on].rows; ++r) {
        const auto row = static_cast<RowIndex>(r);
        Scope scope{builder, unrolled_row(measure.on, row), {}, nullptr, nullptr};
        builder.store({to, {}, row}, lowering_.value(*measure.value.tree, scope, passes), {});
    }
}

/// A value for every row of a kind, on every tick.
void Compiler::add_panel(const Measure& measure, CompiledMeasure compiled, ProgramBuilder& tick, std::vector<Pass>& tick_passes) {
    assert(measure.on.value >= 0 && measure.on.value < std::ssize(model_.tables));
    compiled.value = lowering_.add_column(measure.name, {measure.on.value});
    if (unrolled_.builder) {
        store_panel(measure, compiled.value, tick, tick_passes);
    } else {
        ProgramBuilder own;
        Scope scope{own, lowering_.own_rows(measure.on), {}, nullptr, nullptr};
        own.store({compiled.value, {}}, lowering_.value(*measure.value.tree, scope, tick_passes), {});
        tick_passes.push_back(RunProgram{lowering_.add_program(own.finish(), domain_of(measure.on), "measures")});
    }
    model_.measures.push_back(std::move(compiled));
}

void Compiler::add_measure(const Measure& measure, ProgramBuilder& tick, std::vector<Pass>& tick_passes, ProgramBuilder& end,
                           std::vector<Pass>& end_passes) {
    using Form = CompiledMeasure::Form;
    const Expr& tree = *measure.value.tree;
    CompiledMeasure compiled{form_of(measure),         measure.name, measure.unit_told(), measure.remarks.about,
                             measure.value.text.value, measure.on,   {},           {}};
    if (compiled.form == Form::panel) return add_panel(measure, std::move(compiled), tick, tick_passes);
    compiled.value = lowering_.add_column(measure.name, lowering_.world_domain());
    Scope now{tick, lowering_.world(), {}, nullptr, nullptr};
    if (compiled.form == Form::series) {
        tick.store({compiled.value, {}}, lowering_.value(tree, now, tick_passes), {});
    } else {
        std::vector<const Expr*> parts;
        collect_over_time(tree, parts);
        std::map<const Expr*, Accumulated> accumulators;
        for (const Expr* part : parts) accumulators[part] = accumulator(*part, now, tick_passes, compiled);
        Scope then{end, lowering_.world(), {}, nullptr, &accumulators};
        const bool date = compiled.form == Form::date;
        end.store({compiled.value, {}},
                       date ? end.load({accumulators.at(&tree).value, {}}) : lowering_.value(tree, then, end_passes), {});
    }
    model_.measures.push_back(std::move(compiled));
}

/// Keeps the running state of `first(…)`, `total(…)` and the like.
Accumulated Compiler::accumulator(const Expr& part, Scope& scope, std::vector<Pass>& passes, CompiledMeasure& compiled) {
    assert(part.kind == Expr::Kind::over_time);
    ProgramBuilder& b = scope.builder;
    const auto keep = [&](const std::string& what, double initial, OverTime over_time) {
        const ColumnId column = lowering_.add_column(what + " of " + compiled.name, lowering_.world_domain(), initial);
        compiled.accumulators.push_back({column, initial, over_time});
        return column;
    };
    Accumulated kept{keep(std::string(name_of(part.over_time)), initial_of(part.over_time), part.over_time), {}};
    const Value so_far = b.load({kept.value, {}});
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
            kept.ticks = keep("ticks", 0, OverTime::total);
            b.store({kept.ticks, {}}, b.op(Op::add, b.load({kept.ticks, {}}), b.constant(1)), {});
            [[fallthrough]];
        case OverTime::total:
            next = b.op(Op::add, so_far, x);
            break;
    }
    b.store({kept.value, {}}, next, {});
    return kept;
}

}  // namespace entente
