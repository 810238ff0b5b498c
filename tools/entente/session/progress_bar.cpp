#include "session/progress_bar.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

#include "session/console.hpp"

namespace entente {

std::string progress_line(const Progress& progress, const TextStyle& style) {
    constexpr std::size_t cells = 30;
    const double share = static_cast<double>(progress.runs_done) / static_cast<double>(std::max<std::int64_t>(progress.runs_total, 1));
    const auto full = static_cast<std::size_t>(share * static_cast<double>(cells));
    std::string bar;
    for (std::size_t cell = 0; cell < cells; ++cell) bar += cell < full ? (style.unicode ? "█" : "#") : (style.unicode ? "░" : ".");
    std::string line = fmt::format("{} {} of {}", bar, with_commas(progress.runs_done), counted(progress.runs_total, "run"));
    if (progress.runs_done > 0 && progress.seconds > 0) {
        const double a_second = static_cast<double>(progress.runs_done) / progress.seconds;
        line += fmt::format(" · {} a second · {} left", readable(a_second),
                            duration_text(static_cast<double>(progress.runs_total - progress.runs_done) / a_second));
    }
    if (progress.failures > 0) line += fmt::format(" · {} failed", with_commas(progress.failures));
    return shortened(shown(std::move(line), style), style.width > 1 ? style.width - 1 : 1, style);
}

ProgressBar::ProgressBar(bool wanted) : wanted_(wanted && is_terminal(2)), style_(style_of(2)) {}

ProgressBar::~ProgressBar() {
    if (wanted_ && shown_at_ >= 0) std::fputs("\r\x1b[K", stderr);
}

void ProgressBar::show(const Progress& progress) {
    if (!wanted_ || (shown_at_ >= 0 && progress.seconds < shown_at_ + 0.1)) return;
    shown_at_ = progress.seconds;
    std::fputs(("\r\x1b[K" + progress_line(progress, style_)).c_str(), stderr);  // not by std::cerr, which lets no command through
}

}  // namespace entente
