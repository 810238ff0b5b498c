/// Scores: of runs that go on from a snapshot, and what they write and tell as all scores do.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <entente/output/score_json.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/bootstrap.hpp>

#include "arguments/score_arguments.hpp"
#include "commands.hpp"
#include "session/attendant.hpp"

namespace entente {

Bootstrap bootstrap_of(const ScoreArguments& asked);

/// Warns of parameters that were fitted to what is scored.
void tell_fitted(const std::vector<std::string>& warnings, Attendant& attendant);

/// scores.csv, items.csv, item_scores.csv, reliability.csv and summary.json.
void stage_score(StagedFiles& files, const ScoreTold& told, const std::string& json);
/// The line that names them; `page` names the report.
std::string score_files_text(const std::filesystem::path& folder, const std::string& page);

/// Makes the runs in one go and scores what came since the snapshot. Throws Error as Origin does, and for a folder with other results.
ExitCode score_from(const ScoreArguments& asked, const CommandLine& command, Attendant& attendant);

}  // namespace entente
