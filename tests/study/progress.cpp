#include <entente/study/progress.hpp>

#include <chrono>
#include <cmath>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace entente {
namespace {

using namespace std::chrono_literals;

TEST(Progress, counts_ticks_where_it_can_and_runs_else) {
    EXPECT_EQ((Progress{.runs_done = 1, .runs_total = 4}.share()), 0.25);
    EXPECT_EQ((Progress{.runs_done = 1, .runs_total = 4, .run_ticks_done = 30, .run_ticks_total = 40}.share()), 0.75);
    EXPECT_EQ((Progress{.runs_total = 0}.share()), 0.0);
}

TEST(Progress, expects_the_rest_to_take_as_long_as_what_was_done) {
    EXPECT_TRUE(std::isnan(Progress{.runs_total = 4}.seconds_left()));
    EXPECT_DOUBLE_EQ((Progress{.runs_done = 1, .runs_total = 4, .seconds = 10}.seconds_left()), 30);
    EXPECT_DOUBLE_EQ((Progress{.runs_total = 2, .seconds = 10, .run_ticks_done = 75, .run_ticks_total = 100, .run_ticks_before = 50}.seconds_left()), 10)
        << "what was there before took none of the time";
}

TEST(WorkDone, is_the_sum_over_all_threads) {
    WorkDone work;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 5; ++thread)
        threads.emplace_back([&] {
            for (int tick = 0; tick < 1000; ++tick) work.add(WorkDone::line_of_this_thread(), 8);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(work.done(), 40'000);
}

TEST(ProgressTeller, tells_of_ticks_while_no_run_is_done) {
    std::vector<Progress> told;
    ProgressTeller teller([&](const Progress& progress) { return told.push_back(progress), true; }, 2, 100);
    teller.work()->add(0, 30);
    std::this_thread::sleep_for(500ms);
    teller.end();
    ASSERT_GE(told.size(), 2u);
    EXPECT_EQ(told.back().runs_done, 0);
    EXPECT_EQ(told.back().run_ticks_done, 30);
    EXPECT_EQ(told.back().run_ticks_total, 200);
    EXPECT_GT(told.back().seconds, told.front().seconds);
    const std::size_t until_the_end = told.size();
    std::this_thread::sleep_for(250ms);
    EXPECT_EQ(told.size(), until_the_end) << "and no more after the end";
}

TEST(ProgressTeller, takes_a_wish_to_stop_from_any_of_its_calls) {
    ProgressTeller teller([](const Progress&) { return false; }, 2, 100);
    for (int tries = 0; tries < 500 && !teller.is_stopped(); ++tries) std::this_thread::sleep_for(10ms);
    EXPECT_TRUE(teller.is_stopped());
    EXPECT_FALSE(teller.tell(1, 0));
}

TEST(ProgressTeller, hands_on_what_its_own_thread_was_thrown) {
    ProgressTeller teller([](const Progress&) -> bool { throw std::runtime_error("no more"); }, 1, 1);
    for (int tries = 0; tries < 500 && !teller.is_stopped(); ++tries) std::this_thread::sleep_for(10ms);
    EXPECT_THROW(teller.end(), std::runtime_error);
}

TEST(ProgressTeller, costs_no_thread_where_nobody_asks) {
    ProgressTeller teller({}, 2, 100);
    EXPECT_EQ(teller.work(), nullptr);
    EXPECT_TRUE(teller.tell(1, 0));
    EXPECT_FALSE(teller.is_stopped());
}

}  // namespace
}  // namespace entente
