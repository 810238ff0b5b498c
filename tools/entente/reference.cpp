#include <algorithm>
#include <array>
#include <iostream>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/output/formats_reference.hpp>
#include <entente/output/markdown_text.hpp>
#include <entente/output/reference_lookup.hpp>
#include <entente/scenario/json_schema.hpp>
#include <entente/scenario/keys.hpp>

#include "commands.hpp"
#include "idioms.hpp"
#include "session/console.hpp"

namespace entente {

namespace {

struct ReferenceArguments {
    std::string part;
    std::string format = "markdown";
};

const std::vector<std::string> all_parts{"language", "idioms", "formats"};
const std::vector<std::string> all_formats{"markdown", "json-schema", "json"};

bool is_part(const std::string& part) {
    return part.empty() || std::ranges::find(all_parts, part) != all_parts.end();
}

void check(const ReferenceArguments& asked) {
    if (std::ranges::find(all_formats, asked.format) == all_formats.end())
        throw Error(fmt::format("the reference has no format '{}'", asked.format), did_you_mean(asked.format, all_formats, "its formats are " + listed(all_formats)));
    if (asked.format == "json-schema" && !asked.part.empty()) throw Error("a JSON Schema is of whole scenarios", fmt::format("drop '{}'", asked.part));
    if (asked.format == "json" && asked.part != "formats") throw Error("only the reference of formats is there as JSON", "write entente reference formats --format json");
}

/// Where the whole is that the excerpt is of.
std::string place_of(const IdiomExcerpt& found) {
    switch (found.from) {
        case IdiomExcerpt::From::idiom:
            return fmt::format("Of {}.yaml, which 'entente reference idioms' prints", found.stem);
        case IdiomExcerpt::From::first_scenario:
            return "Of what 'entente new' writes";
        case IdiomExcerpt::From::classic:
            return fmt::format("Of scenarios/classics/{}.yaml", found.stem);
    }
    return {};
}

std::string example_of(const std::string& word) {
    const IdiomExcerpt found = idiom_with(word);
    if (found.stem.empty()) return {};
    return fmt::format("## An example\n\n```yaml\n{}```\n\n{}.\n\n", found.text, place_of(found));
}

/// What else stands in its section.
std::string see_also(const std::vector<std::string>& words) {
    constexpr std::size_t most = 12;
    if (words.empty()) return {};
    std::string text = "See also: ";
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i) text += fmt::format("{}`{}`", i == 0 ? "" : ", ", words[i]);
    return text + (words.size() > most ? " and others beside them.\n" : ".\n");
}

/// What all references say of a word.
std::string about_word(const std::string& word) {
    const std::array references{language_reference(), formats_reference()};
    const ReferenceLookup lookup(references);
    const std::string text = about_unit_word(word) + lookup.about(word);
    if (!text.empty()) return text + example_of(word) + see_also(lookup.beside(word));
    std::vector<std::string> words = lookup.words();
    words.insert(words.end(), all_parts.begin(), all_parts.end());
    throw Error(fmt::format("the reference says nothing of '{}'", word), did_you_mean(word, words, "without a word it is printed as a whole; its parts are " + listed(all_parts)));
}

std::string reference_text(const ReferenceArguments& asked) {
    if (asked.format == "json-schema") return scenario_json_schema();
    if (!is_part(asked.part)) return about_word(asked.part);
    if (asked.part == "formats") return asked.format == "json" ? formats_json() : formats_reference();
    return asked.part == "idioms" ? idioms_reference() : language_reference();
}

ExitCode print_reference(const ReferenceArguments& asked) {
    check(asked);
    const std::string text = reference_text(asked);
    std::cout << (asked.format == "markdown" && is_terminal(1) ? markdown_text(text, style_of(1)) : text);
    return ExitCode::fine;
}

}  // namespace

Subcommand add_reference(Options& app) {
    Options* self = app.add_subcommand("reference", "Print the reference of the scenario language and of results (Markdown)");
    const auto arguments = std::make_shared<ReferenceArguments>();
    self->add_option("WORD", arguments->part,
                     "A word: what is said of a key, function, operator, unit, file or column; or a part: language: keys, operators, functions; idioms: short scenarios that show how to say what is often needed; formats: columns and keys of every file that is written (default: language)")
        ->one_of(all_parts);
    self->add_option("--format", arguments->format,
                     "markdown; json-schema: a JSON Schema of scenario files, by which editors complete keys and show what they mean; json: of formats (default: markdown)")
        ->type_name("NAME")
        ->one_of(all_formats)
        ->group("Where results go");
    self->footer(R"(
Examples:
  entente reference
  entente reference choice
  entente reference rate
  entente reference runs.csv
  entente reference --format json-schema > entente.schema.json
)");
    return {self, [arguments](const CommandLine&, Attendant&) { return print_reference(*arguments); }};
}

}  // namespace entente
