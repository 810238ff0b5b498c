#include <entente/base/ids.hpp>

#include <string>
#include <type_traits>

#include <gtest/gtest.h>

namespace entente {
namespace {

using AppleId = Id<struct AppleTag>;
using PearId = Id<struct PearTag>;

template <class List, class Number>
concept takes = requires(List list, Number number) { list[number]; };

TEST(Ids, of_two_kinds_do_not_pass_for_each_other) {
    static_assert(!std::is_convertible_v<AppleId, PearId>);
    static_assert(!std::is_convertible_v<int, AppleId>);
    static_assert(takes<ById<AppleId, int>, AppleId>);
    static_assert(!takes<ById<AppleId, int>, PearId>);
    static_assert(!takes<ById<AppleId, int>, std::size_t>);
    EXPECT_FALSE(AppleId{}.is_given());
    EXPECT_TRUE(AppleId{0}.is_given());
}

TEST(Ids, are_what_a_list_gives_for_what_is_added) {
    ById<AppleId, std::string> names;
    EXPECT_TRUE(names.empty());
    EXPECT_EQ(names.add("cox"), AppleId{0});
    const AppleId second = names.add("gala");
    EXPECT_EQ(names[second], "gala");
    names[second] = "elstar";
    std::string all;
    for (const AppleId id : names.ids()) all += names[id] + std::to_string(id.value) + ' ';
    EXPECT_EQ(all, "cox0 elstar1 ");
    EXPECT_EQ(names.size(), 2U);
}

TEST(Ids, of_a_list_that_grows_on_the_way_are_those_it_had_at_first) {
    ById<AppleId, int> numbers;
    numbers.add(1), numbers.add(2);
    for (const AppleId id : numbers.ids()) numbers.add(10 * numbers[id]);
    EXPECT_EQ(numbers.size(), 4U);
    EXPECT_EQ(numbers.back(), 20);
}

}  // namespace
}  // namespace entente
