// Every function, aggregate and function over time with a case worked by hand, and its edges.
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "running.hpp"

namespace entente::test {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Four states; hand-drawn ties a->b (2), a->c (1), b->c (0), c->a (5): d has none. A hermit of another kind. dt is a month.
const std::string world = R"(
entente: 1
calendar: {start: 2020-01-01, end: 2020-05-31, step: month}
parameters: {third: 3}
agents:
  state:
    fields: {power: 0, age: 0}
    derived: {might: 2 * power}
    members: {a: {power: 3}, b: {power: -1}, c: {power: 4}, d: {power: 1.5}}
  hermit: {fields: {x: 7}, members: {h: {}}}
links:
  tie:
    source: state
    target: state
    fields: {weight: 0}
    members:
      a -> b: {weight: 2}
      a -> c: {weight: 1}
      b -> c: {}
      c -> a: {weight: 5}
steps:
  - {rule: ageing, on: state, do: [age += 1]}
measures:
)";

struct Worked {
    std::string expression;
    double value;
};

/// All of them as measures of one run; `on` names the kind whose rows they are measured on.
Results measured(const std::vector<std::string>& expressions, const std::string& on = "") {
    std::string text = world;
    for (std::size_t i = 0; i < expressions.size(); ++i)
        text += "  m" + std::to_string(i) + ": {value: \"" + expressions[i] + "\"" + (on.empty() ? "" : ", on: " + on) + "}\n";
    return run(text);
}

void expect(const std::vector<Worked>& cases, double relative = 0) {
    std::vector<std::string> expressions;
    for (const Worked& one : cases) expressions.push_back(one.expression);
    const Results results = measured(expressions);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const double found = results.final_values[i][0];
        if (std::isnan(cases[i].value)) {
            EXPECT_TRUE(std::isnan(found)) << cases[i].expression;
        } else if (relative == 0 || std::isinf(cases[i].value)) {
            EXPECT_EQ(found, cases[i].value) << cases[i].expression;
            EXPECT_EQ(std::signbit(found), std::signbit(cases[i].value)) << cases[i].expression;
        } else {
            EXPECT_NEAR(found, cases[i].value, relative * std::abs(cases[i].value)) << cases[i].expression;
        }
    }
}

/// At the last tick, on every row of a kind.
void expect_on(const std::string& kind, const std::vector<std::pair<std::string, std::vector<double>>>& cases) {
    std::vector<std::string> expressions;
    for (const auto& one : cases) expressions.push_back(one.first);
    const Results results = measured(expressions, kind);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto all = series(results, i);
        EXPECT_EQ(std::vector<double>(all.end() - std::ssize(cases[i].second), all.end()), cases[i].second) << cases[i].first;
    }
}

TEST(Functions, exact_ones_worked_by_hand) {
    expect({{"7 % 3", 1},
            {"-7 % 3", 2},
            {"7 % -3", -2},
            {"5.5 % 2", 1.5},
            {"1 % 0", nan},
            {"1 / 0", inf},
            {"-1 / 0", -inf},
            {"0 / 0", nan},
            {"2 ** 10", 1024},
            {"0 ** 0", 1},
            {"3 ** 2", 9},
            {"2 < 3", 1},
            {"3 <= 2", 0},
            {"1 < 2 < 3", 1},
            {"1 < 3 < 2", 0},
            {"2 == 2.0", 1},
            {"2 != 2", 0},
            {"2 and 3", 1},
            {"0 or 0", 0},
            {"not 5", 0},
            {"not 0", 1},
            {"10 if 0.1 else 20", 10},
            {"10 if 0 else 20", 20},
            {"1 if 1 > 0 else 1 / 0", 1},
            {"abs(-2.5)", 2.5},
            {"sqrt(2.25)", 1.5},
            {"sqrt(-1)", nan},
            {"floor(-1.5)", -2},
            {"floor(2)", 2},
            {"ceil(-1.5)", -1},
            {"ceil(1.2)", 2},
            {"round(0.5)", 0},
            {"round(1.5)", 2},
            {"round(2.5)", 2},
            {"round(-2.6)", -3},
            {"min(3, 1, 2)", 1},
            {"max(3, 1, 2)", 3},
            {"sign(-0.3)", -1},
            {"sign(0)", 0},
            {"sign(9)", 1},
            {"clip(5, 0, 1)", 1},
            {"clip(-5, 0, 1)", 0},
            {"clip(0.5, 0, 1)", 0.5},
            {"clip(0.5, 2, 1)", 1},
            {"step(0)", 1},
            {"step(-0.001)", 0},
            {"third * 2", 6}});
}

TEST(Functions, transcendental_ones_worked_by_hand) {
    expect({{"exp(1)", 2.718281828459045},
            {"log(10)", 2.302585092994046},
            {"log(0)", -inf},
            {"log(-1)", nan},
            {"exp(710)", inf},
            {"exp(-746)", 0},
            {"log1p(1e-20)", 1e-20},
            {"log1p(-1)", -inf},
            {"expm1(1e-20)", 1e-20},
            {"expm1(-100)", -1},
            {"sin(pi / 6)", 0.5},
            {"cos(pi / 3)", 0.5},
            {"tan(pi / 4)", 1},
            {"tanh(0.5)", 0.46211715726000976},
            {"tanh(100)", 1},
            {"atan(1)", 0.7853981633974483},
            {"atan2(3, 4)", 0.6435011087932844},
            {"atan2(1, -1)", 2.356194490192345},
            {"atan2(-1, -1)", -2.356194490192345},
            {"atan2(-2, 0)", -1.5707963267948966},
            {"atan2(x=-1, y=0)", 3.141592653589793},  // by name, the other way round
            {"4 ** 0.5", 2},
            {"2 ** -1", 0.5},
            {"(-8) ** 3", -512},
            {"(-8) ** 0.5", nan},
            {"0 ** -1", inf},
            {"logistic(0)", 0.5},
            {"logistic(2)", 0.8807970779778825},
            {"logistic(-800)", 0},
            {"logit(0.75)", 1.0986122886681098},
            {"logit(0)", -inf},
            {"logit(1)", inf},
            {"logit(2)", nan},
            {"chance(0)", 0},
            {"chance(6)", 0.3934693402873666},  // 1 - exp(-6 / 12)
            {"chance(1e9)", 1},
            {"toward(2, 10, 3)", 3.769593735428761},  // 2 + 8 (1 - exp(-3 / 12))
            {"toward(2, 10, 0)", 2},
            {"toward(2, 10, 1e9)", 10}},
           4e-16);
}

TEST(Functions, atan2_on_the_axes_at_infinity_and_of_what_is_not_a_number) {
    expect({{"atan2(0, 0)", 0},
            {"atan2(0, 5)", 0},
            {"1 / atan2(-0.0, 5)", -inf},  // the sign of a zero stays …
            {"atan2(0, -5)", 3.141592653589793},
            {"atan2(-0.0, -5)", -3.141592653589793},  // … and tells from which side the cut is reached
            {"atan2(0, -0.0)", 3.141592653589793},
            {"atan2(-0.0, -0.0)", -3.141592653589793},
            {"atan2(1e308, -0.0)", 1.5707963267948966},
            {"atan2(1, 1 / 0)", 0},
            {"atan2(-1, -1 / 0)", -3.141592653589793},
            {"atan2(1 / 0, 7)", 1.5707963267948966},
            {"atan2(1 / 0, 1 / 0)", 0.7853981633974483},
            {"atan2(-1 / 0, -1 / 0)", -2.356194490192345},
            {"atan2(0 / 0, 1)", nan},
            {"atan2(1, 0 / 0)", nan},
            {"atan2(0 / 0, 1 / 0)", nan}},
           4e-16);
}

TEST(Aggregates, over_a_whole_kind_worked_by_hand) {
    expect({{"sum(k.power for k in state)", 7.5},
            {"mean(k.power for k in state)", 1.875},
            {"min(k.power for k in state)", -1},
            {"max(k.power for k in state)", 4},
            {"count(k.power for k in state)", 4},
            {"count(k.power > 2 for k in state)", 2},
            {"any(k.power > 3 for k in state)", 1},
            {"any(k.power > 9 for k in state)", 0},
            {"all(k.power > -2 for k in state)", 1},
            {"all(k.power > 0 for k in state)", 0},
            {"median(k.power for k in state)", 2.25},
            {"median(k.power for k in state if k.power > 0)", 3},
            {"sum(k.power for k in state if k.power > 2)", 7},
            {"sum(k.power for k in state if k.power > 0 if k.power < 4)", 4.5},
            {"mean(k.power for k in state if k.power < 2)", 0.25},
            {"sum(k.might for k in state)", 15},
            {"sum(r.weight * r.target.power for r in tie)", 17},  // 2 * -1 + 1 * 4 + 0 * 4 + 5 * 3
            {"sum(1 for k in hermit)", 1},
            {"median(k.x for k in hermit)", 7}});
}

TEST(Aggregates, of_nothing_are_what_the_reference_says) {
    for (const std::string nothing : {"r in tie.out(state[d])", "r in tie.into(state[d])", "r in tie if r.weight > 99"})
        expect({{"sum(r.weight for " + nothing + ")", 0},
                {"mean(r.weight for " + nothing + ")", 0},
                {"min(r.weight for " + nothing + ")", 0},
                {"max(r.weight for " + nothing + ")", 0},
                {"count(1 for " + nothing + ")", 0},
                {"any(1 for " + nothing + ")", 0},
                {"all(0 for " + nothing + ")", 1},
                {"median(r.weight for " + nothing + ")", 0},
                {"weighted_median((r.weight, 1) for " + nothing + ")", 0}});
}

TEST(Aggregates, weighted_median_is_the_smallest_value_at_which_half_of_the_weight_is_reached) {
    expect({{"weighted_median((r.target.power, r.weight) for r in tie.out(a))", -1},  // -1 has 2 of 3
            {"weighted_median((r.target.power, 1) for r in tie.out(a))", -1},         // half is reached at the lower of two
            {"weighted_median((k.power, 1 if k.power > 2 else 0.4) for k in state)", 3},
            {"weighted_median((k.power, k == state[c]) for k in state)", 4},
            {"weighted_median((k.power, -1) for k in state)", nan}});
}

TEST(Aggregates, a_value_that_is_no_number_shows_in_all_but_counts) {
    const std::string bad = "0 / (k.power - 4) for k in state";  // 0 / 0 at c
    expect({{"sum(" + bad + ")", nan},
            {"mean(" + bad + ")", nan},
            {"min(" + bad + ")", nan},
            {"max(" + bad + ")", nan},
            {"median(" + bad + ")", nan},
            {"weighted_median((0 / (k.power - 4), 1) for k in state)", nan},
            {"max(1 / (k.power - 4) for k in state if k.power < 4)", -0.2}});
}

TEST(Aggregates, on_every_agent) {
    expect_on("state", {{"sum(r.weight for r in tie.out(self))", {3, 0, 5, 0}},
                        {"sum(r.weight for r in tie.into(self))", {5, 2, 1, 0}},
                        {"mean(r.target.power for r in tie.out(self))", {1.5, 4, 3, 0}},
                        {"min(r.target.power for r in tie.out(self))", {-1, 4, 3, 0}},
                        {"max(r.target.power for r in tie.out(self))", {4, 4, 3, 0}},
                        {"count(1 for r in tie.out(self))", {2, 1, 1, 0}},
                        {"all(r.weight > 0 for r in tie.out(self))", {1, 0, 1, 1}},
                        {"median(r.target.power for r in tie.out(self))", {1.5, 4, 3, 0}},
                        {"sum(k.power for k in state if k != self)", {4.5, 8.5, 3.5, 6}},
                        {"max(k.power - power for k in state)", {1, 5, 0, 2.5}},
                        {"sum(r.weight for r in tie.into(a) if r.source == self)", {0, 0, 5, 0}},
                        {"sum(has(tie[self, k]) for k in state)", {2, 1, 1, 0}},
                        {"sum(tie[k, self].weight for k in state)", {5, 2, 1, 0}}});
}

TEST(Aggregates, on_every_link) {
    expect_on("tie", {{"sum(r.weight for r in tie.out(target))", {0, 5, 5, 3}},
                      {"sum(r.weight for r in tie.out(source) if r.target != target)", {1, 2, 0, 0}},
                      {"sum(r.weight * weight for r in tie.into(source))", {10, 5, 0, 5}},
                      {"reverse.weight", {0, 5, 0, 1}},
                      {"has(reverse)", {0, 1, 0, 1}},
                      {"source == state[a]", {1, 1, 0, 0}},
                      {"target != source", {1, 1, 1, 1}},
                      {"source.power - target.power", {4, -1, -5, 1}},
                      {"tie[target, source].weight + 10 * tie[a, c].weight", {10, 15, 10, 11}}});
}

TEST(OverTime, worked_by_hand) {  // age is 1 … 5 at the end of the ticks
    expect({{"last(state[a].age)", 5},
            {"total(state[a].age)", 15},
            {"average(state[a].age)", 3},
            {"peak(10 - state[a].age)", 9},
            {"trough(10 - state[a].age)", 5},
            {"share(state[a].age > 3)", 0.4},
            {"first(state[a].age > 3)", 3},
            {"first(state[a].age > 5)", nan},
            {"total(state[a].age) / peak(state[a].age)", 3},
            {"12 * first(state[a].age > 3)", 3},  // years since the start
            {"total(tick)", 10},
            {"total(month)", 15},
            {"last(year)", 2020}});
    expect({{"last(t)", 4.0 / 12}, {"12 * dt", 1}, {"12 * first(state[a].age > 5)", nan}}, 1e-15);
}

/// What stops the first run of a rule on a state whose fields are x = 0 and y = 1.
std::string stopped(const std::string& statement, const std::string& where = "1") {
    const Results results =
        run("entente: 1\ncalendar: {ticks: 2}\nparameters: {p: 4}\nagents: {state: {fields: {x: {start: 0, range: [-5, 5]}, y: "
            "1}, members: {a: {}, b: {y: 0}}}}\nsteps: [{rule: r, on: state, where: \"" +
            where + "\", do: [\"" + statement + "\"]}]\nmeasures: {m: \"state[a].x\"}\n");
    return results.failures.empty() ? "" : results.failures[0].told();
}

TEST(Limits, an_expression_of_ten_thousand_words_and_signs_is_compiled_and_run) {
    std::string ones = "tick";
    for (int i = 0; i < 4999; ++i) ones += " + 1";
    expect({{ones, 4 + 4999.0}});
}

TEST(Stops, a_written_value_that_is_no_finite_number_stops_the_run_and_says_where) {
    EXPECT_EQ(stopped("x = p / y"), "run 0 stopped in tick 0 in 'r' on b: `x = p / y` is inf (p = 4, y = 0)");
    EXPECT_EQ(stopped("x = log(y - 2)"), "run 0 stopped in tick 0 in 'r' on a: `x = log(y - 2)` is nan (y = 1)");
    EXPECT_EQ(stopped("x = exp(1000 * y)"), "run 0 stopped in tick 0 in 'r' on a: `x = exp(1000 * y)` is inf (y = 1)");
    EXPECT_EQ(stopped("x = 1 / 0"), "run 0 stopped in tick 0 in 'r' on a: `x = 1 / 0` is inf");
}

TEST(Stops, what_is_not_taken_or_left_out_counts_for_nothing) {
    EXPECT_EQ(stopped("x = p / y if y else 0"), "");
    EXPECT_EQ(stopped("x = 1 / y", "y > 0"), "");
    EXPECT_EQ(stopped("x = 1e300 * y"), "");  // the range clamps it
}

TEST(Stops, a_draw_whose_arguments_have_no_meaning_is_no_number) {
    EXPECT_EQ(stopped("x = bernoulli(1.5)"), "run 0 stopped in tick 0 in 'r' on a: `x = bernoulli(1.5)` is nan (bernoulli(1.5) = nan)");
    EXPECT_NE(stopped("x = bernoulli(-y)"), "");
    EXPECT_NE(stopped("x = poisson(-1)"), "");
    EXPECT_NE(stopped("x = poisson(1 / 0)"), "");
    EXPECT_NE(stopped("x = exponential(0)"), "");
    EXPECT_NE(stopped("x = exponential(-1)"), "");
    EXPECT_EQ(stopped("x = bernoulli(1) + bernoulli(0) + poisson(0) + uniform(2, 2) + normal(1, 0)"), "");
}

}  // namespace
}  // namespace entente::test
