#define ENTENTE_KERNELS avx512
#define ENTENTE_VECTOR 8
#include <entente/runtime/kernels.inc>

namespace entente {

const Kernels& avx512_interpreted_kernels() {
    static constexpr Kernels kernels{"avx512-interpreted", avx512::execute, avx512::gather, avx512::presence, avx512::hash, avx512::accumulate, avx512::transpose, avx512::sum_gathered, avx512::sum_products};
    return kernels;
}

const Kernels& avx512_kernels() {
    static constexpr Kernels kernels{"avx512", avx512::execute, avx512::gather, avx512::presence, avx512::hash, avx512::accumulate, avx512::transpose, avx512::sum_gathered, avx512::sum_products, 8};
    return kernels;
}

}  // namespace entente
