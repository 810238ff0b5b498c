#include <entente/runtime/kernels.hpp>

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>

namespace entente {

std::span<const Kernels* const> available_kernels() {
    static const std::array all{&portable_kernels(), &avx2_interpreted_kernels(), &avx2_kernels(), &avx512_interpreted_kernels(), &avx512_kernels()};
    static const std::size_t count = [] {
        const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
        const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                            __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
        return avx512 ? 5U : avx2 ? 3U : 1U;
    }();
    return std::span(all).first(count);
}

const Kernels& choose_kernels(std::string_view name) {
    const auto available = available_kernels();
    if (name.empty()) return *available.back();
    std::vector<std::string> names;
    for (const Kernels* kernels : available) {
        if (kernels->name == name) return *kernels;
        names.emplace_back(kernels->name);
    }
    throw Error(fmt::format("the instruction set '{}' is not available on this machine", name), fmt::format("this processor has {}", listed(names)));
}

}  // namespace entente
