#include "session/console.hpp"

#include <cstdlib>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

namespace entente {

namespace {

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

/// Goes out by one write, for other ranks and the launcher write to the same stream.
void tell(std::string_view severity, std::string_view what, std::string_view help) {
    std::cerr << fmt::format("{}: {}\n{}", severity, what, help.empty() ? "" : fmt::format("help: {}\n", help));
}

}  // namespace

bool is_terminal(int stream) {
    return ::isatty(stream) == 1;
}

TextStyle style_of(int stream) {
    TextStyle style{.width = 100, .unicode = speaks_utf8(), .colour = is_terminal(stream) && std::getenv("NO_COLOR") == nullptr};
    winsize size{};
    if (is_terminal(stream) && ::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.width = size.ws_col;
    return style;
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
