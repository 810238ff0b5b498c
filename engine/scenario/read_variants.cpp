#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/levels.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

class VariantReader {
public:
    VariantReader(Reader& reader, const Entry& entry, const Named& inputs) : reader_(reader), mapping_(*entry.value, Section::variant, reader.problems) {
        variant_.name = entry.key.value;
        variant_.place = entry.key.place;
        variant_.remarks = mapping_.remarks();
        read_parameters();
        read_inputs(inputs);
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

    void read_inputs(const Named& written) {
        const Node* node = map_at(mapping_.find("inputs"), "inputs");
        if (!node) return;
        const std::vector<Input>& inputs = reader_.scenario.inputs;
        for (const Entry& entry : node->entries) {
            const auto input = std::ranges::find(inputs, entry.key.value, &Input::name);
            if (input != inputs.end()) {
                read_input({static_cast<int>(input - inputs.begin())}, entry, *written.find(entry.key.value));
                continue;
            }
            std::vector<std::string> names;
            for (const Input& known : inputs) names.push_back(known.name);
            reader_.problems.error(entry.key.place, fmt::format("no input is called '{}'", entry.key.value), did_you_mean(entry.key.value, names, there_are(names)));
        }
    }

    /// An input with other keys, such as its table; it stays on its rows and has its unit, by which all is compiled and checked.
    void read_input(InputId id, const Entry& entry, const Entry& written) {
        if (!entry.value->is_map() && !entry.value->is_scalar())
            return wrong_type(*entry.value, entry.key.value, "a CSV file or a mapping", reader_.problems, "write {table: data/high.csv}");
        for (const std::string_view key : {"on", "unit"})
            if (const Node* node = entry.value->is_map() ? entry.value->find(key) : nullptr) {
                reader_.problems.error(node->place, fmt::format("a variant can't change the '{}' of an input", key), "give a table with the same rows, in the same unit");
                return;
            }
        if (!written.value->is_map()) return;
        const Input& known = reader_.scenario.inputs[static_cast<std::size_t>(id.value)];
        Input input;
        input.name = known.name, input.place = known.place, input.unit = known.unit;
        entente::read_input(reader_, *with_keys_of(entry.value, written.value, "table"), input);
        variant_.inputs.emplace_back(id, std::move(input));
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

void read_variants(Reader& reader, const Named& variants, const Named& inputs) {
    for (const Entry& entry : variants.entries()) {
        if (entry.value->is_map())
            reader.scenario.variants.push_back(VariantReader(reader, entry, inputs).take());
        else
            wrong_type(*entry.value, entry.key.value, "a mapping of what it changes", reader.problems,
                       "write {parameters: {…}, timeline: […]}");
    }
}

}  // namespace entente
