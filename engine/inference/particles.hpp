/// Weighted particles: what their weights say, and how they are drawn again.
///
/// Weights are held as logarithms, so that no record is too unlikely for them; -infinity is a particle that the record rules out. Sums go in
/// the particles' order and by functions of the same bits everywhere (base/elementary.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// log(sum of exp(x_i)); -infinity of nothing and where all are.
double log_sum_exp(std::span<const double> logs);

/// (sum of w)^2 / (sum of w^2), w = exp(log_weights): 1 where one particle has all weight, n where all have the same, 0 where none has any
/// (Kong, Liu & Wong 1994, JASA 89:278).
double effective_number(std::span<const double> log_weights);

/// Systematic resampling (Kitagawa 1996, J. Comput. Graph. Stat. 5:1): which particle each of n new ones comes from, ascending. A particle of
/// weight w, of a sum of 1, is taken floor(n w) or ceil(n w) times, n w in the mean. u is one uniform draw in [0, 1). Some weight must be
/// above 0.
std::vector<std::int64_t> systematic_resample(std::span<const double> log_weights, double u);

/// The variance of the estimated likelihood over its square, from one pass of a particle filter (Lee & Whiteley 2018, Biometrika 105:609;
/// Chan & Lai 2013, Ann. Statist. 41:2877):
///     1 - (n / (n - 1))^(k + 1) (1 - sum over e of S_e^2),
/// S_e the share of the weight that descends from particle e of the beginning, k how often particles were drawn again: unbiased for
/// multinomial resampling, and above it for systematic, which is steadier. At least 0. Where all descends from one particle it is 1: the pass
/// had too few particles for it.
double relative_variance(std::span<const double> log_weights, std::span<const std::int64_t> first_ancestors, std::int64_t redraws);

}  // namespace entente
