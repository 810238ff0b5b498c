#define FOUNDING_LOOPS avx512
#define FOUNDING_VECTOR 8
#include "founding.inc"

namespace entente::by_hand {

const Loops& avx512_loops() {
    static constexpr Loops loops{8, avx512::prepare, avx512::run};
    return loops;
}

}  // namespace entente::by_hand
