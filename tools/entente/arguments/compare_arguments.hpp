/// The options of `entente compare`, and the alternatives that they name.
#pragma once

#include <string>
#include <vector>

#include "arguments/study_arguments.hpp"

namespace entente {

struct CompareArguments {
    StudyArguments study;           ///< of its scenario, the settings hold for all alternatives, and there is no variant
    std::vector<std::string> with;  ///< as typed: one alternative each
    std::string baseline;           ///< likewise; "": the scenario as written
    std::vector<std::string> measures;
    double confidence = 0.95;
    bool courses = true;

    void add_to(Options& app);
};

/// One of the scenarios that are compared.
struct Alternative {
    std::string name;          ///< `no_aid`, `aid_rate=2`, `no_aid, aid_rate=2`; the scenario as written is `baseline` or else `as-written`
    ScenarioArguments change;  ///< as `run` takes it
    Scenario scenario;
};

/// The baseline, then the alternatives: those that were asked for, or all variants of the file. Throws Error: for none, for one that is
/// there twice or is the baseline, and as with_variant and with_setting do.
std::vector<Alternative> alternatives_of(const CompareArguments& asked, const Scenario& as_written);

}  // namespace entente
