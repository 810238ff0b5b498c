#include "arguments/help_format.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

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

/// As CLI11 puts it together, but for the order of headings and the blank lines, of which it leaves two between groups.
std::string HelpFormat::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
    if (mode == CLI::AppFormatMode::Sub) return make_expanded(app);
    std::string text = fitted(make_description(app), {.width = page_width}) + make_usage(app, std::move(name)) + make_positionals(app) + options_by_heading(app) +
                       make_subcommands(app, mode) + '\n' + make_footer(app);
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

std::string HelpFormat::options_by_heading(const CLI::App* app) const {
    std::vector<std::string> headings = app->get_groups();
    std::ranges::stable_sort(headings, {}, heading_order);
    std::string text;
    for (const std::string& heading : headings) {
        const auto options = app->get_options([&](const CLI::Option* option) { return option->get_group() == heading && option->nonpositional(); });
        if (!heading.empty() && !options.empty()) text += make_group(heading, false, options);
    }
    return text;
}

int heading_order(const std::string& heading) {
    constexpr std::array<std::string_view, 5> order{"What to run", "What to vary", "Where results go", "How", "Help"};
    const auto found = std::ranges::find(order, heading);
    return found == order.end() ? -1 : static_cast<int>(found - order.begin());
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
