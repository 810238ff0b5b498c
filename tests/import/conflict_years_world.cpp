// Tests: conflict_years, convert_codes, event_list, state_codes.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "importing.hpp"

#include <entente/import/conflict_years.hpp>
#include <entente/import/convert_codes.hpp>
#include <entente/import/event_list.hpp>
#include <entente/scenario/files.hpp>

namespace entente::test {
namespace {

/// Files as their makers publish them, in the folder that ENTENTE_WORLD_DATA names.
class WorldData : public testing::Test {
protected:
    void SetUp() override {
        if (folder().empty()) GTEST_SKIP() << "ENTENTE_WORLD_DATA names no folder";
    }
    static std::string folder() {
        const char* at_run = std::getenv("ENTENTE_WORLD_DATA");
        return at_run ? at_run : ENTENTE_WORLD_DATA;
    }
    static std::string bytes(const std::string& name) { return read_bytes(folder() + "/" + name, name, std::uintmax_t{1} << 30); }

    /// Rows of a table by the cells of the first columns, joined.
    static std::map<std::string, std::string> table(const std::string& text, std::initializer_list<std::string_view> key,
                                                    std::string_view value) {
        std::map<std::string, std::string> rows;
        tried(text, [&](int file, const Sources& sources, Problems& problems) {
            CsvReader csv(file, sources, problems);
            while (csv.next()) {
                std::string name;
                for (const auto column : key) name += std::string(csv.cell(*csv.column(column))) + " ";
                rows[name] = csv.cell(*csv.column(value));
            }
            return Imported{};
        });
        return rows;
    }
};

TEST_F(WorldData, codes_agree_with_a_table_made_elsewhere) {
    const auto iso3 = table(bytes("states.csv"), {"ccode"}, "iso3");
    EXPECT_EQ(iso3.size(), 195U);
    for (const auto& [ccode, code] : iso3) {
        const auto id = state_id(Naming::cow, ccode.substr(0, ccode.size() - 1));
        EXPECT_EQ(id, code) << ccode;
        EXPECT_EQ(state_called(Naming::cow, code).value_or("") + " ", ccode) << code;
    }
}

TEST_F(WorldData, conflicts_agree_with_a_panel_made_elsewhere) {
    ConflictYears asked{.types = {"intrastate", "internationalised"}};
    const Trial trial = tried(bytes("ucdp_acd_2000_2024.csv"), [&](int file, const Sources& sources, Problems& problems) {
        return conflict_years(file, sources, asked, problems);
    });
    EXPECT_EQ(trial.said, "");
    const auto ours = table(trial.imported.csv, {"name", "year"}, "value");
    int compared = 0;
    for (const auto& [key, conflict] : table(bytes("conflict_panel.csv"), {"iso3", "year"}, "conflict")) {
        if (key.substr(4) < "2000") continue;
        const auto found = ours.find(key);
        ASSERT_NE(found, ours.end()) << key;
        EXPECT_EQ(found->second, conflict) << key;
        ++compared;
    }
    EXPECT_GT(compared, 4800);
}

TEST_F(WorldData, the_codes_of_whole_files_are_known) {
    for (const auto* name : {"cow_nmc_v7_1990_2022.csv", "cow_contiguity_v3.2_active2016.csv", "cow_trade_v4_dyads_2001_musd.csv",
                             "atop5.1_alliances_2018.csv", "cow_diplomatic_exchange_2000.csv", "unga_agreement_sessions70_74.csv"}) {
        const Trial trial = tried(
            bytes(name), [&](int file, const Sources& sources, Problems& problems) { return convert_codes(file, sources, {}, problems); });
        EXPECT_EQ(trial.said, "") << name;
        EXPECT_EQ(trial.imported.read, trial.imported.written) << name;
    }
}

TEST_F(WorldData, events_of_three_days_become_a_table) {
    const Trial trial = tried(bytes("icews_sample_2018-06-01_03.csv"), [&](int file, const Sources& sources, Problems& problems) {
        return event_list(file, sources, {}, problems);
    });
    EXPECT_EQ(trial.said, "");
    std::size_t left_out = 0;
    for (const auto& one : trial.imported.left_out) left_out += one.count;
    EXPECT_EQ(trial.imported.read, 4993U);
    EXPECT_EQ(trial.imported.written + left_out, 4993U);
    EXPECT_GT(trial.imported.written, 1000U);
}

}  // namespace
}  // namespace entente::test
