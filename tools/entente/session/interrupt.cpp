#include "session/interrupt.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

namespace entente {

namespace {

constexpr std::int64_t patience = 1'000'000'000;  ///< nanoseconds for batches in hand to end

std::atomic<std::int64_t> noted = 0;  ///< when, by the steady clock; 0: not yet
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);  // which a signal handler may call
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

void note(int signal) {
    noted = now();
    std::signal(signal, SIG_DFL);
}

}  // namespace

Interrupt::Interrupt() {
    noted = 0;
    std::signal(SIGINT, note);
    std::signal(SIGTERM, note);
}

Interrupt::~Interrupt() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interrupt::came() {
    return noted != 0;
}

bool Interrupt::is_overdue() {
    return noted != 0 && now() - noted > patience;
}

}  // namespace entente
