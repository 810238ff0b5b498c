#include <entente/scenario/keys.hpp>

#include <array>

#include <entente/scenario/shared_keys.hpp>

namespace entente {
namespace {

using namespace shared_keys;

constexpr std::array top_keys{
    KeyEntry{"entente", required, "1", "version of the format"},
    KeyEntry{"title", optional, "text", "one line for people"},
    about_key,
    KeyEntry{"authors", optional, "list of texts", "who wrote it"},
    KeyEntry{"references", optional, "list of texts", "what it is based on"},
    KeyEntry{"use", optional, "list of files", "scenario files read before this one and merged with it, inside the folder of the scenario"},
    KeyEntry{"calendar", optional, "calendar",
             "when it begins, when it ends, how long a tick is; a file that others use may leave it to them"},
    KeyEntry{"runs", optional, "whole number from 1", "how many runs by default (1)"},
    KeyEntry{"parameters", optional, "name → number or parameter", "constants of a run"},
    KeyEntry{"inputs", optional, "name → input", "what is known in advance, date by date: prices, aid received, capabilities on record"},
    KeyEntry{"agents", optional, "kind → agents", "the kinds of agents"},
    KeyEntry{"links", optional, "kind → links", "the kinds of directed links between agents, at most one per source and target, which may be one agent"},
    KeyEntry{"steps", optional, "list of rules and events",
             "what happens in a tick, in this order; each step reads the state as it stood when it began"},
    KeyEntry{"timeline", optional, "list of entries", "dated facts and interventions"},
    KeyEntry{"variants", optional, "name → variant", "what-if versions"},
    KeyEntry{"measures", optional, "name → expression or measure",
             "what is recorded and summarised; none is called like a column of the tables of results: `run`, `point`, `alternative`, `replicate`, "
             "`drawn_as`, `status`, `runs`, `failed`, `time`, `year`"},
    KeyEntry{"headline", optional, "measure or list of up to 5",
             "what the scenario is about: these measures stand first in summaries and pages; without it dates do, then the others in their order"},
    KeyEntry{"observed", optional, "measure → record", "the record to score and calibrate against"},
    KeyEntry{"record", optional, "list of records", "events as they happened, within days for which the record is complete: for `condition`, `calibrate` and `score`"},
};

constexpr std::array calendar_keys{
    KeyEntry{"start", optional, "date", "the first day; without it ticks have no dates and are one year long"},
    KeyEntry{"end", optional, "date", "the last day; or give `ticks`"},
    KeyEntry{"ticks", optional, "whole number from 1", "how many ticks"},
    KeyEntry{"step", optional, "length",
             "`day`, `week`, `month`, `quarter`, `year`, `3.5 days`, `2 weeks`, …; rates are per year whatever it is"},
};

constexpr std::array parameter_keys{
    KeyEntry{"value", required, "number", "its value where nothing else is asked for"},
    unit_key,
    KeyEntry{"range", optional, "[low, high]", "values outside are refused; `inf` means no bound"},
    KeyEntry{"prior", optional, "distribution",
             "`uniform(a, b)`, `loguniform(a, b)`, `normal(m, s)`, `lognormal(m, s)`, `beta(a, b)`, `choice(a, b, …)` or `integers(a, b)`"},
    KeyEntry{"fitted_to", optional, "date", "the last day of the record that was looked at to set it: what is scored from an earlier day on was known when it was set"},
    label_key,
    about_key,
    source_key,
    override_key,
};

constexpr std::array input_keys{
    KeyEntry{"table", required, "CSV file",
             "a line a date, or with `on` a line a row and date, in any order"},
    KeyEntry{"on", optional, "kind", "the kind of agents or links whose rows have a value each: a panel, read as a field of that kind which nothing writes (`aid`, `state[a].aid`, "
             "`source.aid`, `sum(k.aid for k in state)`); without it a series, read by its name in any expression (`2 * oil`)"},
    KeyEntry{"name", optional, "column", "of a panel on agents: names the row (`name`)"},
    KeyEntry{"source", optional, "column", "of a panel on links: names the link's source (`source`); of others, where the numbers come from"},
    KeyEntry{"target", optional, "column", "of a panel on links: names the link's target (`target`)"},
    dates_key,
    ticks_key,
    value_key,
    table_where_key,
    unit_key,
    KeyEntry{"aggregate", optional, "`sum`, `mean`, `min`, `max` or `count`",
             "what counts where lines have several numbers for one date, or row and date, as lists of events do; otherwise a second one is an error"},
    KeyEntry{"between", optional, "`hold` or `linear`",
             "from the beginning of one date to that of the next: `hold`, the value of the first; `linear`, on the straight line from the one to the other. "
             "The last one holds to the end of the day, month, quarter or year that it names. A tick has the value at the beginning of its first day, and the state before "
             "the first tick that of the first tick"},
    KeyEntry{"outside", optional, "`error` or `hold`",
             "`hold`: the first value counts before its date too, the last one after its own; else the calendar must lie within the dates"},
    missing_number_key,
    KeyEntry{"undirected", optional, "yes or no", "of a panel on links: a line holds for both links between its ends (no)"},
    unknown_rows_key,
    separator_key,
    decimal_key,
    about_key,
    override_key,
};

constexpr std::array agent_kind_keys{
    fields_key,
    derived_key,
    KeyEntry{"members", optional, "list of names, or name → starts",
             "the agents by name, each with the starts that differ from the fields' and, if it has one, its `label`; for maps its `iso`, a country's code "
             "(ISO 3166-1 alpha-3), or its `position`, `[latitude, longitude]` in degrees"},
    KeyEntry{"table", optional, "CSV file or table of agents",
             "agents by rows: a column `name` and one a field, or what the mapping says; `members` beside it override starts and add agents"},
    KeyEntry{"count", optional, "number of agents", "so many agents without names, instead of `members` and `table`"},
    label_key,
    about_key,
    source_key,
};

constexpr std::array agent_table_keys{
    file_key,
    KeyEntry{"name", optional, "column", "the column that names the agents (`name`)"},
    KeyEntry{"label", optional, "column", "the column that holds their labels"},
    KeyEntry{"iso", optional, "column", "the column that holds the codes of their countries (ISO 3166-1 alpha-3), for maps"},
    KeyEntry{"latitude", optional, "column", "the column that holds their degrees north, for maps"},
    KeyEntry{"longitude", optional, "column", "the column that holds their degrees east"},
    columns_key,
    table_where_key,
    missing_key,
    separator_key,
    decimal_key,
};

constexpr std::array link_table_keys{
    file_key,
    KeyEntry{"source", optional, "column", "the column that names the agents where links begin (`source`)"},
    KeyEntry{"target", optional, "column", "the column that names the agents where they end (`target`)"},
    columns_key,
    table_where_key,
    missing_key,
    KeyEntry{"undirected", optional, "yes or no", "a row makes both links between its ends (no)"},
    unknown_rows_key,
    separator_key,
    decimal_key,
};

constexpr std::array link_kind_keys{
    KeyEntry{"source", once, "agent kind", "where its links begin"},
    KeyEntry{"target", once, "agent kind", "where they end"},
    fields_key,
    derived_key,
    KeyEntry{"members", optional, "list of `a -> b`, or `a -> b` → starts",
             "links one by one; beside a table or pattern they override starts and add links; `a -> a` links an agent to itself and is its own "
             "`reverse`"},
    KeyEntry{"table", optional, "CSV file or table of links", "links by rows: columns `source`, `target` and one a field, or what the mapping says"},
    KeyEntry{"pattern", optional, "`complete` or form → its keys",
             "links by rule: `complete`, `ring`, `grid`, `random`, `small_world`, `scale_free`, `regular`"},
    KeyEntry{"topology_seed", optional, "whole number", "seed of a random pattern (0); the same in every run"},
    label_key,
    about_key,
};

constexpr std::array field_keys{
    KeyEntry{"start", required, "number or expression",
             "over parameters, the row's own fields given earlier, a link's `source.x` and `target.x`, and draws; a draw is made per row "
             "and run"},
    unit_key,
    KeyEntry{"range", optional, "[low, high]", "clamps every value written"},
    KeyEntry{"levels", optional, "list of names",
             "names of its values 0, 1, 2, …, which are its range; known in expressions (`standing >= diplomats`), tables, `--set` and priors; a value between two counts "
             "in results as the nearer one, and these tell the share of runs, or rows, on each; a name that fields number differently means that of the field it is compared with or written to"},
    label_key,
    about_key,
    source_key,
    override_key,
};

constexpr std::array level_keys{
    KeyEntry{"name", required, "name", "as expressions and tables have it"},
    KeyEntry{"label", optional, "text", "people's words for it"},
};

constexpr std::array derived_keys{
    KeyEntry{"value", required, "expression", "over everything the row can read"}, unit_key, label_key, about_key, source_key, override_key,
};

constexpr std::array rule_keys{
    KeyEntry{"rule", required, "text", "its name, unlike any other step's: it keys the step's draws"},
    on_key,
    where_key,
    let_key,
    KeyEntry{"do", required, "list of statements",
             "`x = e`, `x += e`, `x -= e`, `x *= e` on own fields; `source.x`, `target.x`, `reverse.x` take `+=` and `-=`"},
    about_key,
    source_key,
    step_override_key,
};

constexpr std::array event_keys{
    KeyEntry{"event", required, "name", "its name, which then reads as how often it fired this tick"},
    on_key,
    where_key,
    let_key,
    KeyEntry{"probability", optional, "expression", "chance per tick"},
    KeyEntry{"rate", optional, "expression", "per year; fires at most once a tick, with chance 1 - exp(-rate * dt)"},
    KeyEntry{"count", optional, "expression", "expected number per year; a Poisson number fires in a tick"},
    KeyEntry{"choice", optional, "expression", "a utility: each source agent picks at most one of its links, by multinomial logit"},
    KeyEntry{"temperature", optional, "expression", "of a choice (1): near 0 picks the best, large picks at random"},
    KeyEntry{"outside", optional, "expression", "of a choice (0): the utility of picking none"},
    KeyEntry{"do", optional, "list of statements", "run on the rows where it fired"},
    KeyEntry{"code", optional, "code", "how the record codes such events"},
    label_key,
    about_key,
    source_key,
    step_override_key,
};

constexpr std::array code_keys{
    KeyEntry{"cameo", optional, "text", "CAMEO code of the event"},
    KeyEntry{"goldstein", optional, "number from -10 to 10", "Goldstein weight"},
};

constexpr std::array timeline_entry_keys{
    KeyEntry{"table", optional, "CSV file, or table of the timeline",
             "a line an entry: columns `date` (or `tick`), `event`, `on` (or `source` and `target`), and if there are such `about` and, but with `target`, "
             "`source`; `event`, `on`, `about` and `source` beside it are those of all lines"},
    KeyEntry{"date", optional, "date", "fires before the steps of the tick that holds it"},
    KeyEntry{"tick", optional, "whole number", "or the tick itself, from 0"},
    KeyEntry{"event", optional, "event", "an event that happens, whatever its chance"},
    KeyEntry{"on", optional, "row", "where it happens: `russia` or `russia -> afghanistan`"},
    KeyEntry{"set", optional, "field or parameter → expression",
             "of one row, `\"relation[russia, afghanistan].listed\": 0`; of all rows, `\"state[*].alert\": 1`, or those at one end, "
             "`\"relation[*, russia].trust\": trust / 2`, where the expression is read on each row as it stood before; a parameter, "
             "`aid_rate: 0`, which has that value from then on in every run, whatever it was given by `--set`, a sweep or a prior: "
             "`aid_rate: aid_rate / 2` goes by what it was given"},
    about_key,
    source_key,
};

constexpr std::array timeline_table_keys{
    KeyEntry{"file", required, "CSV file", "the table"},
    KeyEntry{"date", dates_key.need, dates_key.type,
             "the dates (`date`, or `year` where there is no such column): `2021-08-15`; of a month `2021-08`, quarter `2021Q3` or year `2021` the first day; an expression gives the "
             "number of a year"},
    ticks_key,
    KeyEntry{"event", optional, "column", "which event happens (`event`)"},
    KeyEntry{"on", optional, "column", "where it happens (`on`): `russia` or `russia -> afghanistan`"},
    KeyEntry{"source", optional, "column", "with `target`: the source of the link where it happens (`source`); else where the line comes from"},
    KeyEntry{"target", optional, "column", "the target of the link where it happens (`target`)"},
    KeyEntry{"about", optional, "column", "what it stands for (`about`)"},
    table_where_key,
    unknown_rows_key,
    separator_key,
    decimal_key,
};

constexpr std::array variant_keys{
    KeyEntry{"parameters", optional, "name → number", "other values"},
    KeyEntry{"inputs", optional, "name → CSV file or keys", "other tables: `{oil: high.csv}`, `{oil: {table: prices.csv, value: high}}`; keys not given are those of the input"},
    KeyEntry{"agents", optional, "kind → other starts", "other starts of agents"},
    KeyEntry{"links", optional, "kind → other starts", "other starts of links"},
    KeyEntry{"timeline", optional, "list of entries", "added to the scenario's"},
    label_key,
    about_key,
    source_key,
    KeyEntry{"override", optional, "yes", "replaces the variant of that name in a file read earlier"},
};

constexpr std::array variant_kind_keys{
    KeyEntry{"fields", optional, "name → expression", "other starts of fields"},
    KeyEntry{"members", optional, "name or `a -> b` → starts", "other starts of single rows"},
};

constexpr std::array measure_keys{
    KeyEntry{"value", required, "expression", "a series, recorded before the first tick and at the end of each, or one value by a function over time"},
    unit_key,
    KeyEntry{"per", optional, "`run` or `year`", "`year`: the value of each calendar year instead of the whole run's"},
    KeyEntry{"on", optional, "kind", "measured on every row of that kind: `fell: {value: first(alert > 3), on: state}`; told as `fell[syria]`, and in rows.csv"},
    label_key,
    about_key,
    source_key,
    override_key,
};

constexpr KeyEntry k_key{"k", required, "number of agents", "neighbours of each agent"};
constexpr KeyEntry even_k_key{"k", required, "even number", "neighbours of each agent, half of them on either side"};
constexpr KeyEntry p_key{"p", required, "number from 0 to 1", "chance of each link"};
constexpr std::array ring_keys{even_k_key};
constexpr std::array grid_keys{
    KeyEntry{"width", required, "number of agents", "agents in a row; width times height is the number of agents"},
    KeyEntry{"height", required, "number of agents", "rows"},
    KeyEntry{"torus", optional, "yes or no", "the edges meet (no)"},
    KeyEntry{"neighbours", optional, "4 or 8", "without or with the diagonals (4)"},
    KeyEntry{"radius", optional, "number from 1", "instead of `neighbours`: all within this distance, from centre to centre in cells"},
};
constexpr std::array random_keys{p_key};
constexpr std::array small_world_keys{even_k_key, KeyEntry{"p", required, "number from 0 to 1", "chance that a link is rewired"}};
constexpr std::array scale_free_keys{KeyEntry{"m", required, "number of agents", "agents that each newcomer attaches to"}};
constexpr std::array regular_keys{k_key};

}  // namespace

std::span<const KeyEntry> keys_of(Section section) {
    switch (section) {
        case Section::top:
            return top_keys;
        case Section::calendar:
            return calendar_keys;
        case Section::parameter:
            return parameter_keys;
        case Section::input:
            return input_keys;
        case Section::agent_kind:
            return agent_kind_keys;
        case Section::link_kind:
            return link_kind_keys;
        case Section::agent_table:
            return agent_table_keys;
        case Section::link_table:
            return link_table_keys;
        case Section::field:
            return field_keys;
        case Section::level:
            return level_keys;
        case Section::derived:
            return derived_keys;
        case Section::rule:
            return rule_keys;
        case Section::event:
            return event_keys;
        case Section::code:
            return code_keys;
        case Section::timeline_entry:
            return timeline_entry_keys;
        case Section::timeline_table:
            return timeline_table_keys;
        case Section::variant:
            return variant_keys;
        case Section::variant_kind:
            return variant_kind_keys;
        case Section::measure:
            return measure_keys;
        case Section::observed:
        case Section::observed_table:
        case Section::recorded_date:
        case Section::record_entry:
        case Section::record_table:
            return keys_of_records(section);
        case Section::ring:
            return ring_keys;
        case Section::grid:
            return grid_keys;
        case Section::random:
            return random_keys;
        case Section::small_world:
            return small_world_keys;
        case Section::scale_free:
            return scale_free_keys;
        case Section::regular:
            return regular_keys;
    }
    return {};
}

}  // namespace entente
