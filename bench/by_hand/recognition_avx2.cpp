#define LOOP_NAMESPACE avx2
#define LOOP_VECTOR 4
#include "recognition_loop.inc"

namespace entente::by_hand::seeker {

const Loops& avx2_loops() {
    return avx2::recognition::loops;
}

}  // namespace entente::by_hand::seeker
