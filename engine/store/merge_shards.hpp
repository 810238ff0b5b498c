/// Joining what several folders hold of one study.
#pragma once

#include <filesystem>
#include <span>

#include <entente/store/study_record.hpp>

namespace entente {

/// Brings the shards of `parts` together in `into`, a new folder or one of the same study, each by link or copy, whole or not at all. The parts stay as they
/// are. Gives what the study is. Throws Error for folders that hold no study, or another one, design, or number of replicates than the first;
/// shards that are damaged are ignored, and listed in `notes`.
StudyManifest merge_shards(std::span<const std::filesystem::path> parts, const std::filesystem::path& into, std::vector<std::string>& notes);

/// The command that concludes the merged study: as the first part's, without its share, into `into`, making no runs.
std::vector<std::string> concluding_command(const StudyManifest& manifest, const std::filesystem::path& into);

}  // namespace entente
