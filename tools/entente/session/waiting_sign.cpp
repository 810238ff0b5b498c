#include "session/waiting_sign.hpp"

#include <chrono>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "session/console.hpp"

namespace entente {

WaitingSign::WaitingSign(std::string what, bool wanted) {
    if (!wanted || !obeys_escapes(2)) return;
    thread_ = std::thread([this, what = std::move(what)] {
        using namespace std::chrono_literals;
        const auto is_over = [this] { return is_over_; };
        std::unique_lock lock(mutex_);
        if (ended_.wait_for(lock, 2s, is_over)) return;
        for (int seconds = 2; ; ++seconds) {
            const TextStyle style = style_of(2);
            const std::string line = fmt::format("{} {} {} s", what, style.unicode ? "…" : "...", seconds);
            std::fputs(("\r\x1b[K" + shortened(line, style.width - 1, style)).c_str(), stderr);  // std::cerr would show the signs
            if (ended_.wait_for(lock, 1s, is_over)) break;
        }
        std::fputs("\r\x1b[K", stderr);
    });
}

WaitingSign::~WaitingSign() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

}  // namespace entente
