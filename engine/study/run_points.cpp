#include <entente/study/run_points.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

#include <entente/study/keyed_draws.hpp>

namespace entente {

namespace {

double mirrored(std::uint32_t run) {
    std::uint32_t digits = 0;
    for (int i = 0; i < 32; ++i) digits |= ((run >> i) & 1U) << (31 - i);
    return static_cast<double>(digits) * 0x1p-32;
}

}  // namespace

RunPoints::RunPoints(std::vector<ParameterId> varied, Points points) : varied_(std::move(varied)), points_(std::move(points)) {
    assert(points_.size() > 0);
    double sum = 0;
    for (std::size_t point = 0; point < points_.size(); ++point)
        reached_.push_back(sum += points_.weights.empty() ? 1 : points_.weights[point]);
}

std::size_t RunPoints::point_of(std::uint64_t seed, std::int64_t run) const {
    const double offset = unit_uniform(KeyedDraws(seed, purpose::spread).bits());
    const double at = mirrored(static_cast<std::uint32_t>(run)) + offset;
    const double share = (at - std::floor(at)) * reached_.back();
    return static_cast<std::size_t>(std::upper_bound(reached_.begin(), reached_.end() - 1, share) - reached_.begin());
}

}  // namespace entente
