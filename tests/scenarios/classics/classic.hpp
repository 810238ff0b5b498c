/// Published models, read from scenarios/classics.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "../../worlds.hpp"

namespace entente::test {

inline Scenario classic(const std::string& stem) {
    return read_scenario(std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics" / (stem + ".yaml")).scenario;
}

/// The same as text, for worlds that differ where no parameter reaches.
inline std::string classic_text(const std::string& stem) {
    std::ifstream file(std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics" / (stem + ".yaml"));
    std::stringstream read;
    read << file.rdbuf();
    return read.str();
}

/// With the text from the first `from` up to the next `to` put anew.
inline std::string replaced(std::string text, const std::string& from, const std::string& to, const std::string& with) {
    const std::size_t begin = text.find(from);
    const std::size_t end = begin == std::string::npos ? begin : text.find(to, begin + from.size());
    if (end == std::string::npos) throw std::logic_error("there is no '" + from + "' before '" + to + "'");
    return text.replace(begin, end - begin, with);
}

inline Scenario read_classic(const std::string& text) {
    return read_scenario_text(text, "changed.yaml", std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics").scenario;
}

}  // namespace entente::test
