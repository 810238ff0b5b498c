/// A small study whose values can be told from where they stand, and what is asked of it.
#pragma once

#include <vector>

#include <entente/store/study_folder.hpp>
#include <entente/store/study_values.hpp>
#include <entente/study/recorder.hpp>

#include "worlds.hpp"

namespace entente::sample {

/// One tick; `sum` is 100 gain + shift, `late` comes where gain > 0.5, `luck` differs between replicates, `yearly` is 7 each year.
inline const char* const study_text = R"yaml(
title: What gain and shift do
calendar: {start: 2020-07-01, end: 2021-06-30, step: month}
parameters:
  gain: {value: 0.5, range: [0, 10]}
  shift: {value: 0, range: [-9, 9]}
agents:
  state: {fields: {x: 0, luck: 0}, members: {a: {}}}
steps:
  - rule: add
    on: state
    do: ["x = 100 * gain + shift", "luck = uniform()", "x = x / (1 if gain < 9 else 0)"]
measures:
  sum: {value: "state[a].x", unit: points, about: of both}
  late: "first(state[a].x > 50 and tick >= 3)"
  luck: "state[a].luck"
  yearly: {value: "total(state[a].x - state[a].x + 1)", per: year}
)yaml";

inline StudyRecord study_record(std::int64_t replicates) {
    StudyRecord record;
    record.identity = {.command = "sweep",
                       .scenario = {.entente = "0.1.0", .scenario_hash = "aaaa", .variant = {}, .settings = {}, .seed = 1, .runs = 0, .first_run = 0},
                       .factors = {"gain", "shift"},
                       .alternatives = {""}};
    record.design = "grid";
    record.history = {3};
    record.replicates = replicates;
    record.scenario = "sample.yaml";
    record.title = "What gain and shift do";
    record.command = {"entente", "sweep", "sample.yaml"};
    return record;
}

/// The model, and three points of it.
struct SampleStudy {
    SampleStudy() : scenario(test::scenario_of(study_text)), model(compile(scenario, {.varied = {ParameterId{0}, ParameterId{1}}})) {
        study = {{&model}, {ParameterId{0}, ParameterId{1}}, {{"gain", "shift"}, {0.25, 1, 0.5, 2, 0.75, 3}}};
    }
    Scenario scenario;
    Model model;
    Study study;
};

inline void make(StudyFolder& folder, const Study& study, const std::vector<Tile>& tiles) {
    std::int64_t next = 0;
    make_tiles(study, tiles, {.threads = 1}, [&] { return next < std::ssize(tiles) ? next++ : std::int64_t{-1}; },
               [&](std::int64_t number, const TileResults& made) { folder.keep(tiles[static_cast<std::size_t>(number)], made); });
    folder.take_up();
}

inline StudyValues values_of(const StudyFolder& folder, const Study& study) { return {folder, study, empty_results(*study.models.front(), 0, 0)}; }

}  // namespace entente::sample
