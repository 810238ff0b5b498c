#include <entente/base/machine.hpp>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <new>

#include <fmt/format.h>
#include <sys/mman.h>

#include <entente/base/problem.hpp>

namespace entente {
namespace {

constexpr std::size_t cache_line = 64;
constexpr std::size_t page = 1 << 12;
constexpr std::size_t large_page = 1 << 21;

}  // namespace

bool has_fused_multiply_add() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("fma");
#else
    return true;
#endif
}

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
    const auto advise = [&](std::uintptr_t size, int advice) {
        const auto at = reinterpret_cast<std::uintptr_t>(begin);
        const std::uintptr_t first = (at + size - 1) / size * size;
        const std::uintptr_t end = (at + bytes) / size * size;
        if (first < end) madvise(reinterpret_cast<void*>(first), end - first, advice);
    };
    advise(large_page, MADV_HUGEPAGE);
    if (bytes >= 16 * page) advise(page, MADV_POPULATE_WRITE);
}

void* take_memory(std::size_t bytes) {
    const std::size_t border = bytes >= large_page / 4 * 3 ? large_page : cache_line;
    const std::size_t taken = (bytes + border - 1) / border * border;
    void* begin = std::aligned_alloc(border, taken);
    if (!begin) throw std::bad_alloc();
    if (border == large_page) madvise(begin, taken, MADV_HUGEPAGE);
    return begin;
}

void give_back_memory(void* begin) noexcept {
    std::free(begin);
}

}  // namespace entente
