#include <fmt/format.h>

#include <entente/language/functions.hpp>
#include <entente/language/operators.hpp>
#include <entente/language/words.hpp>
#include <entente/scenario/keys.hpp>
#include <entente/scenario/reference_topics.hpp>
#include <entente/scenario/values.hpp>

namespace entente {
namespace {

/// A vertical bar would end a cell.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '|') safe += '\\';
        safe += c;
    }
    return safe;
}

std::string_view need_told(Need need) {
    switch (need) {
        case Need::optional:
            return "";
        case Need::required:
            return ", required";
        case Need::once:
            return ", required in one file of those used";
    }
    return "";
}

std::string keys_table(std::string_view heading, Section section) {
    std::string out = fmt::format("## {}\n\n| key | value | meaning |\n|---|---|---|\n", heading);
    for (const KeyEntry& entry : keys_of(section))
        out += fmt::format("| `{}`{} | {} | {} |\n", entry.key, need_told(entry.need), cell(entry.type), cell(entry.meaning));
    return out + "\n";
}

template <class Entry>
std::string callables_table(std::string_view heading, std::span<const Entry> entries) {
    std::string out = fmt::format("## {}\n\n| | |\n|---|---|\n", heading);
    for (const Entry& entry : entries) out += fmt::format("| `{}` | {} |\n", cell(entry.signature), cell(entry.meaning));
    return out + "\n";
}

std::string operators_table() {
    std::string out = "## Operators, from the loosest to the tightest\n\nThose of one group bind alike.\n\n| group | | |\n|---|---|---|\n";
    for (const OperatorEntry& entry : operators())
        out += fmt::format("| {} | `{}` | {} |\n", static_cast<int>(entry.binding) + 1, cell(entry.form), cell(entry.meaning));
    return out + "\n";
}

std::string words_table() {
    std::string out = "## Words that need no declaration\n\n| | |\n|---|---|\n";
    for (const WordEntry& entry : words()) out += fmt::format("| `{}` | {} |\n", entry.form, cell(entry.meaning));
    return out + "\n";
}

std::string examples_table(const ReferenceTopic& topic) {
    std::string out = fmt::format("### {}\n\n", topic.heading);
    if (!topic.text.empty()) out += fmt::format("{}\n\n", topic.text);
    out += "| `do` | gives | |\n|---|---|---|\n";
    for (const ReferenceExample& example : topic.examples) {
        std::string values;
        for (const double value : example.values) values += (values.empty() ? "" : ", ") + shown(value);
        out += fmt::format("| `{}` | {}{} | {} |\n", cell(example.statements), values, example.on == "tie" ? " (on: tie)" : "", cell(example.meaning));
    }
    return out + "\n";
}

std::string examples() {
    std::string out = fmt::format(
        "## Expressions at work\n\nEach example is the one rule of this world, on `state`, and gives `w` of a, b and c after a tick; those on `tie` give `x` of "
        "a -> b, b -> a and a -> c.\n\n```yaml\n{}```\n\n",
        reference_world());
    for (const ReferenceTopic& topic : reference_topics()) out += examples_table(topic);
    return out;
}

constexpr std::pair<std::string_view, Section> headings[] = {
    {"The file", Section::top},
    {"`calendar`", Section::calendar},
    {"One of `parameters`", Section::parameter},
    {"One of `inputs`: `oil: {table: data/prices.csv, date: month, value: brent / 100, where: has(brent)}`", Section::input},
    {"One of `agents`", Section::agent_kind},
    {"One of `links`", Section::link_kind},
    {"`table` of agents: `table: {file: data/states.csv, name: iso3, columns: {capability: cinc_2021}, where: year == 2017}`", Section::agent_table},
    {"`table` of links: `table: {file: data/borders.csv, source: ccode1, target: ccode2, columns: {km: km}, undirected: yes}`", Section::link_table},
    {"One of `fields`", Section::field},
    {"One of `levels`, which may be a name alone", Section::level},
    {"One of `derived`", Section::derived},
    {"A rule of `steps`", Section::rule},
    {"An event of `steps`, with one of `probability`, `rate`, `count` and `choice`", Section::event},
    {"`code` of an event", Section::code},
    {"One of `timeline`", Section::timeline_entry},
    {"`table` of an entry of `timeline`: `- {event: strike, table: {file: data/events.csv, source: from, target: to, where: code == '190', unknown: skip}}`", Section::timeline_table},
    {"One of `record`: `- {table: data/visits.csv, events: visit, complete: [2021-08-15, 2023-12-31]}`, or for a few `- {events: visit, dates: {iran -> afghanistan: 2022-01-03}, complete: [2022, 2022]}`", Section::record_entry},
    {"`table` of events on record: `table: {file: data/steps.csv, event: step, source: actor, where: confidence == 'high'}`", Section::record_table},
    {"One of `variants`", Section::variant},
    {"One of a variant's `agents` or `links`", Section::variant_kind},
    {"One of `measures`", Section::measure},
    {"One of `observed`", Section::observed},
    {"`date` of a record, where it is no day: `date: {before: 2024-11-11}`", Section::recorded_date},
    {"`table` of a record: `table: {file: data/panel.csv, name: iso3, date: year, value: gdp / 1e9, where: gdp > 0}`", Section::observed_table},
    {"`pattern: {ring: {…}}`, each agent linked to its nearest neighbours", Section::ring},
    {"`pattern: {grid: {…}}`", Section::grid},
    {"`pattern: {random: {…}}` (Erdős–Rényi)", Section::random},
    {"`pattern: {small_world: {…}}` (Watts–Strogatz)", Section::small_world},
    {"`pattern: {scale_free: {…}}` (Barabási–Albert)", Section::scale_free},
    {"`pattern: {regular: {…}}`, a random graph with equal degrees", Section::regular},
};

constexpr std::string_view outcomes_of_measures =
    "## What a run's measures give to studies\n\n"
    "| measure | outcome of `sweep`, `sensitivity` and `compare` |\n|---|---|\n"
    "| a value (a series) | `NAME`, its value at the end of the run |\n"
    "| functions over time | `NAME`, their value over the run |\n"
    "| the same with `per: year` | `NAME`, their value over the whole run as without it: totals add up, an average is that of all ticks, `first` is "
    "the first of all; and `NAME[2024]`, that of one year, in runs.csv and points.csv, elsewhere where it is asked for with --measure |\n"
    "| `first(condition)` alone (a date) | `NAME_years`, the years to it, at most to the calendar's end; `NAME_came`, 1 where it came and else 0 |\n"
    "| a field with `levels`, or what has its values | an outcome for each level, `NAME[mission]`: 1 in a run on it, 0 in one on another, so that its mean is the share of runs; "
    "of the numbers themselves there is none, unless a measure computes with them, as `standing + 0` |\n"
    "| measures `on` a kind | the same for each row, `NAME[syria]`, `NAME[syria][2024]`, `NAME[syria][mission]`: in rows.csv and point_rows.csv, elsewhere where it is asked for "
    "with --measure |\n\n"
    "## What a run that failed counts for\n\n"
    "What it had shown by the end of the tick before it failed is known, the rest is missing.\n\n"
    "| measure | in a run that failed |\n|---|---|\n"
    "| a date | known where it came before; else the run is watched for it up to the failure and then lost from sight (censored): shares, curves, "
    "`half by`, log-rank tests and the means of `NAME_years` and `NAME_came` are those of the Kaplan–Meier estimate |\n"
    "| a series | its values before, in series.nc and in means and quantiles over time; its value at the end is missing |\n"
    "| `per: year` | years that were over; its value over the whole run is missing |\n"
    "| other functions over time | missing, for they take the whole run |\n"
    "| events | not counted; those before are logged in events.csv |\n";

}  // namespace

std::string language_reference() {
    std::string out =
        "# The scenario language, format version 1\n\n"
        "Numbers are decimal, by one rule in scenarios, expressions, tables and arguments: `12`, `1_000`, `0.5`, `1e-3`; a whole number begins with "
        "no 0. Control characters in texts are written out, as in `\\x1b`. The key `on` may be written `true`, as programs for YAML 1.1 do.\n\n"
        "An agent may be called by any text without control characters: `russia`, `NO`, `365`, `Guinea-Bissau`, `Côte d'Ivoire`. In an expression a name that is no "
        "plain word (letters a-z, digits and `_`), or is `self`, `source`, `target`, `reverse` or a word of Python such as `in`, stands in quotes, as a text of Python does: "
        "`state['Guinea-Bissau'].gdp`, `road['365', \"Côte d'Ivoire\"].km`. In `a -> b` quotes are needed only where a name holds `->`, begins with a quote or has "
        "blanks around it.\n\n"
        "A link that an expression names by both of its ends, `relation[a, b]`, must exist, unless the expression asks `has(…)` of it; between rows that are found at run "
        "time, as in `relation[self, a]`, one that does not exist reads 0.\n\n";
    for (const auto& [heading, section] : headings) out += keys_table(heading, section);
    out += operators_table();
    out += words_table();
    out += callables_table("Functions", functions());
    out += callables_table("Draws, one per row, tick and place in the text", draws());
    out += callables_table("Aggregates, over `kind`, `kind.out(agent)` or `kind.into(agent)`, with an optional `if`", aggregates());
    out += callables_table("Functions over time, in measures", over_time_functions());
    out += examples();
    out += reference_of_units();
    out += outcomes_of_measures;
    out += "\nIdioms, short scenarios that show how to say what is often needed: `entente reference idioms`.\n";
    return out;
}

}  // namespace entente
