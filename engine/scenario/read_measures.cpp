#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/headline.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

void add_to_headline(Reader& reader, const Text& name) {
    std::vector<std::string>& headline = reader.scenario.headline;
    if (std::ranges::find(headline, name.value) != headline.end())
        return reader.problems.error(name.place, fmt::format("the headline names '{}' twice", name.value), "keep one of them");
    if (std::ranges::find(reader.scenario.measures, name.value, &Measure::name) == reader.scenario.measures.end()) {
        std::vector<std::string> known;
        for (const Measure& measure : reader.scenario.measures) known.push_back(measure.name);
        return reader.problems.error(name.place, fmt::format("no measure is called '{}'", name.value),
                                     did_you_mean(name.value, known, known.empty() ? "the scenario has no `measures`" : "the measures are " + listed(known, 40)));
    }
    headline.push_back(name.value);
}

}  // namespace

void read_headline(Reader& reader, const Node& headline) {
    if (!headline.is_scalar() && !headline.is_list())
        return wrong_type(headline, "headline", "a measure, or a list of them", reader.problems, "write headline: [recognised, moscow_trust]");
    if (headline.is_list() && headline.items.empty())
        return reader.problems.error(headline.place, "the headline names no measure", "name one, or leave `headline` out");
    if (headline.is_list() && headline.items.size() > most_in_headline)
        return reader.problems.error(headline.place, fmt::format("the headline names {} measures, more than {}", headline.items.size(), most_in_headline),
                                     "keep those that answer the question");
    if (headline.is_scalar()) return add_to_headline(reader, headline.text);
    for (const NodePtr& item : headline.items)
        if (const auto name = read_text(*item, "headline", reader.problems)) add_to_headline(reader, *name);
}

std::optional<Measure::Per> read_per(const Node* node, Problems& problems) {
    if (!node) return std::nullopt;
    if (node->is_scalar() && node->text.value == "year") return Measure::Per::year;
    if (node->is_scalar() && node->text.value == "run") return Measure::Per::run;
    wrong_type(*node, "per", "`run` or `year`", problems);
    return std::nullopt;
}

void read_measures(Reader& reader, const Named& measures) {
    for (const Entry& entry : measures.entries()) {
        Measure measure;
        measure.name = entry.key.value;
        measure.place = entry.key.place;
        if (entry.value->is_map()) {
            const Mapping mapping(*entry.value, Section::measure, reader.problems);
            measure.value.text = mapping.formula("value");
            measure.unit = mapping.line("unit");
            measure.per = read_per(mapping.find("per"), reader.problems).value_or(Measure::Per::run);
            measure.remarks = mapping.remarks();
            if (const Node* on = mapping.find("on")) {
                const auto name = read_text(*on, "on", reader.problems);
                const auto kind = name ? reader.find_kind(*name, Reader::Wanted::any) : std::nullopt;
                if (kind)
                    measure.on = *kind;
                else
                    measure.value.text = {};
            }
        } else {
            measure.value.text = read_formula(*entry.value, measure.name, reader.problems);
        }
        reader.scenario.measures.push_back(std::move(measure));
    }
}

}  // namespace entente
