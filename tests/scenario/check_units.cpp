// Tests: reference_units, language/unit_checker.
#include <set>

#include <fmt/format.h>

#include <entente/scenario/keys.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

const std::string units = R"said(entente: 1
calendar: {start: 2020-01-01, ticks: 12, step: month}
parameters:
  growth: {value: 0.1, unit: 1/year}
  monthly: {value: 0.5, unit: 1/month}
  weekly: {value: 0.5, unit: 1/week}
  months: {value: 12, unit: months/year}
  attacks: {value: 3, unit: attacks/year}
  part: {value: 0.5, unit: share}
  toll: {value: 5, unit: percent}
  spread: {value: 0.1, unit: million GBP/sqrt(year)}
  price: {value: 2, unit: GBP/t}
  anything: 3
agents:
  state:
    members: [x]
    fields:
      gdp: {start: 1, unit: million GBP}
      debt: {start: 1, unit: thousand GBP}
      budget: {start: 1, unit: million GBP/year}
      people: {start: 1, unit: million people}
      births: {start: 1, unit: people/year}
      grain: {start: 1, unit: t}
      eaten: {start: 1, unit: kg}
      road: {start: 1, unit: km}
      heading: {start: 1, unit: degrees}
      trust: {start: 1, unit: share}
      democratic: {start: 1, unit: yes or no}
      heat: {start: 1, unit: incidents}
      since: {start: 1, unit: years}
      v: 1
links:
  tie: {source: state, target: state, members: [x -> x], fields: {length: {start: 1, unit: km}}}
measures: {m: "last(state[x].v)"}
steps:
  - {event: incident, on: state, rate: 1, do: []}
)said";

/// What is said of units, without that nothing reads something.
std::string said_of(const std::string& step) {
    std::string said;
    for (const Problem& warning : read_scenario_text(units + step + "\n", "world.yaml", "/nonexistent").warnings)
        if (!warning.what.starts_with("no step") && !warning.what.starts_with("nothing reads")) said += (said.empty() ? "" : "\n") + warning.what + (warning.help.empty() ? "" : " | " + warning.help);
    return said;
}

struct Row {
    const char* statement;  ///< of a rule on states
    const char* said;       ///< "": fine
};

constexpr Row statements[] = {
    // sums and differences
    {"gdp += gdp + budget * dt", ""},
    {"gdp += budget", "'gdp' is in million GBP, and 'budget' is in million GBP/year | what flows in a tick is the flow times dt"},
    {"gdp = gdp + people", "the sum joins unlike units: 'gdp' is in million GBP, and 'people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"gdp = gdp - debt", "the difference joins unlike units: 'gdp' is in million GBP, and 'debt' is in 1000 GBP | write 1000 * gdp to have it in 1000 GBP"},
    {"gdp = gdp + debt / 1000", ""},
    {"gdp = gdp + 0.001 * debt", ""},
    {"gdp = gdp + 0.01 * debt", "the sum joins unlike units: 'gdp' is in million GBP, and '0.01 * debt' is in 1000 GBP | write 1000 * gdp to have it in 1000 GBP"},
    {"gdp += 1", ""},
    {"gdp = 1 - gdp", ""},
    {"gdp = gdp + v", ""},
    {"gdp = gdp + v * people", ""},
    {"grain = grain - eaten", "the difference joins unlike units: 'grain' is in t, and 'eaten' is in kg | write 1000 * grain to have it in kg"},
    {"grain -= eaten / 1000", ""},
    {"grain -= eaten", "'grain' is in t, and 'eaten' is in kg | write 0.001 * eaten"},
    {"trust = trust + toll", "the sum joins unlike units: 'trust' is a number without a unit, and 'toll' is in percent | write 100 * trust to have it in percent"},
    {"trust = trust + toll / 100", ""},
    {"heat += incident", ""},
    {"heat += incident * exp(growth * dt)", ""},
    {"heat += gdp", "'heat' is in incidents, and 'gdp' is in million GBP | mend the unit of one of them, or multiply by what turns one into the other"},
    {"trust = democratic + trust", ""},
    // products, quotients, powers
    {"gdp = price * grain", "'gdp' is in million GBP, and 'price * grain' is in GBP | write 1e-06 * (price * grain)"},
    {"gdp = price * grain / 1000000", ""},
    {"gdp *= growth * dt", ""},
    {"gdp *= 1 + growth * dt", ""},
    {"gdp *= growth", "*= takes a number without a unit, and 'growth' is in 1/year | multiply by a time: growth * dt, growth * t"},
    {"gdp += spread * sqrt(dt) * normal()", ""},
    {"gdp += spread * dt * normal()", "'gdp' is in million GBP, and 'spread * dt * normal()' is in million GBP sqrt(year) | mend the unit of one of them, or multiply by what turns one into the other"},
    {"road = sqrt(road ** 2 + road ** 2)", ""},
    {"road = road ** 2", "'road' is in km, and 'road ** 2' is in km^2 | mend the unit of one of them, or multiply by what turns one into the other"},
    {"road = road ** road", "an exponent takes a number without a unit, and 'road' is in km | divide by what it is measured against"},
    {"v = road ** part + gdp", ""},
    {"trust = gdp / debt", "'trust' is a number without a unit, and 'gdp / debt' is in units of 1000 | write 1000 * (gdp / debt)"},
    {"since = gdp / budget", ""},
    {"budget = gdp / since", ""},
    {"gdp = gdp * anything", ""},
    {"trust = -trust", ""},
    {"trust = road / road", ""},
    // comparisons and conditionals
    {"v = gdp > debt", "the comparison joins unlike units: 'gdp' is in million GBP, and 'debt' is in 1000 GBP | write 1000 * gdp to have it in 1000 GBP"},
    {"v = gdp > 3", ""},
    {"v = 0 < gdp <= people", "the comparison joins unlike units: 'gdp' is in million GBP, and 'people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"v = since > t", ""},
    {"v = year >= 2021 and month == 3 and tick > 4", ""},
    {"v = road == gdp", "the comparison joins unlike units: 'road' is in km, and 'gdp' is in million GBP | mend the unit of one of them, or multiply by what turns one into the other"},
    {"v = gdp if trust else people", "the conditional joins unlike units: 'gdp' is in million GBP, and 'people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"gdp = gdp if people > 1 else 0", ""},
    {"v = not gdp or people", ""},
    // smallest, largest, ranges, remainders
    {"gdp = max(gdp, 0)", ""},
    {"v = min(gdp, road)", "min(…) joins unlike units: 'gdp' is in million GBP, and 'road' is in km | mend the unit of one of them, or multiply by what turns one into the other"},
    {"v = max(0, gdp, road)", "max(…) joins unlike units: 'max(0, gdp, road)' is in million GBP, and 'road' is in km | mend the unit of one of them, or multiply by what turns one into the other"},
    {"gdp = clip(gdp, 0, 10)", ""},
    {"v = clip(gdp, 0, people)", "clip(…) joins unlike units: 'gdp' is in million GBP, and 'people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"v = road % since", "the remainder joins unlike units: 'road' is in km, and 'since' is in years | mend the unit of one of them, or multiply by what turns one into the other"},
    {"gdp = abs(floor(gdp) - ceil(gdp) + round(gdp))", ""},
    {"gdp = abs(people)", "'gdp' is in million GBP, and 'abs(people)' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"trust = sign(gdp) + step(road)", ""},
    // exp, log, sin
    {"v = exp(-growth * t)", ""},
    {"v = exp(-t)", ""},
    {"v = exp(-0.1 * road)", ""},
    {"v = exp(-road)", "exp(…) takes a number without a unit, and '-road' is in km | divide by what it is measured against"},
    {"v = exp(growth)", "exp(…) takes a number without a unit, and 'growth' is in 1/year | multiply by a time: growth * dt, growth * t"},
    {"v = exp(monthly * dt)", "exp(…) takes a number without a unit, and 'monthly * dt' is in units of 12 | write 12 * (monthly * dt)"},
    {"v = log(gdp)", "log(…) takes a number without a unit, and 'gdp' is in million GBP | divide by what it is measured against"},
    {"v = log(gdp / (gdp + debt / 1000))", ""},
    {"v = sin(heading)", "sin(…) takes a number without a unit, and 'heading' is in units of 0.01745 | write 0.01745 * heading"},
    {"v = sin(heading * pi / 180)", ""},
    {"v = cos(2 * pi * (month - 1) / 12) + cos(2 * pi * t)", ""},
    {"v = logistic(4 * (trust - 0.5))", ""},
    {"v = logit(people)", "logit(…) takes a number without a unit, and 'people' is in million people | divide by what it is measured against"},
    {"v = atan2(road, road)", ""},
    {"v = atan2(road, gdp)", "atan2(…) joins unlike units: 'road' is in km, and 'gdp' is in million GBP | mend the unit of one of them, or multiply by what turns one into the other"},
    // rates within a tick
    {"gdp = toward(gdp, 10, growth)", ""},
    {"gdp = toward(gdp, people, growth)", "toward(…) joins unlike units: 'gdp' is in million GBP, and 'people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"gdp = toward(gdp, 1, monthly)", "the rate of toward(…) is per year, and 'monthly' is in 1/month | write 12 * monthly, or give it in 1/year"},
    {"gdp = toward(gdp, 1, 12 * monthly)", ""},
    {"gdp = toward(gdp, 1, monthly * months)", ""},
    {"gdp = toward(gdp, 1, part)", "the rate of toward(…) is per year, and 'part' is a number without a unit | give it in 1/year; a chance within a tick is a `probability`, or bernoulli(p)"},
    {"gdp = toward(gdp, 1, 0.3 * trust)", ""},
    {"gdp = toward(gdp, 1, growth / (1 + anything * people))", ""},
    {"trust = chance(weekly)", "the rate of chance(…) is per year, and 'weekly' is in 1/week | write 52.18 * weekly, or give it in 1/year"},
    {"trust = chance(52 * weekly)", ""},
    {"trust = chance(1 / since)", ""},
    {"trust = chance(since)", "the rate of chance(…) is per year, and 'since' is in years | give it in 1/year, or divide by what the rest of the unit measures"},
    // draws
    {"gdp = uniform(0, gdp)", ""},
    {"v = normal(gdp, people)", "normal(…) joins unlike units: 'gdp' is in million GBP, and 'people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"v = bernoulli(part)", ""},
    {"v = bernoulli(growth)", "bernoulli(…) takes a number without a unit, and 'growth' is in 1/year | write chance(growth): the chance within a tick"},
    {"heat += poisson(attacks * dt)", ""},
    {"heat += poisson(attacks)", "poisson(…) takes a number without a unit, and 'attacks' is in attacks/year | write chance(attacks): the chance within a tick"},
    {"since = exponential(growth)", ""},
    {"since = exponential(since)", "'since' is in years, and 'exponential(since)' is in 1/year | mend the unit of one of them, or multiply by what turns one into the other"},
    {"gdp = lognormal(0, part)", ""},
    // rows
    {"gdp = sum(s.gdp for s in state)", ""},
    {"gdp = mean(s.people for s in state)", "'gdp' is in million GBP, and 'mean(s.people for s in state)' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"heat = count(s.gdp > 1 for s in state)", ""},
    {"gdp = weighted_median((s.gdp, s.people) for s in state)", ""},
    {"v = any(s.gdp > s.people for s in state)", "the comparison joins unlike units: 's.gdp' is in million GBP, and 's.people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"v = sum(1 for s in state if s.gdp > s.people)", "the comparison joins unlike units: 's.gdp' is in million GBP, and 's.people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
    {"v = has(tie[x, x]) + tie[x, x].length", ""},
};

TEST(Units, of_statements_are_told_where_they_are_unlike) {
    for (const Row& row : statements)
        EXPECT_EQ(said_of(fmt::format("  - {{rule: r, on: state, do: ['{}']}}", row.statement)), row.said) << row.statement;
}

constexpr Row events[] = {
    {"rate: growth", ""},
    {"rate: growth * trust * (tick > 3)", ""},
    {"rate: 0.5", ""},
    {"rate: 0.5 * trust", ""},
    {"rate: attacks", ""},
    {"rate: v", ""},
    {"rate: monthly", "a rate is per year, and 'monthly' is in 1/month | write 12 * monthly, or give it in 1/year"},
    {"rate: trust", "a rate is per year, and 'trust' is a number without a unit | give it in 1/year; a chance within a tick is a `probability`, or bernoulli(p)"},
    {"rate: budget", "a rate is per year, and 'budget' is in million GBP/year | give it in 1/year, or divide by what the rest of the unit measures"},
    {"rate: budget / gdp", ""},
    {"rate: 1 / monthly", "a rate is per year, and '1 / monthly' is in month | give it in 1/year, or divide by what the rest of the unit measures"},
    {"count: births / 1000000", ""},
    {"count: growth * heat", ""},
    {"count: weekly * trust", "a count is per year, and 'weekly * trust' is in 1/week | write 52.18 * (weekly * trust), or give it in 1/year"},
    {"let: {r: monthly if v > 0 else 0}, rate: 'max(r, 0)'", "a rate is per year, and 'max(r, 0)' is in 1/month | write 12 * max(r, 0), or give it in 1/year"},
    {"probability: part", ""},
    {"probability: growth", "a probability takes a number without a unit, and 'growth' is in 1/year | write chance(growth): the chance within a tick"},
    {"where: gdp > people, rate: 1", "the comparison joins unlike units: 'gdp' is in million GBP, and 'people' is in million people | mend the unit of one of them, or multiply by what turns one into the other"},
};

TEST(Units, of_what_drives_an_event_are_told) {
    for (const Row& row : events) EXPECT_EQ(said_of(fmt::format("  - {{event: e, on: state, {}, do: []}}", row.statement)), row.said) << row.statement;
}

TEST(Units, of_a_choice_are_those_of_its_noise_and_of_what_stands_outside) {
    EXPECT_EQ(said_of("  - {event: e, on: tie, choice: source.gdp, temperature: source.gdp / 2, outside: 3, do: []}"), "");
    EXPECT_EQ(said_of("  - {event: e, on: tie, choice: source.gdp, temperature: source.trust, do: []}"),
              "the choice is in million GBP, and 'source.trust' is a number without a unit | mend the unit of one of them, or multiply by what turns one into the other");
}

TEST(Units, of_what_is_written_to_the_ends_of_a_link_are_those_of_their_fields) {
    EXPECT_EQ(said_of("  - {rule: r, on: tie, do: [target.gdp += length]}"),
              "'gdp' is in million GBP, and 'length' is in km | mend the unit of one of them, or multiply by what turns one into the other");
    EXPECT_EQ(said_of("  - {rule: r, on: tie, do: [reverse.length += length, source.gdp -= target.gdp]}"), "");
}

const std::string declared = R"(entente: 1
calendar: {start: 2020-01-01, ticks: 12, step: month}
parameters: {p: {value: 1, unit: km}, q: {value: 1, unit: 1/month}}
)";

const Fault faults[] = {
    {"starts_derived_fields_and_measures", declared, R"said(
agents:
  a:
    members: {x: {v: 2 * p}, y: {v: p / q}}
    fields: {v: {start: q, unit: m}}
    derived: {d: {value: v + 1, unit: people}}
timeline: [{date: 2020-03-01, set: {"a[x].v": q}}]
variants: {w: {agents: {a: {fields: {v: q}}}}}
measures: {m: {value: "total(a[x].d)", unit: t}, first: "first(a[x].v > 3)", n: {value: "total(a[x].d)", per: year, unit: people/year}}
)said",
     R"said(
world.yaml:6:22: warning: 'v' is in m, and '2 * p' is in km
    6 |     members: {x: {v: 2 * p}, y: {v: p / q}}
      |                      ^~~~~
help: write 1000 * (2 * p)

world.yaml:6:37: warning: 'v' is in m, and 'p / q' is in km month
    6 |     members: {x: {v: 2 * p}, y: {v: p / q}}
      |                                     ^~~~~
help: what is per year is an amount divided by a time, or multiplied by a rate

world.yaml:7:25: warning: 'v' is in m, and 'q' is in 1/month
    7 |     fields: {v: {start: q, unit: m}}
      |                         ^
help: mend the unit of one of them, or multiply by what turns one into the other

world.yaml:8:26: warning: 'd' is in people, and 'v + 1' is in m
    8 |     derived: {d: {value: v + 1, unit: people}}
      |                          ^~~~~
help: mend the unit of one of them, or multiply by what turns one into the other

world.yaml:9:47: warning: 'v' is in m, and 'q' is in 1/month
    9 | timeline: [{date: 2020-03-01, set: {"a[x].v": q}}]
      |                                               ^
help: mend the unit of one of them, or multiply by what turns one into the other

world.yaml:10:41: warning: 'v' is in m, and 'q' is in 1/month
   10 | variants: {w: {agents: {a: {fields: {v: q}}}}}
      |                                         ^
help: mend the unit of one of them, or multiply by what turns one into the other

world.yaml:11:24: warning: the measure 'm' is in t, and 'total(a[x].d)' is in people
   11 | measures: {m: {value: "total(a[x].d)", unit: t}, first: "first(a[x].v > 3)", n: {value: "total(a[x].d)", per: year, unit…
      |                        ^~~~~~~~~~~~~
help: mend the unit of one of them, or multiply by what turns one into the other)said"},
    {"a_unit_that_is_broken", declared, R"said(
agents: {a: {members: [x], fields: {v: {start: p * q, unit: km/}}}}
measures: {m: "a[x].v"}
)said",
     R"said(
world.yaml:4:37: warning: the unit 'km/' of 'v' can't be read: it ends where a unit should follow
    4 | agents: {a: {members: [x], fields: {v: {start: p * q, unit: km/}}}}
      |                                     ^
help: a unit is words, products and quotients: million GBP/year, t per person and year, km^2, 1/sqrt(year))said"},
};

ENTENTE_TELLS(Units, faults);

TEST(Units, of_all_scenarios_that_are_shipped_are_alike) {
    namespace fs = std::filesystem;
    const fs::path root = ENTENTE_ROOT;
    const std::set<std::string> filled_in_first{"conflict", "recognition"};  // scenes whose rows a test writes
    std::vector<fs::path> files;
    for (const char* folder : {"scenarios", "scenarios/classics", "tests/scenes"})
        for (const auto& file : fs::directory_iterator(root / folder))
            if (file.path().extension() == ".yaml" && !filled_in_first.contains(file.path().stem())) files.push_back(file.path());
    EXPECT_GT(files.size(), 30U);
    for (const fs::path& file : files)
        for (const Problem& warning : read_scenario(file).warnings) EXPECT_TRUE(warning.what.starts_with("no")) << file << ": " << warning.what;
}

TEST(Units, have_a_section_of_the_reference) {
    const std::string reference = language_reference();
    for (const char* said : {"## Units", "`t per person and year`", "Times (`day`, `week`"}) EXPECT_NE(reference.find(said), std::string::npos) << said;
}

TEST(Units, are_looked_for_once_in_each_expression) {
    std::string lets = "l0: v";
    std::string divided = "v";
    for (int i = 1; i <= 60; ++i) {
        lets += fmt::format(", l{}: l{} + l{}", i, i - 1, i - 1);
        divided += " / 1.5";
    }
    EXPECT_EQ(said_about(bare + "agents: {a: {members: [x], fields: {v: 1}}}\nsteps:\n  - {event: e, on: a, let: {" + lets + "}, rate: l60, do: [v += 1]}\n  - {event: f, on: a, rate: " + divided +
                         ", do: [v += 1]}\n"),
              "");
}

TEST(Units, of_derived_fields_and_measures_follow_from_what_they_read) {
    const Scenario scenario = read(bare + R"said(
agents:
  a:
    members: [x]
    fields: {flow: {start: 1, unit: million GBP/year}, stock: {start: 1, unit: million GBP}, v: 1}
    derived: {years: stock / flow, doubled: 2 * stock, worth: {value: stock * v, unit: GBP}, rest: "max(stock - 1, 0)"}
measures: {m: "sum(k.stock for k in a) / a[x].years", n: {value: "a[x].v", unit: t}, w: "last(a[x].worth)"}
)said");
    const auto& derived = scenario.agents[0].derived;
    EXPECT_EQ(derived[0].unit_told(), "year");
    EXPECT_EQ(derived[1].unit_told(), "");  // who knows what the 2 is
    EXPECT_EQ(derived[2].unit_told(), "GBP");
    EXPECT_EQ(derived[3].unit_told(), "million GBP");
    EXPECT_EQ(scenario.measures[0].unit_told(), "million GBP/year");
    EXPECT_EQ(scenario.measures[1].unit_told(), "t");
    EXPECT_EQ(scenario.measures[2].unit_told(), "GBP");
}

}  // namespace
}  // namespace entente::test
