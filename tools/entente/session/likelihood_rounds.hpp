/// Likelihoods of a calibration, round by round: made by all threads and ranks, kept on disk.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <entente/inference/record_likelihoods.hpp>
#include <entente/store/calibration_folder.hpp>
#include <entente/study/ranks.hpp>

namespace entente {

class LikelihoodRounds {
public:
    /// `folder` is null on ranks above 0; `exchange` a folder that all ranks can write to. `progress` is told of runs made here.
    LikelihoodRounds(LikelihoodModel what, LikelihoodPlan plan, Ranks& ranks, CalibrationFolder* folder, std::filesystem::path exchange,
                     std::function<void(std::int64_t runs)> progress);

    /// On all ranks alike: what is wanted, or nothing where it was stopped. Parts that are there are taken from the folder; `may_make`:
    /// others are made.
    std::optional<std::vector<double>> make(const Wanted& wanted, bool may_make);

    [[nodiscard]] std::int64_t runs_made() const { return runs_made_; }  ///< by this rank
    [[nodiscard]] double seconds() const { return seconds_; }

private:
    [[nodiscard]] std::filesystem::path part_file(const Wanted& wanted, std::size_t part) const;
    std::vector<std::vector<double>> parts_there(const Wanted& wanted);

    LikelihoodModel what_;
    LikelihoodPlan plan_;
    Ranks& ranks_;
    CalibrationFolder* folder_;
    std::filesystem::path exchange_;
    std::function<void(std::int64_t)> progress_;
    std::int64_t runs_made_ = 0;
    double seconds_ = 0;
};

}  // namespace entente
