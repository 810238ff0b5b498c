/// A small ensemble made by hand: four runs of three weeks, the third of which failed in its second week.
#pragma once

#include <cmath>
#include <string>

#include <entente/store/run_record.hpp>
#include <entente/study/run_results.hpp>

namespace entente::sample {

inline constexpr double never = Results::missing;

inline Calendar three_weeks() {
    return Calendar::dated(*parse_date("2021-12-20"), *parse_step("week"), 3);
}

/// One measure of each form, one event, a failure.
inline Results ensemble() {
    using Form = MeasureInfo::Form;
    Results results;
    results.measures = {
        {.name = "trust",
         .form = Form::series,
         .unit = "1",
         .about = "trust of Russia in Kabul",
         .expression = "relation[russia, afghanistan].trust",
         .kind = {},
         .rows = {}},
        {.name = "incursions",
         .form = Form::scalar,
         .unit = "incursions",
         .about = {},
         .expression = "total(incursion)",
         .kind = {},
         .rows = {}},
        {.name = "recognised",
         .form = Form::date,
         .unit = {},
         .about = "first recognition",
         .expression = "first(standing >= 4)",
         .kind = {},
         .rows = {}},
        {.name = "aid", .form = Form::yearly, .unit = "t", .about = {}, .expression = "total(aid_shipment)", .kind = {}, .rows = {}},
        {.name = "alarm",
         .form = Form::series,
         .unit = "1",
         .about = {},
         .expression = "alarm",
         .kind = "relation",
         .rows = {"russia -> afghanistan", "afghanistan -> russia"},
         .sources = {"russia", "afghanistan"},
         .targets = {"afghanistan", "russia"}},
    };
    results.headline = {2, 0};
    results.calendar = three_weeks();
    results.years = {2021, 2022};
    results.runs = 4;
    results.seed = 7;
    results.final_values = {{0.25, 0.5, never, 0.75}, {3, 1, never, 2}, {2, never, never, 0}, {5, 7, never, 9}, {6, 7, 14, 15, never, never, 30, 31}};
    results.series = {{0.05, 0.1, 0.2, 0.25, 0.05, 0.1, 0.3, 0.5, 0.05, 0.1, never, never, 0.05, 0.1, 0.4, 0.75}, {}, {}, {}, {}};
    for (int value = 0; value < 32; ++value) results.series[4].push_back(value);
    results.series_runs = 4;
    results.yearly = {{}, {}, {}, {2, 3, 3, 4, never, never, 4, 5}, {}};
    results.failures = {{.run = 2,
                         .tick = 1,
                         .step = "trade",
                         .statement = "x = 1 / y",
                         .row = "russia",
                         .message = "stopped on 2021-12-27 in 'trade' on russia: `x = 1 / y` is inf (y = 0)"}};
    results.event_names = {"incursion"};
    results.event_kinds = {"border"};
    results.event_rows = {{"afghanistan -> tajikistan"}};
    results.event_cameo = {"190"};
    results.event_goldstein = {-10};
    results.event_totals = {6};
    results.log = {{.run = 0, .tick = 1, .event = 0, .row = 0, .count = 2, .chance = 0.25}, {.run = 3, .tick = 0, .event = 0, .row = 0, .count = 1, .cause = EventCause::timeline}};
    results.digest = "0123456789abcdef0123456789abcdef";
    results.seconds = 0.002;
    results.compile_seconds = 0.004;
    results.threads = 2;
    results.instruction_set = "AVX2";
    return results;
}

inline RunRecord record() {
    RunRecord record;
    record.identity = {
        .entente = "0.1.0", .scenario_hash = "aaaa", .variant = {}, .settings = {{"aid_rate", 0.5}}, .seed = 7, .runs = 4, .first_run = 0};
    record.scenario = "worlds/kabul.yaml";
    record.title = "Kabul's search";
    record.resolved = R"({"title": "Kabul's search"})";
    record.command = {"entente", "run", "worlds/kabul.yaml"};
    record.started = "2026-01-31T12:00:00Z";
    record.finished = "2026-01-31T12:00:01Z";
    return record;
}

}  // namespace entente::sample
