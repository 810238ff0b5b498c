// Events on record: runs of a conditioned model go as the record has it, and tell with what chance they would have gone so by themselves.

#include <algorithm>
#include <cassert>
#include <limits>
#include <map>

#include <fmt/format.h>

#include <entente/model/compiler.hpp>

namespace entente {
namespace {

constexpr double not_on_record = -1;
constexpr double minus_infinity = -std::numeric_limits<double>::infinity();

/// Numbers by tick and row that are told only where they change.
class Changes {
public:
    explicit Changes(std::int64_t rows) : rows_(rows) {}

    void set_all(std::int64_t tick, double value) {
        for (std::int64_t row = 0; row < rows_; ++row) changes_[tick][static_cast<RowIndex>(row)] = value;
    }
    void set(std::int64_t tick, RowIndex row, double value) { changes_[tick][row] = value; }
    [[nodiscard]] bool has(std::int64_t tick, RowIndex row) const {
        const auto found = changes_.find(tick);
        return found != changes_.end() && found->second.contains(row);
    }

    [[nodiscard]] InputValues values() const {
        InputValues made;
        for (const auto& [tick, changed] : changes_) {
            made.ticks.push_back(tick);
            made.offset.push_back(std::ssize(made.rows));
            for (const auto& [row, value] : changed) {
                made.rows.push_back(row);
                made.values.push_back(value);
            }
        }
        made.offset.push_back(std::ssize(made.rows));
        return made;
    }

private:
    std::int64_t rows_;
    std::map<std::int64_t, std::map<RowIndex, double>> changes_;
};

bool fires_at_most_once(Step::Form form) {
    switch (form) {
        case Step::Form::probability:
        case Step::Form::rate:
        case Step::Form::choice:
            return true;
        case Step::Form::rule:
        case Step::Form::count:
            return false;
    }
    return false;
}

using Firings = std::map<std::pair<std::int64_t, RowIndex>, std::int64_t>;  ///< by tick and row

/// What is asked of the runs: 0, or how often the event fires, where the record is complete; elsewhere not_on_record.
InputValues values_of(const EventRecord& record, const Firings& firings, std::int64_t rows, std::int64_t ticks) {
    Changes changes(rows);
    changes.set_all(0, not_on_record);
    changes.set_all(record.first_tick, 0);
    if (record.last_tick + 1 < ticks) changes.set_all(record.last_tick + 1, not_on_record);
    for (const auto& [at, count] : firings) changes.set(at.first, at.second, static_cast<double>(count));
    for (const auto& [at, count] : firings)
        if (at.first < record.last_tick && !changes.has(at.first + 1, at.second)) changes.set(at.first + 1, at.second, 0);
    return changes.values();
}

}  // namespace

RowIndex Compiler::row_on_record(const Step& step, const EventRecord::Firing& firing) const {
    const Table& table = model_.tables[step.on];
    if (!table.is_link) return static_cast<RowIndex>(firing.row.front());
    const RowIndex row = table.between(firing.row[0], firing.row[1]);
    if (row != no_row) return row;
    throw Error(fmt::format("'{}' is on record on {} -> {}, and no link of '{}' runs there", step.name, row_name(model_.tables, table.source_kind, firing.row[0]),
                            row_name(model_.tables, table.target_kind, firing.row[1]), table.name),
                "add the link, or take the line out of the record");
}

/// How often the timeline fires the event, by tick and row.
std::map<std::pair<std::int64_t, RowIndex>, std::int64_t> Compiler::fired_by_timeline(int step) {
    Firings fired;
    for (const TimelineEntry& entry : scenario_.timeline)
        if (entry.step == step) ++fired[{entry.tick, lowering_.route(*entry.row, lowering_.world()).row}];
    return fired;
}

/// The timeline's firings are part of what is on record, and not the step's.
void Compiler::add_conditions() {
    conditions_.resize(scenario_.steps.size());
    for (const EventRecord& record : scenario_.record) {
        const Step& step = scenario_.steps[static_cast<std::size_t>(record.step)];
        const std::int64_t rows = model_.tables[step.on].rows;
        StepConditions& of = conditions_[static_cast<std::size_t>(record.step)];
        if (of.records.empty()) {
            const KindId told_on = step.form == Step::Form::choice ? model_.tables[step.on].source_kind : step.on;
            of.asked = lowering_.add_column("on record of " + step.name, domain_of(step.on), not_on_record);
            of.chance = lowering_.add_column("chance of the record of " + step.name, domain_of(told_on));
            if (step.form == Step::Form::choice) of.required = lowering_.add_column("required of " + step.name, domain_of(told_on));
            of.fires.assign(static_cast<std::size_t>(rows), false);
            of.rows.assign(static_cast<std::size_t>(model_.tables[told_on].rows), false);
        }
        Firings firings;
        for (const EventRecord::Firing& firing : record.firings) firings[{firing.tick, row_on_record(step, firing)}] += firing.count;
        for (const auto& [at, count] : fired_by_timeline(record.step)) {
            if (at.first < record.first_tick || at.first > record.last_tick) continue;
            const auto found = firings.find(at);
            if (found == firings.end() && record.where) continue;  // perhaps the record says nothing of that row
            if (found == firings.end())
                throw Error(fmt::format("the timeline has '{}' on {} on {}, where the record is complete and lacks it", step.name,
                                        row_name(model_.tables, step.on, at.second), model_.calendar.label(at.first)),
                            "add it to the table of the record, or let `complete` begin later");
            found->second = std::max<std::int64_t>(found->second - count, 0);
        }
        for (auto& [at, count] : firings) {
            if (fires_at_most_once(step.form)) count = std::min<std::int64_t>(count, 1);
            if (count == 0) continue;
            of.fires[static_cast<std::size_t>(at.second)] = true;
            of.firings.emplace_back(at.first, at.second);
        }
        InputColumn input{"record of " + step.name, lowering_.add_column("record of " + step.name, domain_of(step.on)),
                          std::make_shared<const InputValues>(values_of(record, firings, rows, model_.calendar.ticks()))};
        of.records.emplace_back(&record, input.column);
        note_unchanging(input);
        model_.inputs.add(std::move(input));
    }
}

Compiler::StepConditions* Compiler::conditions_of(const Step& step) {
    if (conditions_.empty()) return nullptr;
    StepConditions& of = conditions_[static_cast<std::size_t>(number_of(step))];
    return of.records.empty() ? nullptr : &of;
}

bool Compiler::fires_on_record(const Step& step, RowIndex row) const {
    if (conditions_.empty()) return false;
    const StepConditions& of = conditions_[static_cast<std::size_t>(number_of(step))];
    return !of.records.empty() && of.fires[static_cast<std::size_t>(row)];
}

/// How often the event is on record on the scope's row, or not_on_record; nothing for steps without a record.
Value Compiler::count_on_record(const Step& step, Scope& scope, std::vector<Pass>& passes) {
    StepConditions* of = conditions_of(step);
    if (!of) return {};
    ProgramBuilder& b = scope.builder;
    Value asked;
    for (const auto& [record, column] : of->records) {
        Value count = lowering_.read(b, column, *scope.binding.own);
        if (record->where) count = b.op(Op::select, lowering_.truth(*record->where->tree, scope, passes), count, b.constant(not_on_record));
        asked = asked ? b.op(Op::maximum, asked, count) : count;  // no two records are of one row and tick
    }
    return asked;
}

/// What is asked, and that it can't be where the step's condition does not hold: told before what follows may be skipped.
void Compiler::ask(Draft& draft, Value where) {
    draft.asked = count_on_record(draft.step, draft.scope, draft.passes);
    if (!draft.asked) return;
    ProgramBuilder& b = draft.builder;
    const StepConditions& of = *conditions_of(draft.step);
    const Value wanted = b.op(Op::less, b.constant(0), draft.asked);
    const Value in_vain = where ? b.op(Op::logical_and, wanted, b.op(Op::logical_not, where)) : b.constant(0);
    b.store(lowering_.effect(of.asked, *draft.scope.binding.own), draft.asked, {});
    b.store(lowering_.effect(of.chance, *draft.scope.binding.own), b.op(Op::select, in_vain, b.constant(minus_infinity), b.constant(0)), {});
    b.settle();
}

/// What is on record instead of what was drawn, and the logarithm of its chance, of which `of_none` and `of_some` tell.
Value Compiler::as_on_record(Draft& draft, Value drawn, Value of_none, Value of_some) {
    ProgramBuilder& b = draft.builder;
    const Value is_asked = b.op(Op::less_equal, b.constant(0), draft.asked);
    const Value chance = b.op(Op::select, b.op(Op::less, b.constant(0), draft.asked), of_some, of_none);
    b.store(lowering_.effect(conditions_of(draft.step)->chance, *draft.scope.binding.own), b.op(Op::select, is_asked, chance, b.constant(0)), draft.mask);
    b.settle();  // also where nothing fires, and all that follows is skipped
    return b.op(Op::select, is_asked, draft.asked, drawn);
}

/// Of an event with probability p.
Value Compiler::as_on_record_by_probability(Draft& draft, Value drawn, Value p) {
    if (!draft.asked) return drawn;
    ProgramBuilder& b = draft.builder;
    return as_on_record(draft, drawn, b.op(Op::log1p, b.op(Op::negate, p)), b.op(Op::log, p));
}

/// Of an event that is expected so often and fires once at most: none has the chance exp(-m).
Value Compiler::as_on_record_by_rate(Draft& draft, Value drawn, Value expected) {
    if (!draft.asked) return drawn;
    ProgramBuilder& b = draft.builder;
    const Value none = b.op(Op::negate, expected);
    return as_on_record(draft, drawn, none, b.op(Op::log, b.op(Op::negate, b.op(Op::expm1, none))));
}

/// Of Poisson counts: n log m - m, without the log n! that is the same in all runs.
Value Compiler::as_on_record_by_count(Draft& draft, Value drawn, Value expected) {
    if (!draft.asked) return drawn;
    ProgramBuilder& b = draft.builder;
    const Value none = b.op(Op::negate, expected);
    return as_on_record(draft, drawn, none, b.op(Op::add, b.op(Op::multiply, draft.asked, b.op(Op::log, expected)), none));
}

/// Whether the record ever says something of a row of the program: then its silence has a chance too.
bool Compiler::may_be_asked(const ProgramBuilder& b, Value asked, std::size_t row) {
    if (!asked) return false;
    if (b.is_constant(asked)) return b.constant_of(asked) != not_on_record;
    const RowFacts* facts = b.facts(asked);
    return !facts || !facts->is(row, not_on_record);
}

/// Notes of which rows it does.
void Compiler::note_asked(const Draft& draft, std::size_t place, RowIndex row) {
    if (draft.asked) conditions_of(draft.step)->rows[static_cast<std::size_t>(row)] = may_be_asked(draft.builder, draft.asked, place);
}

/// A choice of which the record says something is made among what it leaves: where one is on record, that one; else all but those of which it says
/// that they were not chosen. Its chance is the logit share of what is left,
///     sum over what is left of exp(u - m) / sum over all of exp(u - m),  m the largest utility,
/// and the Gumbel maximum over what is left has just the distribution that the choice has, given that it lies there.
void Compiler::choose_as_on_record(Draft& draft, StepConditions& on_record) {
    const Step& step = draft.step;
    const Table& table = model_.tables[step.on];
    const RowList& links = *draft.rows;
    const Route source_row = maps_.source_of(links.at, step.on, links.rows);
    const RowList& sources = lowering_.list(table.source_kind, lowering_.reached(table.source_kind, {{source_row, links.rows}}));
    const Route source = lowering_.within(sources, source_row, links.rows);
    const auto at_sources = [&](const char* what) { return lowering_.add_column(fmt::format("{} of {}", what, step.name), sources.domain); };
    const auto at_links = [&](const char* what) { return lowering_.add_column(fmt::format("{} of {}", what, step.name), links.domain); };
    const ColumnId best = at_sources("best"), top = at_sources("top"), outside = at_sources("outside"), total = at_sources("all chances"), left = at_sources("chances left");
    const ColumnId score = at_links("score"), utility = at_links("utility");
    const auto run = [&](ProgramBuilder& b, const RowList& rows) { draft.passes.push_back(RunProgram{lowering_.add_program(b.finish(), rows.domain, step.name)}); };
    draft.passes.push_back(FillColumn{on_record.required, 0});
    {  // what is on record
        ProgramBuilder b = lowering_.builder(links.rows);
        Scope scope{b, draft.scope.binding, draft.scope.owner, nullptr, nullptr};
        const Value asked = count_on_record(step, scope, draft.passes);
        b.store(lowering_.effect(on_record.asked, *scope.binding.own), asked, {});
        b.contribute(Op::contribute_max, lowering_.effect(on_record.required, source_row), b.op(Op::less, b.constant(0), asked), {});
        for (std::int64_t link = 0; link < links.rows; ++link)
            if (may_be_asked(b, asked, static_cast<std::size_t>(link))) on_record.rows[static_cast<std::size_t>(maps_.at(source_row, link))] = true;
        run(b, links);
    }
    {  // utilities, and the largest of each source
        ProgramBuilder b = lowering_.builder(sources.rows);
        Scope scope = at_source(draft, b, lowering_.rows_of(sources), sources.at);
        const Value value = outside_option(step, scope, draft.passes);
        b.store({outside, {}}, value, {});
        b.store({top, {}}, value, {});
        run(b, sources);
    }
    {
        ProgramBuilder b = lowering_.builder(links.rows);
        Scope scope{b, draft.scope.binding, draft.scope.owner, nullptr, nullptr};
        const Value mask = step.where ? lowering_.truth(*step.where->tree, scope, draft.passes) : Value{};
        const Value value = link_utility(step, scope, draft.passes, mask);
        b.contribute(Op::contribute_max, lowering_.effect(top, source), value, mask);
        b.store({utility, {}}, mask ? b.op(Op::select, mask, value, b.constant(minus_infinity)) : value, {});
        run(b, links);
    }
    {  // what is left to each source
        ProgramBuilder b = lowering_.builder(sources.rows);
        Scope scope = at_source(draft, b, lowering_.rows_of(sources), sources.at);
        const Value value = b.load({outside, {}});
        const Value weight = b.op(Op::exp, b.op(Op::subtract, value, b.load({top, {}})));
        const Value required = lowering_.read(b, on_record.required, sources.at);
        const Value noisy = b.op(Op::add, value, gumbel(scope, outside_stream(step, scope), table.source_kind, sources.at));
        b.store({total, {}}, weight, {});
        b.store({left, {}}, b.op(Op::select, required, b.constant(0), weight), {});
        b.store({best, {}}, b.op(Op::select, required, b.constant(minus_infinity), noisy), {});
        run(b, sources);
    }
    {
        ProgramBuilder b = lowering_.builder(links.rows);
        Scope scope{b, draft.scope.binding, draft.scope.owner, nullptr, nullptr};
        const Value value = b.load({utility, {}});
        const Value weight = b.op(Op::exp, b.op(Op::subtract, value, lowering_.read(b, top, source)));
        const Value is_left = left_by_record(b, lowering_.read(b, on_record.asked, *scope.binding.own), lowering_.read(b, on_record.required, source_row));
        const Value noisy = b.op(Op::add, value, gumbel(scope, scope.owner.stream, step.on, *scope.binding.own));
        const Value score_left = b.op(Op::select, is_left, noisy, b.constant(minus_infinity));
        b.contribute(Op::contribute, lowering_.effect(total, source), weight, {});
        b.contribute(Op::contribute, lowering_.effect(left, source), b.op(Op::select, is_left, weight, b.constant(0)), {});
        b.contribute(Op::contribute_max, lowering_.effect(best, source), score_left, {});
        b.store({score, {}}, score_left, {});
        run(b, links);
    }
    {
        ProgramBuilder b = lowering_.builder(sources.rows);
        const Value chance = b.op(Op::subtract, b.op(Op::log, b.load({left, {}})), b.op(Op::log, b.load({total, {}})));
        b.store(lowering_.effect(on_record.chance, sources.at), chance, {});
        run(b, sources);
    }
    ProgramBuilder& b = draft.builder;
    const Value own = b.load({score, {}});
    Value chosen = b.op(Op::logical_and, b.op(Op::equal, own, lowering_.read(b, best, source)), b.op(Op::less, b.constant(minus_infinity), own));
    if (draft.mask) chosen = b.op(Op::logical_and, draft.mask, chosen);
    fire(draft, chosen);
}

/// Whether the record leaves a link to the choice.
Value Compiler::left_by_record(ProgramBuilder& b, Value asked, Value required) {
    return b.op(Op::select, required, b.op(Op::less, b.constant(0), asked), b.op(Op::not_equal, asked, b.constant(0)));
}

void Compiler::tell_conditions() {
    for (std::size_t step = 0; step < conditions_.size(); ++step) {
        const StepConditions& of = conditions_[step];
        if (of.records.empty()) continue;
        const Step& one = scenario_.steps[step];
        const bool is_choice = one.form == Step::Form::choice;
        const Table& table = model_.tables[one.on];
        ConditionedEvent made{.event = one.event, .is_count = one.form == Step::Form::count, .on = is_choice ? table.source_kind : one.on,
                              .asked = is_choice ? of.required : of.asked, .chance = of.chance, .rows = {}, .firings = {}};
        for (const auto& [tick, row] : of.firings) {
            const std::int64_t told_on = is_choice ? table.source[static_cast<std::size_t>(row)] : row;
            if (of.rows[static_cast<std::size_t>(told_on)]) made.firings.emplace_back(tick, told_on);
        }
        std::ranges::sort(made.firings);
        const auto twice = std::ranges::unique(made.firings);
        made.firings.erase(twice.begin(), twice.end());
        for (std::size_t row = 0; row < of.rows.size(); ++row)
            if (of.rows[row]) made.rows.push_back(static_cast<std::int64_t>(row));
        model_.conditioned.push_back(std::move(made));
    }
}

}  // namespace entente
