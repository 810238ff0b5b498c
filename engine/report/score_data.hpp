/// What a score says, as its page shows it.
#pragma once

#include <string>
#include <vector>

#include <entente/output/score_text.hpp>
#include <entente/report/page_data.hpp>

namespace entente {

page::ScoreData score_data(const ScoreTold& told);
/// The verdicts, then the warnings, then what is not scored.
std::vector<std::string> score_findings(const ScoreTold& told);

}  // namespace entente
