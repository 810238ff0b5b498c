#include <gmock/gmock.h>

#include <entente/import/goldstein.hpp>

namespace entente::test {
namespace {

TEST(Goldstein, recognition_cooperates_and_broken_relations_conflict) {
    EXPECT_EQ(cameo_event("054")->tenths, 60);
    EXPECT_EQ(cameo_event("161")->tenths, -40);
    EXPECT_EQ(cameo_event("0256")->tenths, -3);
    EXPECT_EQ(cameo_event("2042")->tenths, -100);
    EXPECT_EQ(cameo_event("054")->name, "Grant diplomatic recognition");
}

TEST(Goldstein, other_codes_are_none) {
    EXPECT_FALSE(cameo_event("54"));
    EXPECT_FALSE(cameo_event("999"));
}

}  // namespace
}  // namespace entente::test
