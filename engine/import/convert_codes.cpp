#include <entente/import/convert_codes.hpp>

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>

namespace entente {

namespace {

using Names = std::span<const std::string_view>;

/// What makers of data call columns of such codes, blanks, underscores and case aside.
Names usual_columns(Naming naming) {
    static constexpr std::array<std::string_view, 11> cow{"ccode", "ccode1", "ccode2", "cowcode",  "cowcode1", "cowcode2",
                                                          "cown",  "statea", "stateb", "state1no", "state2no"};
    static constexpr std::array<std::string_view, 9> gw{"gwno",    "gwno1", "gwno2", "gwcode",     "gwcode1",
                                                        "gwcode2", "gwn",   "gwid",  "statenumber"};
    static constexpr std::array<std::string_view, 7> iso3{"iso3", "iso3c", "iso3code", "iso3_o", "iso3_d", "countrycode", "isocode"};
    static constexpr std::array<std::string_view, 7> name{"country",  "countryname", "sourcecountry", "targetcountry",
                                                          "statenme", "statename",   "name"};
    switch (naming) {
        case Naming::cow:
            return cow;
        case Naming::gw:
            return gw;
        case Naming::iso3:
            return iso3;
        case Naming::name:
            return name;
    }
    return {};
}

bool is_usual(std::string_view column, Naming naming) {
    return std::ranges::any_of(usual_columns(naming), [&](std::string_view usual) { return is_same_column(column, usual); });
}

class CodeTable {
public:
    CodeTable(int file, const Sources& sources, const CodeColumns& asked, Problems& problems)
        : asked_(asked),
          problems_(problems),
          header_{file, form_of(sources.text(file)).line, 1, 1},
          rows_(file, sources, problems, form_of(sources.text(file))),
          renamer_(asked.change, rows_, imported_),
          names_(rows_.header().begin(), rows_.header().end()) {}

    Imported run() {
        choose_columns();
        choose_year();
        if (problems_.has_errors()) return {};
        write_header();
        while (rows_.next()) write_row();
        return std::move(imported_);
    }

private:
    void say(std::string what, std::string help) { problems_.error(header_, std::move(what), std::move(help)); }

    void choose_columns() {
        is_code_.assign(names_.size(), false);
        std::vector<std::size_t> chosen;
        for (const std::string& name : asked_.columns) {
            const auto column = rows_.column(name);
            if (!column)
                say(fmt::format("the table has no column '{}'", name), did_you_mean(name, names_, "its columns are " + listed(names_)));
            if (column) chosen.push_back(*column);
        }
        for (std::size_t i = 0; asked_.columns.empty() && i < names_.size(); ++i)
            if (is_usual(names_[i], asked_.change.from)) chosen.push_back(i);
        if (chosen.empty() && !problems_.has_errors())
            say(fmt::format("no column is called as makers of data call one with {}", words_for(asked_.change.from)),
                fmt::format("choose one, --column NAME; the columns are {}", listed(names_)));
        for (const std::size_t column : chosen) is_code_[column] = true;
        rename(chosen);
    }

    void rename(const std::vector<std::size_t>& chosen) {
        if (asked_.as.empty() || problems_.has_errors()) return;
        if (asked_.as.size() != chosen.size()) {
            say(fmt::format("--as gives {} for {} of codes", counted(std::ssize(asked_.as), "name"), counted(std::ssize(chosen), "column")),
                "a name for each of them: --as source,target");
            return;
        }
        for (std::size_t i = 0; i < chosen.size(); ++i) names_[chosen[i]] = asked_.as[i];
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (std::ranges::count(names_, names_[i]) > 1 && is_code_[i])
                say(fmt::format("two columns would be called '{}'", names_[i]), "choose another name: --as");
    }

    void choose_year() {
        if (asked_.year.empty()) return;
        if (asked_.year.size() == 4) year_ = leading_year(asked_.year);
        if (year_) return;
        year_column_ = rows_.column(asked_.year);
        if (!year_column_)
            say(fmt::format("'{}' is neither a year nor a column of the table", asked_.year),
                did_you_mean(asked_.year, rows_.header(), "its columns are " + listed(rows_.header())));
    }

    void write_header() {
        for (std::size_t i = 0; i < names_.size(); ++i) imported_.csv += (i > 0 ? "," : "") + csv_cell(names_[i]);
        imported_.csv += '\n';
    }

    void write_row() {
        ++imported_.read;
        const auto year = year_column_ ? year_of(rows_, *year_column_) : year_;
        std::string line;
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (i > 0) line += ',';
            if (!is_code_[i]) {
                line += csv_cell(rows_.cell(i));
            } else if (const auto name = renamer_.renamed(i, year)) {
                line += csv_cell(*name);
            } else {
                return;
            }
        }
        imported_.csv += line + '\n';
        ++imported_.written;
    }

    const CodeColumns& asked_;
    Problems& problems_;
    Place header_;
    Imported imported_;
    CsvReader rows_;
    Renamer renamer_;
    std::vector<std::string> names_;  ///< of the columns, as they are written
    std::vector<bool> is_code_;
    std::optional<int> year_;
    std::optional<std::size_t> year_column_;
};

}  // namespace

Imported convert_codes(int file, const Sources& sources, const CodeColumns& asked, Problems& problems) {
    return CodeTable(file, sources, asked, problems).run();
}

}  // namespace entente
