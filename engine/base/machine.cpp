#include <entente/base/machine.hpp>

#include <fstream>
#include <limits>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

namespace entente {

double free_memory() {
    std::ifstream facts("/proc/meminfo");
    std::string name;
    for (double kilobytes = 0; facts >> name >> kilobytes; facts.ignore(std::numeric_limits<std::streamsize>::max(), '\n'))
        if (name == "MemAvailable:") return kilobytes * 1024;
    return std::numeric_limits<double>::infinity();
}

void need_memory(double bytes, const std::string& what, const std::string& help) {
    const double free = free_memory();
    if (bytes <= free) return;
    throw Error(fmt::format("{} would take {:.1f} GB of memory, and {:.1f} GB are free", what, bytes * 1e-9, free * 1e-9), help);
}

}  // namespace entente
