#include <entente/base/shared_library.hpp>

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/problem.hpp>

namespace entente {
namespace {

SharedLibrary opened(const std::vector<std::string>& files) {
    return {"the library of sums", files, "install it"};
}

/// What and help of the Error that `act` throws.
template <typename Act>
std::string refusal(Act act) {
    try {
        act();
    } catch (const Error& problem) {
        return std::string(problem.what()) + " | " + problem.help();
    }
    return "none";
}

TEST(SharedLibrary, gives_functions_by_their_names) {
    const auto root = opened({"libm.so.6"}).function<double (*)(double)>("sqrt");
    EXPECT_EQ(root(9.0), 3.0);
}

TEST(SharedLibrary, is_the_first_that_can_be_opened) {
    EXPECT_NE(opened({"libnowhere.so.7", "libm.so.6"}).function<double (*)(double)>("sqrt"), nullptr);
}

TEST(SharedLibrary, says_which_could_not_be_opened_and_what_to_do) {
    EXPECT_THAT(refusal([] { opened({"libnowhere.so.7", "/nowhere/libnowhere.so.7"}); }),
                testing::MatchesRegex("the library of sums can't be loaded: libnowhere.so.7: .+ \\| install it"));
}

TEST(SharedLibrary, says_which_function_it_does_not_have) {
    const auto ask = [] { return opened({"libm.so.6"}).function<void (*)()>("no_such_sum"); };
    EXPECT_EQ(refusal(ask), "the library of sums has no function 'no_such_sum': it is not of the version that was built for | install it");
}

}  // namespace
}  // namespace entente
