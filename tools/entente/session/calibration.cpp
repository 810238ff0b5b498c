#include "session/calibration.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include <entente/base/elementary.hpp>
#include <entente/base/hash.hpp>
#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/inference/simulated_record.hpp>
#include <entente/runtime/kernels.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/vary.hpp>

#include "session/point_study.hpp"

namespace entente {

namespace {

constexpr std::size_t most_predicted = 1000;
constexpr std::int64_t first_predicted_run = std::int64_t{1} << 31;  ///< above those of all fits
constexpr std::int64_t predicted_of_a_generation = std::int64_t{1} << 20;

void refuse_nothing_to_fit(const Scenario& scenario, const CalibrateArguments& asked) {
    if (!asked.vary.empty()) return;
    std::vector<std::string> set;
    for (const auto& [name, value] : asked.study.scenario.values_set(scenario)) set.push_back(name);
    if (parameters_with_priors(scenario, set).empty())
        throw Error("nothing to fit: there is no --vary, and no parameter without --set has a prior",
                    "as in --vary trust=0:1; or write a prior for a parameter, as in prior: \"uniform(0, 1)\"");
}

void refuse_weight(const std::vector<Factor>& factors) {
    if (std::ranges::find(factors, "weight", &Factor::name) != factors.end())
        throw Error("a parameter called 'weight' can't be told from the weights of posterior.csv", "give it another name in the scenario");
}

/// What of the record there is until then. Throws Error where that is nothing.
RecordUntil record_until(const PreparedCalibration& prepared) {
    if (prepared.scenario.observed.empty())
        throw Error("there is nothing on record to fit to: the scenario has no `observed`",
                    "write what came of its measures, as in observed: {recognised: {date: 2025-07-03}}; 'entente reference' tells how");
    RecordUntil record = record_items(prepared.scenario, prepared.model, prepared.varied);
    if (record.items.empty())
        throw Error(fmt::format("nothing of the record lies before the end of {}: {}", prepared.until, listed(record.left_out)),
                    "name a later day with --until");
    return record;
}

void warn_of_record(const CalibrateArguments& asked, const PreparedCalibration& prepared, const RecordUntil& record, Attendant& attendant) {
    if (asked.until.empty())  // else the later part of the record is left out on purpose
        for (const std::string& note : record.left_out) attendant.tell_warning(fmt::format("left out {}", note));
    const bool nothing_came =
        std::ranges::all_of(record.items, [](const RecordItem& item) { return item.form == RecordItem::Form::date && !item.came; });
    if (nothing_came && !asked.until.empty())
        attendant.tell_warning(fmt::format("by {} nothing on record had come: all that is fitted is that it had not", prepared.until),
                     "name a later day with --until");
}

/// How many events the likelihood is of.
std::int64_t firings_of(const PreparedCalibration& prepared) {
    std::int64_t count = 0;
    for (const ConditionedEvent& event : prepared.conditioned->conditioned)
        count += std::ranges::count_if(event.firings, [&](const auto& firing) { return firing.first < prepared.ticks; });
    return count;
}

/// What the likelihood is of. Throws Error where that is nothing.
void condition(PreparedCalibration& prepared, const CalibrateArguments& asked) {
    prepared.conditioned = compile(prepared.scenario, {.varied = prepared.varied, .conditioned = true});
    prepared.numbers = numbers_on_record(prepared.scenario, *prepared.conditioned, prepared.ticks);
    prepared.tempered = asked.tempered_plan();
    const auto speaks = [&](const EventRecord& record) { return record.first_tick < prepared.ticks; };
    if (prepared.numbers.empty() && std::ranges::none_of(prepared.scenario.record, speaks))
        throw Error(fmt::format("nothing is on record by the end of {} that has a likelihood", prepared.until),
                    "give events under `record`, or numbers under `observed` with an `sd` or `seen`; --method abc fits to all that is "
                    "under `observed`");
}

}  // namespace

PreparedCalibration prepared_calibration(const CalibrateArguments& asked, Attendant& attendant) {
    PreparedCalibration prepared;
    const CalibrationMethod method = asked.method();
    const Scenario scenario = asked.study.scenario.read(attendant);
    refuse_nothing_to_fit(scenario, asked);
    PointStudy study;
    const auto texts = texts_to_vary(study, scenario, asked.study.scenario, asked.vary);
    prepared.factors = vary_in(study, scenario, texts, attendant);
    refuse_weight(prepared.factors);
    prepared.varies_all_priors = study.varies_all_priors;
    prepared.varied = study.study.varied;
    prepared.scenario = std::move(study.scenario);
    prepared.plan = asked.plan(prepared.factors.size());
    const Calendar& calendar = prepared.scenario.calendar;
    const std::int64_t ticks = asked.until.empty() ? calendar.ticks() : ticks_until(calendar, asked.until);
    prepared.until = !asked.until.empty()  ? asked.until
                     : calendar.is_dated() ? iso(calendar.first_day(ticks) - std::chrono::days{1})
                                           : counted(ticks, "tick");
    prepared.ticks = ticks;
    prepared.model = compile(ending_at(prepared.scenario, ticks), {.varied = prepared.varied});
    if (method == CalibrationMethod::likelihood) condition(prepared, asked);
    RecordUntil record;
    if (method == CalibrationMethod::abc)
        record = record_until(prepared);
    else if (!prepared.scenario.observed.empty())
        record = record_items(prepared.scenario, prepared.model, prepared.varied);
    if (method == CalibrationMethod::abc) warn_of_record(asked, prepared, record, attendant);
    if (method == CalibrationMethod::likelihood)
        record.left_out.clear();  // what is left out of what the posterior predicts was not fitted to
    prepared.left_out = std::move(record.left_out);
    prepared.record = std::make_unique<RecordSummaries>(std::move(record.items), prepared.model.calendar);
    return prepared;
}

CalibrationSession::CalibrationSession(Ranks& ranks, Attendant& attendant, const CalibrateArguments& asked, const PreparedCalibration& prepared,
                                       const CommandLine& command)
    : ranks_(ranks), attendant_(attendant), asked_(asked), prepared_(prepared) {
    record_ = study_record("calibrate", asked.study, prepared.scenario, 1, command);
    record_.identity.factors = names_of(prepared.factors);
    record_.identity.independent = true;
    record_.varies_all_priors = prepared.varies_all_priors;
    record_.history = {prepared.plan.runs};
    record_.points = prepared.plan.runs;
    record_.design =
        fmt::format("{} of {}, record until {}:", name_of(asked.method()), counted(asked.particles, "particle"), prepared.until);
    if (asked.method() == CalibrationMethod::likelihood) {
        record_.history = {prepared.tempered.runs};
        record_.points = prepared.tempered.runs;
        record_.design += fmt::format(" filters of {} to begin with,", prepared.tempered.filter_runs);
    }
    for (const Factor& factor : prepared.factors) record_.design += fmt::format(" {} ~ {}", factor.name, factor.text());
    if (asked.simulated_records > 0) record_.design += "; simulated records";
    path_ = study_path(asked.study, record_, record_.design);
}

std::string CalibrationSession::dry_run_text() const {
    const Results tried = trial_runs(prepared_.model, asked_.study.plan.tiles);
    const bool by_likelihood = asked_.method() == CalibrationMethod::likelihood;
    const double a_second = static_cast<double>(tried.runs) / std::max(tried.seconds, 1e-9);
    const auto fits = std::max<std::int64_t>(asked_.simulated_records, 1);
    const double runs = static_cast<double>(by_likelihood ? prepared_.tempered.runs : prepared_.plan.runs) * static_cast<double>(fits);
    std::string text = fmt::format("Would make at most {} of {}", counted(static_cast<std::int64_t>(runs), "run"),
                                   counted(prepared_.model.calendar.ticks(), "tick"));
    if (asked_.simulated_records > 0) text += fmt::format(", for fits of {}", counted(fits, "simulated record"));
    text += fmt::format("\nFits     {}\n", counted(std::ssize(prepared_.factors), "parameter"));
    for (const Factor& factor : prepared_.factors) text += fmt::format("           {} ~ {}\n", factor.name, factor.text());
    if (by_likelihood) {
        text += fmt::format("To       {} and {} on record until {}\n", counted(firings_of(prepared_), "event"),
                            counted(std::ssize(prepared_.numbers), "number"), prepared_.until);
        return text +
               fmt::format("Time     about {} at most on {} (runs alone: {} a second in a trial of {})\nDisk     less than 10 MB in {}\n",
                           duration_text(runs / a_second / ranks_.size()), counted(tried.threads, "thread"), readable(a_second),
                           counted(tried.runs, "run"), path_.string());
    }
    text += fmt::format("To       {} on record until {}\n", counted(std::ssize(prepared_.record->summaries()), "number"), prepared_.until);
    for (const RecordSummary& summary : prepared_.record->summaries())
        text += fmt::format("           {} = {}\n", summary.name, readable(summary.natural(summary.record)));
    text += fmt::format("Time     about {} at most on {} ({} a second in a trial of {})\n", duration_text(runs / a_second / ranks_.size()),
                        counted(tried.threads, "thread"), readable(a_second), counted(tried.runs, "run"));
    const double numbers = runs * static_cast<double>(prepared_.record->summaries().size());
    return text + fmt::format("Disk     about {} at most in {}\n",
                              bytes_text(asked_.simulated_records > 0 ? 1e3 * static_cast<double>(fits) : 8 * numbers), path_.string());
}

/// Ranks that were given other files or another seed would mix their runs into one calibration.
void CalibrationSession::agree() const {
    if (ranks_.size() == 1) return;
    const std::string mine = hex_digest(record_.identity.key() + record_.design);
    std::vector<std::int64_t> letters(mine.begin(), mine.end());
    ranks_.broadcast(letters);
    together(ranks_, [&] {
        if (ranks_.rank() > 0 && !std::ranges::equal(letters, mine, {}, {}, [](char c) { return std::int64_t{c}; }))
            throw Error("rank 0 was given another calibration", "start all ranks by one command, with the same files on every machine");
    });
}

std::optional<Calibrated> CalibrationSession::carry_out() {
    agree();
    together(ranks_, [&] {
        if (asked_.study.no_runs && !holds_calibration(path_))
            throw Error(fmt::format("there are no runs of this calibration in '{}'", path_.string()), "drop --no-runs to make them");
        if (ranks_.rank() == 0) folder_ = std::make_unique<CalibrationFolder>(path_, record_);
    });
    TilePlan plan = asked_.study.plan.tiles;
    plan.abandon = [this] { return attendant_.is_overdue(); };
    const auto watch = attendant_.watch_runs(!asked_.study.quiet);
    const bool by_likelihood = asked_.method() == CalibrationMethod::likelihood;
    const std::int64_t all =
        (by_likelihood ? prepared_.tempered.runs : prepared_.plan.runs) * std::max<std::int64_t>(asked_.simulated_records, 1);
    const auto show = [&](const Progress& progress) {
        watch->show(progress);
        return !attendant_.wants_stop();
    };
    teller_ = std::make_unique<ProgressTeller>(show, all, by_likelihood ? prepared_.ticks : prepared_.model.calendar.ticks(), ranks_.size());
    const auto is_over = [this](auto*) { teller_.reset(); };
    const std::unique_ptr<CalibrationSession, decltype(is_over)> no_longer_told(this, is_over);  // than there is a watch
    plan.work = teller_->work();
    runs_ = std::make_unique<CalibrationRuns>(prepared_.model_to_run(), plan, ranks_, path_ / "rounds", [&](const RunsMade& made) {
        return teller_->tell(std::min(runs_there_ + made.runs * ranks_.size(), all), made.failed);
    });
    Calibrated made;
    std::int64_t filtered = 0;
    likelihoods_ = by_likelihood ? likelihood_rounds([&](std::int64_t runs) {
        filtered += runs;
        teller_->tell(std::min(filtered * ranks_.size(), all), 0);
    })
                                 : nullptr;
    if (by_likelihood && asked_.simulated_records == 0) fit_by_likelihood(made);  // on all ranks alike
    if (ranks_.rank() > 0) {
        runs_->serve();
        return std::nullopt;
    }
    if (asked_.simulated_records > 0)
        fit_simulated_records(made);
    else if (!by_likelihood)
        fit_record(made);
    else if (made.has_particles())
        predict(made);
    runs_->release();
    for (const auto& note : folder_->notes()) attendant_.tell_warning(note);
    made.outcome.failed = 0;
    if (made.fit)
        for (const AbcGeneration& generation : made.fit->generations()) made.outcome.failed += generation.failed;
    made.outcome.runs = (made.fit        ? made.fit->runs_made()
                         : made.tempered ? made.tempered->runs() : runs_->made().runs + runs_simulated_) +
                        static_cast<std::int64_t>(made.predicted.runs() + (made.tempered ? made.prior_runs.runs() : 0));
    made.outcome.digest = digest_of(made);
    made.outcome.finished = utc_now();
    made.outcome.seconds = runs_->made().seconds + (likelihoods_ ? likelihoods_->seconds() : 0) + seconds_simulated_;
    made.outcome.runs_made = runs_->made().runs + (likelihoods_ ? likelihoods_->runs_made() : 0) + runs_simulated_;
    made.outcome.threads = thread_count(plan.threads);
    made.outcome.ranks = ranks_.size();
    made.outcome.instruction_set = std::string(choose_kernels(plan.instruction_set).name);
    return made;
}

std::optional<SummaryTable> CalibrationSession::round(const Proposals& proposals, std::uint64_t seed, bool is_kept) {
    if (is_kept) {
        if (auto there = folder_->round(proposals.first_run, prepared_.record->summaries().size())) {
            runs_there_ += static_cast<std::int64_t>(there->runs());
            teller_->take_up(static_cast<std::int64_t>(there->runs()));
            return there;
        }
    }
    if (asked_.study.no_runs || attendant_.wants_stop()) return std::nullopt;
    auto made = runs_->make(proposals, seed);
    if (made && is_kept) folder_->keep_round(proposals.first_run, *made);
    return made;
}

AbcSmc CalibrationSession::fitted(const AbcPlan& plan, AbcRecord record, bool is_kept, bool& is_whole) {
    AbcSmc smc(cells_of(prepared_.factors), std::move(record), plan);
    is_whole = true;
    while (const auto proposals = smc.next()) {
        const auto made = round(*proposals, plan.seed, is_kept);
        is_whole = made.has_value();
        if (!made) break;
        smc.take(*made);
    }
    return smc;
}

void CalibrationSession::fit_record(Calibrated& made) {
    bool is_whole = false;
    made.fit = fitted(prepared_.plan, {prepared_.record->record(), prepared_.record->record_sd()}, true, is_whole);
    if (made.fit->generations().empty() && is_whole)
        throw Error(
            fmt::format("of {}, fewer than {} left a number for all that is on record: the others failed, or have values that are missing",
                        counted(made.fit->runs_made(), "run"), with_commas(asked_.particles)),
            "run the scenario at ends of its priors, as in 'entente sweep', and see which runs fail");
    made.is_interrupted = !is_whole && !asked_.study.no_runs;
    if (made.fit->generations().empty()) return;
    predict(made);
}

/// Some of the particles, drawn by their weights.
Proposals CalibrationSession::draws_of(const Particles& particles, std::int64_t first_run, std::uint64_t key) const {
    KeyedDraws draws(mix(prepared_.plan.seed, purpose::predictive), key);
    Proposals proposals{first_run, {particles.unit.factors, {}}};
    for (const std::size_t i :
         systematic_draws(particles.weights, std::min(particles.size(), most_predicted), unit_uniform(draws.bits()))) {
        const auto row = particles.unit.row(i);
        proposals.unit.coordinates.insert(proposals.unit.coordinates.end(), row.begin(), row.end());
    }
    return proposals;
}

void CalibrationSession::predict(Calibrated& made) {
    const std::size_t summaries = prepared_.record->summaries().size();
    made.prior_runs = SummaryTable{summaries, {}};
    made.predicted = SummaryTable{summaries, {}};
    if (summaries == 0) return;
    const auto generation = made.fit ? static_cast<std::int64_t>(made.fit->generations().size()) - 1
                                     : static_cast<std::int64_t>(made.tempered->steps().size()) + 1;
    const Proposals posterior =
        draws_of(made.particles(), first_predicted_run + generation * predicted_of_a_generation, static_cast<std::uint64_t>(generation));
    made.predicted = round(posterior, prepared_.plan.seed, true).value_or(made.predicted);
    if (made.fit) {
        made.prior_runs = made.fit->prior_predictive();
        return;
    }
    Particles prior{{prepared_.factors.size(), {}}, std::vector<double>(most_predicted, 1.0 / most_predicted)};
    KeyedDraws draws(mix(prepared_.plan.seed, purpose::predictive), ~std::uint64_t{0});
    for (std::size_t i = 0; i < most_predicted * prepared_.factors.size(); ++i)
        prior.unit.coordinates.push_back(open_uniform(unit_uniform(draws.bits())));
    made.prior_runs = round({first_predicted_run, prior.unit}, prepared_.plan.seed, true).value_or(made.prior_runs);
}

std::unique_ptr<LikelihoodRounds> CalibrationSession::likelihood_rounds(std::function<void(std::int64_t)> progress) {
    const TilePlan& tiles = asked_.study.plan.tiles;
    const LikelihoodPlan plan{.seed = prepared_.tempered.seed,
                              .threads = tiles.threads,
                              .lanes = tiles.lanes,
                              .instruction_set = tiles.instruction_set,
                              .abandon = [this] { return attendant_.wants_stop(); },
                              .work = teller_->work()};
    return std::make_unique<LikelihoodRounds>(prepared_.likelihood(), plan, ranks_, folder_.get(), path_ / "rounds", std::move(progress));
}

void CalibrationSession::fit_by_likelihood(Calibrated& made) {
    made.tempered.emplace(prepared_.factors.size(), prepared_.tempered);
    while (made.tempered->next()) {
        const auto likelihoods = likelihoods_->make(*made.tempered->next(), !asked_.study.no_runs);
        made.is_interrupted = !likelihoods && !asked_.study.no_runs;
        if (!likelihoods) return;
        made.tempered->take(*likelihoods);
    }
    if (made.tempered->end() == TemperedEnd::impossible)
        throw Error(fmt::format("none of {} drawn from the priors could have what is on record by the end of {}",
                                counted(asked_.particles, "particle"), prepared_.until),
                    "see what in the record has no chance: entente condition FILE --until …");
}

/// The posterior of a record that is simulated at these parameters; nothing where there is none.
std::optional<Particles> CalibrationSession::fit_of_simulated_likelihood(const std::vector<std::vector<double>>& truth, std::uint64_t seed,
                                                                         bool& is_whole) {
    const SimulatedRecord simulated =
        simulated_record(prepared_.scenario, prepared_.model, prepared_.numbers, truth, seed, prepared_.ticks);
    is_whole = true;
    if (simulated.failed) return std::nullopt;
    const Model model = compile(simulated.scenario, {.varied = prepared_.varied, .conditioned = true});
    TemperedPlan plan = prepared_.tempered;
    plan.seed = seed;
    TemperedSmc smc(prepared_.factors.size(), plan);
    const TilePlan& tiles = asked_.study.plan.tiles;
    const LikelihoodPlan how{
        .seed = seed, .threads = tiles.threads, .lanes = tiles.lanes, .instruction_set = tiles.instruction_set, .abandon = [this] { return attendant_.wants_stop(); }, .work = teller_->work()};
    while (smc.next()) {
        const auto made =
            log_likelihoods_of({model, prepared_.varied, prepared_.factors, simulated.numbers, prepared_.ticks}, how, *smc.next());
        is_whole = !made.empty();
        if (!is_whole) return std::nullopt;
        smc.take(made);
    }
    runs_simulated_ += smc.runs();
    return smc.end() == TemperedEnd::posterior ? std::optional(smc.particles()) : std::nullopt;
}

std::optional<std::vector<double>> CalibrationSession::simulated_likelihood_fit(std::int64_t number) {
    const std::uint64_t seed = mix(prepared_.plan.seed, static_cast<std::uint64_t>(number) + 1);
    KeyedDraws draws(mix(seed, purpose::truth), 0);
    std::vector<double> unit;
    std::vector<std::vector<double>> truth(prepared_.model.parameter_values.size());
    for (std::size_t k = 0; k < prepared_.factors.size(); ++k) {
        unit.push_back(open_uniform(unit_uniform(draws.bits())));
        truth[static_cast<std::size_t>(prepared_.varied[k].value)] = {prepared_.factors[k].at(unit.back())};
    }
    bool is_whole = false;
    const auto began = std::chrono::steady_clock::now();
    const auto fit = fit_of_simulated_likelihood(truth, seed, is_whole);
    seconds_simulated_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (!is_whole) return std::nullopt;
    KeyedDraws ranking(mix(seed, purpose::rank), 0);
    auto numbers = ranked_fit(prepared_.factors, unit, fit ? &*fit : nullptr, ranking);
    folder_->keep_fit(number, numbers);
    return numbers;
}

/// Draws parameters from the prior, simulates a record at them, fits it, and ranks them among the posterior's draws.
std::optional<std::vector<double>> CalibrationSession::simulated_fit(std::int64_t number) {
    const std::size_t size = ranked_numbers(prepared_.factors.size());
    if (auto there = folder_->fit(number, size)) return there;
    if (asked_.method() == CalibrationMethod::likelihood) return simulated_likelihood_fit(number);
    AbcPlan plan = prepared_.plan;
    plan.seed = mix(prepared_.plan.seed, static_cast<std::uint64_t>(number) + 1);
    KeyedDraws draws(mix(plan.seed, purpose::truth), 0);
    Proposals truth{first_predicted_run, {prepared_.factors.size(), {}}};
    for (std::size_t k = 0; k < prepared_.factors.size(); ++k) truth.unit.coordinates.push_back(open_uniform(unit_uniform(draws.bits())));
    const auto record = round(truth, plan.seed, false);
    if (!record) return std::nullopt;
    const bool has_all = std::ranges::none_of(record->values, [](double x) { return std::isnan(x); });
    bool is_whole = false;
    std::optional<AbcSmc> fit;
    if (has_all) fit = fitted(plan, {record->values, prepared_.record->record_sd()}, false, is_whole);
    if (has_all && !is_whole) return std::nullopt;
    KeyedDraws ranking(mix(plan.seed, purpose::rank), 0);
    auto numbers = ranked_fit(prepared_.factors, truth.unit.coordinates,
                              fit && !fit->generations().empty() ? &fit->generations().back().particles : nullptr, ranking);
    folder_->keep_fit(number, numbers);
    return numbers;
}

void CalibrationSession::fit_simulated_records(Calibrated& made) {
    for (std::int64_t number = 0; number < asked_.simulated_records; ++number) {
        auto numbers = simulated_fit(number);
        made.is_interrupted = !numbers && !asked_.study.no_runs;
        if (!numbers) return;
        made.ranked.push_back(std::move(*numbers));
    }
}

std::string CalibrationSession::digest_of(const Calibrated& made) const {
    Digest digest;
    if (made.fit)
        for (const AbcGeneration& generation : made.fit->generations())
            digest.add(generation.particles.unit.coordinates).add(generation.particles.weights).add(generation.summaries.values);
    if (made.tempered)
        digest.add(made.tempered->particles().unit.coordinates).add(made.tempered->log_likelihoods()).add(made.tempered->log_evidence());
    digest.add(made.predicted.values);
    for (const auto& numbers : made.ranked) digest.add(numbers);
    return digest.hex();
}

CalibrationFacts CalibrationSession::facts(const Calibrated& made) const {
    CalibrationFacts facts{.method = asked_.method(),
                           .until = prepared_.until,
                           .particles = asked_.particles,
                           .budget = prepared_.plan.runs,
                           .left_out = prepared_.left_out};
    if (made.tempered) {
        facts.budget = prepared_.tempered.runs;
        facts.runs = made.tempered->runs();
        facts.log_evidence = made.tempered->log_evidence();
        facts.log_evidence_error = made.tempered->log_evidence_error();
        facts.distinct = static_cast<std::int64_t>(made.tempered->distinct());
        for (const TemperedStep& one : made.tempered->steps())
            facts.generations.push_back({.runs = one.runs,
                                         .acceptance = one.acceptance,
                                         .effective = one.effective,
                                         .temperature = one.temperature,
                                         .filter_runs = one.filter_runs,
                                         .log_evidence = one.log_evidence});
        if (const auto end = made.tempered->end()) facts.end = name_of(*end);
    }
    if (!made.fit) return facts;
    facts.runs = made.fit->runs_made();
    for (const AbcGeneration& one : made.fit->generations())
        facts.generations.push_back({one.tolerance, one.runs, one.failed, one.acceptance(), one.effective});
    if (const auto end = made.fit->end()) facts.end = name_of(*end);
    return facts;
}

void CalibrationSession::conclude(const Calibrated& made, const std::function<void(StagedFiles&)>& write) {
    StagedFiles files(path_);
    write(files);
    folder_->conclude(made.is_interrupted ? Completeness::interrupted : Completeness::complete, made.outcome, files);
}

}  // namespace entente
