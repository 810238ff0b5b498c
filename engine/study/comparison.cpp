#include <entente/study/comparison.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

namespace entente {
namespace {

/// The values that are taken of two alternatives.
struct Kept {
    std::vector<double> a;
    std::vector<double> b;
    std::size_t left_out = 0;
};

template <class Present>
Kept keep_pairs(std::span<const double> a, std::span<const double> b, Present present) {
    assert(a.size() == b.size());
    Kept kept;
    for (std::size_t run = 0; run < a.size(); ++run) {
        if (present(a[run]) && present(b[run])) {
            kept.a.push_back(a[run]);
            kept.b.push_back(b[run]);
        } else {
            ++kept.left_out;
        }
    }
    return kept;
}

template <class Present>
Kept keep(std::span<const double> a, std::span<const double> b, Pairing pairing, Present present) {
    if (pairing == Pairing::paired) return keep_pairs(a, b, present);
    Kept kept;
    std::copy_if(a.begin(), a.end(), std::back_inserter(kept.a), present);
    std::copy_if(b.begin(), b.end(), std::back_inserter(kept.b), present);
    kept.left_out = a.size() + b.size() - kept.a.size() - kept.b.size();
    return kept;
}

double variance(std::span<const double> sample) {
    const double sd = standard_deviation(sample);
    return sd * sd;
}

double covariance(std::span<const double> a, std::span<const double> b) {
    const double centre_a = mean(a);
    const double centre_b = mean(b);
    double products = 0;
    for (std::size_t i = 0; i < a.size(); ++i) products += (a[i] - centre_a) * (b[i] - centre_b);
    return products / static_cast<double>(a.size() - 1);
}

/// Of no width where nothing varies, NaN where too little is known.
Interval student_interval(double centre, double standard_error, double degrees, double confidence) {
    if (standard_error == 0) return {centre, centre};
    if (std::isnan(standard_error)) return {nan, nan};
    const double half = standard_error * quantile(boost::math::students_t(degrees), 0.5 + confidence / 2);
    return {centre - half, centre + half};
}

double variance_reduction(double independent, double paired) {
    if (paired > 0) return independent / paired;
    return independent > 0 ? std::numeric_limits<double>::infinity() : 1;
}

Difference::OfPairs of_pairs(const Kept& kept, std::span<const double> differences) {
    if (differences.size() < 2) return {nan, nan, nan};
    const double var_a = variance(kept.a);
    const double var_b = variance(kept.b);
    const double both = std::sqrt(var_a) * std::sqrt(var_b);
    return {standard_deviation(differences), both > 0 ? std::clamp(covariance(kept.a, kept.b) / both, -1.0, 1.0) : nan,
            variance_reduction(var_a + var_b, variance(differences))};
}

void compare_pairs(const Kept& kept, Difference& found) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < kept.a.size(); ++i) differences.push_back(kept.b[i] - kept.a[i]);
    found.mean = mean(differences);
    found.standard_error = standard_error(differences);
    found.degrees = found.standard_error > 0 ? static_cast<double>(differences.size()) - 1 : nan;
    found.of_pairs = of_pairs(kept, differences);
}

/// Welch & Satterthwaite: (u + v)^2 / (u^2 / (n_a - 1) + v^2 / (n_b - 1)), u and v the squared standard errors of the two means.
void compare_samples(const Kept& kept, Difference& found) {
    const double u = std::pow(standard_error(kept.a), 2);
    const double v = std::pow(standard_error(kept.b), 2);
    found.mean = mean(kept.b) - mean(kept.a);
    found.standard_error = std::sqrt(u + v);
    if (u + v > 0) {
        const double part = u / (u + v);  // of squares too small to be squared again
        found.degrees =
            1 / (part * part / static_cast<double>(kept.a.size() - 1) + (1 - part) * (1 - part) / static_cast<double>(kept.b.size() - 1));
    } else {
        found.degrees = nan;
    }
}

/// Of all pairs of one of a and one of b: how many are smaller, equal and larger in b.
struct Comparisons {
    double b_larger = 0;
    double a_larger = 0;
    double equal = 0;
    [[nodiscard]] double all() const { return b_larger + a_larger + equal; }
};

Comparisons run_by_run(const Kept& kept) {
    Comparisons counts;
    for (std::size_t i = 0; i < kept.a.size(); ++i)
        ++(kept.b[i] > kept.a[i] ? counts.b_larger : kept.b[i] < kept.a[i] ? counts.a_larger : counts.equal);
    return counts;
}

Comparisons each_with_each(Kept& kept) {
    std::sort(kept.a.begin(), kept.a.end());
    Comparisons counts;
    for (const double x : kept.b) {
        const auto [first, last] = std::equal_range(kept.a.begin(), kept.a.end(), x);
        counts.b_larger += static_cast<double>(first - kept.a.begin());
        counts.equal += static_cast<double>(last - first);
        counts.a_larger += static_cast<double>(kept.a.end() - last);
    }
    return counts;
}

}  // namespace

Difference difference(std::span<const double> a, std::span<const double> b, Pairing pairing, double confidence) {
    const Kept kept = keep(a, b, pairing, [](double x) { return std::isfinite(x); });
    Difference found;
    found.pairing = pairing;
    found.of_a = kept.a.size();
    found.of_b = kept.b.size();
    found.left_out = kept.left_out;
    if (pairing == Pairing::paired)
        compare_pairs(kept, found);
    else
        compare_samples(kept, found);
    found.interval = student_interval(found.mean, found.standard_error, found.degrees, confidence);
    return found;
}

Superiority superiority(std::span<const double> a, std::span<const double> b, Pairing pairing, double confidence) {
    Kept kept = keep(a, b, pairing, [](double x) { return !std::isnan(x); });
    const bool is_paired = pairing == Pairing::paired;
    const Comparisons counts = is_paired ? run_by_run(kept) : each_with_each(kept);
    const double all = counts.all();
    Superiority found{pairing, kept.left_out, counts.b_larger / all, counts.a_larger / all, counts.equal / all, std::nullopt};
    if (is_paired) found.interval = wilson_interval(static_cast<std::size_t>(counts.b_larger), kept.a.size(), confidence);
    return found;
}

}  // namespace entente
