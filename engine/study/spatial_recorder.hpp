/// Takes what maps and grids show of a batch, at a few moments: of agents with places over many runs, of a grid's cells over a few.
#pragma once

#include <cstdint>
#include <span>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// Makes room in the results for the model's `spatial` quantities. Each use (places, cells, arcs) has 64 MB: of places as many of the first 1,000 runs as
/// fit, at up to 60 moments; of arcs the same at up to 24; of cells as many moments, up to 120, as fit, of as many of the first six runs as then
/// fit. One run and two moments are always kept. `from` is the moment with which the runs begin.
void make_room_for_spatial(const Model& model, Results& results, std::int64_t from);

/// Bytes that so many runs take.
std::int64_t spatial_bytes(const Model& model, std::int64_t runs);

class SpatialRecorder {
public:
    /// Writes to `results` at the runs of its batch only. Does nothing where there is no room.
    SpatialRecorder(const Model& model, Results& results) : model_(model), results_(results) {}

    /// `batch` holds the results' runs `first`, `first` + 1, …, `runs` of them.
    void begin(std::int64_t first, std::int64_t runs);
    /// The batch stands at the moment.
    void take(Batch& batch, std::int64_t moment);

private:
    static void put(std::span<const double> rows_by_lane, KeptCourses& kept, std::int64_t first, std::int64_t runs, std::int64_t moment);

    const Model& model_;
    Results& results_;
    std::int64_t first_ = 0;
    std::int64_t runs_ = 0;
    bool keeps_ = false;  ///< whether anything is kept of this batch
};

}  // namespace entente
