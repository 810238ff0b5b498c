#include <entente/report/packed.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "unpacked.hpp"

namespace entente {
namespace {

TEST(Packed, numbers_come_back_within_half_a_step) {
    for (const int width : {1, 2}) {
        for (const std::size_t count : {0, 1, 2, 3, 4, 5, 1000}) {
            std::vector<double> numbers;
            for (std::size_t i = 0; i < count; ++i) numbers.push_back(i % 7 == 3 ? std::nan("") : 100 * std::sin(static_cast<double>(i)));
            const page::PackedNumbers packed = page::packed(numbers, width);
            const std::vector<double> found = unpacked(packed);
            ASSERT_EQ(found.size(), count);
            const double step = (packed.high - packed.low) / (width == 1 ? 254 : 65534);
            for (std::size_t i = 0; i < count; ++i) {
                EXPECT_EQ(std::isnan(found[i]), std::isnan(numbers[i]));
                if (!std::isnan(numbers[i])) {
                    EXPECT_NEAR(found[i], numbers[i], 0.500001 * step);
                }
            }
        }
    }
}

TEST(Packed, ends_of_the_range_are_exact) {
    const std::vector<double> numbers = {0.1, 0.7, 0.3};
    const std::vector<double> found = unpacked(page::packed(numbers));
    EXPECT_EQ(found[0], 0.1);
    EXPECT_EQ(found[1], 0.7);
}

TEST(Packed, numbers_without_a_range_or_beyond_one_come_back) {
    EXPECT_EQ(unpacked(page::packed(std::vector<double>{4.2, 4.2})), (std::vector{4.2, 4.2}));
    const double most = std::numeric_limits<double>::max();
    EXPECT_EQ(unpacked(page::packed(std::vector{-most, most, 0.0}, 2))[1], most);
    const std::vector<double> none = unpacked(page::packed(std::vector{std::numeric_limits<double>::infinity(), std::nan("")}));
    EXPECT_TRUE(std::isnan(none[0]) && std::isnan(none[1]));
}

TEST(Packed, slow_courses_take_little_room) {
    std::vector<double> numbers;
    for (int i = 0; i < 100'000; ++i) numbers.push_back(std::sin(i / 1000.0));
    EXPECT_LT(page::packed(numbers).bytes.size(), numbers.size() / 8);
}

}  // namespace
}  // namespace entente
