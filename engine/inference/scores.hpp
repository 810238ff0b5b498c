/// Proper scores of a forecast against what came. All are penalties: smaller is better.
///
/// Gneiting & Raftery (2007), Strictly proper scoring rules, prediction, and estimation, JASA 102:359-378, whose scores have the other
/// sign; Ferro (2014), Fair scores for ensemble forecasts, Q. J. R. Meteorol. Soc. 140:1917-1923.
///
/// Plain and fair. Points drawn from a distribution are not the distribution: the plain score of m of them is on average larger than the
/// distribution's own, by the variance of what they estimate, so that the same model scores better with more runs. The fair score takes
/// that off, and its mean over draws is the score of the distribution itself, whatever m; single fair scores may be negative. Fair: what
/// runs gave (PointsAre::drawn; concentration > 0). Plain: baselines and whatever else is known as it is (PointsAre::exact; concentration 0).
/// With weights w, 1/m becomes their concentration c = sum of w_i^2: unbiased where the weights do not depend on what was drawn, nearly so
/// where they do (importance weights). A single run has no fair score: NaN.
#pragma once

#include <span>

#include <entente/base/statistics.hpp>
#include <entente/inference/forecast.hpp>

namespace entente {

/// Brier (1950): (p - o)^2, o = 1 where it came, 0 where it did not. In [0, 1].
double brier_score(double chance, bool came);

/// (p - o)^2 - p (1 - p) c / (1 - c), for a share p of runs of concentration c (1/m): Ferro (2014), section 2, the fair Brier score. In
/// [-1/(4 m (m - 1)), 1]. The plain score for c = 0.
double fair_brier_score(double share, double concentration, bool came);

/// The floor that adds half a run to each cell of a partition (Krichevsky & Trofimov 1981): (1/2) / (1/c + K/2), K cells, 1/c runs.
/// Concentration 0, a distribution that is known, has the floor 0.
double half_run_floor(double concentration, std::size_t cells);

/// -log q in nats, of the chance q that the cells of the record have together, each cell's chance p made to floor + (1 - K floor) p, K
/// cells: so their sum stays 1, and no score exceeds -log floor. The logarithmic score of Good (1952), in Gneiting & Raftery (2007)
/// section 4.1. Infinite where q is 0, which needs floor = 0. floor in [0, 1/K]. Compare forecasts with one floor only: that of the runs,
/// for baselines too.
double log_score(std::span<const double> chances, Cells cells, double floor);

/// The continuous ranked probability score of a number, in its unit:
///     integral of (F(x) - 1{x >= y})^2 dx = E|X - y| - E|X - X'| / 2       Gneiting & Raftery (2007), (20) and (21);
/// without any sd E|X - X'| = sum over i, j of w_i w_j |x_i - x_j|, fair: divided by 1 - c, which for m runs is m (m - 1) pairs instead of
/// m^2. A record with a normal error of its own sd is held against F widened by it (and by the forecast's own sd), s^2 the sum of both
/// squares:
///     sum_i w_i A(y - x_i, s) - sum_ij w_i w_j A(x_i - x_j, s sqrt 2) / 2,  A(d, s) = d (2 Phi(d/s) - 1) + 2 s phi(d/s):
/// Grimit, Gneiting, Berrocal & Johnson (2006), Q. J. R. Meteorol. Soc. 132:2925-2942, (5); fair: over i /= j, divided by 1 - c.
/// Time m log m, and with sd also one erfc for each pair nearer than 9 s sqrt 2: at most 10 ms for 1,000 runs, 0.8 s for 10,000. NaN
/// without values, and for y NaN. error_sd >= 0.
double crps(const NumberForecast& forecast, double y, double error_sd = 0);

struct DateScore {
    /// Integral of (F(t) - 1{t >= date})^2 over what is known, divided by the window's length: in [0, 1] when plain. With all known it is
    /// the CRPS of the date, "never" beyond the horizon, as a share of the window, which is the Brier score of "came by t" on the mean over
    /// t (the integrated Brier score of Graf et al. 1999, Statistics in Medicine 18:2529, without weights).
    double value = 0;
    double known = 0;  ///< share of the window in which it is known whether it had come; value / known is the mean Brier score there
};

/// "Came by t" is scored where it is known: before record.earliest and from record.latest on; fair at each t. What is left out between
/// depends on the date itself where the record's precision is a month, say, so that the score is proper up to the share left out, and
/// strictly proper where that is 0 or fixed beforehand. Both a forecast and its baseline are to be scored on the same record.
DateScore date_score(const DateForecast& forecast, const DateRecord& record);

/// (u - l) + (2/a) (l - y) 1{y < l} + (2/a) (y - u) 1{y > u} of the central interval [l, u] that holds 1 - a: Gneiting & Raftery (2007),
/// (43). In the unit of y, >= u - l. coverage = 1 - a in (0, 1).
double interval_score(Interval interval, double y, double coverage);

/// The probability integral transform, as [F(y-), F(y)]: where F does not jump at y both are F(y), and over many records they are uniform
/// on [0, 1] when forecasts are calibrated. What a randomised transform would draw from is kept instead; see pit_histogram.
Interval pit(const NumberForecast& forecast, double y, double error_sd = 0);
/// [F(earliest-), F(latest)]: from F of the window's end up to 1 where it had not come by the end, and up to 1 where it is not known to
/// have come.
Interval pit(const DateForecast& forecast, const DateRecord& record);

}  // namespace entente
