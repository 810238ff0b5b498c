#include "session/console.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

namespace entente {

namespace {

constexpr std::size_t piped_columns = 100;
constexpr std::size_t unknown_terminal_columns = 80;
constexpr std::size_t least_columns = 20;
constexpr std::size_t most_columns = 1000;

bool speaks_utf8() {
    if (std::getenv("NO_UNICODE") != nullptr) return false;
    for (const auto* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        const std::string_view locale = value;
        return locale.find("UTF-8") != std::string_view::npos || locale.find("utf8") != std::string_view::npos;
    }
    return false;
}

/// What the environment says of a terminal's columns; 0: nothing that can be.
std::size_t columns_of_environment() {
    const char* value = std::getenv("COLUMNS");
    const std::string_view text = value == nullptr ? "" : value;
    std::size_t columns = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), columns);
    return problem == std::errc() && end == text.data() + text.size() ? columns : 0;
}

std::size_t columns_of(int stream) {
    winsize size{};
    if (is_terminal(stream) && ::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    if (const std::size_t columns = columns_of_environment(); columns > 0) return columns;
    return is_terminal(stream) ? unknown_terminal_columns : piped_columns;
}

/// Whether a variable is there and not empty: https://no-color.org.
bool is_set(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

/// Goes out by one write, for other ranks and the launcher write to the same stream.
void tell(std::string_view severity, std::string_view what, std::string_view help) {
    tell_lines(fmt::format("{}: {}\n{}", severity, what, help.empty() ? "" : fmt::format("help: {}\n", help)));
}

}  // namespace

bool is_terminal(int stream) {
    return ::isatty(stream) == 1;
}

TextStyle style_of(int stream) {
    return {.width = std::clamp(columns_of(stream), least_columns, most_columns), .unicode = speaks_utf8(), .colour = obeys_escapes(stream) && !is_set("NO_COLOR")};
}

bool obeys_escapes(int stream) {
    const char* kind = std::getenv("TERM");
    return is_terminal(stream) && kind != nullptr && std::string_view(kind) != "dumb" && *kind != '\0';
}

void print_lines(const std::string& text) {
    std::cout << (is_terminal(1) ? fitted(text, style_of(1)) : text);
}

void tell_lines(const std::string& text) {
    const bool has_width = is_terminal(2) || columns_of_environment() > 0;
    std::cerr << (has_width ? fitted_messages(text, style_of(2)) : text);
}

void tell_error(std::string_view what, std::string_view help) {
    tell("error", what, help);
}

void tell_warning(std::string_view what, std::string_view help) {
    tell("warning", what, help);
}

void flush_output() {
    if (!std::cout.flush()) throw Error("cannot write the output", "check that its disk is not full");
}

}  // namespace entente
