// Richardson's arms race against its closed form.
//
// With z = (x, y), dz/dt = A z + c, A = [-a k; l -b], c = (g, h). The scenario takes Euler steps of dt, whose closed form is
// z_n = z* + (I + dt A)^n (z_0 - z*) with the same rest z* = -A^-1 c as the flow: along each eigenvector of A, with eigenvalue
// lambda, what is left of the way to rest is multiplied by 1 + dt lambda a step. lambda = [-(a + b) +- sqrt((a - b)^2 + 4 k l)] / 2.
#include <cmath>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

using Eigen::Matrix2d;
using Eigen::Vector2d;

constexpr double dt = 1.0 / 12;

Scenario race() { return classic("richardson"); }

Vector2d outlays(const Results& results, int tick) {
    return {series(results, "x")[static_cast<std::size_t>(tick)], series(results, "y")[static_cast<std::size_t>(tick)]};
}

struct Closed {
    Closed(double a, double b, double k, double l, double g, double h) {
        A << -a, k, l, -b;
        rest = -A.inverse() * Vector2d(g, h);
    }
    Vector2d after(int steps) const {
        const Matrix2d step = Matrix2d::Identity() + dt * A;
        const Eigen::EigenSolver<Matrix2d> solver(step);
        const Matrix2d vectors = solver.eigenvectors().real();
        const Vector2d powers = solver.eigenvalues().real().array().pow(steps);
        return rest + vectors * powers.asDiagonal() * vectors.inverse() * (Vector2d(1, 12) - rest);
    }
    Matrix2d A;
    Vector2d rest;
};

TEST(Richardson, follows_the_closed_form_of_its_steps) {
    const Results results = run(race());
    const Closed closed(0.9, 1.0, 0.5, 0.6, 2, 3);
    for (const int tick : {0, 1, 5, 11, 59, 239, 599}) EXPECT_LT((outlays(results, tick) - closed.after(tick + 1)).norm(), 1e-9) << "after tick " << tick;
}

TEST(Richardson, comes_to_rest_where_costs_outweigh_answers) {
    const Results results = run(race());
    EXPECT_NEAR(final_values(results, "x")[0], 5.8333333333, 1e-8);  // (k h + b g) / (a b - k l), at a rate of 0.4 a year 2e-9 after 50 years
    EXPECT_NEAR(final_values(results, "y")[0], 6.5, 1e-8);
}

TEST(Richardson, nears_its_rest_at_the_slower_eigenvalue) {
    const Results results = run(race());
    const Vector2d rest(35.0 / 6, 6.5);
    const double left = (outlays(results, 240) - rest).norm() / (outlays(results, 239) - rest).norm();
    EXPECT_NEAR((left - 1) / dt, -0.4, 1e-9);
}

TEST(Richardson, runs_away_at_the_positive_eigenvalue_where_answers_outweigh_costs) {
    const Results results = run(with_variant(race(), "runaway"));
    for (const int tick : {10, 100, 300}) {
        const Vector2d before = outlays(results, tick - 1);
        const Vector2d now = outlays(results, tick);
        EXPECT_NEAR((now.sum() / before.sum() - 1) / dt, 0.73, 1e-12);  // d(x + y)/dt = (k - a)(x + y)
    }
    EXPECT_NEAR(outlays(results, 299).sum() / (13 * std::pow(1 + 0.73 * dt, 300)), 1, 1e-11);
    EXPECT_NEAR((outlays(results, 10)[1] - outlays(results, 10)[0]) / (11 * std::pow(1 - 1.13 * dt, 11)), 1, 1e-11);  // the gap closes at -1.13
}

TEST(Richardson, of_shorter_steps_nears_the_flow) {
    const auto error = [](const std::string& step, double length) {
        Scenario scenario = race();
        const int ticks = static_cast<int>(std::lround(2 / length));
        scenario.calendar = Calendar::dated(*parse_date("1909-01-01"), *parse_step(step), ticks);
        const double years = ticks * scenario.calendar.dt();
        const Closed closed(0.9, 1.0, 0.5, 0.6, 2, 3);
        const Eigen::EigenSolver<Matrix2d> solver(closed.A);
        const Matrix2d vectors = solver.eigenvectors().real();
        const Vector2d decay = (solver.eigenvalues().real() * years).array().exp();
        const Vector2d flow = closed.rest + vectors * decay.asDiagonal() * vectors.inverse() * (Vector2d(1, 12) - closed.rest);
        return (outlays(run(scenario), ticks - 1) - flow).norm();
    };
    EXPECT_NEAR(error("month", 1.0 / 12) / error("day", 1 / 365.25), 365.25 / 12, 1);  // of first order in the step
}

}  // namespace
}  // namespace entente::test
