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
           "  - {rule: look, on: tie, do: [\"peers = " + sum + "\"]}\n";
}

std::vector<const SumProducts*> products_of(const Model& model) {
    std::vector<const SumProducts*> found;
    for (const CompiledStep& step : model.steps)
        for (const Pass& pass : step.passes)
            if (const auto* one = std::get_if<SumProducts>(&pass)) found.push_back(one);
    return found;
}

int count_of(const std::string& text) { return static_cast<int>(products_of(compile(scenario_of(text), {.unroll = Unroll::no})).size()); }

constexpr const char* accepting = "sum(tie[source, k.source].affinity * (k.standing > 0) for k in tie.into(target))";

TEST(SumProducts, are_what_the_walk_over_all_pairs_gives) {
    const std::string text = world(accepting);
    EXPECT_EQ(count_of(text), 1);
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
        World made(world(sum));
        made.tick(4);
        EXPECT_NE(made["tie[c, a].peers"], 0) << sum;
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

TEST(SumProducts, keep_what_is_not_a_number) {
    EXPECT_THAT(failure_of(world("sum(tie[source, k.source].affinity * log(k.standing - 0.5) for k in tie.into(target))")), testing::HasSubstr("peers = sum("));
}

TEST(SumProducts, hold_a_factor_that_never_changes_from_the_start_on) {
    const std::string text = world(accepting, "", "peers: 0, affinity: 0.5, standing: 0");
    const Model model = compile(scenario_of(text), {.unroll = Unroll::no});
    const auto found = products_of(model);
    ASSERT_EQ(found.size(), 1U);
    for (const ProgramOnDomain& on : model.programs)
        for (const Effect& effect : on.program.effects) EXPECT_NE(effect.column, found[0]->ends);
    World(text).tick(3);
}

TEST(SumProducts, are_taken_for_the_links_that_are_asked_for) {
    const std::string text = world(accepting, "  - {rule: some, on: tie, where: target.s > 0, do: [\"peers = " + std::string(accepting) + "\"]}\n");
    const std::string with_s = std::string(text).replace(text.find("y: 0}, members: ["), std::string("y: 0}, members: [a, b, c, d, e, f, g, h, i, j]").size(),
                                                         "y: 0, s: 0}, members: {a: {s: 1}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}, i: {}, j: {}}");
    const Model model = compile(scenario_of(with_s), {.unroll = Unroll::no});
    const auto found = products_of(model);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(model.products[found[0]->products].groups(), 1U);
    EXPECT_EQ(model.products[found[1]->products].groups(), 10U);
    World(with_s).tick(4);
}

}  // namespace
}  // namespace entente::test
