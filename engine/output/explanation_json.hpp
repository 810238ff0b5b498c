/// What a scenario was compiled into, as JSON.
#pragma once

#include <entente/output/explanation_text.hpp>

namespace entente {

/// The machine code of one instruction set.
struct ListedMachineCode {
    const Kernels* kernels = nullptr;
    bool is_refused = false;
    std::vector<MachineCode> loops;
};

/// All of it; of a stage that was explained in detail the instructions too.
std::string explanation_json(const Explanation& explanation, const ExplainedRuns& runs, const std::vector<ListedMachineCode>& machine_code = {});

}  // namespace entente
