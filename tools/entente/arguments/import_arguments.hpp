/// FORM, FILE and the options of `entente import`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <entente/import/conflict_years.hpp>
#include <entente/import/convert_codes.hpp>
#include <entente/import/event_list.hpp>
#include <entente/import/state_list.hpp>
#include <entente/import/world_bank.hpp>

#include "arguments/options.hpp"

namespace entente {

enum class ImportForm { codes, states, ucdp, worldbank, events };

struct ImportArguments {
    std::string form;
    std::string file;  ///< none: state_codes.csv, for `states` only
    std::string from;
    std::string to;
    std::string unknown;
    std::string years;
    std::vector<std::string> columns;
    std::vector<std::string> as;
    std::string year;
    std::string list;
    bool with_microstates = false;
    std::vector<std::string> types;
    std::string least_intensity;
    bool with_supporters = false;
    bool without_zeros = false;
    std::string indicator;
    std::vector<std::string> codes;
    std::string event;
    bool by_month = false;
    bool with_domestic = false;
    std::string out;
    bool quiet = false;

    void add_to(Options& app);

    /// Throws Error when there is no such form, it takes no such option, or lacks its file.
    [[nodiscard]] ImportForm check() const;

    /// What a form is asked for. Each throws Error for a value that is none.
    [[nodiscard]] CodeColumns code_columns() const;
    [[nodiscard]] StateSystem state_system() const;
    [[nodiscard]] ConflictYears conflict_panel() const;
    [[nodiscard]] WorldBankTable world_bank_table() const;
    [[nodiscard]] EventList events() const;

private:
    [[nodiscard]] NamingChange change(Naming usually_from) const;
    [[nodiscard]] Years years_or_all() const;
};

}  // namespace entente
