#include <entente/report/relations_data.hpp>

#include <limits>

#include <gmock/gmock.h>

#include "../sample.hpp"

namespace entente {
namespace {

using testing::ElementsAre;

constexpr double open_end = std::numeric_limits<double>::infinity();

/// Of the sample's four runs, of which one failed: relations of the first two.
RelationsOverTime relations() {
    RelationsOverTime all;
    all.made = 2;
    all.runs = 2;
    all.agents = {"russia", "afghanistan"};
    all.moments = {0, 3};
    all.kinds = {{"relation",
                  {{0, 1}, {1, 0}},
                  {{"trust", "1", "", {.low = 0, .high = 1}, {{0.25, 0.5}, {0.75, 0.5}}},
                   {"debt", "USD", "", {.low = 0, .high = open_end}, {{2, 8}, {3, 4}}},
                   {"cover", "", "", {.low = 0, .high = open_end}, {{0, 0}, {0, 0}}}}}};
    all.years = {"2021*", "2022*"};
    all.events = {{"incursion", "border", {"a", "b", "c"}, {{0, 1}, {0, 0}, {2, 1.5}}}};
    return all;
}

page::EnsembleData data_of(const RelationsOverTime& relations) {
    page::EnsembleData data;
    add_relations({}, sample::ensemble(), relations, data);
    return data;
}

TEST(RelationsData, begin_with_the_row_on_which_an_event_is_most_frequent) {
    const page::EventData event = data_of(relations()).events.value().events.front();
    EXPECT_THAT(event.by_year, ElementsAre(2, 2.5));
    ASSERT_EQ(event.rows.size(), 2) << "b has none";
    EXPECT_EQ(event.rows[0].name, "c");
    EXPECT_THAT(event.rows[0].by_year, ElementsAre(2, 1.5));
    EXPECT_EQ(event.rows[1].name, "a");
}

TEST(RelationsData, show_at_most_forty_rows_and_say_so) {
    RelationsOverTime many = relations();
    many.events[0].rows.assign(50, "a");
    many.events[0].by_year.assign(50, {1, 1});
    const page::EventData event = data_of(many).events.value().events.front();
    EXPECT_EQ(event.rows.size(), 40);
    EXPECT_THAT(event.by_year, ElementsAre(50, 50)) << "the sum is of all";
    EXPECT_EQ(event.note, "The 40 most frequent of the 50 rows on which it happens; the others are in the sum. With --events the run logs all in events.csv.");
    EXPECT_EQ(data_of(relations()).events.value().events.front().note, "");
}

TEST(RelationsData, end_a_scale_where_its_range_or_its_values_do) {
    const page::NetworkData network = data_of(relations()).network.value();
    EXPECT_THAT(network.times, ElementsAre(page::Moment{"2021-12-20"}, page::Moment{"2022-01-10"}));
    const auto& fields = network.kinds.front().fields;
    EXPECT_EQ(fields[0].high, 1);
    EXPECT_EQ(fields[1].high, 8);
    EXPECT_EQ(fields[2].high, 1) << "a scale has a length";
    for (const page::NetworkField& field : fields) EXPECT_EQ(field.low, 0);
    EXPECT_THAT(fields[1].values, ElementsAre(ElementsAre(2, 8), ElementsAre(3, 4)));
}

TEST(RelationsData, say_over_which_runs_means_are_taken) {
    const page::EnsembleData data = data_of(relations());
    EXPECT_EQ(data.means_over, "Means over the first 2 of 4 runs.");
    EXPECT_EQ(data.events_over, "Means over all 4 runs, without the 1 that failed.");
}

TEST(RelationsData, say_why_there_are_none) {
    RelationsOverTime none;
    none.no_events = "Events are not counted.";
    none.no_network = "The network is too large.";
    const page::EnsembleData data = data_of(none);
    EXPECT_FALSE(data.events || data.network);
    EXPECT_EQ(data.no_events, "Events are not counted.");
    EXPECT_EQ(data.no_network, "The network is too large.");
    EXPECT_EQ(data.means_over, "") << "there is nothing to say it of";
}

}  // namespace
}  // namespace entente
