/// Work that takes a while, done away from the interpreter: the calling thread lets others have it, and looks now and then whether Ctrl-C was
/// pressed.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <pybind11/pybind11.h>

#include <entente/base/problem.hpp>

#include "session/attendant.hpp"

namespace entente::python {

namespace py = pybind11;

/// What was told while it was done, for warnings.warn.
struct Told {
    std::string what;
    std::string help;
};

/// As a list of pairs: what, and help.
py::list told_list(const std::vector<Told>& told);

/// A Python program as the attendant of a command or of runs.
class Watched : public Attendant {
public:
    /// `progress` is called as progress(done, total, failed, seconds), ten times a second at most, by the thread that waits; or it is None. One that
    /// has an attribute `takes_share` is told as fifth the share of the work that is done, which moves within runs too.
    explicit Watched(py::object progress) : progress_(std::move(progress)), takes_share_(py::hasattr(progress_, "takes_share")) {}

    /// Does the work on a thread of its own. The caller holds the GIL. What it throws is thrown here, and Error where this process was forked from one
    /// whose threads it would wait for. Ctrl-C only makes it end early: `interrupted` says so then.
    void go(const std::function<void()>& work);

    /// Whether Ctrl-C stopped the work. Raises what `progress` or the handler of another signal raised, which stop it too.
    [[nodiscard]] bool interrupted();
    /// For work that leaves nothing behind when it is stopped: raises KeyboardInterrupt if Ctrl-C was pressed.
    void raise_if_interrupted();
    /// Warnings, in the order in which they were told.
    [[nodiscard]] const std::vector<Told>& warnings() const { return warnings_; }
    /// Errors that were told beside an exit code.
    [[nodiscard]] const std::vector<Told>& errors() const { return errors_; }

    void tell_warning(std::string_view what, std::string_view help) override;
    void tell_error(std::string_view what, std::string_view help) override;
    void tell_problems(const ReadScenario& read) override;
    [[nodiscard]] std::unique_ptr<Sign> busy_with(const std::string&, bool) override { return std::make_unique<Sign>(); }
    [[nodiscard]] std::unique_ptr<Watch> watch_runs(bool is_shown) override;
    [[nodiscard]] bool wants_stop() const override { return stopped_at_ != 0; }
    [[nodiscard]] bool is_overdue() const override;

    /// By the threads that do the work, one at a time.
    void note(const Progress& progress);

private:
    void hand_on();
    void stop_for(const py::error_already_set& raised);
    void show(const Progress& progress);

    py::object progress_;
    bool takes_share_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::optional<Progress> progress_made_;
    std::vector<Told> warnings_;
    std::vector<Told> errors_;
    std::atomic<std::int64_t> stopped_at_ = 0;  ///< nanoseconds of the steady clock; 0: not
    bool was_interrupted_ = false;
    std::exception_ptr raised_;  ///< by `progress`, or by the handler of a signal
};

}  // namespace entente::python
