#include "session/memory.hpp"

#include <cstdint>
#include <cstdlib>
#include <new>
#include <thread>

#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <entente/base/machine.hpp>

namespace entente {

namespace {

constexpr std::size_t many = 3 << 19;  ///< bytes of a block that is mapped on its own

}  // namespace

void settle_memory() {
    constexpr int ahead = 1 << 29;
    constexpr int ahead_later = 32 << 20;
    constexpr int most_kept = 1 << 30;
    constexpr std::uintptr_t large_page = 1 << 21;
    constexpr std::size_t more_than_there_is = 1 << 18;
    mallopt(M_TRIM_THRESHOLD, most_kept);
    mallopt(M_MMAP_THRESHOLD, 2 * large_page);
    mallopt(M_TOP_PAD, ahead);
    void* const first = std::malloc(more_than_there_is);  // the heap grows, by `ahead` at once
    const auto begin = reinterpret_cast<std::uintptr_t>(first);
    std::free(first);
    mallopt(M_TOP_PAD, ahead_later);
    const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0)) / large_page * large_page;
    const auto border = (begin + more_than_there_is + large_page) / large_page * large_page;  // nothing behind it has been touched
    if (begin > 0 && border < end && end - border <= 2 * std::uintptr_t{ahead}) {  // else memory is short, or this is no heap
        madvise(reinterpret_cast<void*>(border), end - border, MADV_HUGEPAGE);
        // What lies before is taken and never touched: each small page of it would be fetched alone. Volatile, else the compiler drops it.
        [[maybe_unused]] void* volatile untouched = std::malloc(border - begin);
    }
    mallopt(M_MMAP_THRESHOLD, many);
}

int on_large_stack(const std::function<int()>& act) {
    constexpr rlim_t enough = 1 << 20;
    constexpr std::size_t large = 8 << 20;
    rlimit limit{};
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= enough) return act();
    pthread_attr_t attributes{};
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, large);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
    int code = 0;
    std::thread([&] { code = act(); }).join();
    return code;
}

}  // namespace entente

#if !defined(__SANITIZE_ADDRESS__)
// All containers of many values: results, summaries, tables of links.
void* operator new(std::size_t bytes) {
    if (bytes >= entente::many) return entente::take_memory(bytes);
    if (void* const begin = std::malloc(bytes > 0 ? bytes : 1)) return begin;
    throw std::bad_alloc();
}
void operator delete(void* begin) noexcept { std::free(begin); }
void operator delete(void* begin, std::size_t) noexcept { std::free(begin); }
#endif
