// The table of operations, by what hangs together in it.
#include <limits>
#include <set>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>

#include <entente/base/enumerators.hpp>
#include <entente/language/program.hpp>

namespace entente {
namespace {

using Form = Operation::Form;

template <class Visit>
void each_operation(Visit visit) {
    for (std::size_t number = 0; number < enumerator_count<Op>(); ++number) visit(operation(static_cast<Op>(number)));
}

TEST(Operations, have_names_of_their_own) {
    std::set<std::string_view> names;
    each_operation([&](const Operation& one) { EXPECT_TRUE(names.insert(one.name).second) << one.name; });
    EXPECT_TRUE(names.contains("atan2"));
}

TEST(Operations, have_a_value_on_numbers_where_they_are_folded_or_contribute_and_nowhere_else) {
    each_operation([](const Operation& one) { EXPECT_EQ(one.value != nullptr, one.form == Form::value || one.form == Form::contribution) << one.name; });
}

TEST(Operations, that_give_a_truth_give_0_or_1_whatever_they_are_given) {
    const double numbers[]{0, -0.0, 1, -3.5, 1e-310, 1e300, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
    each_operation([&](const Operation& one) {
        if (one.result != Operation::Result::truth) return;
        for (const double a : numbers)
            for (const double b : numbers) {
                const double value = one.value(a, b, 0);
                EXPECT_TRUE(value == 0 || value == 1) << one.name << " of " << a << " and " << b;
            }
    });
}

TEST(Operations, that_have_no_value_are_not_folded_into_one) {
    for (const Op op : {Op::poisson, Op::draw, Op::check, Op::skip, Op::store, Op::contribute, Op::native})
        EXPECT_THROW(evaluate(op, 1, 2), std::logic_error) << operation(op).name;
    try {
        evaluate(Op::store, 1);
        FAIL();
    } catch (const std::logic_error& error) {
        EXPECT_STREQ(error.what(), "'store' has no value");
    }
}

TEST(Operations, contribute_so_that_what_is_not_a_number_stays) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    for (const Op op : {Op::contribute, Op::contribute_min, Op::contribute_max}) {
        const auto contributed = operation(op).value;
        EXPECT_NE(contributed(3, nan, 0), contributed(3, nan, 0)) << operation(op).name;
        EXPECT_NE(contributed(nan, 3, 0), contributed(nan, 3, 0)) << operation(op).name;
    }
    EXPECT_EQ(operation(Op::contribute).value(3, 4, 0), 7);
    EXPECT_EQ(operation(Op::contribute_min).value(3, 4, 0), 3);
    EXPECT_EQ(operation(Op::contribute_max).value(3, 4, 0), 4);
}

TEST(Limits, of_each_demand_are_where_they_are_said_to_be) {
    using Double = std::numeric_limits<double>;
    const auto admitted = [](Check::Demand demand) {
        std::vector<double> all;
        for (const double x : {-Double::infinity(), Double::lowest(), -Double::denorm_min(), -0.0, 0.0, Double::denorm_min(), 1.0, 1 + Double::epsilon(),
                               Double::max(), Double::infinity(), Double::quiet_NaN()})
            if (limits_of(demand).admit(x)) all.push_back(x);
        return all;
    };
    using testing::ElementsAre;
    EXPECT_THAT(admitted(Check::Demand::finite), ElementsAre(Double::lowest(), -Double::denorm_min(), -0.0, 0.0, Double::denorm_min(), 1.0,
                                                             1 + Double::epsilon(), Double::max()));
    EXPECT_THAT(admitted(Check::Demand::probability), ElementsAre(-0.0, 0.0, Double::denorm_min(), 1.0));
    EXPECT_THAT(admitted(Check::Demand::not_negative), ElementsAre(-0.0, 0.0, Double::denorm_min(), 1.0, 1 + Double::epsilon(), Double::max()));
    EXPECT_THAT(admitted(Check::Demand::positive), ElementsAre(Double::denorm_min(), 1.0, 1 + Double::epsilon(), Double::max()));
}

}  // namespace
}  // namespace entente
