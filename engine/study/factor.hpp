/// Factors: what a study varies, and how a number from 0 to 1 becomes a value of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// Most values of one factor, and most points of one design.
inline constexpr std::size_t most_points = std::size_t{1} << 24;

/// One quantity that a study varies: a distribution, cut off at the range of what it stands for.
///
/// uniform(a, b), loguniform(a, b): between a and b. normal(m, s): mean and standard deviation; lognormal(m, s): those of the logarithm.
/// beta(a, b): on [0, 1]. choice(a, b, …): each as likely as any other. integers(a, b): a, a + 1, …, b, likewise.
struct Factor {
    std::string name;  ///< of a parameter, or `kind[row].field` for a start value of a member
    std::string unit;
    Prior prior;
    Range range;                ///< the distribution is truncated to it
    std::optional<int> levels;  ///< of a grid; none: the design's default

    /// The u-quantile, u in [0, 1]: F^-1(F(low) + u (F(high) - F(low))) with F the untruncated distribution and [low, high] the range.
    /// It lies in the range and never falls as u grows; at(0) and at(1) are the ends. Where a normal or lognormal has no end there,
    /// u is kept within [2^-53, 1 - 2^-53], which is 8.2 standard deviations from the mean.
    [[nodiscard]] double at(double u) const;

    /// Value i of `count` that stand for the whole distribution, i in [0, count): of uniform and loguniform evenly spaced (by
    /// logarithms for loguniform), both ends included, and the middle if there is one only; of all others the quantiles
    /// (i + 1/2) / count, for ends may be infinite or next to impossible.
    [[nodiscard]] double level(int i, int count) const;

    /// Values for a grid, rising. Choice: all, each once; integers: all, or `levels` of them if that is fewer; of all else
    /// `levels` levels. Throws Error for more than most_points.
    [[nodiscard]] std::vector<double> values(int default_levels) const;

    /// The share of the untruncated distribution that lies in the range.
    [[nodiscard]] double kept() const;

    [[nodiscard]] Range ends() const;        ///< where at(0) and at(1) lie; infinite where nothing ends a tail: a lognormal never reaches 0
    [[nodiscard]] std::string text() const;  ///< as it is written: `normal(100, 1)`, `choice(1, 2, 5)`
    [[nodiscard]] bool is_discrete() const;  ///< choice, integers
    [[nodiscard]] bool is_empty() const;     ///< no value of the distribution lies in the range: then there is none at any u
};

}  // namespace entente
