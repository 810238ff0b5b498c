#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/levels.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

class VariantReader {
public:
    VariantReader(Reader& reader, const Entry& entry) : reader_(reader), mapping_(*entry.value, Section::variant, reader.problems) {
        variant_.name = entry.key.value;
        variant_.place = entry.key.place;
        variant_.remarks = mapping_.remarks();
        read_parameters();
        read_kinds("agents", Reader::Wanted::agents);
        read_kinds("links", Reader::Wanted::links);
        if (const Node* timeline = mapping_.find("timeline")) {
            if (timeline->is_list())
                variant_.timeline = read_timeline(reader_, timeline->items);
            else
                wrong_type(*timeline, "timeline", "a list", reader_.problems, "begin each entry with '- '");
        }
    }
    Variant take() { return std::move(variant_); }

private:
    const Node* map_at(const Node* node, std::string_view key) {
        if (node && !node->is_map()) wrong_type(*node, key, "a mapping", reader_.problems, "");
        return node && node->is_map() ? node : nullptr;
    }

    void read_parameters() {
        const Node* node = map_at(mapping_.find("parameters"), "parameters");
        if (!node) return;
        const Scenario& scenario = reader_.scenario;
        for (const Entry& entry : node->entries) {
            const auto id = scenario.schema.parameter(entry.key.value);
            const auto value = read_number_or_level(*entry.value, entry.key.value, scenario.schema, reader_.problems);
            if (!id) {
                reader_.problems.error(entry.key.place, fmt::format("no parameter is called '{}'", entry.key.value),
                                       did_you_mean(entry.key.value, scenario.schema.parameters, "add it to `parameters`"));
            } else if (value) {
                const Range& range = scenario.parameters[static_cast<std::size_t>(id->value)].range;
                if (!range.holds(*value))
                    reader_.problems.error(entry.value->place,
                                           fmt::format("the value {} of '{}' is outside its range [{}, {}]", shown(*value),
                                                       entry.key.value, shown(range.low), shown(range.high)),
                                           "change the value or widen the range");
                variant_.parameters.push_back({*id, *value, entry.key.place});
            }
        }
    }

    void read_kinds(std::string_view key, Reader::Wanted wanted) {
        const Node* node = map_at(mapping_.find(key), key);
        if (!node) return;
        for (const Entry& entry : node->entries) {
            const auto kind = reader_.find_kind(entry.key, wanted);
            const Node* changes = map_at(entry.value.get(), entry.key.value);
            if (kind && changes) read_kind(*kind, *changes);
        }
    }

    void read_kind(KindId kind, const Node& node) {
        const Mapping mapping(node, Section::variant_kind, reader_.problems);
        if (const Node* fields = map_at(mapping.find("fields"), "fields"))
            for (StartOverride& start : read_starts(reader_, *fields, kind))
                variant_.fields.push_back({kind, start.field, std::move(start.value)});
        if (const Node* members = mapping.find("members"))
            for (const Entry& entry : members_of(*members, reader_.scenario.is_link_kind(kind) ? Section::link_kind : Section::agent_kind, reader_.problems)) read_member(kind, entry);
    }

    void read_member(KindId kind, const Entry& entry) {
        if (reader_.lost.contains(reader_.scenario.schema[kind].name)) return;
        const RowPtr row = read_row(entry.key, kind, reader_.scenario.schema, reader_.problems);
        if (!row) return;
        reader_.check_links(lookups_of(*row, entry.key.place, ""));
        for (StartOverride& start : read_starts(reader_, *entry.value, kind)) variant_.members.push_back({row, std::move(start)});
    }

    Reader& reader_;
    Mapping mapping_;
    Variant variant_;
};

}  // namespace

void read_variants(Reader& reader, const Named& variants) {
    for (const Entry& entry : variants.entries()) {
        if (entry.value->is_map())
            reader.scenario.variants.push_back(VariantReader(reader, entry).take());
        else
            wrong_type(*entry.value, entry.key.value, "a mapping of what it changes", reader.problems,
                       "write {parameters: {…}, timeline: […]}");
    }
}

}  // namespace entente
