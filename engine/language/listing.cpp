#include <algorithm>
#include <array>

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

}  // namespace

std::string listing(const Program& program) {
    std::string out;
    if (!program.prologue.empty()) out += "once a step:\n", list(out, program, program.prologue, program.prologue_registers, false);
    out += "each block:\n";
    list(out, program, program.body, program.registers, true);
    return out;
}

}  // namespace entente
