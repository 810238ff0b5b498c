#include <entente/report/odd.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/report/markdown.hpp>
#include <entente/report/odd_words.hpp>
#include <entente/report/record_words.hpp>

namespace entente {

namespace {

std::string paragraph(const std::string& text) {
    return text.empty() ? text : text + "\n\n";
}

std::string markdown_about(const Remarks& remarks) {
    return markdown_text(about_words(remarks));
}

MarkdownTable measures_table(const Scenario& scenario) {
    MarkdownTable table({"measure", "definition", "unit", "about", "source"});
    for (const auto& measure : scenario.measures) {
        std::string definition = markdown_code(measure.value.text.value);
        if (measure.on.value >= 0) definition += " for each " + markdown_code(kind_name(scenario, measure.on));
        if (measure.per == Measure::Per::year) definition += " a year";
        table.add({markdown_code(measure.name), definition, markdown_text(measure.unit_told()), markdown_about(measure.remarks),
                   markdown_text(measure.remarks.source)});
    }
    return table;
}

MarkdownTable state_table(const std::vector<Field>& fields) {
    MarkdownTable table({"state variable", "start", "unit", "range", "about", "source"});
    for (const auto& field : fields) {
        const std::string start = field.input.is_given() ? "known in advance, see input data" : markdown_code(field.start.text.value);
        table.add({markdown_code(field.name), start, markdown_text(field.unit), field.levels.empty() ? range_words(field.range) : markdown_text(range_words(field)),
                   markdown_about(field.remarks), markdown_text(field.remarks.source)});
    }
    return table;
}

MarkdownTable derived_table(const std::vector<Derived>& derived) {
    MarkdownTable table({"derived", "definition", "unit", "about", "source"});
    for (const auto& value : derived) {
        table.add({markdown_code(value.name), markdown_code(value.value.text.value), markdown_text(value.unit_told()),
                   markdown_about(value.remarks), markdown_text(value.remarks.source)});
    }
    return table;
}

std::string scales(const Scenario& scenario) {
    const Calendar& calendar = scenario.calendar;
    std::string text = "### Scales\n\n";
    if (calendar.is_dated()) {
        text += fmt::format("Time: from {} to {} in {} of one {} each ({} years). ", iso(calendar.start()),
                            iso(calendar.first_day(calendar.ticks()) - std::chrono::days{1}), counted(calendar.ticks(), "tick"),
                            calendar.step().text(), readable(calendar.dt()));
    } else {
        text += fmt::format("Time: {} of one year each, without dates. ", counted(calendar.ticks(), "tick"));
    }
    return text + "Rates are per year, whatever the tick. Space is not explicit: who acts on whom is given by the links.\n\n";
}

std::string kind_section(const Scenario& scenario, KindId id) {
    const bool is_link = scenario.is_link_kind(id);
    const Remarks& remarks = is_link ? scenario.link_kind(id).remarks : scenario.agent_kind(id).remarks;
    std::string text = fmt::format("### {}\n\n", markdown_text(kind_name(scenario, id)));
    if (is_link) {
        const LinkKind& kind = scenario.link_kind(id);
        text += fmt::format("A directed link from {} to {}; number: {}. ", markdown_code(kind_name(scenario, kind.source)),
                            markdown_code(kind_name(scenario, kind.target)), size_words(scenario, id));
    } else {
        text += fmt::format("An agent; number: {}. {}", size_words(scenario, id), sites_words(scenario.agent_kind(id)));
    }
    text += markdown_about(remarks) + "\n\n";
    if (!remarks.source.empty()) text += paragraph("Source: " + markdown_text(remarks.source));
    return text + state_table(scenario.fields(id)).text() + derived_table(scenario.derived(id)).text();
}

MarkdownTable parameters_table(const Scenario& scenario) {
    MarkdownTable table({"parameter", "value", "unit", "range", "prior", "about", "source"});
    for (const auto& parameter : scenario.parameters) {
        table.add({markdown_code(parameter.name), exact(parameter.value), markdown_text(parameter.unit), range_words(parameter.range),
                   parameter.prior ? markdown_code(prior_words(*parameter.prior)) : "", markdown_about(parameter.remarks),
                   markdown_text(source_words(parameter))});
    }
    return table;
}

/// What one variant changes, in words.
std::vector<std::string> changes_of(const Scenario& scenario, const Variant& variant) {
    std::vector<std::string> changes;
    for (const auto& value : variant.parameters) {
        changes.push_back(markdown_code(
            fmt::format("{} = {}", scenario.schema.parameters[static_cast<std::size_t>(value.parameter.value)], exact(value.value))));
    }
    for (const auto& [id, input] : variant.inputs) changes.push_back(fmt::format("{} from {}", markdown_code(input.name), markdown_code(input.path)));
    const auto field_name = [&](KindId kind, FieldId field) { return scenario.fields(kind)[static_cast<std::size_t>(field.value)].name; };
    for (const auto& start : variant.fields) {
        changes.push_back(markdown_code(fmt::format("{}.{} starts at {}", kind_name(scenario, start.kind),
                                                    field_name(start.kind, start.field), start.value.text.value)));
    }
    for (const auto& member : variant.members) {
        changes.push_back(
            markdown_code(fmt::format("{}[{}].{} starts at {}", kind_name(scenario, member.row->kind), row_words(scenario, *member.row),
                                      field_name(member.row->kind, member.start.field), member.start.value.text.value)));
    }
    for (const auto& entry : variant.timeline) {
        std::string change = when_words(scenario, entry) + ": " + what_happens(scenario, entry);
        if (entry.row) change += " on " + markdown_text(row_label_words(scenario, *entry.row));
        changes.push_back(change);
    }
    cut_list(changes);
    return changes;
}

std::string variants_section(const Scenario& scenario) {
    if (scenario.variants.empty()) return {};
    MarkdownTable table({"variant", "what it changes", "about", "source"});
    for (const auto& variant : scenario.variants) {
        table.add({markdown_code(variant.name), fmt::format("{}", fmt::join(changes_of(scenario, variant), "; ")),
                   markdown_about(variant.remarks), markdown_text(variant.remarks.source)});
    }
    return "## Variants\n\n" + table.text();
}

}  // namespace

std::string odd_purpose(const Scenario& scenario) {
    std::string text = "## 1. Purpose and patterns\n\n";
    text += paragraph(scenario.about.empty() ? "The scenario states no purpose (`about:`)." : markdown_text(scenario.about));
    if (!scenario.headline.empty()) {
        std::vector<std::string> names;
        for (const std::string& name : scenario.headline) names.push_back(markdown_code(name));
        text += fmt::format("Its question is answered by {}. ", listed(names));
    }
    if (!scenario.measures.empty()) text += "The model is judged by what becomes of these measures:\n\n" + measures_table(scenario).text();
    return text;
}

std::string odd_entities(const Scenario& scenario) {
    std::string text = "## 2. Entities, state variables and scales\n\n";
    for (int kind = 0; kind < static_cast<int>(scenario.kind_count()); ++kind) text += kind_section(scenario, KindId{kind});
    return text + scales(scenario);
}

std::vector<std::pair<std::string, std::string>> odd_parts(const Scenario& scenario) {
    std::vector<std::pair<std::string, std::string>> parts;
    for (const std::string& text : {odd_purpose(scenario), odd_entities(scenario), odd_schedule(scenario), odd_design_concepts(scenario),
                                    odd_initialization(scenario), odd_input_data(scenario)}) {
        const std::size_t end = text.find('\n');
        parts.emplace_back(text.substr(3, end - 3), text.substr(end + 1));
    }
    return parts;
}

std::string odd_document(const Scenario& scenario) {
    std::string text = fmt::format("# {}\n\n", markdown_text(scenario.title.empty() ? scenario.path : scenario.title));
    if (!scenario.authors.empty()) text += paragraph(markdown_text(fmt::format("{}", fmt::join(scenario.authors, ", "))));
    text +=
        "A model description after the ODD protocol (Overview, Design concepts, Details; Grimm et al. 2020), printed from the scenario "
        "itself. "
        "Equations stand as they are computed; `dt` is the tick in years.\n\n";
    text += odd_purpose(scenario) + odd_entities(scenario) + odd_schedule(scenario) + odd_design_concepts(scenario) +
            odd_initialization(scenario) + odd_input_data(scenario) + odd_submodels(scenario);
    if (!scenario.parameters.empty()) text += "## Parameters\n\n" + parameters_table(scenario).text();
    text += variants_section(scenario);
    text += "## References\n\n";
    for (const auto& reference : scenario.references) text += "- " + markdown_text(reference) + '\n';
    return text +
           "- Grimm, V. et al. (2020). The ODD protocol for describing agent-based and other simulation models: a second update. "
           "Journal of Artificial Societies and Social Simulation 23(2) 7.\n";
}

}  // namespace entente
