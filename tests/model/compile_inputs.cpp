// Inputs in runs: what programs read of them on each tick, by tables and row by row.
#include <cmath>
#include <string>

#include <gmock/gmock.h>

#include "../scratch.hpp"
#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;

/// A scenario beside its tables.
class Inputs : public testing::Test {
protected:
    void write(const std::string& name, const std::string& text) const { write_text(scratch_.path() / name, text); }
    [[nodiscard]] Scenario scenario(const std::string& text) const { return scenario_of(text, scratch_.path()); }
    [[nodiscard]] World world(const std::string& text) const { return World(scenario(text)); }

    Scratch scratch_;
};

const std::string weeks = R"yaml(
calendar: {start: 2021-08-15, end: 2022-01-15, step: week}
inputs:
  oil: {table: oil.csv, date: month, value: price, unit: USD/barrel, BETWEEN}
parameters: {part: 0.25}
agents:
  state:
    fields: {wealth: {start: oil * 2}, seen: 0}
    derived: {costs: part * oil}
    members: [a, b]
steps:
  - {rule: pay, on: state, do: [wealth += oil * dt, seen = costs]}
measures: {oil: oil, mean: average(oil), paid: "last(state[a].wealth)"}
)yaml";

std::string weeks_with(const std::string& between) {
    std::string text = weeks;
    return text.replace(text.find("BETWEEN"), 7, between);
}

const std::string oil = "month,price,note\n2021-12,74,\n2021-08,70,\n2021-09,74.5,x\n2021-10,83.5,\n2021-11,81,\n2022-01,86,\n";  // in no order

/// The price in a week by plain arithmetic.
double price(const Calendar& calendar, std::int64_t tick, bool is_linear) {
    const double prices[]{70, 74.5, 83.5, 81, 74, 86};
    const Day starts[]{*parse_date("2021-08-01"), *parse_date("2021-09-01"), *parse_date("2021-10-01"),
                       *parse_date("2021-11-01"), *parse_date("2021-12-01"), *parse_date("2022-01-01")};
    const Day now = calendar.first_day(tick);
    int month = 5;
    while (starts[month] > now) --month;
    if (!is_linear || month == 5) return prices[month];
    const double passed = static_cast<double>((now - starts[month]).count()) / static_cast<double>((starts[month + 1] - starts[month]).count());
    return prices[month] + (prices[month + 1] - prices[month]) * passed;
}

TEST_F(Inputs, feed_a_stock_with_the_sum_of_a_series) {
    write("oil.csv", oil);
    for (const bool is_linear : {false, true}) {
        World world(scenario(weeks_with(is_linear ? "between: linear" : "between: hold")));
        const Calendar& calendar = world.scenario().calendar;
        ASSERT_EQ(calendar.ticks(), 22);
        EXPECT_DOUBLE_EQ(world["state[b].wealth"], 2 * price(calendar, 0, is_linear));
        double wealth = 2 * price(calendar, 0, is_linear);
        for (std::int64_t tick = 0; tick < calendar.ticks(); ++tick) {
            wealth += price(calendar, tick, is_linear) * calendar.dt();
            world.tick();
            EXPECT_DOUBLE_EQ(world["state[a].wealth"], wealth) << tick;
            EXPECT_DOUBLE_EQ(world["state[a].seen"], 0.25 * price(calendar, tick, is_linear)) << tick;
        }
    }
}

TEST_F(Inputs, are_measured_as_each_tick_saw_them) {
    write("oil.csv", oil);
    const Scenario read = scenario(weeks_with("between: linear"));
    std::vector<double> expected{price(read.calendar, 0, true)};  // before the first tick
    double sum = 0;
    for (std::int64_t tick = 0; tick < read.calendar.ticks(); ++tick) {
        expected.push_back(price(read.calendar, tick, true));
        sum += expected.back();
    }
    const Results results = run(read, {.runs = 1});
    const std::vector<double> found = at_moments(results, "oil", 0, read.calendar.moments());
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t m = 0; m < found.size(); ++m) EXPECT_DOUBLE_EQ(found[m], expected[m]);
    EXPECT_NEAR(final_values(results, "mean")[0], sum / 22, 1e-12);
}

TEST_F(Inputs, that_never_change_are_written_into_the_programs) {
    write("oil.csv", "date,value\n2021,7\n");
    const std::string text = R"yaml(
calendar: {start: 2021-02-01, ticks: 8, step: month}
inputs: {oil: {table: oil.csv}}
agents: {state: {fields: {x: 0}, members: [a]}}
steps: [{rule: r, on: state, do: [x += oil]}]
)yaml";
    EXPECT_EQ(world(text).tick(8)["state[a].x"], 56);
    const Model model = compile(scenario(text), {{}, Unroll::no});
    for (const ProgramOnDomain& on : model.programs) EXPECT_TRUE(on.program.uniforms.empty()) << on.step;
}

const std::string aided = R"yaml(
calendar: {start: 2019-01-01, ticks: 4, step: year}
inputs:
  aid: {table: aid.csv, on: state, name: iso3, date: year, value: usd, MISSING}
agents:
  state:
    fields: {sum: {start: aid / 10}, got: 0, all: 0, most: 0}
    derived: {doubled: 2 * aid}
    members: [FRA, DEU, ESP]
links:
  tie: {source: state, target: state, fields: {w: 0}, members: [FRA -> DEU, DEU -> ESP]}
steps:
  - {rule: take, on: state, where: aid > 0, do: [got += aid, all = sum(k.doubled for k in state), "most = state[DEU].aid"]}
  - {rule: link, on: tie, do: [w = target.aid - source.aid]}
timeline:
  - {tick: 3, set: {"state[FRA].got": "state[FRA].aid"}}
measures: {total: sum(k.aid for k in state), each: {value: aid, on: state}, best: "first(state[FRA].aid > 20)"}
)yaml";

std::string aided_with(const std::string& missing) {
    std::string text = aided;
    text.replace(text.find("sum: {start"), 3, "begun");
    text.replace(text.find("all: 0"), 6, "both: 0");
    text.replace(text.find("all = sum"), 3, "both");
    return text.replace(text.find(", MISSING"), 9, missing.empty() ? "" : ", " + missing);
}

const std::string aid = "iso3,year,usd\nFRA,2019,10\nFRA,2020,20\nFRA,2021,30\nFRA,2022,40\nDEU,2019,1\nDEU,2020,2\nDEU,2021,2\nDEU,2022,3\n"
                        "ESP,2019,0\nESP,2020,5\nESP,2021,0\nESP,2022,0\n";

TEST_F(Inputs, are_a_field_of_each_row) {
    write("aid.csv", aid);
    World read = world(aided_with(""));
    EXPECT_THAT(read.all("state.begun"), ElementsAre(1, 0.1, 0));
    EXPECT_THAT(read.tick().all("state.got"), ElementsAre(10, 1, 0));
    EXPECT_THAT(read.all("tie.w"), ElementsAre(-9, -1));
    EXPECT_THAT(read.all("state.both"), ElementsAre(22, 22, 0));
    EXPECT_THAT(read.tick().all("state.got"), ElementsAre(30, 3, 5));
    EXPECT_THAT(read.all("state.aid"), ElementsAre(20, 2, 5));
    EXPECT_THAT(read.all("state.both"), ElementsAre(54, 54, 54));
    EXPECT_THAT(read.tick().all("state.most"), ElementsAre(2, 2, 2));
    EXPECT_THAT(read.tick().all("state.got"), ElementsAre(80, 8, 5));
    EXPECT_THAT(read.all("state.aid"), ElementsAre(40, 3, 0));
}

TEST_F(Inputs, of_rows_are_measured_from_before_the_first_tick_on) {
    write("aid.csv", aid);
    const Results results = run(scenario(aided_with("")), {.runs = 1});
    EXPECT_THAT(at_moments(results, "total", 0, 5), ElementsAre(11, 11, 27, 32, 43));
    EXPECT_THAT(start_of(results, "each"), ElementsAre(10, 1, 0));
    EXPECT_THAT(at_moments(results, "each", 4, 5), ElementsAre(40, 3, 0));
}

TEST_F(Inputs, have_a_number_where_the_table_has_none) {
    write("aid.csv", "iso3,year,usd\nFRA,2019,10\nFRA,2021,NA\nFRA,2022,40\nDEU,2020,2\nDEU,2022,.\nDEU,2021,\n");
    World zero = world(aided_with("missing: 0"));
    EXPECT_THAT(zero.tick().all("state.aid"), ElementsAre(10, 0, 0));
    EXPECT_THAT(zero.tick().all("state.aid"), ElementsAre(0, 2, 0));
    EXPECT_THAT(zero.tick().all("state.aid"), ElementsAre(0, 0, 0));
    EXPECT_THAT(zero.tick().all("state.aid"), ElementsAre(40, 0, 0));
    write("aid.csv", "iso3,year,usd\nFRA,2019,10\nFRA,2021,NA\nFRA,2022,40\nDEU,2020,2\nDEU,2022,.\nDEU,2021,\nESP,2010,3\n");
    World skipped = world(aided_with("missing: skip, outside: hold"));
    EXPECT_THAT(skipped.tick().all("state.aid"), ElementsAre(10, 2, 3));
    EXPECT_THAT(skipped.tick(2).all("state.aid"), ElementsAre(10, 2, 3));
    EXPECT_THAT(skipped.tick().all("state.aid"), ElementsAre(40, 2, 3));
}

TEST_F(Inputs, of_rows_go_straight_from_date_to_date) {
    write("aid.csv", "iso3,year,usd\nFRA,2019,0\nFRA,2022,1096\nDEU,2019,5\nDEU,2022,5\nESP,2022,0\nESP,2019,1096\n");
    World linear = world(aided_with("between: linear"));
    EXPECT_THAT(linear.tick(2).all("state.aid"), ElementsAre(365, 5, DoubleEq(1096 - 365)));
    EXPECT_THAT(linear.tick().all("state.aid"), ElementsAre(365 + 366, 5, DoubleEq(1096 - 365 - 366)));
    EXPECT_THAT(linear.tick().all("state.aid"), ElementsAre(1096, 5, 0));
}

const std::string traded = R"yaml(
calendar: {ticks: 5}
inputs:
  trade: {table: trade.csv, on: tie, source: exporter, target: importer, missing: 0, unknown: skip, outside: hold}
agents:
  state: {fields: {sold: 0}, members: [a, b, c]}
links:
  tie: {source: state, target: state, fields: {w: trade}, LINKS}
steps:
  - {rule: sell, on: tie, do: [source.sold += trade, w += reverse.trade]}
)yaml";
const std::string trade = "exporter,importer,tick,value\nb,a,0,1\na,b,0,10\na,b,2,20\nb,c,3,5\nc,b,0,7\nz,a,0,9\n";

TEST_F(Inputs, are_a_field_of_each_link) {
    write("trade.csv", trade);
    for (const std::string links : {"members: [a -> b, b -> a, c -> b]", "pattern: complete"}) {
        std::string text = traded;
        World read(scenario(text.replace(text.find("LINKS"), 5, links)));
        const bool is_complete = links == "pattern: complete";
        EXPECT_EQ(read["tie[a, b].w"], 10);
        EXPECT_THAT(read.tick().all("state.sold"), ElementsAre(10, 1, 7));
        EXPECT_EQ(read["tie[b, a].w"], 11);
        EXPECT_THAT(read.tick(2).all("state.sold"), ElementsAre(10 + 10 + 20, 2, 14));  // where a link lacks a date that others have, 0 counts
        EXPECT_THAT(read.tick().all("state.sold"), ElementsAre(is_complete ? 40 : 60, is_complete ? 2 + 5 : 2, 14));
    }
}

TEST_F(Inputs, of_links_that_are_drawn_lack_a_number_for_one) {
    write("trade.csv", "source,target,tick,value\na,b,0,10\n");
    const std::string text = "calendar: {ticks: 1}\ninputs: {trade: {table: trade.csv, on: tie}}\nagents: {state: {fields: {x: 0}, members: [a, b, c, d, e]}}\n"
                             "links: {tie: {source: state, target: state, fields: {w: trade}, pattern: {random: {p: 0.9}}}}\n";
    EXPECT_THAT(refusal([&] { compile(scenario(text)); }),
                testing::MatchesRegex("the input 'trade' has no number for [a-e] -> [a-e]\nhelp: add lines to its table, or say what counts there: "
                                      "`missing: 0` or another number"));
}

TEST_F(Inputs, are_the_same_for_many_rows_by_slices_and_threads) {
    std::string csv = "name,tick,value\n";
    std::string names;
    for (int row = 0; row < 300; ++row) {
        names += (row ? ", s" : "s") + std::to_string(row);
        for (int tick = 0; tick < 4; ++tick) csv += "s" + std::to_string(row) + "," + std::to_string(tick) + "," + std::to_string(row * tick % 17) + "\n";
    }
    write("panel.csv", csv);
    World read = world("calendar: {ticks: 4}\ninputs: {p: {table: panel.csv, on: state}}\nagents: {state: {fields: {x: 0, y: 0}, members: [" + names +
                       "]}}\nsteps: [{rule: r, on: state, do: [x += p, y = sum(k.p for k in state)]}]\n");
    read.tick(4);
    double last = 0;
    for (int row = 0; row < 300; ++row) last += row * 3 % 17;
    for (int row : {0, 1, 150, 299}) {
        double sum = 0;
        for (int tick = 0; tick < 4; ++tick) sum += row * tick % 17;
        EXPECT_EQ(read["state[s" + std::to_string(row) + "].x"], sum);
        EXPECT_EQ(read["state[s" + std::to_string(row) + "].y"], last);
    }
}

TEST_F(Inputs, are_known_to_runs_that_go_on_from_a_snapshot) {
    write("aid.csv", aid);
    const Scenario read = scenario(aided_with(""));
    const RunPlan plan{.runs = 9};
    const Results whole = run_ensemble(compile(read), plan);
    for (const Unroll unroll : {Unroll::no, Unroll::yes})
        for (const std::int64_t tick : {0, 1, 2, 3}) {
            RunPlan stop = plan;
            stop.until = tick;
            Snapshot snapshot;
            run_ensemble(compile(read, {{}, unroll}), stop, {}, &snapshot);
            for (const SnapshotBlock& block : snapshot.blocks) EXPECT_NE(block.name, "field state.aid");
            RunPlan on = plan;
            on.from = &snapshot;
            EXPECT_EQ(run_ensemble(compile(read, {{}, Unroll::automatic, false}), on).digest, whole.digest);
            EXPECT_EQ(run_ensemble(compile(read, {{}, Unroll::no, false}), on).digest, whole.digest);
        }
}

TEST_F(Inputs, take_part_in_the_scenarios_identity) {
    write("aid.csv", aid);
    const std::string before = scenario(aided_with("")).hash;
    EXPECT_EQ(scenario(aided_with("")).hash, before);
    write("aid.csv", std::string(aid).replace(aid.find("FRA,2019,10"), 11, "FRA,2019,11"));
    EXPECT_NE(scenario(aided_with("")).hash, before);
}

TEST_F(Inputs, begin_again_with_each_run) {
    write("aid.csv", aid);
    const Model model = compile(scenario(aided_with("")), {{}, Unroll::no});
    Batch batch(model, 8, choose_kernels(""));
    const ColumnId aid_column = model.inputs[{0}].column;
    for (int time = 0; time < 2; ++time) {
        batch.begin(1, 0);
        EXPECT_EQ(batch.lanes_of(aid_column, 0)[7], 10);
        for (int tick = 0; tick < 4; ++tick) batch.tick();
        EXPECT_EQ(batch.lanes_of(aid_column, 0)[7], 40);
    }
}

}  // namespace
}  // namespace entente::test
