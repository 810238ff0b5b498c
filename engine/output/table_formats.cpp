#include <entente/output/table_formats.hpp>

#include <array>
#include <cassert>

#include <entente/base/wording.hpp>

namespace entente {

namespace {

using enum Presence;

// -- what several tables have ---------------------------------------------------------------------------------------------------------------

constexpr TableColumn run_column{"run", "number", "the run, from 0 on in its folder; in `run` the number that --first-run takes"};
constexpr TableColumn alternative_column{"alternative", "text", "the alternative, as `compare` names it", sometimes};
constexpr TableColumn point_column{"point", "number", "the point, a row of design.csv", sometimes};
constexpr TableColumn replicate_column{"replicate", "number", "the run as which it drew: rows of one replicate share their luck; of points with luck of their own, counted from 0 at each"};
constexpr TableColumn drawn_as_column{"drawn_as", "number", "the run as which it drew, where points or alternatives have luck of their own (--unpaired)", sometimes};
constexpr TableColumn status_column{"status", "text", "`ok`, or `failed`: what came before the failure is there, the rest is empty"};
constexpr TableColumn factor_column_of_runs{"<factor>", "of the parameter", "the value of each varied parameter or start; `parameter_<factor>` where another column has its name", each};
constexpr TableColumn kind_column{"kind", "text", "the kind of agents or links of the row"};
constexpr TableColumn row_column{"row", "text", "the row: `syria`, `russia -> afghanistan`"};
constexpr TableColumn source_column{"source", "text", "of a link, where it begins; a column where one of the kinds is of links", sometimes};
constexpr TableColumn target_column{"target", "text", "of a link, where it ends", sometimes};
constexpr TableColumn measure_of_run{"<measure>", "of the measure",
                                     "a series: its value at the end; a date: the day, or in a calendar without dates the tick, empty where it did not come; else its value over the run", each};
constexpr TableColumn measure_of_year{"<measure>[<year>]", "of the measure", "with `per: year`, the value of each calendar year", beside};
constexpr TableColumn runs_of_point{"runs", "runs", "runs made at the point"};
constexpr TableColumn failed_of_point{"failed", "runs", "of these, those that failed"};
constexpr TableColumn outcome_mean{"<outcome>", "of the outcome", "its mean over the runs of the point", each};
constexpr TableColumn outcome_error{"<outcome>_se", "of the outcome", "the standard error of that mean; empty below two runs", beside};
constexpr TableColumn weight_column{"weight", "share", "the weight of the point", sometimes};
constexpr TableColumn point_number{"point", "number", "the point, from 0"};

// -- runs -----------------------------------------------------------------------------------------------------------------------------------

constexpr std::array runs_table{run_column, alternative_column, point_column, replicate_column, drawn_as_column, status_column, factor_column_of_runs, measure_of_run, measure_of_year};
constexpr std::array rows_table{run_column, alternative_column, point_column, replicate_column, drawn_as_column, status_column, factor_column_of_runs,
                                kind_column, row_column, source_column, target_column, measure_of_run, measure_of_year};
constexpr std::array levels_table{
    TableColumn{"measure", "text", "a measure of a field with levels"},
    TableColumn{"row", "text", "the row of a measure with `on`; empty of one of the world"},
    TableColumn{"date", "date", "when, over time; empty of a year and of the end of the run; in a calendar without dates the tick"},
    TableColumn{"year", "year", "the year, of `per: year`; else empty"},
    TableColumn{"level", "text", "the level's name"},
    TableColumn{"value", "number", "its number, from 0"},
    TableColumn{"share", "share", "of runs that are on it then"},
};
constexpr std::array events_table{
    run_column,
    TableColumn{"tick", "ticks", "the tick in which it happened, from 0"},
    TableColumn{"date", "date", "the tick's first day; empty in a calendar without dates"},
    TableColumn{"event", "text", "the event's name"},
    TableColumn{"on", "text", "the row on which it happened"},
    TableColumn{"count", "number", "how often"},
    TableColumn{"cameo", "text", "its CAMEO code, as text: `074`"},
    TableColumn{"goldstein", "number", "its Goldstein weight"},
    TableColumn{"cause", "text", "`drawn`; `timeline` where the scenario's timeline made it happen; `conditioned` where runs went by the record"},
    TableColumn{"chance", "probability", "of what was drawn, the chance that it had in that tick; of a `count` how many were expected"},
};

// -- points ---------------------------------------------------------------------------------------------------------------------------------

constexpr std::array design_table{point_number, factor_column_of_runs, weight_column};
constexpr std::array points_table{point_number, factor_column_of_runs, runs_of_point, failed_of_point, outcome_mean, outcome_error};
constexpr std::array point_rows_table{point_number, factor_column_of_runs, runs_of_point, failed_of_point, kind_column, row_column, source_column, target_column, outcome_mean, outcome_error};
constexpr std::array indices_table{
    TableColumn{"outcome", "text", "the outcome"},
    TableColumn{"factor", "text", "the factor, a group's name, or two of them as `a:b`"},
    TableColumn{"index", "text", "Sobol: `first` (Saltelli 2010), `first_jansen`, `total`, `second`; Morris: `mu`, `mu_star`, `sigma`"},
    TableColumn{"estimate", "share, or of the outcome", "its estimate: a share of the variance, or of Morris's the effect of the whole range"},
    TableColumn{"low", "as the estimate", "lower end of its bootstrap interval; empty where there is none"},
    TableColumn{"high", "as the estimate", "upper end"},
};

// -- alternatives ---------------------------------------------------------------------------------------------------------------------------

constexpr std::array differences_table{
    TableColumn{"outcome", "text", "the outcome"},
    TableColumn{"alternative", "text", "the alternative that is compared with the baseline"},
    TableColumn{"mean_baseline", "of the outcome", "the baseline's mean over the runs that both have"},
    TableColumn{"mean", "of the outcome", "the alternative's"},
    TableColumn{"difference", "of the outcome", "the alternative's mean less the baseline's"},
    TableColumn{"low", "of the outcome", "lower end of its interval"},
    TableColumn{"high", "of the outcome", "upper end"},
    TableColumn{"pairing", "text", "`paired`: runs that share their luck are subtracted; or `unpaired`"},
    TableColumn{"variance_reduction", "ratio", "how many times more independent runs would give the same precision; empty of unpaired ones"},
    TableColumn{"n", "pairs or runs", "pairs, or of unpaired ones the alternative's runs"},
    TableColumn{"excluded", "pairs or runs", "left out, for one of them failed or has no value"},
};
constexpr std::array curves_table{
    TableColumn{"measure", "text", "a measure that is a date"},
    TableColumn{"alternative", "text", "the alternative, the baseline among them"},
    TableColumn{"tick", "ticks", "when the share steps up"},
    TableColumn{"date", "date", "the tick's first day; empty in a calendar without dates"},
    TableColumn{"share", "share", "of runs in which it has come by then (Kaplan and Meier's estimate)"},
    TableColumn{"low", "share", "lower end of its interval"},
    TableColumn{"high", "share", "upper end"},
};
constexpr std::array courses_table{
    TableColumn{"date", "date", "the moment; in a calendar without dates the tick"},
    TableColumn{"measure", "text", "a measure that is a series"},
    TableColumn{"alternative", "text", "the alternative, the baseline among them"},
    TableColumn{"mean", "of the measure", "its mean over the runs then"},
    TableColumn{"difference", "of the measure", "that less the baseline's; empty of the baseline itself"},
    TableColumn{"low", "of the measure", "lower end of its interval"},
    TableColumn{"high", "of the measure", "upper end"},
};

// -- scores ---------------------------------------------------------------------------------------------------------------------------------

constexpr std::array scores_table{
    TableColumn{"group", "text", "the items: `all`, dates, a measure, …"},
    TableColumn{"rule", "text", "`brier`, `log`, `date_crps`, `crps` or `interval`; of all of them less is better"},
    TableColumn{"items", "items", "scored by the rule"},
    TableColumn{"score", "of the rule", "their mean score"},
    TableColumn{"baseline", "text", "what it is held against; empty, and all behind it, where there is nothing"},
    TableColumn{"clusters", "clusters", "clusters of items, which are resampled as one"},
    TableColumn{"score_of_both", "of the rule", "the mean score over the items that the baseline forecasts too"},
    TableColumn{"baseline_score", "of the rule", "the baseline's"},
    TableColumn{"skill", "share", "1 less the ratio of the two"},
    TableColumn{"skill_low", "share", "lower end of its interval"},
    TableColumn{"skill_high", "share", "upper end"},
    TableColumn{"gain", "of the rule", "the baseline's score less the forecast's"},
    TableColumn{"gain_low", "of the rule", "lower end of its interval"},
    TableColumn{"gain_high", "of the rule", "upper end"},
    TableColumn{"verdict", "text", "`better`, `worse` or `undecided`: whether the interval of the gain leaves 0 out"},
};
constexpr std::array items_table{
    TableColumn{"item", "text", "what is on record: a measure, a row of it, a year, an event on a row"},
    TableColumn{"group", "text", "the group in which it is pooled"},
    TableColumn{"cluster", "text", "the cluster that is resampled with it"},
    TableColumn{"since", "date", "the origin: the forecast knows what came before"},
    TableColumn{"until", "date", "the end of the window"},
    TableColumn{"record", "text", "what the record says: a date, `never`, a number"},
    TableColumn{"came", "0 or 1", "1 where it came in the window, 0 where not; or the number, where that is 0 or 1; else empty"},
    TableColumn{"value", "of the measure", "the number on record; empty of dates"},
    TableColumn{"chance", "share", "the forecast's chance that it comes, or is 1; of other numbers empty"},
    TableColumn{"median", "of the measure, or ticks", "the forecast's median; of a date the moment by which it had come in half of the runs"},
    TableColumn{"low", "of the measure", "lower end of its central 90 %; empty of dates"},
    TableColumn{"high", "of the measure", "upper end"},
    TableColumn{"pit_low", "share", "where the record lies among the runs (probability integral transform): share below it"},
    TableColumn{"pit_high", "share", "share below or at it"},
};
constexpr std::array item_scores_table{
    TableColumn{"item", "text", "as in items.csv"},
    TableColumn{"since", "date", "the origin"},
    TableColumn{"forecast", "text", "`runs`, or the baseline"},
    TableColumn{"chance", "share", "its chance that the item comes"},
    TableColumn{"brier", "score", "Brier score of that chance"},
    TableColumn{"log", "nats", "logarithmic score of the quarter in which it came, or of the 0 or 1"},
    TableColumn{"date_crps", "share of the window", "continuous ranked probability score of the date"},
    TableColumn{"crps", "of the measure", "that of the number"},
    TableColumn{"interval", "of the measure", "interval score of the central 90 %"},
};
constexpr std::array reliability_table{
    TableColumn{"low", "share", "lower end of the bin of forecast chances"},
    TableColumn{"high", "share", "upper end"},
    TableColumn{"items", "items", "in it"},
    TableColumn{"mean_chance", "share", "their mean forecast chance"},
    TableColumn{"share", "share", "of them that came"},
    TableColumn{"consistent_low", "share", "lower end of what that share may be where all chances are right"},
    TableColumn{"consistent_high", "share", "upper end"},
};

// -- fits -----------------------------------------------------------------------------------------------------------------------------------

constexpr std::array posterior_table{
    TableColumn{"point", "number", "the draw, from 0"},
    TableColumn{"<factor>", "of the parameter", "the value of each fitted parameter or start", each},
    TableColumn{"weight", "share", "the draw's weight; they sum to 1"},
};
constexpr TableColumn generation_column{"generation", "number", "from 0"};
constexpr TableColumn acceptance_column{"acceptance", "share", "of proposals that were accepted"};
constexpr TableColumn effective_column{"effective", "draws", "effective size of the sample (Kish)"};
constexpr std::array generations_table{
    generation_column,
    TableColumn{"tolerance", "distance", "greatest distance that was accepted; empty of the prior's own sample"},
    TableColumn{"runs", "runs", "made for it"},
    TableColumn{"failed", "runs", "of these, those that failed"},
    acceptance_column,
    effective_column,
};
constexpr std::array tempered_generations_table{
    generation_column,
    TableColumn{"temperature", "share", "power of the likelihood, from 0, the prior, to 1, the posterior"},
    TableColumn{"filter_runs", "runs", "of each particle filter"},
    TableColumn{"runs", "runs", "made for it"},
    acceptance_column,
    effective_column,
    TableColumn{"log_evidence", "nats", "logarithm of the evidence up to it"},
};
constexpr std::array predicted_table{
    TableColumn{"summary", "text", "what of the record is compared"},
    TableColumn{"unit", "text", "its unit"},
    TableColumn{"record", "of the summary", "its value on record"},
    TableColumn{"prior_median", "of the summary", "median over runs at draws of the prior"},
    TableColumn{"prior_q05", "of the summary", "their 5 % quantile"},
    TableColumn{"prior_q95", "of the summary", "their 95 % quantile"},
    TableColumn{"posterior_median", "of the summary", "the same at draws of the posterior"},
    TableColumn{"posterior_q05", "of the summary", "5 %"},
    TableColumn{"posterior_q95", "of the summary", "95 %"},
    TableColumn{"prior_chance", "share", "twice the smaller share of the prior's runs that give as little, or as much: small where they disagree with the record (Box 1980)"},
    TableColumn{"posterior_chance", "share", "the posterior's"},
};
constexpr std::array scales_table{
    generation_column,
    TableColumn{"summary", "text", "what of the record is compared"},
    TableColumn{"scale", "of the summary", "what its distance is divided by (Prangle 2017)"},
};
constexpr std::array ranks_table{
    TableColumn{"fit", "number", "the simulated record that was fitted, from 0"},
    TableColumn{"parameter", "text", "the parameter"},
    TableColumn{"truth", "of the parameter", "its value at which the record was simulated"},
    TableColumn{"rank", "draws", "draws of the posterior below the truth; empty where nothing could be fitted"},
    TableColumn{"of", "draws", "how many were drawn"},
    TableColumn{"mean", "of the parameter", "of the posterior"},
    TableColumn{"sd", "of the parameter", "its standard deviation"},
    TableColumn{"q05", "of the parameter", "its 5 % quantile"},
    TableColumn{"q95", "of the parameter", "its 95 % quantile"},
};

// -- through the record ---------------------------------------------------------------------------------------------------------------------

constexpr TableColumn time_column{"time", "date", "the end of the tick; in a calendar without dates its number"};
constexpr std::array record_chances_table{
    time_column,
    TableColumn{"what", "text", "`event`: it happened; `silence`: no event over some ticks; `number`: a number was observed"},
    TableColumn{"name", "text", "the event or measure"},
    TableColumn{"row", "text", "the row on which it happened; empty of the world"},
    TableColumn{"value", "of the measure", "the number on record; empty of events"},
    TableColumn{"ticks", "ticks", "how many it is about"},
    TableColumn{"log_chance", "nats", "logarithm of its chance, or of a number its density, given all of the record before"},
};
constexpr std::array moments_table{
    time_column,
    TableColumn{"log_likelihood", "nats", "of the record up to then"},
    TableColumn{"effective_runs", "runs", "effective number of runs (Kish) before they are drawn anew"},
    TableColumn{"redrawn", "0 or 1", "1: they were drawn anew by their weights"},
};
constexpr std::array filtered_table{
    time_column,
    TableColumn{"<measure>", "of the measure", "its mean, given the record up to then", each},
    TableColumn{"<measure>_q05", "of the measure", "its 5 % quantile", beside},
    TableColumn{"<measure>_q25", "of the measure", "25 %", beside},
    TableColumn{"<measure>_q50", "of the measure", "50 %", beside},
    TableColumn{"<measure>_q75", "of the measure", "75 %", beside},
    TableColumn{"<measure>_q95", "of the measure", "95 %", beside},
};

constexpr std::array all_tables{
    TableFormat{ResultTable::runs, "runs.csv", "run, sweep, sensitivity, compare", "a run", runs_table},
    TableFormat{ResultTable::rows, "rows.csv", "run, sweep, sensitivity, compare; where measures have `on`", "a run and row of a kind; on rows of another kind a measure is empty", rows_table},
    TableFormat{ResultTable::levels, "levels.csv", "run; where fields that are measured have levels", "a level at a moment, in a year or at the end", levels_table},
    TableFormat{ResultTable::events, "events.csv", "run --events", "an event of a run", events_table},
    TableFormat{ResultTable::design, "design.csv", "sweep, sensitivity, score --posterior; what `--points` reads", "a point", design_table},
    TableFormat{ResultTable::points, "points.csv", "sweep, sensitivity", "a point", points_table},
    TableFormat{ResultTable::point_rows, "point_rows.csv", "sweep, sensitivity; where measures have `on`", "a point and row of a kind", point_rows_table},
    TableFormat{ResultTable::indices, "indices.csv", "sensitivity", "an index of a factor for an outcome", indices_table},
    TableFormat{ResultTable::differences, "differences.csv", "compare", "an outcome and alternative", differences_table},
    TableFormat{ResultTable::curves, "curves.csv", "compare; where measures are dates", "a step of a curve", curves_table},
    TableFormat{ResultTable::courses, "courses.csv", "compare; where measures are series", "a moment, measure and alternative", courses_table},
    TableFormat{ResultTable::scores, "scores.csv", "score", "a group of items and rule, against each baseline", scores_table},
    TableFormat{ResultTable::items, "items.csv", "score", "an item on record", items_table},
    TableFormat{ResultTable::item_scores, "item_scores.csv", "score", "an item and forecast", item_scores_table},
    TableFormat{ResultTable::reliability, "reliability.csv", "score", "a bin of chances", reliability_table},
    TableFormat{ResultTable::posterior, "posterior.csv", "calibrate; what `run --posterior` reads", "a draw", posterior_table},
    TableFormat{ResultTable::generations, "generations.csv", "calibrate --method abc", "a generation", generations_table},
    TableFormat{ResultTable::tempered_generations, "generations.csv", "calibrate --method likelihood", "a generation", tempered_generations_table},
    TableFormat{ResultTable::predicted, "record.csv", "calibrate", "something on record", predicted_table},
    TableFormat{ResultTable::scales, "scales.csv", "calibrate --method abc", "a generation and something on record", scales_table},
    TableFormat{ResultTable::ranks, "sbc.csv", "calibrate --sbc", "a fit and parameter", ranks_table},
    TableFormat{ResultTable::record_chances, "record.csv", "condition", "something on record", record_chances_table},
    TableFormat{ResultTable::moments, "moments.csv", "condition", "a tick", moments_table},
    TableFormat{ResultTable::filtered, "filtered.csv", "condition", "a tick", filtered_table},
};

}  // namespace

std::span<const TableFormat> table_formats() {
    return all_tables;
}

const TableFormat& format_of(ResultTable table) {
    const TableFormat& format = all_tables.at(static_cast<std::size_t>(table));
    assert(format.table == table);
    return format;
}

std::vector<std::string> table_columns(ResultTable table, const ColumnNames& names) {
    std::vector<std::string> columns;
    for (const TableColumn& column : format_of(table).columns) {
        if (column.presence == always) {
            columns.emplace_back(column.name);
        } else if (column.presence != beside) {
            const auto found = names(column.name);
            columns.insert(columns.end(), found.begin(), found.end());
        }
    }
    return columns;
}

std::string table_head(ResultTable table, const ColumnNames& names) {
    std::string line;
    for (const std::string& name : table_columns(table, names)) line += (line.empty() ? "" : ",") + csv_cell(name);
    return line + '\n';
}

std::string table_head(ResultTable table) {
    return table_head(table, [](std::string_view) -> std::vector<std::string> {
        assert(false);  // this table's columns differ
        return {};
    });
}

}  // namespace entente
