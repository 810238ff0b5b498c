#include "arguments/import_arguments.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>

namespace entente {

namespace {

const std::vector<std::string> forms{"codes", "states", "ucdp", "worldbank", "events"};
const std::vector<std::string> ways_with_unknown{"refuse", "skip"};
const std::vector<std::string> intensities{"1", "2"};

std::vector<std::string> some_namings(std::size_t count) {
    const auto first = namings().first(count);
    return {first.begin(), first.end()};
}

/// The value of an option that takes one of a few words.
std::size_t chosen(std::string_view option, const std::string& value, std::span<const std::string> words) {
    const auto found = std::ranges::find(words, value);
    if (found == words.end())
        throw Error(fmt::format("{} cannot be '{}'", option, value), did_you_mean(value, words, "it is one of " + listed(words)));
    return static_cast<std::size_t>(found - words.begin());
}

/// `a,b` given once is `a` and `b`.
std::vector<std::string> apart(const std::vector<std::string>& values) {
    std::vector<std::string> parts;
    for (const std::string& value : values)
        for (std::size_t begin = 0; begin <= value.size();) {
            const std::size_t end = std::min(value.find(',', begin), value.size());
            if (end > begin) parts.push_back(value.substr(begin, end - begin));
            begin = end + 1;
        }
    return parts;
}

Years years_of(std::string_view option, const std::string& text) {
    const auto years = parse_years(text);
    if (!years)
        throw Error(fmt::format("{} cannot be '{}'", option, text), "write a year, 2018, or years from the first to the last, 1990:2018");
    return *years;
}

}  // namespace

void ImportArguments::add_to(Options& app) {
    app.add_option("FORM", form, "codes, states, ucdp, worldbank or events: what the file is, as told below")->required()->one_of(forms);
    app.add_option("FILE", file, "The maker's file, with commas, tabs or semicolons between cells; - reads standard input");
    const std::string states = "Names of states";
    app.add_option("--from", from,
                   "How FILE names states: cow, gw (Gleditsch and Ward), iso3 or name (default: cow for codes, name for events)")
        ->type_name("NAMING")
        ->one_of(some_namings(namings().size()))
        ->group(states);
    app.add_option("--to", to, "How the table shall name them (default: iso3)")->type_name("NAMING")->one_of(some_namings(namings().size()))->group(states);
    app.add_option("--unknown", unknown, "refuse: states without such a name are errors; skip: their rows are left out (default: refuse)")
        ->type_name("WHAT")
        ->one_of(ways_with_unknown)
        ->group(states);
    app.add_option("--years", years, "states, ucdp, worldbank, events: only these (default: all)")->type_name("YEAR[:YEAR]")->group("Rows");
    app.add_option("--type", types, "ucdp: extrasystemic, interstate, intrastate, internationalised (default: all)")
        ->type_name("TYPE[,TYPE]")
        ->one_of({conflict_types().begin(), conflict_types().end()})
        ->allow_extra_args(false)
        ->group("Rows");
    app.add_option("--min-intensity", least_intensity, "ucdp: 1, from 25 battle deaths a year, or 2, from 1,000 (default: 1)")
        ->type_name("1|2")
        ->one_of(intensities)
        ->group("Rows");
    app.add_flag("--supporters", with_supporters, "ucdp: states that send troops to a side count as sides")->group("Rows");
    app.add_flag("--no-zeros", without_zeros, "ucdp: no rows for years without conflict")->group("Rows");
    app.add_option("--indicator", indicator, "worldbank: the one to take, by code or name, of several in FILE")
        ->type_name("CODE")
        ->group("Rows");
    app.add_option("--code", codes, "events: only those of these CAMEO codes and what is below them (default: all)")
        ->type_name("CODE[,CODE]")
        ->allow_extra_args(false)
        ->group("Rows");
    app.add_flag("--domestic", with_domestic, "events: those within one country too")->group("Rows");
    app.add_option("--list", list, "states: cow or gw (default: gw)")->type_name("LIST")->one_of(some_namings(2))->group("Rows");
    app.add_flag("--microstates", with_microstates, "states: those of the list of microstates, beside gw, too")->group("Rows");
    app.add_option("--column", columns, "codes: columns that hold them (default: those called ccode, gwno, iso3 and the like)")
        ->type_name("NAME[,NAME]")
        ->allow_extra_args(false)
        ->group("Columns");
    app.add_option("--as", as, "codes: what these columns are called in the table")
        ->type_name("NAME[,NAME]")
        ->allow_extra_args(false)
        ->group("Columns");
    app.add_option("--year", year, "codes: the column with the year, or the year, in which codes hold (default: as they are now)")
        ->type_name("NAME")
        ->group("Columns");
    app.add_flag("--monthly", by_month, "events: numbers and summed weights by pair of states and month")->group("Columns");
    app.add_option("--event", event, "events: what the scenario calls them; the table is then one for its timeline")
        ->type_name("NAME")
        ->group("Columns");
    app.add_option("--out", out, "File for the table (default: standard output)")->type_name("FILE")->group("Where results go");
    app.add_flag("--quiet", quiet, "Do not tell what was read and left out")->group("How");
}

ImportForm ImportArguments::check() const {
    const auto found = std::ranges::find(forms, form);
    if (found == forms.end())
        throw Error(fmt::format("there is no form '{}'", form), did_you_mean(form, forms, "the forms are " + listed(forms)));
    struct Given {
        std::string_view option;
        bool is_given;
        std::string_view of_forms;
    };
    const Given given[] = {{"--from", !from.empty(), "codes events"},
                           {"--unknown", !unknown.empty(), "codes ucdp worldbank events"},
                           {"--years", !years.empty(), "states ucdp worldbank events"},
                           {"--column", !columns.empty(), "codes"},
                           {"--as", !as.empty(), "codes"},
                           {"--year", !year.empty(), "codes states"},
                           {"--list", !list.empty(), "states"},
                           {"--microstates", with_microstates, "states"},
                           {"--type", !types.empty(), "ucdp"},
                           {"--min-intensity", !least_intensity.empty(), "ucdp"},
                           {"--supporters", with_supporters, "ucdp"},
                           {"--no-zeros", without_zeros, "ucdp"},
                           {"--indicator", !indicator.empty(), "worldbank"},
                           {"--code", !codes.empty(), "events"},
                           {"--event", !event.empty(), "events"},
                           {"--monthly", by_month, "events"},
                           {"--domestic", with_domestic, "events"}};
    for (const Given& one : given)
        if (one.is_given && one.of_forms.find(form) == std::string_view::npos)
            throw Error(fmt::format("import {} takes no {}", form, one.option), fmt::format("{} is for {}", one.option, one.of_forms));
    if (by_month && !event.empty())
        throw Error("--monthly gives numbers of events, and --event a timeline of each", "give one or the other");
    const auto chosen_form = static_cast<ImportForm>(found - forms.begin());
    if (file.empty() && chosen_form != ImportForm::states)
        throw Error(fmt::format("import {} takes a file", form), fmt::format("entente import {} FILE", form));
    return chosen_form;
}

NamingChange ImportArguments::change(Naming usually_from) const {
    NamingChange change{.from = usually_from};
    if (!from.empty()) change.from = static_cast<Naming>(chosen("--from", from, namings()));
    if (!to.empty()) change.to = static_cast<Naming>(chosen("--to", to, namings()));
    if (!unknown.empty()) change.unknown = static_cast<Unknown>(chosen("--unknown", unknown, ways_with_unknown));
    return change;
}

Years ImportArguments::years_or_all() const {
    return years.empty() ? Years{} : years_of("--years", years);
}

CodeColumns ImportArguments::code_columns() const {
    return {.change = change(Naming::cow), .columns = apart(columns), .as = apart(as), .year = year};
}

StateSystem ImportArguments::state_system() const {
    if (years.empty() && year.empty()) throw Error("import states takes a year, or years", "as in --years 2018 or --years 1990:2018");
    StateSystem system{.years = years.empty() ? years_of("--year", year) : years_or_all(),
                       .with_microstates = with_microstates,
                       .to = change(Naming::gw).to};
    if (!list.empty()) system.list = static_cast<Naming>(chosen("--list", list, some_namings(2)));
    if (system.years.first < first_year_of_lists && file.empty())
        throw Error(fmt::format("the lists here begin in {}", first_year_of_lists),
                    "give the maker's: entente import states states2016.csv --list cow --years 1914");
    return system;
}

ConflictYears ImportArguments::conflict_panel() const {
    ConflictYears asked{
        .types = apart(types), .with_supporters = with_supporters, .with_zeros = !without_zeros, .change = change(Naming::gw)};
    for (const std::string& type : asked.types) chosen("--type", type, conflict_types());
    if (!least_intensity.empty()) asked.least_intensity = 1 + static_cast<int>(chosen("--min-intensity", least_intensity, intensities));
    if (!years.empty()) asked.years = years_or_all();
    return asked;
}

WorldBankTable ImportArguments::world_bank_table() const {
    return {.indicator = indicator, .years = years_or_all(), .change = change(Naming::iso3)};
}

EventList ImportArguments::events() const {
    return {.codes = apart(codes),
            .event = event,
            .by_month = by_month,
            .with_domestic = with_domestic,
            .years = years_or_all(),
            .change = change(Naming::name)};
}

}  // namespace entente
