#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <entente/language/program.hpp>

namespace entente {
namespace {

std::string slot_name(const Program& program, int registers, bool has_loads, std::int32_t slot) {
    if (slot < registers) return fmt::format("r{}", slot);
    const int loads = has_loads ? static_cast<int>(program.loads.size()) : 0;
    if (slot < registers + loads) return fmt::format("load{}", slot - registers);
    return fmt::format("uniform{}", slot - registers - loads);
}

void list(std::string& out, const Program& program, const std::vector<Instruction>& code, int registers, bool has_loads) {
    for (const Instruction& i : code) {
        const Operation& what = operation(i.op);
        out += fmt::format("  {}", what.name);
        each_written(i, [&](std::int32_t slot) { out += " " + slot_name(program, registers, has_loads, slot); });
        const bool has_mask = what.form == Operation::Form::value || what.form == Operation::Form::count || !i.b.is_constant();
        const std::array operands{&i.a, &i.b, &i.c};
        for (int k = 0; k < (has_mask ? what.operands : std::min(what.operands, 1)); ++k) {
            const Operand& o = *operands[static_cast<std::size_t>(k)];
            out += o.is_constant() ? fmt::format(" {}", o.constant) : " " + slot_name(program, registers, has_loads, o.slot);
        }
        if (i.extra >= 0) out += fmt::format(" #{}", i.extra);
        out += '\n';
    }
}

/// Instructions as people read them.
class Reader {
public:
    Reader(const Program& program, const ProgramNames& called, bool is_prologue)
        : program_(program), names_(called), registers_(is_prologue ? program.prologue_registers : program.registers),
          loads_(is_prologue ? 0 : static_cast<int>(program.loads.size())) {}

    [[nodiscard]] std::string line(const Instruction& i) const {
        const Operation& what = operation(i.op);
        const std::string where = i.b.is_constant() ? "" : " where " + operand(i.b);
        switch (what.form) {
            case Operation::Form::value:
            case Operation::Form::count: return computed(i, what);
            case Operation::Form::draw: return drawn(i);
            case Operation::Form::check: return fmt::format("check {}{}: {}", operand(i.a), where, check_of(i));
            case Operation::Form::skip: return fmt::format("skip to {} where {} is 0 in the whole block", i.extra, operand(i.a));
            case Operation::Form::store: return fmt::format("store {} = {}{}", effect(i), operand(i.a), where);
            case Operation::Form::contribution: return fmt::format("{} {} to {}{}", what.name, operand(i.a), effect(i), where);
            case Operation::Form::native: return fmt::format("machine code for the instructions up to {}", i.second);
        }
        return {};
    }

private:
    [[nodiscard]] std::string slot(std::int32_t number) const {
        if (number < registers_) return fmt::format("r{}", number);
        if (number < registers_ + loads_) return names_.load(program_.loads[static_cast<std::size_t>(number - registers_)]);
        const Uniform& uniform = program_.uniforms[static_cast<std::size_t>(number - registers_ - loads_)];
        return uniform.form == Uniform::Form::computed ? fmt::format("once{}", uniform.number) : names_.uniform(uniform);
    }
    [[nodiscard]] std::string operand(const Operand& o) const { return o.is_constant() ? fmt::format("{}", o.constant) : slot(o.slot); }
    [[nodiscard]] std::string effect(const Instruction& i) const { return names_.effect(program_.effects[static_cast<std::size_t>(i.extra)]); }
    [[nodiscard]] std::string check_of(const Instruction& i) const {
        const Check& check = program_.checks[static_cast<std::size_t>(i.extra)];
        return fmt::format("{} ({})", limits_of(check.demand).demanded, check.what);
    }
    [[nodiscard]] std::string drawn(const Instruction& i) const {
        const DrawSpec& spec = program_.draws[static_cast<std::size_t>(i.extra)];
        std::string text;
        for (const auto& [to, half] : {std::pair{i.d, 0}, std::pair{i.second, 1}})
            if (to >= 0) text += fmt::format("{}{} = draw {}", text.empty() ? "" : ", ", slot(to), names_.draw(spec, half));
        return text;
    }
    [[nodiscard]] std::string computed(const Instruction& i, const Operation& what) const {
        std::string text = fmt::format("{} = {}", slot(i.d), what.name);
        const std::array operands{&i.a, &i.b, &i.c};
        for (int k = 0; k < what.operands; ++k) text += ' ' + operand(*operands[static_cast<std::size_t>(k)]);
        return text;
    }

    const Program& program_;
    const ProgramNames& names_;
    int registers_;
    int loads_;
};

}  // namespace

std::string prologue_line(const Program& program, const Instruction& instruction, const ProgramNames& called) {
    return Reader(program, called, true).line(instruction);
}

std::string body_line(const Program& program, const Instruction& instruction, const ProgramNames& called) {
    return Reader(program, called, false).line(instruction);
}

std::string listing(const Program& program) {
    std::string out;
    if (!program.prologue.empty()) out += "once a step:\n", list(out, program, program.prologue, program.prologue_registers, false);
    out += "each block:\n";
    list(out, program, program.body, program.registers, true);
    return out;
}

}  // namespace entente
