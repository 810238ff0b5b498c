#include "session/progress_bar.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

#include "session/console.hpp"

namespace entente {

namespace {

constexpr double between_drawings = 0.09;      ///< seconds, a little less than the engine tells
constexpr double first_plain_line = 5;         ///< on a terminal that obeys no escapes
constexpr double first_line_in_a_file = 30;    ///< where somebody reads a log later

std::string bar_of(double share, std::size_t cells, const TextStyle& style) {
    const auto full = static_cast<std::size_t>(share * static_cast<double>(cells));
    std::string bar;
    for (std::size_t cell = 0; cell < cells; ++cell) bar += cell < full ? (style.unicode ? "█" : "#") : (style.unicode ? "░" : ".");
    return bar;
}

/// What the line can say, the most needed first; the bar stands before it, and takes what room is left.
std::vector<std::string> parts_of(const Progress& progress) {
    std::vector<std::string> parts{fmt::format("{:.0f} %", std::floor(100 * progress.share()))};
    if (const std::string left = left_text(progress.seconds_left()); !left.empty()) parts.push_back(left);
    parts.push_back(fmt::format("{} of {}", with_commas(progress.runs_done), counted(progress.runs_total, "run")));
    if (progress.failures > 0) parts.push_back(with_commas(progress.failures) + " failed");
    if (progress.runs_done > 0 && progress.seconds > 0)
        parts.push_back(readable(static_cast<double>(progress.runs_done) / progress.seconds) + " a second");
    return parts;
}

}  // namespace

std::string left_text(double seconds) {
    if (!(seconds >= 0)) return {};
    if (seconds < 1) return "<1 s left";
    const auto about = [](double value, std::string_view unit) { return fmt::format("about {:.0f} {} left", value, unit); };
    if (seconds < 10) return about(std::ceil(seconds), "s");
    if (seconds < 90) return about(std::ceil(seconds / 5) * 5, "s");
    if (seconds < 90 * 60) return about(std::round(seconds / 60), "min");
    if (seconds < 48 * 3600) return about(std::round(seconds / 3600), "h");
    return about(std::round(seconds / 86400), "days");
}

std::string plain_line(const Progress& progress, const TextStyle& style) {
    std::string line;
    for (const std::string& part : parts_of(progress)) line += (line.empty() ? "" : " · ") + part;
    return shortened(shown(std::move(line), style), style.width, style);
}

std::string progress_line(const Progress& progress, const TextStyle& style) {
    constexpr std::size_t widest_bar = 30;
    constexpr std::size_t least_bar = 5;
    const std::size_t room = style.width > 1 ? style.width - 1 : 1;
    std::string line;
    for (const std::string& part : parts_of(progress)) {
        const std::string next = line.empty() ? part : line + shown(" · ", style) + part;
        if (!line.empty() && display_width(next) + least_bar + 1 > room) break;
        line = next;
    }
    const std::size_t taken = display_width(line) + 1;
    if (taken + least_bar <= room) line = bar_of(progress.share(), std::min(room - taken, widest_bar), style) + ' ' + line;
    return shortened(line, room, style);
}

bool PlainPace::is_due(const Progress& progress) {
    const int tenths = static_cast<int>(progress.share() * 10);
    if (progress.seconds < next_at_ || tenths >= 10) return false;
    if (told_at_ >= 0 && tenths == tenths_ && progress.seconds < told_at_ + at_least_every) return false;
    told_at_ = progress.seconds;
    next_at_ = told_at_ + at_most_every;
    tenths_ = tenths;
    return true;
}

ProgressBar::ProgressBar(bool wanted)
    : way_(!wanted ? Way::none : obeys_escapes(2) ? Way::drawn : Way::plain), pace_(is_terminal(2) ? first_plain_line : first_line_in_a_file) {}

ProgressBar::~ProgressBar() {
    if (way_ == Way::drawn && shown_at_ >= 0) std::fputs("\r\x1b[K", stderr);
}

void ProgressBar::show(const Progress& progress) {
    switch (way_) {
        case Way::none:
            return;
        case Way::plain:
            if (pace_.is_due(progress)) std::fputs((plain_line(progress, style_of(2)) + '\n').c_str(), stderr);
            return;
        case Way::drawn:
            if (shown_at_ >= 0 && progress.seconds < shown_at_ + between_drawings) return;
            shown_at_ = progress.seconds;
            std::fputs(("\r\x1b[K" + progress_line(progress, style_of(2))).c_str(), stderr);  // not by std::cerr, which lets no command through
    }
}

}  // namespace entente
