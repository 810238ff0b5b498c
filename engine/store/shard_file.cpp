#include <entente/store/shard_file.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/store/stored_values.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const RunFailure& failure) {
    return {{"run", failure.run},   {"tick", failure.tick}, {"step", failure.step}, {"statement", failure.statement},
            {"row", failure.row}, {"message", failure.message}};
}

RunFailure failure_from(const Json& json, std::int64_t runs) {
    return {stored_whole(json, "run", 0, runs - 1), stored_whole(json, "tick", -1, std::numeric_limits<std::int64_t>::max() - 1), stored_text(json, "step"),
            stored_text(json, "statement"),         stored_text(json, "row"),                                                     stored_text(json, "message")};
}

std::string header_of(const Study& study, const Tile& tile, const TileResults& made, const std::string& study_key) {
    Json failures = Json::array();
    for (const auto& failure : made.results.failures) failures.push_back(to_json(failure));
    Json columns = Json::array();
    Json rows = Json::array();
    bool has_rows = false;
    for (const auto& column : value_columns(made.results)) {
        columns.push_back(column.name);
        rows.push_back(column.columns);
        has_rows |= column.columns != 1;
    }
    Json json = {{"study", study_key},
                       {"alternative", tile.alternative},
                       {"points", tile.points.size()},
                       {"first_replicate", tile.first_replicate},
                       {"replicates", tile.replicates},
                       {"factors", study.identity_names()},
                       {"columns", columns},
                       {"failures", failures},
                 {"event_totals", made.results.event_totals}};
    if (has_rows) json["column_rows"] = rows;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ShardFacts facts_from(const Json& json) {
    const std::int64_t points = stored_whole(json, "points", 1, most_runs);
    ShardFacts facts{.study = stored_text(json, "study"),
                     .alternative = static_cast<int>(stored_whole(json, "alternative", 0, std::numeric_limits<int>::max())),
                     .points = points,
                     .first_replicate = stored_whole(json, "first_replicate", 0, most_runs),
                     .replicates = stored_whole(json, "replicates", 1, most_runs / points),
                     .factors = stored_texts(json, "factors"),
                     .columns = stored_texts(json, "columns"),
                     .column_rows = {},
                     .failures = {},
                     .event_totals = stored_numbers(json, "event_totals")};
    facts.column_rows = json.contains("column_rows") ? stored_wholes(json, "column_rows", 0, most_runs) : std::vector<std::int64_t>(facts.columns.size(), 1);
    if (facts.column_rows.size() != facts.columns.size()) throw StoredValueError(fmt::format("'column_rows' has {} values, not {}", facts.column_rows.size(), facts.columns.size()));
    for (const auto& failure : stored(json, "failures")) facts.failures.push_back(failure_from(failure, facts.runs()));
    return facts;
}

ShardFacts read_facts(const SealedFile& file) {
    try {
        return facts_from(stored_json(file.header()));
    } catch (const StoredValueError& wrong) {
        throw Error(fmt::format("'{}' does not match its header: {}", file.path().string(), wrong.what()));
    }
}

/// Where a column's values stand: in a list that has `each` for a run, at `at`.
struct Place {
    std::size_t each;
    std::size_t at;
};

Place place_of(const Results& results, const ValueColumn& column, std::size_t row) {
    if (column.year < 0) return {column.columns, row};
    return {results.years.size() * column.columns, static_cast<std::size_t>(column.year) * column.columns + row};
}

std::int64_t columns_in(const ShardFacts& facts) {
    return std::reduce(facts.column_rows.begin(), facts.column_rows.end());
}

}  // namespace

std::vector<double> column_values(const Results& results, const ValueColumn& column, std::size_t row) {
    const auto& all = (column.year < 0 ? results.final_values : results.yearly)[column.measure];
    const auto [each, at] = place_of(results, column, row);
    std::vector<double> values(static_cast<std::size_t>(results.runs));
    for (std::size_t run = 0; run < values.size(); ++run) values[run] = all[run * each + at];
    return values;
}

void put_column_values(Results& results, const ValueColumn& column, std::size_t row, std::span<const double> values) {
    auto& all = (column.year < 0 ? results.final_values : results.yearly)[column.measure];
    const auto [each, at] = place_of(results, column, row);
    for (std::size_t run = 0; run < values.size(); ++run) all[run * each + at] = values[run];
}

bool ShardFacts::holds(const std::vector<ValueColumn>& wanted) const {
    return std::ranges::equal(columns, wanted, {}, {}, &ValueColumn::name) &&
           std::ranges::equal(column_rows, wanted, {}, {}, [](const ValueColumn& one) { return static_cast<std::int64_t>(one.columns); });
}

std::vector<ValueColumn> value_columns(const Results& results) {
    std::vector<ValueColumn> columns;
    std::size_t next = 0;
    const auto add = [&](std::string name, std::size_t measure, int year) {
        columns.push_back({std::move(name), measure, year, next, results.measures[measure].width()});
        next += columns.back().columns;
    };
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        const auto& measure = results.measures[m];
        add(measure.name, m, -1);
        if (measure.form != MeasureInfo::Form::yearly) continue;
        for (std::size_t year = 0; year < results.years.size(); ++year)
            add(fmt::format("{}[{}]", measure.name, results.years[year]), m, static_cast<int>(year));
    }
    return columns;
}

std::string shard_name(const Study& study, const Tile& tile, const std::string& study_key) {
    Digest digest;
    digest.add(study_key).add(static_cast<std::uint64_t>(tile.alternative));
    digest.add(static_cast<std::uint64_t>(tile.first_replicate)).add(static_cast<std::uint64_t>(tile.replicates));
    for (const std::int64_t point : tile.points) digest.add(std::span<const double>(study.identity_of(point)));
    return digest.hex().substr(0, 20) + ".shard";
}

std::string write_shard(const std::filesystem::path& folder, const std::string& name, const Study& study, const Tile& tile,
                        const TileResults& made, const std::string& study_key) {
    return write_sealed(folder / name, "shard", header_of(study, tile, made, study_key), [&](const Sink& add) {
        for (const std::int64_t point : tile.points) add(bytes_of(std::span<const double>(study.identity_of(point))));
        add(bytes_of(std::span<const std::uint64_t>(made.hashes)));
        for (const auto& column : value_columns(made.results))
            for (std::size_t row = 0; row < column.columns; ++row)
                add(bytes_of(std::span<const double>(column_values(made.results, column, row))));
    });
}

ShardFile::ShardFile(std::filesystem::path path) : file_(std::move(path), "shard"), facts_(read_facts(file_)) {
    file_.expect(facts_.points * std::ssize(facts_.factors) + facts_.runs() * (1 + columns_in(facts_)));
}

std::vector<double> ShardFile::points() const {
    std::vector<double> values(static_cast<std::size_t>(facts_.points) * facts_.factors.size());
    file_.read(0, std::span(values));
    return values;
}

std::vector<std::uint64_t> ShardFile::hashes() const {
    std::vector<std::uint64_t> values(static_cast<std::size_t>(facts_.runs()));
    file_.read(facts_.points * std::ssize(facts_.factors), std::span(values));
    return values;
}

std::vector<double> ShardFile::column(std::size_t number) const {
    std::vector<double> values(static_cast<std::size_t>(facts_.runs()));
    const std::int64_t before = facts_.points * std::ssize(facts_.factors) + facts_.runs() * (1 + static_cast<std::int64_t>(number));
    file_.read(before, std::span(values));
    return values;
}

}  // namespace entente
