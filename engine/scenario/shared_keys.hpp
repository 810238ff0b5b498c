/// Keys that several sections have, and the words in which the tables of sections are written.
#pragma once

#include <string_view>

#include <entente/scenario/keys.hpp>

namespace entente {

/// The sections of what is on record: `observed`, `record` and their tables; none of others.
std::span<const KeyEntry> keys_of_records(Section section);

namespace shared_keys {

inline constexpr Need optional = Need::optional;
inline constexpr Need required = Need::required;
inline constexpr Need once = Need::once;

inline constexpr KeyEntry about_key{"about", optional, "text", "what it stands for"};
inline constexpr KeyEntry source_key{"source", optional, "text", "where it comes from: a paper and its table, a record"};
inline constexpr KeyEntry unit_key{"unit", optional, "unit",
                                   "its unit, which is checked: `million GBP/year`, `t per person and year`; see Units"};
inline constexpr KeyEntry label_key{"label", optional, "text",
                                    "people's words for it, in tables for people and on pages; files have its name"};
inline constexpr KeyEntry override_key{"override", optional, "yes",
                                       "changes what a file read earlier defines; keys not given keep their values"};
inline constexpr KeyEntry on_key{"on", required, "kind", "the kind of agents or links on whose rows it runs"};
inline constexpr KeyEntry where_key{"where", optional, "expression", "only rows where this is not 0"};
inline constexpr KeyEntry let_key{"let", optional, "name → expression", "names for this row and this step, in the written order"};
inline constexpr KeyEntry fields_key{"fields", optional, "name → number, expression or field", "the state of each row"};
inline constexpr KeyEntry derived_key{"derived", optional, "name → expression or derived field", "computed when read; not stored"};
inline constexpr KeyEntry step_override_key{"override", optional, "yes", "replaces the step of that name in a file read earlier"};

inline constexpr KeyEntry file_key{"file", required, "CSV file", "the table, in the folder of the scenario or below it"};
inline constexpr KeyEntry columns_key{"columns", optional, "field → expression, or list of names",
                                      "what each field begins with: a column, or an expression over columns, with operators and "
                                      "mathematical functions; a column whose name is no plain word stands in quotes: "
                                      "`{gdp: \"'GDP (USD)' / 1e9\"}`. All other columns are left alone; without `columns` each column is "
                                      "a field, and of a kind without fields only the names are read"};
inline constexpr KeyEntry table_where_key{"where", optional, "expression over columns",
                                          "rows to take: `year == 2017 and region == 'Africa'`; to the right of a comparison quotes hold a "
                                          "text, compared character by character; `has(gdp)`: the cell is not missing"};
inline constexpr KeyEntry missing_key{"missing", optional, "`start` or number",
                                      "what a cell stands for that is empty, `NA`, `N/A`, `NaN`, `.`, `..`, `null` or `None`: the field's "
                                      "own start, or that number; otherwise it is an error"};
inline constexpr KeyEntry missing_number_key{"missing", optional, "number or `skip`",
                                             "for cells that are empty, `NA`, `N/A`, `NaN`, `.`, `..`, `null` or `None`, and for rows that "
                                             "lack a date which others have: the number that counts there, or `skip`, as if "
                                             "no line were written; otherwise they are errors"};
inline constexpr KeyEntry separator_key{"separator", optional, "sign or `tab`", "between cells (`,`)"};
inline constexpr KeyEntry decimal_key{"decimal", optional, "`.` or `,`", "before decimals (`.`)"};

inline constexpr KeyEntry unknown_rows_key{"unknown", optional, "`error` or `skip`",
                                           "`skip`: lines about agents, links and events that there are not are left out, and how many "
                                           "they are is told; otherwise they are errors"};
inline constexpr KeyEntry dates_key{"date", optional, "column or expression over columns",
                                    "the dates (`date`, or `year` where there is no such column): days `2021-08-15`, months `2021-08`, "
                                    "quarters `2021Q3`, years `2021`; an expression gives the number of a year, "
                                    "`floor(yyyymm / 100)`, or `2001` for all lines"};
inline constexpr KeyEntry ticks_key{"tick", optional, "column or expression over columns",
                                    "instead of `date`: ticks, from 0 (`tick`, in a calendar without dates), `year - 2000`"};
inline constexpr KeyEntry value_key{"value", optional, "column or expression over columns",
                                    "the numbers (`value`): `price`, `price / 1000`, `\"'GDP (USD)' / 1e9\"`"};

}  // namespace shared_keys

}  // namespace entente
