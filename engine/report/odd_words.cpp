#include <entente/report/odd_words.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>
#include <entente/report/markdown.hpp>

namespace entente {

std::string kind_name(const Scenario& scenario, KindId kind) {
    return scenario.schema[kind].name;
}

std::string row_words(const Scenario& scenario, const RowRef& row) {
    if (row.form == RowRef::Form::member) return scenario.schema[row.kind].members[static_cast<std::size_t>(row.member.value)];
    if (row.form == RowRef::Form::link_between) return as_end(row_words(scenario, *row.from)) + " -> " + as_end(row_words(scenario, *row.to));
    return kind_name(scenario, row.kind);
}

std::string row_label_words(const Scenario& scenario, const RowRef& row) {
    if (row.form == RowRef::Form::link_between) return row_label_words(scenario, *row.from) + " -> " + row_label_words(scenario, *row.to);
    if (row.form != RowRef::Form::member || scenario.is_link_kind(row.kind)) return row_words(scenario, row);
    const AgentMember& member = scenario.agent_kind(row.kind).members[static_cast<std::size_t>(row.member.value)];
    return member.label.empty() ? row_words(scenario, row) : member.label;
}

std::string member_words(const AgentMember& member) {
    return member.label.empty() || member.label == member.name ? member.name : fmt::format("{} ({})", member.label, member.name);
}

std::string sites_words(const AgentKind& kind) {
    const auto placed = std::ranges::count_if(kind.members, [](const AgentMember& member) { return member.site.is_given(); });
    if (placed == 0) return "";
    const auto of_all = std::ssize(kind.members) == placed ? std::string("All are") : fmt::format("Of them {} {}", with_commas(placed), placed == 1 ? "is" : "are");
    return fmt::format("{} on maps, by country or position; nothing that is computed reads where. ", of_all);
}

std::string about_words(const Remarks& remarks) {
    return remarks.label + (remarks.label.empty() || remarks.about.empty() ? "" : ": ") + remarks.about;
}

std::string not_listed(std::size_t all, std::string_view noun, std::size_t most) {
    if (all <= most) return "";
    return fmt::format("The first {} of {}; entente describe --json has all.", with_commas(static_cast<std::int64_t>(most)), counted(static_cast<std::int64_t>(all), noun));
}

void cut_list(std::vector<std::string>& list) {
    if (list.size() <= most_listed) return;
    const std::size_t more = list.size() - most_listed;
    list.resize(most_listed);
    list.push_back(fmt::format("… and {} more", with_commas(static_cast<std::int64_t>(more))));
}

std::string link_words(const Scenario& scenario, const LinkKind& kind, int source, int target) {
    const auto end = [&](KindId id, int row) {
        const auto& members = scenario.schema[id].members;
        return members.empty() ? fmt::format("{} {}", kind_name(scenario, id), row) : members[static_cast<std::size_t>(row)];
    };
    return as_end(end(kind.source, source)) + " -> " + as_end(end(kind.target, target));
}

std::string range_words(const Range& range) {
    if (!range.is_bounded()) return {};
    const std::string low = std::isinf(range.low) ? "(−∞" : '[' + exact(range.low);
    return low + ", " + (std::isinf(range.high) ? "∞)" : exact(range.high) + ']');
}

std::string range_words(const Field& field) {
    if (field.levels.empty()) return range_words(field.range);
    std::string words;
    for (std::size_t i = 0; i < field.levels.size(); ++i) {
        const Level& level = field.levels[i];
        words += (i == 0 ? "" : ", ") + std::to_string(i) + " " + level.name + (level.label.empty() ? "" : " (" + level.label + ")");
    }
    return words;
}

std::string prior_words(const Prior& prior) {
    constexpr std::array<std::string_view, 7> names = {"uniform", "loguniform", "normal", "lognormal", "beta", "choice", "integers"};
    std::vector<std::string> arguments;
    for (const double argument : prior.arguments) arguments.push_back(exact(argument));
    return fmt::format("{}({})", names[static_cast<std::size_t>(prior.form)], fmt::join(arguments, ", "));
}

std::string pattern_words(const Pattern& pattern) {
    using Form = Pattern::Form;
    const std::string seed = fmt::format(" (topology seed {})", pattern.topology_seed);
    switch (pattern.form) {
        case Form::complete:
            return "every ordered pair";
        case Form::ring:
            return fmt::format("a ring, each linked to {}", counted(pattern.k, "neighbour"));
        case Form::grid:
            return fmt::format("a grid of {} × {}{}, {}", pattern.width, pattern.height, pattern.torus ? " closed to a torus" : "",
                               pattern.radius ? fmt::format("each linked to all within {} cells", exact(*pattern.radius))
                                              : fmt::format("{} neighbours each", pattern.neighbours));
        case Form::random:
            return fmt::format("a random graph (Erdős–Rényi), each pair with probability {}", exact(pattern.p)) + seed;
        case Form::small_world:
            return fmt::format("a small world (Watts–Strogatz), {} neighbours each, rewired with probability {}", pattern.k,
                               exact(pattern.p)) +
                   seed;
        case Form::scale_free:
            return fmt::format("a scale-free graph (Barabási–Albert), {} links for each newcomer", pattern.k) + seed;
        case Form::regular:
            return fmt::format("a random regular graph, {} neighbours each", pattern.k) + seed;
    }
    return {};
}

std::string when_words(const Scenario& scenario, const TimelineEntry& entry) {
    return entry.date ? iso(*entry.date) : scenario.calendar.label(entry.tick);
}

std::string what_happens(const Scenario& scenario, const TimelineEntry& entry) {
    std::vector<std::string> what;
    if (entry.step >= 0) what.push_back(markdown_code(scenario.steps[static_cast<std::size_t>(entry.step)].name));
    for (const auto& set : entry.sets) what.push_back(markdown_code(fmt::format("{} = {}", set.text.value, set.value.text.value)));
    return fmt::format("{}", fmt::join(what, "; "));
}

std::string form_words(Step::Form form) {
    constexpr std::array<std::string_view, 5> names = {"rule", "event by probability", "event by rate", "event by count",
                                                       "event by choice"};
    return std::string(names[static_cast<std::size_t>(form)]);
}

std::string size_words(const Scenario& scenario, KindId id) {
    if (!scenario.is_link_kind(id)) return with_commas(static_cast<std::int64_t>(scenario.agent_kind(id).size()));
    const LinkKind& kind = scenario.link_kind(id);
    const std::size_t listed = kind.table_ends.size() + kind.members.size();
    if (!kind.pattern) return with_commas(static_cast<std::int64_t>(listed));
    return pattern_words(*kind.pattern);
}

void visit_expression(const Expr& expr, const std::function<void(const Expr&)>& visit) {
    visit(expr);
    for (const auto& argument : expr.args) {
        if (argument) visit_expression(*argument, visit);
    }
    if (expr.filter) visit_expression(*expr.filter, visit);
}

void visit_step(const Step& step, const std::function<void(const Formula&)>& visit) {
    for (const auto& let : step.lets) visit(let.value);
    for (const auto* formula : {&step.where, &step.drive, &step.temperature, &step.outside}) {
        if (*formula) visit(**formula);
    }
    for (const auto& statement : step.statements) visit(statement.value);
}

std::string input_dates(const Input& input) {
    std::string text = fmt::format("{} to {}, {}", input.first, input.last, counted(input.read, "number"));
    if (input.left_out > 0) text += fmt::format("; {} about other rows left out", counted(input.left_out, "line"));
    return text;
}

std::string between_words(const Input& input) {
    std::string text = input.between == Between::linear ? "straight lines" : "the value before";
    if (input.several != Several::refused) text += fmt::format("; the {} of several of one date", name_of(input.several));
    if (input.missing) text += fmt::format("; {} where none is given", exact(*input.missing));
    if (input.holds_outside) text += "; beyond the dates the first and the last value";
    return text;
}

}  // namespace entente
