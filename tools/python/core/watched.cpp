#include "watched.hpp"

#include <chrono>
#include <thread>

#include <unistd.h>

#include <entente/scenario/read.hpp>

namespace entente::python {

namespace {

using namespace std::chrono_literals;

std::int64_t now() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

/// Threads are not there in a forked process, and whoever waits for them waits for ever.
void refuse_forked() {
    static std::atomic<pid_t> at_work_in = 0;  // the process that has the threads
    pid_t none = 0;
    const pid_t here = getpid();
    if (at_work_in.compare_exchange_strong(none, here) || none == here) return;
    throw Error("this process was forked from one in which Entente had been at work, and has none of its threads",
                "start processes anew: multiprocessing.get_context(\"spawn\"), or ProcessPoolExecutor(mp_context=…); or make the first runs in them");
}

class ShownToCaller : public Attendant::Watch {
public:
    explicit ShownToCaller(Watched& watched) : watched_(watched) {}
    void show(const Progress& progress) override { watched_.note(progress); }
    void clear() override {}

private:
    Watched& watched_;
};

}  // namespace

void Watched::go(const std::function<void()>& work) {
    refuse_forked();
    std::exception_ptr trouble;
    // The interpreter's own calls: pybind11's scopes would take the lock of the main interpreter, whichever this one is.
    PyThreadState* state = PyEval_SaveThread();
    std::thread worker([&] {
        try {
            work();
        } catch (...) {
            trouble = std::current_exception();
        }
        const std::lock_guard lock(mutex_);
        is_over_ = true;
        ended_.notify_one();
    });
    {
        std::unique_lock lock(mutex_);
        while (!ended_.wait_for(lock, 100ms, [this] { return is_over_; })) {
            lock.unlock();
            look(state);
            lock.lock();
        }
    }
    worker.join();
    PyEval_RestoreThread(state);
    if (!wants_stop()) hand_on();  // the last that was done is shown too
    if (trouble) std::rethrow_exception(trouble);
}

void Watched::look(PyThreadState*& state) {
    PyEval_RestoreThread(state);
    hand_on();
    state = PyEval_SaveThread();
}

/// Signals, and what is to be shown.
void Watched::hand_on() {
    std::optional<Progress> made;
    {
        const std::lock_guard lock(mutex_);
        made.swap(progress_made_);
    }
    if (PyErr_CheckSignals() != 0) {
        PyErr_Clear();  // KeyboardInterrupt, which is raised when what is there is safe
        stopped_at_ = was_interrupted_ ? 1 : now();  // pressed again: at once
        was_interrupted_ = true;
        return;
    }
    if (!made || progress_.is_none() || raised_) return;
    try {
        progress_(made->runs_done, made->runs_total, made->failures, made->seconds);
    } catch (const py::error_already_set&) {
        raised_ = std::current_exception();
        stopped_at_ = now();
    }
}

bool Watched::interrupted() {
    if (raised_) std::rethrow_exception(std::exchange(raised_, nullptr));
    return was_interrupted_;
}

bool Watched::is_overdue() const {
    const std::int64_t at = stopped_at_;
    return at != 0 && now() - at > std::chrono::nanoseconds(1s).count();
}

void Watched::note(const Progress& progress) {
    const std::lock_guard lock(mutex_);
    progress_made_ = progress;
}

void Watched::tell_warning(std::string_view what, std::string_view help) {
    const std::lock_guard lock(mutex_);
    warnings_.push_back({std::string(what), std::string(help)});
}

void Watched::tell_error(std::string_view what, std::string_view help) {
    const std::lock_guard lock(mutex_);
    errors_.push_back({std::string(what), std::string(help)});
}

/// A scenario's own were told when the program read it.
void Watched::tell_problems(const ReadScenario&) {}

std::unique_ptr<Attendant::Watch> Watched::watch_runs(bool) {
    return std::make_unique<ShownToCaller>(*this);
}

}  // namespace entente::python
