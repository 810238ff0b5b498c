/// Worlds that tests and benchmarks share: the scenario files of this folder, at any size.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace entente::scenes {

/// The text of `tests/scenes/NAME.yaml` with each first text, which must stand in it, replaced by the second.
std::string text(const std::string& name, const std::vector<std::pair<std::string, std::string>>& replace = {});

std::string governments(std::int64_t n);
std::string grid(std::int64_t width, std::int64_t height);
std::string random_graph(std::int64_t n);  ///< ten neighbours each, on average
std::string rows(std::int64_t n);
std::string events(std::int64_t n);
std::string aggregates(std::int64_t n);

}  // namespace entente::scenes
