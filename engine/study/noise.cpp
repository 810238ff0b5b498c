#include <entente/study/noise.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace entente {
namespace {

/// Sums of squares, added up point by point. Deviations are taken from each point's own mean, so that large values do not cancel.
class Squares {
public:
    explicit Squares(std::size_t replicates) : deviations_(replicates) {}

    void add(std::span<const double> row) {
        if (points_++ == 0) origin_ = row.front();  // what never varies is exactly 0 from here
        double mean = 0;
        for (const double y : row) mean += y - origin_;
        mean /= replicates();
        for (std::size_t r = 0; r < row.size(); ++r) {
            const double deviation = row[r] - origin_ - mean;
            deviations_[r] += deviation;
            within_ += deviation * deviation;
        }
        const double step = mean - mean_;  // Welford (1962)
        mean_ += step / points();
        of_means_ += step * (mean - mean_);
    }

    [[nodiscard]] Noise noise() const {
        const double of_replicates = std::inner_product(deviations_.begin(), deviations_.end(), deviations_.begin(), 0.0) / points();
        const double r = replicates();
        const double ms_points = r * of_means_ / (points() - 1);
        const double ms_replicates = of_replicates / (r - 1);
        const double ms_interaction = std::max(0.0, within_ - of_replicates) / ((points() - 1) * (r - 1));
        Noise noise;
        noise.points = points_;
        noise.point = std::max(0.0, (ms_points - ms_interaction) / r);
        noise.replicate = std::max(0.0, (ms_replicates - ms_interaction) / points());
        noise.interaction = ms_interaction;
        noise.share_of_means = ms_points > 0 ? std::min(1.0, ms_interaction / ms_points) : std::numeric_limits<double>::quiet_NaN();
        return noise;
    }

private:
    [[nodiscard]] double points() const { return static_cast<double>(points_); }
    [[nodiscard]] double replicates() const { return static_cast<double>(deviations_.size()); }

    std::size_t points_ = 0;
    double origin_ = 0;
    double mean_ = 0;                 ///< of the point means
    double of_means_ = 0;             ///< their sum of squares
    double within_ = 0;               ///< sum of squares about the point means
    std::vector<double> deviations_;  ///< [replicate]: sums of deviations from the point means
};

}  // namespace

double Noise::share() const {
    return (replicate + interaction) / (point + replicate + interaction);
}

std::optional<Noise> replicate_noise(std::span<const double> outcomes, std::size_t replicates) {
    assert(replicates > 0 && outcomes.size() % replicates == 0);
    if (replicates < 2) return std::nullopt;
    Squares squares(replicates);
    std::size_t left_out = 0;
    std::size_t used = 0;
    for (std::size_t at = 0; at < outcomes.size(); at += replicates) {
        const auto row = outcomes.subspan(at, replicates);
        const bool is_whole = std::ranges::all_of(row, [](double y) { return std::isfinite(y); });
        if (is_whole) squares.add(row);
        ++(is_whole ? used : left_out);
    }
    if (used < 2) return std::nullopt;
    Noise noise = squares.noise();
    noise.left_out = left_out;
    return noise;
}

}  // namespace entente
