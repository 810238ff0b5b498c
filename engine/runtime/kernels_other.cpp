// Where there are no kernels but the portable ones: all processors but x86-64.
#include <array>

#include <entente/runtime/kernels.hpp>

namespace entente {

std::span<const Kernels* const> available_kernels() {
    static const std::array all{&portable_kernels()};
    return all;
}

}  // namespace entente
