// Draws against what is published of them: Philox against Random123, normal quantiles against Python, distributions against
// their formulas. Statistics are compared with their standard errors: `far` of them by chance is one case in 15,000.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <entente/base/draws.hpp>
#include <entente/base/elementary.hpp>

namespace entente {
namespace {

constexpr double far = 4;
constexpr int samples = 1 << 18;

// -- Philox ----------------------------------------------------------------------------------------------------------------------------

TEST(Philox, gives_the_published_answers) {  // kat_vectors of Random123, philox4x32 with 10 rounds
    using philox::block;
    EXPECT_EQ(block({0, 0, 0, 0}, {0, 0}), (philox::Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t ones = 0xffffffff;
    EXPECT_EQ(block({ones, ones, ones, ones}, {ones, ones}), (philox::Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (philox::Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, gives_what_random123_gives) {
    std::mt19937 any(1);
    const auto word = [&] { return static_cast<std::uint32_t>(any()); };
    for (int i = 0; i < 10'000; ++i) {
        const philox::Counter c{word(), word(), word(), word()};
        const philox::Key k{word(), word()};
        const r123::Philox4x32::ctr_type counter{{c[0], c[1], c[2], c[3]}};
        const r123::Philox4x32::key_type key{{k[0], k[1]}};
        const auto theirs = r123::Philox4x32()(counter, key);
        ASSERT_TRUE(std::ranges::equal(philox::block(c, k), theirs.v));
    }
}

TEST(Philox, is_known_when_the_program_is_compiled) {
    static_assert(philox::block({0, 0, 0, 0}, {0, 0})[0] == 0x6627e8d5);
    static_assert(unit_uniform(~0ULL) == 1 - 0x1p-52);
    static_assert(unit_uniform(0) == 0);
}

TEST(Keys, near_inputs_give_unlike_outputs) {
    std::set<std::uint64_t> seen;
    int bits = 0;
    for (std::uint64_t a = 0; a < 64; ++a)
        for (std::uint64_t b = 0; b < 64; ++b) {
            seen.insert(mix(a, b));
            bits += std::popcount(mix(a, b) ^ mix(a, b + 1)) + std::popcount(mix(a, b) ^ mix(a + 1, b));
        }
    EXPECT_EQ(seen.size(), 64U * 64U);
    EXPECT_NEAR(bits / (2.0 * 64 * 64), 32, 0.3);  // half of the 64 bits flip
    EXPECT_NE(mix(1, 2), mix(2, 1));
}

TEST(Keys, the_counter_holds_identity_run_tick_and_block_apart) {
    const philox::Counter c = draw_counter(0x0123456789abcdefULL, 7, 0xabcdef, 255);
    EXPECT_EQ(c, (philox::Counter{0x89abcdef, 0x01234567, 7, 0xffabcdef}));
    EXPECT_EQ(most_ticks, 0xffffff);
}

// -- normal quantiles ------------------------------------------------------------------------------------------------------------------

/// Steps from one double to another.
std::int64_t ulps(double a, double b) {
    const auto ordered = [](double x) {
        const auto bits = std::bit_cast<std::int64_t>(x);
        return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
    };
    return std::abs(ordered(a) - ordered(b));
}

TEST(NormalQuantile, is_that_of_python) {
    const std::string program =
        "import statistics as s; n = s.NormalDist(); p = [k / 4096 for k in range(1, 4096)]; "
        "p += [2**-k * f for k in range(2, 54) for f in (1, 0.7)]; p += [1 - x for x in p if 1 - x < 1]; "
        "print(*(repr(x) + ' ' + repr(n.inv_cdf(x)) for x in p), sep='\\n')";
    const std::string command = std::string(ENTENTE_PYTHON) + " -c \"" + program + "\"";
    const auto close = [](std::FILE* file) { EXPECT_EQ(pclose(file), 0); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
    double p = 0;
    double z = 0;
    int compared = 0;
    std::int64_t worst = 0;
    for (; std::fscanf(pipe.get(), "%lf %lf", &p, &z) == 2; ++compared) {
        if (z != 0) worst = std::max(worst, ulps(normal_quantile(p), z));
        EXPECT_NEAR(normal_quantile(p), z, 1e-15 * std::abs(z)) << p;
    }
    EXPECT_GT(compared, 8000);
    EXPECT_LE(worst, 2);
}

TEST(NormalQuantile, its_ends_are_finite) {
    EXPECT_NEAR(normal_quantile(open_uniform(0)), -8.2095361516013874, 1e-13);
    EXPECT_NEAR(normal_quantile(open_uniform(1 - 0x1p-52)), 8.2095361516013874, 1e-13);
}

// -- distributions ---------------------------------------------------------------------------------------------------------------------

/// The uniform of sample i.
double uniform(int i, std::uint64_t stream) {
    return uniform_pair(philox::block(draw_counter(static_cast<std::uint64_t>(i), 0, 1), draw_key(1, stream)))[0];
}

double poisson(int i, double m, int half = 0) {
    const philox::Key key = draw_key(1, 77);
    const auto identity = static_cast<std::uint64_t>(i);
    const double u = uniform_pair(philox::block(draw_counter(identity, 0, 1), key))[static_cast<std::size_t>(half)];
    return poisson_count(u, m, half, key, identity, 0, 1);
}

/// How many standard errors chi-square lies from its mean.
double chi_square_z(const std::vector<double>& found, const std::vector<double>& expected) {
    double chi = 0;
    for (std::size_t i = 0; i < found.size(); ++i) chi += (found[i] - expected[i]) * (found[i] - expected[i]) / expected[i];
    const double freedom = static_cast<double>(found.size()) - 1;
    return (chi - freedom) / std::sqrt(2 * freedom);
}

TEST(Uniform, fills_its_cells_evenly) {
    std::vector<double> found(1024);
    for (int i = 0; i < samples; ++i) ++found[static_cast<std::size_t>(uniform(i, 3) * 1024)];
    EXPECT_LT(std::abs(chi_square_z(found, std::vector<double>(1024, samples / 1024.0))), far);
}

TEST(Uniform, every_bit_is_set_half_of_the_time) {
    std::array<int, 52> set{};
    for (int i = 0; i < samples; ++i) {
        const auto bits = static_cast<std::uint64_t>(uniform(i, 4) * 0x1p52);
        for (std::size_t b = 0; b < 52; ++b) set[b] += (bits >> b) & 1 ? 1 : 0;
    }
    for (const int n : set) EXPECT_LT(std::abs(n - samples / 2.0), far * std::sqrt(samples / 4.0));
}

void expect_poisson(double m) {
    SCOPED_TRACE(m);
    const auto p = [m](double k) { return std::exp(k * std::log(m) - m - std::lgamma(k + 1)); };
    const int most = static_cast<int>(m + 12 * std::sqrt(m) + 20);
    std::vector<double> counts(static_cast<std::size_t>(most) + 1);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < samples; ++i) {
        const double k = poisson(i, m);
        ASSERT_EQ(k, std::floor(k));
        ASSERT_GE(k, 0);
        ASSERT_LE(k, most);
        ++counts[static_cast<std::size_t>(k)];
        sum += k;
        squares += (k - m) * (k - m);
    }
    EXPECT_LT(std::abs(sum / samples - m), far * std::sqrt(m / samples));
    EXPECT_LT(std::abs(squares / samples - m), far * std::sqrt((m + 2 * m * m) / samples));  // fourth moment: 3 m² + m
    std::vector<double> found{0};
    std::vector<double> expected{0};
    for (int k = 0; k <= most; ++k) {  // cells of at least 20 expected
        if (expected.back() >= 20) found.push_back(0), expected.push_back(0);
        found.back() += counts[static_cast<std::size_t>(k)];
        expected.back() += samples * p(k);
    }
    found[found.size() - 2] += found.back(), found.pop_back();
    expected[expected.size() - 2] += expected.back(), expected.pop_back();
    EXPECT_LT(std::abs(chi_square_z(found, expected)), far);
    const double far_out = std::floor(m + 3 * std::sqrt(m));
    double beyond = 0;
    double expected_beyond = 0;
    for (int k = static_cast<int>(far_out); k <= most; ++k)
        beyond += counts[static_cast<std::size_t>(k)], expected_beyond += samples * p(k);
    EXPECT_LT(std::abs(beyond - expected_beyond), far * std::sqrt(expected_beyond) + 1);
}

TEST(Poisson, has_its_mean_variance_tail_and_probabilities) {
    for (const double m : {0.01, 1.0, 7.5, 29.9, 30.1, 500.0, 1e6}) expect_poisson(m);
}

TEST(Poisson, by_inversion_worked_by_hand) {  // P(0) = 0.1353, P(≤ 1) = 0.4060, P(≤ 2) = 0.6767 for a mean of 2
    const auto count = [](double u, double m) { return poisson_count(u, m, 0, {1, 2}, 3, 4, 5); };
    EXPECT_EQ(count(0, 2), 0);
    EXPECT_EQ(count(0.1353, 2), 0);
    EXPECT_EQ(count(0.1354, 2), 1);
    EXPECT_EQ(count(0.406, 2), 1);
    EXPECT_EQ(count(0.4061, 2), 2);
    EXPECT_EQ(count(0.6767, 2), 3);
    EXPECT_EQ(count(0.5, 0), 0);
    EXPECT_EQ(count(1 - 0x1p-52, 0), 0);
    EXPECT_EQ(count(1 - 0x1p-52, 1), 17);
}

TEST(Poisson, of_a_mean_without_meaning_is_no_number) {
    for (const double m : {-1.0, -1e-300, double{INFINITY}, double{NAN}})
        EXPECT_TRUE(std::isnan(poisson_count(0.5, m, 0, {1, 2}, 3, 4, 5)));
    EXPECT_EQ(poisson_count(0.5, -0.0, 0, {1, 2}, 3, 4, 5), 0);
}

TEST(Poisson, is_the_same_whenever_it_is_asked_for) {
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(poisson(i, 100), poisson(i, 100));
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    double sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;
    const auto n = static_cast<double>(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) sx += x[i], sy += y[i], xx += x[i] * x[i], yy += y[i] * y[i], xy += x[i] * y[i];
    return (n * xy - sx * sy) / std::sqrt((n * xx - sx * sx) * (n * yy - sy * sy));
}

TEST(Poisson, two_of_one_block_are_independent) {
    for (const double m : {2.0, 29.0, 31.0, 500.0}) {
        std::vector<double> first;
        std::vector<double> second;
        for (int i = 0; i < samples; ++i) first.push_back(poisson(i, m, 0)), second.push_back(poisson(i, m, 1));
        EXPECT_LT(std::abs(correlation(first, second)) * std::sqrt(samples), far) << m;
    }
}

TEST(Independence, of_identities_runs_ticks_streams_seeds_and_halves) {
    const auto pair = [](std::uint64_t seed, std::uint64_t stream, std::uint64_t identity, std::uint32_t run, std::uint32_t tick) {
        return uniform_pair(philox::block(draw_counter(identity, run, tick), draw_key(seed, stream)));
    };
    std::array<std::vector<double>, 7> x;
    for (std::uint32_t i = 0; i < samples; ++i) {
        const auto here = pair(1, 2, i, 4, 5);
        x[0].push_back(here[0]);
        x[1].push_back(here[1]);
        x[2].push_back(pair(1, 2, i + 1, 4, 5)[0]);
        x[3].push_back(pair(1, 2, i, 5, 5)[0]);
        x[4].push_back(pair(1, 2, i, 4, 6)[0]);
        x[5].push_back(pair(1, 3, i, 4, 5)[0]);
        x[6].push_back(pair(2, 2, i, 4, 5)[0]);
    }
    for (std::size_t other = 1; other < x.size(); ++other) {
        EXPECT_LT(std::abs(correlation(x[0], x[other])) * std::sqrt(samples), far) << other;
        std::vector<double> cells(32 * 32);
        for (std::size_t i = 0; i < x[0].size(); ++i)
            ++cells[static_cast<std::size_t>(x[0][i] * 32) * 32 + static_cast<std::size_t>(x[other][i] * 32)];
        EXPECT_LT(std::abs(chi_square_z(cells, std::vector<double>(1024, samples / 1024.0))), far) << other;
    }
}

}  // namespace
}  // namespace entente
