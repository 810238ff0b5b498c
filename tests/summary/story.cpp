#include <entente/summary/story.hpp>

#include <limits>

#include <gmock/gmock.h>

namespace entente {
namespace {

using testing::ElementsAre;

LoggedEvent entry(std::int64_t tick, int event, double chance = 0.1, EventCause cause = EventCause::drawn) {
    return {.run = 0, .tick = tick, .event = event, .row = 0, .count = 2, .cause = cause, .chance = chance};
}

std::vector<std::int64_t> ticks_told(const CutLog& cut) {
    std::vector<std::int64_t> ticks;
    for (const LoggedEvent& one : cut.told) ticks.push_back(one.tick);
    return ticks;
}

TEST(CutLog, of_a_short_log_is_all) {
    const std::vector<LoggedEvent> log{entry(1, 0), entry(2, 1), entry(3, 0)};
    const CutLog cut = cut_log(log, 3);
    EXPECT_THAT(ticks_told(cut), ElementsAre(1, 2, 3));
    EXPECT_TRUE(cut.often.empty());
}

TEST(CutLog, leaves_out_the_most_frequent_kinds) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    const std::vector<LoggedEvent> log{entry(1, 0), entry(2, 1), entry(3, 0), entry(4, 2), entry(5, 0, none, EventCause::timeline), entry(6, 2), entry(7, 1)};
    const CutLog cut = cut_log(log, 4);
    EXPECT_THAT(ticks_told(cut), ElementsAre(2, 4, 6, 7));
    ASSERT_EQ(cut.often.size(), 1U);
    EXPECT_EQ(cut.often[0].event, 0);
    EXPECT_EQ(cut.often[0].entries, 3);
    EXPECT_EQ(cut.often[0].times, 6);
    EXPECT_EQ(cut.often[0].of_timeline, 2);
}

TEST(CutLog, of_one_kind_keeps_what_the_timeline_fires_and_what_had_the_least_chance) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    const std::vector<LoggedEvent> log{entry(1, 0, 0.5), entry(2, 0, 0.1), entry(3, 0, 0.4), entry(4, 0, none, EventCause::timeline), entry(5, 0, 0.1), entry(6, 0, 0.05)};
    const CutLog cut = cut_log(log, 3);
    EXPECT_THAT(ticks_told(cut), ElementsAre(2, 4, 6));
    EXPECT_EQ(cut.often[0].entries, 3);
}

}  // namespace
}  // namespace entente
