#include <entente/store/snapshot_file.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/hash.hpp>
#include <entente/base/machine.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/version.hpp>
#include <entente/store/stored_values.hpp>

namespace entente {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kind = "snapshot";
constexpr std::string_view option = "--snapshot";
constexpr std::int64_t values_an_event = 7;
constexpr std::int64_t latest_tick = 1'000'000'000'000;

Json to_json(const LaneFailure& failure) {
    return {{"run", failure.lane}, {"tick", failure.tick}, {"step", failure.step},        {"statement", failure.statement},
            {"row", failure.row},  {"what", failure.what}, {"operands", failure.operands}};
}

LaneFailure failure_from(const Json& json, const SnapshotFacts& facts) {
    return {static_cast<int>(stored_whole(json, "run", 0, facts.identity.runs - 1)),
            stored_whole(json, "tick", -1, facts.tick - 1),
            stored_text(json, "step"),
            stored_text(json, "statement"),
            stored_text(json, "row"),
            stored_text(json, "what"),
            stored_text(json, "operands")};
}

std::string header_of(const RunRecord& record, const std::string& when, const Snapshot& snapshot) {
    Json blocks = Json::array();
    for (const auto& block : snapshot.blocks) blocks.push_back({{"name", block.name}, {"runs", block.runs}, {"each", block.each}});
    Json failures = Json::array();
    for (const auto& failure : snapshot.failures) failures.push_back(to_json(failure));
    const Json json = {{"identity", Json::parse(identity_json(record.identity))},
                       {"scenario", record.scenario},
                       {"tick", snapshot.tick},
                       {"when", when},
                       {"series_runs", snapshot.series_runs},
                       {"logs_events", snapshot.logs_events},
                       {"blocks", blocks},
                       {"failures", failures},
                       {"logged_events", snapshot.log.size()}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

SnapshotFacts facts_from(const std::string& header) {
    const Json json = stored_json(header);
    SnapshotFacts facts{.identity = read_identity(stored(json, "identity").dump()),
                        .scenario = stored_text(json, "scenario"),
                        .tick = stored_whole(json, "tick", 0, latest_tick),
                        .when = stored_text(json, "when"),
                        .series_runs = 0,
                        .logs_events = stored_truth(json, "logs_events")};
    if (facts.identity.runs < 1) throw StoredValueError("'runs' is 0");
    facts.series_runs = stored_whole(json, "series_runs", 0, facts.identity.runs);
    return facts;
}

std::array<double, values_an_event> values_of(const LoggedEvent& event) {
    return {static_cast<double>(event.run), static_cast<double>(event.tick), static_cast<double>(event.event),
            static_cast<double>(event.row), event.count, static_cast<double>(event.cause), event.chance};
}

/// A firing of a run and tick that the snapshot holds; of what event on which row, its model has to say.
LoggedEvent event_from(std::span<const double> values, const SnapshotFacts& facts) {
    const auto is_whole = [](double x, double low, double high) { return x >= low && x <= high && x == std::floor(x); };
    const auto first = static_cast<double>(facts.identity.first_run);
    constexpr double most = std::numeric_limits<int>::max();
    if (!is_whole(values[0], first, first + static_cast<double>(facts.identity.runs) - 1) || !is_whole(values[1], 0, static_cast<double>(facts.tick) - 1) ||
        !is_whole(values[2], 0, most) || !is_whole(values[3], 0, most) || !std::isfinite(values[4]) ||
        !is_whole(values[5], 0, static_cast<double>(EventCause::conditioned)) || values[6] < 0)
        throw StoredValueError("an event that was logged is of no run, tick, event or row");
    return {static_cast<std::int64_t>(values[0]), static_cast<std::int64_t>(values[1]), static_cast<int>(values[2]),
            static_cast<int>(values[3]), values[4], static_cast<EventCause>(static_cast<int>(values[5])), values[6]};
}

/// The snapshot without its values: what the header says.
Snapshot outline(const SnapshotFacts& facts, const Json& json, std::int64_t most_values) {
    Snapshot snapshot;
    snapshot.tick = facts.tick;
    snapshot.seed = facts.identity.seed;
    snapshot.first_run = facts.identity.first_run;
    snapshot.runs = facts.identity.runs;
    snapshot.series_runs = facts.series_runs;
    snapshot.logs_events = facts.logs_events;
    for (const auto& block : stored(json, "blocks"))
        snapshot.blocks.push_back({stored_text(block, "name"), stored_whole(block, "runs", 0, facts.identity.runs), stored_whole(block, "each", 0, most_values), {}});
    for (const auto& failure : stored(json, "failures")) snapshot.failures.push_back(failure_from(failure, facts));
    return snapshot;
}

constexpr const char* origin_of_snapshots = "snapshots come from: entente run FILE --until DATE --snapshot SNAP";

/// What `read` makes of the file, whose checksum is right; what it says may be wrong all the same.
template <class Read>
auto trusted(const SealedFile& file, Read read) {
    try {
        return read();
    } catch (const StoredValueError& wrong) {
        throw Error(fmt::format("'{}' does not match its header: {}", file.path().string(), wrong.what()), origin_of_snapshots);
    }
}

}  // namespace

std::string SnapshotFacts::origin() const {
    return hex_digest(fmt::format("{}|{}", identity_json(identity), tick)).substr(0, 12) + " at " + when;
}

void check_place(const fs::path& file, const Identity& identity, std::int64_t tick) {
    constexpr const char* help = "name another file with --snapshot, or remove that one if it is no longer needed";
    std::error_code ignored;
    const auto status = fs::status(file, ignored);
    if (fs::is_directory(status))
        throw Error(fmt::format("'{}' is a folder, and a snapshot is a file", file.string()), "name a file with --snapshot");
    if (!fs::exists(status)) return;
    std::vector<std::string> found;
    try {
        const SnapshotFacts there = SnapshotFile(file).facts();
        found = differences(there.identity, identity);
        if (there.tick != tick) found.push_back(fmt::format("tick {}, not {}", there.tick, tick));
    } catch (const Error& problem) {
        throw Error(fmt::format("the file exists already: {}", problem.what()), help);
    }
    if (!found.empty()) throw Error(fmt::format("'{}' is another snapshot: {}", file.string(), fmt::join(found, "; ")), help);
}

void prepare_place(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) throw_file_error("create the folder", folder, failure.value(), option);
    StagedFiles(folder, option).write(file.filename().string(), "");
}

void write_snapshot(const fs::path& file, const RunRecord& record, const std::string& when, const Snapshot& snapshot) {
    const auto fill = [&](const Sink& add) {
        add(bytes_of(std::span(snapshot.hashes)));
        for (const auto& block : snapshot.blocks) add(bytes_of(std::span(block.values)));
        for (const auto& event : snapshot.log) add(bytes_of(std::span<const double>(values_of(event))));
    };
    write_sealed(file, kind, header_of(record, when, snapshot), fill, option);
}

SnapshotFile::SnapshotFile(fs::path path)
    : file_(std::move(path), kind, origin_of_snapshots), facts_(trusted(file_, [&] { return facts_from(file_.header()); })) {
    if (facts_.identity.entente != version())
        throw Error(fmt::format("'{}' is of Entente {}, and this is Entente {}", file_.path().string(), facts_.identity.entente, version()),
                    "take the snapshot again with this version, or continue with that one");
}

void SnapshotFile::check_scenario(const std::string& path, const std::string& hash) const {
    if (hash == facts_.identity.scenario_hash) return;
    throw Error(fmt::format("'{}' was taken of another scenario than '{}', or of another version of its files", file_.path().string(),
                            path),
                "continue with the files as they were then, or take the snapshot again");
}

Snapshot SnapshotFile::read() const {
    need_memory(static_cast<double>(fs::file_size(file_.path())), fmt::format("the snapshot '{}'", file_.path().string()),
                "take snapshots of fewer runs at a time (--first-run), or keep fewer series in them (--series)");
    return trusted(file_, [&] { return read_trusted(); });
}

Snapshot SnapshotFile::read_trusted() const {
    const Json json = stored_json(file_.header());
    const auto most_values = static_cast<std::int64_t>(fs::file_size(file_.path()) / sizeof(double));
    Snapshot snapshot = outline(facts_, json, most_values);
    const std::int64_t events = stored_whole(json, "logged_events", 0, most_values);
    std::int64_t values = snapshot.runs + values_an_event * events;
    for (const auto& block : snapshot.blocks)
        values = block.each > 0 && block.runs > most_values / block.each ? most_values : std::min(values + block.runs * block.each, most_values);
    file_.expect(values);
    std::int64_t at = 0;
    const auto take = [&](auto& into, std::int64_t count) {
        into.resize(static_cast<std::size_t>(count));
        file_.read(at, std::span(into));
        at += count;
    };
    take(snapshot.hashes, snapshot.runs);
    for (auto& block : snapshot.blocks) take(block.values, block.runs * block.each);
    std::vector<double> log;
    take(log, values_an_event * events);
    for (std::size_t event = 0; event < log.size(); event += values_an_event)
        snapshot.log.push_back(event_from(std::span(log).subspan(event, values_an_event), facts_));
    return snapshot;
}

}  // namespace entente
