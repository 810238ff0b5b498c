/// What the reference says of expressions beyond tables of names: topics, each with examples that a test runs.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace entente {

/// A rule of one step in the examples' world, and what came of it after one tick.
struct ReferenceExample {
    std::string_view on;          ///< `state`: the values are `w` of a, b, c; `tie`: `x` of a -> b, b -> a, a -> c
    std::string_view statements;  ///< with `; ` between them
    std::array<double, 3> values;
    std::string_view meaning;
};

struct ReferenceTopic {
    std::string_view heading;
    std::string_view text;
    std::span<const ReferenceExample> examples;
};

std::span<const ReferenceTopic> reference_topics();

/// The scenario of the examples, without its steps and measures.
std::string_view reference_world();

/// Its `steps` for an example.
std::string reference_steps(const ReferenceExample& example);

}  // namespace entente
