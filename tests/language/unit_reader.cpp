// Tests: units, unit_reader, unit_words.
#include <gtest/gtest.h>
#include <entente/language/units.hpp>

namespace entente::test {
namespace {

Unit unit(std::string_view text) {
    const ReadUnit read = read_unit(text);
    EXPECT_EQ(read.kind, ReadUnit::Kind::unit) << text;
    return read.unit;
}

TEST(UnitReader, reads_units_as_people_write_them) {
    const std::pair<const char*, const char*> texts[] = {
        {"1", "1"},
        {"km", "km"},
        {"million GBP/year", "million GBP/year"},
        {"1/year", "1/year"},
        {"/year", "1/year"},
        {"per year", "1/year"},
        {"tonne per person and year", "tonne/(person year)"},
        {"t per capita per annum", "t/(person annum)"},
        {"GBP/person year", "GBP/(person year)"},
        {"kW * h", "kW h"},
        {"person-years", "person years"},
        {"1/sqrt(year)", "1/sqrt(year)"},
        {"share of people per sqrt(year)", "1/sqrt(year)"},
        {"thousands of people", "1000 people"},
        {"1 per 1000 km", "1/(1000 km)"},
        {"1 per 1,000 km", "1/(1000 km)"},
        {"incursions/year per 1000 km", "incursions/(1000 year km)"},
        {"km^2", "km^2"},
        {"km²", "km^2"},
        {"km**-2", "1/km^2"},
        {"(t/ha)/year", "t/(ha year)"},
        {"visits a year", "visits/year"},
        {"share", "1"},
        {"%", "percent"},
        {"% of GDP", "percent"},
        {"percentage points", "percent"},
        {"log odds", "1"},
        {"ticks", "1"},
        {"evidence per Goldstein point", "evidence/(goldstein point)"},
        {"million 2015 USD", "million 2015 USD"},
        {"1e6 t", "million t"},
        {"€/year", "€/year"},
    };
    for (const auto& [written, text] : texts) EXPECT_EQ(unit(written).text(), text) << written;
}

TEST(UnitReader, a_word_is_the_same_in_the_plural_and_with_a_capital) {
    for (const auto& [one, other] : std::initializer_list<std::pair<const char*, const char*>>{
             {"person", "people"}, {"country", "countries"}, {"Year", "years"}, {"loss", "losses"}, {"box", "boxes"}, {"man", "men"}, {"GBP", "£"}})
        EXPECT_TRUE(unit(one).over(unit(other)).is_pure()) << one;
    for (const char* word : {"status", "crisis", "GBS"}) EXPECT_EQ(singular(word), word);
}

TEST(UnitReader, words_of_one_dimension_are_converted) {
    const auto ratio = [](const char* a, const char* b) {
        const Unit over = unit(a).over(unit(b));
        EXPECT_TRUE(over.is_pure()) << a << " over " << b;
        return over.size();
    };
    EXPECT_DOUBLE_EQ(ratio("1/month", "1/year"), 12);
    EXPECT_DOUBLE_EQ(ratio("1/week", "1/year"), 365.25 / 7);
    EXPECT_DOUBLE_EQ(ratio("decade", "quarter"), 40);
    EXPECT_DOUBLE_EQ(ratio("km", "m"), 1000);
    EXPECT_DOUBLE_EQ(ratio("kt/day", "t/year"), 365250);
    EXPECT_DOUBLE_EQ(ratio("million USD", "thousand dollars"), 1000);
    EXPECT_DOUBLE_EQ(ratio("percent", "share"), 0.01);
    EXPECT_DOUBLE_EQ(ratio("GWh", "MWh"), 1000);
    EXPECT_FALSE(unit("km").over(unit("kg")).is_pure());
    EXPECT_FALSE(unit("2010 USD").over(unit("2015 USD")).is_pure());
}

TEST(UnitReader, what_is_no_formula_is_for_people_alone) {
    for (const char* text : {"", "n/a", "-", "?", "index, 2015 = 100", "#"}) EXPECT_EQ(read_unit(text).kind, ReadUnit::Kind::unknown) << text;
    for (const char* text : {"yes or no", "yes/no", "0 or 1"}) EXPECT_EQ(read_unit(text).kind, ReadUnit::Kind::number) << text;
}

TEST(UnitReader, a_formula_that_is_broken_is_told) {
    const std::pair<const char*, const char*> faults[] = {
        {"GBP/", "it ends where a unit should follow"},
        {"GBP//year", "'/' stands where a unit should"},
        {"(t/ha", "a parenthesis is not closed"},
        {"t/ha)", "a parenthesis is not opened"},
        {"km^year", "a power is no number"},
        {"t per and year", "'a' stands where a unit should"},
    };
    for (const auto& [text, fault] : faults) {
        EXPECT_EQ(read_unit(text).kind, ReadUnit::Kind::faulty) << text;
        EXPECT_EQ(read_unit(text).fault, fault) << text;
    }
}

TEST(Unit, powers_and_products_cancel) {
    EXPECT_EQ(unit("km").to_power(2).over(unit("km")).text(), "km");
    EXPECT_EQ(unit("year").to_power(0.5).times(unit("1/sqrt(year)")).text(), "1");
    EXPECT_EQ(unit("t per person and year").times(unit("million people")).text(), "million t/year");
    EXPECT_TRUE(unit("km").to_power(0).is_pure());
    EXPECT_EQ(per_year().text(), "1/year");
}

}  // namespace
}  // namespace entente::test
