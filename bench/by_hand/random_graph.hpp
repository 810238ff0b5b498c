/// The scene of the random graph (tests/scenes/random_graph.yaml) as one would write it in plain C++: neighbours in one array, attitudes in
/// two that change places, std::mt19937 and std::normal_distribution. The same equation on the same graph; the draws are its own.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace entente::by_hand {

class RandomGraph {
public:
    struct Parameters {
        double pull = 5;  ///< 1/year
        double noise = 0.05;
        double dt = 1;  ///< years
    };
    /// Neighbours of person i are neighbours[offsets[i]] … neighbours[offsets[i + 1] - 1].
    RandomGraph(std::vector<std::int64_t> offsets, std::vector<std::int32_t> neighbours, std::vector<double> attitudes,
                const Parameters& parameters);

    /// Everyone's attitude drifts to the mean of the neighbours', 0 for those who have none, with normal noise.
    void tick();

    [[nodiscard]] const std::vector<double>& attitudes() const { return attitudes_; }

private:
    std::vector<std::int64_t> offsets_;
    std::vector<std::int32_t> neighbours_;
    std::vector<double> attitudes_;
    std::vector<double> next_;
    double drift_;
    std::mt19937 generator_;
    std::normal_distribution<double> noise_;
};

}  // namespace entente::by_hand
