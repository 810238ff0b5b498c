#include <entente/study/spatial_recorder.hpp>

#include <algorithm>

#include <entente/base/statistics.hpp>

namespace entente {

namespace {

using Use = SpatialQuantity::Use;

constexpr std::int64_t most_spatial_values = std::int64_t{1} << 24;
constexpr std::int64_t most_spatial_runs = 1000;
constexpr std::int64_t most_cell_runs = 6;

std::int64_t most_moments_of(Use use) {
    switch (use) {
        case Use::places:
            return 60;
        case Use::cells:
            return 120;
        case Use::arcs:
            return 24;
    }
    return 0;
}

/// Values of all quantities of that use at one moment of one run.
std::int64_t values_of(const Model& model, Use use) {
    std::int64_t values = 0;
    for (const SpatialQuantity& quantity : model.spatial)
        if (quantity.use == use) values += model.rows_of(quantity.of.column);
    return std::max<std::int64_t>(values, 1);
}

struct Room {
    std::int64_t moments = 0;
    std::int64_t runs = 0;
};

Room room_for_use(const Model& model, Use use, std::int64_t moments, std::int64_t runs) {
    const std::int64_t fitting = most_spatial_values / values_of(model, use);
    Room room{.moments = std::min(moments, std::clamp<std::int64_t>(fitting, 2, most_moments_of(use))), .runs = 0};
    room.runs = std::min({runs, use == Use::cells ? most_cell_runs : most_spatial_runs, std::max<std::int64_t>(fitting / std::max<std::int64_t>(room.moments, 1), 1)});
    return room;
}

}  // namespace

std::int64_t spatial_bytes(const Model& model, std::int64_t runs) {
    std::int64_t bytes = 0;
    for (const SpatialQuantity& quantity : model.spatial) {
        const Room room = room_for_use(model, quantity.use, model.calendar.moments(), runs);
        bytes += std::ssize(thinned(model.calendar.moments(), room.moments)) * room.runs * model.rows_of(quantity.of.column) * static_cast<std::int64_t>(sizeof(float));
    }
    return bytes;
}

void make_room_for_spatial(const Model& model, Results& results, std::int64_t from) {
    // What a snapshot stands at has neither the clocks nor the counts of events that derived values may read.
    const std::int64_t first = from == 0 ? 0 : from + 1;
    for (const SpatialQuantity& quantity : model.spatial) {
        const Room room = room_for_use(model, quantity.use, model.calendar.moments() - first, results.runs);
        KeptCourses kept{.moments = thinned(model.calendar.moments() - first, room.moments), .runs = room.runs, .rows = model.rows_of(quantity.of.column), .values = {}};
        for (std::int64_t& moment : kept.moments) moment += first;
        kept.values.resize(static_cast<std::size_t>(kept.runs * std::ssize(kept.moments) * kept.rows));
        results.spatial.push_back(std::move(kept));
    }
}

void SpatialRecorder::begin(std::int64_t first, std::int64_t runs) {
    first_ = first;
    runs_ = runs;
    keeps_ = std::ranges::any_of(results_.spatial, [&](const KeptCourses& kept) { return first < kept.runs; });
}

void SpatialRecorder::take(Batch& batch, std::int64_t moment) {
    if (!keeps_) return;
    bool is_shown = false;
    for (std::size_t number = 0; number < results_.spatial.size(); ++number) {
        KeptCourses& kept = results_.spatial[number];
        const std::int64_t runs = std::min(kept.runs - first_, runs_);
        if (runs <= 0) continue;
        const auto at = std::ranges::lower_bound(kept.moments, moment);
        if (at == kept.moments.end() || *at != moment) continue;
        const ShownQuantity& quantity = model_.spatial[number].of;
        if (quantity.is_derived && !is_shown) {
            batch.show();
            is_shown = true;
        }
        put(batch.column(quantity.column), kept, first_, runs, at - kept.moments.begin());
    }
}

void SpatialRecorder::put(std::span<const double> rows_by_lane, KeptCourses& kept, std::int64_t first, std::int64_t runs, std::int64_t moment) {
    if (kept.rows == 0) return;
    const std::int64_t lanes = std::ssize(rows_by_lane) / kept.rows;
    const std::int64_t a_run = std::ssize(kept.moments) * kept.rows;
    float* to = kept.values.data() + first * a_run + moment * kept.rows;
    for (std::int64_t row = 0; row < kept.rows; ++row)
        for (std::int64_t lane = 0; lane < runs; ++lane) to[lane * a_run + row] = static_cast<float>(rows_by_lane[static_cast<std::size_t>(row * lanes + lane)]);
}

}  // namespace entente
