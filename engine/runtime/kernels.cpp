#include <entente/runtime/kernels.hpp>

#include <string>
#include <vector>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>

namespace entente {

const Kernels& choose_kernels(std::string_view name) {
    const auto available = available_kernels();
    if (name.empty()) return *available.back();
    std::vector<std::string> names;
    for (const Kernels* kernels : available) {
        if (kernels->name == name) return *kernels;
        names.emplace_back(kernels->name);
    }
    throw Error(fmt::format("the instruction set '{}' is not available on this machine", name),
                fmt::format("this {} has {}", writes_machine_code() ? "processor" : "build, which writes no machine code,", listed(names)));
}

}  // namespace entente
