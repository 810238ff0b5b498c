#include <entente/store/calibration_folder.hpp>

#include <cassert>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/store/sealed_file.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/store/stored_values.hpp>
#include <entente/store/study_folder.hpp>

namespace entente {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t most_numbers = std::int64_t{1} << 40;

/// What was never finished, by a process that was killed.
void remove_parts(const fs::path& folder) {
    if (!fs::exists(folder)) return;
    std::vector<fs::path> parts;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".part" || entry.path().extension() == ".tile") parts.push_back(entry.path());
    for (const fs::path& part : parts) fs::remove(part);
}

}  // namespace

CalibrationFolder::CalibrationFolder(fs::path path, StudyRecord record) : path_(std::move(path)), record_(std::move(record)) {
    key_ = hex_digest(record_.identity.key() + record_.design);
    claim_folder(path_);
    (void)check_what_is_there();
    lock_.take(path_, "wait until it has ended; several can share the work under mpirun");
    const bool is_there = check_what_is_there();  // another process may have been there just before
    if (!is_there) {
        StagedFiles files(path_);
        files.write("manifest.json", study_manifest_json(record_, Completeness::running, nullptr));
        files.publish();
    }
    for (const char* folder : {"rounds", "fits"}) remove_parts(path_ / folder);
}

bool CalibrationFolder::check_what_is_there() const {
    if (holds_nothing(path_)) return false;
    const StudyManifest there = study_manifest_in(path_);
    auto found = differences(there.identity, record_.identity);
    if (found.empty() && there.form != record_.design) found.push_back(fmt::format("'{}', not '{}'", there.form, record_.design));
    if (!found.empty())
        throw Error(fmt::format("the folder '{}' holds another calibration: {}", path_.string(), fmt::join(found, "; ")),
                    choose_another_folder);
    return true;
}

std::optional<std::vector<double>> CalibrationFolder::numbers_of(const fs::path& file, const char* kind) {
    if (!fs::exists(file)) return std::nullopt;
    try {
        const SealedFile sealed(file, kind);
        const StoredJson header = stored_json(sealed.header());
        if (stored_text(header, "calibration") != key_) throw Error(fmt::format("'{}' belongs to another calibration", file.string()));
        std::vector<double> numbers(static_cast<std::size_t>(stored_whole(header, "numbers", 0, most_numbers)));
        sealed.expect(std::ssize(numbers));
        sealed.read(0, std::span(numbers));
        return numbers;
    } catch (const std::exception& problem) {
        notes_.push_back(fmt::format("{}: it is made again", problem.what()));
        fs::rename(file, file.string() + ".damaged");
        return std::nullopt;
    }
}

void CalibrationFolder::keep(const fs::path& file, const char* kind, std::span<const double> numbers) {
    claim_folder(file.parent_path());
    const StoredJson header = {{"calibration", key_}, {"numbers", numbers.size()}};
    write_sealed(file, kind, header.dump(), [&](const Sink& sink) { sink(bytes_of(numbers)); });
}

std::optional<SummaryTable> CalibrationFolder::round(std::int64_t first_run, std::size_t summaries) {
    auto numbers = numbers_of(path_ / "rounds" / fmt::format("{:010}.round", first_run), "round");
    if (!numbers || numbers->empty() || numbers->size() % summaries != 0) return std::nullopt;
    return SummaryTable{summaries, std::move(*numbers)};
}

void CalibrationFolder::keep_round(std::int64_t first_run, const SummaryTable& made) {
    keep(path_ / "rounds" / fmt::format("{:010}.round", first_run), "round", made.values);
}

std::optional<std::vector<double>> CalibrationFolder::fit(std::int64_t number, std::size_t numbers) {
    auto there = numbers_of(path_ / "fits" / fmt::format("{:06}.fit", number), "fit");
    return there && there->size() == numbers ? std::move(there) : std::nullopt;
}

void CalibrationFolder::keep_fit(std::int64_t number, std::span<const double> numbers) {
    keep(path_ / "fits" / fmt::format("{:06}.fit", number), "fit", numbers);
}

void CalibrationFolder::conclude(Completeness completeness, const StudyOutcome& outcome, StagedFiles& files) {
    files.write("manifest.json", study_manifest_json(record_, completeness, &outcome));
    files.publish();
}

bool holds_calibration(const fs::path& path) {
    if (!fs::exists(path / "manifest.json")) return false;
    try {
        return read_study_manifest(text_of(path / "manifest.json")).identity.command == "calibrate";
    } catch (const Error&) {
        return false;
    }
}

}  // namespace entente
