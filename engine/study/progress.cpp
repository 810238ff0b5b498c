#include <entente/study/progress.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace entente {

namespace {

constexpr std::chrono::milliseconds between_beats{100};

}  // namespace

double Progress::share() const {
    const auto of = [](std::int64_t done, std::int64_t total) { return total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0.0; };
    return std::clamp(std::max(of(run_ticks_done, run_ticks_total), of(runs_done, runs_total)), 0.0, 1.0);
}

double Progress::seconds_left() const {
    const double before = run_ticks_total > 0 ? static_cast<double>(run_ticks_before) / static_cast<double>(run_ticks_total) : 0;
    const double made = share() - before;
    return made > 0 ? seconds * (1 - share()) / made : std::numeric_limits<double>::quiet_NaN();
}

std::size_t WorkDone::line_of_this_thread() {
    return std::hash<std::thread::id>{}(std::this_thread::get_id()) % lines;
}

std::int64_t WorkDone::done() const {
    std::int64_t sum = 0;
    for (const Line& line : lines_) sum += line.done.load(std::memory_order_relaxed);
    return sum;
}

ProgressTeller::ProgressTeller(ProgressCall call, std::int64_t runs, std::int64_t ticks, int ranks)
    : call_(std::move(call)), ticks_(ticks), ranks_(ranks), began_(std::chrono::steady_clock::now()) {
    so_far_.runs_total = runs;
    so_far_.run_ticks_total = runs * ticks;
    if (call_) thread_ = std::thread([this] { beat(); });
}

ProgressTeller::~ProgressTeller() {
    join();
}

void ProgressTeller::take_up(std::int64_t runs) {
    const std::lock_guard lock(telling_);
    so_far_.runs_done += runs;
    so_far_.run_ticks_before += runs * ticks_;
}

bool ProgressTeller::tell(std::int64_t runs_done, std::int64_t failures) {
    if (!call_) return true;
    const std::lock_guard lock(telling_);
    so_far_.runs_done = runs_done;
    so_far_.failures = failures;
    return call_now();
}

bool ProgressTeller::call_now() {
    so_far_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    const std::int64_t counted = so_far_.run_ticks_before + work_.done() * ranks_;
    so_far_.run_ticks_done = std::min(std::max(counted, so_far_.runs_done * ticks_), so_far_.run_ticks_total);
    const bool goes_on = call_(so_far_);
    if (!goes_on) stopped_ = true;
    return goes_on;
}

void ProgressTeller::beat() {
    std::unique_lock lock(telling_);
    while (!ended_.wait_for(lock, between_beats, [this] { return is_over_; })) {
        try {
            call_now();
        } catch (...) {
            thrown_ = std::current_exception();
            stopped_ = true;
            return;
        }
    }
}

void ProgressTeller::join() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(telling_);
        is_over_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

void ProgressTeller::end() {
    join();
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
}

}  // namespace entente
