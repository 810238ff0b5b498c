#include <entente/scenario/reference_topics.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace entente {

namespace {

constexpr std::array operators_examples{
    ReferenceExample{"state", "w = -2 ** 2 + 7 % 3", {-3, -3, -3}, "`**` before the sign, `%` before the sum"},
    ReferenceExample{"state", "w = 7 - 2 - 1", {4, 4, 4}, "from left to right"},
    ReferenceExample{"state", "w = 2 ** 3 ** 2", {512, 512, 512}, "powers alone from right to left"},
    ReferenceExample{"state", "w = not 1 == 2", {1, 1, 1}, "`not (1 == 2)`"},
    ReferenceExample{"state", "w = 1 < v < 3", {0, 1, 0}, "both must hold"},
    ReferenceExample{"state", "w = 2 and 3", {1, 1, 1}, "`and`, `or`, `not` and comparisons give 1 or 0"},
};

constexpr std::array conditional_examples{
    ReferenceExample{"state", "w = 5 if v > 1 else 6", {6, 5, 5}, "the condition stands between its two values"},
    ReferenceExample{"state", "w = 1 + 1 if v > 1 else 9", {9, 2, 2}, "it binds loosest: `(1 + 1) if v > 1 else 9`"},
    ReferenceExample{"state", "w = 1 if v < 2 else 2 if v < 3 else 3", {1, 2, 3}, "several in a row"},
    ReferenceExample{"state", "w = 1 / (v - 1) if v > 1 else 0", {0, 1, 0.5}, "a division by 0 that is not chosen does no harm"},
    ReferenceExample{"state", "w = 10 * (v > 1)", {0, 10, 10}, "a condition is a number"},
};

constexpr std::array reading_examples{
    ReferenceExample{"state", "v = 10; w = v", {10, 10, 10}, "own fields are read as just written, `self.v` as `v`"},
    ReferenceExample{"state", "v = 10; w = twice", {20, 20, 20}, "so are own derived fields"},
    ReferenceExample{"state", "v += 1; v += 1; w = v", {3, 4, 5}, "statement after statement"},
    ReferenceExample{"state",
                     "v = 10; w = sum(k.v for k in state)",
                     {6, 6, 6},
                     "aggregates read the start of the step: 1 + 2 + 3, the own row included"},
    ReferenceExample{"state", "v = 10; w = state[a].v", {1, 1, 1}, "so do lookups, that of the own row too"},
    ReferenceExample{"state", "v = 10; w = sum(r.target.v for r in tie.out(self))", {5, 1, 0}, "and whatever is read through links"},
    ReferenceExample{"tie", "target.v += 1; x = target.v", {2, 1, 3}, "what a link gives its ends arrives when the step ends"},
};

constexpr std::array row_examples{
    ReferenceExample{
        "state", "w = count(1 for k in state if k != self)", {2, 2, 2}, "rows are compared by `==` and `!=` alone: each is itself only"},
    ReferenceExample{"state", "w = 1 if self == state[a] else 0", {1, 0, 0}, "a member is named with its kind"},
    ReferenceExample{"state", "w = sum(r.x for r in tie if r.target == self)", {7, 5, 9}, "the ends of links are rows"},
    ReferenceExample{"tie", "x = source.v + 10 * target.v", {21, 12, 31}, "on a link both ends are read"},
};

constexpr std::array lookup_examples{
    ReferenceExample{"state", "w = state[b].v", {2, 2, 2}, "an agent by name"},
    ReferenceExample{"state", "w = tie[a, b].x", {5, 5, 5}, "a link by both ends: one that does not exist is an error"},
    ReferenceExample{"state", "w = tie[self, c].x", {9, 0, 0}, "found at run time, one that does not exist reads 0"},
    ReferenceExample{"state", "w = tie[self, c].target.v", {3, 0, 0}, "and so does what is read through it"},
    ReferenceExample{"state", "w = has(tie[self, c])", {1, 0, 0}, "`has` tells which exist, of named ends too"},
    ReferenceExample{"state", "w = tie[self, c].x if has(tie[self, c]) else -1", {9, -1, -1}, "another value where there is none"},
};

constexpr std::array reverse_examples{
    ReferenceExample{"tie", "x = reverse.x", {7, 5, 0}, "a -> c has no reverse: it reads 0"},
    ReferenceExample{"tie", "x = has(reverse)", {1, 1, 0}, "a link in each direction, or not"},
    ReferenceExample{"tie", "reverse.x += 100", {105, 107, 9}, "what is given to one that does not exist is lost"},
    ReferenceExample{"state", "w = sum(r.reverse.x for r in tie.out(self))", {7, 5, 0}, "of the links of an agent"},
};

constexpr std::array aggregate_examples{
    ReferenceExample{"state", "w = sum(r.x for r in tie.out(self))", {14, 7, 0}, "links that run from the agent"},
    ReferenceExample{"state", "w = mean(r.x for r in tie.into(self))", {7, 5, 9}, "links that run to it"},
    ReferenceExample{
        "state", "w = count(k.v > v for k in state)", {2, 1, 0}, "names inside are the own row's, unless they follow the loop variable"},
    ReferenceExample{"state", "w = max(k.v for k in state if k.v > 5)", {0, 0, 0}, "of nothing the value is 0, of `all` 1"},
};

constexpr std::array time_examples{
    ReferenceExample{"state", "w = tick", {0, 0, 0}, "ticks count from 0"},
    ReferenceExample{"state", "w = 12 * dt", {1, 1, 1}, "a month is a twelfth of a year"},
    ReferenceExample{"state", "w = year + month / 100", {2000.03, 2000.03, 2000.03}, "of the tick's first day"},
    ReferenceExample{"state", "w = t", {0, 0, 0}, "years since the start, at the beginning of the tick"},
};

constexpr std::array topics{
    ReferenceTopic{"Operators", "", operators_examples},
    ReferenceTopic{"Conditionals", "There is no `if` statement: a value is chosen, or `where` takes only some rows.", conditional_examples},
    ReferenceTopic{"What each read sees",
                   "All rows of a step begin with the state as it stood when the step began, and none sees what another does in it. "
                   "The next step sees what this one did. `where`, `let`, `rate` and the like are computed before the row's statements; "
                   "the timeline acts before the first step of its "
                   "tick; a measure sees the state when a tick ends, and first the one before all ticks.",
                   reading_examples},
    ReferenceTopic{"Rows and their comparison", "", row_examples},
    ReferenceTopic{"Lookups", "", lookup_examples},
    ReferenceTopic{"`reverse`", "", reverse_examples},
    ReferenceTopic{"Aggregates at work", "", aggregate_examples},
    ReferenceTopic{"Time", "", time_examples},
};

}  // namespace

std::span<const ReferenceTopic> reference_topics() {
    return topics;
}

std::string_view reference_world() {
    return "entente: 1\n"
           "calendar: {start: 2000-03-01, ticks: 1, step: month}\n"
           "agents: {state: {fields: {v: 0, w: 0}, derived: {twice: 2 * v}, members: {a: {v: 1}, b: {v: 2}, c: {v: 3}}}}\n"
           "links: {tie: {source: state, target: state, fields: {x: 0}, members: {a -> b: {x: 5}, b -> a: {x: 7}, a -> c: {x: 9}}}}\n";
}

std::string reference_steps(const ReferenceExample& example) {
    std::string statements;
    std::string_view rest = example.statements;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find("; "), rest.size());
        statements += fmt::format("{}\"{}\"", statements.empty() ? "" : ", ", rest.substr(0, end));
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return fmt::format("steps: [{{rule: example, on: {}, do: [{}]}}]\n", example.on, statements);
}

}  // namespace entente
