// Groups of factors, as they are written.
#include <gmock/gmock.h>

#include <entente/base/problem.hpp>
#include <entente/study/factor_groups.hpp>

namespace entente::test {
namespace {

using testing::ElementsAre;

const std::vector<std::string> factors{"gain", "relation[russia, afghanistan].trust", "aid", "decay"};

NamedGroups groups(const std::vector<std::string>& texts) {
    return read_groups(texts, factors);
}

std::string refusal(const std::vector<std::string>& texts) {
    try {
        groups(texts);
    } catch (const Error& error) {
        return std::string(error.what()) + " | " + error.help();
    }
    return "";
}

TEST(FactorGroups, are_the_factors_themselves_where_none_is_named) {
    const NamedGroups found = groups({});
    EXPECT_EQ(found.names, factors);
    EXPECT_EQ(found.of_factor, each_alone(4));
    EXPECT_FALSE(found.is_named(0));
}

TEST(FactorGroups, are_numbered_by_their_first_factors) {
    const NamedGroups found = groups({"rest = decay, aid", "bond=relation[russia,afghanistan].trust"});
    EXPECT_THAT(found.names, ElementsAre("gain", "bond", "rest"));
    EXPECT_EQ(found.of_factor, (FactorGroups{0, 1, 2, 2}));
    EXPECT_THAT(found.members[2], ElementsAre("aid", "decay"));
    EXPECT_TRUE(found.is_named(1));
    EXPECT_TRUE(found.is_named(2));
}

TEST(FactorGroups, are_refused_with_what_to_write) {
    EXPECT_EQ(refusal({"gain,aid"}), "a group is NAME=factor,factor, not 'gain,aid' | as in --group borders=patrols,fences");
    EXPECT_EQ(refusal({"pair="}), "a group is NAME=factor,factor, not 'pair=' | as in --group borders=patrols,fences");
    EXPECT_EQ(refusal({"pair=gain,iad"}), "the group 'pair' names 'iad', which is not varied | did you mean 'aid'?");
    EXPECT_EQ(refusal({"pair=gain,aid", "other=aid,decay"}), "'aid' is in the groups 'pair' and 'other' | a factor moves with one group");
    EXPECT_EQ(refusal({"pair=gain,gain"}), "'gain' occurs twice in the group 'pair' | write it once");
    EXPECT_EQ(refusal({"pair=gain", "pair=aid"}), "two groups are called 'pair' | write all factors of a group in one --group");
    EXPECT_EQ(refusal({"aid=gain,decay"}), "the group 'aid' is called like a factor | give it a name of its own");
}

}  // namespace
}  // namespace entente::test
