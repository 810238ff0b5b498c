#include <entente/store/study_folder.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/file.h>
#include <unistd.h>

#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/recorder.hpp>

namespace entente {

namespace fs = std::filesystem;

namespace {

constexpr double seconds_between_entries = 1;

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::uint64_t key_of(std::span<const double> point) {
    return stable_hash({reinterpret_cast<const char*>(point.data()), point.size_bytes()});
}

LedgerLine line_of(const std::string& name, const ShardFacts& facts, std::int64_t bytes, const std::string& checksum) {
    return {name, facts.alternative, facts.points, facts.first_replicate, facts.replicates, std::ssize(facts.failures), bytes, checksum};
}

}  // namespace

fs::path default_folder(const StudyRecord& record, const std::string& design_text) {
    std::string name = record.scenario == "-" ? "stdin" : fs::path(record.scenario).stem().string();
    if (!record.identity.scenario.variant.empty()) name += '-' + record.identity.scenario.variant;
    const std::string id = hex_digest(record.identity.key() + '|' + design_text).substr(0, 6);
    return fs::path("results") / fmt::format("{}-{}-{}", name, record.identity.command, id);
}

StudyFolder::StudyFolder(fs::path path, StudyRecord record, const Study& study)
    : path_(std::move(path)), shard_folder_(path_ / "shards"), record_(std::move(record)), study_(study), columns_(value_columns(empty_results(*study.models.front(), 0, 0))), key_(record_.identity.key()) {
    for (std::int64_t point = 0; point < study_.point_count(); ++point)
        point_keys_.push_back(key_of(study_.identity_of(point)));
    for (std::size_t point = 0; point < point_keys_.size(); ++point) by_key_.emplace_back(point_keys_[point], static_cast<std::int64_t>(point));
    std::ranges::sort(by_key_);
    const auto doubled = std::ranges::unique(by_key_, {}, &std::pair<std::uint64_t, std::int64_t>::first);
    by_key_.erase(doubled.begin(), doubled.end());

    claim_folder(path_);
    check_what_is_there();
    lock_.take(path_, "wait until it has ended; several can share the work with --shard i/n and a folder each, or under mpirun");
    check_what_is_there();  // another process may have been there just before
    if (!has_manifest_) publish_running();
    claim_folder(shard_folder_);
    ledger_.emplace(path_ / "ledger.sqlite");
    scan();
}

void StudyFolder::publish_running() {
    StagedFiles files(path_);
    files.write("manifest.json", study_manifest_json(record_, Completeness::running, nullptr));
    files.publish();
    has_manifest_ = true;
}

void StudyFolder::announce() {
    if (has_grown_) publish_running();
    has_grown_ = false;
}

StudyManifest study_manifest_in(const fs::path& folder) {
    if (!fs::exists(folder / "manifest.json"))
        throw Error(fmt::format("the folder '{}' is not empty and holds no results of Entente", folder.string()), "name a new or empty folder with --out");
    try {
        return read_study_manifest(text_of(folder / "manifest.json"));
    } catch (const Error& problem) {
        throw Error(fmt::format("the folder '{}' is taken: {}", folder.string(), problem.what()), "name a new or empty folder with --out");
    }
}

void StudyFolder::check_what_is_there() {
    if (holds_nothing(path_)) return;
    const StudyManifest there = study_manifest_in(path_);
    has_manifest_ = true;
    has_grown_ = there.history != record_.history || there.points != record_.points || there.replicates != record_.replicates;
    const auto found = differences(there.identity, record_.identity);
    if (!found.empty())
        throw Error(fmt::format("the folder '{}' holds another study: {}", path_.string(), fmt::join(found, "; ")), choose_another_folder);
}

std::vector<ShardFile> StudyFolder::sound_shards() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(shard_folder_)) {
        if (entry.path().extension() == ".shard") paths.push_back(entry.path());
        if (entry.path().extension() == ".part") fs::remove(entry.path());  // of a process that was killed
    }
    std::ranges::sort(paths);
    std::vector<ShardFile> sound;
    for (const auto& path : paths) {
        try {
            sound.emplace_back(path);
        } catch (const Error& problem) {
            notes_.push_back(fmt::format("{}: it is simulated again", problem.what()));
            fs::rename(path, path.string() + ".damaged");  // by now, for all we know: it may be the disk's fault
            ledger_->strike(path.filename());
        }
    }
    return sound;
}

void StudyFolder::scan() {
    std::vector<ShardFile> sound = sound_shards();
    auto lines = ledger_->lines();
    std::vector<LedgerLine> unknown;
    for (ShardFile& file : sound) {
        const std::string name = file.path().filename();
        const auto line = lines.find(name);
        if (line == lines.end() || line->second.checksum != file.checksum())
            unknown.push_back(line_of(name, file.facts(), static_cast<std::int64_t>(fs::file_size(file.path())), file.checksum()));
        if (line != lines.end()) lines.erase(line);
        place(std::move(file));
    }
    for (const auto& [name, line] : lines) {
        notes_.push_back(fmt::format("'{}', which the ledger lists, is missing: it is simulated again", (shard_folder_ / name).string()));
        ledger_->strike(name);
    }
    ledger_->enter(unknown);
}

void StudyFolder::place(ShardFile file) {
    const ShardFacts& facts = file.facts();
    if (facts.study != key_)
        throw Error(fmt::format("'{}' belongs to another study", file.path().string()), choose_another_folder);
    if (!facts.holds(columns_))
        throw Error(fmt::format("'{}' holds other values of each run than the measures have now", file.path().string()), choose_another_folder);
    if (facts.first_replicate + facts.replicates > record_.replicates)
        throw Error(fmt::format("the folder '{}' holds more than {} of a point", path_.string(), counted(record_.replicates, "replicate")),
                    fmt::format("ask for at least --replicates {}, or write elsewhere with --out", facts.first_replicate + facts.replicates));
    const std::vector<double> values = file.points();
    std::vector<std::int64_t> points;
    for (std::int64_t row = 0; row < facts.points; ++row) {
        const auto point = std::span(values).subspan(static_cast<std::size_t>(row) * facts.factors.size(), facts.factors.size());
        const auto found = first_with(key_of(point));
        if (!found) {
            throw Error(fmt::format("the folder '{}' holds points that this design does not have: another design of the same parameters",
                                    path_.string()),
                        "a study grows by more samples or replicates of its design; for another design, write elsewhere with --out");
        }
        points.push_back(*found);
    }
    shards_.push_back({std::move(file), std::move(points)});
}

std::optional<std::int64_t> StudyFolder::first_with(std::uint64_t key) const {
    const auto found = std::ranges::lower_bound(by_key_, key, {}, &std::pair<std::uint64_t, std::int64_t>::first);
    if (found == by_key_.end() || found->first != key) return std::nullopt;
    return found->second;
}

std::vector<Tile> StudyFolder::missing() const {
    using Span = std::pair<std::int64_t, std::int64_t>;  // first replicate and end
    std::vector<Tile> tiles;
    for (int alternative = 0; alternative < static_cast<int>(study_.models.size()); ++alternative) {
        std::vector<std::pair<std::int64_t, Span>> there;  // by point
        for (const PlacedShard& shard : shards_) {
            const ShardFacts& facts = shard.file.facts();
            if (facts.alternative != alternative) continue;
            for (const std::int64_t point : shard.points) there.push_back({point, {facts.first_replicate, facts.first_replicate + facts.replicates}});
        }
        std::ranges::sort(there);
        std::map<Span, Tile> by_span;
        auto next = there.begin();
        const auto lacks = [&](std::int64_t point, std::int64_t first, std::int64_t end) {
            Tile& tile = by_span[{first, end}];
            tile.alternative = alternative;
            tile.first_replicate = first;
            tile.replicates = end - first;
            tile.points.push_back(point);
        };
        for (std::int64_t point = 0; point < study_.point_count(); ++point) {
            if (first_like(point) != point) continue;
            std::int64_t reached = 0;
            for (; next != there.end() && next->first <= point; ++next) {
                if (next->first < point) continue;
                if (next->second.first > reached) lacks(point, reached, std::min(next->second.first, record_.replicates));
                reached = std::max(reached, next->second.second);
            }
            if (reached < record_.replicates) lacks(point, reached, record_.replicates);
        }
        for (auto& [span, tile] : by_span) tiles.push_back(std::move(tile));
    }
    return tiles;
}

void StudyFolder::keep(const Tile& tile, const TileResults& made) {
    const std::string name = shard_name(study_, tile, key_);
    const std::string checksum = write_shard(shard_folder_, name, study_, tile, made, key_);
    const LedgerLine line{name, tile.alternative, std::ssize(tile.points), tile.first_replicate, tile.replicates,
                          std::ssize(made.results.failures), static_cast<std::int64_t>(fs::file_size(shard_folder_ / name)), checksum};
    const std::lock_guard lock(keeping_);
    waiting_.push_back(line);
    if (now() < entered_at_ + seconds_between_entries) return;
    ledger_->enter(waiting_);
    waiting_.clear();
    entered_at_ = now();
}

void StudyFolder::take_up() {
    ledger_->enter(waiting_);
    waiting_.clear();
    shards_.clear();
    scan();
}

void StudyFolder::conclude(Completeness completeness, const StudyOutcome& outcome, StagedFiles& files) {
    files.write("manifest.json", study_manifest_json(record_, completeness, &outcome));
    files.publish();
}

}  // namespace entente
