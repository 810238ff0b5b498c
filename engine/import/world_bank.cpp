#include <entente/import/world_bank.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <entente/scenario/csv.hpp>
#include <entente/scenario/values.hpp>

namespace entente {

namespace {

/// Codes of what is no country, as api.worldbank.org lists them.
constexpr std::array<std::string_view, 50> aggregates{
    "AFE", "AFR", "AFW", "ARB", "CEB", "CSS", "EAP", "EAR", "EAS", "ECA", "ECS", "EMU", "EUU", "FCS", "HIC", "HPC", "IBD",
    "IBT", "IDA", "IDB", "IDX", "INX", "LAC", "LCN", "LDC", "LIC", "LMC", "LMY", "LTE", "MEA", "MIC", "MNA", "NAC", "OED",
    "OSS", "PRE", "PSS", "PST", "SAS", "SSA", "SSF", "SST", "TEA", "TEC", "TLA", "TMN", "TSA", "TSS", "UMC", "WLD"};

class WideTable {
public:
    WideTable(int file, const Sources& sources, const WorldBankTable& asked, Problems& problems)
        : asked_(asked),
          problems_(problems),
          maker_(file, sources, problems, "a table of the World Bank", world_bank_form(sources.text(file))),
          renamer_(asked.change, maker_.rows, imported_) {
        code_ = maker_.expect({"Country Code"});
        indicator_ = maker_.expect({"Indicator Code", "Series Code"});
        title_ = maker_.find({"Indicator Name", "Series Name"});
        for (std::size_t i = 0; i < maker_.rows.header().size(); ++i) {
            const auto year = leading_year(maker_.rows.header()[i]);
            if (year && asked.years.hold(*year)) years_.emplace_back(i, std::to_string(*year));
        }
    }

    Imported run() {
        imported_.csv = "name,year,value\n";
        while (!is_ambiguous_ && maker_.next()) read_row();
        if (!problems_.has_errors()) refuse_nothing();
        return std::move(imported_);
    }

private:
    bool is_chosen() {
        const std::string_view code = maker_.rows.cell(indicator_);
        if (!asked_.indicator.empty()) return code == asked_.indicator || (title_ && maker_.rows.cell(*title_) == asked_.indicator);
        if (first_.empty()) first_ = code;
        is_ambiguous_ = code != first_;
        if (is_ambiguous_)
            maker_.rows.error(indicator_, fmt::format("the table holds several indicators, {} and here {}", first_, code),
                              fmt::format("choose one: --indicator {}", first_));
        return !is_ambiguous_;
    }

    void read_row() {
        ++imported_.read;
        const std::string_view code = maker_.rows.cell(code_);
        if (code.empty()) return imported_.leave_out("row without a country");
        if (!is_chosen()) return imported_.leave_out("row of another indicator");
        is_found_ = true;
        if (std::ranges::find(aggregates, code) != aggregates.end()) return imported_.leave_out("row of an aggregate");
        for (const auto& [column, year] : years_) write_value(column, year);
    }

    void write_value(std::size_t column, const std::string& year) {
        const std::string_view text = maker_.rows.cell(column);
        if (is_missing(text)) return imported_.leave_out("value missing");
        if (!parse_number(text)) {
            maker_.rows.error(column, fmt::format("'{}' is not a number", text), "missing values are empty or ..");
            return;
        }
        if (const auto name = renamer_.renamed(code_, leading_year(year))) imported_.write({*name, year, text});
    }

    void refuse_nothing() const {
        if (!is_found_ && !asked_.indicator.empty())
            throw Error(fmt::format("no row is of the indicator '{}'", asked_.indicator),
                        "give its code or name as the table has it: --indicator SP.POP.TOTL");
        if (years_.empty())
            throw Error("the table has no column for a year that was asked for", "its columns of values are called 1960, 1961, …");
    }

    const WorldBankTable& asked_;
    Problems& problems_;
    Imported imported_;
    MakerFile maker_;
    Renamer renamer_;
    std::size_t code_ = 0;
    std::size_t indicator_ = 0;
    std::optional<std::size_t> title_;
    std::vector<std::pair<std::size_t, std::string>> years_;  ///< columns of values
    std::string first_;                                       ///< indicator of the first row
    bool is_ambiguous_ = false;
    bool is_found_ = false;
};

}  // namespace

CsvForm world_bank_form(std::string_view text) {
    constexpr int most_lines = 20;
    std::size_t begin = 0;
    for (int line = 1; line <= most_lines && begin < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (text.substr(begin, end - begin).find("Country Code") != std::string_view::npos)
            return {.separator = separator_of(text, begin), .begin = begin, .line = line};
        begin = end + 1;
    }
    return form_of(text);
}

std::string without_footer(std::string text) {
    const std::size_t last = text.rfind("Data from database:");
    if (last == std::string::npos || last == 0) return text;
    const std::size_t line = text.rfind('\n', last);
    if (line != std::string::npos && last - line <= 2) text.resize(line + 1);
    return text;
}

Imported world_bank_values(int file, const Sources& sources, const WorldBankTable& asked, Problems& problems) {
    return WideTable(file, sources, asked, problems).run();
}

}  // namespace entente
