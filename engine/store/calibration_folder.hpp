/// The folder of a calibration: rounds of runs as they were made, so that one that was killed goes on where it was, and a larger budget
/// adds to them.
///
/// manifest.json; rounds/*.round, the summaries of some runs after each other; fits/*.fit, a fit to a simulated record each. Files appear
/// whole or not at all. One that was cut short or changed is reported, and made again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <entente/inference/adaptive_distance.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/study_record.hpp>

namespace entente {

class CalibrationFolder {
public:
    /// Claims the folder: creates it, or finds it empty or with a calibration of the same identity and design. All else throws Error and
    /// leaves it as it is. `record.history` is the budget of runs, to which the folder may have been told others before.
    CalibrationFolder(std::filesystem::path path, StudyRecord record);
    CalibrationFolder(const CalibrationFolder&) = delete;
    CalibrationFolder& operator=(const CalibrationFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const StudyRecord& record() const { return record_; }
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }  ///< for the user: damaged files

    /// The summaries of runs from `first_run` on, if such a round is there.
    [[nodiscard]] std::optional<SummaryTable> round(std::int64_t first_run, std::size_t summaries);
    void keep_round(std::int64_t first_run, const SummaryTable& made);

    /// What a fit numbered so left, if it is there: as many numbers as that.
    [[nodiscard]] std::optional<std::vector<double>> fit(std::int64_t number, std::size_t numbers);
    void keep_fit(std::int64_t number, std::span<const double> numbers);

    /// Writes manifest.json beside the files that were staged for it, and publishes all.
    void conclude(Completeness completeness, const StudyOutcome& outcome, class StagedFiles& files);

private:
    [[nodiscard]] bool check_what_is_there() const;
    [[nodiscard]] std::optional<std::vector<double>> numbers_of(const std::filesystem::path& file, const char* kind);
    void keep(const std::filesystem::path& file, const char* kind, std::span<const double> numbers);

    std::filesystem::path path_;
    StudyRecord record_;
    std::string key_;
    FolderLock lock_;
    std::vector<std::string> notes_;
};

/// Whether a manifest of a calibration is in the folder.
bool holds_calibration(const std::filesystem::path& path);

}  // namespace entente
