// The instruction sets of x86-64.
#include <algorithm>
#include <vector>

#include <entente/base/machine.hpp>
#include <entente/runtime/kernels.hpp>

namespace entente {

std::span<const Kernels* const> available_kernels() {
    static const std::vector<const Kernels*> all = [] {
        const bool avx2 = has_fused_multiply_add() && __builtin_cpu_supports("avx2");
        const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
        std::vector<const Kernels*> found{&portable_kernels()};
        if (avx2) found.insert(found.end(), {&avx2_interpreted_kernels(), &avx2_kernels()});
        if (avx512) found.insert(found.end(), {&avx512_interpreted_kernels(), &avx512_kernels()});
        if (!writes_machine_code()) std::erase_if(found, [](const Kernels* kernels) { return kernels->native > 0; });
        return found;
    }();
    return all;
}

}  // namespace entente
