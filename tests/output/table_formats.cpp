// Tests: json_formats, json_keys, series_format, formats_reference.
#include <entente/output/table_formats.hpp>

#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <entente/output/formats_reference.hpp>
#include <entente/output/json_formats.hpp>
#include <entente/output/series_format.hpp>

namespace entente {
namespace {

TEST(TableFormats, are_in_the_order_of_their_names) {
    for (const TableFormat& format : table_formats()) EXPECT_EQ(&format_of(format.table), &format);
    EXPECT_EQ(format_of(ResultTable::filtered).file, "filtered.csv");
}

TEST(TableFormats, name_and_explain_each_column_once) {
    for (const TableFormat& format : table_formats()) {
        std::set<std::string_view> names;
        for (const TableColumn& column : format.columns) {
            EXPECT_TRUE(names.insert(column.name).second) << format.file << " has " << column.name << " twice";
            EXPECT_FALSE(column.meaning.empty()) << column.name;
            EXPECT_FALSE(column.unit.empty()) << column.name;
            EXPECT_EQ(column.name.find('<') != std::string_view::npos, column.presence == Presence::each || column.presence == Presence::beside) << column.name;
        }
    }
}

TEST(TableFormats, head_tables_whose_columns_are_always_the_same) {
    EXPECT_EQ(table_head(ResultTable::events), "run,tick,date,event,on,count,cameo,goldstein,cause,chance\n");
    EXPECT_EQ(table_head(ResultTable::scales), "generation,summary,scale\n");
}

TEST(TableFormats, put_names_in_the_place_of_columns_that_differ) {
    const auto names = [](std::string_view column) -> std::vector<std::string> {
        if (column == "<factor>") return {"gain", "a, b"};
        if (column == "<measure>") return {"trust", "trust[2024]"};
        return column == "point" ? std::vector<std::string>{"point"} : std::vector<std::string>();
    };
    EXPECT_EQ(table_head(ResultTable::runs, names), "run,point,replicate,status,gain,\"a, b\",trust,trust[2024]\n");
}

TEST(FormatsReference, tells_every_column_key_and_attribute) {
    const std::string text = formats_reference();
    const auto tells = [&](std::string_view name) { return text.find("`" + std::string(name) + "`") != std::string::npos; };
    for (const TableFormat& format : table_formats())
        for (const TableColumn& column : format.columns) EXPECT_TRUE(tells(column.name)) << column.name;
    for (const JsonFormat& format : json_formats())
        for (const JsonKey& key : format.keys) EXPECT_TRUE(tells(key.path)) << key.path;
    for (const SeriesPart& part : series_parts()) EXPECT_TRUE(tells(part.name)) << part.name;
}

TEST(FormatsReference, knows_the_parts_that_keys_refer_to) {
    std::set<std::string_view> parts;
    for (const JsonPart& part : json_parts()) parts.insert(part.name);
    for (const JsonFormat& format : json_formats())
        for (const JsonKey& key : format.keys) EXPECT_TRUE(key.has.empty() || parts.contains(key.has)) << key.path;
}

TEST(FormatsReference, is_there_as_json) {
    const auto json = nlohmann::json::parse(formats_json());
    EXPECT_EQ(json["tables"].size(), table_formats().size());
    EXPECT_EQ(json["tables"][0]["columns"][0], nlohmann::json::parse(R"({"name": "run", "presence": "always", "unit": "number",
        "meaning": "the run, from 0 on in its folder; in `run` the number that --first-run takes"})"));
    EXPECT_EQ(json["ledger"][0]["name"], "shard");
}

}  // namespace
}  // namespace entente
