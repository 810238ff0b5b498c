#include <chrono>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/hash.hpp>
#include <entente/inference/record_items.hpp>
#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/condition_json.hpp>
#include <entente/output/condition_tables.hpp>
#include <entente/output/condition_text.hpp>
#include <entente/report/condition_data.hpp>
#include <entente/report/report_data.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/snapshot_file.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/tiles.hpp>
#include <entente/summary/headline.hpp>

#include "arguments/condition_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"
#include "session/study_session.hpp"

namespace entente {
namespace {

/// What a pass is of: which hangs on nothing else.
RunRecord record_of(const ConditionArguments& asked, const Scenario& scenario, std::int64_t until, const CommandLine& command) {
    RunRecord record;
    record.identity = {.entente = std::string(version()), .scenario_hash = scenario.hash, .variant = asked.scenario.variant, .settings = asked.scenario.values_set(scenario)};
    record.identity.seed = asked.plan.seed;
    record.identity.runs = asked.plan.particles;
    record.identity.from = "the record to " + end_label(scenario.calendar, until - 1);
    record.scenario = scenario.path;
    record.title = scenario.title;
    record.resolved = resolved_json(scenario);
    record.labels = labels_of(scenario);
    record.command = command;
    record.started = utc_now();
    return record;
}

std::filesystem::path folder_of(const ConditionArguments& asked, const RunRecord& record) {
    if (!asked.out.empty()) return asked.out;
    std::string name = record.scenario == "-" ? "stdin" : std::filesystem::path(record.scenario).stem().string();
    if (!record.identity.variant.empty()) name += '-' + record.identity.variant;
    return std::filesystem::path("results") / fmt::format("{}-condition-{}", name, hex_digest(identity_text(record.identity)).substr(0, 6));
}

/// Throws Error unless the folder is new, empty, or holds the same pass.
void check_folder(const std::filesystem::path& folder, const Identity& identity) {
    claim_folder(folder);
    if (holds_nothing(folder)) return;
    const auto other = [&](const std::string& why) { throw Error(fmt::format("the folder '{}' holds {}", folder.string(), why), choose_another_folder); };
    const auto file = folder / "summary.json";
    if (!std::filesystem::exists(file)) other("other files");
    const auto json = nlohmann::ordered_json::parse(text_of(file), nullptr, false);
    if (!json.is_object() || !json.contains("identity")) other("other results");
    const auto differs = differences(read_identity(json["identity"].dump()), identity);
    if (!differs.empty()) other("results with " + differs.front());
}

class ConditionPass {
public:
    ConditionPass(const ConditionArguments& asked, const CommandLine& command, Attendant& attendant)
        : asked_(asked), command_(command), attendant_(attendant) {}

    ExitCode go() {
        prepare();
        if (asked_.dry_run) return tell_plan();
        folder_ = folder_of(asked_, record_);
        snapshot_ = asked_.snapshot.empty() ? folder_ / "state.snap" : std::filesystem::path(asked_.snapshot);
        check_folder(folder_, record_.identity);
        lock_.take(folder_, "wait until it has ended, or write elsewhere with --out");
        if (leaves_state()) prepare_place(snapshot_), check_place(snapshot_, record_.identity, plan_.until);
        filter();
        if (std::isinf(summary_.log_likelihood))
            throw Error(no_run_left(summary_), "take it out of the record, or give the scenario a way to it; --particles N where it is only rare");
        write();
        tell();
        return ExitCode::fine;
    }

private:
    void prepare() {
        const auto sign = attendant_.busy_with("loading and compiling", !asked_.quiet);
        scenario_ = asked_.scenario.read(attendant_);
        plan_ = asked_.plan;
        plan_.until = ticks_until(scenario_.calendar, asked_.until);
        model_ = compile(scenario_, {.conditioned = true, .chances = plan_.log_events});
        numbers_ = numbers_on_record(scenario_, model_, plan_.until);
        if (model_.conditioned.empty() && numbers_.empty())
            throw Error(fmt::format("nothing is on record up to {} that runs could go by", end_label(scenario_.calendar, plan_.until - 1)),
                        "give events under `record`, or numbers under `observed` with an `sd` or `seen`");
        record_ = record_of(asked_, scenario_, plan_.until, command_);
    }

    /// Runs at the calendar's end go on to nothing.
    [[nodiscard]] bool leaves_state() const { return plan_.until < scenario_.calendar.ticks(); }

    ExitCode tell_plan() {
        std::size_t firings = 0;
        for (const ConditionedEvent& event : model_.conditioned)
            firings += static_cast<std::size_t>(std::ranges::count_if(event.firings, [&](const auto& firing) { return firing.first < plan_.until; }));
        const double bytes = 2 * bytes_of(blocks_of(model_, plan_.until, plan_.particles, 0));
        print_lines(fmt::format("Record   {} and {} to {}\nRuns     {} of {}\nMemory   about {}\n", counted(static_cast<std::int64_t>(firings), "event"),
                                 counted(std::ssize(numbers_), "number"), end_label(scenario_.calendar, plan_.until - 1), with_commas(plan_.particles),
                                 counted(plan_.until, "tick"), bytes_text(bytes)));
        flush_output();
        return ExitCode::fine;
    }

    void filter() {
        const auto watch = attendant_.watch_runs(!asked_.quiet);
        const auto start = std::chrono::steady_clock::now();
        const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
        plan_.abandon = [this] { return attendant_.wants_stop(); };
        ProgressTeller teller(
            [&](const Progress& progress) {
                watch->show(progress);
                return true;
            },
            plan_.particles, plan_.until);
        plan_.work = teller.work();
        ParticleFilters filters(model_, numbers_, plan_);
        while (!filters.is_over()) {
            if (!filters.advance()) throw Error("interrupted before the runs were through the record", "run the same command to start over", ExitCode::interrupted);
            teller.tell(plan_.particles * filters.tick() / plan_.until, std::ssize(filters.failures()));
            if (std::isinf(filters.log_likelihood(0))) break;
        }
        teller.end();
        summary_ = summarise_condition(filters, model_, numbers_, plan_);
        summary_.seconds = seconds();
        summary_.threads = thread_count(plan_.threads);
        if (leaves_state() && !std::isinf(summary_.log_likelihood)) state_ = filters.finish();
    }

    [[nodiscard]] page::Report report() const {
        ReportHead head{.kind = "condition", .scenario = &scenario_, .changes = asked_.scenario.changes(scenario_)};
        head.facts = {{"Record to", summary_.last_label()},
                      {"Log-likelihood", fmt::format("{:.2f} ± {}", summary_.log_likelihood, readable(summary_.standard_error))},
                      {"Runs", with_commas(summary_.particles)},
                      {"Variant", record_.labels.variant(record_.identity.variant)},
                      {"Seed", std::to_string(plan_.seed)}};
        head.headline = condition_headline(summary_);
        head.findings = condition_findings(summary_);
        head.provenance = {{"Entente", std::string(version())}, {"Scenario", record_.scenario}, {"Hash", record_.identity.scenario_hash},
                           {"Variant", record_.identity.variant}, {"Seed", std::to_string(plan_.seed)}, {"Runs", with_commas(summary_.particles)},
                           {"Digest", summary_.digest}, {"Started", record_.started}};
        head.command = record_.command;
        page::Report made = report_data(head);
        made.ensemble = condition_data(scenario_, summary_);
        return made;
    }

    void write() {
        if (leaves_state()) write_snapshot(snapshot_, record_, scenario_.calendar.label(plan_.until), state_);
        json_ = condition_json(summary_, record_, leaves_state() ? snapshot_.string() : "");
        StagedFiles files(folder_);
        files.write("record.csv", [&](const Sink& sink) { write_record_chances(summary_, sink); });
        files.write("moments.csv", [&](const Sink& sink) { write_moments(summary_, sink); });
        files.write("filtered.csv", [&](const Sink& sink) { write_filtered(summary_, sink); });
        files.write("summary.json", json_);
        record_.finished = utc_now();
        files.write("manifest.json", manifest_json(record_, Completeness::complete, nullptr));
        files.publish();
        if (!asked_.report.none) write_report(asked_.report, folder_, report());
    }

    void tell() const {
        if (const std::string doubt = condition_doubt(summary_); !doubt.empty()) attendant_.tell_warning(doubt, "ask for more with --particles");
        const std::string go_on = "entente run --from " + shell_quoted(snapshot_.string());
        const ConditionFiles files{folder_.string(), leaves_state() ? snapshot_.string() : "", go_on};
        if (asked_.json)
            std::cout << json_;
        else if (!asked_.quiet)
            std::cout << condition_text(summary_, scenario_.title.empty() ? scenario_.path : scenario_.title, files, style_of(1));
        flush_output();
    }

    const ConditionArguments& asked_;
    const CommandLine& command_;
    Attendant& attendant_;
    Scenario scenario_;
    FilterPlan plan_;
    Model model_;
    std::vector<NumberOnRecord> numbers_;
    RunRecord record_;
    std::filesystem::path folder_;
    std::filesystem::path snapshot_;
    FolderLock lock_;
    ConditionSummary summary_;
    Snapshot state_;
    std::string json_;
};

}  // namespace

Subcommand add_condition(Options& app) {
    Options* self = app.add_subcommand("condition", "Run a scenario through its record: how likely it is, and the state that it leaves");
    const auto asked = std::make_shared<ConditionArguments>();
    asked->add_to(*self);
    self->footer(R"(
Examples:
  entente condition scenarios/kabul-region.yaml --until 2023-12-31
  entente condition my.yaml --until 2022-12-31 --particles 100000 --out at2023
  entente run --from at2023/state.snap

Where `record` is complete, events happen as they did, and each run is weighed
by the chance that it had of just that; numbers of `observed` with an `sd` or
`seen` weigh by their density. Where fewer than half of the runs count, runs are
drawn again by their weights: a bootstrap particle filter.

The folder gets record.csv (the chance of each thing on record), moments.csv
(likelihood and effective number of runs over time), filtered.csv (measures
given the record), summary.json, state.snap and report.html.

Exit codes: 0 success, 2 wrong usage, a scenario with errors or a record that
no run could have, 130 interrupted.
)");
    const auto go = [asked](const CommandLine& command, Attendant& its_attendant) {
        return with_ranks(its_attendant, [&](Ranks& ranks, Attendant& attendant) {  // one pass is the work of one process
            return ranks.rank() == 0 ? ConditionPass(*asked, command, attendant).go() : ExitCode::fine;
        });
    };
    return {self, go,
            [asked](const ReportPlace& place) { asked->keep_report_only(place); }};
}

}  // namespace entente
