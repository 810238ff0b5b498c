#include <iostream>

#include <fmt/format.h>

#include <entente/scenario/document.hpp>
#include <entente/scenario/files.hpp>
#include <entente/store/staged_files.hpp>

#include "arguments/import_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"

namespace entente {

namespace {

constexpr std::uintmax_t most_bytes = std::uintmax_t{4} << 30;

std::string bytes_of(const std::string& file) {
    std::string bytes = file == "-" ? read_standard_input(most_bytes) : read_bytes(file, file, most_bytes);
    const bool is_archive = bytes.starts_with("PK\x03\x04") || bytes.starts_with("\x1F\x8B");
    if (is_archive)
        throw Error(fmt::format("'{}' is compressed: a spreadsheet, perhaps, or an archive", file), "unpack it, or save the sheet as CSV");
    return as_utf8(std::move(bytes));
}

Imported imported(const ImportArguments& asked, ImportForm form, int file, const Sources& sources, Problems& problems) {
    switch (form) {
        case ImportForm::codes:
            return convert_codes(file, sources, asked.code_columns(), problems);
        case ImportForm::states:
            return list_states(file, sources, asked.state_system(), problems);
        case ImportForm::ucdp:
            return conflict_years(file, sources, asked.conflict_panel(), problems);
        case ImportForm::worldbank:
            return world_bank_values(file, sources, asked.world_bank_table(), problems);
        case ImportForm::events:
            return event_list(file, sources, asked.events(), problems);
    }
    return {};
}

Imported imported(const ImportArguments& asked) {
    const ImportForm form = asked.check();
    if (asked.file.empty()) return list_states(asked.state_system());
    Sources sources;
    Problems problems;
    std::string text = bytes_of(asked.file);
    if (form == ImportForm::worldbank) text = without_footer(std::move(text));
    const int file = sources.add(asked.file == "-" ? "standard input" : asked.file, std::move(text));
    Imported table = check_text(file, sources, problems) ? imported(asked, form, file, sources, problems) : Imported{};
    if (problems.has_errors()) throw ScenarioError(problems, sources);
    return table;
}

void write(const std::string& table, const std::string& file) {
    const std::filesystem::path path(file);
    StagedFiles files(path.has_parent_path() ? path.parent_path() : ".");
    files.write(path.filename().string(), table);
    files.publish();
}

ExitCode import_file(const ImportArguments& asked, Attendant& attendant) {
    const Imported table = imported(asked);
    if (asked.out.empty())
        std::cout << table.csv;
    else
        write(table.csv, asked.out);
    if (!asked.quiet) tell_lines(table.tally() + "\n");
    if (table.written == 0) attendant.tell_warning("the table has no rows", "see what was left out, and --years, --code, --type and the like");
    return ExitCode::fine;
}

}  // namespace

Subcommand add_import(Options& app) {
    Options* self = app.add_subcommand("import", "Turn a file as its makers publish it into a table for scenarios");
    const auto asked = std::make_shared<ImportArguments>();
    asked->add_to(*self);
    self->footer(R"(
Forms:
  codes      any table; its codes of states become others, all else stays
  states     the states of a year or period: name,label,code,from,to. FILE is a
             list as COW's states2016.csv; without one those lists hold that
             Entente has from 1946 on
  ucdp       UCDP/PRIO armed conflicts, a row a conflict and year, as a panel:
             name,year,value,conflicts; value is the highest intensity (0 to 2)
  worldbank  a table with a column a year, as the World Bank has them:
             name,year,value; aggregates (WLD, ARB, …) are left out
  events     ICEWS, or other events by CAMEO code:
             date,event,source,target,goldstein; with --monthly
             date,source,target,events,goldstein, sums by pair and month

Examples:
  entente import codes trade.csv --column ccode1,ccode2 --as source,target
  entente import codes panel.csv --from iso3 --to cow --year year
  entente import states --years 1990:2020 --list cow --out states.csv
  entente import ucdp ucdp-prio-acd.csv --type intrastate,internationalised
  entente import worldbank API_NY.GDP.PCAP.CD.csv --years 1990:2020
  entente import events icews.tab --code 19,20 --monthly --out fights.csv
  entente import events icews.tab --code 054 --event recognition

In a scenario:
  agents:
    state: {table: {file: states.csv, name: name, label: label, columns: {}}}
  inputs:
    war: {table: war.csv, on: state, name: name, date: year, value: value}

The Goldstein weights are those of the R package icews (MIT licence).
)");
    return {self, [asked](const CommandLine&, Attendant& attendant) { return import_file(*asked, attendant); }};
}

}  // namespace entente
