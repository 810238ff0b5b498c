#include <entente/results/shard_file.hpp>

#include <bit>
#include <cerrno>
#include <charconv>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/results/staged_files.hpp>

namespace entente {

static_assert(std::endian::native == std::endian::little);

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view magic = "entente-shard 1 ";
constexpr std::int64_t checksum_digits = 32;
constexpr std::size_t piece = std::size_t{1} << 20;  ///< bytes checked at a time

template <typename T>
std::string_view bytes_of(std::span<const T> values) {
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

Json to_json(const RunFailure& failure) {
    return {{"run", failure.run},   {"tick", failure.tick}, {"step", failure.step}, {"statement", failure.statement},
            {"row", failure.row}, {"message", failure.message}};
}

RunFailure failure_from(const Json& json) {
    return {json.at("run"), json.at("tick"), json.at("step"), json.at("statement"), json.at("row"), json.at("message")};
}

std::string header_of(const Study& study, const Tile& tile, const TileResults& made, const std::string& study_key) {
    Json failures = Json::array();
    for (const auto& failure : made.results.failures) failures.push_back(to_json(failure));
    Json columns = Json::array();
    for (const auto& column : value_columns(made.results)) columns.push_back(column.name);
    const Json json = {{"study", study_key},
                       {"alternative", tile.alternative},
                       {"points", tile.points.size()},
                       {"first_replicate", tile.first_replicate},
                       {"replicates", tile.replicates},
                       {"factors", study.points.names},
                       {"columns", columns},
                       {"failures", failures},
                       {"event_totals", made.results.event_totals}};
    return json.dump();
}

ShardFacts facts_from(const std::string& header) {
    const Json json = Json::parse(header);
    ShardFacts facts{.study = json.at("study"),
                     .alternative = json.at("alternative"),
                     .points = json.at("points"),
                     .first_replicate = json.at("first_replicate"),
                     .replicates = json.at("replicates"),
                     .factors = json.at("factors"),
                     .columns = json.at("columns"),
                     .failures = {},
                     .event_totals = json.at("event_totals")};
    for (const auto& failure : json.at("failures")) facts.failures.push_back(failure_from(failure));
    return facts;
}

std::vector<double> values_of(const Results& results, const ValueColumn& column) {
    if (column.year < 0) return results.final_values[column.measure];
    std::vector<double> values;
    for (std::size_t run = 0; run < static_cast<std::size_t>(results.runs); ++run)
        values.push_back(results.yearly[column.measure][run * results.years.size() + static_cast<std::size_t>(column.year)]);
    return values;
}

}  // namespace

std::vector<ValueColumn> value_columns(const Results& results) {
    std::vector<ValueColumn> columns;
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        const auto& measure = results.measures[m];
        if (measure.form == MeasureInfo::Form::panel) continue;
        columns.push_back({measure.name, m, -1});
        if (measure.form != MeasureInfo::Form::yearly) continue;
        for (std::size_t year = 0; year < results.years.size(); ++year)
            columns.push_back({fmt::format("{}_{}", measure.name, results.years[year]), m, static_cast<int>(year)});
    }
    return columns;
}

std::string shard_name(const Study& study, const Tile& tile, const std::string& study_key) {
    Digest digest;
    digest.add(study_key).add(static_cast<std::uint64_t>(tile.alternative));
    digest.add(static_cast<std::uint64_t>(tile.first_replicate)).add(static_cast<std::uint64_t>(tile.replicates));
    for (const std::int64_t point : tile.points)
        if (!study.varied.empty()) digest.add(study.points.row(static_cast<std::size_t>(point)));
    return digest.hex().substr(0, 20) + ".shard";
}

std::string write_shard(const std::filesystem::path& folder, const std::string& name, const Study& study, const Tile& tile,
                        const TileResults& made, const std::string& study_key) {
    Digest digest;
    StagedFiles files(folder);
    files.write(name, [&](const Sink& sink) {
        const auto add = [&](std::string_view bytes) {
            digest.add(bytes);
            sink(bytes);
        };
        const std::string header = header_of(study, tile, made, study_key);
        add(fmt::format("{}{}\n", magic, header.size()));
        add(header);
        for (const std::int64_t point : tile.points)
            if (!study.varied.empty()) add(bytes_of(study.points.row(static_cast<std::size_t>(point))));
        add(bytes_of(std::span<const std::uint64_t>(made.hashes)));
        for (const auto& column : value_columns(made.results)) add(bytes_of(std::span<const double>(values_of(made.results, column))));
        sink(digest.hex());
    });
    files.publish();
    return digest.hex();
}

ShardFile::ShardFile(std::filesystem::path path) : path_(std::move(path)) {
    std::ifstream file(path_, std::ios::binary);
    const auto fault = [&](std::string_view what) { return Error(fmt::format("'{}' {}", path_.string(), what)); };
    if (!file) throw fault("can't be read");
    std::string first;
    std::getline(file, first);
    std::int64_t header_size = -1;
    const char* const end = first.data() + first.size();
    if (!first.starts_with(magic) || std::from_chars(first.data() + magic.size(), end, header_size).ptr != end || header_size < 0)
        throw fault("is no shard");
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path_));
    const auto header_at = static_cast<std::int64_t>(first.size()) + 1;
    values_at_ = header_at + header_size;
    if (values_at_ + checksum_digits > size) throw fault("was cut short");

    Digest digest;
    digest.add(first).add("\n");
    std::string header;
    std::string buffer;
    for (std::int64_t at = header_at; at < size - checksum_digits; at += static_cast<std::int64_t>(buffer.size())) {
        const std::int64_t wanted = at < values_at_ ? header_size : std::min<std::int64_t>(piece, size - checksum_digits - at);
        buffer.resize(static_cast<std::size_t>(wanted));
        if (!file.read(buffer.data(), wanted)) throw fault("can't be read");
        digest.add(buffer);
        if (at < values_at_) header = buffer;
    }
    checksum_.resize(checksum_digits);
    file.read(checksum_.data(), checksum_digits);
    if (!file || digest.hex() != checksum_) throw fault("was cut short or changed");
    facts_ = facts_from(header);
    const auto doubles = facts_.points * std::ssize(facts_.factors) + facts_.runs() * (1 + std::ssize(facts_.columns));
    if (values_at_ + 8 * doubles + checksum_digits != size) throw fault("holds other than it says");
}

void ShardFile::read(std::int64_t offset, void* to, std::size_t bytes) const {
    std::ifstream file(path_, std::ios::binary);
    file.seekg(values_at_ + offset);
    if (!file.read(static_cast<char*>(to), static_cast<std::streamsize>(bytes))) throw_file_error("read", path_, errno);
}

std::vector<double> ShardFile::points() const {
    std::vector<double> values(static_cast<std::size_t>(facts_.points) * facts_.factors.size());
    read(0, values.data(), values.size() * sizeof(double));
    return values;
}

std::vector<std::uint64_t> ShardFile::hashes() const {
    std::vector<std::uint64_t> values(static_cast<std::size_t>(facts_.runs()));
    read(8 * facts_.points * std::ssize(facts_.factors), values.data(), values.size() * sizeof(std::uint64_t));
    return values;
}

std::vector<double> ShardFile::column(std::size_t number) const {
    std::vector<double> values(static_cast<std::size_t>(facts_.runs()));
    const std::int64_t before = facts_.points * std::ssize(facts_.factors) + facts_.runs() * (1 + static_cast<std::int64_t>(number));
    read(8 * before, values.data(), values.size() * sizeof(double));
    return values;
}

}  // namespace entente
