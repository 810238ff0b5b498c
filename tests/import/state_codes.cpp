// Tests: state_codes, embedded_tables.
#include <set>

#include <gmock/gmock.h>

#include <entente/import/country_names.hpp>
#include <entente/import/embedded_tables.hpp>
#include <entente/import/state_codes.hpp>

namespace entente::test {
namespace {

std::string converted(Naming from, std::string_view code, Naming to, std::optional<int> year = {}) {
    const auto id = state_id(from, code);
    return id ? state_called(to, *id, year).value_or("no such code") : "unknown";
}

TEST(StateCodes, the_tables_are_compiled_in) {
    EXPECT_EQ(embedded_tables().size(), 3U);
    EXPECT_TRUE(embedded_table("state_codes").starts_with("list,code,iso3,from,to,name\n"));
}

TEST(StateCodes, one_country_under_several_codes) {
    for (const auto* code : {"255", "260"}) EXPECT_EQ(converted(Naming::cow, code, Naming::iso3), "DEU");
    EXPECT_EQ(converted(Naming::cow, "265", Naming::iso3), "DDR");
    EXPECT_EQ(converted(Naming::cow, "345", Naming::iso3), "SRB");
    for (const auto* code : {"340", "345"}) EXPECT_EQ(converted(Naming::gw, code, Naming::iso3), "SRB");
    for (const auto* code : {"678", "679"}) EXPECT_EQ(converted(Naming::cow, code, Naming::iso3), "YEM");
    EXPECT_EQ(converted(Naming::cow, "680", Naming::iso3), "YMD");
    EXPECT_EQ(converted(Naming::cow, "315", Naming::iso3), "CSK");
    EXPECT_EQ(converted(Naming::cow, "316", Naming::iso3), "CZE");
    EXPECT_EQ(converted(Naming::cow, "365", Naming::iso3), "RUS");
    EXPECT_EQ(converted(Naming::cow, "732", Naming::iso3), "KOR");
    EXPECT_EQ(converted(Naming::cow, "816", Naming::iso3), "VNM");
}

TEST(StateCodes, the_same_code_in_two_lists) {
    EXPECT_EQ(converted(Naming::cow, "970", Naming::iso3), "NRU");
    EXPECT_EQ(converted(Naming::gw, "970", Naming::iso3), "KIR");
    EXPECT_EQ(converted(Naming::cow, "971", Naming::iso3), "unknown");
    EXPECT_EQ(converted(Naming::gw, "971", Naming::iso3), "NRU");
}

TEST(StateCodes, a_code_holds_for_its_years) {
    EXPECT_EQ(converted(Naming::iso3, "DEU", Naming::cow), "255");
    EXPECT_EQ(converted(Naming::iso3, "DEU", Naming::cow, 1989), "260");
    EXPECT_EQ(converted(Naming::iso3, "DEU", Naming::cow, 1990), "255");
    EXPECT_EQ(converted(Naming::iso3, "DEU", Naming::cow, 1950), "260");  // not yet a member: the nearest
    EXPECT_EQ(converted(Naming::iso3, "DEU", Naming::gw, 2000), "260");
    EXPECT_EQ(converted(Naming::iso3, "SRB", Naming::gw, 2005), "345");
    EXPECT_EQ(converted(Naming::iso3, "SRB", Naming::gw, 2010), "340");
    EXPECT_EQ(converted(Naming::cow, "679", Naming::gw), "678");
}

TEST(StateCodes, what_one_naming_has_another_may_lack) {
    EXPECT_EQ(converted(Naming::cow, "817", Naming::iso3), "no such code");
    EXPECT_EQ(converted(Naming::cow, "817", Naming::name), "Republic of Vietnam");
    EXPECT_EQ(converted(Naming::iso3, "HKG", Naming::cow), "no such code");
    EXPECT_EQ(converted(Naming::name, "Zanzibar", Naming::cow), "511");
    EXPECT_EQ(converted(Naming::cow, "999", Naming::iso3), "unknown");
}

TEST(StateCodes, codes_may_have_been_numbers) {
    EXPECT_EQ(converted(Naming::cow, "002", Naming::iso3), "USA");
    EXPECT_EQ(converted(Naming::cow, "2.0", Naming::iso3), "USA");
    EXPECT_EQ(converted(Naming::iso3, "usa", Naming::cow), "2");
}

TEST(StateCodes, every_state_has_a_name_and_a_code_only_one_state) {
    std::set<std::pair<std::string, std::string>> cow;
    for (const StateSpell& spell : state_spells()) {
        EXPECT_LE(spell.from, spell.to) << spell.code;
        EXPECT_TRUE(spell.id.size() != 3 || name_of_iso3(spell.id)) << spell.id;
        EXPECT_FALSE(state_label(spell.id).empty());
        if (spell.in_cow) cow.emplace(spell.code, spell.id);
    }
    std::set<std::string> codes;
    for (const auto& [code, id] : cow) EXPECT_TRUE(codes.insert(code).second) << code;
}

TEST(StateCodes, namings_are_words) {
    EXPECT_THAT(namings(), testing::ElementsAre("cow", "gw", "iso3", "name"));
    EXPECT_EQ(naming_of("gw"), Naming::gw);
    EXPECT_EQ(naming_of("iso2"), std::nullopt);
    EXPECT_EQ(words_for(Naming::gw), "a Gleditsch-Ward code");
}

}  // namespace
}  // namespace entente::test
