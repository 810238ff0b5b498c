/// Runs side by side, tick by tick, with their state to look at and to change.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <entente/runtime/batch.hpp>

#include "scenarios.hpp"

namespace entente::python {

/// A batch whose first `runs` lanes are runs first_run, first_run + 1, … of a seed.
class Session {
public:
    Session(std::shared_ptr<const HeldScenario> held, std::int64_t runs, std::uint64_t seed, std::int64_t first_run, int threads, const std::string& isa);

    [[nodiscard]] std::int64_t runs() const { return runs_; }
    [[nodiscard]] std::int64_t tick_number() const { return batch_.next_tick(); }
    [[nodiscard]] bool is_done() const { return tick_number() >= model_->calendar.ticks(); }

    /// A field or derived value, rows x runs: an array that each tick fills again, after it took over what was written to a field's. The same one each
    /// time it is asked for.
    py::array values(const std::string& kind, const std::string& name);
    /// The value of a measure as it stands, rows x runs; one row of the world.
    py::array_t<double> measure(const std::string& name);
    /// What a measure leaves of a run: "series", "scalar", "date" or "yearly".
    [[nodiscard]] std::string form(const std::string& measure) const;
    /// Takes over what was written, makes one tick, and fills the arrays. Throws Error for a value outside its field's range, one that is no
    /// number, and where the last tick is over; then nothing has happened. A run that has failed is nan from then on.
    void tick();
    /// Throws Error where another thread is at work.
    void close();

    [[nodiscard]] py::list failures() const;

private:
    /// A field or derived value that somebody looks at.
    struct Looked {
        KindId kind;
        std::string name;
        FieldId field;  ///< none: derived
        ColumnId column;
        std::shared_ptr<std::vector<double>> values{};  ///< that the array shows, which keeps them too
        py::array shown{};
        std::vector<double> filled{};  ///< what it was filled with, to see what has been written
    };
    class Turn;  ///< of one thread at a time

    void require_open() const;
    [[nodiscard]] Looked found(const std::string& kind, const std::string& name) const;
    [[nodiscard]] const CompiledMeasure& measure_named(const std::string& name) const;
    /// Throws Error for what was written and can't be.
    void check(const Looked& looked) const;
    void take_over(const Looked& looked);
    [[nodiscard]] bool is_written(const Looked& looked, std::int64_t i) const;
    void fill(Looked& looked);
    [[nodiscard]] std::string place(const Looked& looked, std::int64_t row, std::int64_t run) const;

    std::shared_ptr<const HeldScenario> held_;
    std::shared_ptr<const Model> model_;
    std::int64_t runs_;
    Batch batch_;
    std::map<std::pair<std::string, std::string>, Looked> looked_;  ///< by kind and name
    bool has_threads_;  ///< of its own, which are in the process that made it
    int process_;
    std::atomic<bool> is_at_work_ = false;
    bool is_closed_ = false;
};

void add_sessions(py::module_& module);

}  // namespace entente::python
