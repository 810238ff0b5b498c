// What may happen on a row: how often, to whom, and who learns of it.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::Each;
using testing::ElementsAre;

constexpr double margin = 4;  // standard deviations: a chance of 6e-5 to be outside, and the seeds are fixed

std::string cells(const std::string& steps, const std::string& head = "") {
    return head + "agents: {cell: {count: 20000, fields: {x: 0, y: 0}}}\nsteps:\n" + steps;
}

/// One run, one lane: for worlds of many rows.
struct Crowd {
    explicit Crowd(const std::string& text, std::uint64_t seed = 1) : scenario(scenario_of(text)), model(compile(scenario)), batch(model, 1, choose_kernels("")) {
        batch.begin(seed, 0);
    }
    std::span<const double> fired(const std::string& event) const {
        return batch.column(model.events[scenario.schema.event(event).value()].count);
    }
    std::span<const double> field(int kind, int number) const { return batch.column(model.field_columns[{kind}][{number}]); }

    Scenario scenario;
    Model model;
    Batch batch;
};

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// `hits` of `n` lie within the margin of the chance `p`.
void expect_share(double hits, double n, double p) { EXPECT_NEAR(hits, n * p, margin * std::sqrt(n * p * (1 - p))); }

// -- probability, rate, count -----------------------------------------------------------------------------------------------------------

TEST(Events, fire_with_their_probability) {
    Crowd crowd(cells("  - {event: e, on: cell, probability: 0.3, do: [x += 1]}\n"));
    crowd.batch.tick();
    expect_share(sum(crowd.fired("e")), 20000, 0.3);
    EXPECT_EQ(sum(crowd.fired("e")), sum(crowd.field(0, 0)));
}

TEST(Events, of_probability_0_never_fire_and_of_1_always) {
    World world("agents: {state: {fields: {x: 0, y: 0}, members: [a, b]}}\n"
                "steps: [{event: never, on: state, probability: 0, do: [x += 1]}, {event: always, on: state, probability: 1, do: [y += 1]}]");
    world.tick(50);
    EXPECT_THAT(world.all("state.x"), Each(0));
    EXPECT_THAT(world.all("state.y"), Each(50));
}

TEST(Events, at_a_rate_fire_at_most_once_a_tick_with_the_chance_of_its_length) {
    const std::string month = "calendar: {start: 2021-01-01, ticks: 12, step: month}\n";
    Crowd crowd(cells("  - {event: e, on: cell, rate: 6}\n", month));
    crowd.batch.tick();
    expect_share(sum(crowd.fired("e")), 20000, 1 - std::exp(-6.0 / 12));
    EXPECT_EQ(*std::max_element(crowd.fired("e").begin(), crowd.fired("e").end()), 1);
}

TEST(Events, at_the_same_rate_come_equally_often_by_weeks_and_by_months) {
    const auto in_two_years = [](const std::string& step, int ticks) {
        const Results results = run("calendar: {start: 2021-01-01, ticks: " + std::to_string(ticks) + ", step: " + step +
                                        "}\nagents: {cell: {count: 100, fields: {x: 0}}}\nsteps: [{event: e, on: cell, rate: 0.5}]\n"
                                        "measures: {all: \"total(sum(c.e for c in cell))\"}",
                                    {.runs = 100, .threads = 1});
        const auto totals = final_values(results, "all");
        return sum(totals) / 1e4;  // a cell and run
    };
    // 1 - exp(-r dt) a tick: what the tick's length costs is known
    EXPECT_NEAR(in_two_years("month", 24), 24 * (1 - std::exp(-0.5 / 12)), margin * std::sqrt(1 / 1e4));
    EXPECT_NEAR(in_two_years("week", 104), 104 * (1 - std::exp(-0.5 * 7 / 365.25)), margin * std::sqrt(1 / 1e4));
}

TEST(Events, with_a_count_are_poisson_and_their_name_reads_the_number) {
    const std::string quarter = "calendar: {start: 2021-01-01, ticks: 12, step: quarter}\n";
    for (const double yearly : {2.0, 400.0}) {  // means 0.5 and 100: both of the generator's methods
        Crowd crowd(cells(fmt::format("  - {{event: spark, on: cell, count: {}, do: [x += spark, y += 1]}}\n", yearly), quarter));
        crowd.batch.tick();
        const auto counts = crowd.fired("spark");
        const double mean = yearly / 4;
        double square = 0;
        for (const double count : counts) square += (count - mean) * (count - mean);
        EXPECT_NEAR(sum(counts) / 20000, mean, margin * std::sqrt(mean / 20000));
        EXPECT_NEAR(square / 20000, mean, margin * std::sqrt((2 * mean * mean + mean) / 20000));
        EXPECT_TRUE(std::equal(counts.begin(), counts.end(), crowd.field(0, 0).begin()));
        for (std::size_t row = 0; row < counts.size(); ++row) ASSERT_EQ(crowd.field(0, 1)[row], counts[row] > 0 ? 1 : 0);
    }
}

TEST(Events, read_the_fields_of_their_row_for_their_chance) {
    World world("agents: {state: {fields: {p: 0, x: 0}, members: {a: {p: 1}, b: {p: 0}}}}\nsteps: [{event: e, on: state, probability: p, do: [x = 1]}]");
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(1, 0));
}

TEST(Events, take_where_and_let_as_rules_do) {
    World world("agents: {state: {fields: {p: 0, x: 0}, members: {a: {p: 1}, b: {p: 2}, c: {p: 3}}}}\n"
                "steps: [{event: e, on: state, let: {half: p / 2}, where: p > 1, probability: 'clip(half, 0, 1)', do: [x = half, p = half]}]");
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(0, 1, 1.5));
    EXPECT_THAT(world.fired("e"), ElementsAre(0, 1, 1));
}

TEST(Events, need_no_statements) {
    World world("agents: {state: {fields: {x: 0}, members: [a]}}\nsteps: [{event: e, on: state, probability: 1}]");
    EXPECT_THAT(world.tick().fired("e"), ElementsAre(1));
}

TEST(Events, contribute_only_where_they_fired) {
    World world("agents: {state: {fields: {x: 0}, members: [a, b, c]}}\nlinks:\n  tie:\n    source: state\n    target: state\n    fields: {p: 0}\n"
                "    members: {a -> c: {p: 1}, b -> c: {p: 0}}\nsteps: [{event: e, on: tie, probability: p, do: [source.x -= 1, target.x += 1]}]");
    EXPECT_THAT(world.tick(3).all("state.x"), ElementsAre(-3, 0, 3));
}

// -- their names ------------------------------------------------------------------------------------------------------------------------

/// `debut` happens on a at tick 1 only, `tied` on a -> b always.
std::string witnessed(const std::string& steps) {
    return "agents: {state: {fields: {x: 0, y: 0}, members: [a, b]}}\nlinks: {tie: {source: state, target: state, fields: {z: 0}, members: [a -> b, b -> a]}}\n"
           "steps:\n" + steps;
}
const std::string first_on_a = "  - {event: debut, on: state, where: 'self == state[a] and tick == 1', probability: 1}\n";
const std::string tied_a_to_b = "  - {event: tied, on: tie, where: 'source == state[a]', probability: 1}\n";

TEST(EventNames, read_how_often_the_event_fired_on_that_row_in_later_steps) {
    World world(witnessed(first_on_a + "  - {rule: r, on: state, do: [x += debut]}\n"));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(0, 0));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(1, 0));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(1, 0));  // forgotten with the next tick
}

TEST(EventNames, read_0_in_steps_before_the_event) {
    World world(witnessed("  - {rule: r, on: state, do: [x += debut]}\n" + first_on_a));
    EXPECT_THAT(world.tick(3).all("state.x"), ElementsAre(0, 0));
}

TEST(EventNames, are_looked_up_by_agent_and_by_link) {
    World world(witnessed(first_on_a + tied_a_to_b + "  - {rule: r, on: state, do: ['x += debut[a]', 'y += tied[a, b] + 10 * tied[b, a]']}\n"));
    world.tick(2);
    EXPECT_THAT(world.all("state.x"), ElementsAre(1, 1));
    EXPECT_THAT(world.all("state.y"), ElementsAre(2, 2));
}

TEST(EventNames, are_looked_up_from_self_and_the_ends_of_links) {
    World world(witnessed(tied_a_to_b + "  - {rule: r, on: state, do: ['x = tied[self, b]', 'y = sum(tied[r.target, self] for r in tie.out(self))']}\n"
                                        "  - {rule: s, on: tie, do: ['z = tied[target, source] + 10 * tied + 100 * reverse.tied']}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.x"), ElementsAre(1, 0));
    EXPECT_THAT(world.all("state.y"), ElementsAre(0, 1));
    EXPECT_THAT(world.all("tie.z"), ElementsAre(10, 101));
}

TEST(EventNames, are_summed_by_aggregates) {
    World world(witnessed(tied_a_to_b + "  - {rule: r, on: state, do: ['x = sum(r.tied for r in tie)', 'y = count(r.tied for r in tie.into(self))']}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.x"), ElementsAre(1, 1));
    EXPECT_THAT(world.all("state.y"), ElementsAre(0, 1));
}

// -- choice -----------------------------------------------------------------------------------------------------------------------------

/// 5,000 choosers before options p, q, r of worth 0, 1, 2.
std::string market(const std::string& event) {
    return R"yaml(
parameters: {warmth: 2, stay: 0.5}
agents:
  chooser: {count: 5000, fields: {picks: 0}}
  option:
    fields: {worth: 0, chosen: 0}
    members: {p: {worth: 0}, q: {worth: 1}, r: {worth: 2}}
links:
  bid: {source: chooser, target: option, fields: {x: 0}, pattern: complete}
steps:
  - event: pick
    on: bid
)yaml" + event + "    do: [source.picks += 1, target.chosen += 1]\n";
}

/// Pearson's statistic of what the options and, last, none of them got, against multinomial logit weights.
double chi_square(const Crowd& crowd, double ticks, std::vector<double> weights) {
    std::vector<double> got(crowd.field(1, 1).begin(), crowd.field(1, 1).end());
    got.push_back(5000 * ticks - sum(got));
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    double statistic = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double expected = 5000 * ticks * weights[i] / all;
        if (expected > 0) statistic += (got[i] - expected) * (got[i] - expected) / expected;
        else EXPECT_EQ(got[i], 0);
    }
    return statistic;
}
constexpr double critical_3 = 16.27;  // chi-square, 3 degrees of freedom, 0.001
constexpr double critical_2 = 13.82;  // 2 degrees

TEST(Choice, follows_the_multinomial_logit_with_temperature_and_outside) {
    Crowd crowd(market("    choice: target.worth\n    temperature: warmth\n    outside: stay\n"), 11);
    for (int i = 0; i < 4; ++i) crowd.batch.tick();
    EXPECT_LT(chi_square(crowd, 4, {std::exp(0.0), std::exp(0.5), std::exp(1.0), std::exp(0.25)}), critical_3);
}

TEST(Choice, has_temperature_1_and_a_utility_of_0_for_doing_none_where_nothing_is_said) {
    Crowd crowd(market("    choice: target.worth\n"), 12);
    for (int i = 0; i < 4; ++i) crowd.batch.tick();
    EXPECT_LT(chi_square(crowd, 4, {1, std::exp(1.0), std::exp(2.0), 1}), critical_3);
}

TEST(Choice, never_falls_on_a_link_that_where_leaves_out) {
    Crowd crowd(market("    where: target.worth != 2\n    choice: target.worth\n"), 13);
    for (int i = 0; i < 4; ++i) crowd.batch.tick();
    EXPECT_LT(chi_square(crowd, 4, {1, std::exp(1.0), 0, 1}), critical_2);
}

TEST(Choice, picks_at_most_one_link_of_a_source_and_tick) {
    Crowd crowd(market("    choice: 5\n"), 14);
    crowd.batch.tick();
    const auto picks = crowd.field(0, 0);
    EXPECT_EQ(*std::max_element(picks.begin(), picks.end()), 1);
    EXPECT_EQ(sum(picks), sum(crowd.fired("pick")));
}

TEST(Choice, is_all_but_certain_at_a_low_temperature) {
    World world("agents: {a: {fields: {x: 0}, members: [s, t]}, b: {fields: {u: 0, got: 0}, members: {p: {u: 1}, q: {u: 3}, r: {u: 2}}}}\n"
                "links: {l: {source: a, target: b, pattern: complete}}\n"
                "steps: [{event: e, on: l, choice: target.u, temperature: 1e-3, do: [target.got += 1]}]");
    EXPECT_THAT(world.tick(20).all("b.got"), ElementsAre(0, 40, 0));
}

TEST(Choice, leaves_agents_without_links_alone) {
    World world("agents: {a: {fields: {x: 0}, members: [s, t]}, b: {fields: {got: 0}, members: [p]}}\nlinks: {l: {source: a, target: b, members: [s -> p]}}\n"
                "steps: [{event: e, on: l, choice: 100, do: [target.got += 1, source.x += 1]}]");
    world.tick(5);
    EXPECT_THAT(world.all("a.x"), ElementsAre(5, 0));
    EXPECT_EQ(world["b[p].got"], 5);
    EXPECT_FALSE(world.failed());
}

TEST(Choice, may_differ_by_source_in_temperature_and_outside) {
    World world("agents: {a: {fields: {cold: 1, stays: 0, x: 0}, members: {s: {stays: 100}, t: {stays: -100}}}, b: {fields: {u: 0}, members: [p]}}\n"
                "links: {l: {source: a, target: b, pattern: complete}}\n"
                "steps: [{event: e, on: l, choice: 0, temperature: source.cold, outside: source.stays, do: [source.x += 1]}]");
    EXPECT_THAT(world.tick(10).all("a.x"), ElementsAre(0, 10));
}

TEST(Choice, of_one_link_is_the_logistic_function_of_its_utility) {
    Crowd crowd("agents: {a: {count: 20000, fields: {x: 0}}, b: {fields: {u: 0}, members: [p]}}\nlinks: {l: {source: a, target: b, pattern: complete}}\n"
                "steps: [{event: e, on: l, choice: 0.7}]");
    crowd.batch.tick();
    expect_share(sum(crowd.fired("e")), 20000, 1 / (1 + std::exp(-0.7)));
}

TEST(Choice, sees_one_draw_of_a_let_in_where_utility_and_statements) {
    World world("agents: {a: {fields: {x: 0}, members: [s, w]}, b: {fields: {u: 0}, members: [p, q, r]}}\nlinks: {l: {source: a, target: b, fields: {x: 0}, pattern: complete}}\n"
                "steps: [{event: e, on: l, let: {u: uniform()}, where: u < 0.5, choice: 100 * u, do: [x = u]}, {rule: clear, on: l, where: not e, do: [x = 0]}]");
    int chosen = 0;
    for (int tick = 0; tick < 40; ++tick) {
        for (const double u : world.tick().all("l.x")) {
            EXPECT_LT(u, 0.5);
            chosen += u > 0;
        }
    }
    EXPECT_GT(chosen, 50);  // of 80 times two choosers; one in eight has no link below 0.5
}

TEST(Choice, of_the_timeline_is_made_whatever_the_utilities) {
    World world("agents: {a: {fields: {x: 0}, members: [s]}, b: {fields: {u: 0}, members: [p, q]}}\nlinks: {l: {source: a, target: b, fields: {x: 0}, pattern: complete}}\n"
                "steps: [{event: e, on: l, choice: -1000, do: [source.x += e]}]\ntimeline: [{tick: 1, event: e, on: s -> q}]");
    EXPECT_THAT(world.tick().fired("e"), ElementsAre(0, 0));
    EXPECT_THAT(world.tick().fired("e"), ElementsAre(0, 1));
    EXPECT_EQ(world["a[s].x"], 1);
}

TEST(Choice, is_not_shifted_by_a_further_option_that_is_never_chosen) {
    const auto picks = [](const std::string& options) {
        World world("agents: {a: {fields: {x: 0}, members: [s, t]}, b: {fields: {u: 0, got: 0}, members: " + options +
                    "}}\nlinks: {l: {source: a, target: b, pattern: complete}}\nsteps: [{event: e, on: l, choice: target.u, do: [source.x += target.u]}]");
        return world.tick(30).all("a.x");
    };
    EXPECT_EQ(picks("{p: {u: 1}, q: {u: 2}}"), picks("{never: {u: -1e6}, p: {u: 1}, q: {u: 2}}"));
}

TEST(Choice, leaves_the_draws_of_what_it_does_alone) {
    // Whoever strikes gains uniform(0, 10), which is drawn beside the noise of the choice: 5 a strike, whoever was chosen.
    const Scenario scenario = scenario_of("calendar: {ticks: 24}\nagents: {state: {fields: {power: \"uniform(0, 1)\"}, members: [a, b, c, d]}}\n"
                                          "links: {front: {source: state, target: state, pattern: complete, fields: {spoils: 0}}}\n"
                                          "steps: [{rule: drift, on: state, do: [\"power = uniform(0, 1)\"]},\n"
                                          "        {event: strike, on: front, where: source.power > 0.97, choice: 1 - target.power, do: [\"spoils += uniform(0, 10)\"]}]\n"
                                          "measures: {spoils: last(sum(f.spoils for f in front)), strikes: total(sum(f.strike for f in front))}");
    for (const int lanes : {0, 8, 64}) {
        const Results results = run(scenario, {.runs = 1000, .lanes = lanes});
        EXPECT_TRUE(results.failures.empty());
        const auto sum = [&](const std::string& measure) {
            const std::vector<double> values = final_values(results, measure);
            return std::accumulate(values.begin(), values.end(), 0.0);
        };
        EXPECT_NEAR(sum("strikes"), 1000 * 24 * 4 * 0.03 * 0.8, 120);  // one in five picks none, about
        EXPECT_NEAR(sum("spoils") / sum("strikes"), 5, margin * std::sqrt(100.0 / 12 / sum("strikes"))) << lanes << " lanes";
    }
}

}  // namespace
}  // namespace entente::test
