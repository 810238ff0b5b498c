#include <entente/study/latin_hypercube.hpp>

#include <algorithm>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include <entente/study/keyed_draws.hpp>

namespace entente {
namespace {

constexpr double most_work = 0x1p28;  ///< differences of coordinates
constexpr double most_pairings = 32;
constexpr double most_tries = 50;  ///< exchanges, for each coordinate of a new point

std::size_t cell_of(double coordinate, std::size_t cells) {
    return static_cast<std::size_t>(coordinate * static_cast<double>(cells));
}

/// A point in the cell, by 24 bits and off its edges, so that no rounding takes it to the next.
double within(std::size_t cell, std::size_t cells, KeyedDraws& draws) {
    const double jitter = (static_cast<double>(draws.bits() >> 40) + 0.5) * 0x1p-24;
    return (static_cast<double>(cell) + jitter) / static_cast<double>(cells);
}

/// The old points and, in cells that they leave free, new ones in random pairing.
UnitPoints paired(const UnitPoints& old, std::size_t count, KeyedDraws& draws) {
    UnitPoints points = old;
    points.coordinates.resize(count * old.factors);
    for (std::size_t k = 0; k < old.factors; ++k) {
        std::vector<bool> is_taken(count);
        for (std::size_t i = 0; i < old.size(); ++i) is_taken[cell_of(old.row(i)[k], count)] = true;
        std::vector<std::size_t> free;
        for (std::size_t cell = 0; cell < count; ++cell)
            if (!is_taken[cell]) free.push_back(cell);
        draws.shuffle(std::span(free));
        for (std::size_t i = 0; i < free.size(); ++i) points.row(old.size() + i)[k] = within(free[i], count, draws);
    }
    return points;
}

/// Points, the first of which stay where they are, and for each of the others the point next to it.
class Spread {
public:
    Spread(UnitPoints points, std::size_t fixed) : points_(std::move(points)), fixed_(fixed) {
        for (std::size_t i = fixed_; i < points_.size(); ++i) nearest_.push_back(nearest(i));
    }

    [[nodiscard]] double least() const { return nearest_[closest() - fixed_].distance; }
    [[nodiscard]] const UnitPoints& points() const { return points_; }

    /// Exchanges a coordinate of a point of least distance with another's, if both end up farther from all.
    void try_exchange(KeyedDraws& draws) {
        const std::size_t a = closest();
        const std::size_t b = fixed_ + draws.below(nearest_.size());
        double& of_a = points_.row(a)[draws.below(points_.factors)];
        double& of_b = *(&of_a - points_.row(a).data() + points_.row(b).data());
        const double before = least();
        std::swap(of_a, of_b);
        if (std::min(nearest(a).distance, nearest(b).distance) > before)
            look_around(a, b);
        else
            std::swap(of_a, of_b);
    }

private:
    struct Neighbour {
        double distance = std::numeric_limits<double>::infinity();  ///< squared
        std::size_t point = 0;
    };

    [[nodiscard]] std::size_t closest() const {
        const auto least = std::ranges::min_element(nearest_, {}, &Neighbour::distance);
        return fixed_ + static_cast<std::size_t>(least - nearest_.begin());
    }

    [[nodiscard]] double distance(std::size_t i, std::size_t j) const {
        double sum = 0;
        const double* x = &points_.coordinates[i * points_.factors];
        const double* y = &points_.coordinates[j * points_.factors];
        for (std::size_t k = 0; k < points_.factors; ++k) sum += (x[k] - y[k]) * (x[k] - y[k]);
        return sum;
    }

    [[nodiscard]] Neighbour nearest(std::size_t i) const {
        Neighbour best;
        for (std::size_t j = 0; j < points_.size(); ++j)
            if (j != i) best = nearer(best, i, j);
        return best;
    }

    [[nodiscard]] Neighbour nearer(const Neighbour& best, std::size_t i, std::size_t j) const {
        const double other = distance(i, j);
        return other < best.distance ? Neighbour{other, j} : best;
    }

    /// Points a and b have moved.
    void look_around(std::size_t a, std::size_t b) {
        for (std::size_t i = fixed_; i < points_.size(); ++i) {
            Neighbour& best = nearest_[i - fixed_];
            const bool is_lost = i == a || i == b || best.point == a || best.point == b;
            best = is_lost ? nearest(i) : nearer(nearer(best, i, a), i, b);
        }
    }

    UnitPoints points_;
    std::size_t fixed_;
    std::vector<Neighbour> nearest_;  ///< of the points that may move
};

UnitPoints filled(const UnitPoints& old, std::size_t count, std::uint64_t seed) {
    check_point_count(count);
    KeyedDraws draws(mix(seed, count), purpose::hypercube);
    const std::size_t added = count - old.size();
    const double row_work = static_cast<double>(count * old.factors);
    const double look_work = row_work * static_cast<double>(added);
    if (added < 2 || look_work > most_work) return paired(old, count, draws);

    std::optional<Spread> best;
    for (int i = 0; i < std::clamp(most_work / 2 / look_work, 1.0, most_pairings); ++i) {
        Spread next(paired(old, count, draws), old.size());
        if (!best || next.least() > best->least()) best = std::move(next);
    }
    const double tries = std::min(most_work / 2 / (2 * row_work), most_tries * static_cast<double>(added * old.factors));
    for (int i = 0; i < tries; ++i) best->try_exchange(draws);
    return best->points();
}

}  // namespace

UnitPoints latin_hypercube(std::size_t count, std::size_t factors, std::uint64_t seed) {
    return filled({factors, {}}, count, seed);
}

UnitPoints extended_hypercube(const UnitPoints& old, std::size_t count, std::uint64_t seed) {
    const std::size_t n = old.size();
    if (!is_latin(old))
        throw Error("these points are not a Latin hypercube, and cannot be extended to a larger one", "start a design of its own");
    if (count == n) return old;
    const std::size_t times = std::max<std::size_t>(count / n, 1);
    if (count % n != 0 || count < n)
        throw Error(fmt::format("a Latin hypercube of {} points can't become one of {}: it grows to multiples of {}", n, count, n),
                    times == 1 ? fmt::format("take {}", 2 * n) : fmt::format("take {} or {}", times * n, (times + 1) * n));
    return filled(old, count, seed);
}

bool is_latin(const UnitPoints& points) {
    const std::size_t n = points.size();
    for (std::size_t k = 0; k < points.factors; ++k) {
        std::vector<bool> is_taken(n);
        for (std::size_t i = 0; i < n; ++i) {
            const double x = points.row(i)[k];
            if (!(0 <= x && x < 1) || is_taken[cell_of(x, n)]) return false;
            is_taken[cell_of(x, n)] = true;
        }
    }
    return n > 0;
}

}  // namespace entente
