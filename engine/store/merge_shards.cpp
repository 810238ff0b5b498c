#include <entente/store/merge_shards.hpp>

#include <algorithm>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/problem.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/shard_file.hpp>
#include <entente/store/staged_files.hpp>

namespace entente {

namespace fs = std::filesystem;

namespace {

StudyManifest manifest_of(const fs::path& part) {
    if (!fs::exists(part / "manifest.json"))
        throw Error(fmt::format("'{}' does not hold a study", part.string()), "name the folders that --shard i/n wrote to");
    try {
        return read_study_manifest(text_of(part / "manifest.json"));
    } catch (const Error& problem) {
        throw Error(fmt::format("'{}' does not hold a study: {}", part.string(), problem.what()), "name the folders that --shard i/n wrote to");
    }
}

void refuse_another(const StudyManifest& first, const fs::path& first_path, const StudyManifest& other, const fs::path& path) {
    auto found = differences(first.identity, other.identity);
    if (first.points != other.points) found.push_back(fmt::format("{} points, not {}", first.points, other.points));
    if (first.replicates != other.replicates) found.push_back(fmt::format("{} replicates, not {}", first.replicates, other.replicates));
    if (first.form != other.form || first.history != other.history) found.push_back(fmt::format("'{}', not '{}'", first.form, other.form));
    if (found.empty()) return;
    throw Error(fmt::format("'{}' and '{}' are not shares of the same study: {}", first_path.string(), path.string(), fmt::join(found, "; ")),
                "name the shares of one study");
}

/// Under its name at once: by link where both folders lie on one disk.
void bring(const fs::path& shard, const fs::path& folder) {
    const fs::path target = folder / shard.filename();
    if (fs::exists(target) && fs::file_size(target) == fs::file_size(shard)) return;
    fs::remove(target);
    std::error_code failure;
    fs::create_hard_link(shard, target, failure);
    if (!failure) return;
    StagedFiles files(folder);
    const fs::path staged = files.stage(shard.filename());
    fs::copy_file(shard, staged, fs::copy_options::overwrite_existing, failure);
    if (failure) throw_file_error("write", target, failure.value());
    files.publish();
}

}  // namespace

StudyManifest merge_shards(std::span<const fs::path> parts, const fs::path& into, std::vector<std::string>& notes) {
    const StudyManifest first = manifest_of(parts.front());
    for (const fs::path& part : parts) refuse_another(first, parts.front(), manifest_of(part), part);
    claim_folder(into);
    if (holds_nothing(into)) {
        StagedFiles files(into);
        files.write("manifest.json", text_of(parts.front() / "manifest.json"));
        files.publish();
    } else {
        refuse_another(first, parts.front(), manifest_of(into), into);
    }
    claim_folder(into / "shards");
    for (const fs::path& part : parts) {
        if (!fs::exists(part / "shards")) continue;
        for (const auto& entry : fs::directory_iterator(part / "shards")) {
            if (entry.path().extension() != ".shard") continue;
            try {
                (void)ShardFile(entry.path());
            } catch (const Error& problem) {
                notes.emplace_back(fmt::format("{}, and was ignored", problem.what()));
                continue;
            }
            bring(entry.path(), into / "shards");
        }
    }
    return first;
}

std::vector<std::string> concluding_command(const StudyManifest& manifest, const fs::path& into) {
    std::vector<std::string> command;
    for (std::size_t i = 0; i < manifest.command.size(); ++i) {
        const std::string& word = manifest.command[i];
        if (word == "--json" || word == "--quiet" || word == "--no-runs" || word.starts_with("--shard=") || word.starts_with("--out=")) continue;
        if (word == "--shard" || word == "--out") {
            ++i;
            continue;
        }
        command.push_back(word);
    }
    command.insert(command.end(), {"--no-runs", "--out", into.string()});
    return command;
}

}  // namespace entente
