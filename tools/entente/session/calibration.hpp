/// What `calibrate` fits to what, and how it is carried out.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <entente/inference/record_likelihoods.hpp>
#include <entente/store/calibration_folder.hpp>
#include <entente/store/calibration_runs.hpp>
#include <entente/summary/calibration_summary.hpp>
#include <entente/summary/rank_summary.hpp>

#include "arguments/calibrate_arguments.hpp"
#include "session/likelihood_rounds.hpp"
#include "session/study_session.hpp"

namespace entente {

struct PreparedCalibration {
    Scenario scenario;  ///< whole, what is fitted being parameters
    Model model;        ///< until the record ends
    std::vector<ParameterId> varied;
    std::vector<Factor> factors;
    std::unique_ptr<RecordSummaries> record;
    std::vector<std::string> left_out;
    std::string until;
    AbcPlan plan;
    std::optional<Model> conditioned{};     ///< likelihood: goes by the record …
    std::vector<NumberOnRecord> numbers{};  ///< … with these …
    std::int64_t ticks = 0;                 ///< … for so many ticks
    TemperedPlan tempered{};
    bool varies_all_priors = false;
    [[nodiscard]] LikelihoodModel likelihood() const { return {*conditioned, varied, factors, numbers, ticks}; }
    [[nodiscard]] CalibrationModel model_to_run() const { return {model, varied, factors, *record}; }
};

/// Throws Error for a scenario without a record, or none until that day; nothing to fit; and as the arguments do.
PreparedCalibration prepared_calibration(const CalibrateArguments& asked, Attendant& attendant);

/// What a calibration made, on rank 0.
struct Calibrated {
    std::optional<AbcSmc> fit{};            ///< abc; none of simulated records
    std::optional<TemperedSmc> tempered{};  ///< likelihood; likewise
    [[nodiscard]] bool has_particles() const { return (fit && !fit->generations().empty()) || (tempered && !tempered->steps().empty()); }
    [[nodiscard]] Particles particles() const { return fit ? fit->generations().back().particles : tempered->particles(); }
    SummaryTable prior_runs{};                  ///< runs at draws from the prior
    SummaryTable predicted{};                   ///< fresh runs at draws from the posterior
    std::vector<std::vector<double>> ranked{};  ///< simulated records: a row a fit, as rank_summary.hpp reads them
    StudyOutcome outcome;
    bool is_interrupted = false;
};

class CalibrationSession {
public:
    CalibrationSession(Ranks& ranks, Attendant& attendant, const CalibrateArguments& asked, const PreparedCalibration& prepared, const CommandLine& command);

    /// Runs, parameters and record; time from a trial.
    [[nodiscard]] std::string dry_run_text() const;

    /// Makes what is missing. Nothing on ranks above 0.
    std::optional<Calibrated> carry_out();

    [[nodiscard]] const StudyRecord& record() const { return record_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return path_; }
    [[nodiscard]] CalibrationFacts facts(const Calibrated& made) const;
    /// Publishes the files that `write` stages, then the manifest.
    void conclude(const Calibrated& made, const std::function<void(StagedFiles&)>& write);

private:
    void agree() const;
    void fit_record(Calibrated& made);
    void fit_by_likelihood(Calibrated& made);
    [[nodiscard]] std::unique_ptr<LikelihoodRounds> likelihood_rounds(std::function<void(std::int64_t)> progress);
    [[nodiscard]] std::optional<Particles> fit_of_simulated_likelihood(const std::vector<std::vector<double>>& truth, std::uint64_t seed,
                                                                       bool& is_whole);
    [[nodiscard]] std::optional<std::vector<double>> simulated_likelihood_fit(std::int64_t number);
    [[nodiscard]] Proposals draws_of(const Particles& particles, std::int64_t first_run, std::uint64_t key) const;
    void predict(Calibrated& made);
    void fit_simulated_records(Calibrated& made);
    [[nodiscard]] std::optional<std::vector<double>> simulated_fit(std::int64_t number);
    [[nodiscard]] std::optional<SummaryTable> round(const Proposals& proposals, std::uint64_t seed, bool is_kept);
    /// The fit, as far as it went.
    [[nodiscard]] AbcSmc fitted(const AbcPlan& plan, AbcRecord record, bool is_kept, bool& is_whole);
    [[nodiscard]] std::string digest_of(const Calibrated& made) const;

    Ranks& ranks_;
    Attendant& attendant_;
    const CalibrateArguments& asked_;
    const PreparedCalibration& prepared_;
    StudyRecord record_;
    std::filesystem::path path_;
    std::unique_ptr<CalibrationFolder> folder_;
    std::unique_ptr<ProgressTeller> teller_;         ///< while it is carried out
    std::unique_ptr<CalibrationRuns> runs_;
    std::unique_ptr<LikelihoodRounds> likelihoods_;  ///< by likelihood
    std::int64_t runs_there_ = 0;                    ///< that the folder held
    std::int64_t runs_simulated_ = 0;  ///< by likelihood, for simulated records
    double seconds_simulated_ = 0;
};

}  // namespace entente
