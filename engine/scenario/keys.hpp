/// Every key a scenario may hold, in one table a section: the reader refuses all others, and the reference is printed from it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// The mappings of a scenario file.
enum class Section {
    top,
    calendar,
    parameter,
    input,
    agent_kind,
    link_kind,
    agent_table,
    link_table,
    field,
    level,
    derived,
    rule,
    event,
    code,
    timeline_entry,
    timeline_table,
    record_entry,
    record_table,
    variant,
    variant_kind,
    measure,
    observed,
    observed_table,
    recorded_date,
    ring,
    grid,
    random,
    small_world,
    scale_free,
    regular,
};

enum class Need {
    optional,
    required,
    once  ///< in one of the files that say something of it: others extend it
};

struct KeyEntry {
    std::string_view key;
    Need need;
    std::string_view type;     ///< what stands there: `number`, `expression`, `[low, high]`, …
    std::string_view meaning;  ///< one line
};

std::span<const KeyEntry> keys_of(Section section);
std::vector<std::string> key_names(Section section);
/// How messages call a mapping of that section: "a parameter", "the calendar".
std::string_view name_of(Section section);

/// The reference of the language in Markdown: every key, function, draw and aggregate.
std::string language_reference();
std::string_view reference_of_units();  ///< its section on units

}  // namespace entente
