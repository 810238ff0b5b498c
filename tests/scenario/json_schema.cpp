// Tests: json_schema, json_schema_shapes.
#include <set>

#include <nlohmann/json.hpp>

#include <entente/scenario/json_schema.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

using nlohmann::json;

constexpr int sections = static_cast<int>(Section::regular) + 1;

json definition(const json& schema, Section section) {
    return section == Section::top ? schema : schema["definitions"][std::string(definition_of(section))];
}

TEST(JsonSchema, knows_every_key_of_every_section_and_no_other) {
    const json schema = json::parse(scenario_json_schema());
    for (int i = 0; i < sections; ++i) {
        const auto section = static_cast<Section>(i);
        const json part = definition(schema, section);
        ASSERT_TRUE(part.is_object()) << definition_of(section);
        EXPECT_EQ(part["additionalProperties"], false);
        std::set<std::string> keys;
        for (const auto& [key, value] : part["properties"].items()) keys.insert(key);
        const auto names = key_names(section);
        EXPECT_EQ(keys, std::set<std::string>(names.begin(), names.end())) << definition_of(section);
        for (const KeyEntry& entry : keys_of(section)) EXPECT_EQ(part["properties"][std::string(entry.key)]["description"], entry.meaning);
    }
}

TEST(JsonSchema, knows_what_each_type_that_the_keys_have_is) {
    for (int i = 0; i < sections; ++i)
        for (const KeyEntry& entry : keys_of(static_cast<Section>(i))) {
            const auto shape = shape_of_type(entry.type);
            ASSERT_TRUE(shape) << entry.key << " is a " << entry.type;
            EXPECT_TRUE(json::accept(*shape)) << entry.type;
        }
    EXPECT_FALSE(shape_of_type("a wish"));
}

/// Every `$ref` in a schema.
void collect_references(const json& schema, std::set<std::string>& found) {
    if (schema.is_object() && schema.contains("$ref") && schema["$ref"].is_string()) found.insert(schema["$ref"]);
    for (const json& part : schema)
        if (part.is_structured()) collect_references(part, found);
}

TEST(JsonSchema, refers_to_what_it_defines_and_defines_what_it_refers_to) {
    const json schema = json::parse(scenario_json_schema());
    std::set<std::string> referred;
    collect_references(schema, referred);
    std::set<std::string> defined;
    for (const auto& [name, value] : schema["definitions"].items()) defined.insert("#/definitions/" + name);
    EXPECT_EQ(referred, defined);
}

TEST(JsonSchema, requires_what_the_reader_requires_of_a_file_alone) {
    const json schema = json::parse(scenario_json_schema());
    EXPECT_EQ(schema["required"], json({"entente"}));
    EXPECT_EQ(definition(schema, Section::rule)["required"], json({"rule", "on", "do"}));
    EXPECT_FALSE(definition(schema, Section::link_kind).contains("required"));  // a file that uses another may add to its links
    EXPECT_EQ(definition(schema, Section::parameter)["anyOf"], json::parse(R"([{"required": ["value"]}, {"required": ["override"]}])"));
}

TEST(Keys, of_links_may_be_divided_among_files) {
    const Folder folder;
    folder.write("lib.yaml", "entente: 1\nagents: {state: {members: [a, b]}}\nlinks: {tie: {source: state, target: state, members: [a -> b]}}\n");
    folder.write("w.yaml", "entente: 1\nuse: [lib.yaml]\ncalendar: {ticks: 1}\nlinks: {tie: {members: [b -> a]}}\n");
    EXPECT_EQ(folder.said_about("w.yaml"), "");
    EXPECT_NE(language_reference().find("| `source`, required in one file of those used | agent kind | where its links begin |"), std::string::npos);
}

}  // namespace
}  // namespace entente::test
