#define FOUNDING_LOOPS avx2
#define FOUNDING_VECTOR 4
#include "founding.inc"

namespace entente::by_hand {

const Loops& avx2_loops() {
    static constexpr Loops loops{4, avx2::prepare, avx2::run};
    return loops;
}

}  // namespace entente::by_hand
