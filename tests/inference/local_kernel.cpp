// Tests: local_kernel.

#include <cmath>

#include <gmock/gmock.h>

#include <entente/base/elementary.hpp>
#include <entente/inference/local_kernel.hpp>

namespace entente {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Factor of(Prior::Form form, std::vector<double> arguments) {
    return {.name = "x", .unit = {}, .prior = {form, std::move(arguments)}, .range = {}, .levels = {}};
}

Particles particles(std::size_t factors) {
    Particles made{{factors, {}}, {}};
    KeyedDraws draws(3, 14);
    for (std::size_t i = 0; i < 60; ++i) {
        for (std::size_t k = 0; k < factors; ++k) made.unit.coordinates.push_back(.2 + .3 * unit_uniform(draws.bits()));
        made.weights.push_back(1 + static_cast<double>(i % 3));
    }
    made.weights = normalised_weights(made.weights);
    return made;
}

TEST(LocalKernel, knows_the_parts_of_a_choice) {
    const std::vector<Factor> factors{of(Prior::Form::uniform, {0, 1}), of(Prior::Form::choice, {3, 1, 1, 2}),
                                      of(Prior::Form::integers, {0, 3})};
    EXPECT_THAT(cells_of(factors), ElementsAre(IsEmpty(), ElementsAre(0, .5, .75, 1), IsEmpty()));
}

/// The density is known up to a factor, which is what it comes to over the cube; proposals must fall as it has it.
TEST(LocalKernel, proposes_as_its_density_has_it) {
    const CellEnds cells{{}, {0, .25, 1}};
    const LocalKernel kernel(particles(2), cells);
    constexpr int n = 40;
    std::vector<double> expected(n * n);
    double sum = 0;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) sum += expected[i * n + j] = kernel.density(std::vector{(i + .5) / n, (j + .5) / n});
    std::vector<double> seen(n * n);
    constexpr int drawn = 20000;
    for (int i = 0; i < drawn; ++i) {
        KeyedDraws draws(1, static_cast<std::uint64_t>(i));
        std::vector<double> u(2);
        kernel.draw(draws, u);
        ASSERT_TRUE(u[0] > 0 && u[0] < 1 && u[1] > 0 && u[1] < 1);
        seen[static_cast<std::size_t>(std::floor(u[0] * n) * n + std::floor(u[1] * n))] += 1;
    }
    double square = 0;
    int cells_counted = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double mean = expected[i] / sum * drawn;
        if (mean < 5) continue;
        square += (seen[i] - mean) * (seen[i] - mean) / mean;
        ++cells_counted;
    }
    ASSERT_GT(cells_counted, 100);
    EXPECT_LT(square, cells_counted + 5 * std::sqrt(2.0 * cells_counted)) << "chi-square of " << cells_counted;
    EXPECT_GT(square, cells_counted - 5 * std::sqrt(2.0 * cells_counted));
}

TEST(LocalKernel, leaves_no_place_without_a_share_of_the_prior) {
    const LocalKernel kernel(particles(1), {{}});
    EXPECT_GE(kernel.density(std::vector{.999}), LocalKernel::from_prior);
    EXPECT_GT(kernel.density(std::vector{.35}), 1);
}

TEST(LocalKernel, is_narrow_where_particles_are_close) {
    Particles made{{1, {}}, std::vector<double>(200, 1. / 200)};
    for (int i = 0; i < 120; ++i) made.unit.coordinates.push_back(.1 + i * 1e-6);
    for (int i = 0; i < 80; ++i) made.unit.coordinates.push_back(.5 + i * 2e-3);
    const LocalKernel kernel(made, {{}});
    EXPECT_GT(kernel.density(std::vector{.10005}), 1000);
    EXPECT_LT(kernel.density(std::vector{.11}), 1);
}

}  // namespace
}  // namespace entente
