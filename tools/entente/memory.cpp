#include "memory.hpp"

#include <cstdint>
#include <cstdlib>
#include <new>

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <entente/base/machine.hpp>

namespace entente {

void settle_memory() {
    constexpr int ahead = 32 << 20;
    constexpr int most_kept = 1 << 30;
    constexpr std::uintptr_t large_page = 1 << 21;
    mallopt(M_TRIM_THRESHOLD, most_kept);
    mallopt(M_TOP_PAD, ahead);
    void* const first = std::malloc(1 << 16);  // the heap grows, by `ahead` at once
    std::free(first);
    const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0)) / large_page * large_page;
    const auto begin = (end - ahead + large_page) / large_page * large_page;
    if (first && begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace entente

#if !defined(__SANITIZE_ADDRESS__)
// All containers of many values: results, summaries, tables of links.
void* operator new(std::size_t bytes) {
    constexpr std::size_t many = 3 << 19;
    if (bytes >= many) return entente::take_memory(bytes);
    if (void* const begin = std::malloc(bytes > 0 ? bytes : 1)) return begin;
    throw std::bad_alloc();
}
void operator delete(void* begin) noexcept { std::free(begin); }
void operator delete(void* begin, std::size_t) noexcept { std::free(begin); }
#endif
