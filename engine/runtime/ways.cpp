#include <entente/runtime/ways.hpp>

namespace entente {

ProgramId program_on(const Model& model, ProgramId program, int lanes) {
    const ProgramId by_key = model.programs[program].by_key;
    return lanes == 1 && by_key.is_given() ? by_key : program;
}

bool packs(std::int64_t rows, int lanes) {
    return lanes > 1 && (lanes >= block_size || rows == 1);
}

bool only_sums_gathered(const ProgramOnDomain& on) {
    const Program& program = on.program;
    if (!on.slices.is_given() || program.body.size() != 1 || program.loads.size() != 1) return false;
    const Instruction& op = program.body.front();
    const Load& load = program.loads.front();
    return op.op == Op::contribute && op.a.slot == program.load_slot(0) && op.b.is_constant() && load.map.is_given() && !load.presence &&
           load.row < 0;
}

}  // namespace entente
