/// What a tick of a model of one program comes to by the meaning of its instructions, element after element, and what a batch makes of it by
/// any way through a tick. Where the two differ, the first instruction is named after which they do.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/runtime/batch.hpp>

#include "random_models.hpp"

namespace entente::test {

/// What a tick came to.
struct Tick {
    std::vector<std::vector<double>> columns;  ///< rows x lanes each
    std::map<int, std::string> failed;         ///< by lane: which check, on which row, with what
};

constexpr std::uint64_t draw_seed = 11;
constexpr std::int64_t first_run = 1000;
inline double parameter_of(int lane) {
    return 0.125 * (lane % 9) - 0.25;
}

/// The meaning of a model's first step, lane after lane, row after row, instruction after instruction.
class Reference {
public:
    Reference(const RandomModel& random, const Model& model, int lanes) : model_(model), lanes_(lanes) {
        for (std::size_t c = 0; c < model.columns.size(); ++c) {
            auto& column = tick_.columns.emplace_back();
            for (std::int64_t row = 0; row < model.rows_of({static_cast<int>(c)}); ++row)
                for (int lane = 0; lane < lanes; ++lane) column.push_back(random.initial(c, row, lane));
        }
    }

    Tick run() {
        for (const Pass& pass : model_.steps[0].passes) {
            if (const auto* fill = std::get_if<FillColumn>(&pass))
                std::ranges::fill(tick_.columns[static_cast<std::size_t>(fill->column.value)], fill->value);
            else
                program(model_.programs[std::get<RunProgram>(pass).program]);
        }
        return std::move(tick_);
    }

private:
    double& cell(ColumnId column, std::int64_t row) {
        return tick_.columns[static_cast<std::size_t>(column.value)][static_cast<std::size_t>(row * lanes_ + lane_)];
    }
    [[nodiscard]] RowIndex by(MapId map) const { return model_.maps[map][static_cast<std::size_t>(row_)]; }

    void program(const ProgramOnDomain& on) {
        program_ = &on.program;
        for (lane_ = 0; lane_ < lanes_; ++lane_) {
            uniforms();
            for (row_ = 0; row_ < model_.domain(on.domain).rows; ++row_) body(on);
        }
    }

    void uniforms() {
        const Program& p = *program_;
        std::vector<double> slots(static_cast<std::size_t>(p.prologue_registers));
        for (const Uniform& u : p.uniforms)
            slots.push_back(u.form == Uniform::Form::parameter ? parameter_of(lane_)
                            : u.form == Uniform::Form::row     ? cell(u.column, u.row)
                                                               : 0);  // of tick 0
        const auto value = [&](const Operand& o) { return o.is_constant() ? o.constant : slots[static_cast<std::size_t>(o.slot)]; };
        for (const Instruction& i : p.prologue) slots[static_cast<std::size_t>(i.d)] = evaluate(i.op, value(i.a), value(i.b), value(i.c));
        uniforms_.assign(slots.begin() + p.prologue_registers, slots.end());
        registers_.assign(static_cast<std::size_t>(p.registers), std::numeric_limits<double>::signaling_NaN());
    }

    double read(const Operand& operand) {
        if (operand.is_constant()) return operand.constant;
        const Program& p = *program_;
        if (operand.slot < p.registers) return registers_[static_cast<std::size_t>(operand.slot)];
        if (operand.slot >= p.uniform_slot(0)) return uniforms_[static_cast<std::size_t>(operand.slot - p.uniform_slot(0))];
        const Load& load = p.loads[static_cast<std::size_t>(operand.slot - p.registers)];
        if (load.presence) return by(load.map) >= 0 ? 1 : 0;
        if (load.map.value >= 0) return by(load.map) >= 0 ? cell(load.column, by(load.map)) : 0;
        return cell(load.column, load.row >= 0 ? load.row : row_);
    }

    void body(const ProgramOnDomain& on) {
        for (std::size_t at = 0; at < program_->body.size(); ++at) {
            const Instruction& i = program_->body[at];
            if (i.op == Op::skip) {
                if (read(i.a) == 0) at = static_cast<std::size_t>(i.extra) - 1;
            } else {
                instruction(on, i);
            }
        }
    }

    void instruction(const ProgramOnDomain& on, const Instruction& i) {
        const auto result = [&](std::int32_t slot, double value) {
            if (slot >= 0) registers_[static_cast<std::size_t>(slot)] = value;
        };
        switch (operation(i.op).form) {
            case Operation::Form::value:
                return result(i.d, evaluate(i.op, read(i.a), read(i.b), read(i.c)));
            case Operation::Form::count:
                return result(i.d,
                              poisson_count(read(i.a), read(i.b), static_cast<int>(i.c.constant), key(i), identity(i), run_number(), 1));
            case Operation::Form::draw: {
                const auto uniforms = uniform_pair(philox::block(draw_counter(identity(i), run_number(), 1), key(i)));
                result(i.d, uniforms[0]);
                return result(i.second, uniforms[1]);
            }
            case Operation::Form::check:
                return check(on, i);
            case Operation::Form::store:
            case Operation::Form::contribution:
                if (i.b.is_constant() || read(i.b) != 0) change(i.op, program_->effects[static_cast<std::size_t>(i.extra)], read(i.a));
                return;
            case Operation::Form::skip:
            case Operation::Form::native:
                throw std::logic_error("the reference knows no machine code, and takes skips elsewhere");
        }
    }

    [[nodiscard]] std::uint32_t run_number() const { return static_cast<std::uint32_t>(first_run + lane_); }
    [[nodiscard]] const DrawSpec& spec(const Instruction& i) const { return program_->draws[static_cast<std::size_t>(i.extra)]; }
    [[nodiscard]] philox::Key key(const Instruction& i) const { return draw_key(draw_seed, spec(i).stream); }
    [[nodiscard]] std::uint64_t identity(const Instruction& i) const {
        return model_.identities[spec(i).identity][static_cast<std::size_t>(row_)];
    }

    void change(Op how, const Effect& effect, double x) {
        const std::int64_t row = effect.row >= 0         ? effect.row
                                 : effect.by_segment     ? segment_of(row_)
                                 : effect.map.value >= 0 ? by(effect.map)
                                                         : row_;
        if (row < 0) return;
        double& to = cell(effect.column, row);
        if (how == Op::store) to = x;
        if (how == Op::contribute) to += x;
        if (how == Op::contribute_min) to = x < to || std::isnan(x) ? x : to;
        if (how == Op::contribute_max) to = x > to || std::isnan(x) ? x : to;
    }

    void check(const ProgramOnDomain& on, const Instruction& i) {
        const Check& check = program_->checks[static_cast<std::size_t>(i.extra)];
        const double x = read(i.a);
        if ((!i.b.is_constant() && read(i.b) == 0) || is_admissible(check.demand, x)) return;
        if (!tick_.failed.contains(lane_)) {
            const auto number = [](double v) { return std::isnan(v) ? "nan" : fmt::format("{:.6g}", v); };
            std::string text = fmt::format(
                "{} on {}: is {}", check.what,
                !model_.domain(on.domain).kind.is_given() ? model_.domain(on.domain).name : fmt::format("cell {}", row_), number(x));
            for (const Check::Name& name : check.names) text += fmt::format(", {} = {}", name.text, number(read(name.value)));
            tick_.failed[lane_] = text;
        }
        if (i.a.slot < program_->registers)
            registers_[static_cast<std::size_t>(i.a.slot)] = check.demand == Check::Demand::positive ? 1 : 0;
    }

    static bool is_admissible(Check::Demand demand, double x) {
        if (demand == Check::Demand::probability) return x >= 0 && x <= 1;
        return std::isfinite(x) && (demand == Check::Demand::finite || x > 0 || (demand == Check::Demand::not_negative && x == 0));
    }

    const Model& model_;
    int lanes_;
    const Program* program_ = nullptr;
    int lane_ = 0;
    std::int64_t row_ = 0;
    std::vector<double> registers_;
    std::vector<double> uniforms_;
    Tick tick_;
};

/// How a batch runs a model.
struct Way {
    const Kernels* kernels;
    int lanes;
    int threads = 1;
    [[nodiscard]] std::string text() const {
        return fmt::format("{}, {} lane{}, {} thread{}", kernels->name, lanes, lanes == 1 ? "" : "s", threads, threads == 1 ? "" : "s");
    }
};

inline Tick tick_of(const RandomModel& random, const Model& model, const Way& way) {
    Batch batch(model, way.lanes, *way.kernels, way.threads);
    std::vector<std::vector<double>> parameters(1);
    for (int lane = 0; lane < way.lanes; ++lane) parameters[0].push_back(parameter_of(lane));
    batch.begin(draw_seed, first_run, parameters);
    for (std::size_t c = 0; c < model.columns.size(); ++c) {
        const auto values = batch.values({static_cast<int>(c)});
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = random.initial(c, static_cast<std::int64_t>(i) / way.lanes, static_cast<int>(i) % way.lanes);
    }
    batch.tick();
    Tick tick;
    for (std::size_t c = 0; c < model.columns.size(); ++c) {
        const auto values = batch.column({static_cast<int>(c)});
        tick.columns.emplace_back(values.begin(), values.end());
    }
    for (const LaneFailure& failure : batch.failures())
        tick.failed[failure.lane] = fmt::format("{} on {}: {}, {}", failure.statement, failure.row,
                                                failure.what.substr(0, failure.what.find(',')), failure.operands);
    return tick;
}

/// Where a batch's tick is first another than the reference's, which may have more lanes; "" where it is not.
inline std::string difference(const Model& model, const Tick& got, int lanes, const Tick& expected, int expected_lanes) {
    for (std::size_t c = 0; c < got.columns.size(); ++c)
        for (std::size_t i = 0; i < got.columns[c].size(); ++i) {
            const std::size_t row = i / static_cast<std::size_t>(lanes), lane = i % static_cast<std::size_t>(lanes);
            const double x = got.columns[c][i];
            const double y = expected.columns[c][row * static_cast<std::size_t>(expected_lanes) + lane];
            if (same_bits(x, y) || (std::isnan(x) && std::isnan(y)) || (y == untouched && model.column(ColumnId{static_cast<int>(c)}).name.ends_with("dump")))
                continue;
            return fmt::format("'{}' on row {}, lane {}, is {}, not {}", model.column(ColumnId{static_cast<int>(c)}).name, row, lane, x, y);
        }
    const auto said = [](const Tick& tick, int lane) { return tick.failed.contains(lane) ? tick.failed.at(lane) : "nothing"; };
    for (int lane = 0; lane < lanes; ++lane)
        if (said(got, lane) != said(expected, lane))
            return fmt::format("of lane {} is said '{}', not '{}'", lane, said(got, lane), said(expected, lane));
    return "";
}

inline std::string difference(const RandomModel& random, std::size_t instructions, const Way& way) {
    const Model model = random.model(instructions);
    return difference(model, tick_of(random, model, way), way.lanes, Reference(random, model, way.lanes).run(), way.lanes);
}

/// The line of the listing that shows an instruction of the body.
inline std::string line_of(const Program& program, std::size_t instruction) {
    const std::string text = listing(program);
    std::istringstream body(text.substr(text.find("each block:\n") + 12));
    std::string line;
    for (std::size_t i = 0; i <= instruction; ++i) std::getline(body, line);
    return line.substr(2);
}

/// Which instruction is the first after which a batch and the reference differ, and how.
inline std::string first_difference(const RandomModel& random, const Way& way) {
    const std::size_t size = random.program().body.size();
    for (std::size_t n = 1; n <= size; ++n)
        if (const std::string how = difference(random, n, way); !how.empty())
            return fmt::format("{}: after instruction {} of {} ({}) {}", way.text(), n - 1, size, line_of(random.program(), n - 1), how);
    return way.text() + ": no beginning of the program differs";
}

}  // namespace entente::test
