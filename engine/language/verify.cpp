#include <entente/language/verify.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace entente {
namespace {

/// Where something that an instruction names by its place has to be: in a list of `size`.
bool is_in(std::int32_t place, std::size_t size) { return place >= 0 && static_cast<std::size_t>(place) < size; }

/// Where the slots of a run of machine code are read and written, and what its exits have to bring along.
class NativeRunUses {
public:
    NativeRunUses(const Program& program, std::span<const Instruction> run) {
        for (std::size_t at = 0; at < run.size(); ++at) {
            const Instruction& i = run[at];
            const auto read = [&](std::int32_t slot) { uses_[slot].push_back({at, true}); };
            each_read(i, read);
            if (i.op == Op::check && is_in(i.extra, program.checks.size())) each_shown(i, program.checks, read);
            if (i.d < 0) continue;
            uses_[i.d].push_back({at, false});
            written_.try_emplace(i.d, at, at).first->second.second = at;
        }
    }

    /// A slot that the run writes before `check` and that is read from there on, but is neither in memory nor brought along; -1: none.
    [[nodiscard]] std::int32_t missing_at(const NativeFacts& facts, const NativeFacts::Exit& exit) const {
        const auto check = static_cast<std::size_t>(exit.check);
        const auto holds = [](const std::vector<std::int32_t>& list, std::int32_t slot) { return std::find(list.begin(), list.end(), slot) != list.end(); };
        for (const auto& [slot, when] : written_) {
            if (when.first >= check) continue;
            const std::vector<Use>& uses = uses_.at(slot);
            const auto next = std::partition_point(uses.begin(), uses.end(), [&](const Use& use) { return use.at < check; });
            if (next == uses.end() || !next->reads || holds(exit.held, slot)) continue;
            if (when.second >= check || !holds(facts.results, slot)) return slot;
        }
        return -1;
    }

    [[nodiscard]] bool writes_before(std::int32_t slot, std::int32_t check) const {
        const auto found = written_.find(slot);
        return found != written_.end() && found->second.first < static_cast<std::size_t>(check);
    }

private:
    struct Use {
        std::size_t at;
        bool reads;  ///< or writes
    };
    std::map<std::int32_t, std::vector<Use>> uses_;                          ///< by slot, in order
    std::map<std::int32_t, std::pair<std::size_t, std::size_t>> written_;  ///< by slot: where first and last
};

/// Goes through instructions as a run of them does, and notes what is defined where.
class Verifier {
public:
    enum class Part { prologue, body };

    Verifier(const Program& program, Part part, std::span<const Instruction> code, NativeResults native)
        : program_(program), part_(part), code_(code), end_(code.size()), native_(native) {
        const std::size_t loads = part == Part::prologue ? 0 : program.loads.size();
        registers_ = part == Part::prologue ? program.prologue_registers : program.registers;
        states_.assign(static_cast<std::size_t>(registers_) + loads + program.uniforms.size(), {});
        for (std::size_t slot = static_cast<std::size_t>(registers_); slot < states_.size(); ++slot) states_[slot].defined = true;
        loads_ = static_cast<std::int32_t>(loads);
        for (std::size_t l = 0; l < loads; ++l)
            if (const Load& load = program.loads[l]; !load.presence) loads_of_[{load.column.value, load.row, load.map.value}].push_back(l);
        read_.assign(loads, false);
        stored_by_.assign(loads, -1);
        if (part == Part::prologue)
            for (std::size_t u = 0; u < program.uniforms.size(); ++u)
                if (program.uniforms[u].form == Uniform::Form::computed) states_[static_cast<std::size_t>(registers_) + u].defined = false;
    }

    std::string run() {
        for (; at_ < end_ && broken_.empty(); ++at_) {
            while (!scopes_.empty() && scopes_.back().end <= at_) leave();
            instruction(code_[at_]);
        }
        return broken_;
    }

    /// Only what lies behind the skip at `skip`, where of the slots `inputs` alone are there.
    std::string run_behind(std::size_t skip, std::span<const std::int32_t> inputs) {
        for (State& state : states_) state = {false, static_cast<std::int32_t>(skip)};
        for (const std::int32_t slot : inputs) states_[static_cast<std::size_t>(slot)].defined = true;
        at_ = skip + 1;
        end_ = static_cast<std::size_t>(code_[skip].extra);
        return run();
    }

private:
    struct State {
        bool defined = false;
        std::int32_t lost_behind = -1;  ///< the skip, or run of machine code, behind which it was written and is no more
    };
    /// What lies behind a skip, or is done by machine code.
    struct Scope {
        std::size_t begin, end;
        std::vector<std::int32_t> written{};
    };

    void instruction(const Instruction& i) {
        const Operation& what = operation(i.op);
        const std::array operands{&i.a, &i.b, &i.c};
        for (std::size_t k = static_cast<std::size_t>(what.operands); k < operands.size(); ++k)
            demand(operands[k]->is_constant(), [&] { return fmt::format("has more operands than the {} that '{}' takes", what.operands, what.name); });
        each_read(i, [&](std::int32_t slot) { read(slot); });
        switch (what.form) {
            case Operation::Form::value:
                return write(i.d);
            case Operation::Form::count:
                names_draw(i);
                return write(i.d);
            case Operation::Form::draw:
                names_draw(i);
                demand(i.d >= 0 || i.second >= 0, [] { return std::string("draws for nobody"); });
                demand(i.d != i.second, [] { return std::string("draws twice into one slot"); });
                return each_written(i, [&](std::int32_t slot) { write(slot); });
            case Operation::Form::check:
                demand(is_in(i.extra, program_.checks.size()), [&] { return fmt::format("names check {}, of {}", i.extra, program_.checks.size()); });
                demand(!i.a.is_constant(), [] { return std::string("checks a constant"); });
                if (broken_.empty()) each_shown(i, program_.checks, [&](std::int32_t slot) { read(slot); });
                return no_result(i);
            case Operation::Form::store:
            case Operation::Form::contribution:
                demand(is_in(i.extra, program_.effects.size()), [&] { return fmt::format("names effect {}, of {}", i.extra, program_.effects.size()); });
                no_result(i);
                if (broken_.empty()) change(i.op, program_.effects[static_cast<std::size_t>(i.extra)]);
                return;
            case Operation::Form::skip:
                return skip(i);
            case Operation::Form::native:
                return native(i);
        }
    }

    void names_draw(const Instruction& i) {
        demand(is_in(i.extra, program_.draws.size()), [&] { return fmt::format("names draw {}, of {}", i.extra, program_.draws.size()); });
        demand(part_ == Part::body, [] { return std::string("draws once a step"); });
    }

    void skip(const Instruction& i) {
        demand(!i.a.is_constant(), [] { return std::string("skips by a constant"); });
        demand(part_ == Part::body, [] { return std::string("skips once a step"); });
        enter(at_ + 1, i.extra, "skips");
    }

    /// Machine code does what the instructions up to `second` do; of what they write only some is there for those that follow.
    void native(const Instruction& i) {
        demand(is_in(i.extra, native_.size()), [&] { return fmt::format("names run {} of machine code, of {}", i.extra, native_.size()); });
        enter(at_ + 1, i.second, "goes on");
        if (!broken_.empty()) return;
        const std::size_t call = at_;
        exits(native_[static_cast<std::size_t>(i.extra)], code_.subspan(at_ + 1, static_cast<std::size_t>(i.second) - at_ - 1));
        for (++at_; at_ < scopes_.back().end && broken_.empty(); ++at_) {
            const Operation::Form form = operation(code_[at_].op).form;
            const bool is_simple = form == Operation::Form::value || form == Operation::Form::check || form == Operation::Form::store;
            demand(is_simple, [&] { return fmt::format("stands in the run of machine code at {}", call); });
            instruction(code_[at_]);
        }
        if (!broken_.empty()) return;
        for (const std::int32_t slot : native_[static_cast<std::size_t>(i.extra)].results)
            demand(is_in(slot, states_.size()) && states_[static_cast<std::size_t>(slot)].defined,
                   [&] { return fmt::format("leaves {} written, which its run does not write", name(slot)); });
        leave();
        for (const std::int32_t slot : native_[static_cast<std::size_t>(i.extra)].results) define(slot);
        --at_;
    }

    /// Each check of the run has an exit, in order, which brings along what is read from there on.
    void exits(const NativeFacts& facts, std::span<const Instruction> run) {
        const bool checks = std::any_of(run.begin(), run.end(), [](const Instruction& i) { return i.op == Op::check; });
        if (!checks && facts.exits.empty()) return;
        const NativeRunUses uses(program_, run);
        auto next = facts.exits.begin();
        for (std::size_t at = 0; at < run.size(); ++at) {
            if (run[at].op != Op::check) continue;
            demand(next != facts.exits.end() && next->check == static_cast<std::int32_t>(at), [&] { return fmt::format("has no exit at its check {}", at); });
            if (!broken_.empty()) return;
            const std::int32_t missing = uses.missing_at(facts, *next);
            demand(missing < 0, [&] { return fmt::format("is left at its check {} without {}, which is read there or behind", at, name(missing)); });
            for (const std::int32_t slot : next->held)
                demand(uses.writes_before(slot, next->check), [&] { return fmt::format("brings {} along from its check {}, and has not written it", name(slot), at); });
            ++next;
        }
        demand(next == facts.exits.end(), [] { return std::string("has an exit where it checks nothing"); });
    }

    /// From here on a load that was read shows what is there no more.
    void change(Op op, const Effect& effect) {
        if ((op != Op::store && effect.map.value >= 0) || effect.by_segment) return;
        const auto found = loads_of_.find({effect.column.value, effect.row, effect.map.value});
        if (found == loads_of_.end()) return;
        for (const std::size_t load : found->second)
            if (read_[load]) stored_by_[load] = static_cast<std::int32_t>(at_);
    }

    void enter(std::size_t begin, std::int32_t end, std::string_view how) {
        demand(end > static_cast<std::int32_t>(at_) && static_cast<std::size_t>(end) <= code_.size(),
               [&] { return fmt::format("{} to {}, of {} instructions", how, end, code_.size()); });
        if (!broken_.empty()) return;
        demand(scopes_.empty() || static_cast<std::size_t>(end) <= scopes_.back().end,
               [&] { return fmt::format("{} to {}, beyond what lies behind the skip at {}", how, end, scopes_.back().begin - 1); });
        if (broken_.empty()) scopes_.push_back({begin, static_cast<std::size_t>(end)});
    }

    /// What was written behind the innermost skip is no longer there: the path past it has not written it.
    void leave() {
        const Scope left = std::move(scopes_.back());
        scopes_.pop_back();
        for (const std::int32_t slot : left.written) states_[static_cast<std::size_t>(slot)] = {false, static_cast<std::int32_t>(left.begin) - 1};
        if (!scopes_.empty()) scopes_.back().written.insert(scopes_.back().written.end(), left.written.begin(), left.written.end());
    }

    void read(std::int32_t slot) {
        demand(is_in(slot, states_.size()), [&] { return fmt::format("reads slot {}, of {}", slot, states_.size()); });
        if (!broken_.empty()) return;
        if (slot >= registers_ && slot < registers_ + loads_) {
            const auto load = static_cast<std::size_t>(slot - registers_);
            demand(stored_by_[load] < 0, [&] { return fmt::format("reads {} again, when instruction {} has stored there", name(slot), stored_by_[load]); });
            read_[load] = true;
        }
        const State& state = states_[static_cast<std::size_t>(slot)];
        demand(state.defined, [&] {
            return state.lost_behind < 0 ? fmt::format("reads {}, which nothing has written", name(slot))
                                         : fmt::format("reads {}, which is there on the other side of instruction {} only", name(slot), state.lost_behind);
        });
    }

    void write(std::int32_t slot) {
        const auto is_computed = [&] {
            const std::int32_t uniform = slot - registers_ - loads_;
            return part_ == Part::prologue && is_in(uniform, program_.uniforms.size()) &&
                   program_.uniforms[static_cast<std::size_t>(uniform)].form == Uniform::Form::computed;
        };
        demand((slot >= 0 && slot < registers_) || is_computed(),
               [&] { return is_in(slot, states_.size()) ? fmt::format("writes to {}", name(slot)) : fmt::format("writes to slot {}, of {}", slot, states_.size()); });
        if (broken_.empty()) define(slot);
    }

    void define(std::int32_t slot) {
        states_[static_cast<std::size_t>(slot)] = {true, -1};
        if (!scopes_.empty()) scopes_.back().written.push_back(slot);
    }

    void no_result(const Instruction& i) {
        demand(i.d < 0, [] { return std::string("has a result"); });
        demand(part_ == Part::body, [] { return std::string("has an effect once a step"); });
    }

    [[nodiscard]] std::string name(std::int32_t slot) const {
        if (slot < registers_) return fmt::format("r{}", slot);
        if (slot < registers_ + loads_) return fmt::format("load{}", slot - registers_);
        return fmt::format("uniform{}", slot - registers_ - loads_);
    }

    template <class Text>
    void demand(bool kept, Text text) {
        if (!kept && broken_.empty()) broken_ = fmt::format("{}: instruction {} {}", part_ == Part::prologue ? "once a step" : "each block", at_, text());
    }

    const Program& program_;
    Part part_;
    std::span<const Instruction> code_;
    std::size_t end_;
    NativeResults native_;
    std::int32_t registers_ = 0;
    std::int32_t loads_ = 0;
    std::vector<State> states_;  ///< by slot
    std::map<std::tuple<int, int, int>, std::vector<std::size_t>> loads_of_;  ///< by column, fixed row (-1: none) and map (-1: the own row)
    std::vector<bool> read_;               ///< by load
    std::vector<std::int32_t> stored_by_;  ///< by load that was read: which instruction has changed its place since; -1: none
    std::vector<Scope> scopes_;  ///< the innermost last
    std::size_t at_ = 0;
    std::string broken_;
};

}  // namespace

std::string broken_promise(const Program& program) {
    std::string broken = Verifier(program, Verifier::Part::prologue, program.prologue, {}).run();
    return broken.empty() ? broken_promise(program, program.body, {}) : broken;
}

std::string broken_promise(const Program& program, std::span<const Instruction> body, NativeResults native) {
    return Verifier(program, Verifier::Part::body, body, native).run();
}

std::string broken_promise_behind(const Program& program, std::span<const Instruction> body, NativeResults native, std::size_t skip,
                                  std::span<const std::int32_t> inputs) {
    return Verifier(program, Verifier::Part::body, body, native).run_behind(skip, inputs);
}

void verify(const std::string& broken, std::string_view stage) {
    if (!broken.empty()) throw std::logic_error(fmt::format("a program that was {} breaks a promise: {}", stage, broken));
}

}  // namespace entente
