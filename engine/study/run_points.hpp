/// Runs over the points of a posterior: which of them each run is made at.
#pragma once

#include <cstdint>
#include <vector>

#include <entente/scenario/scenario.hpp>
#include <entente/study/design.hpp>

namespace entente {

/// Run k takes the point in whose share of the weights, laid end to end, lies the fraction of r(k) + offset, r(k) being k's binary digits
/// mirrored at the point (van der Corput's sequence) and the offset drawn from the seed. So a run takes the same point however many others
/// are made, and of the first 2^m runs each point has the share that its weight gives it, to less than one run: systematic sampling.
class RunPoints {
public:
    /// Columns are values of `varied`. Points without weights are all alike; there is at least one.
    RunPoints(std::vector<ParameterId> varied, Points points);

    [[nodiscard]] const std::vector<ParameterId>& varied() const { return varied_; }
    [[nodiscard]] const Points& points() const { return points_; }
    [[nodiscard]] std::size_t point_of(std::uint64_t seed, std::int64_t run) const;

private:
    std::vector<ParameterId> varied_;
    Points points_;
    std::vector<double> reached_;  ///< sums of weights
};

}  // namespace entente
