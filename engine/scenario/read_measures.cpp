#include <entente/scenario/reader.hpp>

namespace entente {
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
