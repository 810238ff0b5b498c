#define LOOP_NAMESPACE avx512
#define LOOP_VECTOR 8
#include "recognition_loop.inc"

namespace entente::by_hand::seeker {

const Loops& avx512_loops() {
    return avx512::recognition::loops;
}

}  // namespace entente::by_hand::seeker
