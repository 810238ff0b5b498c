/// Files as the makers of data publish them: found by their columns, whatever their releases called these.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <entente/import/state_codes.hpp>
#include <entente/scenario/csv.hpp>

namespace entente {

/// What came of a file.
struct Imported {
    struct LeftOut {
        std::string what;  ///< a noun in the singular and what qualifies it: "event within one country"
        std::size_t count = 0;
    };
    std::string csv;          ///< the table, with its header
    std::size_t read = 0;     ///< rows
    std::size_t written = 0;  ///< rows
    std::vector<LeftOut> left_out;

    void leave_out(std::string_view what);  ///< counts one
    /// `read 4,993 rows, wrote 1,205; left out: 12 events within one country`
    [[nodiscard]] std::string tally() const;
    void write(std::initializer_list<std::string_view> cells);  ///< a row; counted
};

/// A maker's bytes as UTF-8: what is not UTF-8 is taken as Windows-1252, in which older releases are.
std::string as_utf8(std::string bytes);

/// Between the cells of the line that begins at `begin`: a tab or semicolon where there is no comma.
char separator_of(std::string_view text, std::size_t begin = 0);

/// A table that begins with its first line that is not blank, separated as that line is.
CsvForm form_of(std::string_view text);

/// Whether two columns are called alike, but for case, blanks, points, dashes and underscores: `Event Date`, `event_date`.
bool is_same_column(std::string_view a, std::string_view b);

/// Finds columns by any of several names.
class MakerFile {
public:
    /// `form` is how messages call such a file: "an event list of ICEWS".
    MakerFile(int file, const Sources& sources, Problems& problems, std::string_view form, CsvForm written);

    [[nodiscard]] std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const;
    /// A problem, told with the columns that there are, when it has none of them; then there are no rows, and of further columns nothing is
    /// said.
    std::size_t expect(std::initializer_list<std::string_view> names);
    bool next() { return !is_another_ && rows.next(); }

    CsvReader rows;

private:
    void say_another(std::initializer_list<std::string_view> names);

    Problems& problems_;
    Place header_;
    std::string form_;
    bool is_another_ = false;
};

enum class Unknown { refuse, skip };

/// How a table's states are called, and how they shall be.
struct NamingChange {
    Naming from = Naming::cow;
    Naming to = Naming::iso3;
    Unknown unknown = Unknown::refuse;
};

/// Gives states other names, cell by cell. An unknown one is a problem, told where it stands first, or its row is left out.
class Renamer {
public:
    Renamer(NamingChange change, CsvReader& rows, Imported& imported) : change_(change), rows_(rows), imported_(imported) {}

    /// The new name of the state in that column; `text` is the part of the cell that names it. Nothing after a problem, or where
    /// the row is to be left out, which is counted.
    std::optional<std::string> renamed(std::size_t column, std::string_view text, std::optional<int> year);
    std::optional<std::string> renamed(std::size_t column, std::optional<int> year = {}) {
        return renamed(column, rows_.cell(column), year);
    }

private:
    std::optional<std::string> found(const std::string& text, std::optional<int> year);
    void refuse(std::size_t column, const std::string& text);

    NamingChange change_;
    CsvReader& rows_;
    Imported& imported_;
    std::unordered_map<std::string, std::optional<std::string>> known_;  ///< by old name and year
    std::unordered_set<std::string> told_;                               ///< names that were refused
};

/// Years from the first to the last, both included.
struct Years {
    int first = 0;
    int last = always;
    [[nodiscard]] bool hold(int year) const { return first <= year && year <= last; }
};
/// `2000`, `1990:2020`, `1990:`; nothing of all else.
std::optional<Years> parse_years(std::string_view text);

/// The four digits that a text begins with, as a year.
std::optional<int> leading_year(std::string_view text);

/// The year in a column; a problem where there is none.
std::optional<int> year_of(CsvReader& rows, std::size_t column);

}  // namespace entente
