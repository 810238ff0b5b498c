#include <cmath>

#include <gtest/gtest.h>

#include <entente/output/interval_bar.hpp>

namespace entente {
namespace {

std::string bar(double inner, double value, double low, double high, bool unicode = true) {
    return interval_bar(inner, {value, {low, high}}, 1, 20, {.width = 80, .unicode = unicode});
}

TEST(IntervalBar, shows_estimate_and_interval) {
    EXPECT_EQ(bar(0.3, 0.7, 0.55, 0.88), "██████▒▒▒▒▒├──┼──┤");
    EXPECT_EQ(bar(0.3, 0.7, 0.55, 0.88, false), "######=====|--+--|");
    EXPECT_EQ(bar(0.7, 0.7, 0.69, 0.71), "█████████████├┼") << "where the estimate and an end share a cell, the estimate is seen";
}

TEST(IntervalBar, draws_what_lies_beyond_an_end_at_it) {
    EXPECT_EQ(bar(0, 0.02, -0.2, 0.13), "┼─┤");
    EXPECT_EQ(bar(1, 0.9, 0.8, 1.4), "████████████████├─┼┤");
}

TEST(IntervalBar, needs_no_interval) {
    EXPECT_EQ(bar(0.2, 0.3, std::nan(""), std::nan("")), "████▒▒┼");
    EXPECT_EQ(bar(0.2, std::nan(""), std::nan(""), std::nan("")), "");
}

}  // namespace
}  // namespace entente
