#include <entente/study/noise.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

#include <entente/study/normalised.hpp>

namespace entente {
namespace {

constexpr std::size_t most_groups = 16;     ///< of the jackknife
constexpr double least_ratio = 1e-3;

/// Variances as the mean squares give them, negative ones too.
struct Components {
    double point = 0;
    double replicate = 0;
    double interaction = 0;
};

/// Which points, or replicates, are left out: group g of `groups`, or none.
struct LeftOut {
    std::size_t group = 0;
    std::size_t groups = 0;
    [[nodiscard]] bool holds(std::size_t i) const { return groups > 0 && i % groups == group; }
};

/// Outcomes of points of which every replicate is there.
class WholePoints {
public:
    WholePoints(std::span<const double> outcomes, std::size_t replicates, Pairing pairing) : replicates_(replicates), pairing_(pairing) {
        for (std::size_t at = 0; at < outcomes.size(); at += replicates) {
            const auto row = outcomes.subspan(at, replicates);
            if (std::ranges::all_of(row, [](double y) { return std::isfinite(y); })) values_.insert(values_.end(), row.begin(), row.end());
        }
        Normalised scaled = normalised(values_);
        values_ = std::move(scaled.values);
        unit_ = scaled.unit;
    }
    [[nodiscard]] std::size_t size() const { return values_.size() / replicates_; }
    [[nodiscard]] std::size_t replicates() const { return replicates_; }
    [[nodiscard]] Pairing pairing() const { return pairing_; }
    [[nodiscard]] double unit() const { return unit_; }  ///< of the values

    /// Deviations are taken from each point's own mean, so that large values do not cancel.
    [[nodiscard]] Components components(const LeftOut& points = {}, const LeftOut& replicates = {}) const {
        std::vector<double> deviations(replicates_);  // [replicate]: sums over points
        double within = 0;
        double mean_of_means = 0;
        double of_means = 0;
        double p = 0;
        double r = 0;
        for (std::size_t i = 0; i < replicates_; ++i) r += replicates.holds(i) ? 0 : 1;
        for (std::size_t point = 0; point < size(); ++point) {
            if (points.holds(point)) continue;
            const double* row = &values_[point * replicates_];
            double mean = 0;
            for (std::size_t i = 0; i < replicates_; ++i) mean += replicates.holds(i) ? 0 : row[i];
            mean /= r;
            for (std::size_t i = 0; i < replicates_; ++i) {
                if (replicates.holds(i)) continue;
                const double deviation = row[i] - mean;
                deviations[i] += deviation;
                within += deviation * deviation;
            }
            const double step = mean - mean_of_means;  // Welford (1962)
            mean_of_means += step / ++p;
            of_means += step * (mean - mean_of_means);
        }
        const double ms_points = r * of_means / (p - 1);
        if (pairing_ == Pairing::unpaired) {
            const double ms_within = within / (p * (r - 1));
            return {(ms_points - ms_within) / r, 0, ms_within};
        }
        const double of_replicates = std::inner_product(deviations.begin(), deviations.end(), deviations.begin(), 0.0) / p;
        const double ms_replicates = of_replicates / (r - 1);
        const double ms_interaction = std::max(0.0, within - of_replicates) / ((p - 1) * (r - 1));
        return {(ms_points - ms_interaction) / r, (ms_replicates - ms_interaction) / p, ms_interaction};
    }

private:
    std::size_t replicates_;
    Pairing pairing_;
    double unit_ = 1;
    std::vector<double> values_;
};

/// Chance in single runs, or what of it acts differently at different points.
double of_runs(const Components& c) {
    return std::max(0.0, c.replicate) + c.interaction;
}
double of_means(const Components& c) {
    return c.interaction;
}
using Chance = double (*)(const Components&);

/// F = 1 + R point / chance: the ratio of mean squares, positive where points show no variance of their own too.
double logarithm_of_ratio(const Components& c, Chance chance, double replicates) {
    return std::log(std::max(1 + replicates * c.point / chance(c), least_ratio));
}

/// The jackknife's variance of what `leave` gives, by leaving out a group after the other.
template <class Leave>
double jackknife_variance(std::size_t groups, const Leave& leave) {
    std::vector<double> found;
    for (std::size_t group = 0; group < groups; ++group) found.push_back(leave(LeftOut{group, groups}));
    const double n = static_cast<double>(groups);
    const double mean = std::accumulate(found.begin(), found.end(), 0.0) / n;
    double squares = 0;
    for (const double each : found) squares += (each - mean) * (each - mean);
    return squares * (n - 1) / n;
}

/// `share_at` turns a ratio of at least 1 into the share; below it the share is 1.
template <class ShareAt>
Interval interval_of(const WholePoints& points, Chance chance, double confidence, const ShareAt& share_at) {
    const double r = static_cast<double>(points.replicates());
    const Components all = points.components();
    if (chance(all) <= 0) return all.point > 0 ? Interval{0, 0} : Interval{nan, nan};  // no run shows any
    const bool is_paired = points.pairing() == Pairing::paired;
    const std::size_t groups_of_points = std::min(points.size(), most_groups);
    const std::size_t groups_of_replicates = std::min(points.replicates(), most_groups);
    if (groups_of_points < 3 || (is_paired && points.replicates() < least_shared_replicates)) return {0, 1};
    double variance = jackknife_variance(groups_of_points, [&](const LeftOut& out) { return logarithm_of_ratio(points.components(out), chance, r); });
    if (is_paired)
        variance += jackknife_variance(groups_of_replicates,
                                       [&](const LeftOut& out) { return logarithm_of_ratio(points.components({}, out), chance, r); });
    const double freedom = static_cast<double>((is_paired ? std::min(groups_of_replicates, groups_of_points) : groups_of_points) - 1);
    const double t = boost::math::quantile(boost::math::students_t(freedom), 0.5 + confidence / 2);
    const double reach = t * std::sqrt(variance);
    if (!std::isfinite(reach)) return {0, 1};  // without some of them there is no chance at all
    const double middle = logarithm_of_ratio(all, chance, r);
    const auto share = [&](double logarithm) { return logarithm <= 0 ? 1 : share_at(std::exp(logarithm)); };
    return {share(middle + reach), share(middle - reach)};
}

}  // namespace

std::optional<Noise> replicate_noise(std::span<const double> outcomes, std::size_t replicates, Pairing pairing, double confidence) {
    assert(replicates > 0 && outcomes.size() % replicates == 0);
    if (replicates < 2) return std::nullopt;
    const WholePoints points(outcomes, replicates, pairing);
    if (points.size() < 2) return std::nullopt;
    const Components found = points.components();
    const double square = points.unit() * points.unit();
    const double point = std::max(0.0, found.point);
    const double replicate = std::max(0.0, found.replicate);
    const double of_mean = found.interaction / static_cast<double>(replicates);
    const double between = found.point + of_mean;  // variance of the point means
    Noise noise;
    noise.points = points.size();
    noise.left_out = outcomes.size() / replicates - points.size();
    noise.point = point * square;
    noise.replicate = replicate * square;
    noise.interaction = found.interaction * square;
    noise.share = (replicate + found.interaction) / (point + replicate + found.interaction);
    noise.share_interval = interval_of(points, of_runs, confidence, [&](double f) { return 1 / (1 + (f - 1) / static_cast<double>(replicates)); });
    noise.share_of_means = between > 0 ? std::min(1.0, of_mean / between) : nan;
    noise.share_of_means_interval = between > 0 ? interval_of(points, of_means, confidence, [](double f) { return 1 / f; }) : Interval{nan, nan};
    return noise;
}

}  // namespace entente
