// What the program embeds in a page, as JSON: everything counted and estimated already, so that the page only draws. Each interface is the struct of
// that name in engine/report/page_data.hpp or what it includes, member for member in the same order.
//
// Numbers are rounded to what can be seen (five significant digits); null stands where there is none. A point in time is an
// ISO date in a dated calendar, the number of a tick in an undated one. All texts are as the scenario's author wrote them.

import type { CalibrationData } from "./calibration_data";
import type { EnsembleData } from "./ensemble_data";
import type { ScenarioData } from "./scenario_data";
import type { ComparisonData, ScoreData, SensitivityData, SweepData } from "./studies_data";
import type { StudyRunsData } from "./study_runs_data";

export type Moment = string | number;
export type Numbers = (number | null)[];

export interface Report {
    format: "entente-report/1";
    kind: "run" | "sweep" | "sensitivity" | "compare" | "condition" | "calibrate" | "score" | "describe";
    title: string;
    /** The question: the scenario's `about`. */
    about: string;
    /** Whether moments are dates. */
    dated: boolean;
    /** Horizon, runs, seed, cost and the like, in the order in which they shall stand. */
    facts: Labelled[];
    /** What the scenario is about, the foremost first; none of a model description. */
    headline: HeadlineData[];
    /** Findings, in plain sentences. */
    findings: string[];
    provenance: Provenance;
    scenario: ScenarioData;
    /** Of a model description: the parts of the ODD protocol before the submodels, in Markdown. */
    odd?: OddPart[];
    ensemble?: EnsembleData;
    sweep?: SweepData;
    sensitivity?: SensitivityData;
    comparison?: ComparisonData;
    /** Of a sweep, a sensitivity analysis or a comparison. */
    study_runs?: StudyRunsData;
    score?: ScoreData;
    calibration?: CalibrationData;
}

/** Numbers in equal steps from `low` to `high`, deflated, in base64: engine/report/packed.hpp says how, packed.ts reads them. */
export interface PackedNumbers {
    low: number;
    high: number;
    count: number;
    /** Bytes a number: 1 or 2. */
    width: number;
    bytes: string;
}

export interface Labelled {
    label: string;
    value: string;
}

export interface OddPart {
    title: string;
    markdown: string;
}

/** A number that answers the question, to be set large. */
export interface HeadlineNumber {
    /** Whose it is: an alternative, a point, a factor, a row; "" of runs alone. */
    of: string;
    /** With its unit: `42 %`, `0.61`, `1,420 people`, `17 Aug 2022`; `–` where there is none. */
    number: string;
    /** How sure it is: `95 % interval 39–45 %`, `5–95 % of runs 0.31–0.49`; "" where nothing is known of that. */
    interval: string;
    /** Beside the first: `5.5 percentage points lower (…)`, `not told apart`; "" where nothing is compared. */
    apart: string;
    /** The same as numbers, as the figures have them; shares from 0 to 1. */
    value: number | null;
    low: number | null;
    high: number | null;
}

/** A measure that the scenario is about. */
export interface HeadlineData {
    /** What its figure is called, among series, dates, scalars, rows or outcomes. */
    measure: string;
    /** Behind a number: `of runs: Moscow recognises the government in Kabul by 27 Dec 2025`. */
    says: string;
    /** Of comparisons the baseline's first. */
    numbers: HeadlineNumber[];
    /** All of it, to be read alone. */
    sentence: string;
}

export interface Provenance {
    /** Version, hash of the scenario, seed, digest, machine … */
    entries: Labelled[];
    /** What makes these results again. */
    command: string;
    /** For a paper's list of references. */
    citation: string;
}
