#include <entente/base/machine.hpp>

#include <sys/mman.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace entente {
namespace {

constexpr std::size_t page = 4096;

TEST(Machine, memory_made_present_is_there_before_it_is_filled) {
    constexpr std::size_t pages = 1000;
    void* const begin = mmap(nullptr, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(begin, MAP_FAILED);
    const auto present = [&] {
        std::vector<unsigned char> residence(pages);
        EXPECT_EQ(mincore(begin, pages * page, residence.data()), 0);
        return std::ranges::count_if(residence, [](unsigned char one) { return (one & 1) != 0; });
    };
    EXPECT_EQ(present(), 0);
    make_present(begin, pages * page);
    EXPECT_EQ(present(), pages);
    munmap(begin, pages * page);
}

TEST(Machine, memory_made_present_keeps_what_it_holds) {
    std::vector<double> values(100'000, 0.5);
    make_present(values.data() + 1, (values.size() - 2) * sizeof(double));
    EXPECT_TRUE(std::ranges::all_of(values, [](double value) { return value == 0.5; }));
    make_present(values.data(), 0);
}

}  // namespace
}  // namespace entente
