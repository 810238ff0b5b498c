#include "arguments/help_format.hpp"

#include <sstream>
#include <utility>

#include <entente/output/text_table.hpp>

namespace entente {

namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t names_width = 27;

/// In lines that fit beside the names.
std::string beside_names(const std::string& text) {
    std::string lines;
    std::size_t width = 0;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const bool fits = width == 0 || width + 1 + display_width(word) <= page_width - names_width;
        if (width > 0) lines += fits ? ' ' : '\n';
        width = (fits && width > 0 ? width + 1 : 0) + display_width(word);
        lines += word;
    }
    return lines;
}

}  // namespace

HelpFormat::HelpFormat() {
    column_width(names_width);
    label("Positionals", "Arguments");
    label("SUBCOMMAND", "COMMAND");
}

/// CLI11 leaves two blank lines between groups.
std::string HelpFormat::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
    std::string text = Formatter::make_help(app, std::move(name), mode);
    for (std::size_t at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at)) text.erase(at, 1);
    return text;
}

/// What follows the name: `NAME=VALUE ...` where it may be repeated. Positionals have no types.
std::string HelpFormat::make_option_opts(const CLI::Option* option) const {
    if (option->get_positional() || option->get_type_size() == 0) return {};
    const bool is_repeated = option->get_expected_max() == CLI::detail::expected_max_vector_size;
    return ' ' + option->get_type_name() + (is_repeated ? " ..." : "");
}

std::string HelpFormat::make_option_desc(const CLI::Option* option) const {
    return beside_names(option->get_description());
}

std::string HelpFormat::make_subcommand(const CLI::App* command) const {
    std::ostringstream text;
    CLI::detail::format_help(text, command->get_name(), beside_names(command->get_description()), column_width_);
    return text.str();
}

void place_help_last(CLI::App& command) {
    command.set_help_flag();
    command.set_help_flag("-h,--help", "Print this help")->group("Help");
}

}  // namespace entente
