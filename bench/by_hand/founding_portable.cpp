#define LOOP_NAMESPACE portable
#define LOOP_VECTOR 1
#include "founding_fused.inc"
#include "founding_sparing.inc"

namespace entente::by_hand {

const Loops& portable_loops(Way way) {
    static constexpr Loops fused{1, nullptr, portable::fused::run};
    static constexpr Loops sparing{1, portable::sparing::prepare, portable::sparing::run};
    return way == Way::fused ? fused : sparing;
}

}  // namespace entente::by_hand
