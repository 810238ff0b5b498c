#include <gmock/gmock.h>

#include <entente/import/country_names.hpp>

namespace entente::test {
namespace {

using testing::Optional;

TEST(CountryNames, differences_of_writing_are_left_aside) {
    EXPECT_EQ(folded_name("Côte d’Ivoire"), "cote divoire");
    EXPECT_EQ(folded_name("The former Yugoslav  Republic, of (Macedonia)."), "former yugoslav republic of macedonia");
    EXPECT_EQ(folded_name("Bahamas, The"), "bahamas");
    EXPECT_EQ(folded_name("Antigua & Barbuda"), "antigua and barbuda");
    EXPECT_EQ(folded_name("St. Lucia"), "saint lucia");
    EXPECT_EQ(folded_name("\xff"), "");
}

TEST(CountryNames, makers_call_one_country_differently) {
    for (const auto* name : {"Côte d'Ivoire", "Cote d'Ivoire", "Ivory Coast", "IVORY COAST"})
        EXPECT_THAT(iso3_of_name(name), Optional(std::string("CIV")));
    for (const auto* name : {"Russia", "Russian Federation", "Russia (Soviet Union)"})
        EXPECT_THAT(iso3_of_name(name), Optional(std::string("RUS")));
    EXPECT_THAT(iso3_of_name("Korea, Dem. People's Rep."), Optional(std::string("PRK")));
    EXPECT_THAT(iso3_of_name("Congo, Rep."), Optional(std::string("COG")));
    EXPECT_THAT(iso3_of_name("Democratic Republic of Congo"), Optional(std::string("COD")));
    EXPECT_EQ(iso3_of_name("Ruritania"), std::nullopt);
}

TEST(CountryNames, a_code_gives_the_first_name) {
    EXPECT_THAT(name_of_iso3("CIV"), Optional(std::string("Côte d'Ivoire")));
    EXPECT_THAT(name_of_iso3("nor"), Optional(std::string("Norway")));
    EXPECT_EQ(name_of_iso3("XXX"), std::nullopt);
}

}  // namespace
}  // namespace entente::test
