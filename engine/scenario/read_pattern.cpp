#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

constexpr int most_neighbours = 1'000'000'000;

struct FormEntry {
    std::string_view name;
    Pattern::Form form;
    Section section;
};

constexpr std::array<FormEntry, 6> forms{{
    {"ring", Pattern::Form::ring, Section::ring},
    {"grid", Pattern::Form::grid, Section::grid},
    {"random", Pattern::Form::random, Section::random},
    {"small_world", Pattern::Form::small_world, Section::small_world},
    {"scale_free", Pattern::Form::scale_free, Section::scale_free},
    {"regular", Pattern::Form::regular, Section::regular},
}};

std::vector<std::string> form_names() {
    std::vector<std::string> names{"complete"};
    for (const FormEntry& entry : forms) names.emplace_back(entry.name);
    return names;
}

class PatternReader {
public:
    PatternReader(const FormEntry& form, const Node& node, std::int64_t agents, Problems& problems)
        : mapping_(node, form.section, problems), agents_(agents), problems_(problems) {
        pattern_.form = form.form;
        switch (form.form) {
            case Pattern::Form::ring:
                even_neighbours();
                break;
            case Pattern::Form::small_world:
                even_neighbours();
                chance();
                break;
            case Pattern::Form::random:
                chance();
                break;
            case Pattern::Form::scale_free:
                neighbours("m");
                break;
            case Pattern::Form::regular:
                regular();
                break;
            case Pattern::Form::grid:
                grid();
                break;
            case Pattern::Form::complete:
                break;
        }
    }
    [[nodiscard]] const Pattern& pattern() const { return pattern_; }

private:
    void refuse(std::string_view key, std::string what, std::string help) {
        problems_.error(mapping_.find(key)->place, std::move(what), std::move(help));
    }

    bool neighbours(std::string_view key) {
        const auto k = mapping_.whole(key, 1, most_neighbours);
        if (!k) return false;
        pattern_.k = static_cast<int>(*k);
        if (*k < agents_) return true;
        refuse(key, fmt::format("'{}' is {}, and there are only {} agents", key, *k, agents_),
               "an agent is not its own neighbour: take fewer");
        return false;
    }
    void even_neighbours() {
        if (neighbours("k") && pattern_.k % 2 != 0)
            refuse("k", fmt::format("'k' must be even, and this is {}", pattern_.k), "half of the neighbours are on either side");
    }
    void regular() {
        if (neighbours("k") && pattern_.k * agents_ % 2 != 0)
            refuse("k", fmt::format("{} agents can't have {} neighbours each", agents_, pattern_.k),
                   "agents times neighbours must be even");
    }
    void chance() {
        const auto p = mapping_.number("p");
        if (!p) return;
        pattern_.p = *p;
        if (*p < 0 || *p > 1) refuse("p", fmt::format("'p' must be between 0 and 1, and this is {}", shown(*p)), "it is a probability");
    }
    void grid() {
        const auto width = mapping_.whole("width", 1, most_neighbours);
        const auto height = mapping_.whole("height", 1, most_neighbours);
        if (width && height) {
            pattern_.width = static_cast<int>(*width);
            pattern_.height = static_cast<int>(*height);
            if (*width * *height != agents_)
                refuse("width",
                       fmt::format("a grid of {} by {} holds {} agents, and there are {}", *width, *height, *width * *height, agents_),
                       "width times height must be their number");
        }
        if (const Node* torus = mapping_.find("torus")) pattern_.torus = read_truth(*torus, "torus", problems_).value_or(false);
        if (const auto count = mapping_.whole("neighbours", 4, 8)) {
            pattern_.neighbours = static_cast<int>(*count);
            if (*count != 4 && *count != 8)
                refuse("neighbours", fmt::format("'neighbours' must be 4 or 8, and this is {}", *count),
                       "4 without the diagonals, 8 with them");
        }
        radius();
    }
    void radius() {
        const auto radius = mapping_.number("radius");
        if (!radius) return;
        pattern_.radius = *radius;
        const double widest = std::max(pattern_.width, pattern_.height);
        if (mapping_.find("neighbours"))
            refuse("radius", "both 'radius' and 'neighbours' say who is near", "remove one of them");
        else if (*radius < 1)
            refuse("radius", fmt::format("a radius of {} reaches nobody", shown(*radius)), "the nearest cells are 1 away");
        else if (widest > 0 && *radius > widest)
            refuse("radius", fmt::format("a radius of {} is longer than the grid", shown(*radius)), fmt::format("{} reaches across", shown(widest)));
    }

    Mapping mapping_;
    std::int64_t agents_;
    Problems& problems_;
    Pattern pattern_;
};

std::optional<Pattern> form_of(Reader& reader, const Text& name, const Node& keys, const LinkKind& link) {
    if (name.value == "complete") return Pattern{};
    const auto form = std::find_if(forms.begin(), forms.end(), [&](const FormEntry& entry) { return entry.name == name.value; });
    if (form == forms.end()) {
        reader.problems.error(name.place, fmt::format("no pattern is called '{}'", name.value),
                              did_you_mean(name.value, form_names(), "there are " + listed(form_names())));
        return std::nullopt;
    }
    if (!keys.is_map()) {
        const auto first = keys_of(form->section).front();
        reader.problems.error(name.place, fmt::format("the pattern '{}' lacks its '{}'", name.value, first.key),
                              fmt::format("write {{{}: {{{}: …}}}}", name.value, first.key));
        return std::nullopt;
    }
    if (form->form != Pattern::Form::random && link.source != link.target) {
        reader.problems.error(name.place,
                              fmt::format("the pattern '{}' joins agents of one kind, and '{}' runs from '{}' to '{}'", name.value,
                                          link.name, reader.scenario.schema[link.source].name, reader.scenario.schema[link.target].name),
                              "between two kinds there are `complete` and `random`");
        return std::nullopt;
    }
    return PatternReader(*form, keys, static_cast<std::int64_t>(reader.scenario.agent_kind(link.source).size()), reader.problems).pattern();
}

}  // namespace

std::optional<Pattern> read_pattern(Reader& reader, const MergedKind& kind, const LinkKind& link) {
    const Entry* seed = kind.keys.find("topology_seed");
    const Entry* entry = kind.keys.find("pattern");
    if (seed && !entry)
        reader.problems.error(seed->key.place, "a 'topology_seed' needs a pattern", "remove it, or add a pattern");
    if (!entry) return std::nullopt;
    const Node& node = *entry->value;
    std::optional<Pattern> pattern;
    if (node.is_scalar())
        pattern = form_of(reader, node.text, Node{}, link);
    else if (node.is_map() && node.entries.size() == 1)
        pattern = form_of(reader, node.entries[0].key, *node.entries[0].value, link);
    else
        wrong_type(node, "pattern", "`complete` or one form with its keys", reader.problems,
                   "write complete, or {ring: {k: 4}}, {random: {p: 0.1}}, …");
    if (!pattern) return std::nullopt;
    pattern->place = node.place;
    if (seed)
        pattern->topology_seed =
            static_cast<std::uint64_t>(read_whole(*seed->value, "topology_seed", 0, std::int64_t{1} << 53, reader.problems).value_or(0));
    return pattern;
}

}  // namespace entente
