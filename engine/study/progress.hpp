/// How far an ensemble or a study is, while it is being made: told after each piece of the work and, by ticks, in between.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace entente {

struct Progress {
    std::int64_t runs_done = 0;
    std::int64_t runs_total = 0;
    std::int64_t failures = 0;
    double seconds = 0;
    std::int64_t run_ticks_done = 0;    ///< ticks of all runs together, of those in hand too; an estimate where other ranks work along
    std::int64_t run_ticks_total = 0;   ///< 0: not counted
    std::int64_t run_ticks_before = 0;  ///< of those done, what was there before the time began

    /// Of the work, from 0 to 1: by ticks where they are counted.
    [[nodiscard]] double share() const;
    /// Seconds until all is done, if it goes on as so far; NaN where nothing is done yet.
    [[nodiscard]] double seconds_left() const;
};

/// Gives false to stop after the batches in hand.
using ProgressCall = std::function<bool(const Progress&)>;

/// Ticks of runs that were done. Threads add to it after each tick of a batch, each on a cache line of its own as long as they are few, and without
/// waiting for each other.
class WorkDone {
public:
    /// Which line the calling thread adds to.
    [[nodiscard]] static std::size_t line_of_this_thread();
    void add(std::size_t line, std::int64_t run_ticks) { lines_[line].done.fetch_add(run_ticks, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t done() const;

private:
    static constexpr std::size_t lines = 64;
    struct alignas(64) Line {
        std::atomic<std::int64_t> done = 0;
    };
    std::array<Line, lines> lines_{};
};

/// Tells who asked for it, by one call at a time: whoever makes the work tells of each piece that is done, and a thread of its own tells ten times a
/// second how many ticks are.
class ProgressTeller {
public:
    /// `ticks` are those of a run; `ranks` work at the same as this one, which alone is counted. A null `call` is told nothing, and costs no thread.
    ProgressTeller(ProgressCall call, std::int64_t runs, std::int64_t ticks, int ranks = 1);
    ~ProgressTeller();
    ProgressTeller(const ProgressTeller&) = delete;
    ProgressTeller& operator=(const ProgressTeller&) = delete;

    /// What threads count their ticks in; null where nobody asks.
    [[nodiscard]] WorkDone* work() { return call_ ? &work_ : nullptr; }
    /// Runs that were there before, and take no time.
    void take_up(std::int64_t runs);
    /// Tells of runs done in all; false where a stop is wished for.
    bool tell(std::int64_t runs_done, std::int64_t failures);
    /// Whether any call gave false, or threw.
    [[nodiscard]] bool is_stopped() const { return stopped_; }
    /// No more is told from here on. Throws what a call on the teller's own thread threw.
    void end();

private:
    void beat();
    bool call_now();  ///< with `telling_` locked
    void join();

    ProgressCall call_;
    std::int64_t ticks_;
    int ranks_;
    WorkDone work_;
    std::mutex telling_;
    Progress so_far_;
    std::chrono::steady_clock::time_point began_;
    std::atomic<bool> stopped_ = false;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::exception_ptr thrown_;
    std::thread thread_;
};

}  // namespace entente
