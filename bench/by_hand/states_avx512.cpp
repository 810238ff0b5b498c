#define LOOP_NAMESPACE avx512
#define LOOP_VECTOR 8
#include "states_loop.inc"

namespace entente::by_hand {

const StateLoops& avx512_state_loops() {
    return avx512::states::loops;
}

}  // namespace entente::by_hand
