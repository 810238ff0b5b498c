#include <entente/base/machine.hpp>

#include <cstdint>
#include <fstream>
#include <limits>

#include <fmt/format.h>
#include <sys/mman.h>

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

void make_present(void* begin, std::size_t bytes) {
    constexpr std::uintptr_t page = 1 << 12;
    constexpr std::uintptr_t large_page = 1 << 21;
    const auto advise = [&](std::uintptr_t size, int advice) {
        const auto at = reinterpret_cast<std::uintptr_t>(begin);
        const std::uintptr_t first = (at + size - 1) / size * size;
        const std::uintptr_t end = (at + bytes) / size * size;
        if (first < end) madvise(reinterpret_cast<void*>(first), end - first, advice);
    };
    advise(large_page, MADV_HUGEPAGE);
    if (bytes >= 16 * page) advise(page, MADV_POPULATE_WRITE);
}

}  // namespace entente
