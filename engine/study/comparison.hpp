/// Two alternatives, a and b, compared: one outcome a run of each. Run k of both may share its luck (common random numbers): then the
/// outcomes are compared run by run, which tells small differences apart (Law 2015, Simulation Modeling and Analysis, ch. 11.2).
///
/// Paired spans have one length: index k is the same run in both. Every result says whether it was made of pairs, and what only pairs
/// can tell is not there otherwise.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include <entente/base/statistics.hpp>
#include <entente/study/pairing.hpp>

namespace entente {

/// How much larger a number is in b.
struct Difference {
    Pairing pairing = Pairing::paired;
    std::size_t of_a = 0;  ///< values taken; when paired, both are the number of pairs
    std::size_t of_b = 0;
    std::size_t left_out = 0;   ///< pairs, or values when unpaired, of which something is missing
    double mean = 0;            ///< of b minus that of a; NaN without values
    double standard_error = 0;  ///< of the mean; this and the interval are NaN below two values
    double degrees = 0;         ///< of freedom: n - 1, or those of Welch (1947); NaN where nothing varies
    Interval interval;          ///< by Student's t; of no width where nothing varies
    struct OfPairs {
        double sd = 0;           ///< of b - a
        double correlation = 0;  ///< Pearson's; NaN where a or b does not vary
        /// How many times more independent runs would give the same precision: (var a + var b) / var(b - a). Infinite where b - a is always the
        /// same though a varies, 1 where nothing varies.
        double variance_reduction = 0;
    };
    std::optional<OfPairs> of_pairs;
};

/// NaN means missing, and so does an infinity, which has no mean: pairs in which either is missing are left out.
/// When paired, Student's interval of the mean of b - a; when not, Welch's (1947, Biometrika 34), which lets the variances differ.
Difference difference(std::span<const double> a, std::span<const double> b, Pairing pairing, double confidence = 0.95);

/// In how many pairs something held.
struct Share {
    std::size_t count = 0;
    std::size_t of = 0;
    Interval interval;                   ///< Wilson's
    [[nodiscard]] double value() const;  ///< NaN of none
};

/// Which of two dates comes first, run by run: in the pairs of which that is known, though one may have failed.
struct Order {
    Share a_first;
    Share b_first;
    Share same;     ///< both, at one tick
    Share neither;  ///< comes by the horizon
    double p = 1;   ///< of the sign test: as lopsided or more so, were both orders equally likely; exact, two-sided
};

struct DateDifference {
    double horizon = 0;
    Difference restricted;  ///< of restricted_times, whose means are restricted mean times (Irwin 1949)
    std::optional<Order> order;  ///< only when paired
};

/// Dates, each come or waited for in vain until its `time`: until the horizon where it never came, until the last tick that was whole in a
/// run that failed. What comes after the horizon has not come. NaN is missing; with it its pair is left out and counted.
DateDifference date_difference(std::span<const Arrival> a, std::span<const Arrival> b, double horizon, Pairing pairing,
                               double confidence = 0.95);

/// Two-sided exact binomial p of the sign test for `first` and `second` out of first + second: min(1, 2 P(X <= the fewer)), X
/// binomial with chance 1/2. 1 for none.
double sign_test(std::size_t first, std::size_t second);

/// What came in two groups, and what was to be expected did their hazards not differ.
struct LogRank {
    std::size_t observed_a = 0;
    std::size_t observed_b = 0;
    double expected_a = 0;
    double expected_b = 0;
    double variance = 0;    ///< of observed_a - expected_a
    double chi_square = 0;  ///< with one degree of freedom; 0 where it cannot be estimated
    double p = 1;
};

/// The log-rank test (Mantel 1966, Cancer Chemotherapy Reports 50), ties by the hypergeometric variance: of d that come at a time, out of
/// n waiting, n_a of them in a, d n_a / n are expected in a, with variance d (n_a / n)(1 - n_a / n)(n - d)/(n - 1). Who is censored at a
/// time still waits then; NaN is left out. The groups are taken for independent: for pairs that share their luck, and so come early or late
/// together, the test is conservative, its p too large.
LogRank log_rank(std::span<const Arrival> a, std::span<const Arrival> b);

/// How often b is larger than a.
struct Superiority {
    Pairing pairing = Pairing::paired;
    std::size_t left_out = 0;
    double b_larger = 0;  ///< share of pairs of one run, or of all pairs of one of each when unpaired; NaN of none
    double a_larger = 0;
    double equal = 0;
    std::optional<Interval> interval;  ///< of b_larger, Wilson's; only when paired
    /// b_larger + equal / 2: A of Vargha & Delaney (2000), 0.5 where neither tends to be the larger.
    [[nodiscard]] double value() const { return b_larger + equal / 2; }
};

/// NaN is missing; infinities compare as they are.
Superiority superiority(std::span<const double> a, std::span<const double> b, Pairing pairing, double confidence = 0.95);

}  // namespace entente
