#include "idioms.hpp"

#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace entente {

using EmbeddedTexts = std::span<const std::pair<std::string_view, std::string_view>>;
EmbeddedTexts idiom_scenarios();  // of scenarios/idioms, as the build embeds them
EmbeddedTexts idiom_tables();     // of scenarios/idioms/data

namespace {

/// What stands after a key at the top of a scenario, on its line, without quotes.
std::string_view line_of_key(std::string_view scenario, std::string_view key) {
    const std::size_t at = scenario.find(fmt::format("\n{}: ", key));
    if (at == std::string_view::npos) return {};
    std::string_view line = scenario.substr(at + key.size() + 3);
    line = line.substr(0, line.find('\n'));
    if (line.size() > 1 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
    return line;
}

/// Without the line that names the schema to editors, which stands in the file's own folder.
std::string_view without_schema_line(std::string_view scenario) {
    return scenario.starts_with("# yaml-language-server:") ? scenario.substr(scenario.find('\n') + 1) : scenario;
}

std::string block(std::string_view language, std::string_view text) {
    return fmt::format("```{}\n{}```\n\n", language, text);
}

}  // namespace

std::string idioms_reference() {
    std::string out =
        "# Idioms of the scenario language\n\nShort scenarios that run as they stand, each with a way to say what is often needed. "
        "They are in scenarios/idioms.\n\n";
    for (const auto& [stem, scenario] : idiom_scenarios()) {
        out += fmt::format("## {} (`{}.yaml`)\n\n{}\n\n", line_of_key(scenario, "title"), stem, line_of_key(scenario, "about"));
        out += block("yaml", without_schema_line(scenario));
        for (const auto& [table, text] : idiom_tables()) {
            const std::string file = fmt::format("data/{}.csv", table);
            if (scenario.find(file) != std::string_view::npos) out += fmt::format("`{}`:\n\n", file) + block("", text);
        }
    }
    return out;
}

}  // namespace entente
