/// The runs of a calibration: summaries of particles, made by all threads and ranks, each with luck of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include <entente/inference/abc_smc.hpp>
#include <entente/inference/record_summaries.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/study/ranks.hpp>
#include <entente/study/tiles.hpp>

namespace entente {

/// What is run, and what is told of it. All must outlive who makes the runs.
struct CalibrationModel {
    const Model& model;
    const std::vector<ParameterId>& varied;
    const std::vector<Factor>& factors;  ///< of these
    const RecordSummaries& summaries;
};

struct RunsMade {
    std::int64_t runs = 0;
    std::int64_t failed = 0;
    double seconds = 0;
};

class CalibrationRuns {
public:
    /// `exchange` is a folder that all ranks can write to. `progress` is told on rank 0 of the runs of this call, and may stop: then the
    /// tiles in hand are made, and the round is left.
    CalibrationRuns(const CalibrationModel& what, TilePlan plan, Ranks& ranks, std::filesystem::path exchange,
                    std::function<bool(const RunsMade&)> progress);

    /// On rank 0: summaries of the proposals, or nothing where it was stopped. A run draws by the seed and its number, and so does the
    /// record that is made of it.
    std::optional<SummaryTable> make(const Proposals& proposals, std::uint64_t seed);
    /// On all other ranks: takes part in all that rank 0 makes, until it releases them.
    void serve();
    /// On rank 0: there is no more.
    void release();

    [[nodiscard]] const RunsMade& made() const { return made_; }

private:
    struct Round;
    void take_part(Round& round);
    void keep(const Round& round, std::int64_t tile, std::vector<double> values);
    void gather(Round& round);
    [[nodiscard]] std::filesystem::path tile_file(const Round& round, std::int64_t tile) const;
    [[nodiscard]] std::vector<double> told(const Round& round, const Tile& tile, const TileResults& made) const;
    [[nodiscard]] std::int64_t series_values() const;

    CalibrationModel what_;
    TilePlan plan_;
    Ranks& ranks_;
    std::filesystem::path exchange_;
    std::function<bool(const RunsMade&)> progress_;
    RunsMade made_;
};

}  // namespace entente
