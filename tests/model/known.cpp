// Tests: known.
// What is supposed of columns, and what is left of it.
#include <limits>

#include <gtest/gtest.h>

#include <entente/model/known.hpp>

namespace entente {
namespace {

constexpr ColumnId trust{3};
using Truth = RowFacts::Known;

TEST(Known, says_nothing_of_a_column_until_something_is_supposed) {
    Known known;
    EXPECT_EQ(known.facts(trust), nullptr);
    EXPECT_FALSE(known.bounds(trust).is_finite());
    known.add(trust, 2, 0, 1);
    EXPECT_EQ(known.facts(trust), nullptr);
    EXPECT_EQ(known.bounds(trust).most, 1);
}

TEST(Known, holds_what_is_supposed_until_it_is_refuted) {
    Known known;
    known.add(trust, 2, 0, 1);
    known.suppose(trust, 1, 0.5);
    EXPECT_EQ(known.facts(trust)->known[0], Truth::no);
    EXPECT_EQ(known.facts(trust)->known[1], Truth::yes);
    EXPECT_EQ(known.facts(trust)->value[1], 0.5);
    EXPECT_TRUE(known.refute(trust, 1));
    EXPECT_FALSE(known.refute(trust, 1)) << "that is not new";
    EXPECT_FALSE(known.refute({7}, 0)) << "of this column nothing was supposed";
    EXPECT_EQ(known.facts(trust), nullptr);
}

TEST(Known, bounds_a_column_by_its_range_or_where_all_rows_are_known_by_these) {
    Known known;
    known.add(trust, 2, -4, 3);
    known.suppose(trust, 0, 2);
    EXPECT_EQ(known.bounds(trust).most, 4);
    EXPECT_FALSE(known.bounds(trust).sign_clear);
    known.suppose(trust, 1, -1);
    EXPECT_EQ(known.bounds(trust).most, 2);
    known.refute(trust, 1);
    EXPECT_EQ(known.bounds(trust).most, 4);
}

TEST(Known, keeps_account_of_negative_zeros) {
    Known known;
    known.add(trust, 2, 0, 1);
    EXPECT_TRUE(known.bounds(trust).no_negative_zero);
    EXPECT_TRUE(known.bounds(trust).sign_clear);
    known.suppose(trust, 0, -0.0);
    EXPECT_FALSE(known.bounds(trust).no_negative_zero);
    EXPECT_FALSE(known.bounds(trust).sign_clear);
    EXPECT_FALSE(known.may_be_negative_zero(trust)) << "that is not new";
}

TEST(Known, forgets_columns_that_are_taken_back) {
    Known known;
    known.add(trust, 1, 0, 1);
    known.suppose(trust, 0, 1);
    known.forget_from(3);
    EXPECT_EQ(known.facts(trust), nullptr);
    known.add(trust, 1, 0, 1);  // another one now
}

TEST(KnownRows, reads_columns_by_maps_as_a_program_does) {
    Known known;
    known.add(trust, 3, 0, 1);
    known.suppose(trust, 0, 0.25);
    known.suppose(trust, 2, 0.75);
    Model model;
    model.maps.add({2, no_row, 1, 0});
    const std::vector<Bounds> parameters{{5, false, false}};
    const KnownRows rows(known, model, parameters, 4);
    const RowFactsPtr facts = rows.facts({trust, {0}});
    EXPECT_EQ(facts->value[0], 0.75);
    EXPECT_TRUE(facts->is(1, 0)) << "a row that is not there reads as 0";
    EXPECT_EQ(facts->known[2], Truth::no);
    EXPECT_EQ(facts->value[3], 0.25);
    const RowFactsPtr presence = rows.facts({.map = {0}, .presence = true});
    EXPECT_TRUE(presence->is(0, 1));
    EXPECT_TRUE(presence->is(1, 0));
    EXPECT_EQ(rows.bounds(Uniform{Uniform::Form::parameter, 0, {}, -1}).most, 5);
    EXPECT_EQ(rows.facts({{5}, {}}), nullptr);
}

}  // namespace
}  // namespace entente
