#include "session/study_session.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/report/report_data.hpp>
#include <entente/runtime/kernels.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/recorder.hpp>

#include "session/console.hpp"

namespace entente {

namespace {

constexpr double trial_updates = 2e8;  ///< rows x steps x ticks of a trial: a second or two
constexpr std::int64_t most_trial_runs = 512;
constexpr std::int64_t most_trial_values = 1 << 24;  ///< that its runs leave
constexpr double bytes_per_cell = 18;  ///< of a number in a CSV table

std::int64_t runs_of(const std::vector<Tile>& tiles) {
    std::int64_t runs = 0;
    for (const Tile& tile : tiles) runs += tile.runs();
    return runs;
}

/// Bytes at the peak: each thread has a batch and the values of a tile, once as results and once as they are written; the tables by row are
/// written block by block.
double memory_to_make(const Model& model, const TilePlan& plan) {
    constexpr double bytes_of_the_program = 25e6;
    constexpr double bytes_of_a_block = 96e6;
    const auto values = static_cast<double>(values_per_run(model));
    const std::int64_t lanes = plan.lanes > 0 ? plan.lanes : suitable_lanes(model, most_trial_runs);
    const double tile_runs = std::max(std::min(most_tile_values / std::max(values, 1.0), 16384.0), static_cast<double>(lanes));
    const double of_a_thread = static_cast<double>(model.bytes_per_lane() * lanes) + 8 * values * tile_runs;
    return bytes_of_the_program + thread_count(plan.threads) * of_a_thread + std::min(bytes_of_a_block, 8 * values * 16384);
}

}  // namespace

Results trial_runs(const Model& model, const TilePlan& plan) {
    const double a_run = static_cast<double>(std::max<std::int64_t>(model.row_updates_per_tick() * model.calendar.ticks(), 1));
    const std::int64_t with_room = most_trial_values / std::max<std::int64_t>(values_per_run(model), 1);
    const auto runs = std::clamp(static_cast<std::int64_t>(trial_updates / a_run), std::int64_t{1}, std::clamp<std::int64_t>(with_room, 1, most_trial_runs));
    return run_ensemble(model, {.runs = runs, .seed = plan.seed, .threads = plan.threads, .lanes = plan.lanes, .instruction_set = plan.instruction_set, .series_runs = 0});
}

ExitCode with_ranks(Attendant& attendant, const std::function<ExitCode(Ranks&, Attendant&)>& command) {
    const auto ranks = join_ranks();
    SilentAttendant silent(attendant);
    try {
        return command(*ranks, ranks->rank() == 0 ? attendant : silent);
    } catch (const Error& problem) {
        if (ranks->size() == 1) throw;
        attendant.tell_error(fmt::format("rank {} of {}: {}", ranks->rank(), ranks->size(), problem.what()), problem.help());
        ranks->end_all(static_cast<int>(problem.code()));
        throw;
    } catch (const std::exception& bug) {
        if (ranks->size() == 1) throw;
        attendant.tell_error(fmt::format("rank {} of {}: {}", ranks->rank(), ranks->size(), bug.what()), "");
        ranks->end_all(static_cast<int>(ExitCode::internal));
        throw;
    }
}

void together(Ranks& ranks, const std::function<void()>& prepare) {
    std::exception_ptr trouble;
    try {
        prepare();
    } catch (...) {
        trouble = std::current_exception();
    }
    const bool rank_0_failed = ranks.any(ranks.rank() == 0 && trouble != nullptr);
    if (rank_0_failed && ranks.rank() > 0) ranks.broadcast(*std::make_unique<std::vector<double>>());  // waits to be ended
    if (trouble) std::rethrow_exception(trouble);
    ranks.any(false);
}

StudyRecord study_record(const std::string& name, const StudyArguments& arguments, const Scenario& scenario, std::int64_t replicates,
                         const CommandLine& command) {
    StudyRecord record;
    record.identity.command = name;
    record.identity.scenario = {.entente = std::string(version()),
                                .scenario_hash = scenario.hash,
                                .variant = arguments.scenario.variant,
                                .settings = arguments.scenario.values_set(scenario),
                                .seed = arguments.seed,
                                .runs = 0,
                                .first_run = 0};
    record.identity.alternatives = {""};
    record.identity.independent = arguments.unpaired;
    record.replicates = replicates;
    record.scenario = scenario.path;
    record.title = scenario.title;
    record.resolved = resolved_json(scenario);
    record.labels = labels_of(scenario);
    record.command = command;
    record.started = utc_now();
    return record;
}

std::filesystem::path study_path(const StudyArguments& arguments, const StudyRecord& record, const std::string& design_text) {
    if (!arguments.out.empty()) return arguments.out;
    std::filesystem::path path = default_folder(record, design_text);
    const WorkShare& share = arguments.plan.share;
    if (share.of > 1) path += fmt::format("-shard-{}-of-{}", share.number, share.of);
    return path;
}

StudySession::StudySession(Ranks& ranks, Attendant& attendant, const StudyArguments& arguments, const Study& study, StudyRecord record,
                           const std::string& design_text)
    : ranks_(ranks), attendant_(attendant), arguments_(arguments), study_(study), record_(std::move(record)) {
    record_.points = study.point_count();
    path_ = study_path(arguments, record_, design_text);
    const double runs = static_cast<double>(record_.points) * static_cast<double>(record_.replicates) * static_cast<double>(study.models.size());
    if (runs > static_cast<double>(most_runs))
        throw Error(fmt::format("{} of {} are more runs than can be numbered", counted(record_.points, "point"), counted(record_.replicates, "replicate")),
                    fmt::format("{} at most: use fewer points or replicates", with_commas(most_runs)));
}

StudySession::~StudySession() = default;

std::string StudySession::dry_run_text() const {
    const Model& model = *study_.models.front();
    const Results tried = trial_runs(model, arguments_.plan.tiles);
    const auto all = static_cast<double>(study_.point_count() * record_.replicates * std::ssize(study_.models));
    const double runs = all / static_cast<double>(arguments_.plan.share.of);
    const double a_second = static_cast<double>(tried.runs) / std::max(tried.seconds, 1e-9);
    const auto columns = static_cast<double>(values_per_run(model)) + static_cast<double>(study_.points.factors());
    std::string text = fmt::format("Would make {} of {} and {}", counted(static_cast<std::int64_t>(runs), "run"),
                                   counted(study_.point_count(), "point"), counted(record_.replicates, "replicate"));
    if (study_.models.size() > 1) text += fmt::format(" of each of {}", counted(std::ssize(study_.models), "alternative"));
    text += fmt::format("\nTime     about {} on {} ({} a second in a trial of {})\n", duration_text(runs / a_second / ranks_.size()),
                        counted(tried.threads, "thread") + (ranks_.size() > 1 ? " of " + counted(ranks_.size(), "rank") + " each" : ""), readable(a_second), counted(tried.runs, "run"));
    text += fmt::format("Memory   about {}\n", bytes_text(memory_to_make(model, arguments_.plan.tiles)));
    return text + fmt::format("Disk     about {} in {}\n", bytes_text(runs * columns * (8 + bytes_per_cell)), path_.string());
}

/// Ranks that were given other files or another seed would mix their runs into one study.
void StudySession::agree() const {
    if (ranks_.size() == 1) return;
    std::string manifest = study_manifest_json(record_, Completeness::interrupted, nullptr);
    std::vector<std::int64_t> letters(manifest.begin(), manifest.end());
    std::vector<double> points = study_.points.values;
    ranks_.broadcast(letters);
    ranks_.broadcast(points);
    together(ranks_, [&] {
        if (ranks_.rank() == 0) return;
        manifest.assign(letters.begin(), letters.end());
        const StudyManifest of_0 = read_study_manifest(manifest);
        std::vector<std::string> found = differences(of_0.identity, record_.identity);
        if (of_0.replicates != record_.replicates) found.push_back(fmt::format("replicates: {}, not {}", of_0.replicates, record_.replicates));
        if (found.empty() && points != study_.points.values) found.push_back("other points");
        if (!found.empty())
            throw Error(fmt::format("rank 0 was given another study: {}", fmt::join(found, "; ")),
                        "start all ranks by one command, with the same files on every machine");
    });
}

bool StudySession::carry_out() {
    agree();
    together(ranks_, [&] {
        if (arguments_.no_runs && !std::filesystem::exists(path_ / "manifest.json"))
            throw Error(fmt::format("there are no runs of this study in '{}'", path_.string()), "drop --no-runs to make them");
        if (ranks_.rank() == 0) folder_ = std::make_unique<StudyFolder>(path_, record_, study_);
    });
    const std::int64_t missing_before = folder_ ? runs_of(folder_->missing()) : 0;
    ConductPlan plan = arguments_.plan;
    plan.tiles.seed = arguments_.seed;
    plan.tiles.abandon = [this] { return attendant_.is_overdue(); };
    if (!arguments_.no_runs) {
        const auto watch = attendant_.watch_runs(!arguments_.quiet);
        conducted_ = conduct(study_, folder_.get(), plan, ranks_, [&](const Progress& progress) {
            watch->show(progress);
            return !attendant_.wants_stop();
        });
    }
    if (!folder_) return false;
    folder_->take_up();
    tell_notes();
    values_ = std::make_unique<StudyValues>(*folder_, study_, empty_results(*study_.models.front(), 0, 0));
    outcome_ = {.runs = values_->made(),
                .again = values_->again(),
                .failed = std::ssize(values_->failures()),
                .digest = values_->digest(),
                .finished = utc_now(),
                .seconds = conducted_.seconds,
                .runs_made = missing_before - runs_of(folder_->missing()),
                .threads = thread_count(plan.tiles.threads),
                .ranks = ranks_.size(),
                .instruction_set = std::string(choose_kernels(plan.tiles.instruction_set).name)};
    if (arguments_.no_runs && outcome_.runs == 0)
        throw Error(fmt::format("there are no runs of this study in '{}'", path_.string()), "drop --no-runs to make them");
    if (is_complete() || plan.share.of == 1) return true;
    StagedFiles files(path_);
    folder_->conclude(Completeness::interrupted, outcome_, files);
    if (!arguments_.quiet && !is_interrupted())
        print_lines(fmt::format("Share {} of {}: {} in {}\nWhen all shares are there: entente merge --out DIR SHARE...\n", plan.share.number, plan.share.of,
                                counted(outcome_.runs, "run"), path_.string()));
    return false;
}

void StudySession::tell_notes() const {
    for (const auto& note : folder_->notes()) attendant_.tell_warning(note);
}

void StudySession::conclude(const std::function<void(StagedFiles&)>& write) {
    StagedFiles files(path_);
    write(files);
    folder_->conclude(is_complete() ? Completeness::complete : Completeness::interrupted, outcome_, files);
}

void StudySession::tell_failures(bool are_allowed) const {
    if (!values_ || values_->failures().empty()) return;
    const RunFailure& first = values_->failures().front();
    const std::int64_t point = first.run / record_.replicates % values_->points();
    const int alternative = static_cast<int>(first.run / record_.replicates / values_->points());
    const StudyRun run{.alternative = alternative,
                       .point = study_.varied.empty() ? std::span<const double>() : study_.points.row(static_cast<std::size_t>(point)),
                       .number = study_.first_run(alternative, point) + first.run % record_.replicates};
    const std::string where = study_.models.size() > 1 ? fmt::format("in '{}' ", record_.identity.alternatives[static_cast<std::size_t>(alternative)]) : "";
    const std::string what =
        fmt::format("{} of {} failed; {}{}", with_commas(outcome_.failed), counted(outcome_.runs, "run"), where, first.told());
    const std::string help = "to repeat that run alone: " + command_for_run(record_, run);
    if (are_allowed)
        attendant_.tell_warning(what, help);
    else
        attendant_.tell_error(what, help);
}

std::string StudySession::what_is_there() const {
    const std::int64_t points = values_->points();
    if (points < 2) return fmt::format("{} of {} are in '{}'", with_commas(outcome_.runs), counted(values_->runs(), "run"), path_.string());
    return fmt::format("{} of {}, at {} of {}, are in '{}'", with_commas(outcome_.runs), counted(values_->runs(), "run"),
                       with_commas(values_->points_made()), counted(points, "point"), path_.string());
}

ExitCode StudySession::code(double allowed_share) const {
    const bool are_allowed = folder_ ? static_cast<double>(outcome_.failed) <= allowed_share * static_cast<double>(outcome_.runs)
                                     : conducted_.failed == 0 || allowed_share > 0;  // of all runs only rank 0 knows
    if (folder_) tell_failures(are_allowed);
    if (is_interrupted() && attendant_.wants_stop()) {
        if (folder_) attendant_.tell_error("interrupted: " + what_is_there(), "run the same command to resume");
        return ExitCode::interrupted;
    }
    if (is_interrupted()) {
        if (folder_) attendant_.tell_error("stopped at a failure: " + what_is_there(), "run the same command without --fail-fast to make the others");
        return ExitCode::runs_failed;
    }
    if (folder_ && arguments_.no_runs && !is_complete()) {
        attendant_.tell_warning(what_is_there(), "run the same command without --no-runs or --shard to make the others");
        return are_allowed ? ExitCode::warnings : ExitCode::runs_failed;
    }
    return are_allowed ? ExitCode::fine : ExitCode::runs_failed;
}

std::string add_report_page(const StudyArguments& arguments, const StudySession& session, const Scenario& scenario, std::vector<Headline> headline, std::vector<std::string> findings,
                            const std::function<void(page::Report&)>& add) {
    if (arguments.report.none) return {};
    ReportHead head = study_report_head(session.record(), session.outcome(), scenario, arguments.scenario.changes(scenario));
    head.headline = std::move(headline);
    head.findings = std::move(findings);
    if (!session.is_complete()) head.findings.insert(head.findings.begin(), "Not all runs of the study have been made yet.");
    page::Report report = report_data(head);
    add(report);
    const std::string file = write_report(arguments.report, session.folder(), report);
    return ", " + (arguments.report.file.empty() ? "report.html" : file);
}

}  // namespace entente
