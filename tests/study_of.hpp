/// Sensitivity analyses of scenarios, made as the command makes them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <entente/scenario/read.hpp>
#include <entente/store/conduct.hpp>
#include <entente/store/study_values.hpp>
#include <entente/study/recorder.hpp>
#include <entente/study/vary.hpp>
#include <entente/summary/sensitivity_summary.hpp>

#include "scratch.hpp"

namespace entente {

/// Varied by their priors; all runs are made, into a folder that is gone afterwards.
class StudyOf {
public:
    StudyOf(const std::string& text, const std::vector<std::string>& vary_texts, const SensitivityPlan& plan, std::int64_t replicates = 1,
            const std::vector<std::string>& group_texts = {}) {
        Varied varied = vary(read_scenario_text(text, "world.yaml", "/nonexistent").scenario, vary_texts);
        design = sensitivity_design(varied.factors, read_groups(group_texts, names_of(varied.factors)), plan);
        model_ = compile(varied.scenario, {.varied = varied.parameters});
        study_ = {{&model_}, varied.parameters, design.points};
        StudyRecord record;
        record.identity.command = "sensitivity";
        record.identity.factors = design.points.names;
        record.identity.alternatives = {""};
        record.points = study_.point_count();
        record.replicates = replicates;
        folder_ = std::make_unique<StudyFolder>(scratch_.path() / "study", record, study_);
        const auto ranks = join_ranks();
        conduct(study_, folder_.get(), {.tiles = {.seed = plan.seed}, .share = {}}, *ranks, {});
        folder_->take_up();
        values = std::make_unique<StudyValues>(*folder_, study_, empty_results(model_, 0, 0));
    }

    /// Of the outcome of that name.
    [[nodiscard]] OutcomeSensitivity outcome(const std::string& name, const Bootstrap& bootstrap = {.resamples = 0}) const {
        const Outcome chosen = chosen_outcomes(values->layout(), {name}).front();
        return sensitivity_of(sample_of(*values, chosen), static_cast<std::size_t>(values->replicates()), design, bootstrap);
    }

    SensitivityDesign design;
    std::unique_ptr<StudyValues> values;

private:
    Scratch scratch_;
    Model model_;
    Study study_;
    std::unique_ptr<StudyFolder> folder_;
};

}  // namespace entente
