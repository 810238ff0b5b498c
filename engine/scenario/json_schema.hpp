/// A JSON Schema (draft 7) of scenario files, made of the tables of keys by which they are read: editors complete keys by it and show what they mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <entente/scenario/keys.hpp>

namespace entente {

/// The schema as JSON text. It knows the shape of a file and no names: what it refuses the reader refuses, and it takes all that the reader takes, but
/// two ways of writing that people seldom mean: the key `true` for `on`, and `yes` for the whole number 1.
std::string scenario_json_schema();

/// What may stand where a key's type is told in these words, as a JSON Schema in JSON; nothing for words that no key has.
std::optional<std::string_view> shape_of_type(std::string_view type);

/// The name of a section among the definitions of the schema.
std::string_view definition_of(Section section);
/// Which keys of a section go together, as a JSON Schema in JSON; `{}` where all do.
std::string_view key_rules(Section section);
/// The definitions that are no sections, as one JSON object.
std::string_view shared_definitions();

}  // namespace entente
