// Tests: prior.
#include "reading.hpp"

namespace entente::test {
namespace {

const Fault faults[] = {
    {"a_text_for_a_number", bare, R"(
parameters:
  gain: much
)",
     R"(
world.yaml:4:9: error: 'gain' must be a number, and this is the text 'much'
    4 |   gain: much
      |         ^~~~)"},
    {"a_number_in_quotes", bare, R"(
parameters:
  gain: '3'
)",
     R"(
world.yaml:4:10: error: 'gain' must be a number, and this is the text '3'
    4 |   gain: '3'
      |          ^
help: write 3 without quotes)"},
    {"a_percentage", bare, R"(
parameters:
  gain: 30%
)",
     R"(
world.yaml:4:9: error: 'gain' must be a number, and this is the text '30%'
    4 |   gain: 30%
      |         ^~~
help: write 0.3)"},
    {"a_number_with_a_leading_zero", bare, R"(
parameters:
  gain: 010
)",
     R"(
world.yaml:4:9: error: 'gain' must be a number, and this is the text '010'
    4 |   gain: 010
      |         ^~~
help: write 10, without the leading zero)"},
    {"a_number_with_a_comma", bare, R"(
parameters:
  gain: 0,5
)",
     R"(
world.yaml:4:9: error: 'gain' must be a number, and this is the text '0,5'
    4 |   gain: 0,5
      |         ^~~
help: write 0.5)"},
    {"nothing_for_a_number", bare, R"(
parameters:
  gain:
)",
     R"(
world.yaml:4:3: error: 'gain' must be a number, and this is nothing
    4 |   gain:
      |   ^~~~)"},
    {"a_list_for_a_number", bare, R"(
parameters:
  gain: [1, 2]
)",
     R"(
world.yaml:4:9: error: 'gain' must be a number, and this is a list
    4 |   gain: [1, 2]
      |         ^)"},
    {"an_infinite_value", bare, R"(
parameters:
  gain: inf
)",
     R"(
world.yaml:4:9: error: 'gain' must be a finite number, and this is inf
    4 |   gain: inf
      |         ^~~)"},
    {"a_value_that_is_not_a_number", bare, R"(
parameters:
  gain: nan
)",
     R"(
world.yaml:4:9: error: 'gain' must be a number, and this is the text 'nan'
    4 |   gain: nan
      |         ^~~)"},
    {"no_value", bare, R"(
parameters:
  gain: {unit: 1/year}
)",
     R"(
world.yaml:4:9: error: a parameter lacks its 'value'
    4 |   gain: {unit: 1/year}
      |         ^
help: value: its value where nothing else is asked for)"},
    {"an_unknown_key", bare, R"(
parameters:
  gain: {value: 1, rang: [0, 1]}
)",
     R"(
world.yaml:4:20: error: a parameter has no key 'rang'
    4 |   gain: {value: 1, rang: [0, 1]}
      |                    ^~~~
help: did you mean 'range'?)"},
    {"a_value_outside_its_range", bare, R"(
parameters:
  gain: {value: 3, range: [0, 1]}
)",
     R"(
world.yaml:4:17: error: the value 3 of 'gain' is outside its range [0, 1]
    4 |   gain: {value: 3, range: [0, 1]}
      |                 ^
help: change the value or widen the range)"},
    {"a_range_of_one_number", bare, R"(
parameters:
  gain: {value: 1, range: 3}
)",
     R"(
world.yaml:4:27: error: 'range' must be two numbers, and this is 3
    4 |   gain: {value: 1, range: 3}
      |                           ^
help: write [low, high], with inf or -inf where there is no bound)"},
    {"a_range_of_texts", bare, R"(
parameters:
  gain: {value: 1, range: [low, high]}
)",
     R"(
world.yaml:4:28: error: 'range' must be two numbers, and this is the text 'low'
    4 |   gain: {value: 1, range: [low, high]}
      |                            ^~~

world.yaml:4:33: error: 'range' must be two numbers, and this is the text 'high'
    4 |   gain: {value: 1, range: [low, high]}
      |                                 ^~~~)"},
    {"a_range_upside_down", bare, R"(
parameters:
  gain: {value: 1, range: [3, 0]}
)",
     R"(
world.yaml:4:28: error: the range [3, 0] holds no number
    4 |   gain: {value: 1, range: [3, 0]}
      |                            ^
help: write the lower bound first)"},
    {"a_unit_that_is_a_list", bare, R"(
parameters:
  gain: {value: 1, unit: [km]}
)",
     R"(
world.yaml:4:26: error: 'unit' must be a text, and this is a list
    4 |   gain: {value: 1, unit: [km]}
      |                          ^
help: put it in quotes)"},
    {"a_prior_that_is_no_distribution", bare, R"(
parameters:
  gain: {value: 1, prior: 3}
)",
     R"(
world.yaml:4:27: error: 'prior' must be a distribution, and this is 3
    4 |   gain: {value: 1, prior: 3}
      |                           ^
help: write uniform(a, b), loguniform(a, b), normal(m, s), lognormal(m, s), beta(a, b), choice(a, b, …) or integers(a, b))"},
    {"an_unknown_prior", bare, R"(
parameters:
  gain: {value: 1, prior: 'unifrom(0, 1)'}
)",
     R"(
world.yaml:4:28: error: no prior is called 'unifrom'
    4 |   gain: {value: 1, prior: 'unifrom(0, 1)'}
      |                            ^~~~~~~
help: did you mean 'uniform'?)"},
    {"a_prior_torn_by_a_comma", bare, R"(
parameters:
  gain: {value: 1, prior: uniform(0, 1)}
)",
     R"(
world.yaml:4:27: error: 'prior' must be a distribution, and this is the text 'uniform(0'
    4 |   gain: {value: 1, prior: uniform(0, 1)}
      |                           ^~~~~~~~~
help: put it in quotes: within { } a comma ends a text

world.yaml:4:38: error: a parameter has no key '1)'
    4 |   gain: {value: 1, prior: uniform(0, 1)}
      |                                      ^~
help: put an expression in quotes: within { } a comma or bracket ends it)"},
    {"a_prior_of_words", bare, R"(
parameters:
  gain: {value: 1, prior: 'uniform(low, 1)'}
)",
     R"(
world.yaml:4:36: error: 'low' is not a finite number
    4 |   gain: {value: 1, prior: 'uniform(low, 1)'}
      |                                    ^~~
help: the arguments of a prior are numbers)"},
    {"a_uniform_prior_upside_down", bare, R"(
parameters:
  gain: {value: 1, prior: 'uniform(3, 1)'}
)",
     R"(
world.yaml:4:28: error: 'prior' must be a distribution, and this is the text 'uniform(3, 1)'
    4 |   gain: {value: 1, prior: 'uniform(3, 1)'}
      |                            ^~~~~~~~~~~~~
help: write uniform(a, b) with a < b)"},
    {"a_loguniform_prior_from_zero", bare, R"(
parameters:
  gain: {value: 1, prior: 'loguniform(0, 1)'}
)",
     R"(
world.yaml:4:28: error: 'prior' must be a distribution, and this is the text 'loguniform(0, 1)'
    4 |   gain: {value: 1, prior: 'loguniform(0, 1)'}
      |                            ^~~~~~~~~~~~~~~~
help: write loguniform(a, b) with 0 < a < b)"},
    {"a_normal_prior_without_width", bare, R"(
parameters:
  gain: {value: 1, prior: 'normal(0, 0)'}
)",
     R"(
world.yaml:4:28: error: 'prior' must be a distribution, and this is the text 'normal(0, 0)'
    4 |   gain: {value: 1, prior: 'normal(0, 0)'}
      |                            ^~~~~~~~~~~~
help: write normal(m, s) with s > 0)"},
    {"a_lognormal_prior_of_one_number", bare, R"(
parameters:
  gain: {value: 1, prior: lognormal(1)}
)",
     R"(
world.yaml:4:27: error: 'prior' must be a distribution, and this is the text 'lognormal(1)'
    4 |   gain: {value: 1, prior: lognormal(1)}
      |                           ^~~~~~~~~~~~
help: write lognormal(m, s) with s > 0)"},
    {"a_beta_prior_below_zero", bare, R"(
parameters:
  gain: {value: 1, prior: 'beta(-1, 1)'}
)",
     R"(
world.yaml:4:28: error: 'prior' must be a distribution, and this is the text 'beta(-1, 1)'
    4 |   gain: {value: 1, prior: 'beta(-1, 1)'}
      |                            ^~~~~~~~~~~
help: write beta(a, b) with a > 0 and b > 0)"},
    {"a_choice_of_nothing", bare, R"(
parameters:
  gain: {value: 1, prior: choice()}
)",
     R"(
world.yaml:4:34: error: '' is not a finite number
    4 |   gain: {value: 1, prior: choice()}
      |                                  ^
help: the arguments of a prior are numbers)"},
    {"integers_that_are_none", bare, R"(
parameters:
  gain: {value: 1, prior: 'integers(0.5, 2)'}
)",
     R"(
world.yaml:4:28: error: 'prior' must be a distribution, and this is the text 'integers(0.5, 2)'
    4 |   gain: {value: 1, prior: 'integers(0.5, 2)'}
      |                            ^~~~~~~~~~~~~~~~
help: write integers(a, b), whole and a <= b)"},
    {"a_prior_wider_than_the_range", bare, R"(
parameters:
  gain: {value: 1, range: [0, 2], prior: 'uniform(0, 3)'}
)",
     R"(
world.yaml:4:43: error: the prior 'uniform(0, 3)' reaches outside the range [0, 2]
    4 |   gain: {value: 1, range: [0, 2], prior: 'uniform(0, 3)'}
      |                                           ^~~~~~~~~~~~~
help: widen the range or narrow the prior)"},
    {"a_parameter_defined_twice", bare, R"(
parameters:
  gain: 1
  loss: 2
  gain: 3
)",
     R"(
world.yaml:6:3: error: 'gain' occurs twice: first on line 4
    6 |   gain: 3
      |   ^~~~
help: keep one of them)"},
};

ENTENTE_TELLS(Parameters, faults);

Parameter parameter(const std::string& text) {
    return read(bare + "parameters: {x: " + text + "}\nmeasures: {m: x}\n").parameters.at(0);
}

TEST(Parameters, read_numbers_as_they_are_written) {
    EXPECT_EQ(parameter("3").value, 3);
    EXPECT_EQ(parameter("-0.5").value, -0.5);
    EXPECT_EQ(parameter("+2").value, 2);
    EXPECT_EQ(parameter("1e3").value, 1000);
    EXPECT_EQ(parameter(".5").value, 0.5);
    EXPECT_EQ(parameter("yes").value, 1);
    EXPECT_EQ(parameter("false").value, 0);
}

TEST(Parameters, read_all_their_keys) {
    const Parameter full =
        parameter("{value: 0.9, unit: 1/year, range: [0, inf], prior: 'normal(1, 0.5)', about: answer, source: 'Richardson, table 2'}");
    EXPECT_EQ(full.name, "x");
    EXPECT_EQ(full.value, 0.9);
    EXPECT_EQ(full.unit, "1/year");
    EXPECT_EQ(full.range.low, 0);
    EXPECT_EQ(full.range.high, std::numeric_limits<double>::infinity());
    EXPECT_EQ(full.prior->form, Prior::Form::normal);
    EXPECT_EQ(full.prior->arguments, (std::vector<double>{1, 0.5}));
    EXPECT_EQ(full.remarks.about, "answer");
    EXPECT_EQ(full.remarks.source, "Richardson, table 2");
    EXPECT_EQ(full.place.line, 3);
    EXPECT_EQ(full.place.column, 14);
}

TEST(Parameters, read_every_bound_of_a_range) {
    const Range range = parameter("{value: 1, range: [-.inf, +inf]}").range;
    EXPECT_FALSE(range.is_bounded());
}

TEST(Parameters, read_every_form_of_prior) {
    const auto form = [](const std::string& text) { return parameter("{value: 1, prior: '" + text + "'}").prior->form; };
    EXPECT_EQ(form("uniform(0, 1)"), Prior::Form::uniform);
    EXPECT_EQ(form("loguniform(0.1, 10)"), Prior::Form::loguniform);
    EXPECT_EQ(form("lognormal(0, 1)"), Prior::Form::lognormal);
    EXPECT_EQ(form("beta(2, 3)"), Prior::Form::beta);
    EXPECT_EQ(form("choice(1, 2, 4)"), Prior::Form::choice);
    EXPECT_EQ(form("integers(1, 6)"), Prior::Form::integers);
}

}  // namespace
}  // namespace entente::test
