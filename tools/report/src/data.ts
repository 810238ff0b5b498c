// What the program embeds in a page, as JSON: everything counted and estimated already, so that the page only draws. Each interface is the struct of
// that name in engine/report/page_data.hpp or what it includes, member for member in the same order.
//
// Numbers are rounded to what can be seen (five significant digits); null stands where there is none. A point in time is an
// ISO date in a dated calendar, the number of a tick in an undated one. All texts are as the scenario's author wrote them.

import type { CalibrationData } from "./calibration_data";
import type { EnsembleData } from "./ensemble_data";
import type { ScenarioData } from "./scenario_data";
import type { ComparisonData, ScoreData, SensitivityData, SweepData } from "./studies_data";

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

export interface Provenance {
    /** Version, hash of the scenario, seed, digest, machine … */
    entries: Labelled[];
    /** What makes these results again. */
    command: string;
    /** For a paper's list of references. */
    citation: string;
}
