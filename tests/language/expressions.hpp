/// A small world to speak of, and expressions read in it.
#pragma once

#include <string>

#include <entente/language/expression.hpp>

namespace entente::test {

/// Three named states, unnamed crowds, relations between states, and ties from states to crowds.
inline const Schema& world() {
    static const Schema made = [] {
        Schema schema;
        schema.kinds = {{"state", false, {}, {}, {"power", "gold"}, {}, {"might"}, {"russia", "afghanistan", "tajikistan"}, {}},
                        {"crowd", false, {}, {}, {"mood"}, {}, {}, {}, {}},
                        {"relation", true, {0}, {0}, {"trust", "grievance", "listed"}, {}, {"warmth"}, {}, {}},
                        {"tie", true, {0}, {1}, {"weight"}, {}, {}, {}, {}}};
        for (int row = 0; row < 3; ++row) schema.kinds[0].member_rows[schema.kinds[0].members[static_cast<std::size_t>(row)]] = row;
        schema.parameters = {"gain", "decay"};
        schema.events = {{"visit", {2}}, {"revolt", {0}}};
        return schema;
    }();
    return made;
}

inline constexpr KindId state{0};
inline constexpr KindId crowd{1};
inline constexpr KindId relation{2};
inline constexpr KindId tie{3};

inline Context without_row(std::string where) {
    Context made;
    made.schema = &world();
    made.where = std::move(where);
    made.draws_allowed = false;
    return made;
}

inline Context in_step(KindId on) {
    Context made = without_row("a step");
    made.on = on;
    made.draws_allowed = true;
    return made;
}

inline Context in_measure(KindId on = {}) {
    Context made = without_row("a measure");
    made.on = on;
    made.over_time_allowed = true;
    return made;
}

/// Where a field starts that has `before` others before it.
inline Context in_start(KindId on, int before) {
    Context made = in_step(on);
    made.where = "a start expression";
    made.fields_visible = before;
    made.derived_visible = false;
    made.clock_visible = false;
    return made;
}

inline Context in_outside() {
    Context made = without_row("a choice's outside");
    made.on = relation;
    made.only_source = true;
    return made;
}

/// An expression on the only line of `world.yaml`, and what is said about it.
struct Reading {
    explicit Reading(const std::string& expression) : text{expression, {sources.add("world.yaml", expression), 1, 1, 1}, {}} {}

    [[nodiscard]] std::string said() const { return problems.render(sources); }

    Sources sources;
    Text text;
    Problems problems;
};

inline std::string said_of(const std::string& expression, const Context& context) {
    Reading reading(expression);
    const ExprPtr tree = read_expression(reading.text, context, reading.problems);
    return (tree != nullptr) == reading.problems.has_errors() ? "the tree and the problems disagree: " + reading.said() : reading.said();
}

inline ExprPtr read_fine(const std::string& expression, const Context& context) {
    Reading reading(expression);
    return read_expression(reading.text, context, reading.problems);
}

}  // namespace entente::test
