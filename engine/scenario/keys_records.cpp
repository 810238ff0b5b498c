#include <array>

#include <entente/scenario/shared_keys.hpp>

namespace entente {
namespace {

using namespace shared_keys;

constexpr std::array observed_keys{
    KeyEntry{"date", optional, "date, or what is known of it",
             "when it came, for a measure that is a date: a day `2025-07-03`, a month `2025-07`, quarter or year, anywhere within which it may have come; `[2024-11-01, 2024-11-11]`, the "
             "first and the last such day; `{before: 2024-11-11}`, `{after: 2024-11-11}` or both; `never`, not by the end of the calendar"},
    KeyEntry{"never", optional, "day, month, quarter or year, or `yes`", "instead of `date`: it had not come by the end of that day, or with `yes` of the calendar; beside a table with names, rows that have no date there had not"},
    KeyEntry{"precision", optional, "`day`, `week`, `month`, `quarter` or `year`", "how well the day is known: anywhere within the week (from Monday), month, … that holds it"},
    KeyEntry{"value", optional, "number", "what it was"},
    KeyEntry{"table", optional, "CSV file or table of a record",
             "what it was over time: columns `date` or `year`, and `value`; of a measure by row `name` (of links `source`, `target`) "
             "beside them, and only what the measure leaves: a "
             "date without `value`, one value without a date"},
    KeyEntry{"per", optional, "`run` or `year`", "`year`: values of calendar years"},
    KeyEntry{"on", optional, "kind", "the kind on whose rows the measure is; it says it itself"},
    KeyEntry{"sd", optional, "number from 0", "standard deviation of the record's own error, of each of its numbers"},
    KeyEntry{"seen", optional, "number or parameter", "of counts, the chance with which each of what is counted is on record, in (0, 1]: `0.3`"},
    about_key,
    source_key,
    override_key,
};

constexpr std::array recorded_date_keys{
    KeyEntry{"before", optional, "day, month, quarter or year", "it came before this day"},
    KeyEntry{"after", optional, "day, month, quarter or year", "it had not come by the end of this day; without `before` it is not known whether it came later"},
};

constexpr std::array observed_table_keys{
    file_key,
    KeyEntry{"name", optional, "column", "of a measure by row: the column that names the agents (`name`)"},
    KeyEntry{"source", optional, "column", "of a measure on links: the column that names the agents where they begin (`source`)"},
    KeyEntry{"target", optional, "column", "of a measure on links: the column that names the agents where they end (`target`)"},
    KeyEntry{"date", dates_key.need, dates_key.type,
             "when it was so (`date`, or `year` where there is no such column): `2021-08-15`; of a month `2021-08`, quarter `2021Q3` or "
             "year `2021` the first day; an expression gives "
             "the number of a year; without a date there is no record. When it came, for a measure that is a date: anywhere within the month, quarter "
             "or year; `never`: not by the end of the calendar"},
    value_key,
    table_where_key,
    KeyEntry{"missing", optional, "number or `skip`", "what was where a cell is missing: that number, or `skip`, the usual, no record"},
    unknown_rows_key,
    separator_key,
    decimal_key,
};

constexpr std::array record_entry_keys{
    KeyEntry{"events", required, "event, or list of events", "which events it is the record of"},
    KeyEntry{"complete", required, "[first day, last day]",
             "in the ticks that lie wholly within these days what is not on record did not happen; of other ticks the record says nothing, "
             "and what it has there is left out. "
             "In a calendar without dates: `[first tick, last tick]`"},
    KeyEntry{"table", optional, "CSV file or table of events",
             "a line each time: columns `date` (or `tick`), `source` and `target` (or `on`), `event` if there are several, and if there is "
             "such a column `count`, how often"},
    KeyEntry{"dates", optional, "row → date, or list of dates",
             "instead of a table, where there is one event: `{russia -> afghanistan: [2022-01-03, 2022-02-07]}`; a date written twice is "
             "two; `{}`: it never happened"},
    KeyEntry{"ticks", optional, "row → tick, or list of ticks", "the same in a calendar without dates: `{russia: [0, 3]}`"},
    KeyEntry{"on", optional, "kind", "the kind of agents or links on whose rows the events happen; they say it themselves"},
    KeyEntry{"where", optional, "expression", "only of rows where this is not 0 it is the record: `target == state[afghanistan]`"},
    about_key,
    source_key,
};

constexpr std::array record_table_keys{
    file_key,
    KeyEntry{"date", dates_key.need, dates_key.type,
             "when it happened (`date`, or `year` where there is no such column): `2021-08-15`; of a month `2021-08`, quarter `2021Q3` or "
             "year `2021` the middle; an expression gives the "
             "number of a year"},
    ticks_key,
    KeyEntry{"event", optional, "column", "which event happened (`event`); lines of others than those named are no part of it"},
    KeyEntry{"on", optional, "column", "where it happened (`on`): `russia` or `russia -> afghanistan`"},
    KeyEntry{"source", optional, "column", "with `target`: the source of the link where it happened (`source`)"},
    KeyEntry{"target", optional, "column", "the target of the link where it happened (`target`)"},
    KeyEntry{"count", optional, "column or expression over columns", "how often (`count`, or once)"},
    table_where_key,
    KeyEntry{
        "missing", optional, "number or `skip`",
        "`skip`: lines that lack a date or a number are left out; or the number of a `count` that is missing; otherwise they are errors"},
    unknown_rows_key,
    separator_key,
    decimal_key,
};

}  // namespace

std::span<const KeyEntry> keys_of_records(Section section) {
    if (section == Section::observed) return observed_keys;
    if (section == Section::observed_table) return observed_table_keys;
    if (section == Section::recorded_date) return recorded_date_keys;
    if (section == Section::record_entry) return record_entry_keys;
    if (section == Section::record_table) return record_table_keys;
    return {};
}

}  // namespace entente
