#include <entente/output/formats_reference.hpp>

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/output/json_formats.hpp>
#include <entente/output/series_format.hpp>
#include <entente/output/table_formats.hpp>
#include <entente/store/file_format.hpp>
#include <entente/store/ledger.hpp>

namespace entente {

namespace {

using FormatsJson = nlohmann::ordered_json;

std::string_view presence_told(Presence presence) {
    switch (presence) {
        case Presence::always:
            return "";
        case Presence::sometimes:
            return ", not always";
        case Presence::each:
            return ", one each";
        case Presence::beside:
            return ", beside it";
    }
    return "";
}

std::string preamble() {
    return fmt::format(
        "# Files that Entente writes\n\n"
        "Each file has the version of its format: JSON as its key `format`, series.nc as its attribute `format`, tables as the key `tables` of the manifest.json beside them ({}), "
        "the ledger as its `user_version`, snapshots and shards in their first line. A version grows when a key or column is renamed, removed or given another meaning, and files of another version are refused "
        "in words; new keys and columns alone leave it, so that programs should go by names and not by places.\n\n"
        "Until 1.0, names of columns and keys that are told here stay as they are unless CHANGELOG.md says so and the version grows; digests may differ between versions, and snapshots and "
        "shards are for the version that wrote them. Texts for people (`about`, `findings`, `verdict`, messages) may be worded otherwise at any time, and so may summaries and pages.\n\n"
        "In tables, numbers read back to the same double, dates are ISO days (2021-08-15) or, in a calendar without dates, ticks; what is not known and what never came is empty. The first line "
        "names the columns; cells with a comma or quote stand in quotes; files are UTF-8. In JSON a number that is not known is null. What stands in `<…>` is written in its place.\n\n",
        file_format::tables);
}

std::string told(const TableFormat& format) {
    std::string out = fmt::format("## {} ({})\n\nA row is {}.\n\n| column | unit | meaning |\n|---|---|---|\n", format.file, format.commands, format.row);
    for (const TableColumn& column : format.columns) out += fmt::format("| `{}`{} | {} | {} |\n", column.name, presence_told(column.presence), column.unit, column.meaning);
    return out + '\n';
}

std::string keys_told(std::span<const JsonKey> keys) {
    std::string out = "| key | value | meaning |\n|---|---|---|\n";
    for (const JsonKey& key : keys)
        out += fmt::format("| `{}` | {}{} | {} |\n", key.path, key.type, key.has.empty() ? "" : fmt::format(", a {}", key.has), key.meaning);
    return out + '\n';
}

std::string series_told() {
    std::string out = fmt::format(
        "## series.nc (run)\n\nNetCDF-4, format {}. A measure is a variable of doubles under its name: a series over run and time, a yearly one over run and year, others over run; one "
        "with `on` over the rows of its kind besides. What is not known is NaN.\n\n| what | name | meaning |\n|---|---|---|\n",
        file_format::series);
    for (const SeriesPart& part : series_parts()) out += fmt::format("| {} | `{}` | {} |\n", name_of(part.of), part.name, part.meaning);
    return out + '\n';
}

std::string ledger_told() {
    std::string out = fmt::format("## ledger.sqlite (sweep, sensitivity, compare, score)\n\nAn SQLite file of `user_version` {} with one table, `shards`: a line for each file in the folder `shards`. It is rebuilt where it is lost.\n\n", ledger_version) +
                      "| column | type | meaning |\n|---|---|---|\n";
    for (const LedgerColumn& column : ledger_columns()) out += fmt::format("| `{}` | {} | {} |\n", column.name, column.type, column.meaning);
    return out + '\n';
}

constexpr std::string_view sealed_told =
    "## Snapshots and shards (run --snapshot, condition, studies)\n\n"
    "A line `entente-snapshot 1 N` or `entente-shard 1 N`, N bytes of JSON that say what is in the file, values of 64 bits in little-endian order, and 32 hexadecimal digits: XXH3-128 of all before. "
    "A snapshot holds a hash of each run, its state, block after block, and five doubles for each logged event: run, tick, event, row, count; a shard its points, a hash of each run, and each "
    "column, a double a run. Both are read by the version of Entente that wrote them.\n\n"
    "## report.html\n\nA page for people. What it draws stands in it as JSON, `entente-report/1`, which may change with every version: programs read the files beside it.\n\n";

FormatsJson keys_json(std::span<const JsonKey> keys) {
    FormatsJson all = FormatsJson::array();
    for (const JsonKey& key : keys) {
        FormatsJson one{{"path", key.path}, {"type", key.type}, {"meaning", key.meaning}};
        if (!key.has.empty()) one["has"] = key.has;
        all.push_back(std::move(one));
    }
    return all;
}

std::string_view presence_name(Presence presence) {
    switch (presence) {
        case Presence::always:
            return "always";
        case Presence::sometimes:
            return "sometimes";
        case Presence::each:
            return "each";
        case Presence::beside:
            return "beside";
    }
    return "";
}

FormatsJson tables_json() {
    FormatsJson all = FormatsJson::array();
    for (const TableFormat& format : table_formats()) {
        FormatsJson columns = FormatsJson::array();
        for (const TableColumn& column : format.columns)
            columns.push_back({{"name", column.name}, {"presence", presence_name(column.presence)}, {"unit", column.unit}, {"meaning", column.meaning}});
        all.push_back({{"file", format.file}, {"commands", format.commands}, {"row", format.row}, {"columns", columns}});
    }
    return all;
}

}  // namespace

std::string formats_reference() {
    std::string out = preamble();
    for (const TableFormat& format : table_formats()) out += told(format);
    for (const JsonFormat& format : json_formats()) out += fmt::format("## {} ({})\n\n", format.format, format.where) + keys_told(format.keys);
    out += "## Parts of JSON\n\nKeys that several objects have.\n\n";
    for (const JsonPart& part : json_parts()) out += fmt::format("### {}: {}\n\n", part.name, part.about) + keys_told(part.keys);
    out += "## entente-resolved-scenario/1 (describe --json; `scenario` in manifests)\n\nThe scenario with all its files as one object, with the keys of the language (`entente reference`).\n\n"
           "## entente-explanation/1 (explain --json)\n\nWhat a scenario was compiled into. It tells of the engine's inside and may change with every version.\n\n";
    return out + series_told() + ledger_told() + std::string(sealed_told);
}

std::string formats_json() {
    FormatsJson json{{"tables", tables_json()}, {"json", FormatsJson::array()}, {"parts", FormatsJson::array()}, {"series", FormatsJson::array()}, {"ledger", FormatsJson::array()}};
    for (const JsonFormat& format : json_formats()) json["json"].push_back({{"format", format.format}, {"where", format.where}, {"keys", keys_json(format.keys)}});
    for (const JsonPart& part : json_parts()) json["parts"].push_back({{"name", part.name}, {"about", part.about}, {"keys", keys_json(part.keys)}});
    for (const SeriesPart& part : series_parts()) json["series"].push_back({{"of", name_of(part.of)}, {"name", part.name}, {"meaning", part.meaning}});
    for (const LedgerColumn& column : ledger_columns()) json["ledger"].push_back({{"name", column.name}, {"type", column.type}, {"meaning", column.meaning}});
    return json.dump(2) + '\n';
}

}  // namespace entente
