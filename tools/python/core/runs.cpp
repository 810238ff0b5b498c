#include "runs.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>
#include <pybind11/stl.h>

#include <entente/base/wording.hpp>
#include <entente/output/run_folder.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/output/series_file.hpp>
#include <entente/output/summary_json.hpp>
#include <entente/output/summary_text.hpp>
#include <entente/store/snapshot_file.hpp>

#include "options.hpp"
#include "session/dry_run.hpp"
#include "session/origin.hpp"
#include "session/report_output.hpp"
#include "session/run_report.hpp"

namespace entente::python {

namespace {

/// What Python asked for.
struct Asked {
    std::optional<std::int64_t> runs;
    std::optional<std::uint64_t> seed;
    std::optional<std::int64_t> first_run;
    int threads = 0;
    int lanes = 0;
    std::string isa;
    std::int64_t series = -1;
    bool events = false;
    std::string posterior;
    std::string until;     ///< with `snapshot`
    std::string snapshot;  ///< file for the state
    std::string from;      ///< snapshot to go on from; of it the scenario's changes
};

RunArguments arguments_of(const HeldScenario& held, const Asked& asked) {
    RunArguments arguments;
    arguments.scenario.file = held.as_written().path;
    arguments.scenario.variant = held.variant();
    arguments.scenario.settings = held.settings();
    arguments.runs = asked.runs;
    arguments.seed = asked.seed;
    arguments.first_run = asked.first_run;
    arguments.plan.threads = asked.threads;
    arguments.plan.lanes = asked.lanes;
    arguments.plan.instruction_set = asked.isa;
    arguments.plan.series_runs = asked.series;
    arguments.plan.log_events = asked.events;
    arguments.posterior = asked.posterior;
    arguments.until = asked.until;
    arguments.snapshot = asked.snapshot;
    arguments.from = asked.from;
    arguments.report.none = true;  // its drawings are recorded when one is asked for
    arguments.check();
    return arguments;
}

/// The command that makes the same runs.
std::vector<std::string> command_of(const RunArguments& asked, const RunPlan& plan) {
    std::vector<std::string> command{"entente", "run"};
    const auto add = [&](const char* option, const std::string& value) {
        if (!value.empty()) command.insert(command.end(), {option, value});
    };
    command.push_back(asked.scenario.file);
    add("--from", asked.from);
    add("--variant", asked.scenario.variant);
    for (const std::string& setting : asked.scenario.settings) add("--set", setting);
    add("--posterior", asked.posterior);
    add("--runs", std::to_string(plan.runs));
    add("--seed", std::to_string(plan.seed));
    if (plan.first_run > 0) add("--first-run", std::to_string(plan.first_run));
    return command;
}

RunRecord record_of(const RunsMade& made, Identity identity) {
    RunRecord record;
    record.identity = std::move(identity);
    record.identity.seed = made.plan.seed;
    record.identity.runs = made.plan.runs;
    record.identity.first_run = made.plan.first_run;
    record.identity.posterior = made.spread.digest;
    record.snapshot = made.asked.from;
    record.posterior = made.asked.posterior;
    record.scenario = made.spread.scenario.path;
    record.title = made.spread.scenario.title;
    record.resolved = resolved_json(made.spread.scenario);
    record.labels = labels_of(made.spread.scenario);
    record.command = command_of(made.asked, made.plan);
    record.started = utc_now();
    return record;
}

/// With what chance events had, where they are to be told of.
std::shared_ptr<const Model> compiled(const RunsMade& made, bool events) {
    if (!made.spread.points && !made.past) return made.held->model(events ? HeldScenario::Form::events : HeldScenario::Form::runs);
    return std::make_shared<const Model>(compile(made.spread.scenario, {.varied = made.spread.points ? made.spread.points->varied() : std::vector<ParameterId>(),
                                                                      .starts_known = !made.past,
                                                                      .show = Shown::relations,
                                                                      .chances = events}));
}

std::unique_ptr<RunsMade> from_the_start(const std::shared_ptr<const HeldScenario>& held, RunArguments arguments, Attendant& attendant) {
    auto made = std::make_unique<RunsMade>();
    made->held = held;
    made->asked = std::move(arguments);
    made->spread = spread_over(made->asked.posterior, held->scenario(), attendant);
    made->model = compiled(*made, made->asked.plan.log_events);
    made->plan = made->asked.plan_for(held->scenario().runs, made->model->calendar);
    if (made->spread.points) made->plan.points = &*made->spread.points;
    made->record = record_of(*made, held->identity());
    return made;
}

std::unique_ptr<RunsMade> from_a_snapshot(const std::shared_ptr<const HeldScenario>& held, RunArguments arguments, Attendant& attendant) {
    auto made = std::make_unique<RunsMade>();
    made->held = held;
    made->asked = std::move(arguments);
    const Origin origin(made->asked);
    made->spread.scenario = origin.changed(held->as_written(), attendant);
    made->past = origin.snapshot();
    made->model = compiled(*made, made->asked.plan.log_events);
    made->plan = made->asked.plan_for(*made->past, made->model->calendar);
    Identity identity = held->identity();
    identity.variant = origin.scenario().variant;
    identity.settings = origin.scenario().values_set(made->spread.scenario);
    identity.from = origin.named_by(identity);
    made->record = record_of(*made, std::move(identity));
    return made;
}

std::unique_ptr<RunsMade> prepared(const std::shared_ptr<const HeldScenario>& held, const Asked& asked, Attendant& attendant) {
    RunArguments arguments = arguments_of(*held, asked);
    auto made = asked.from.empty() ? from_the_start(held, std::move(arguments), attendant) : from_a_snapshot(held, std::move(arguments), attendant);
    check_plan(*made->model, made->plan);
    refuse_what_does_not_fit(*made->model, made->plan);
    return made;
}

Results made_by(const RunsMade& made, Watched& watched, Snapshot* into = nullptr) {
    RunPlan plan = made.plan;
    plan.abandon = [&] { return watched.is_overdue(); };
    return run_ensemble(
        *made.model, plan,
        [&](const Progress& progress) {
            watched.note(progress);
            return !watched.wants_stop();
        },
        into);
}

}  // namespace

Results HeldRuns::again(bool relations, bool events) const {
    RunsMade more{.held = made_->held, .asked = made_->asked, .spread = made_->spread, .model = made_->model, .past = made_->past, .record = made_->record, .plan = made_->plan};
    more.plan.runs = results_.runs;
    more.plan.relations = relations;
    more.plan.log_events = events;
    more.plan.points = more.spread.points ? &*more.spread.points : nullptr;
    more.plan.from = more.past ? &*more.past : nullptr;
    Results results;
    Watched watched{py::none()};
    watched.go([&] {
        if (events) more.model = compiled(more, true);
        results = made_by(more, watched);
    });
    watched.raise_if_interrupted();
    return results;
}

Results HeldRuns::with_events() const {
    return again(false, true);
}

std::string HeldRuns::summary_as_json() const {
    return summary_json(results_, summarise(results_), made_->record);
}

std::string HeldRuns::summary_text(std::size_t width) const {
    const TextStyle style{.width = width, .unicode = true, .colour = false};
    return entente::summary_text(results_, summarise(results_), made_->record, SavedResults{}, style, RowsTold::extremes_and_median);
}

void HeldRuns::save(const std::string& folder, bool events) {
    const Results* kept = &results_;
    Results more;
    if (events && !made_->plan.log_events) {
        more = with_events();
        kept = &more;
    }
    const py::gil_scoped_release released;
    RunRecord record = made_->record;
    record.finished = utc_now();
    ResultsFolder place(folder, record);
    place.save(record, *kept, labels_of_runs(made_->spread, *kept), summarise(*kept), events);
}

void HeldRuns::report(const std::string& file) {
    const Results drawn = again(true, false);
    const py::gil_scoped_release released;
    const std::filesystem::path path(file);
    RunPlan plan = made_->plan;
    plan.points = made_->spread.points ? &*made_->spread.points : nullptr;
    plan.from = made_->past ? &*made_->past : nullptr;
    const page::Report page = run_report(made_->held->changes(), made_->spread.scenario, *made_->model, made_->record, plan, drawn, labels_of_runs(made_->spread, drawn), summarise(drawn));
    write_report({.none = false, .file = file}, path.parent_path(), page);
}

namespace {

using Runs = std::shared_ptr<HeldRuns>;

/// Values that lie in `owner`, not to be written to.
py::array view(const double* values, std::vector<py::ssize_t> shape, const Runs& owner) {
    auto* const kept = new Runs(owner);
    const py::capsule base(kept, [](void* held) { delete static_cast<Runs*>(held); });
    py::array_t<double> array(std::move(shape), values, base);
    py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
    return array;
}

py::dict measure_dict(const MeasureInfo& measure, const Results& results, std::size_t number) {
    static constexpr std::array<const char*, 4> forms{"series", "scalar", "date", "yearly"};
    py::dict dict;
    dict["name"] = measure.name;
    dict["form"] = forms[static_cast<std::size_t>(measure.form)];
    dict["unit"] = measure.unit;
    dict["about"] = measure.about;
    dict["label"] = measure.label;
    dict["expression"] = measure.expression;
    dict["variable"] = series_variable(results.measures, measure.name);
    dict["units"] = series_units(measure);
    dict["column"] = measure.is_by_row() ? row_measure_column(measure.name) : measure_column(measure.name);
    dict["coordinate"] = measure.is_by_row() ? series_coordinate(results.measures, measure.kind) : std::string();
    dict["kind"] = measure.kind;
    dict["rows"] = measure.rows;
    dict["row_labels"] = measure.row_labels;
    dict["sources"] = measure.sources;
    dict["targets"] = measure.targets;
    std::vector<std::string> levels;
    for (const MeasureLevel& level : measure.levels) levels.push_back(level.name);
    dict["levels"] = levels;
    dict["has_series"] = number < results.series.size() && results.series_runs > 0 && !results.series[number].empty();
    return dict;
}

py::list measures_of(const HeldRuns& runs) {
    py::list list;
    const Results& results = runs.results();
    for (std::size_t i = 0; i < results.measures.size(); ++i) list.append(measure_dict(results.measures[i], results, i));
    return list;
}

py::array final_of(const Runs& runs, std::size_t measure) {
    const Results& results = runs->results();
    const auto& values = results.final_values.at(measure);
    return view(values.data(), {results.runs, static_cast<py::ssize_t>(results.measures[measure].width())}, runs);
}

py::array series_of(const Runs& runs, std::size_t measure) {
    const Results& results = runs->results();
    const auto& values = results.series.at(measure);
    return view(values.data(), {std::min(results.series_runs, results.runs), results.calendar.moments(), static_cast<py::ssize_t>(results.measures[measure].width())}, runs);
}

py::array yearly_of(const Runs& runs, std::size_t measure) {
    const Results& results = runs->results();
    const auto& values = results.yearly.at(measure);
    return view(values.data(), {results.runs, std::ssize(results.years), static_cast<py::ssize_t>(results.measures[measure].width())}, runs);
}

/// How often and when a date of one row comes, over some of the runs, by their places among them: numbers of ticks.
py::dict coming(const HeldRuns& runs, std::size_t measure, std::int64_t row, const std::vector<std::int64_t>& places) {
    const Results& results = runs.results();
    const auto width = static_cast<std::int64_t>(results.measures.at(measure).width());
    std::vector<double> ticks;
    for (std::int64_t run = 0; run < results.runs; ++run) ticks.push_back(results.final_values[measure].at(static_cast<std::size_t>(run * width + row)));
    const auto all = arrivals_of(ticks, results.failures, results.first_run, results.calendar.ticks());
    std::vector<Arrival> some;
    for (const std::int64_t place : places) some.push_back(all.at(static_cast<std::size_t>(place)));
    const Coming coming = coming_of(some, static_cast<double>(results.calendar.ticks()));
    py::dict dict;
    dict["came"] = coming.came;
    dict["of"] = coming.of;
    dict["share"] = coming.share;
    dict["low"] = coming.interval.low;
    dict["high"] = coming.interval.high;
    dict["median"] = coming.median;
    py::list curve;
    for (const ArrivalStep& step : coming.curve) curve.append(py::make_tuple(step.time, step.share, step.interval.low, step.interval.high, step.at_risk, step.came));
    dict["curve"] = curve;
    return dict;
}

py::list failures_of(const HeldRuns& runs) {
    py::list list;
    for (const RunFailure& failure : runs.results().failures) {
        py::dict dict;
        dict["run"] = failure.run;
        dict["tick"] = failure.tick;
        dict["step"] = failure.step;
        dict["statement"] = failure.statement;
        dict["row"] = failure.row;
        dict["message"] = failure.message;
        list.append(dict);
    }
    return list;
}

/// Columns of events.csv, and names by number.
py::dict events_in(const Results& results) {
    const auto n = static_cast<py::ssize_t>(results.log.size());
    py::array_t<std::int64_t> run(n), tick(n);
    py::array_t<std::int32_t> event(n), row(n);
    py::array_t<double> count(n), chance(n);
    py::array_t<std::int32_t> cause(n);
    for (py::ssize_t i = 0; i < n; ++i) {
        const LoggedEvent& one = results.log[static_cast<std::size_t>(i)];
        run.mutable_at(i) = one.run;
        tick.mutable_at(i) = one.tick;
        event.mutable_at(i) = one.event;
        row.mutable_at(i) = one.row;
        count.mutable_at(i) = one.count;
        cause.mutable_at(i) = static_cast<std::int32_t>(one.cause);
        chance.mutable_at(i) = one.chance;
    }
    py::dict dict;
    dict["run"] = run;
    dict["tick"] = tick;
    dict["event"] = event;
    dict["row"] = row;
    dict["count"] = count;
    dict["cause"] = cause;
    dict["chance"] = chance;
    dict["causes"] = std::vector<std::string>{std::string(name_of(EventCause::drawn)), std::string(name_of(EventCause::timeline)), std::string(name_of(EventCause::conditioned))};
    dict["names"] = results.event_names;
    dict["rows"] = results.event_rows;
    dict["cameo"] = results.event_cameo;
    dict["goldstein"] = results.event_goldstein;
    return dict;
}

py::dict events_of(const HeldRuns& runs) {
    return runs.made().plan.log_events ? events_in(runs.results()) : events_in(runs.with_events());
}

/// Of each run its point and what was varied; none where runs are not spread.
py::dict labels_of(const HeldRuns& runs) {
    const RunLabels labels = labels_of_runs(runs.made().spread, runs.results());
    py::dict dict;
    if (!labels.points.empty()) dict["point"] = py::cast(labels.points);
    for (const RunLabels::Column& column : labels.varied) dict[py::str(column.name)] = py::cast(column.values);
    return dict;
}

py::dict facts_of(const HeldRuns& runs) {
    const Results& results = runs.results();
    py::dict dict;
    dict["runs"] = results.runs;
    dict["first_run"] = results.first_run;
    dict["seed"] = results.seed;
    dict["series_runs"] = std::min(results.series_runs, results.runs);
    dict["years"] = results.years;
    dict["digest"] = results.digest;
    dict["seconds"] = results.seconds;
    dict["threads"] = results.threads;
    dict["lanes"] = results.lanes;
    dict["instruction_set"] = results.instruction_set;
    dict["title"] = runs.made().record.title;
    dict["scenario"] = runs.made().record.scenario;
    dict["scenario_hash"] = runs.made().record.identity.scenario_hash;
    dict["variant"] = runs.made().record.identity.variant;
    dict["command"] = runs.made().record.command;
    return dict;
}

Asked read_asked(const py::kwargs& options) {
    Asked asked;
    const auto take = [&](const char* name, auto& value) {
        if (!options.contains(name) || options[name].is_none()) return;
        value = option_value<std::remove_reference_t<decltype(value)>>(name, options[name]);
    };
    take("runs", asked.runs);
    take("seed", asked.seed);
    take("first_run", asked.first_run);
    take("threads", asked.threads);
    take("lanes", asked.lanes);
    take("isa", asked.isa);
    take("series", asked.series);
    take("events", asked.events);
    take("posterior", asked.posterior);
    take("until", asked.until);
    take("snapshot", asked.snapshot);
    take("from_snapshot", asked.from);
    if (asked.threads < 0) throw Error(fmt::format("threads cannot be {}", asked.threads), "0 takes all of the machine");
    return asked;
}

/// The runs, and the warnings that were told; runs that Ctrl-C left out are missing, and `is_whole` is false.
py::tuple run(const std::shared_ptr<HeldScenario>& held, const py::object& progress, const py::kwargs& options) {
    const Asked asked = read_asked(options);
    Watched watched(progress);
    std::unique_ptr<RunsMade> made;
    Results results;
    watched.go([&] {
        made = prepared(held, asked, watched);
        results = made_by(*made, watched);
    });
    const bool is_whole = !watched.interrupted();
    const Runs runs = std::make_shared<HeldRuns>(std::move(made), std::move(results), is_whole);
    return py::make_tuple(runs, told_list(watched.warnings()));
}

/// Makes the runs as far as `until` and writes `snapshot`. False where Ctrl-C came before.
py::tuple stop(const std::shared_ptr<HeldScenario>& held, const py::object& progress, const py::kwargs& options) {
    const Asked asked = read_asked(options);
    Watched watched(progress);
    bool is_whole = false;
    watched.go([&] {
        const auto made = prepared(held, asked, watched);
        prepare_place(asked.snapshot);
        check_place(asked.snapshot, made->record.identity, made->plan.until);
        Snapshot snapshot;
        const Results results = made_by(*made, watched, &snapshot);
        is_whole = results.runs == made->plan.runs;
        if (is_whole) write_snapshot(asked.snapshot, made->record, made->model->calendar.label(made->plan.until), snapshot);
    });
    return py::make_tuple(!watched.interrupted() && is_whole, told_list(watched.warnings()));
}

py::dict snapshot_facts(const std::string& file) {
    const SnapshotFile snapshot(file);
    py::dict dict;
    dict["scenario"] = snapshot.facts().scenario;
    dict["scenario_hash"] = snapshot.facts().identity.scenario_hash;
    dict["variant"] = snapshot.facts().identity.variant;
    dict["settings"] = snapshot.facts().identity.settings;
    dict["seed"] = snapshot.facts().identity.seed;
    dict["runs"] = snapshot.facts().identity.runs;
    dict["first_run"] = snapshot.facts().identity.first_run;
    dict["tick"] = snapshot.facts().tick;
    dict["when"] = snapshot.facts().when;
    return dict;
}

}  // namespace

void add_runs(py::module_& module) {
    py::class_<HeldRuns, Runs>(module, "Runs")
        .def_property_readonly("facts", &facts_of)
        .def_property_readonly("is_whole", &HeldRuns::is_whole)
        .def_property_readonly("measures", &measures_of)
        .def_property_readonly("failures", &failures_of)
        .def_property_readonly("labels", &labels_of)
        .def("final", &final_of, py::arg("measure"))
        .def("series", &series_of, py::arg("measure"))
        .def("yearly", &yearly_of, py::arg("measure"))
        .def("coming", &coming, py::arg("measure"), py::arg("row"), py::arg("places"))
        .def("events", &events_of)
        .def("summary_json", &HeldRuns::summary_as_json)
        .def("summary_text", &HeldRuns::summary_text, py::arg("width"))
        .def("save", &HeldRuns::save, py::arg("folder"), py::arg("events"))
        .def("report", &HeldRuns::report, py::arg("file"));
    module.def("run", &run, py::arg("scenario"), py::arg("progress"));
    module.def("stop", &stop, py::arg("scenario"), py::arg("progress"));
    module.def("snapshot_facts", &snapshot_facts, py::arg("file"));
}

}  // namespace entente::python
