// Programs made at random: every instruction set, with machine code and without, by every number of lanes and threads, whole or brought
// together, gives what the instructions mean on each element.
//   ENTENTE_RANDOM_PROGRAMS=5000 tries many, ENTENTE_RANDOM_SEED=7 other ones.
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/model/verify_model.hpp>

#include "reference.hpp"

namespace entente::test {
namespace {

/// The sanitizers take ten times as long.
#ifdef NDEBUG
constexpr std::uint64_t usual = 60;
#else
constexpr std::uint64_t usual = 12;
#endif

std::uint64_t asked(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

struct Family {
    std::string name;
    Shape shape;
    std::vector<std::int64_t> rows;
    std::vector<int> lanes;
    int largest;  ///< program, in values
};

void PrintTo(const Family& family, std::ostream* to) {
    *to << family.name;
}

class RandomPrograms : public testing::TestWithParam<Family> {};

TEST_P(RandomPrograms, mean_the_same_by_every_way_through_a_tick) {
    const Family& family = GetParam();
    const std::uint64_t count = asked("ENTENTE_RANDOM_PROGRAMS", usual);
    std::uint64_t with_failures = 0, without = 0;
    for (std::uint64_t number = 0; number < count; ++number) {
        std::mt19937_64 random(asked("ENTENTE_RANDOM_SEED", 1) * 1'000'000 + number);
        const std::int64_t rows = family.rows[number % family.rows.size()];
        const RandomModel made(random, family.shape, rows, 5 + static_cast<int>(random() % static_cast<std::uint64_t>(family.largest)));
        const Model model = made.model(made.program().body.size());
        ASSERT_EQ(broken_promise(model), "") << listing(made.program());
        const int most = family.lanes.back();
        const Tick expected = Reference(made, model, most).run();
        with_failures += !expected.failed.empty();
        without += std::ssize(expected.failed) < most;
        for (const Kernels* kernels : available_kernels())
            for (const int lanes : family.lanes)
                for (const int threads : {1, 2}) {
                    if (threads > 1 && (lanes > 1 || rows < 4096)) continue;
                    const Way way{kernels, lanes, threads};
                    if (difference(model, tick_of(made, model, way), lanes, expected, most).empty()) continue;
                    FAIL() << "program " << number << " over " << rows << " rows; " << first_difference(made, way) << "\n"
                           << listing(made.program());
                }
    }
    EXPECT_GT(without, 0U);
    if (family.shape != Shape::sums) {
        EXPECT_GT(with_failures, count / 5);
    }
}

INSTANTIATE_TEST_SUITE_P(Over, RandomPrograms,
                         testing::Values(Family{"few_rows", Shape::rows, {1, 2, 3, 5}, {1, 8, 64, 256, 512}, 120},
                                         Family{"many_rows", Shape::rows, {9, 33, 70, 300}, {1, 8, 32, 64}, 60},
                                         Family{"rows_for_threads", Shape::shared, {4700}, {1}, 25},
                                         Family{"one_row", Shape::world, {4}, {1, 8, 64, 256, 512}, 150},
                                         Family{"sums_by_slices", Shape::sums, {4500}, {1, 8}, 12}),
                         [](const auto& family) { return family.param.name; });

/// The portable kernels, but that in blocks exponentials are taken for others.
Kernels wrong_exponentials() {
    Kernels wrong = portable_kernels();
    wrong.name = "wrong";
    wrong.execute = [](const Instruction* code, int begin, int end, const BlockContext& block) {
        std::vector<Instruction> other(code, code + end);
        for (Instruction& i : other)
            if (i.op == Op::exp && block.runs) i.op = Op::expm1;
        portable_kernels().execute(other.data(), begin, end, block);
    };
    return wrong;
}

TEST(RandomPrograms, name_the_instruction_that_an_instruction_set_gets_wrong) {
    const Kernels wrong = wrong_exponentials();
    const Way way{&wrong, 64};
    int told = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        std::mt19937_64 random(seed);
        const RandomModel made(random, Shape::rows, 3, 80);
        if (difference(made, made.program().body.size(), way).empty()) continue;
        EXPECT_THAT(first_difference(made, way),
                    testing::ContainsRegex("^wrong, 64 lanes, 1 thread: after instruction [0-9]+ of [0-9]+ .exp r[0-9]+ [^ ]+. '"))
            << listing(made.program());
        ++told;
    }
    EXPECT_GT(told, 5);
}

}  // namespace
}  // namespace entente::test
