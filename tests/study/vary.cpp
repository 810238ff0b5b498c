// Tests: point_list.
// What a study varies, as it is written.
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/study/vary.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

const std::string world = R"yaml(
parameters:
  gain: {value: 1, unit: 1/year, range: [0, 2], prior: "beta(2, 3)"}
  heat: {value: 1, range: [0, 2]}
  drag: 1
agents: {state: {fields: {trust: {start: 0.5, range: [0, 1]}, arms: {start: 3, unit: men}}, members: [russia, afghanistan]}}
links: {relation: {source: state, target: state, fields: {trust: {start: 0.5, range: [0, 1]}}, members: [russia -> afghanistan]}}
)yaml";

Varied varied(const std::vector<std::string>& texts) { return vary(scenario_of(world), texts); }
Factor factor(const std::string& text) { return varied({text}).factors.at(0); }
std::string refused(const std::vector<std::string>& texts) {
    return refusal([&] { varied(texts); });
}

/// Form, arguments and levels of one text.
void expect(const std::string& text, Prior::Form form, const std::vector<double>& arguments, std::optional<int> levels = std::nullopt) {
    const Factor found = factor(text);
    EXPECT_EQ(found.prior.form, form) << text;
    EXPECT_EQ(found.prior.arguments, arguments) << text;
    EXPECT_EQ(found.levels, levels) << text;
}

constexpr auto nothing_else = "write low:high, low:high:levels, log(low, high), {a, b, c} or a prior such as uniform(0, 1)";

// -- ways ---------------------------------------------------------------------------------------------------------------------------------

TEST(Vary, a_name_alone_goes_by_its_own_prior) {
    expect("gain", Prior::Form::beta, {2, 3});
    const Factor gain = factor("gain");
    EXPECT_EQ(gain.name, "gain");
    EXPECT_EQ(gain.unit, "1/year");
    EXPECT_EQ(gain.range.low, 0);
    EXPECT_EQ(gain.range.high, 2);
}

TEST(Vary, bounds_are_uniform) {
    expect("gain=0:2", Prior::Form::uniform, {0, 2});
    expect("drag=-1e3:.5", Prior::Form::uniform, {-1000, 0.5});
    expect(" gain = 0 : 1.5 ", Prior::Form::uniform, {0, 1.5});
}

TEST(Vary, bounds_may_be_followed_by_levels) {
    expect("gain=0:2:5", Prior::Form::uniform, {0, 2}, 5);
    expect("gain=0 : 2 : 2", Prior::Form::uniform, {0, 2}, 2);
}

TEST(Vary, log_is_uniform_on_a_logarithmic_scale) {
    expect("gain=log(0.01, 1)", Prior::Form::loguniform, {0.01, 1});
    expect("gain=log(0.01, 1):7", Prior::Form::loguniform, {0.01, 1}, 7);
}

TEST(Vary, braces_hold_the_values_to_choose_from) {
    expect("gain={0.5, 1,2}", Prior::Form::choice, {0.5, 1, 2});
    expect("gain={no, yes}", Prior::Form::choice, {0, 1});
    expect("gain={true, false}", Prior::Form::choice, {1, 0});
}

TEST(Vary, any_prior_of_the_language_serves) {
    expect("drag=uniform(-1, 1)", Prior::Form::uniform, {-1, 1});
    expect("drag=loguniform(1, 10):3", Prior::Form::loguniform, {1, 10}, 3);
    expect("drag=normal(0, 2)", Prior::Form::normal, {0, 2});
    expect("gain=normal(1, 5) : 9", Prior::Form::normal, {1, 5}, 9);
    expect("drag=lognormal(0, 1)", Prior::Form::lognormal, {0, 1});
    expect("drag=beta(1, 2)", Prior::Form::beta, {1, 2});
    expect("drag=choice(1, 2, yes)", Prior::Form::choice, {1, 2, 1});
    expect("drag=integers(1, 10)", Prior::Form::integers, {1, 10});
    expect("drag=integers(1, 10):4", Prior::Form::integers, {1, 10}, 4);
}

// -- the scenario -------------------------------------------------------------------------------------------------------------------------

TEST(Vary, makes_a_parameter_of_a_start) {
    const Varied found = varied({"relation[russia,afghanistan].trust=0.2:0.8", "gain", "state[ russia ].arms=log(1, 100)"});
    ASSERT_EQ(found.factors.size(), 3u);
    EXPECT_EQ(found.factors[0].name, "relation[russia, afghanistan].trust");
    EXPECT_EQ(found.factors[1].name, "gain");
    EXPECT_EQ(found.factors[2].name, "state[russia].arms");
    EXPECT_EQ(found.factors[2].unit, "men");
    EXPECT_THAT(found.parameters, ElementsAre(ParameterId{3}, ParameterId{0}, ParameterId{4}));
    EXPECT_EQ(found.scenario.parameters.at(3).value, 0.5);
    EXPECT_EQ(found.scenario.schema.parameters.at(4), "state[russia].arms");
}

TEST(Vary, nothing_leaves_the_scenario_as_it_is) {
    const Varied found = varied({});
    EXPECT_TRUE(found.factors.empty());
    EXPECT_EQ(found.scenario.parameters.size(), 3u);
}

// -- refusals -----------------------------------------------------------------------------------------------------------------------------

TEST(Vary, names_what_is_unknown) {
    EXPECT_EQ(refused({"gian=0:1"}), "no parameter is called 'gian'\nhelp: did you mean 'gain'?");
    EXPECT_EQ(refused({"xyz"}), "no parameter is called 'xyz'\nhelp: there are gain, heat and drag");
    EXPECT_EQ(refused({"state[rusia].trust=0:1"}), "no member of 'state' is called 'rusia'\nhelp: did you mean 'russia'?");
    EXPECT_EQ(refused({"drag=unifrom(0, 1)"}), "no prior is called 'unifrom'\nhelp: did you mean 'uniform'?");
}

TEST(Vary, asks_for_bounds_where_there_is_no_prior) {
    EXPECT_EQ(refused({"heat"}), "'heat' has no prior by which it could be varied\nhelp: give bounds within its range: heat=0:2");
    EXPECT_EQ(refused({"drag"}), "'drag' has no prior by which it could be varied\nhelp: give bounds: drag=low:high");
    EXPECT_EQ(refused({"state[russia].trust"}),
              "'state[russia].trust' has no prior by which it could be varied\nhelp: give bounds within its range: state[russia].trust=0:1");
}

TEST(Vary, wants_the_lower_bound_first) {
    const std::string help = "\nhelp: write the lower bound first";
    EXPECT_EQ(refused({"gain=2:0.5"}), "'gain' can't be varied from 2 to 0.5: the bounds are reversed" + help);
    EXPECT_EQ(refused({"gain=log(2, 1)"}), "'gain' can't be varied from 2 to 1: the bounds are reversed" + help);
    EXPECT_EQ(refused({"gain=uniform(2, 1)"}),
              "'gain' must be a distribution, and this is the text 'uniform(2, 1)'\nhelp: write uniform(a, b) with a < b");
}

TEST(Vary, wants_more_than_one_value) {
    const std::string help = "\nhelp: a value that stays is set: --set 'gain=1'";
    EXPECT_EQ(refused({"gain=1:1"}), "'gain' can't be varied from 1 to 1: the bounds are equal" + help);
    EXPECT_EQ(refused({"gain=log(1, 1)"}), "'gain' can't be varied from 1 to 1: the bounds are equal" + help);
    EXPECT_EQ(refused({"gain={1}"}), "'gain' can't be varied over one value alone, 1" + help);
    EXPECT_EQ(refused({"gain=choice(1)"}), "'gain' can't be varied over one value alone, 1" + help);
    EXPECT_EQ(refused({"gain=integers(1, 1)"}), "'gain' can't be varied over one value alone, 1" + help);
}

TEST(Vary, takes_logarithms_of_positive_numbers) {
    EXPECT_EQ(refused({"gain=log(0, 1)"}), "'gain' can't be varied over log(0, 1): only positive numbers have a logarithm\nhelp: give bounds above 0");
    EXPECT_EQ(refused({"gain=loguniform(0, 1)"}),
              "'gain' must be a distribution, and this is the text 'loguniform(0, 1)'\nhelp: write loguniform(a, b) with 0 < a < b");
}

TEST(Vary, keeps_inside_the_range) {
    EXPECT_EQ(refused({"gain=0:3"}), "the value 3 of 'gain' is outside its range [0, 2]\nhelp: stay inside");
    EXPECT_EQ(refused({"gain=-1:1"}), "the value -1 of 'gain' is outside its range [0, 2]\nhelp: stay inside");
    EXPECT_EQ(refused({"gain=log(1, 9)"}), "the value 9 of 'gain' is outside its range [0, 2]\nhelp: stay inside");
    EXPECT_EQ(refused({"gain={1, 5}"}), "the value 5 of 'gain' is outside its range [0, 2]\nhelp: stay inside");
    EXPECT_EQ(refused({"gain=uniform(0, 3)"}),
              "the prior 'uniform(0, 3)' reaches outside the range [0, 2]\nhelp: widen the range or narrow the prior");
    EXPECT_EQ(refused({"state[russia].trust=0:2"}), "the value 2 of 'state[russia].trust' is outside its range [0, 1]\nhelp: stay inside");
}

TEST(Vary, counts_levels_from_two) {
    const std::string help = "\nhelp: levels are counted in whole numbers from 2 on";
    EXPECT_EQ(refused({"gain=0:1:1"}), "'gain' can't be varied over 1 level" + help);
    EXPECT_EQ(refused({"gain=0:1:0"}), "'gain' can't be varied over 0 levels" + help);
    EXPECT_EQ(refused({"gain=uniform(0, 1):-3"}), "'gain' can't be varied over -3 levels" + help);
    EXPECT_EQ(refused({"gain=0:1:010"}), "'010' is not a number of levels of 'gain'" + help);
    EXPECT_EQ(refused({"gain=0:1:2.5"}), "'2.5' is not a number of levels of 'gain'" + help);
    EXPECT_EQ(refused({"gain=0:1:2:3"}), "'2:3' is not a number of levels of 'gain'" + help);
    EXPECT_EQ(refused({"gain=log(0.1, 1):"}), "'' is not a number of levels of 'gain'" + help);
    EXPECT_EQ(refused({"gain=choice(1, 2):2"}), "'gain' is a choice, and its levels are its values\nhelp: write choice(1, 2) alone");
}

TEST(Vary, takes_whole_numbers_for_integers) {
    EXPECT_EQ(refused({"drag=integers(0.5, 2)"}),
              "'drag' must be a distribution, and this is the text 'integers(0.5, 2)'\nhelp: write integers(a, b), whole and a <= b");
}

TEST(Vary, tells_what_can_be_written) {
    const auto unreadable = [](const std::string& way) { return "'gain' can't be varied by '" + way + "'\nhelp: " + nothing_else; };
    for (const auto* way : {"1", "much", "0:much", "log(1)", "log(0.1, 1", "log(0.1, 1) or so", "{1, 2", "{1, 2}:3"})
        EXPECT_EQ(refused({std::string("gain=") + way}), unreadable(way));
    EXPECT_EQ(refused({"gain="}), std::string("'gain' is varied over nothing\nhelp: ") + nothing_else);
    EXPECT_EQ(refused({"drag=0:inf"}), "'drag' can't be varied to inf\nhelp: give finite bounds");
    EXPECT_EQ(refused({"gain={}"}), "'' is not a finite number\nhelp: the arguments of a prior are numbers");
    EXPECT_EQ(refused({"gain={a, b}"}), "'a' is not a finite number\nhelp: the arguments of a prior are numbers");
    EXPECT_EQ(refused({"drag=normal(0)"}), "'drag' must be a distribution, and this is the text 'normal(0)'\nhelp: write normal(m, s) with s > 0");
}

TEST(Vary, reads_numbers_as_they_are_read_everywhere) {
    EXPECT_EQ(factor("drag=1_000:2_000").prior.arguments, (std::vector<double>{1000, 2000}));
    EXPECT_EQ(refused({"drag=010:20"}), "'drag' can't be varied by '010:20': '010' is not a number\nhelp: write 10, without the leading zero");
    EXPECT_EQ(refused({"drag={010, 20}"}), "'010' is not a finite number\nhelp: write 10, without the leading zero");
}

TEST(Vary, takes_a_name_once) {
    EXPECT_EQ(refused({"gain", "gain=0:1"}), "'gain' is varied twice\nhelp: name it once");
    EXPECT_EQ(refused({"state[russia].trust=0:1", "state[ russia].trust={0, 1}"}), "'state[russia].trust' is varied twice\nhelp: name it once");
}

}  // namespace
}  // namespace entente::test
