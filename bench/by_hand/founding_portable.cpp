#define FOUNDING_LOOPS portable
#define FOUNDING_VECTOR 1
#include "founding.inc"

namespace entente::by_hand {

const Loops& portable_loops() {
    static constexpr Loops loops{1, portable::prepare, portable::run};
    return loops;
}

}  // namespace entente::by_hand
