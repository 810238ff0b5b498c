#include <entente/scenario/json_schema.hpp>

#include <cassert>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/scenario/shared_keys.hpp>

namespace entente {
namespace {

using SchemaJson = nlohmann::ordered_json;

constexpr int sections_of_files = static_cast<int>(Section::regular) + 1;

SchemaJson schema_of_key(const KeyEntry& entry) {
    const auto shape = shape_of_type(entry.type);
    assert(shape);
    SchemaJson json{{"description", entry.meaning}, {"markdownDescription", fmt::format("*{}*\n\n{}", entry.type, entry.meaning)}};
    json.update(SchemaJson::parse(*shape));
    return json;
}

/// Whether a key of an earlier file holds where one that overrides has none.
bool keeps_other_keys(Section section) {
    for (const KeyEntry& entry : keys_of(section))
        if (entry.key == shared_keys::override_key.key) return entry.meaning == shared_keys::override_key.meaning;
    return false;
}

/// What must be there: of what overrides another, nothing.
void add_required(SchemaJson& json, Section section) {
    SchemaJson required = SchemaJson::array();
    for (const KeyEntry& entry : keys_of(section))
        if (entry.need == Need::required) required.push_back(entry.key);
    if (required.empty()) return;
    if (keeps_other_keys(section))
        json["anyOf"] = {{{"required", required}}, {{"required", {shared_keys::override_key.key}}}};
    else
        json["required"] = required;
}

/// A mapping that has these keys and no others.
SchemaJson schema_of_section(Section section) {
    SchemaJson json{{"title", name_of(section)}, {"type", "object"}, {"additionalProperties", false}, {"properties", SchemaJson::object()}};
    for (const KeyEntry& entry : keys_of(section)) json["properties"][std::string(entry.key)] = schema_of_key(entry);
    return json;
}

SchemaJson whole_section(Section section) {
    SchemaJson json = schema_of_section(section);
    add_required(json, section);
    json.update(SchemaJson::parse(key_rules(section)));
    return json;
}

/// The keys that a variant may give an input anew.
SchemaJson schema_of_other_input() {
    SchemaJson json = schema_of_section(Section::input);
    for (const char* fixed : {"on", "unit", "override"}) json["properties"].erase(fixed);
    return json;
}

}  // namespace

std::string scenario_json_schema() {
    SchemaJson json{{"$schema", "http://json-schema.org/draft-07/schema#"}};
    json.update(whole_section(Section::top));
    SchemaJson& definitions = json["definitions"] = SchemaJson::parse(shared_definitions());
    for (int i = 1; i < sections_of_files; ++i) {
        const auto section = static_cast<Section>(i);
        definitions[std::string(definition_of(section))] = whole_section(section);
    }
    definitions["other_input"] = schema_of_other_input();
    return json.dump(2) + "\n";
}

}  // namespace entente
