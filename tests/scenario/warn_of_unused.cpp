#include "reading.hpp"

namespace entente::test {
namespace {

const Fault faults[] = {
    {"a_parameter_that_nothing_reads", relations, R"(
parameters: {gain: 1}
measures: {a: 'state[russia].trust', b: 'state[russia].arms', c: 'relation[russia, afghanistan].goodwill'}
)",
     R"(
world.yaml:14:14: warning: nothing reads the parameter 'gain'
   14 | parameters: {gain: 1}
      |              ^~~~
help: use it, or remove it)"},
    {"a_field_that_nothing_reads", states, R"(
measures: {a: 'state[russia].trust'}
)",
     R"(
world.yaml:5:50: warning: no step and no measure reads the field 'arms' of 'state'
    5 |     fields: {trust: {start: 0.5, range: [0, 1]}, arms: 3}
      |                                                  ^~~~
help: measure it, or remove it)"},
    {"a_field_that_is_only_written", states, R"(
measures: {a: 'state[russia].trust'}
steps:
  - {rule: r, on: state, do: [arms += 1]}
)",
     R"(
world.yaml:5:50: warning: no step and no measure reads the field 'arms' of 'state'
    5 |     fields: {trust: {start: 0.5, range: [0, 1]}, arms: 3}
      |                                                  ^~~~
help: measure it, or remove it)"},
};

ENTENTE_TELLS(Unused, faults);

TEST(Unused, is_nothing_that_only_a_variant_or_a_timeline_reads) {
    EXPECT_EQ(said_about(states + R"(
parameters: {gain: 1, loss: 2}
measures: {a: "state[russia].trust"}
timeline: [{tick: 1, set: {"state[russia].trust": "gain / state[russia].arms"}}]
variants: {calm: {agents: {state: {fields: {arms: loss}}}}}
)"),
              "");
}

TEST(Unused, is_nothing_that_only_a_record_reads) {
    const std::string counts = R"yaml(
steps: [{event: raid, on: state, count: 2, do: [arms += 1]}]
measures: {a: "state[russia].trust + state[russia].arms", raids: "total(raid[russia])"}
observed: {raids: {value: 3, seen: reported}}
)yaml";
    EXPECT_EQ(said_about(states + "\nparameters: {reported: {value: 0.3, range: [0, 1]}}\n" + counts), "");
}

}  // namespace
}  // namespace entente::test
