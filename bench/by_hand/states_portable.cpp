#define LOOP_NAMESPACE portable
#define LOOP_VECTOR 1
#include "states_loop.inc"

namespace entente::by_hand {

const StateLoops& portable_state_loops() {
    return portable::states::loops;
}

}  // namespace entente::by_hand
