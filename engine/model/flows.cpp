#include <entente/model/flows.hpp>

#include <algorithm>
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
        for (std::size_t kind = 0; kind < model.field_columns.size(); ++kind)
            for (std::size_t field = 0; field < model.field_columns[kind].size(); ++field)
                name(model.field_columns[kind][field], {{static_cast<int>(kind)}, {static_cast<int>(field)}, {}});
        for (std::size_t event = 0; event < model.events.size(); ++event)
            name(model.events[event].count, {model.events[event].on, {}, {static_cast<int>(event)}});
    }

    /// What the passes read and change, one after the other.
    std::pair<States, States> follow(std::span<const Pass> passes) {
        reads_.clear();
        changes_.clear();
        for (const Pass& pass : passes) follow(pass);
        return {std::move(reads_), std::move(changes_)};
    }

private:
    [[nodiscard]] Content& content(ColumnId column) { return content_[static_cast<std::size_t>(column.value)]; }
    [[nodiscard]] const std::optional<NamedState>& name_of(ColumnId column) const { return names_[static_cast<std::size_t>(column.value)]; }
    [[nodiscard]] States held(ColumnId column) { return column.value < 0 ? States{} : content(column).all(); }

    void name(ColumnId column, NamedState state) {
        names_[static_cast<std::size_t>(column.value)] = state;
        content(column).copied = state;
    }

    void follow(const Pass& pass) {
        switch (pass.kind) {
            case Pass::Kind::run:
                return run(model_.programs[static_cast<std::size_t>(pass.program)].program);
            case Pass::Kind::fill:
            case Pass::Kind::spread:
                return put(pass.column, {});
            case Pass::Kind::copy:
                return put(pass.column, content(pass.other));
            case Pass::Kind::swap: {
                const Content column = content(pass.column);
                const Content other = content(pass.other);
                put(pass.other, column);
                return put(pass.column, other);
            }
            case Pass::Kind::median:
            case Pass::Kind::match: {
                States states;
                for (const ColumnId from : {pass.other, pass.mask, pass.item_key, pass.sought}) states.merge(held(from));
                if (pass.kind == Pass::Kind::median) states.merge(held(pass.weight));
                if (pass.kind == Pass::Kind::match && pass.weight.value >= 0) put(pass.weight, {states, {}});
                return put(pass.column, {states, {}});
            }
        }
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
    std::vector<Content> content_;                   ///< by column
    std::vector<std::optional<NamedState>> names_;  ///< by column
    States reads_;
    States changes_;
};

}  // namespace

std::vector<StepFlow> step_flows(const Model& model) {
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
