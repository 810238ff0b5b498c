#include <fmt/format.h>

#include "reading.hpp"

namespace entente::test {
namespace {

const std::string monthly = bare + "parameters: {lam: {value: 0.5, unit: 1/month}, part: {value: 0.5, unit: share}, months: {value: 12, unit: months/year}}\n"
                                   "agents: {a: {members: [x], fields: {v: {start: part, unit: GBP per week}}}}\n"
                                   "measures: {m: 'last(a[x].v) + lam + months'}\nsteps:\n";

const Fault faults[] = {
    {"a_count_per_month", monthly, R"(
  - {event: e, on: a, count: lam, do: [v += 1]}
)",
     R"(
world.yaml:7:30: warning: a count is per year, and 'lam' is in 1/month
    7 |   - {event: e, on: a, count: lam, do: [v += 1]}
      |                              ^~~
help: write 12 * lam, or give it in 1/year)"},
    {"a_rate_per_week_times_a_share", monthly, R"(
  - {event: e, on: a, rate: part * v, do: [v += 1]}
)",
     R"(
world.yaml:7:29: warning: a rate is per year, and 'v' is in GBP per week
    7 |   - {event: e, on: a, rate: part * v, do: [v += 1]}
      |                             ^~~~~~~~
help: write 52.18 * v, or give it in 1/year)"},
    {"a_rate_by_way_of_a_let", monthly, R"said(
  - {event: e, on: a, let: {r: lam if v > 0 else 0}, rate: "max(r, 0)", do: [v += 1]}
)said",
     R"said(
world.yaml:7:61: warning: a rate is per year, and 'lam' is in 1/month
    7 |   - {event: e, on: a, let: {r: lam if v > 0 else 0}, rate: "max(r, 0)", do: [v += 1]}
      |                                                             ^~~~~~~~~
help: write 12 * lam, or give it in 1/year)said"},
    {"a_rate_whose_unit_a_function_keeps", monthly, R"said(
  - {event: e, on: a, rate: "abs(round(-v) % 2)", do: [v += 1]}
)said",
     R"said(
world.yaml:7:30: warning: a rate is per year, and 'v' is in GBP per week
    7 |   - {event: e, on: a, rate: "abs(round(-v) % 2)", do: [v += 1]}
      |                              ^~~~~~~~~~~~~~~~~~
help: write 52.18 * v, or give it in 1/year)said"},
    {"the_rate_of_toward", monthly, R"(
  - {rule: r, on: a, do: ['v = toward(v, 1, lam)', 'v += chance(lam)']}
)",
     R"(
world.yaml:7:45: warning: the rate of toward(…) is per year, and 'lam' is in 1/month
    7 |   - {rule: r, on: a, do: ['v = toward(v, 1, lam)', 'v += chance(lam)']}
      |                                             ^~~
help: write 12 * lam, or give it in 1/year

world.yaml:7:65: warning: the rate of chance(…) is per year, and 'lam' is in 1/month
    7 |   - {rule: r, on: a, do: ['v = toward(v, 1, lam)', 'v += chance(lam)']}
      |                                                                 ^~~
help: write 12 * lam, or give it in 1/year)"},
};

ENTENTE_TELLS(Units, faults);

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

TEST(Units, that_are_turned_into_years_are_fine) {
    for (const char* rate : {"12 * lam", "lam * 12 * part", "lam * months", "part", "exp(lam)", "1 / lam", "lam / dt"})
        EXPECT_EQ(said_about(monthly + "  - {event: e, on: a, rate: '" + rate + "', do: [v += 1]}\n"), "") << rate;
}

}  // namespace
}  // namespace entente::test
