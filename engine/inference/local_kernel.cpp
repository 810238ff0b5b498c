#include <entente/inference/local_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <entente/base/elementary.hpp>

namespace entente {

namespace {

constexpr double least_variance = 1e-24;  ///< of a kernel, whatever the particles
constexpr double relative_ridge = 1e-9;   ///< added to variances, as a share of their mean: rounding must not make them negative

double uniform(KeyedDraws& draws) {
    return open_uniform(unit_uniform(draws.bits()));
}

/// The lower triangle whose square is `matrix`, in its place: Cholesky's.
void take_root(std::span<double> matrix, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = matrix[i * n + j];
            for (std::size_t k = 0; k < j; ++k) rest -= matrix[i * n + k] * matrix[j * n + k];
            matrix[i * n + j] = i == j ? std::sqrt(std::max(rest, least_variance)) : rest / matrix[j * n + j];
        }
}

std::size_t cell_of(std::span<const double> ends, double u) {
    const auto after = std::upper_bound(ends.begin() + 1, ends.end() - 1, u);
    return static_cast<std::size_t>(after - ends.begin()) - 1;
}

}  // namespace

CellEnds cells_of(std::span<const Factor> factors) {
    CellEnds cells;
    for (const Factor& factor : factors) {
        std::vector<double>& ends = cells.emplace_back();
        if (factor.prior.form != Prior::Form::choice) continue;
        const auto count =
            static_cast<double>(std::ranges::count_if(factor.prior.arguments, [&](double x) { return factor.range.holds(x); }));
        ends.push_back(0);
        for (double i = 1; i < count; ++i)
            if (factor.at((i - 0.5) / count) != factor.at((i + 0.5) / count)) ends.push_back(i / count);
        ends.push_back(1);
    }
    return cells;
}

LocalKernel::LocalKernel(const Particles& particles, CellEnds cells) : particles_(particles), cells_(std::move(cells)) {
    for (std::size_t k = 0; k < cells_.size(); ++k)
        if (cells_[k].empty()) smooth_.push_back(k);
    reached_.resize(particles_.size());
    std::partial_sum(particles_.weights.begin(), particles_.weights.end(), reached_.begin());
    find_scales();
    roots_.resize(particles_.size() * smooth_.size() * smooth_.size());
    log_norms_.resize(particles_.size());
    for (std::size_t i = 0; i < particles_.size(); ++i) spread(i);
}

void LocalKernel::find_scales() {
    for (const std::size_t k : smooth_) {
        const double sd = weighted_sd(particles_.coordinate(k), particles_.weights);
        scales_.push_back(sd > 0 ? sd : 1);
    }
}

std::vector<std::size_t> LocalKernel::nearest(std::size_t particle) const {
    const std::size_t most = particles_.size();
    const std::size_t least = 2 * (smooth_.size() + 1);
    const auto share = static_cast<std::size_t>(nearest_share * static_cast<double>(most));
    const std::size_t count = std::min(std::max(least, share) + 1, most);  // itself among them
    std::vector<double> distances(most);
    const auto from = particles_.unit.row(particle);
    for (std::size_t i = 0; i < most; ++i)
        for (std::size_t k = 0; k < smooth_.size(); ++k) {
            const double apart = (particles_.unit.row(i)[smooth_[k]] - from[smooth_[k]]) / scales_[k];
            distances[i] += apart * apart;
        }
    std::vector<std::size_t> found(most);
    std::iota(found.begin(), found.end(), std::size_t{0});
    const auto nearer = [&](std::size_t a, std::size_t b) { return distances[a] != distances[b] ? distances[a] < distances[b] : a < b; };
    std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count) - 1, found.end(), nearer);
    found.resize(count);
    std::ranges::sort(found);  // sums depend on their order
    return found;
}

void LocalKernel::spread(std::size_t particle) {
    const std::size_t n = smooth_.size();
    if (n == 0) return;
    const std::span<double> matrix = std::span(roots_).subspan(particle * n * n, n * n);
    const auto from = particles_.unit.row(particle);
    double sum = 0;
    for (const std::size_t other : nearest(particle)) {
        if (other == particle) continue;
        const double weight = particles_.weights[other];
        const auto at = particles_.unit.row(other);
        sum += weight;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j <= i; ++j)
                matrix[i * n + j] += weight * (at[smooth_[i]] - from[smooth_[i]]) * (at[smooth_[j]] - from[smooth_[j]]);
    }
    double trace = 0;
    for (double& value : matrix) value = sum > 0 ? widening * value / sum : 0;
    for (std::size_t i = 0; i < n; ++i) trace += matrix[i * n + i];
    for (std::size_t i = 0; i < n; ++i) matrix[i * n + i] += relative_ridge * trace / static_cast<double>(n) + least_variance;
    take_root(matrix, n);
    double log_norm = -0.5 * static_cast<double>(n) * elementary().log(2 * std::numbers::pi);
    for (std::size_t i = 0; i < n; ++i) log_norm -= elementary().log(matrix[i * n + i]);
    log_norms_[particle] = log_norm;
}

bool LocalKernel::draw_near(std::size_t particle, KeyedDraws& draws, std::span<double> to) const {
    const std::size_t n = smooth_.size();
    const auto from = particles_.unit.row(particle);
    std::vector<double> z(n);
    for (double& value : z) value = normal_quantile(uniform(draws));
    bool is_inside = true;
    for (std::size_t i = 0; i < n; ++i) {
        double moved = from[smooth_[i]];
        for (std::size_t j = 0; j <= i; ++j) moved += roots_[(particle * n + i) * n + j] * z[j];
        to[smooth_[i]] = moved;
        is_inside = is_inside && moved > 0 && moved < 1;
    }
    for (std::size_t k = 0; k < cells_.size(); ++k) {
        if (cells_[k].empty()) continue;
        const bool is_redrawn = uniform(draws) < redrawn;
        const std::size_t cell = cell_of(cells_[k], from[k]);
        const double u = uniform(draws);
        to[k] = is_redrawn ? u : cells_[k][cell] + u * (cells_[k][cell + 1] - cells_[k][cell]);
    }
    return is_inside;
}

void LocalKernel::draw(KeyedDraws& draws, std::span<double> to) const {
    while (true) {
        if (uniform(draws) < from_prior) {
            for (double& u : to) u = uniform(draws);
            return;
        }
        const double at = uniform(draws) * reached_.back();
        const auto found = std::upper_bound(reached_.begin(), reached_.end() - 1, at);
        if (draw_near(static_cast<std::size_t>(found - reached_.begin()), draws, to)) return;
    }
}

double LocalKernel::choices_density(std::span<const double> u, std::span<const double> from) const {
    double density = 1;
    for (std::size_t k = 0; k < cells_.size(); ++k) {
        if (cells_[k].empty()) continue;
        const std::size_t cell = cell_of(cells_[k], from[k]);
        const bool stays = cell_of(cells_[k], u[k]) == cell;
        density *= redrawn + (stays ? (1 - redrawn) / (cells_[k][cell + 1] - cells_[k][cell]) : 0);
    }
    return density;
}

double LocalKernel::density(std::span<const double> u) const {
    const std::size_t n = smooth_.size();
    const Elementary& f = elementary();
    std::vector<double> solved(n);
    double sum = 0;
    for (std::size_t particle = 0; particle < particles_.size(); ++particle) {
        const auto from = particles_.unit.row(particle);
        const double* root = roots_.data() + particle * n * n;
        double square = 0;
        for (std::size_t i = 0; i < n; ++i) {
            double rest = u[smooth_[i]] - from[smooth_[i]];
            for (std::size_t j = 0; j < i; ++j) rest -= root[i * n + j] * solved[j];
            solved[i] = rest / root[i * n + i];
            square += solved[i] * solved[i];
        }
        sum += particles_.weights[particle] * f.exp(log_norms_[particle] - 0.5 * square) * choices_density(u, from);
    }
    return from_prior + (1 - from_prior) * sum;
}

}  // namespace entente
