#define LOOP_NAMESPACE avx512
#define LOOP_VECTOR 8
#include "founding_fused.inc"
#include "founding_sparing.inc"

namespace entente::by_hand {

const Loops& avx512_loops(Way way) {
    static constexpr Loops fused{8, nullptr, avx512::fused::run};
    static constexpr Loops sparing{8, avx512::sparing::prepare, avx512::sparing::run};
    return way == Way::fused ? fused : sparing;
}

}  // namespace entente::by_hand
