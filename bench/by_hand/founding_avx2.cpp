#define LOOP_NAMESPACE avx2
#define LOOP_VECTOR 4
#include "founding_fused.inc"
#include "founding_sparing.inc"

namespace entente::by_hand {

const Loops& avx2_loops(Way way) {
    static constexpr Loops fused{4, nullptr, avx2::fused::run};
    static constexpr Loops sparing{4, avx2::sparing::prepare, avx2::sparing::run};
    return way == Way::fused ? fused : sparing;
}

}  // namespace entente::by_hand
