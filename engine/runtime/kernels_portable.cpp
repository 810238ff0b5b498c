#define ENTENTE_KERNELS portable
#define ENTENTE_VECTOR 1
#include <entente/runtime/kernels.inc>

namespace entente {

const Kernels& portable_kernels() {
    static constexpr Kernels kernels{"portable", portable::execute, portable::gather, portable::presence, portable::hash, portable::accumulate, portable::transpose, portable::sum_gathered, portable::sum_products};
    return kernels;
}

}  // namespace entente
