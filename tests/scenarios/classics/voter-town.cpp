// The voter model's exact property: the mean opinion is a martingale, so that its mean over runs stays, and ends as the share of runs that agree on yes.
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

Results town(double first_yes) {
    const std::string text = replaced(classic_text("voter-town"), "{value: 0.3,", " unit", fmt::format("{{value: {},", first_yes));
    return run(read_classic(text), {.runs = 200});
}

void expect_fair(double first_yes) {
    const auto ends = final_values(town(first_yes), "yes");
    const double n = static_cast<double>(ends.size());
    const double mean = std::accumulate(ends.begin(), ends.end(), 0.0) / n;
    EXPECT_NEAR(mean, first_yes, 3 * std::sqrt(first_yes * (1 - first_yes) / n));
}

TEST(VoterTown, agrees_on_yes_as_often_as_yes_was_said_at_first) {
    expect_fair(0.3);
    expect_fair(0.7);
}

TEST(VoterTown, agrees_in_almost_every_run) {
    const auto ends = final_values(town(0.5), "yes");
    int agreed = 0;
    for (const double end : ends) agreed += end == 0 || end == 1;
    EXPECT_GE(agreed, 195);
}

TEST(VoterTown, stays_as_it_is_once_all_agree) {
    for (const double end : final_values(town(1), "yes")) EXPECT_EQ(end, 1);
}

}  // namespace
}  // namespace entente::test
