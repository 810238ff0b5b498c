/// A world to be measured.
#pragma once

#include <cstdint>
#include <cstdlib>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/runtime/kernels.hpp>
#include <entente/scenario/read.hpp>

namespace entente {

/// The best that this processor has, or those that the environment variable ENTENTE_BENCH_KERNELS names.
inline const Kernels& measured_kernels() {
    const char* asked = std::getenv("ENTENTE_BENCH_KERNELS");
    return choose_kernels(asked == nullptr ? "" : asked);
}

/// A model and a batch of it, begun, with the lanes that suit so many runs.
struct World {
    World(const Scenario& scenario, std::int64_t runs, int threads = 1)
        : model(compile(scenario)), batch(model, suitable_lanes(model, runs), measured_kernels(), threads) {
        batch.begin(1, 0);
    }
    Model model;
    Batch batch;
};

inline World& founding_world() {
    static World world(read_scenario(ENTENTE_ROOT "/tests/scenes/founding.yaml").scenario, 1 << 20);
    return world;
}

}  // namespace entente
