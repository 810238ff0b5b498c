// What the words for types in the tables of keys mean to a JSON Schema.

#include <algorithm>
#include <array>
#include <utility>

#include <entente/scenario/json_schema.hpp>

namespace entente {
namespace {

using Shape = std::pair<std::string_view, std::string_view>;  ///< words, and what they mean

constexpr std::array shapes{
    // -- scalars -----------------------------------------------------------------------------------------------------------------------------
    Shape{"1", R"json({"enum": [1]})json"},
    Shape{"text", R"json({"$ref": "#/definitions/text"})json"},
    Shape{"unit", R"json({"$ref": "#/definitions/text", "examples": ["share", "1/year", "million GBP/year", "t per person and year"]})json"},
    Shape{"name", R"json({"$ref": "#/definitions/name"})json"},
    Shape{"expression", R"json({"$ref": "#/definitions/expression"})json"},
    Shape{"expression over columns", R"json({"$ref": "#/definitions/expression"})json"},
    Shape{"column or expression over columns", R"json({"$ref": "#/definitions/expression"})json"},
    Shape{"number or expression", R"json({"$ref": "#/definitions/expression"})json"},
    Shape{"number", R"json({"$ref": "#/definitions/number_or_level"})json"},
    Shape{"number or parameter", R"json({"$ref": "#/definitions/expression"})json"},
    Shape{"number from 0", R"json({"allOf": [{"$ref": "#/definitions/number"}, {"minimum": 0}]})json"},
    Shape{"number from 1", R"json({"allOf": [{"$ref": "#/definitions/number"}, {"minimum": 1}]})json"},
    Shape{"number from 0 to 1", R"json({"allOf": [{"$ref": "#/definitions/number"}, {"minimum": 0, "maximum": 1}]})json"},
    Shape{"number from -10 to 10", R"json({"allOf": [{"$ref": "#/definitions/number"}, {"minimum": -10, "maximum": 10}]})json"},
    Shape{"whole number", R"json({"$ref": "#/definitions/whole_number"})json"},
    Shape{"whole number from 1", R"json({"allOf": [{"$ref": "#/definitions/whole_number"}, {"minimum": 1}]})json"},
    Shape{"number of agents", R"json({"allOf": [{"$ref": "#/definitions/whole_number"}, {"minimum": 1, "maximum": 1000000000}]})json"},
    Shape{"even number", R"json({"allOf": [{"$ref": "#/definitions/whole_number"}, {"minimum": 2, "multipleOf": 2}]})json"},
    Shape{"date", R"json({"$ref": "#/definitions/date"})json"},
    Shape{"day, month, quarter or year", R"json({"$ref": "#/definitions/period"})json"},
    Shape{"day, month, quarter or year, or `yes`", R"json({"$ref": "#/definitions/recorded"})json"},
    Shape{"length", R"json({"type": "string", "pattern": "^([0-9.]+(e[-+]?[0-9]+)? +)?(day|week|month|quarter|year)s?$",
                        "examples": ["day", "week", "month", "quarter", "year", "3.5 days", "2 weeks"]})json"},
    Shape{"distribution", R"json({"type": "string", "pattern": "^ *(uniform|loguniform|normal|lognormal|beta|choice|integers) *\\(.*\\) *$",
                              "examples": ["uniform(0, 1)", "loguniform(0.01, 1)", "normal(0, 1)", "lognormal(0, 1)", "beta(2, 2)",
                                           "choice(1, 2, 5)", "integers(0, 10)"]})json"},
    Shape{"yes", R"json({"$ref": "#/definitions/yes_or_no"})json"},
    Shape{"yes or no", R"json({"$ref": "#/definitions/yes_or_no"})json"},
    Shape{"4 or 8", R"json({"enum": [4, 8]})json"},
    Shape{"`run` or `year`", R"json({"enum": ["run", "year"]})json"},
    Shape{"`hold` or `linear`", R"json({"enum": ["hold", "linear"]})json"},
    Shape{"`error` or `hold`", R"json({"enum": ["error", "hold"]})json"},
    Shape{"`error` or `skip`", R"json({"enum": ["error", "skip"]})json"},
    Shape{"`sum`, `mean`, `min`, `max` or `count`", R"json({"enum": ["sum", "mean", "min", "max", "count"]})json"},
    Shape{"`day`, `week`, `month`, `quarter` or `year`", R"json({"enum": ["day", "week", "month", "quarter", "year"]})json"},
    Shape{"number or `skip`", R"json({"anyOf": [{"enum": ["skip"]}, {"$ref": "#/definitions/number"}]})json"},
    Shape{"`start` or number", R"json({"anyOf": [{"enum": ["start"]}, {"$ref": "#/definitions/number"}]})json"},
    Shape{"sign or `tab`", R"json({"type": "string", "pattern": "^(tab|\\\\t|\t|[^\"\r\n. A-Za-z0-9_])$", "examples": [";", "tab"]})json"},
    Shape{"`.` or `,`", R"json({"enum": [".", ","]})json"},
    // -- names of what stands elsewhere ------------------------------------------------------------------------------------------------------
    Shape{"kind", R"json({"$ref": "#/definitions/text"})json"},
    Shape{"agent kind", R"json({"$ref": "#/definitions/text"})json"},
    Shape{"event", R"json({"$ref": "#/definitions/text"})json"},
    Shape{"row", R"json({"$ref": "#/definitions/text", "examples": ["russia", "russia -> afghanistan"]})json"},
    Shape{"column", R"json({"$ref": "#/definitions/text"})json"},
    Shape{"CSV file", R"json({"$ref": "#/definitions/text", "examples": ["data/states.csv"]})json"},
    Shape{"CSV file or table of agents", R"json({"anyOf": [{"$ref": "#/definitions/text"}, {"$ref": "#/definitions/agent_table"}]})json"},
    Shape{"CSV file or table of links", R"json({"anyOf": [{"$ref": "#/definitions/text"}, {"$ref": "#/definitions/link_table"}]})json"},
    Shape{"CSV file or table of a record", R"json({"anyOf": [{"$ref": "#/definitions/text"}, {"$ref": "#/definitions/observed_table"}]})json"},
    Shape{"CSV file or table of events", R"json({"anyOf": [{"$ref": "#/definitions/text"}, {"$ref": "#/definitions/record_table"}]})json"},
    Shape{"CSV file, or table of the timeline", R"json({"anyOf": [{"$ref": "#/definitions/text"}, {"$ref": "#/definitions/timeline_table"}]})json"},
    // -- lists -------------------------------------------------------------------------------------------------------------------------------
    Shape{"list of texts", R"json({"type": "array", "items": {"$ref": "#/definitions/text"}})json"},
    Shape{"list of files", R"json({"anyOf": [{"type": "array", "items": {"$ref": "#/definitions/text"}}, {"$ref": "#/definitions/text"}]})json"},
    Shape{"event, or list of events", R"json({"anyOf": [{"$ref": "#/definitions/text"},
                                                    {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/text"}}]})json"},
    Shape{"[low, high]", R"json({"type": "array", "items": {"$ref": "#/definitions/number"}, "minItems": 2, "maxItems": 2, "examples": [[0, 1]]})json"},
    Shape{"[first day, last day]", R"json({"type": "array", "items": {"$ref": "#/definitions/period"}, "minItems": 2, "maxItems": 2})json"},
    Shape{"measure or list of up to 5", R"json({"anyOf": [{"$ref": "#/definitions/name"}, {"type": "array", "minItems": 1, "maxItems": 5, "uniqueItems": true,
         "items": {"$ref": "#/definitions/name"}}]})json"},
    Shape{"list of names", R"json({"type": "array", "minItems": 2,
                               "items": {"anyOf": [{"$ref": "#/definitions/text"}, {"$ref": "#/definitions/level"}]}})json"},
    Shape{"list of statements", R"json({"anyOf": [{"type": "array", "items": {"$ref": "#/definitions/statement"}}, {"$ref": "#/definitions/statement"}]})json"},
    Shape{"list of rules and events", R"json({"type": "array", "items": {"if": {"required": ["event"]},
                                          "then": {"$ref": "#/definitions/event"}, "else": {"$ref": "#/definitions/rule"}}})json"},
    Shape{"list of entries", R"json({"type": "array", "items": {"$ref": "#/definitions/timeline_entry"}})json"},
    Shape{"list of records", R"json({"type": "array", "items": {"$ref": "#/definitions/record_entry"}})json"},
    Shape{"list of names, or name → starts", R"json({"$ref": "#/definitions/members"})json"},
    Shape{"list of `a -> b`, or `a -> b` → starts", R"json({"$ref": "#/definitions/members"})json"},
    Shape{"name or `a -> b` → starts", R"json({"$ref": "#/definitions/members"})json"},
    // -- mappings ----------------------------------------------------------------------------------------------------------------------------
    Shape{"calendar", R"json({"$ref": "#/definitions/calendar"})json"},
    Shape{"code", R"json({"$ref": "#/definitions/code"})json"},
    Shape{"name → expression", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"},
                                   "additionalProperties": {"$ref": "#/definitions/expression"}})json"},
    Shape{"field or parameter → expression", R"json({"type": "object", "additionalProperties": {"$ref": "#/definitions/expression"}})json"},
    Shape{"field → expression, or list of names", R"json({"anyOf": [{"type": "array", "items": {"$ref": "#/definitions/text"}},
                                                                {"type": "object", "additionalProperties": {"$ref": "#/definitions/expression"}}]})json"},
    Shape{"name → number", R"json({"type": "object", "additionalProperties": {"$ref": "#/definitions/number_or_level"}})json"},
    Shape{"name → number or parameter", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"},
         "additionalProperties": {"anyOf": [{"$ref": "#/definitions/number_or_level"}, {"$ref": "#/definitions/parameter"}]}})json"},
    Shape{"name → input", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"}, "additionalProperties": {"$ref": "#/definitions/input"}})json"},
    Shape{"name → CSV file or keys", R"json({"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/definitions/text"},
                                                                                           {"$ref": "#/definitions/other_input"}]}})json"},
    Shape{"name → number, expression or field", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"},
         "additionalProperties": {"anyOf": [{"$ref": "#/definitions/expression"}, {"$ref": "#/definitions/field"}]}})json"},
    Shape{"name → expression or derived field", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"},
         "additionalProperties": {"anyOf": [{"$ref": "#/definitions/expression"}, {"$ref": "#/definitions/derived"}]}})json"},
    Shape{"name → expression or measure", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"},
         "additionalProperties": {"anyOf": [{"$ref": "#/definitions/expression"}, {"$ref": "#/definitions/measure"}]}})json"},
    Shape{"kind → agents", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"}, "additionalProperties": {"$ref": "#/definitions/agent_kind"}})json"},
    Shape{"kind → links", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"}, "additionalProperties": {"$ref": "#/definitions/link_kind"}})json"},
    Shape{"kind → other starts", R"json({"type": "object", "additionalProperties": {"$ref": "#/definitions/variant_kind"}})json"},
    Shape{"name → variant", R"json({"type": "object", "propertyNames": {"$ref": "#/definitions/name"}, "additionalProperties": {"$ref": "#/definitions/variant"}})json"},
    Shape{"measure → record", R"json({"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/definitions/number"},
         {"$ref": "#/definitions/recorded"}, {"$ref": "#/definitions/days"}, {"$ref": "#/definitions/observed"}]}})json"},
    Shape{"date, or what is known of it", R"json({"anyOf": [{"$ref": "#/definitions/recorded"}, {"$ref": "#/definitions/days"},
                                                        {"$ref": "#/definitions/recorded_date"}]})json"},
    Shape{"row → date, or list of dates", R"json({"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/definitions/period"},
                                              {"type": "array", "items": {"$ref": "#/definitions/period"}}]}})json"},
    Shape{"row → tick, or list of ticks", R"json({"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/definitions/whole_number"},
                                              {"type": "array", "items": {"$ref": "#/definitions/whole_number"}}]}})json"},
    Shape{"`complete` or form → its keys", R"json({"anyOf": [{"enum": ["complete"]}, {"type": "object", "minProperties": 1, "maxProperties": 1,
         "additionalProperties": false, "properties": {"complete": {}, "ring": {"$ref": "#/definitions/ring"}, "grid": {"$ref": "#/definitions/grid"},
         "random": {"$ref": "#/definitions/random"}, "small_world": {"$ref": "#/definitions/small_world"},
         "scale_free": {"$ref": "#/definitions/scale_free"}, "regular": {"$ref": "#/definitions/regular"}}}]})json"},
};

}  // namespace

std::optional<std::string_view> shape_of_type(std::string_view type) {
    const auto found = std::ranges::find(shapes, type, &Shape::first);
    return found == shapes.end() ? std::nullopt : std::optional(found->second);
}

/// As the reader takes scalars, in files read by YAML 1.2: there `yes`, `2021-08-15`, `inf` and `1_000` are texts, and texts in quotes look like others.
std::string_view shared_definitions() {
    return R"json({
  "text": {"type": ["string", "number", "boolean"]},
  "name": {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
  "expression": {"type": ["string", "number", "boolean"], "minLength": 1},
  "statement": {"type": "string", "pattern": "=", "examples": ["trust += gain * (1 - trust)"]},
  "number": {"type": ["string", "number", "boolean"],
             "pattern": "^([-+]?(\\.?inf|[0-9]+(_[0-9]+)+(\\.[0-9]+)?([eE][-+]?[0-9]+)?)|[Yy]es|YES|[Nn]o|NO|True|TRUE|False|FALSE)$"},
  "number_or_level": {"type": ["string", "number", "boolean"], "pattern": "^([A-Za-z_][A-Za-z0-9_]*|[-+]?[0-9]+(_[0-9]+)+(\\.[0-9]+)?([eE][-+]?[0-9]+)?)$"},
  "whole_number": {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+(_[0-9]+)+$"},
  "yes_or_no": {"enum": [true, false, "yes", "no", "Yes", "No", "YES", "NO", "True", "False", "TRUE", "FALSE"]},
  "date": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "examples": ["2021-08-15"]},
  "period": {"type": ["string", "integer"], "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|M[0-9]{2}|-?Q[1-4])?$",
             "examples": ["2021-08-15", "2021-08", "2021Q3", 2021]},
  "recorded": {"type": ["string", "integer", "boolean"], "pattern": "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?|M[0-9]{2}|-?Q[1-4])?|never|yes|true)$",
               "examples": ["2021-08-15", "2021-08", "2021Q3", "never"]},
  "days": {"type": "array", "items": {"$ref": "#/definitions/period"}, "minItems": 2, "maxItems": 2, "examples": [["2024-11-01", "2024-11-11"]]},
  "starts": {"type": ["object", "null"],
    "properties": {"position": {"anyOf": [{"type": "array", "items": {"$ref": "#/definitions/number"}, "minItems": 2, "maxItems": 2}, {"$ref": "#/definitions/expression"}],
                                "examples": [[34.5, 69.2]]}},
    "additionalProperties": {"$ref": "#/definitions/expression"}},
  "members": {"anyOf": [
    {"type": "object", "additionalProperties": {"$ref": "#/definitions/starts"}},
    {"type": "array", "items": {"anyOf": [{"$ref": "#/definitions/text"},
      {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": {"$ref": "#/definitions/starts"}}]}}]}
})json";
}

std::string_view definition_of(Section section) {
    constexpr std::array<std::string_view, 30> names{"scenario", "calendar", "parameter", "input", "agent_kind", "link_kind", "agent_table", "link_table",
                                                     "field", "level", "derived", "rule", "event", "code", "timeline_entry", "timeline_table",
                                                     "record_entry", "record_table", "variant", "variant_kind", "measure", "observed", "observed_table",
                                                     "recorded_date", "ring", "grid", "random", "small_world", "scale_free", "regular"};
    return names.at(static_cast<std::size_t>(section));
}

std::string_view key_rules(Section section) {
    switch (section) {
        case Section::calendar:
            return R"json({"if": {"required": ["start"]},
                       "then": {"required": ["step"], "oneOf": [{"required": ["end"]}, {"required": ["ticks"]}]},
                       "else": {"required": ["ticks"], "not": {"anyOf": [{"required": ["end"]}, {"required": ["step"]}]}}})json";
        case Section::agent_kind:
            return R"json({"dependencies": {"count": {"not": {"anyOf": [{"required": ["members"]}, {"required": ["table"]}]}}}})json";
        case Section::field:
            return R"json({"dependencies": {"levels": {"not": {"required": ["range"]}}}})json";
        case Section::event:
            return R"json({"oneOf": [{"required": ["probability"]}, {"required": ["rate"]}, {"required": ["count"]}, {"required": ["choice"]}],
                       "dependencies": {"temperature": ["choice"], "outside": ["choice"]}, "not": {"required": ["rule"]}})json";
        case Section::timeline_entry:
            return R"json({"if": {"required": ["table"]},
                       "then": {"not": {"anyOf": [{"required": ["date"]}, {"required": ["tick"]}, {"required": ["set"]}]}},
                       "else": {"allOf": [{"oneOf": [{"required": ["date"]}, {"required": ["tick"]}]}, {"anyOf": [{"required": ["event"]}, {"required": ["set"]}]}],
                                "dependencies": {"event": ["on"], "on": ["event"]}}})json";
        case Section::record_entry:
            return R"json({"oneOf": [{"required": ["table"]}, {"required": ["dates"]}, {"required": ["ticks"]}]})json";
        case Section::observed:
            return R"json({"anyOf": [{"required": ["override"]},
                                 {"oneOf": [{"required": ["date"]}, {"required": ["value"]}, {"required": ["table"]},
                                            {"required": ["never"], "not": {"required": ["table"]}}]}]})json";
        case Section::recorded_date:
            return R"json({"minProperties": 1})json";
        case Section::grid:
            return R"json({"dependencies": {"radius": {"not": {"required": ["neighbours"]}}}})json";
        case Section::top:
        case Section::parameter:
        case Section::input:
        case Section::link_kind:
        case Section::agent_table:
        case Section::link_table:
        case Section::level:
        case Section::derived:
        case Section::rule:
        case Section::code:
        case Section::timeline_table:
        case Section::record_table:
        case Section::variant:
        case Section::variant_kind:
        case Section::measure:
        case Section::observed_table:
        case Section::ring:
        case Section::random:
        case Section::small_world:
        case Section::scale_free:
        case Section::regular:
            break;
    }
    return "{}";
}

}  // namespace entente
