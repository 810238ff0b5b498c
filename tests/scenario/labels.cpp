#include <entente/scenario/labels.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

TEST(NameLabels, of_parameters_and_variants_stand_for_their_names) {
    const NameLabels labels = labels_of(read(bare + R"said(parameters:
  pull: {value: 0.3, label: Pull of the capital}
  push: 0.1
variants:
  calm: {label: A calm year, parameters: {push: 0}}
  storm: {parameters: {push: 1}}
)said"));
    EXPECT_EQ(labels.parameter("pull"), "Pull of the capital");
    EXPECT_EQ(labels.parameter("push"), "push");
    EXPECT_EQ(labels.parameter("state[a].x"), "state[a].x");
    EXPECT_EQ(labels.variant("calm"), "A calm year");
    EXPECT_EQ(labels.alternative("calm,pull=0.5"), "A calm year,pull=0.5");
    EXPECT_EQ(labels.alternative("pull=0.5"), "pull=0.5");
    EXPECT_EQ(labels.alternative("storm"), "storm");
}

}  // namespace
}  // namespace entente::test
