#include <entente/model/flows.hpp>

#include <algorithm>
#include <cassert>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace entente {
namespace {

using States = std::set<NamedState>;

/// What is in a column: what it was made of, and the state whose values it has where it was not written to.
struct Content {
    States made_of;
    std::optional<NamedState> copied;

    [[nodiscard]] States all() const {
        States states = made_of;
        if (copied) states.insert(*copied);
        return states;
    }
};

class Follower {
public:
    explicit Follower(const Model& model) : model_(model), content_(model.columns.size()), names_(model.columns.size()) {
        for (const KindId kind : model.field_columns.ids())
            for (const FieldId field : model.field_columns[kind].ids()) name(model.field_columns[kind][field], {kind, field, {}});
        for (const EventId event : model.events.ids()) name(model.events[event].count, {model.events[event].on, {}, event});
    }

    /// What the passes read and change, one after the other.
    std::pair<States, States> follow(std::span<const Pass> passes) {
        reads_.clear();
        changes_.clear();
        for (const Pass& pass : passes) std::visit([this](const auto& one) { follow(one); }, pass);
        return {std::move(reads_), std::move(changes_)};
    }

private:
    [[nodiscard]] Content& content(ColumnId column) { return content_[column]; }
    [[nodiscard]] const std::optional<NamedState>& name_of(ColumnId column) const { return names_[column]; }
    [[nodiscard]] States held(ColumnId column) { return !column.is_given() ? States{} : content(column).all(); }

    void name(ColumnId column, NamedState state) {
        names_[column] = state;
        content(column).copied = state;
    }

    void follow(const RunProgram& pass) { run(model_.programs[pass.program].program); }
    void follow(const FillColumn& pass) { put(pass.column, {}); }
    void follow(const SpreadStarts& pass) { put(pass.to, {}); }
    void follow(const CopyColumn& pass) { put(pass.to, content(pass.from)); }
    void follow(const SwapColumns& pass) {
        const Content one = content(pass.one);
        const Content other = content(pass.other);
        put(pass.other, one);
        put(pass.one, other);
    }
    void follow(const FindMedians& pass) { put(pass.to, {held_in({pass.values, pass.weights, pass.mask}), {}}); }
    void follow(const MatchItems& pass) {
        const States states = held_in({pass.values, pass.keys, pass.mask, pass.sought});
        if (pass.counts.is_given()) put(pass.counts, {states, {}});
        put(pass.to, {states, {}});
    }

    void follow(const SumProducts& pass) { put(pass.to, {held_in({pass.ends, pass.items}), {}}); }

    [[nodiscard]] States held_in(std::initializer_list<ColumnId> columns) {
        States states;
        for (const ColumnId column : columns) states.merge(held(column));
        return states;
    }

    /// A column with a name holds what its name says; what is put there was read by who puts it.
    void put(ColumnId column, Content what) {
        const auto& state = name_of(column);
        if (!state) {
            content(column) = std::move(what);
            return;
        }
        changes_.insert(*state);
        if (what.copied && what.copied != state) reads_.insert(*what.copied);
        reads_.merge(what.made_of);
    }

    using Slots = std::vector<States>;

    static States operands(std::initializer_list<Operand> of, const Slots& slots) {
        States states;
        for (const Operand& operand : of)
            if (!operand.is_constant()) {
                const States& in = slots[static_cast<std::size_t>(operand.slot)];
                states.insert(in.begin(), in.end());
            }
        return states;
    }

    /// What the results of the prologue, and the rows that are the same everywhere, were made of.
    Slots uniforms(const Program& program) {
        Slots slots(static_cast<std::size_t>(program.prologue_registers));
        for (const Uniform& uniform : program.uniforms) slots.push_back(uniform.form == Uniform::Form::row ? held(uniform.column) : States{});
        assert(std::ranges::all_of(program.prologue, [&](const Instruction& op) { return op.d >= 0 && op.d < std::ssize(slots); }));
        for (const Instruction& op : program.prologue) slots[static_cast<std::size_t>(op.d)] = operands({op.a, op.b, op.c}, slots);
        slots.erase(slots.begin(), slots.begin() + program.prologue_registers);
        return slots;
    }

    void run(const Program& program) {
        Slots slots(static_cast<std::size_t>(program.registers));
        for (const Load& load : program.loads) slots.push_back(load.presence ? States{} : held(load.column));
        std::ranges::move(uniforms(program), std::back_inserter(slots));
        States skipped_by;  // where it is 0, nothing of what follows is done
        bool may_be_skipped = false;
        for (const Instruction& op : program.body) {
            const Operation::Form form = operation(op.op).form;
            switch (form) {
                case Operation::Form::check:
                case Operation::Form::native:
                    break;
                case Operation::Form::skip:
                    skipped_by.merge(operands({op.a}, slots));
                    may_be_skipped = true;
                    break;
                case Operation::Form::store:
                case Operation::Form::contribution: {
                    States decided_by = operands({op.b}, slots);
                    decided_by.insert(skipped_by.begin(), skipped_by.end());
                    const bool everywhere = form == Operation::Form::store && op.b.is_constant() && !may_be_skipped;
                    write(program.effects[static_cast<std::size_t>(op.extra)], operands({op.a}, slots), std::move(decided_by), everywhere);
                    break;
                }
                case Operation::Form::value:
                case Operation::Form::count:
                case Operation::Form::draw:
                    each_written(op, [&](std::int32_t slot) { slots[static_cast<std::size_t>(slot)] = operands({op.a, op.b, op.c}, slots); });
                    break;
            }
        }
    }

    void write(const Effect& to, States value, States decided_by, bool everywhere) {
        const auto& state = name_of(to.column);
        if (state && state->event.value >= 0) value.erase(*state);  // firings are added to those of the timeline
        value.merge(decided_by);
        if (state) return put(to.column, {std::move(value), {}});
        if (everywhere && to.map.value < 0 && to.row < 0) content(to.column) = {};
        content(to.column).made_of.merge(value);
    }

    const Model& model_;
    ById<ColumnId, Content> content_;
    ById<ColumnId, std::optional<NamedState>> names_;
    States reads_;
    States changes_;
};

}  // namespace

std::vector<StepFlow> step_flows(const Model& model) {
    assert(model.record.by_table.reason != ByTable::Reason::none);  // row by row all steps are one program
    Follower follower(model);
    follower.follow(model.start);
    std::vector<std::pair<States, States>> found;
    States read_by_any;
    for (const CompiledStep& step : model.steps) {
        found.push_back(follower.follow(step.passes));
        read_by_any.insert(found.back().first.begin(), found.back().first.end());
    }
    std::vector<StepFlow> flows;
    for (auto& [reads, changes] : found) {
        std::erase_if(changes, [&](const NamedState& state) { return state.event.value >= 0 && !read_by_any.contains(state); });
        flows.push_back({{reads.begin(), reads.end()}, {changes.begin(), changes.end()}});
    }
    return flows;
}

}  // namespace entente
