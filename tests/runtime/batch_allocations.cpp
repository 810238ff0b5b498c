// A tick takes no memory: this binary counts every allocation.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include <gtest/gtest.h>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/scenario/read.hpp>

namespace {

std::atomic<long> allocations = 0;

void* counted(std::size_t size, std::size_t alignment) {
    ++allocations;
    void* memory = alignment > alignof(std::max_align_t) ? std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment) : std::malloc(size);
    if (!memory) throw std::bad_alloc();
    return memory;
}

}  // namespace

void* operator new(std::size_t size) { return counted(size, 1); }
void* operator new[](std::size_t size) { return counted(size, 1); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return ++allocations, std::malloc(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return ++allocations, std::malloc(size); }
void* operator new(std::size_t size, std::align_val_t alignment) { return counted(size, static_cast<std::size_t>(alignment)); }
void* operator new[](std::size_t size, std::align_val_t alignment) { return counted(size, static_cast<std::size_t>(alignment)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace entente {
namespace {

/// Allocations in the ticks after the second, a year of weeks of them at most.
long allocations_in_ticks(const std::string& file, int lanes, const Kernels& kernels, int threads = 1) {
    const Model model = compile(read_scenario(std::string(ENTENTE_ROOT) + "/" + file).scenario);
    Batch batch(model, lanes, kernels, threads);
    batch.begin(1, 0);
    batch.tick();
    batch.tick();
    const long before = allocations;
    for (std::int64_t tick = 2; tick < std::min<std::int64_t>(model.calendar.ticks(), 52); ++tick) batch.tick();
    batch.measure_over_time();
    EXPECT_TRUE(batch.failures().empty());
    return allocations - before;
}

TEST(Allocations, are_counted_here) {
    const long before = allocations;
    delete new int;
    EXPECT_EQ(allocations - before, 1);
}

TEST(Allocations, there_are_none_in_a_tick) {
    for (const char* file : {"tests/scenes/founding.yaml", "tests/scenes/diffusion.yaml", "tests/scenes/market.yaml", "tests/scenes/council.yaml"}) {
        for (const int lanes : {1, 256}) EXPECT_EQ(allocations_in_ticks(file, lanes, choose_kernels("")), 0) << file << ", " << lanes << " lanes";
        for (const Kernels* kernels : available_kernels()) EXPECT_EQ(allocations_in_ticks(file, 8, *kernels), 0) << file << ", " << kernels->name;
    }
}

TEST(Allocations, there_are_none_where_threads_share_out_the_rows) {
    for (const char* file : {"tests/scenes/random_graph.yaml", "tests/scenes/grid.yaml", "tests/scenes/events.yaml"})
        EXPECT_EQ(allocations_in_ticks(file, 1, choose_kernels(""), 2), 0) << file;
}

}  // namespace
}  // namespace entente
