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

/// Other threads have the interpreter as long as it lives. By the interpreter's own calls: pybind11's scopes would take the lock of the main
/// interpreter, whichever this one is.
class LetGo {
public:
    LetGo() : state_(PyEval_SaveThread()) {}
    ~LetGo() { PyEval_RestoreThread(state_); }
    LetGo(const LetGo&) = delete;
    LetGo& operator=(const LetGo&) = delete;

    /// Does what needs the interpreter, and does not throw.
    template <typename Work>
    void meanwhile(Work work) {
        PyEval_RestoreThread(state_);
        work();
        state_ = PyEval_SaveThread();
    }

private:
    PyThreadState* state_;
};

class ShownToCaller : public Attendant::Watch {
public:
    explicit ShownToCaller(Watched& watched) : watched_(watched) {}
    void show(const Progress& progress) override { watched_.note(progress); }
    void clear() override {}

private:
    Watched& watched_;
};

}  // namespace

py::list told_list(const std::vector<Told>& told) {
    py::list list;
    for (const Told& one : told) list.append(py::make_tuple(one.what, one.help));
    return list;
}

void Watched::go(const std::function<void()>& work) {
    refuse_forked();
    std::exception_ptr trouble;
    {
        LetGo interpreter;
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
        std::unique_lock lock(mutex_);
        while (!ended_.wait_for(lock, 100ms, [this] { return is_over_; })) {
            lock.unlock();
            interpreter.meanwhile([this] { hand_on(); });
            lock.lock();
        }
        lock.unlock();
        worker.join();
    }
    if (!wants_stop()) hand_on();  // the last that was done is shown too
    if (trouble) std::rethrow_exception(trouble);
}

/// Signals, and what is to be shown.
void Watched::hand_on() {
    std::optional<Progress> made;
    {
        const std::lock_guard lock(mutex_);
        made.swap(progress_made_);
    }
    if (PyErr_CheckSignals() != 0) {
        stop_for(py::error_already_set());
    } else if (made && !progress_.is_none() && !raised_) {
        show(*made);
    }
}

void Watched::stop_for(const py::error_already_set& raised) {
    if (raised.matches(PyExc_KeyboardInterrupt)) {   // raised when what is there is safe
        stopped_at_ = was_interrupted_ ? 1 : now();  // pressed again: at once
        was_interrupted_ = true;
    } else {
        if (!raised_) raised_ = std::make_exception_ptr(raised);
        stopped_at_ = now();
    }
}

void Watched::show(const Progress& progress) {
    try {
        if (takes_share_)
            progress_(progress.runs_done, progress.runs_total, progress.failures, progress.seconds, progress.share());
        else
            progress_(progress.runs_done, progress.runs_total, progress.failures, progress.seconds);
    } catch (const py::error_already_set& raised) {  // Ctrl-C, too, where it comes while the caller is being told
        stop_for(raised);
    }
}

bool Watched::interrupted() {
    if (raised_) std::rethrow_exception(std::exchange(raised_, nullptr));
    return was_interrupted_;
}

void Watched::raise_if_interrupted() {
    if (!interrupted()) return;
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    throw py::error_already_set();
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
