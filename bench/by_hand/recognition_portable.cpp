#define LOOP_NAMESPACE portable
#define LOOP_VECTOR 1
#include "recognition_loop.inc"

namespace entente::by_hand::seeker {

const Loops& portable_loops() {
    return portable::recognition::loops;
}

}  // namespace entente::by_hand::seeker
