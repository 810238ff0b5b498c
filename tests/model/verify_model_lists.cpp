// Tests: verify_model, verify_passes, verify_programs.
// What models promise of lists of rows and of sums of products, and what is said when one is broken.
#include <string>
#include <variant>
#include <vector>

#include <gmock/gmock.h>

#include <entente/model/verify_model.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

/// A step over two of twelve ties, and one that sums products for all of them.
Model compiled() {
    return compile(scenario_of(R"yaml(
agents:
  state: {fields: {seeks: 0, x: "uniform(0, 1)"}, members: {a: {seeks: 1}, b: {}, c: {}, d: {}}}
links:
  tie: {source: state, target: state, pattern: complete, fields: {w: {start: "uniform(0, 1)", range: [0, 1]}, s: 0, peers: 0, listed: 0}, members: {b -> a: {listed: 1}, c -> a: {listed: 1}}}
steps:
  - {event: visit, on: tie, where: listed > 0, probability: 0.5, do: [s = 1 - s]}
  - {rule: look, on: tie, do: ["peers = sum(tie[source, k.source].w * k.s for k in tie.into(target))"]}
)yaml"),
                   {.unroll = Unroll::no, .fewest_products = 0});
}

template <class Change>
std::string broken_by(Change change) {
    Model model = compiled();
    change(model);
    return broken_promise(model);
}

SumProducts& sum_in(Model& model) {
    for (CompiledStep& step : model.steps)
        for (Pass& pass : step.passes)
            if (auto* one = std::get_if<SumProducts>(&pass)) return *one;
    throw std::logic_error("the model sums no products");
}

/// The map by which the first step stores.
MapId stored_by(Model& model) {
    for (const ProgramOnDomain& on : model.programs)
        if (on.step == "visit")
            for (const Effect& effect : on.program.effects)
                if (effect.map.is_given()) return effect.map;
    throw std::logic_error("the step stores by no map");
}

TEST(VerifyModel, lets_lists_of_rows_and_sums_of_products_pass) {
    Model model = compiled();
    EXPECT_EQ(broken_promise(model), "");
    EXPECT_EQ(model.products[sum_in(model).products].groups(), 4U);
    EXPECT_EQ(model.maps[stored_by(model)].size(), 2U + vector_size);
}

TEST(VerifyModel, tells_of_stores_that_lead_nowhere_or_to_one_row_twice) {
    EXPECT_THAT(broken_by([](Model& m) { m.maps[stored_by(m)][1] = m.maps[stored_by(m)][0]; }), HasSubstr("' twice"));
    EXPECT_THAT(broken_by([](Model& m) { m.maps[stored_by(m)][1] = no_row; }), HasSubstr("which leads nowhere from row 1"));
}

TEST(VerifyModel, tells_of_a_list_that_is_shown_as_other_rows) {
    EXPECT_THAT(broken_by([](Model& m) {
                    for (Domain& domain : m.domains)
                        if (domain.shown_rows.is_given()) ++domain.rows;
                }),
                HasSubstr("is shown as rows of another list"));
}

TEST(VerifyModel, tells_of_sums_of_products_with_rows_that_there_are_not) {
    const auto products = [](Model& m) -> ProductsOf& { return m.products[sum_in(m).products]; };
    EXPECT_THAT(broken_by([](Model& m) { sum_in(m).products = {7}; }), EndsWith(": sums products 7, of 1"));
    EXPECT_THAT(broken_by([&](Model& m) { products(m).items[0] = 99; }), HasSubstr(": sums products with rows that "));
    EXPECT_THAT(broken_by([&](Model& m) { products(m).far[0] = 4; }), HasSubstr(": sums products with rows that "));
    EXPECT_THAT(broken_by([&](Model& m) { products(m).key_near[0] = -1; }), HasSubstr(": sums products with rows that "));
    EXPECT_THAT(broken_by([&](Model& m) { products(m).keys[0] = products(m).keys[1]; }), HasSubstr(": sums products into other rows than those of "));
    EXPECT_THAT(broken_by([&](Model& m) { products(m).key_offset.pop_back(); }), EndsWith(": sums products of groups that are not cut alike"));
}

}  // namespace
}  // namespace entente::test
