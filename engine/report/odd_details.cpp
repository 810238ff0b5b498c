#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/wording.hpp>
#include <entente/report/markdown.hpp>
#include <entente/report/odd.hpp>
#include <entente/report/odd_words.hpp>
#include <entente/report/record_words.hpp>

namespace entente {

namespace {

bool reaches_others(const Step& step) {
    return std::ranges::any_of(step.statements, [](const Statement& statement) { return statement.on != Statement::On::own; });
}

/// The draws of a formula as written, each with its arguments.
void add_draws(const Formula& formula, std::vector<std::string>& draws) {
    if (!formula.tree) return;
    visit_expression(*formula.tree, [&](const Expr& expr) {
        if (expr.kind == Expr::Kind::draw) draws.push_back(markdown_code(expr.text.empty() ? std::string(name_of(expr.draw)) : expr.text));
    });
}

std::string stochasticity(const Scenario& scenario) {
    MarkdownTable table({"where", "what is drawn"});
    const auto drawn_fields = [&](KindId kind) {
        for (const auto& field : scenario.fields(kind)) {
            std::vector<std::string> draws;
            add_draws(field.start, draws);
            if (!draws.empty())
                table.add({markdown_code(kind_name(scenario, kind) + '.' + field.name) + " at the start",
                           fmt::format("{}", fmt::join(draws, ", "))});
        }
    };
    for (int kind = 0; kind < static_cast<int>(scenario.kind_count()); ++kind) drawn_fields(KindId{kind});
    for (const auto& step : scenario.steps) {
        std::vector<std::string> draws;
        switch (step.form) {
            case Step::Form::rule:
                break;
            case Step::Form::count:
                draws.emplace_back("how often it happens, a Poisson number");
                break;
            case Step::Form::choice:
                draws.emplace_back("which link each source picks, by multinomial logit");
                break;
            case Step::Form::probability:
            case Step::Form::rate:
                draws.emplace_back("whether it happens");
                break;
        }
        visit_step(step, [&](const Formula& formula) { add_draws(formula, draws); });
        if (!draws.empty()) table.add({markdown_text(step.name), fmt::format("{}", fmt::join(draws, ", "))});
    }
    const std::string rows = table.text();
    if (rows.empty()) return "Nothing is drawn: every run is the same.\n\n";
    return "Every draw is keyed by seed, run, step, place in the text, row and tick, so that a change elsewhere in the model shifts none, "
           "and variants use common random numbers.\n\n" +
           rows;
}

std::string interaction(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& step : scenario.steps) {
        if (reaches_others(step)) names.push_back(markdown_text(step.name));
    }
    if (names.empty()) return "No step changes another row than its own; rows read one another.";
    return fmt::format("Rows read one another as they stood when the step began. These steps change the ends or the reverse of a link: {}.",
                       fmt::join(names, "; "));
}

std::string adaptation(const Scenario& scenario) {
    std::string text;
    for (const auto& step : scenario.steps) {
        if (step.form != Step::Form::choice) continue;
        const auto& kind = scenario.link_kind(step.on);
        text += fmt::format("In *{}* each {} picks at most one of its {} links, with the utility {}, temperature {} and {} for none. ",
                            markdown_text(step.name), markdown_code(kind_name(scenario, kind.source)), markdown_code(kind.name),
                            markdown_code(step.drive->text.value), step.temperature ? markdown_code(step.temperature->text.value) : "1",
                            step.outside ? markdown_code(step.outside->text.value) : "0");
    }
    return text.empty() ? "No agent chooses between alternatives; what it does follows from its state by the rules." : text;
}

std::string paragraph_of(const std::string& text) {
    return text.empty() ? text : markdown_text(text) + "\n\n";
}

/// A table of the starts that rows have instead of their kind's: a row a member, a column a field.
std::string starts_table(const std::string& head, const std::vector<Field>& fields,
                         const std::vector<std::pair<std::string, const std::vector<StartOverride>*>>& rows) {
    constexpr std::size_t most_rows = 60;
    std::vector<std::string> heads = {head};
    for (const auto& field : fields) heads.push_back(markdown_code(field.name));
    MarkdownTable table(heads);
    for (const auto& [name, starts] : rows) {
        if (starts->empty()) continue;
        std::vector<std::string> cells(heads.size());
        cells[0] = markdown_text(name);
        for (const auto& start : *starts) cells[1 + static_cast<std::size_t>(start.field.value)] = markdown_code(start.value.text.value);
        table.add(std::move(cells));
        if (table.size() == most_rows) break;
    }
    const auto all = static_cast<std::size_t>(std::ranges::count_if(rows, [](const auto& row) { return !row.second->empty(); }));
    return table.text() + paragraph_of(not_listed(all, "row", most_rows));
}

std::string kind_starts(const Scenario& scenario, KindId id) {
    std::vector<std::pair<std::string, const std::vector<StartOverride>*>> rows;
    std::string text = fmt::format("### {}\n\n", markdown_text(kind_name(scenario, id)));
    const auto table_words = [](const std::optional<TableData>& table) {
        return table ? fmt::format("Rows and starts come from the table {}. ", markdown_code(table->path)) : std::string();
    };
    if (scenario.is_link_kind(id)) {
        const LinkKind& kind = scenario.link_kind(id);
        text += table_words(kind.table);
        if (kind.pattern) text += fmt::format("The links are laid out as {}. ", pattern_words(*kind.pattern));
        for (const auto& member : kind.members) rows.emplace_back(link_words(scenario, kind, member.source, member.target), &member.starts);
    } else {
        const AgentKind& kind = scenario.agent_kind(id);
        text += table_words(kind.table);
        if (!kind.members.empty() && kind.members.size() <= 60) {
            std::vector<std::string> names;
            for (const auto& member : kind.members) names.push_back(markdown_text(member_words(member)));
            text += fmt::format("Members: {}. ", fmt::join(names, ", "));
        }
        for (const auto& member : kind.members) rows.emplace_back(member_words(member), &member.starts);
    }
    text += "Every row starts with the values of the table of state variables above";
    const std::string starts = starts_table(kind_name(scenario, id), scenario.fields(id), rows);
    return text + (starts.empty() ? ".\n\n" : ", save where this one says otherwise.\n\n" + starts);
}

std::string inputs_section(const Scenario& scenario) {
    MarkdownTable table({"input", "on", "table", "dates", "between dates", "unit", "about", "source"});
    for (const Input& one : scenario.inputs)
        table.add({markdown_code(one.name), one.on.is_given() ? markdown_code(kind_name(scenario, one.on)) : "", markdown_code(one.path),
                   markdown_text(input_dates(one)), markdown_text(between_words(one)), markdown_text(one.unit), markdown_text(about_words(one.remarks)),
                   markdown_text(one.remarks.source)});
    const std::string rows = table.text();
    return rows.empty() ? rows
                        : "### Inputs\n\nKnown in advance and the same in every run; a tick has the value at its beginning. An input on a kind is a number for each of "
                          "its rows.\n\n" + rows;
}

std::string timeline_section(const Scenario& scenario) {
    MarkdownTable table({"when", "what happens", "on", "about", "source"});
    for (const auto& entry : std::span(scenario.timeline).first(std::min(scenario.timeline.size(), most_listed))) {
        table.add({when_words(scenario, entry), what_happens(scenario, entry),
                   entry.row ? markdown_text(row_label_words(scenario, *entry.row)) : "", markdown_text(entry.remarks.about),
                   markdown_text(entry.remarks.source)});
    }
    const std::string rows = table.text();
    return rows.empty()
               ? rows
               : "### Timeline\n\nDated facts and interventions, each before the steps of the tick that holds its date.\n\n" + rows + paragraph_of(not_listed(scenario.timeline.size(), "entry"));
}

std::string observed_section(const Scenario& scenario) {
    MarkdownTable table({"measure", "observed", "sd", "about", "source"});
    for (const auto& observed : scenario.observed) {
        table.add({markdown_code(observed.measure), markdown_text(observed_words(scenario, observed)), observed.sd ? exact(*observed.sd) : "", markdown_text(observed.remarks.about),
                   markdown_text(observed.remarks.source)});
    }
    const std::string rows = table.text();
    return rows.empty() ? rows : "### Record\n\nAgainst this the model is calibrated and scored; no run reads it.\n\n" + rows;
}

std::string record_section(const Scenario& scenario) {
    MarkdownTable table({"event", "on record", "complete", "of rows", "about", "source"});
    for (const auto& one : scenario.record)
        table.add({markdown_code(scenario.steps[static_cast<std::size_t>(one.step)].name), firings_words(one), record_span_words(scenario, one),
                   one.where ? markdown_code(one.where->text.value) : record_rows_words(one), markdown_text(one.remarks.about), markdown_text(one.remarks.source)});
    const std::string rows = table.text();
    return rows.empty() ? rows
                        : "### Events on record\n\nIn these days, and of these rows, what is not on record did not happen. The model is conditioned on it, calibrated and scored; a plain run "
                          "does not read it.\n\n" + rows;
}

std::string capitalised(std::string text) {
    if (!text.empty()) text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

std::string drive_word(Step::Form form) {
    constexpr std::array<std::string_view, 5> words = {"", "probability", "rate", "count", "utility"};
    return std::string(words[static_cast<std::size_t>(form)]);
}

std::string submodel(const Scenario& scenario, const Step& step) {
    std::string text = fmt::format("### {}\n\n{} on each {}", markdown_text(step.name), capitalised(form_words(step.form)),
                                   markdown_code(kind_name(scenario, step.on)));
    if (!step.cameo.empty()) text += fmt::format(", CAMEO {}", markdown_text(step.cameo));
    if (step.goldstein) text += fmt::format(", Goldstein {}", exact(*step.goldstein));
    text += ".";
    if (const std::string about = about_words(step.remarks); !about.empty()) text += ' ' + markdown_text(about);
    text += "\n\n```python\n";
    if (step.where) text += fmt::format("where {}\n", step.where->text.value);
    for (const auto& let : step.lets) text += fmt::format("let {} = {}\n", let.name, let.value.text.value);
    if (step.drive) text += fmt::format("{} = {}\n", drive_word(step.form), step.drive->text.value);
    if (step.temperature) text += fmt::format("temperature = {}\n", step.temperature->text.value);
    if (step.outside) text += fmt::format("outside = {}\n", step.outside->text.value);
    for (const auto& statement : step.statements) text += statement.text.value + '\n';
    text += "```\n\n";
    if (!step.remarks.source.empty()) text += fmt::format("Source: {}\n\n", markdown_text(step.remarks.source));
    return text;
}

}  // namespace

std::string odd_schedule(const Scenario& scenario) {
    std::string text =
        "## 3. Process overview and scheduling\n\nEach tick first sets what the timeline says for it, and then runs these steps in this "
        "order:\n\n";
    for (std::size_t number = 0; number < scenario.steps.size(); ++number) {
        const Step& step = scenario.steps[number];
        text += fmt::format("{}. *{}* ({} on each {})", number + 1, markdown_text(step.name), form_words(step.form),
                            markdown_code(kind_name(scenario, step.on)));
        const std::string about = about_words(step.remarks);
        text += about.empty() ? "\n" : ": " + markdown_text(about) + '\n';
    }
    return text +
           "\nWithin a step all rows act at once: each reads other rows as they stood when the step began, and its own fields as its "
           "statements have "
           "left them so far. What rows add to a value at the end of a link is summed at the step's end, in row order. Measures are taken "
           "at the end of the tick.\n\n";
}

std::string odd_design_concepts(const Scenario& scenario) {
    std::string text = "## 4. Design concepts\n\n";
    text += "**Basic principles.** " +
            std::string(scenario.references.empty() ? "See the sources of the submodels."
                                                    : "See the references and the sources of the submodels.") +
            "\n\n";
    text += "**Emergence.** What the measures show follows from the steps; none of them is set, save by the timeline.\n\n";
    text += "**Adaptation and objectives.** " + adaptation(scenario) + "\n\n";
    text += "**Learning and prediction.** None beyond what the submodels state.\n\n";
    text +=
        "**Sensing.** A row knows its own fields, the parameters, the clock, and of other rows what the equations name, without error.\n\n";
    text += "**Interaction.** " + interaction(scenario) + "\n\n";
    text += "**Stochasticity.** " + stochasticity(scenario);
    return text + "**Collectives.** None beyond the kinds of agents.\n\n**Observation.** The measures of section 1, in every run.\n\n";
}

std::string odd_initialization(const Scenario& scenario) {
    std::string text = "## 5. Initialization\n\n";
    for (int kind = 0; kind < static_cast<int>(scenario.kind_count()); ++kind) text += kind_starts(scenario, KindId{kind});
    return text;
}

std::string odd_input_data(const Scenario& scenario) {
    const std::string data = inputs_section(scenario) + timeline_section(scenario) + observed_section(scenario) + record_section(scenario);
    return "## 6. Input data\n\n" + (data.empty() ? "The model reads no data while it runs.\n\n" : data);
}

std::string odd_submodels(const Scenario& scenario) {
    std::string text =
        "## 7. Submodels\n\n"
        "Of events, `probability` is that of happening in a tick; `rate` is per year, and it happens in a tick with 1 − exp(−rate·dt); "
        "`count` is the mean "
        "of a Poisson number a year; `utility` enters a multinomial logit against `outside`, the utility of none. In the statements of an "
        "event its own name "
        "is how often it happened.\n\n";
    for (const auto& step : scenario.steps) text += submodel(scenario, step);
    return text;
}

}  // namespace entente
