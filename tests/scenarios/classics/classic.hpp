/// Published models, read from scenarios/classics.
#pragma once

#include <filesystem>
#include <string>

#include "../../worlds.hpp"

namespace entente::test {

inline Scenario classic(const std::string& stem) {
    return read_scenario(std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics" / (stem + ".yaml")).scenario;
}

}  // namespace entente::test
