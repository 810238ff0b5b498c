#include "session/harmless_output.hpp"

#include <array>
#include <ostream>
#include <string_view>

#include <entente/base/harmless.hpp>

namespace entente {

namespace {

constexpr std::array<std::string_view, 3> own_styles{"\x1b[0m", "\x1b[1m", "\x1b[2m"};
constexpr std::size_t most_held = std::size_t{1} << 16;

std::string harmless_but_styled(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        std::size_t begin = text.size();
        std::string_view style;
        for (const std::string_view one : own_styles)
            if (const std::size_t at = text.find(one); at < begin) begin = at, style = one;
        safe += harmless(text.substr(0, begin));
        safe += style;
        text.remove_prefix(begin + style.size());
    }
    return safe;
}

}  // namespace

HarmlessOutput::HarmlessOutput(std::ostream& stream, bool has_colour) : stream_(stream), behind_(stream.rdbuf(this)), has_colour_(has_colour) {}

HarmlessOutput::~HarmlessOutput() {
    HarmlessOutput::sync();
    stream_.rdbuf(behind_);
}

HarmlessOutput::int_type HarmlessOutput::overflow(int_type c) {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char one = traits_type::to_char_type(c);
    return xsputn(&one, 1) == 1 ? c : traits_type::eof();
}

/// Waits for the end of a line, lest a character of several bytes be cut.
std::streamsize HarmlessOutput::xsputn(const char* text, std::streamsize size) {
    was_used_ = was_used_ || size > 0;
    waiting_.append(text, static_cast<std::size_t>(size));
    if (waiting_.size() < most_held) return size;
    const std::size_t end = waiting_.rfind('\n');
    return end == std::string::npos || pass_on(end + 1) ? size : 0;
}

int HarmlessOutput::sync() {
    const bool is_written = pass_on(waiting_.size());
    return is_written && behind_->pubsync() == 0 ? 0 : -1;
}

bool HarmlessOutput::pass_on(std::size_t size) {
    const std::string_view text = std::string_view(waiting_).substr(0, size);
    const std::string safe = has_colour_ ? harmless_but_styled(text) : harmless(text);
    waiting_.erase(0, size);
    return behind_->sputn(safe.data(), static_cast<std::streamsize>(safe.size())) == static_cast<std::streamsize>(safe.size());
}

}  // namespace entente
