#include "idioms.hpp"

#include <algorithm>
#include <cctype>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace entente {

using EmbeddedTexts = std::span<const std::pair<std::string_view, std::string_view>>;
EmbeddedTexts idiom_scenarios();  // of scenarios/idioms, as the build embeds them
EmbeddedTexts idiom_tables();     // of scenarios/idioms/data
EmbeddedTexts first_scenarios();  // what `entente new` writes
EmbeddedTexts more_examples();    // of scenarios/classics

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

/// Blanks before the line.
std::size_t indent_of(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

bool is_of_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Whether a line has the word as a key, or as a function that is called.
bool uses(std::string_view line, std::string_view word) {
    if (line.substr(indent_of(line)).starts_with('#')) return false;
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || (!is_of_name(line[at - 1]) && line[at - 1] != '.');
        const bool is_key = line.substr(end).starts_with(": ") || line.substr(end) == ":";
        if (begins && (is_key || line.substr(end).starts_with('('))) return true;
    }
    return false;
}

/// The entry around a line, an agent, a step or a measure, under the key at the top in which it stands.
std::string entry_around(const std::vector<std::string_view>& lines, std::size_t at) {
    constexpr std::size_t most_lines = 16;
    std::size_t first = at;
    while (first > 0 && (lines[first].empty() || indent_of(lines[first]) > 2)) --first;
    std::size_t top = first;
    while (top > 0 && (lines[top].empty() || indent_of(lines[top]) > 0 || lines[top].starts_with('#'))) --top;
    std::size_t end = first + 1;
    while (end < lines.size() && (lines[end].empty() || indent_of(lines[end]) > indent_of(lines[first]))) ++end;
    while (lines[end - 1].empty()) --end;
    std::string text = top < first ? std::string(lines[top]) + '\n' : "";
    for (std::size_t line = first; line < std::min(end, first + most_lines); ++line) text += std::string(lines[line]) + '\n';
    return end > first + most_lines && at < first + most_lines ? text + std::string(indent_of(lines[first]) + 2, ' ') + "# …\n" : text;
}

}  // namespace

IdiomExcerpt idiom_with(std::string_view word) {
    for (const EmbeddedTexts texts : {idiom_scenarios(), first_scenarios(), more_examples()})
        for (const auto& [stem, scenario] : texts) {
            std::vector<std::string_view> lines;
            for (std::string_view rest = scenario; !rest.empty(); rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1))
                lines.push_back(rest.substr(0, rest.find('\n')));
            const auto found = std::ranges::find_if(lines, [&](std::string_view line) { return uses(line, word); });
            if (found != lines.end()) return {texts.data() == idiom_scenarios().data() ? IdiomExcerpt::From::idiom : texts.data() == first_scenarios().data() ? IdiomExcerpt::From::first_scenario : IdiomExcerpt::From::classic, std::string(stem), entry_around(lines, static_cast<std::size_t>(found - lines.begin()))};
        }
    return {};
}

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
