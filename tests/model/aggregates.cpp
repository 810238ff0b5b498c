// Aggregates: worked by hand, and on random graphs against plain loops.
#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::Each;
using testing::ElementsAre;

/// a, b, c with x = 3, -1, 2; a -> b, a -> c, b -> c with w = 4, 6, 1.
std::vector<double> on_states(const std::string& expression) {
    World world(R"yaml(
agents:
  state:
    fields: {x: 0, got: 0}
    derived: {reach: "sum(r.w for r in tie.out(self))", second: "sum(r.target.reach for r in tie.out(self))"}
    members: {a: {x: 3}, b: {x: -1}, c: {x: 2}}
links:
  tie: {source: state, target: state, fields: {w: 0}, members: {a -> b: {w: 4}, a -> c: {w: 6}, b -> c: {w: 1}}}
steps:
  - {rule: r, on: state, do: [")yaml" + ("got = " + expression) + "\"]}\n");
    return world.tick().all("state.got");
}

// -- by hand ------------------------------------------------------------------------------------------------------------------------------

TEST(Aggregates, run_over_a_whole_kind) {
    EXPECT_THAT(on_states("sum(k.x for k in state)"), Each(4));
    EXPECT_THAT(on_states("mean(k.x for k in state)"), Each(4.0 / 3));
    EXPECT_THAT(on_states("min(k.x for k in state)"), Each(-1));
    EXPECT_THAT(on_states("max(k.x for k in state)"), Each(3));
    EXPECT_THAT(on_states("count(k.x > 0 for k in state)"), Each(2));
    EXPECT_THAT(on_states("any(k.x < -1 for k in state)"), Each(0));
    EXPECT_THAT(on_states("all(k.x > -2 for k in state)"), Each(1));
    EXPECT_THAT(on_states("median(k.x for k in state)"), Each(2));
    EXPECT_THAT(on_states("sum(r.w for r in tie)"), Each(11));
}

TEST(Aggregates, run_over_the_links_out_of_an_agent_and_into_it) {
    EXPECT_THAT(on_states("sum(r.w for r in tie.out(self))"), ElementsAre(10, 1, 0));
    EXPECT_THAT(on_states("sum(r.w for r in tie.into(self))"), ElementsAre(0, 4, 7));
    EXPECT_THAT(on_states("mean(r.target.x for r in tie.out(self))"), ElementsAre(0.5, 2, 0));
    EXPECT_THAT(on_states("max(r.source.x for r in tie.into(self))"), ElementsAre(0, 3, 3));
}

TEST(Aggregates, run_over_the_links_of_a_member) {
    EXPECT_THAT(on_states("sum(r.w for r in tie.into(c))"), Each(7));
    EXPECT_THAT(on_states("sum(r.w * x for r in tie.out(a))"), ElementsAre(30, -10, 20));
}

TEST(Aggregates, take_a_condition) {
    EXPECT_THAT(on_states("sum(k.x for k in state if k.x > 0)"), Each(5));
    EXPECT_THAT(on_states("mean(k.x for k in state if k.x > x)"), ElementsAre(0, 2.5, 3));
    EXPECT_THAT(on_states("sum(1 for r in tie.out(self) if r.w > 4)"), ElementsAre(1, 0, 0));
}

TEST(Aggregates, of_nothing_are_0_but_all_is_1) {
    EXPECT_THAT(on_states("sum(k.x for k in state if 0)"), Each(0));
    EXPECT_THAT(on_states("mean(k.x for k in state if k.x > 9)"), Each(0));
    EXPECT_THAT(on_states("min(k.x for k in state if k.x > 9)"), Each(0));
    EXPECT_THAT(on_states("max(k.x for k in state if k.x > 9)"), Each(0));
    EXPECT_THAT(on_states("count(k.x for k in state if k.x > 9)"), Each(0));
    EXPECT_THAT(on_states("median(k.x for k in state if k.x > 9)"), Each(0));
    EXPECT_THAT(on_states("weighted_median((k.x, 1) for k in state if k.x > 9)"), Each(0));
    EXPECT_THAT(on_states("any(k.x for k in state if k.x > 9)"), Each(0));
    EXPECT_THAT(on_states("all(0 for k in state if k.x > 9)"), Each(1));
    EXPECT_THAT(on_states("all(0 for r in tie.out(self))"), ElementsAre(0, 0, 1));
}

TEST(Aggregates, count_counts_items_that_are_not_0) {
    EXPECT_THAT(on_states("count(k.x - 3 for k in state)"), Each(2));
    EXPECT_THAT(on_states("count(5 for k in state)"), Each(3));
}

TEST(Aggregates, the_median_of_an_even_number_lies_half_way) {
    EXPECT_THAT(on_states("median(k.x for k in state if k.x != 2)"), Each(1));
    EXPECT_THAT(on_states("median(r.w for r in tie.into(self))"), ElementsAre(0, 4, 3.5));
}

TEST(Aggregates, the_weighted_median_is_where_half_of_the_weight_is_reached) {
    EXPECT_THAT(on_states("weighted_median((k.x, 1) for k in state)"), Each(2));
    EXPECT_THAT(on_states("weighted_median((k.x, 5 if k.x < 0 else 1) for k in state)"), Each(-1));
    EXPECT_THAT(on_states("weighted_median((k.x, k.x == 3) for k in state)"), Each(3));
    EXPECT_THAT(on_states("weighted_median((r.source.x, r.w) for r in tie.into(self))"), ElementsAre(0, 3, 3));
}

TEST(Aggregates, stand_inside_one_another_by_way_of_a_derived_or_a_let) {
    EXPECT_THAT(on_states("reach"), ElementsAre(10, 1, 0));
    EXPECT_THAT(on_states("second"), ElementsAre(1, 0, 0));
    EXPECT_THAT(on_states("max(k.reach for k in state if k != self)"), ElementsAre(1, 10, 10));
    EXPECT_THAT(on_states("sum(k.second + k.reach for k in state)"), Each(12));
    World world("agents: {state: {fields: {x: 0, got: 0}, members: {a: {x: 1}, b: {x: 2}}}}\n"
                "steps: [{rule: r, on: state, let: {whole: 'sum(k.x for k in state)'}, do: ['got = sum(whole * k.x for k in state if k.x < whole - 1)']}]");
    EXPECT_THAT(world.tick().all("state.got"), ElementsAre(3, 3));
}

TEST(Aggregates, see_the_start_of_the_step_where_the_row_itself_sees_what_it_assigned) {
    World world("agents: {state: {fields: {x: 0, got: 0}, members: {a: {x: 1}, b: {x: 2}}}}\n"
                "steps: [{rule: r, on: state, do: [x = 10, 'got = x + sum(k.x for k in state)']}]");
    EXPECT_THAT(world.tick().all("state.got"), ElementsAre(13, 13));
}

TEST(Aggregates, draw_afresh_for_every_pair) {
    World world("agents: {state: {fields: {x: 0, low: 0, high: 0}, members: [a, b, c]}}\n"
                "steps: [{rule: r, on: state, do: ['low = min(uniform() for k in state)', 'high = max(uniform() for k in state)', 'x = sum(uniform() for k in state)']}]");
    world.tick();
    std::vector<double> seen = world.all("state.x");
    for (const char* column : {"state.low", "state.high"})
        for (const double value : world.all(column)) seen.push_back(value);
    std::sort(seen.begin(), seen.end());
    EXPECT_TRUE(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST(Aggregates, over_a_kind_without_links_or_agents_out_of_reach_are_empty) {
    World world("agents: {state: {fields: {x: 1, got: 9}, members: [a, b]}}\nlinks: {tie: {source: state, target: state, fields: {w: 1}, pattern: {random: {p: 0}}}}\n"
                "steps: [{rule: r, on: state, do: ['got = sum(r.w for r in tie) + mean(r.w for r in tie.out(self)) + max(r.target.x for r in tie.into(a))']},\n"
                "        {rule: s, on: tie, do: [w += 1, target.x += 1]}]");
    world.tick();
    EXPECT_THAT(world.all("state.got"), ElementsAre(0, 0));
    EXPECT_THAT(world.all("state.x"), ElementsAre(1, 1));
}

// -- against plain loops on random graphs ---------------------------------------------------------------------------------------------------

struct Link {
    int source, target;
    double w;
};

/// A random graph, as a scenario's members and as plain numbers.
struct Graph {
    explicit Graph(unsigned seed) : random(seed) {
        for (int a = 0; a < agents; ++a) x.push_back(number());
        for (int a = 0; a < agents; ++a)
            for (int b = 0; b < agents; ++b)
                if (a != b && random() % 10 < 4) links.push_back({a, b, number()});
        std::shuffle(links.begin(), links.end(), random);
    }
    double at(int a) const { return x[static_cast<std::size_t>(a)]; }
    double number() { return static_cast<double>(static_cast<int>(random() % 2001) - 1000) / 64; }

    const Link* between(int a, int b) const {
        for (const Link& link : links)
            if (link.source == a && link.target == b) return &link;
        return nullptr;
    }
    double w(int a, int b) const { return between(a, b) ? between(a, b)->w : 0; }
    std::vector<Link> out(int a) const { return picked([&](const Link& l) { return l.source == a; }); }
    std::vector<Link> into(int a) const { return picked([&](const Link& l) { return l.target == a; }); }
    std::vector<Link> picked(const std::function<bool(const Link&)>& wanted) const {
        std::vector<Link> found;
        std::copy_if(links.begin(), links.end(), std::back_inserter(found), wanted);
        return found;
    }

    std::string text(const std::string& on, const std::string& expression, const std::string& let) const {
        std::string made = "agents:\n  state:\n    fields: {x: 0, got: 0}\n    derived: {reach: \"sum(r.w for r in tie.out(self))\"}\n    members:\n";
        for (int a = 0; a < agents; ++a) made += fmt::format("      s{}: {{x: {}}}\n", a, x[static_cast<std::size_t>(a)]);
        made += "links:\n  tie:\n    source: state\n    target: state\n    fields: {w: 0, got: 0}\n    derived: {push: w * target.x}\n    members:\n";
        for (const Link& link : links) made += fmt::format("      s{} -> s{}: {{w: {}}}\n", link.source, link.target, link.w);
        return made + "steps:\n  - rule: r\n    on: " + on + "\n" + let + "    do: [\"got = " + expression + "\"]\n";
    }

    static constexpr int agents = 12;
    std::mt19937 random;
    std::vector<double> x;
    std::vector<Link> links;
};

template <class Items, class Body>
double sum(const Items& items, Body body) {
    double total = 0;
    for (const auto& item : items) total += body(item);
    return total;
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double weighted_median(std::vector<std::pair<double, double>> values) {
    std::sort(values.begin(), values.end());
    const double half = sum(values, [](const auto& v) { return v.second; }) / 2;
    double reached = 0;
    for (const auto& [value, weight] : values)
        if ((reached += weight) >= half) return value;
    return 0;
}

struct LinkCase {
    std::string expression;
    std::function<double(const Graph&, const Link&)> expected;
    std::string let;
};

struct StateCase {
    std::string expression;
    std::function<double(const Graph&, int)> expected;
};

void compare(const std::vector<double>& got, const std::vector<double>& expected, const std::string& what) {
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t row = 0; row < got.size(); ++row) ASSERT_EQ(got[row], expected[row]) << what << " on row " << row;
}

TEST(Aggregates, on_links_agree_with_plain_loops_for_every_key_that_they_may_depend_on) {
    using G = const Graph&;
    using L = const Link&;
    const std::vector<LinkCase> cases{
        {"sum(k.x for k in state)", [](G g, L) { return sum(g.x, [](double x) { return x; }); }, ""},
        {"sum(r.w for r in tie.out(source))", [](G g, L l) { return sum(g.out(l.source), [](L r) { return r.w; }); }, ""},
        {"sum(r.w for r in tie.into(source))", [](G g, L l) { return sum(g.into(l.source), [](L r) { return r.w; }); }, ""},
        {"sum(r.w for r in tie.out(target))", [](G g, L l) { return sum(g.out(l.target), [](L r) { return r.w; }); }, ""},
        {"sum(r.w for r in tie.into(target))", [](G g, L l) { return sum(g.into(l.target), [](L r) { return r.w; }); }, ""},
        {"sum(r.w * source.x for r in tie.out(source))", [](G g, L l) { return sum(g.out(l.source), [&](L r) { return r.w * g.at(l.source); }); }, ""},
        {"sum(r.w * source.x for r in tie.into(target))", [](G g, L l) { return sum(g.into(l.target), [&](L r) { return r.w * g.at(l.source); }); }, ""},
        {"sum(r.w * w for r in tie.into(source))", [](G g, L l) { return sum(g.into(l.source), [&](L r) { return r.w * l.w; }); }, ""},
        {"sum(r.w for r in tie.out(source) if r.target != target)",
         [](G g, L l) { return sum(g.out(l.source), [&](L r) { return r.target != l.target ? r.w : 0; }); }, ""},
        {"sum(k.x > source.x for k in state)", [](G g, L l) { return sum(g.x, [&](double x) { return x > g.at(l.source) ? 1 : 0; }); }, ""},
        {"sum(k.x * target.x for k in state)", [](G g, L l) { return sum(g.x, [&](double x) { return x * g.at(l.target); }); }, ""},
        {"count(has(tie[source, k]) and has(tie[k, target]) for k in state)",
         [](G g, L l) {
             double n = 0;
             for (int k = 0; k < Graph::agents; ++k) n += g.between(l.source, k) && g.between(k, l.target);
             return n;
         },
         ""},
        {"sum(tie[k, target].w * tie[source, k].w for k in state)",
         [](G g, L l) {
             double n = 0;
             for (int k = 0; k < Graph::agents; ++k) n += g.w(k, l.target) * g.w(l.source, k);
             return n;
         },
         ""},
        {"sum(r.reverse.w for r in tie.out(source))", [](G g, L l) { return sum(g.out(l.source), [&](L r) { return g.w(r.target, r.source); }); }, ""},
        {"sum(tie[r.target, source].w for r in tie.out(target))", [](G g, L l) { return sum(g.out(l.target), [&](L r) { return g.w(r.target, l.source); }); }, ""},
        {"sum(r.push for r in tie.into(source))", [](G g, L l) { return sum(g.into(l.source), [&](L r) { return r.w * g.at(r.target); }); }, ""},
        {"sum(r.target.reach for r in tie.out(source))",
         [](G g, L l) { return sum(g.out(l.source), [&](L r) { return sum(g.out(r.target), [](L u) { return u.w; }); }); }, ""},
        {"sum(here * r.w for r in tie.out(source) if r.w < here)",
         [](G g, L l) {
             const double here = sum(g.into(l.target), [](L r) { return r.w; });
             return sum(g.out(l.source), [&](L r) { return r.w < here ? here * r.w : 0; });
         },
         "    let: {here: \"sum(u.w for u in tie.into(target))\"}\n"},
        {"sum(r.w * reverse.w for r in tie.out(s3))", [](G g, L l) { return sum(g.out(3), [&](L r) { return r.w * g.w(l.target, l.source); }); }, ""},
        {"sum(r.w for r in tie.out(reverse.source))",
         [](G g, L l) { return g.between(l.target, l.source) ? sum(g.out(l.target), [](L r) { return r.w; }) : 0; }, ""},
        {"median(r.w for r in tie.into(target))",
         [](G g, L l) {
             std::vector<double> values;
             for (L r : g.into(l.target)) values.push_back(r.w);
             return median(values);
         },
         ""},
        {"median(k.x for k in state if k != source)",
         [](G g, L l) {
             std::vector<double> values = g.x;
             values.erase(values.begin() + l.source);
             return median(values);
         },
         ""},
        {"weighted_median((r.source.x, abs(r.w) + 1) for r in tie.into(target) if r.source != source)",
         [](G g, L l) {
             std::vector<std::pair<double, double>> values;
             for (L r : g.into(l.target))
                 if (r.source != l.source) values.emplace_back(g.at(r.source), std::abs(r.w) + 1);
             return weighted_median(values);
         },
         ""},
        {"any(r.w > w for r in tie.out(source))", [](G g, L l) { return sum(g.out(l.source), [&](L r) { return r.w > l.w ? 1 : 0; }) > 0; }, ""},
        {"all(r.w >= w for r in tie.out(source))", [](G g, L l) { return sum(g.out(l.source), [&](L r) { return r.w < l.w ? 1 : 0; }) == 0; }, ""},
    };
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Graph graph(seed);
        for (const LinkCase& one : cases) {
            World world(graph.text("tie", one.expression, one.let));
            std::vector<double> expected;
            for (const Link& link : graph.links) expected.push_back(one.expected(graph, link));
            compare(world.tick().all("tie.got"), expected, one.expression);
        }
    }
}

TEST(Aggregates, on_agents_agree_with_plain_loops) {
    using G = const Graph&;
    using L = const Link&;
    const std::vector<StateCase> cases{
        {"sum(r.w for r in tie.out(self))", [](G g, int a) { return sum(g.out(a), [](L r) { return r.w; }); }},
        {"sum(r.w * r.source.x for r in tie.into(self))", [](G g, int a) { return sum(g.into(a), [&](L r) { return r.w * g.at(r.source); }); }},
        {"mean(r.w * x for r in tie.into(self))",
         [](G g, int a) {
             const auto into = g.into(a);
             return into.empty() ? 0 : sum(into, [&](L r) { return r.w * g.at(a); }) / static_cast<double>(into.size());
         }},
        {"sum(k.x * x for k in state if k != self)",
         [](G g, int a) {
             double n = 0;
             for (int k = 0; k < Graph::agents; ++k) n += k != a ? g.at(k) * g.at(a) : 0;
             return n;
         }},
        {"sum(tie[self, k].w - tie[k, self].w for k in state)",
         [](G g, int a) {
             double n = 0;
             for (int k = 0; k < Graph::agents; ++k) n += g.w(a, k) - g.w(k, a);
             return n;
         }},
        {"min(r.w for r in tie.out(self))",
         [](G g, int a) {
             const auto out = g.out(a);
             return out.empty() ? 0 : std::min_element(out.begin(), out.end(), [](L s, L r) { return s.w < r.w; })->w;
         }},
        {"max(r.target.reach for r in tie.out(self))",
         [](G g, int a) {
             const auto out = g.out(a);
             double most = out.empty() ? 0 : -1e300;
             for (L r : out) most = std::max(most, sum(g.out(r.target), [](L u) { return u.w; }));
             return most;
         }},
        {"sum(k.reach * t0 for k in state)", [](G g, int a) {
             double n = 0;
             for (int k = 0; k < Graph::agents; ++k) n += sum(g.out(k), [](L u) { return u.w; }) * g.w(a, 0);
             return n;
         }},
    };
    for (const unsigned seed : {4U, 5U, 6U}) {
        const Graph graph(seed);
        for (const StateCase& one : cases) {
            World world(graph.text("state", one.expression, "    let: {t0: \"tie[self, s0].w\"}\n"));
            std::vector<double> expected;
            for (int a = 0; a < Graph::agents; ++a) expected.push_back(one.expected(graph, a));
            compare(world.tick().all("state.got"), expected, one.expression);
        }
    }
}

}  // namespace
}  // namespace entente::test
