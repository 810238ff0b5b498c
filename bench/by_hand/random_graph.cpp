#include "random_graph.hpp"

#include <cmath>
#include <utility>

namespace entente::by_hand {

RandomGraph::RandomGraph(std::vector<std::int64_t> offsets, std::vector<std::int32_t> neighbours, std::vector<double> attitudes,
                         const Parameters& parameters)
    : offsets_(std::move(offsets)),
      neighbours_(std::move(neighbours)),
      attitudes_(std::move(attitudes)),
      next_(attitudes_.size()),
      drift_(1 - std::exp(-parameters.pull * parameters.dt)),
      generator_(1),
      noise_(0, parameters.noise) {}

void RandomGraph::tick() {
    for (std::size_t i = 0; i < attitudes_.size(); ++i) {
        double sum = 0;
        for (std::int64_t k = offsets_[i]; k < offsets_[i + 1]; ++k)
            sum += attitudes_[static_cast<std::size_t>(neighbours_[static_cast<std::size_t>(k)])];
        const std::int64_t count = offsets_[i + 1] - offsets_[i];
        const double mean = count > 0 ? sum / static_cast<double>(count) : 0;
        next_[i] = attitudes_[i] + (mean - attitudes_[i]) * drift_ + noise_(generator_);
    }
    std::swap(attitudes_, next_);
}

}  // namespace entente::by_hand
