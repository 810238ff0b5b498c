#include <entente/runtime/ways.hpp>

namespace entente {

int program_on(const Model& model, int number, int lanes) {
    const int by_key = model.programs[static_cast<std::size_t>(number)].by_key;
    return lanes == 1 && by_key >= 0 ? by_key : number;
}

bool packs(std::int64_t rows, int lanes) { return lanes > 1 && (lanes >= block_size || rows == 1); }

bool only_sums_gathered(const ProgramOnDomain& on) {
    const Program& program = on.program;
    if (on.slices < 0 || program.body.size() != 1 || program.loads.size() != 1) return false;
    const Instruction& op = program.body.front();
    const Load& load = program.loads.front();
    return op.op == Op::contribute && op.a.slot == program.load_slot(0) && op.b.is_constant() && load.map.value >= 0 && !load.presence && load.row < 0;
}

}  // namespace entente
