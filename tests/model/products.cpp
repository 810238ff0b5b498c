// Tests: products.
// Sums of products taken apart: a matrix and a vector in place of a walk over all pairs, with the bits of that walk, which `World` holds them to.
#include <string>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

/// Ten states, all tied to all; what states accept changes by chance.
std::string world(const std::string& sum, const std::string& more = "", const std::string& fields = "peers: 0, affinity: {start: 'uniform(0, 1)', range: [0, 1]}, standing: 0") {
    return "agents: {state: {fields: {x: {start: 'uniform(0, 1)'}, y: 0}, members: [a, b, c, d, e, f, g, h, i, j]}}\n"
           "links:\n  tie: {source: state, target: state, pattern: complete, fields: {" + fields + "}}\n"
           "steps:\n  - {event: accept, on: tie, probability: 0.3, do: [standing = 1 - standing]}\n" + more +
           "  - {rule: look, on: tie, do: [\"peers = " + sum + "\"]}\nmeasures: {each: {value: peers, on: tie}}\n";
}

std::vector<const SumProducts*> products_of(const Model& model) {
    std::vector<const SumProducts*> found;
    for (const CompiledStep& step : model.steps)
        for (const Pass& pass : step.passes)
            if (const auto* one = std::get_if<SumProducts>(&pass)) found.push_back(one);
    return found;
}

Model with_products(const std::string& text) { return compile(scenario_of(text), {.unroll = Unroll::no, .fewest_products = 0}); }
int count_of(const std::string& text) { return static_cast<int>(products_of(with_products(text)).size()); }

/// Holds runs with the products taken apart to those that go pair by pair on all rows.
void expect_the_same(const std::string& text) {
    const Model apart = with_products(text);
    EXPECT_FALSE(products_of(apart).empty()) << text;
    const Model pair_by_pair = compile(scenario_of(text), {.unroll = Unroll::no, .all_rows = true});
    const std::string expected = run_ensemble(pair_by_pair, {.runs = 40, .threads = 1, .lanes = 8}).digest;
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 256})
            EXPECT_EQ(run_ensemble(apart, {.runs = 40, .threads = 2, .lanes = lanes, .instruction_set = std::string(kernels->name)}).digest, expected)
                << kernels->name << ", " << lanes << " lanes: " << text;
}

constexpr const char* accepting = "sum(tie[source, k.source].affinity * (k.standing > 0) for k in tie.into(target))";

TEST(SumProducts, are_what_the_walk_over_all_pairs_gives) {
    const std::string text = world(accepting);
    EXPECT_EQ(count_of(text), 1);
    expect_the_same(text);
    World made(text);
    made.tick(6);
    double expected = 0;
    for (const std::string k : {"b", "d", "e", "f", "g", "h", "i", "j"}) expected += made["tie[c, " + k + "].affinity"] * made["tie[" + k + ", a].standing"];
    EXPECT_EQ(made["tie[c, a].peers"], expected) << "of c and a; from c to itself there is no tie";
    EXPECT_GT(expected, 0);
}

TEST(SumProducts, have_their_factors_in_either_order_and_their_items_at_either_end) {
    for (const std::string sum : {"sum((k.standing + target.x) * tie[source, k.source].affinity for k in tie.into(target))",
                                  "sum(tie[k.target, target].affinity * (k.standing - source.x) for k in tie.out(source))",
                                  "sum(tie[k.source, target].affinity * k.standing for k in tie.into(source))"}) {
        expect_the_same(world(sum));
    }
    EXPECT_EQ(count_of(world("sum((k.standing + target.x) * tie[source, k.source].affinity for k in tie.into(target))")), 1);
    EXPECT_EQ(count_of(world("sum(tie[k.target, target].affinity * (k.standing - source.x) for k in tie.out(source))")), 1);
}

TEST(SumProducts, are_taken_pair_by_pair_where_the_factors_do_not_come_apart) {
    EXPECT_EQ(count_of(world("sum(tie[source, k.source].affinity * (k.standing > standing) for k in tie.into(target))")), 0) << "it looks at the link itself";
    EXPECT_EQ(count_of(world("sum(tie[source, k.source].affinity + k.standing for k in tie.into(target))")), 0) << "that is no product";
    EXPECT_EQ(count_of(world("sum(k.affinity * k.standing for k in tie.into(target))")), 0) << "once for each target";
    EXPECT_EQ(count_of(world("sum(tie[source, k.source].affinity * normal() for k in tie.into(target))")), 0) << "each pair draws";
    EXPECT_EQ(count_of(world("max(tie[source, k.source].affinity * k.standing for k in tie.into(target))")), 0);
    EXPECT_EQ(count_of(world("sum(exp(1000 * tie[source, k.source].affinity) * k.standing for k in tie.into(target))")), 0) << "0 times what may be infinite is no 0";
}

TEST(SumProducts, are_taken_apart_only_of_many_pairs) {
    EXPECT_TRUE(products_of(compile(scenario_of(world(accepting)), {.unroll = Unroll::no})).empty());
}

TEST(SumProducts, keep_what_is_not_a_number) {
    const Results results = run_ensemble(with_products(world("sum(tie[source, k.source].affinity * log(k.standing - 0.5) for k in tie.into(target))")), {.runs = 1, .threads = 1});
    ASSERT_EQ(results.failures.size(), 1U);
    EXPECT_THAT(results.failures.front().told(), testing::HasSubstr("peers = sum("));
}

TEST(SumProducts, hold_a_factor_that_never_changes_from_the_start_on) {
    const std::string text = world(accepting, "", "peers: 0, affinity: 0.5, standing: 0");
    const Model model = with_products(text);
    const auto found = products_of(model);
    ASSERT_EQ(found.size(), 1U);
    for (const ProgramOnDomain& on : model.programs)
        for (const Effect& effect : on.program.effects) EXPECT_NE(effect.column, found[0]->ends);
    expect_the_same(text);
}

TEST(SumProducts, are_taken_for_the_links_that_are_asked_for) {
    const std::string text = world(accepting, "  - {rule: some, on: tie, where: target.s > 0, do: [\"peers = " + std::string(accepting) + "\"]}\n");
    const std::string with_s = std::string(text).replace(text.find("y: 0}, members: ["), std::string("y: 0}, members: [a, b, c, d, e, f, g, h, i, j]").size(),
                                                         "y: 0, s: 0}, members: {a: {s: 1}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}, i: {}, j: {}}");
    const Model model = with_products(with_s);
    const auto found = products_of(model);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(model.products[found[0]->products].groups(), 1U);
    EXPECT_EQ(model.products[found[1]->products].groups(), 10U);
    expect_the_same(with_s);
}

}  // namespace
}  // namespace entente::test
