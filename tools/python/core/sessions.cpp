#include "sessions.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <fmt/format.h>
#include <pybind11/stl.h>
#include <unistd.h>

#include <entente/base/draws.hpp>
#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/runtime/kernels.hpp>

#include "options.hpp"
#include "watched.hpp"

namespace entente::python {

namespace {

int lanes_for(std::int64_t runs) {
    constexpr std::int64_t most = 1 << 16;
    if (runs < 1 || runs > most) throw Error(fmt::format("a session has 1 to {} runs side by side, not {}", with_commas(most), with_commas(runs)), "make more with Scenario.run");
    return runs == 1 ? 1 : static_cast<int>(std::bit_ceil(static_cast<std::uint64_t>(std::max<std::int64_t>(runs, vector_size))));
}

int checked_threads(int threads) {
    constexpr int most = 1024;
    if (threads < 0 || threads > most) throw Error(fmt::format("a session has at most {} threads, not {}", with_commas(most), with_commas(threads)), "more than the machine has do not help");
    return std::max(threads, 1);
}

std::vector<std::string> kind_names(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& kind : scenario.schema.kinds) names.push_back(kind.name);
    return names;
}

KindId kind_named(const Scenario& scenario, const std::string& name) {
    if (const auto kind = scenario.schema.kind(name)) return *kind;
    const auto names = kind_names(scenario);
    throw Error(fmt::format("the scenario has no kind '{}'", name), did_you_mean(name, names, "its kinds are " + listed(names)));
}

RowIndex agent_row(const Scenario& scenario, const Model& model, KindId kind, const std::string& name) {
    if (const auto member = scenario.schema.member(kind, name)) return member->value;
    const auto& names = model.tables[kind].names;
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<RowIndex>(found - names.begin());
    throw Error(fmt::format("there is no {} '{}'", scenario.schema[kind].name, name), did_you_mean(name, names, names.size() > 20 ? "" : "there are " + listed(names)));
}

/// The number of an agent's row, or of a link's by its two ends.
std::int64_t row_named(const HeldScenario& held, const std::string& kind_name, const std::vector<std::string>& names) {
    const Scenario& scenario = held.scenario();
    const auto model = held.model(HeldScenario::Form::states);
    const KindId kind = kind_named(scenario, kind_name);
    const Table& table = model->tables[kind];
    const std::size_t wanted = table.is_link ? 2 : 1;
    if (names.size() != wanted)
        throw Error(fmt::format("'{}' takes {}, not {}", kind_name, table.is_link ? "the names of a link's source and target" : "the name of one agent", counted(std::ssize(names), "name")),
                    table.is_link ? fmt::format("as in session[\"{}\"][source, target]", kind_name) : fmt::format("as in session[\"{}\"][name]", kind_name));
    if (!table.is_link) return agent_row(scenario, *model, kind, names[0]);
    const RowIndex row = table.between(agent_row(scenario, *model, table.source_kind, names[0]), agent_row(scenario, *model, table.target_kind, names[1]));
    if (row == no_row) throw Error(fmt::format("there is no {} {} -> {}", kind_name, names[0], names[1]), "");
    return row;
}

/// Of each kind its fields, levels and rows.
py::dict layout_of(const HeldScenario& held) {
    const auto model = held.model(HeldScenario::Form::states);
    py::dict kinds;
    for (int k = 0; k < static_cast<int>(held.scenario().schema.kinds.size()); ++k) {
        const auto& kind = held.scenario().schema.kinds[static_cast<std::size_t>(k)];
        const Table& table = model->tables[KindId{k}];
        py::dict one;
        one["is_link"] = kind.is_link;
        one["fields"] = kind.fields;
        one["levels"] = kind.levels;
        one["derived"] = kind.derived;
        one["rows"] = table.rows;
        one["names"] = table.names;
        if (kind.is_link) {
            one["source_kind"] = held.scenario().schema[kind.source].name;
            one["target_kind"] = held.scenario().schema[kind.target].name;
            one["source"] = py::array_t<RowIndex>(table.rows, table.source.data());
            one["target"] = py::array_t<RowIndex>(table.rows, table.target.data());
        }
        kinds[py::str(kind.name)] = one;
    }
    return kinds;
}

bool is_same(double one, double other) {
    return one == other || (std::isnan(one) && std::isnan(other));
}

/// The values as an array that keeps them, so that it can neither be made larger or smaller nor outlive them.
py::array shown_of(const std::shared_ptr<std::vector<double>>& values, std::vector<py::ssize_t> shape) {
    using Kept = std::shared_ptr<std::vector<double>>;
    auto* const kept = new Kept(values);
    const py::capsule base(kept, [](void* held) { delete static_cast<Kept*>(held); });
    return py::array_t<double>(std::move(shape), values->data(), base);
}

}  // namespace

/// A session is for one thread at a time.
class Session::Turn {
public:
    explicit Turn(Session& session) : session_(session) {
        if (session_.is_at_work_.exchange(true))
            throw Error("another thread is using this session", "give each thread a session of its own, or let them take turns");
    }
    ~Turn() { session_.is_at_work_ = false; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    Session& session_;
};

Session::Session(std::shared_ptr<const HeldScenario> held, std::int64_t runs, std::uint64_t seed, std::int64_t first_run, int threads, const std::string& isa)
    : held_(std::move(held)), model_(held_->model(HeldScenario::Form::states)), runs_(runs), batch_(*model_, lanes_for(runs), choose_kernels(isa), checked_threads(threads)),
      has_threads_(runs == 1 && threads > 1), process_(getpid()) {
    if (first_run < 0 || first_run > most_runs - runs) throw Error(fmt::format("runs are numbered 0 to {}", most_runs - 1), "use another seed for more");
    batch_.begin(seed, first_run);
    batch_.measure_start();
}

void Session::require_open() const {
    if (is_closed_) throw Error("this session has ended", "begin another one: with scenario.session(…) as world");
    if (has_threads_ && process_ != getpid()) throw Error("this process was forked from the one that began this session, and has none of its threads", "begin a session here");
}

std::string Session::place(const Looked& looked, std::int64_t row, std::int64_t run) const {
    const auto& kind = held_->scenario().schema[looked.kind];
    return fmt::format("{}[{}].{} of run {}", kind.name, row_name(model_->tables, looked.kind, row), looked.name, batch_.run_of(static_cast<int>(run)));
}

void Session::check(const Looked& looked) const {
    const Field* field = looked.field.is_given() ? &held_->scenario().fields(looked.kind)[static_cast<std::size_t>(looked.field.value)] : nullptr;
    const auto size = std::ssize(*looked.values);
    for (std::int64_t i = 0; i < size; ++i) {
        const double x = (*looked.values)[static_cast<std::size_t>(i)];
        if (!is_written(looked, i)) continue;
        const auto refuse = [&](const std::string& why, const std::string& help) {
            throw Error(fmt::format("{} was set to {}, {}", place(looked, i / runs_, i % runs_), std::isnan(x) ? "nan" : readable(x), why), help);
        };
        if (!field) refuse("and is derived, which is worked out from the fields", "write to the fields that it is made of");
        if (field->input.is_given()) refuse("and is an input, which the scenario's table gives", "write to another field, or change the table");
        if (!std::isfinite(x)) refuse("which is no number", "see what the expression that gave it did");
        if (!field->range.holds(x))
            refuse(fmt::format("and is between {} and {}", readable(field->range.low), readable(field->range.high)), "numpy.clip keeps values in a range");
        if (!field->levels.empty() && x != std::floor(x)) refuse("and takes levels, which are whole numbers", "");
    }
}

/// What has been written since the array was filled goes into the batch.
void Session::take_over(const Looked& looked) {
    std::span<double> values;
    const auto size = std::ssize(*looked.values);
    for (std::int64_t i = 0; i < size; ++i) {
        if (!is_written(looked, i)) continue;
        if (values.empty()) values = batch_.values(looked.column);
        values[static_cast<std::size_t>(i / runs_ * batch_.lanes() + i % runs_)] = (*looked.values)[static_cast<std::size_t>(i)];
    }
}

bool Session::is_written(const Looked& looked, std::int64_t i) const {
    const auto at = static_cast<std::size_t>(i);
    return !is_same((*looked.values)[at], looked.filled[at]) && !batch_.failed(static_cast<int>(i % runs_));
}

void Session::fill(Looked& looked) {
    const std::int64_t rows = model_->rows_of(looked.column);
    const auto values = batch_.column(looked.column);
    std::vector<double>& shown = *looked.values;
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t run = 0; run < runs_; ++run)
            shown[static_cast<std::size_t>(row * runs_ + run)] =
                batch_.failed(static_cast<int>(run)) ? Results::missing : values[static_cast<std::size_t>(row * batch_.lanes() + run)];
    looked.filled = shown;
}

Session::Looked Session::found(const std::string& kind_name, const std::string& name) const {
    const Scenario& scenario = held_->scenario();
    const KindId kind = kind_named(scenario, kind_name);
    if (const auto field = scenario.schema.field(kind, name)) return {.kind = kind, .name = name, .field = *field, .column = model_->field_columns[kind][*field]};
    if (const auto derived = scenario.schema.derived(kind, name))
        for (const ShownQuantity& shown : model_->shown)
            if (shown.kind == kind && shown.number == derived->value) return {.kind = kind, .name = name, .field = {}, .column = shown.column};
    std::vector<std::string> names = scenario.schema[kind].fields;
    names.insert(names.end(), scenario.schema[kind].derived.begin(), scenario.schema[kind].derived.end());
    throw Error(fmt::format("{} has no field '{}'", kind_name, name), did_you_mean(name, names, "it has " + listed(names)));
}

py::array Session::values(const std::string& kind, const std::string& name) {
    const Turn turn(*this);
    require_open();
    const auto key = std::pair(kind, name);
    if (const auto there = looked_.find(key); there != looked_.end()) return there->second.shown;
    Looked looked = found(kind, name);
    const std::int64_t rows = model_->rows_of(looked.column);
    looked.values = std::make_shared<std::vector<double>>(static_cast<std::size_t>(rows * runs_));
    looked.shown = shown_of(looked.values, {rows, runs_});
    if (!looked.field.is_given()) batch_.show();
    fill(looked);
    return looked_.emplace(key, std::move(looked)).first->second.shown;
}

const CompiledMeasure& Session::measure_named(const std::string& name) const {
    const auto found = std::ranges::find(model_->measures, name, &CompiledMeasure::name);
    if (found != model_->measures.end()) return *found;
    std::vector<std::string> names;
    for (const CompiledMeasure& one : model_->measures) names.push_back(one.name);
    throw Error(fmt::format("the scenario has no measure '{}'", name), did_you_mean(name, names, "its measures are " + listed(names)));
}

std::string Session::form(const std::string& measure) const {
    switch (measure_named(measure).form) {
        case MeasureForm::series: return "series";
        case MeasureForm::scalar: return "scalar";
        case MeasureForm::date: return "date";
        case MeasureForm::yearly: return "yearly";
    }
    return {};
}

py::array_t<double> Session::measure(const std::string& name) {
    const Turn turn(*this);
    require_open();
    const CompiledMeasure& found = measure_named(name);
    if (found.form != MeasureForm::series) batch_.measure_over_time();
    const std::int64_t rows = model_->rows_of(found.value);
    const auto values = batch_.column(found.value);
    py::array_t<double> array({rows, runs_});
    double* shown = array.mutable_data();
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t run = 0; run < runs_; ++run) {
            double x = batch_.failed(static_cast<int>(run)) ? Results::missing : values[static_cast<std::size_t>(row * batch_.lanes() + run)];
            if (found.form == MeasureForm::date && x == never) x = Results::missing;
            shown[row * runs_ + run] = x;
        }
    return array;
}

void Session::tick() {
    const Turn turn(*this);
    require_open();
    const std::int64_t tick = batch_.next_tick();
    if (is_done()) throw Error(fmt::format("the last of {} is over", counted(model_->calendar.ticks(), "tick")), "ask `done` before a tick, or begin another session");
    for (const auto& [key, looked] : looked_) check(looked);
    for (const auto& [key, looked] : looked_) take_over(looked);
    {
        const py::gil_scoped_release released;
        if (tick > 0 && model_->calendar.year(tick) != model_->calendar.year(tick - 1))
            for (const CompiledMeasure& measure : model_->measures)
                if (measure.form == MeasureForm::yearly) batch_.restart(measure);
        batch_.tick();
    }
    const bool shows = std::ranges::any_of(looked_, [](const auto& one) { return !one.second.field.is_given(); });
    if (shows) batch_.show();
    for (auto& [key, looked] : looked_) fill(looked);
}

void Session::close() {
    const Turn turn(*this);
    is_closed_ = true;
    for (auto& [key, looked] : looked_) looked.shown.attr("flags").attr("writeable") = false;
    looked_.clear();
}

py::list Session::failures() const {
    py::list list;
    for (const LaneFailure& failure : batch_.failures()) {
        if (failure.lane >= runs_) continue;
        py::dict dict;
        dict["run"] = batch_.run_of(failure.lane);
        dict["tick"] = failure.tick;
        dict["step"] = failure.step;
        dict["statement"] = failure.statement;
        dict["row"] = failure.row;
        dict["message"] = failure.what;
        list.append(dict);
    }
    return list;
}

void add_sessions(py::module_& module) {
    py::class_<Session>(module, "Session")
        .def(py::init([](std::shared_ptr<HeldScenario> held, const py::object& runs, const py::object& seed, const py::object& first_run, const py::object& threads, const py::object& isa) {
                 return std::make_unique<Session>(std::move(held), option_value<std::int64_t>("runs", runs), option_value<std::uint64_t>("seed", seed),
                                                  option_value<std::int64_t>("first_run", first_run), option_value<int>("threads", threads), option_value<std::string>("isa", isa));
             }),
             py::arg("scenario"), py::arg("runs"), py::arg("seed"), py::arg("first_run"), py::arg("threads"), py::arg("isa"))
        .def_property_readonly("runs", &Session::runs)
        .def_property_readonly("tick_number", &Session::tick_number)
        .def_property_readonly("done", &Session::is_done)
        .def_property_readonly("failures", &Session::failures)
        .def("values", &Session::values, py::arg("kind"), py::arg("name"))
        .def("measure", &Session::measure, py::arg("name"))
        .def("form", &Session::form, py::arg("measure"))
        .def("tick", &Session::tick)
        .def("close", &Session::close);
    module.def("layout", [](const std::shared_ptr<HeldScenario>& held) { return layout_of(*held); }, py::arg("scenario"));
    module.def("row", [](const std::shared_ptr<HeldScenario>& held, const std::string& kind, const std::vector<std::string>& names) { return row_named(*held, kind, names); },
               py::arg("scenario"), py::arg("kind"), py::arg("names"));
}

}  // namespace entente::python
