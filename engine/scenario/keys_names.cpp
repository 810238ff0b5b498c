#include <entente/scenario/keys.hpp>

namespace entente {

std::string_view name_of(Section section) {
    switch (section) {
        case Section::top:
            return "a scenario";
        case Section::calendar:
            return "the calendar";
        case Section::parameter:
            return "a parameter";
        case Section::input:
            return "an input";
        case Section::agent_kind:
            return "a kind of agents";
        case Section::link_kind:
            return "a kind of links";
        case Section::agent_table:
            return "a table of agents";
        case Section::link_table:
            return "a table of links";
        case Section::field:
            return "a field";
        case Section::level:
            return "a level";
        case Section::derived:
            return "a derived field";
        case Section::rule:
            return "a rule";
        case Section::event:
            return "an event";
        case Section::code:
            return "a code";
        case Section::timeline_entry:
            return "a timeline entry";
        case Section::timeline_table:
            return "a table of the timeline";
        case Section::record_entry:
            return "a record of events";
        case Section::record_table:
            return "a table of events on record";
        case Section::variant:
            return "a variant";
        case Section::variant_kind:
            return "a variant's kind";
        case Section::measure:
            return "a measure";
        case Section::observed:
            return "a record";
        case Section::observed_table:
            return "a table of records";
        case Section::recorded_date:
            return "the date of a record";
        case Section::ring:
            return "the pattern 'ring'";
        case Section::grid:
            return "the pattern 'grid'";
        case Section::random:
            return "the pattern 'random'";
        case Section::small_world:
            return "the pattern 'small_world'";
        case Section::scale_free:
            return "the pattern 'scale_free'";
        case Section::regular:
            return "the pattern 'regular'";
    }
    return {};
}

std::vector<std::string> key_names(Section section) {
    std::vector<std::string> names;
    for (const KeyEntry& entry : keys_of(section)) names.emplace_back(entry.key);
    return names;
}

}  // namespace entente
