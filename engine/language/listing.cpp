#include <array>

#include <fmt/format.h>

#include <entente/language/program.hpp>

namespace entente {
namespace {

constexpr std::array names{"add",           "subtract",    "multiply", "divide",    "power", "modulo", "minimum",    "maximum",
                           "less",          "less_equal",  "equal",    "not_equal", "and",   "or",     "fires",      "negate",     "not",
                           "absolute",      "square_root", "exp",      "expm1",     "log",   "log1p",  "sin",        "cos",
                           "tan",           "tanh",        "atan",     "floor",     "ceil",  "round",  "copy",       "normal",
                           "select",        "poisson",     "draw",     "check",     "skip",  "store",  "contribute", "contribute_min",
                           "contribute_max", "native"};

std::string slot_name(const Program& program, int registers, bool has_loads, std::int32_t slot) {
    if (slot < registers) return fmt::format("r{}", slot);
    const int loads = has_loads ? static_cast<int>(program.loads.size()) : 0;
    if (slot < registers + loads) return fmt::format("load{}", slot - registers);
    return fmt::format("uniform{}", slot - registers - loads);
}

void list(std::string& out, const Program& program, const std::vector<Instruction>& code, int registers, bool has_loads) {
    for (const Instruction& i : code) {
        out += fmt::format("  {}", names[static_cast<std::size_t>(i.op)]);
        if (i.d >= 0) out += " " + slot_name(program, registers, has_loads, i.d);
        if (i.second >= 0) out += " " + slot_name(program, registers, has_loads, i.second);
        const bool binary = i.op <= Op::fires || i.op == Op::poisson;
        const int operands = i.op == Op::select ? 3 : binary ? 2 : i.op == Op::draw ? 0 : 1;
        for (int k = 0; k < std::max(operands, i.b.is_constant() ? 0 : 2); ++k) {
            const Operand& o = k == 0 ? i.a : k == 1 ? i.b : i.c;
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
