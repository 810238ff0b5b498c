// The points of a sweep, by form, held against the designs they are made of.
#include <vector>

#include <gmock/gmock.h>

#include <entente/study/latin_hypercube.hpp>
#include <entente/study/sobol_sequence.hpp>
#include <entente/study/sweep_design.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using Form = Prior::Form;

std::vector<Factor> two_factors() { return {{"x", "", {Form::uniform, {0, 1}}, {}, {}}, {"y", "", {Form::uniform, {0, 10}}, {}, {}}}; }

TEST(SweepDesign, is_named_in_words) {
    std::vector<Factor> factors = two_factors();
    factors[1].levels = 3;
    EXPECT_EQ(form_text(factors, {.form = SweepForm::grid, .levels = 4}), "grid of 4 × 3");
    EXPECT_EQ(form_text(factors, {.form = SweepForm::latin}), "Latin hypercube");
    EXPECT_EQ(form_text(factors, {.form = SweepForm::sobol}), "Sobol' sequence");
}

TEST(SweepDesign, of_a_grid_has_every_combination) {
    EXPECT_EQ(sweep_points(two_factors(), {.form = SweepForm::grid, .levels = 3}, {}).values, full_grid(two_factors(), 3).values);
}

TEST(SweepDesign, of_a_hypercube_grows_through_the_numbers_asked_for_before) {
    const SweepPlan plan{.form = SweepForm::latin, .samples = 12, .seed = 5};
    const std::vector<std::int64_t> grown{4, 12};
    const Points points = sweep_points(two_factors(), plan, grown);
    EXPECT_EQ(points.values, points_of(two_factors(), extended_hypercube(latin_hypercube(4, 2, 5), 12, 5)).values);
    EXPECT_NE(points.values, points_of(two_factors(), latin_hypercube(12, 2, 5)).values);
}

TEST(SweepDesign, of_a_sequence_is_scrambled_by_the_seed) {
    const Points points = sweep_points(two_factors(), {.form = SweepForm::sobol, .samples = 8, .seed = 3}, {});
    EXPECT_EQ(points.values, points_of(two_factors(), sobol_sequence(8, 2, Scramble::owen, 3)).values);
}

TEST(SweepDesign, without_a_grid_refuses_levels) {
    std::vector<Factor> factors = two_factors();
    factors[0].levels = 3;
    EXPECT_EQ(refusal([&] { sweep_points(factors, {.form = SweepForm::sobol, .samples = 8}, {}); }),
              "'x' is varied by 3 levels, and levels have no meaning in a Sobol' sequence\nhelp: drop them: a grid of levels is what 'entente sweep' makes without --samples");
}

}  // namespace
}  // namespace entente::test
