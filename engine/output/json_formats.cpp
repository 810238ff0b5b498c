#include <entente/output/json_formats.hpp>

#include <array>

#include <entente/output/json_keys.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using namespace json_keys;

// -- parts ----------------------------------------------------------------------------------------------------------------------------------

constexpr std::array distribution_keys{
    JsonKey{"n", "number", "runs that have a finite value"},
    JsonKey{"missing", "number", "runs that have none"},
    JsonKey{"infinite", "number", "runs in which it is infinite"},
    JsonKey{"mean", "number", "mean over the runs"},
    JsonKey{"sd", "number", "standard deviation"},
    JsonKey{"standard_error", "number", "of the mean"},
    JsonKey{"min", "number", "least"},
    JsonKey{"max", "number", "greatest"},
    JsonKey{"quantiles.<share>", "number", "quantile: of 0.05, 0.25, 0.5, 0.75 and 0.95 of the runs"},
};
constexpr std::array failure_keys{
    JsonKey{"count", "number", "how many"},
    JsonKey{"listed[].run", "number", "of the first ones: the run"},
    JsonKey{"listed[].when", "text or number", "date or tick at which it stopped"},
    JsonKey{"listed[].step", "text", "in which step"},
    JsonKey{"listed[].statement", "text", "in which statement"},
    JsonKey{"listed[].row", "text", "on which row"},
    JsonKey{"listed[].message", "text", "why"},
    JsonKey{"listed[].command", "text", "the command that repeats it alone"},
    JsonKey{"listed[].alternative", "text", "of `compare`: in which alternative"},
    JsonKey{"listed[].replicate", "number", "of `compare`: the run as which it drew"},
};
constexpr std::array curve_keys{
    JsonKey{"when", "text or number", "date, or tick, at which the share steps up"},
    JsonKey{"share", "number", "of runs in which it has come by then (Kaplan and Meier's estimate)"},
    JsonKey{"low", "number", "lower end of its 95 % interval"},
    JsonKey{"high", "number", "upper end"},
    JsonKey{"at_risk", "number", "runs that were watched still just before"},
};
constexpr std::array level_keys{
    JsonKey{"value", "number", "its number, from 0"},
    JsonKey{"share", "number", "of runs on it at the end"},
    JsonKey{"label", "text", "its label, if it has one"},
    JsonKey{"share_over_time", "list of numbers", "of a series: at each moment"},
    JsonKey{"share_by_year.<year>", "number", "of `per: year`"},
};
constexpr std::array estimate_keys{
    JsonKey{"value", "number", "the estimate"},
    JsonKey{"interval", "[low, high]", "its 95 % interval by bootstrap"},
};
constexpr std::array ninety_keys{
    JsonKey{"median", "number", "median"},
    JsonKey{"q05", "number", "5 % quantile"},
    JsonKey{"q95", "number", "95 % quantile"},
};
constexpr std::array share_keys{
    JsonKey{"count", "number", "of pairs of runs"},
    JsonKey{"share", "number", "of all pairs"},
    JsonKey{"interval", "[low, high]", "its interval"},
};
constexpr std::array difference_keys{
    JsonKey{"difference", "number", "the alternative's mean less the baseline's"},
    JsonKey{"standard_error", "number", "of the difference"},
    JsonKey{"interval", "[low, high]", "its interval"},
    JsonKey{"n", "number", "pairs, or the alternative's runs where there are none"},
    JsonKey{"n_baseline", "number", "the baseline's runs"},
    JsonKey{"excluded", "number", "pairs or runs without a value"},
    JsonKey{"degrees_of_freedom", "number", "of the interval"},
    JsonKey{"sd", "number", "of pairs: standard deviation of their differences"},
    JsonKey{"correlation", "number", "of pairs: between the two"},
    JsonKey{"variance_reduction", "number", "of pairs: how many times more independent runs would give the same precision"},
};
constexpr std::array headline_keys{
    JsonKey{"measure", "text", "the measure; empty of parameters and scores"},
    JsonKey{"sentence", "text", "the answer in a sentence"},
    JsonKey{"says", "text", "what stands behind each number"},
    JsonKey{"numbers[].number", "text", "to be set large, with its unit: `42 %`"},
    JsonKey{"numbers[].interval", "text", "how sure it is, in words; empty: not known"},
    JsonKey{"numbers[].value", "number", "the same as a number; shares from 0 to 1"},
    JsonKey{"numbers[].low", "number", "lower end of its interval or range"},
    JsonKey{"numbers[].high", "number", "upper end"},
    JsonKey{"numbers[].of", "text", "whose it is: an alternative, a point, a factor, a row"},
    JsonKey{"numbers[].apart", "text", "how it differs from the first, or `not told apart`"},
};
constexpr std::array forecast_keys{
    JsonKey{"chance", "number", "that the item comes, or is 1"},
    JsonKey{"brier", "number", "Brier score"},
    JsonKey{"log", "number", "logarithmic score, nats"},
    JsonKey{"date_crps", "number", "continuous ranked probability score of a date, as a share of the window"},
    JsonKey{"crps", "number", "that of a number, in its unit"},
    JsonKey{"interval", "number", "interval score of the central 90 %"},
};
constexpr std::array identity_keys{
    JsonKey{"entente", "text", "version of Entente"},
    JsonKey{"scenario_hash", "text", "hash of all files of the scenario"},
    JsonKey{"variant", "text", "variant; empty: as written"},
    JsonKey{"settings.<parameter>", "number", "what --set sets"},
    JsonKey{"seed", "number", "seed"},
    JsonKey{"runs", "number", "runs that were asked for"},
    JsonKey{"first_run", "number", "number of the first"},
    JsonKey{"from", "text", "the snapshot that they go on from: its hash and date"},
    JsonKey{"posterior", "text", "hash of the posterior over which they are spread"},
};

constexpr std::array parts{
    JsonPart{"distribution", "a number over the runs", distribution_keys},
    JsonPart{"failures", "runs that failed", failure_keys},
    JsonPart{"curve", "a step of a curve", curve_keys},
    JsonPart{"level", "a level of a field", level_keys},
    JsonPart{"estimate", "a number with its interval", estimate_keys},
    JsonPart{"ninety", "a distribution in three numbers", ninety_keys},
    JsonPart{"share", "a share of pairs of runs", share_keys},
    JsonPart{"difference", "a difference of means", difference_keys},
    JsonPart{"headline", "a measure that the scenario is about", headline_keys},
    JsonPart{"forecast", "scores of a forecast of one item", forecast_keys},
    JsonPart{"identity", "what runs are: all that their values depend on", identity_keys},
};

// -- formats --------------------------------------------------------------------------------------------------------------------------------

constexpr std::array problems_keys{
    format_key,
    JsonKey{"verdict", "text", "`fine`, `warnings` or `errors`"},
    JsonKey{"problems[].severity", "text", "`error`, `warning` or `note`"},
    JsonKey{"problems[].file", "text", "the file; none where the fault is in no file"},
    JsonKey{"problems[].line", "number", "from 1; 0: the file as a whole"},
    JsonKey{"problems[].column", "number", "from 1, in characters"},
    JsonKey{"problems[].length", "number", "how many characters it is about"},
    JsonKey{"problems[].what", "text", "what is wrong, with the value shown"},
    JsonKey{"problems[].help", "text", "what to try, if anything can be said"},
    JsonKey{"contents", "text", "what is in a scenario without errors"},
    JsonKey{"exit_code", "number", "of a command that ended with an error"},
};

constexpr std::array run_summary_keys{
    format_key, title_key, scenario_key, variant_key, seed_key,
    JsonKey{"runs", "number", "runs that were made"},
    JsonKey{"runs_requested", "number", "runs that were asked for"},
    headline_key,
    JsonKey{"time", "list of texts or numbers", "dates, or ticks, of the moments: before the first tick and at the end of each"},
    JsonKey{"measures.<measure>", "object", "of a measure that is no date, its number over the runs: a series at the end, else its value over the run", "distribution"},
    JsonKey{"measures.<measure>.form", "text", "`series`, `scalar`, `date`, `yearly`, or of a series with `on` `panel`"},
    JsonKey{"measures.<measure>.unit", "text", "its unit"},
    JsonKey{"measures.<measure>.about", "text", "what it stands for"},
    JsonKey{"measures.<measure>.expression", "text", "its expression"},
    JsonKey{"measures.<measure>.time", "object", "of a series: its course over the runs whose series are kept"},
    JsonKey{"measures.<measure>.time.runs", "number", "how many these are"},
    JsonKey{"measures.<measure>.time.mean", "list of numbers", "mean at each moment"},
    JsonKey{"measures.<measure>.time.quantiles.<share>", "list of numbers", "quantile at each moment"},
    JsonKey{"measures.<measure>.years.<year>", "object", "of `per: year`: the number of each year", "distribution"},
    JsonKey{"measures.<measure>.years.<year>.partial", "truth", "the calendar holds only part of the year"},
    JsonKey{"measures.<measure>.levels.<level>", "object", "of a field with levels", "level"},
    JsonKey{"measures.<measure>.came", "number", "of a date: runs in which it came"},
    JsonKey{"measures.<measure>.share", "number", "of a date: share of runs in which it comes (Kaplan and Meier's estimate)"},
    JsonKey{"measures.<measure>.interval", "[low, high]", "95 % interval of that share"},
    JsonKey{"measures.<measure>.median", "text or number", "of a date: when it has come in half of the runs; null: in fewer"},
    JsonKey{"measures.<measure>.when.min", "text or number", "of a date, where it came: the first"},
    JsonKey{"measures.<measure>.when.max", "text or number", "the last"},
    JsonKey{"measures.<measure>.when.quantiles.<share>", "text or number", "quantiles"},
    JsonKey{"measures.<measure>.kaplan_meier[]", "object", "of a date: the share over time", "curve"},
    JsonKey{"measures.<measure>.kind", "text", "with `on`: the kind"},
    JsonKey{"measures.<measure>.row_count", "number", "with `on`: its rows"},
    JsonKey{"measures.<measure>.rows_told", "number", "of these, those that follow"},
    JsonKey{"measures.<measure>.note", "text", "what is left out, and which file has it"},
    JsonKey{"measures.<measure>.rows.<row>", "object", "with `on`: what a measure of the world has here, of each row; of dates too", "distribution"},
    JsonKey{"measures.<measure>.rows.<row>.mean_over_time", "list of numbers", "of a series: mean at each moment"},
    JsonKey{"measures.<measure>.rows.<row>.years.<year>", "object", "of `per: year`", "distribution"},
    JsonKey{"measures.<measure>.rows.<row>.years.<year>.partial", "truth", "as above"},
    JsonKey{"measures.<measure>.rows.<row>.levels.<level>", "object", "of a field with levels", "level"},
    JsonKey{"measures.<measure>.rows.<row>.came", "number", "of dates, as above"},
    JsonKey{"measures.<measure>.rows.<row>.share", "number", "of dates, as above"},
    JsonKey{"measures.<measure>.rows.<row>.interval", "[low, high]", "of dates, as above"},
    JsonKey{"measures.<measure>.rows.<row>.median", "text or number", "of dates, as above"},
    JsonKey{"measures.<measure>.rows.<row>.when.min", "text or number", "of dates, as above"},
    JsonKey{"measures.<measure>.rows.<row>.when.max", "text or number", "of dates, as above"},
    JsonKey{"measures.<measure>.rows.<row>.when.quantiles.<share>", "text or number", "of dates, as above"},
    JsonKey{"measures.<measure>.rows.<row>.kaplan_meier[]", "object", "of dates; empty where there are many rows", "curve"},
    JsonKey{"events.<event>.on", "text", "the kind on whose rows it happens"},
    JsonKey{"events.<event>.total", "number", "how often it happened in all runs"},
    JsonKey{"events.<event>.per_run", "number", "in a run, on average"},
    JsonKey{"events.<event>.cameo", "text", "its CAMEO code"},
    JsonKey{"events.<event>.goldstein", "number", "its Goldstein weight"},
    failures_key,
    JsonKey{"seconds", "number", "time that the runs took"},
    JsonKey{"runs_per_second", "number", "runs in a second"},
    digest_key,
};

constexpr std::array replay_keys{
    format_key, title_key, scenario_key, variant_key, seed_key,
    JsonKey{"time", "list of texts or numbers", "dates, or ticks, of the moments: before the first tick and at the end of each"},
    JsonKey{"replay[].run", "number", "number of the run"},
    JsonKey{"replay[].reasons", "list of texts", "why it is told; none where it was asked for by its number"},
    JsonKey{"replay[].failure", "text", "where it stopped; null: it did not fail"},
    JsonKey{"replay[].events[].tick", "number", "of something that happened: the tick"},
    JsonKey{"replay[].events[].date", "text or number", "its first day; without dates the tick"},
    JsonKey{"replay[].events[].event", "text", "the event"},
    JsonKey{"replay[].events[].label", "text", "the same in people's words"},
    JsonKey{"replay[].events[].on", "text", "the agent or link on which it happened"},
    JsonKey{"replay[].events[].on_label", "text", "the same in people's words"},
    JsonKey{"replay[].events[].count", "number", "how often"},
    JsonKey{"replay[].events[].cause", "text", "as in events.csv"},
    JsonKey{"replay[].events[].form", "text", "what makes it happen: `probability`, `rate`, `count` or `choice`"},
    JsonKey{"replay[].events[].chance", "number", "as in events.csv"},
    JsonKey{"replay[].measures.<measure>.value", "text or number", "at the end, or over the run; of a date when it came"},
    JsonKey{"replay[].measures.<measure>.course", "list of numbers", "of a series: at each moment"},
    JsonKey{"replay[].digest", "text", "hash of all values of this run: that of `run --first-run N --runs 1`"},
};

constexpr std::array sweep_summary_keys{
    format_key, title_key, scenario_key, variant_key, seed_key,
    JsonKey{"design", "text", "`grid`, `sobol`, `latin` or `points`"},
    JsonKey{"factors", "list of texts", "what is varied"},
    JsonKey{"points", "number", "points of the design"},
    replicates_key, pairing_key,
    JsonKey{"weighted", "truth", "the points have weights, which count in the means"},
    JsonKey{"runs", "number", "runs that are there"},
    failures_key, digest_key, headline_key,
    JsonKey{"outcomes.<outcome>.unit", "text", "its unit"},
    JsonKey{"outcomes.<outcome>.about", "text", "what it stands for"},
    JsonKey{"outcomes.<outcome>.rule", "text", "how it is made of a measure, where that is not plain"},
    JsonKey{"outcomes.<outcome>.points", "number", "points that have a mean"},
    JsonKey{"outcomes.<outcome>.mean", "number", "mean over the points"},
    JsonKey{"outcomes.<outcome>.min.mean", "number", "the least mean of a point"},
    JsonKey{"outcomes.<outcome>.min.point", "number", "which point that is"},
    JsonKey{"outcomes.<outcome>.min.at.<factor>", "number", "its values"},
    JsonKey{"outcomes.<outcome>.max.mean", "number", "the greatest"},
    JsonKey{"outcomes.<outcome>.max.point", "number", "which point that is"},
    JsonKey{"outcomes.<outcome>.max.at.<factor>", "number", "its values"},
    JsonKey{"outcomes.<outcome>.noise_share", "number", "share of the variance of single runs that is chance"},
    JsonKey{"outcomes.<outcome>.noise_share_interval", "[low, high]", "its interval"},
    JsonKey{"outcomes.<outcome>.infinite", "number", "runs in which it is infinite"},
    by_row_key,
    JsonKey{"by_point[].point", "number", "of each point, where they are not too many: its number"},
    JsonKey{"by_point[].at.<factor>", "number", "its values"},
    JsonKey{"by_point[].outcomes.<outcome>.n", "number", "its runs that have a value"},
    JsonKey{"by_point[].outcomes.<outcome>.mean", "number", "their mean"},
    JsonKey{"by_point[].outcomes.<outcome>.standard_error", "number", "of the mean"},
};

constexpr std::array calibration_summary_keys{
    format_key, title_key, scenario_key, variant_key, seed_key,
    JsonKey{"method", "text", "`abc` or `likelihood`"},
    until_key,
    JsonKey{"particles", "number", "draws from the posterior"},
    JsonKey{"effective", "number", "their effective number (Kish)"},
    JsonKey{"runs", "number", "runs that were made"},
    JsonKey{"runs_at_most", "number", "runs that were allowed; 0: as many as it takes"},
    JsonKey{"end", "text", "why it ended"},
    digest_key, headline_key,
    JsonKey{"parameters.<parameter>.unit", "text", "its unit"},
    JsonKey{"parameters.<parameter>.prior", "object", "before the record", "ninety"},
    JsonKey{"parameters.<parameter>.prior.distribution", "text", "as it is written"},
    JsonKey{"parameters.<parameter>.posterior", "object", "after it", "ninety"},
    JsonKey{"parameters.<parameter>.posterior.mean", "number", "mean"},
    JsonKey{"parameters.<parameter>.posterior.sd", "number", "standard deviation"},
    JsonKey{"parameters.<parameter>.contraction", "number", "share of the prior's variance that the record took away"},
    JsonKey{"parameters.<parameter>.shift", "number", "of the mean, in the prior's standard deviations"},
    JsonKey{"parameters.<parameter>.informed", "truth", "the record says something of it"},
    JsonKey{"parameters.<parameter>.pressed_against", "text", "`low` or `high`: the end of the prior at which the posterior lies"},
    JsonKey{"pairs[].parameters", "list of texts", "two parameters"},
    JsonKey{"pairs[].correlation", "number", "of their posteriors"},
    JsonKey{"record[].summary", "text", "something on record"},
    JsonKey{"record[].unit", "text", "its unit"},
    JsonKey{"record[].record", "number", "its value on record"},
    JsonKey{"record[].prior", "object", "over runs at draws of the prior", "ninety"},
    JsonKey{"record[].posterior", "object", "over runs at draws of the posterior", "ninety"},
    JsonKey{"record[].prior_chance", "number", "twice the smaller share of runs that give as little, or as much"},
    JsonKey{"record[].posterior_chance", "number", "the posterior's"},
    JsonKey{"record[].beyond_prior", "truth", "no run of the prior went as far"},
    JsonKey{"left_out", "list of texts", "what of the record can't be used, and why"},
    JsonKey{"findings", "list of texts", "what is to be said of it, in words"},
    JsonKey{"generations[].tolerance", "number", "abc: greatest distance that was accepted"},
    JsonKey{"generations[].failed", "number", "abc: runs that failed"},
    JsonKey{"generations[].temperature", "number", "likelihood: its power, from 0 to 1"},
    JsonKey{"generations[].filter_runs", "number", "likelihood: runs of each filter"},
    JsonKey{"generations[].runs", "number", "runs made for it"},
    JsonKey{"generations[].acceptance", "number", "share of proposals that were accepted"},
    JsonKey{"generations[].effective", "number", "effective size"},
    JsonKey{"generations[].log_evidence", "number", "likelihood: logarithm of the evidence up to it"},
    JsonKey{"log_evidence", "number", "likelihood: logarithm of the evidence of the record, nats"},
    JsonKey{"log_evidence_error", "number", "its standard error"},
    JsonKey{"distinct", "number", "likelihood: draws that differ"},
};

constexpr std::array evidence_summary_keys{
    format_key,
    JsonKey{"variants[].variant", "text", "a variant; empty: as written"},
    JsonKey{"variants[].log_evidence", "number", "logarithm of the evidence of the record, nats"},
    JsonKey{"variants[].log_evidence_error", "number", "its standard error"},
    JsonKey{"variants[].bayes_factor", "number", "against the first"},
    JsonKey{"variants[].folder", "text", "where its fit lies"},
};

constexpr std::array rank_summary_keys{
    format_key, title_key, scenario_key, seed_key,
    JsonKey{"method", "text", "`abc` or `likelihood`"},
    until_key,
    JsonKey{"particles", "number", "draws of each fit"},
    JsonKey{"fits", "number", "records that were simulated and fitted"},
    JsonKey{"without_fit", "number", "of these, those of which nothing could be fitted"},
    JsonKey{"effective", "number", "effective size, on average"},
    JsonKey{"draws", "number", "draws among which a truth is ranked"},
    digest_key,
    JsonKey{"parameters.<parameter>.counts", "list of numbers", "ranks of the truths, in bins"},
    JsonKey{"parameters.<parameter>.expected", "number", "in each bin, where all is right"},
    JsonKey{"parameters.<parameter>.band", "[low, high]", "99 % of what a bin may hold then"},
    JsonKey{"parameters.<parameter>.chance", "number", "of as uneven ranks where all is right"},
    JsonKey{"parameters.<parameter>.held", "number", "share of fits whose 90 % interval holds the truth"},
    JsonKey{"parameters.<parameter>.held_interval", "[low, high]", "its interval"},
    JsonKey{"findings", "list of texts", "what is to be said of it, in words"},
};

constexpr std::array snapshot_summary_keys{
    format_key,
    JsonKey{"snapshot", "text", "the file"},
    JsonKey{"bytes", "number", "its size"},
    JsonKey{"tick", "number", "the tick at which runs stopped"},
    JsonKey{"when", "text", "its first day"},
    JsonKey{"runs", "number", "runs in it"},
    JsonKey{"runs_failed", "number", "of these, those that failed"},
    JsonKey{"runs_with_series", "number", "whose series so far are in it"},
    JsonKey{"seconds", "number", "time that the runs took"},
};

constexpr std::array all_formats{
    JsonFormat{file_format::problems, "check --json; and what any command prints under --json when it ends with an error", problems_keys},
    JsonFormat{file_format::run_summary, "run: --json, summary.json", run_summary_keys},
    JsonFormat{file_format::replay, "run --replay … --json", replay_keys},
    JsonFormat{file_format::snapshot_summary, "run --until … --json", snapshot_summary_keys},
    JsonFormat{file_format::sweep_summary, "sweep: --json, summary.json", sweep_summary_keys},
    JsonFormat{file_format::sensitivity_summary, "sensitivity: --json, summary.json", sensitivity_summary},
    JsonFormat{file_format::comparison_summary, "compare: --json, summary.json", comparison_summary},
    JsonFormat{file_format::calibration_summary, "calibrate: --json, summary.json", calibration_summary_keys},
    JsonFormat{file_format::evidence_summary, "calibrate --variants: --json", evidence_summary_keys},
    JsonFormat{file_format::rank_summary, "calibrate --sbc: --json, summary.json", rank_summary_keys},
    JsonFormat{file_format::score_summary, "score: --json, summary.json", score_summary},
    JsonFormat{file_format::condition_summary, "condition: --json, summary.json", condition_summary},
    JsonFormat{file_format::run_manifest, "manifest.json of run and condition", run_manifest},
    JsonFormat{file_format::study_manifest, "manifest.json of sweep, sensitivity, compare, score and calibrate", study_manifest},
};

}  // namespace

std::span<const JsonPart> json_parts() {
    return parts;
}

std::span<const JsonFormat> json_formats() {
    return all_formats;
}

}  // namespace entente
