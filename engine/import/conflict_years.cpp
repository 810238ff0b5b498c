#include <entente/import/conflict_years.hpp>

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include <entente/base/names.hpp>

namespace entente {

namespace {

/// UCDP's number of a type of conflict, from 1, by number or word; 0: none.
int type_number(std::string_view text) {
    if (text.size() == 1 && text[0] >= '1' && text[0] <= '4') return text[0] - '0';
    constexpr std::pair<std::string_view, int> words[] = {{"extrasystemic", 1},
                                                          {"interstate", 2},
                                                          {"intrastate", 3},
                                                          {"internal", 3},
                                                          {"II", 4},
                                                          {"internationalised", 4},
                                                          {"internationalized", 4},
                                                          {"internationalized intrastate", 4}};
    for (const auto& [word, number] : words)
        if (text == word) return number;
    return 0;
}

class ConflictPanel {
public:
    ConflictPanel(int file, const Sources& sources, const ConflictYears& asked, Problems& problems)
        : asked_(asked),
          problems_(problems),
          maker_(file, sources, problems, "a list of conflict-years of UCDP/PRIO", form_of(sources.text(file))),
          renamer_(asked.change, maker_.rows, imported_) {
        for (const std::string& type : asked.types) types_.push_back(type_number(type));
        year_ = maker_.expect({"year"});
        intensity_ = maker_.expect({"intensity_level", "intensity"});
        if (!types_.empty()) type_ = maker_.expect({"type_of_conflict", "type"});
        sides_ = {maker_.expect({"gwno_a", "gwnoa"})};
        find_sides({"gwno_b", "gwnob"});
        if (asked.with_supporters) {
            find_sides({"gwno_a_2nd", "gwnoa2nd"});
            find_sides({"gwno_b_2nd", "gwnob2nd"});
        }
    }

    Imported run() {
        while (maker_.next()) read_row();
        if (problems_.has_errors()) return {};
        if (asked_.with_zeros && !years_.empty()) add_zeros();
        imported_.csv = "name,year,value,conflicts\n";
        for (const auto& [key, cell] : cells_)
            imported_.write({key.first, std::to_string(key.second), std::to_string(cell.intensity), std::to_string(cell.conflicts)});
        return std::move(imported_);
    }

private:
    struct Cell {
        int intensity = 0;
        int conflicts = 0;
    };

    void find_sides(std::initializer_list<std::string_view> names) {
        if (const auto column = maker_.find(names)) sides_.push_back(*column);
    }

    bool is_of_type() {
        if (types_.empty()) return true;
        const int type = type_number(maker_.rows.cell(type_));
        if (type == 0)
            maker_.rows.error(type_, fmt::format("'{}' is not a type of conflict", maker_.rows.cell(type_)),
                              "1 to 4, or " + listed(conflict_types()));
        return std::ranges::find(types_, type) != types_.end();
    }

    int intensity() {
        const std::string_view text = maker_.rows.cell(intensity_);
        if (text == "1" || text == "2") return text[0] - '0';
        maker_.rows.error(intensity_, fmt::format("'{}' is not an intensity", text), "1 (from 25 battle deaths a year) or 2 (from 1,000)");
        return 0;
    }

    void read_row() {
        ++imported_.read;
        const auto year = year_of(maker_.rows, year_);
        if (!year) return;
        years_.push_back(*year);
        if (asked_.years && !asked_.years->hold(*year)) return imported_.leave_out("conflict-year of other years");
        if (!is_of_type()) return imported_.leave_out("conflict-year of another type");
        const int level = intensity();
        if (level < asked_.least_intensity) return imported_.leave_out("conflict-year of less intensity");
        for (const std::size_t column : sides_) add_states(column, *year, level);
    }

    /// A cell may name several: `200, 220`.
    void add_states(std::size_t column, int year, int level) {
        std::string_view rest = maker_.rows.cell(column);
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find_first_of(",;"), rest.size());
            std::string_view code = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (code.starts_with(' ')) code.remove_prefix(1);
            if (code.empty() || code == "NA") continue;
            const auto name = renamer_.renamed(column, code, year);
            if (!name) continue;
            Cell& cell = cells_[{*name, year}];
            cell.intensity = std::max(cell.intensity, level);
            ++cell.conflicts;
        }
    }

    void add_zeros() {
        const auto [least, most] = std::ranges::minmax(years_);
        const int first = asked_.years ? std::max(asked_.years->first, first_year_of_lists) : least;
        const int last = asked_.years && asked_.years->last != always ? asked_.years->last : most;
        for (int year = first; year <= last; ++year)
            for (const StateSpell& spell : state_spells()) {
                if (!spell.in_gw || !spell.covers(year)) continue;
                if (const auto name = state_called(asked_.change.to, spell.id, year)) cells_.try_emplace({*name, year});
            }
    }

    const ConflictYears& asked_;
    Problems& problems_;
    Imported imported_;
    MakerFile maker_;
    Renamer renamer_;
    std::vector<int> types_;
    std::size_t year_ = 0;
    std::size_t intensity_ = 0;
    std::size_t type_ = 0;
    std::vector<std::size_t> sides_;
    std::vector<int> years_;  ///< of the rows
    std::map<std::pair<std::string, int>, Cell> cells_;
};

}  // namespace

std::span<const std::string> conflict_types() {
    static const std::array<std::string, 4> types{"extrasystemic", "interstate", "intrastate", "internationalised"};
    return types;
}

Imported conflict_years(int file, const Sources& sources, const ConflictYears& asked, Problems& problems) {
    return ConflictPanel(file, sources, asked, problems).run();
}

}  // namespace entente
