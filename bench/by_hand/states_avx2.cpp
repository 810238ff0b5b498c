#define LOOP_NAMESPACE avx2
#define LOOP_VECTOR 4
#include "states_loop.inc"

namespace entente::by_hand {

const StateLoops& avx2_state_loops() {
    return avx2::states::loops;
}

}  // namespace entente::by_hand
