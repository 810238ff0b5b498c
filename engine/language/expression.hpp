/// Checked expressions: every name resolved against a Schema, every shape (agent, link, number) right.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <entente/base/problem.hpp>
#include <entente/language/functions.hpp>
#include <entente/language/schema.hpp>

namespace entente {

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;
struct RowRef;
using RowPtr = std::shared_ptr<const RowRef>;

/// How an expression names a row: its own, a loop variable's, a member's, or one reached from these.
struct RowRef {
    enum class Form { own, loop, member, source_of, target_of, reverse_of, link_between };
    Form form = Form::own;
    KindId kind;      ///< of the row named
    MemberId member;  ///< Form::member
    RowPtr from;      ///< source_of, target_of, reverse_of: the link; link_between: its source
    RowPtr to;        ///< link_between: its target
};

enum class Clock { tick, t, dt, year, month };

/// What an aggregate runs over.
struct Collection {
    enum class Form { all, out_of, into };
    Form form = Form::all;
    KindId kind;    ///< of the items
    RowPtr anchor;  ///< the agent whose links are meant; none for `all`
};

struct Expr {
    enum class Kind {
        number,     ///< number
        parameter,  ///< parameter
        input,      ///< input: a number known in advance, the same on every row
        clock,      ///< clock
        field,      ///< row, field
        derived,    ///< row, derived
        event,      ///< row, event: how often it fired on that row this tick
        let,        ///< let: number of the step's row-local name
        has,        ///< row: 1 where the link exists
        same_row,   ///< row, other_row: 1 where both are one row
        call,       ///< function, args: arithmetic, comparison, logic, mathematics
        draw,       ///< draw, args; place_number is its ordinal in the step
        aggregate,  ///< aggregate, over, args = {body [, weight]}, filter
        over_time,  ///< over_time, args = {body}; in measures only
    };
    Kind kind = Kind::number;
    Place place;
    std::string text;  ///< as written, for messages and `describe`

    double number = 0;
    ParameterId parameter;
    InputId input;
    Clock clock = Clock::tick;
    RowPtr row;
    RowPtr other_row;
    FieldId field;
    DerivedId derived;
    EventId event;
    int let = -1;
    Function function = Function::add;
    Draw draw = Draw::uniform;
    int place_number = 0;
    Aggregate aggregate = Aggregate::sum;
    OverTime over_time = OverTime::first;
    Collection over;
    ExprPtr filter;
    std::vector<ExprPtr> args;
};

/// What an expression at some place of the scenario may use.
struct Context {
    const Schema* schema = nullptr;
    KindId on;                      ///< kind of the row it is evaluated on; value -1: no row (parameters, measures, the timeline)
    std::vector<std::string> lets;  ///< row-local names, in order
    int fields_visible = -1;        ///< own fields with a smaller number only (start expressions); -1: all
    bool derived_visible = true;    ///< derived fields may be read
    bool draws_allowed = true;
    bool over_time_allowed = false;  ///< `first`, `total`, … (measures)
    bool clock_visible = true;       ///< `tick`, `t`, `year`, `month` (not in start expressions)
    bool only_source = false;        ///< the row is a link, of which only `source` may be read (temperature, outside)
    std::string where;               ///< for messages: "a start expression", "a measure"
    const std::vector<std::string>* levels = nullptr;  ///< of the field that the value is written to: their names mean these
    std::string field{};                               ///< that field's name
    int* draw_counter = nullptr;     ///< numbers the draws of one step in the order of the text; null: from 0
};

/// Parses and checks `text`; on errors says them to `problems` and gives null.
ExprPtr read_expression(const Text& text, const Context& context, Problems& problems);

/// A row named in data: `russia` or `russia -> afghanistan` of kind `kind`; a name may stand in quotes, and does where it holds an arrow or begins
/// with a quote. Null and a problem when there is none such by name.
RowPtr read_row(const Text& text, KindId kind, const Schema& schema, Problems& problems);

/// A field of a named row: `relation[russia, afghanistan].listed`, `state[russia].x`. An Expr of Kind::field, or null.
ExprPtr read_state_target(const Text& text, const Schema& schema, Problems& problems);

/// The left side of a timeline's `set`, or null. A field of a named row, as read_state_target has it; a field of all rows of a kind,
/// `state[*].x`, `relation[*, russia].x`: an Expr of Kind::field on the row's own, where its `filter` holds or is null; or a parameter.
ExprPtr read_set_target(const Text& text, const Schema& schema, Problems& problems);

/// Every derived field that `expr` reads directly (kind, derived), for finding cycles.
std::vector<std::pair<KindId, DerivedId>> derived_read_by(const Expr& expr);

}  // namespace entente
