#define ENTENTE_KERNELS avx2
#define ENTENTE_VECTOR 4
#include <entente/runtime/kernels.inc>

namespace entente {

const Kernels& avx2_interpreted_kernels() {
    static constexpr Kernels kernels{"avx2-interpreted", avx2::execute, avx2::gather, avx2::presence, avx2::hash, avx2::accumulate, avx2::transpose, avx2::sum_gathered, avx2::sum_products};
    return kernels;
}

const Kernels& avx2_kernels() {
    static constexpr Kernels kernels{"avx2", avx2::execute, avx2::gather, avx2::presence, avx2::hash, avx2::accumulate, avx2::transpose, avx2::sum_gathered, avx2::sum_products, 4};
    return kernels;
}

}  // namespace entente
