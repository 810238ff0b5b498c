/// The answer first: of the measures that a scenario is about, the numbers that answer its question, each with how sure it is, and a sentence. Terminal,
/// summary.json, pages and Python say it from here, so that all give one answer.
///
/// Every number is one of the tables': a share or median of runs, a mean of an alternative or a point, an index. Nothing is estimated for it alone.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <entente/base/statistics.hpp>
#include <entente/inference/score_pool.hpp>
#include <entente/scenario/labels.hpp>
#include <entente/summary/calibration_summary.hpp>
#include <entente/summary/comparison_summary.hpp>
#include <entente/summary/condition_summary.hpp>
#include <entente/summary/ensemble_summary.hpp>
#include <entente/summary/sensitivity_report.hpp>
#include <entente/summary/sweep_summary.hpp>

namespace entente {

struct HeadlineNumber {
    std::string of;        ///< whose it is: an alternative, a point, a factor, a row; "" of runs alone
    std::string number;    ///< to be set large, with its unit: `42 %`, `0.61`, `1,420 people`, `17 Aug 2022`; `–` where there is none
    std::string interval;  ///< how sure it is: `95 % interval 39–45 %`, `5–95 % of runs 0.31–0.49`; "" where nothing is known of that
    std::string apart;     ///< beside the first: `5.5 percentage points lower (95 % interval 4.2–6.9)`, `not told apart`; "" where nothing is compared
    double value = nan;    ///< the same as numbers, as tables have them; shares from 0 to 1
    double low = nan;
    double high = nan;
};

/// A share of runs with its interval.
HeadlineNumber share_number(double share, const Interval& interval, double confidence = 0.95);

struct Headline {
    std::string measure;                  ///< its name; "" of what is no measure: parameters, scores
    std::string figure;                   ///< what the figure of it is called, for people: its measure's label, or its outcome's
    std::string says;                     ///< what follows a number: `of runs: Moscow recognises the government in Kabul by 27 Dec 2025`
    std::vector<HeadlineNumber> numbers;  ///< never empty; of comparisons the baseline's first
    std::string sentence;                 ///< all of it, to be read alone
};

/// Of an ensemble: the share of runs in which a date comes, with its interval and median; of a series the median at the end, of other values that over the
/// whole run, with the range of the runs; of levels the one on which most runs are; of a measure by row the greatest rows. One run has its value.
std::vector<Headline> run_headline(const Results& results, const Summary& summary);

/// What each alternative does: of a date its share of runs, of levels the share on the one on which most runs of the baseline are, of other measures the
/// mean, and whether that is told apart from the baseline's. Of measures that are not compared nothing; where all are such, of the first outcome.
std::vector<Headline> comparison_headline(const ComparedRuns& runs, const Comparison& comparison);

/// Over the points: where its mean (of a date its share of runs) is least and greatest, and whether these two are told apart. Of measures of which no outcome
/// is told nothing; where all are such, of the first outcome.
std::vector<Headline> sweep_headline(const StudyValues& values, const Study& study, const NameLabels& labels, const SweepSummary& summary);

/// What drives it: the three factors with the greatest indices, and which of them are not told apart from the first. Measures as in a sweep.
std::vector<Headline> sensitivity_headline(const SensitivityReport& report);

/// Given the record: of those measures that have a course their medians where it ends; of the first of all where none of the headline's has one.
std::vector<Headline> condition_headline(const ConditionSummary& summary);

/// The three parameters of which the record says most: medians of the posterior with its central 90 %.
std::vector<Headline> calibration_headline(const CalibrationSummary& summary, const NameLabels& labels);

/// The skill against each baseline, of all items together or of the first group, with the verdict on it. Empty where nothing is scored against any.
std::vector<Headline> score_headline(const ScorePool& pool);

}  // namespace entente
