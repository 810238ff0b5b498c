// What the program embeds in a page, as JSON: everything counted and estimated already, so that the page only draws. Each interface is the struct of
// that name in engine/report/page_data.hpp, member for member in the same order.
//
// Numbers are rounded to what can be seen (five significant digits); null stands where there is none. A point in time is an
// ISO date in a dated calendar, the number of a tick in an undated one. All texts are as the scenario's author wrote them.

export type Moment = string | number;
export type Numbers = (number | null)[];

export interface Report {
    format: "entente-report/1";
    kind: "run" | "sweep" | "sensitivity" | "compare" | "describe";
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

// What an ensemble of runs says.

export interface EnsembleData {
    /** The moments that series are recorded at, unless a series has its own. */
    times: Moment[];
    series: SeriesData[];
    /** The numbers of the runs that series show one by one, as runs.csv has them. */
    single_runs: number[];
    /** As "* in part: 2021 from 2021-08-15", which explains years marked by a star; empty where all are whole. */
    years_in_part: string;
    dates: DateData[];
    /** Measures of which each run has one value. */
    scalars: ScalarData[];
    by_row: RowsData[];
    events: EventsData | null;
    network: NetworkData | null;
    /** As "Means over the first 250 of 10,000 runs.": what the network is means of. */
    means_over: string;
    /** As "Means over all 100 runs, without the 2 that failed.": what events are means of. */
    events_over: string;
    /** Why there are none, in a sentence; empty where there are, or where the scenario has none. */
    no_events: string;
    no_network: string;
    /** Which kinds of links are not in the network, in a sentence. */
    not_drawn: string;
}

export interface YearData {
    from: Moment;
    to: Moment;
    whole: boolean;
}

export interface LevelData {
    name: string;
    share: Numbers;
}

export interface SeriesData {
    name: string;
    about: string;
    unit: string;
    /** As "trust_of_all of each relation"; empty for measures that stand alone. */
    group: string;
    /** For measures by the year: their years' first and last days, and whether the calendar has all of the year. */
    years: YearData[] | null;
    mean: Numbers;
    /** Of one or two runs there is the median alone. */
    q05: Numbers;
    q25: Numbers;
    q50: Numbers;
    q75: Numbers;
    q95: Numbers;
    /** A few single runs: those of `single_runs`. */
    runs: Numbers[];
    observed: ObservedData[];
    /** Of a measure whose values have names: the share of runs on each. */
    levels: LevelData[];
}

/** A value of the record, for a day or (from–to) a stretch of time. */
export interface ObservedData {
    from: Moment;
    to: Moment;
    value: number;
    sd: number | null;
    source: string;
}

/** A Kaplan–Meier curve: at each of its steps the share in which it has come, with a pointwise 95 % interval. */
export interface CurveData {
    when: Moment[];
    share: number[];
    low: number[];
    high: number[];
}

export interface DateData {
    name: string;
    about: string;
    /** Share of runs in which it comes, with its 95 % interval; null where no run was watched to the end. */
    share: number | null;
    low: number;
    high: number;
    /** By when it had come in half of the runs. */
    median: Moment | null;
    /** 5 and 95 % quantiles of the dates of those runs in which it came. */
    q05: Moment | null;
    q95: Moment | null;
    curve: CurveData;
    observed: Moment | null;
}

/** The rows of a kind, and the measures on it. */
export interface RowsData {
    kind: string;
    rows: string[];
    measures: RowsMeasure[];
    /** That not all rows are here; empty where all are. */
    note: string;
}

/** A measure by row: lists by row. */
export interface RowsMeasure {
    name: string;
    about: string;
    unit: string;
    /** What the values and the curve are, in words. */
    what: string;
    /** Values are shares of runs, of a date. */
    is_share: boolean;
    values: Numbers;
    /** 5 % of the runs, or the low end of the share's 95 % interval. */
    low: Numbers;
    high: Numbers;
    /** Of dates: by when it had come in half of the runs; empty where in fewer. */
    when: string[];
    /** Over time, thinned; empty where there is none. */
    courses: Numbers[];
    /** The latest record; none where no row has one. */
    observed: string[];
    shares: string[];
}

export interface ScalarData {
    name: string;
    about: string;
    unit: string;
    mean: number | null;
    standard_error: number | null;
    q05: number | null;
    q50: number | null;
    q95: number | null;
    observed: number | null;
    /** Of a measure with levels how many runs are on each, in words, instead of the numbers before; else empty. */
    shares: string;
}

export interface EventRow {
    name: string;
    by_year: number[];
}

export interface EventData {
    name: string;
    /** The kind of agent or link on which it happens. */
    on: string;
    about: string;
    /** Mean number a run in each year. */
    by_year: number[];
    /** The same for each agent or pair, the most frequent first; at most 40. */
    rows: EventRow[];
}

export interface EventsData {
    /** "2021", "2021*" of a year in part, or, without dates, "year 0". */
    years: string[];
    events: EventData[];
}

export interface NetworkField {
    name: string;
    unit: string;
    about: string;
    /** The ends of its scale: its range, or where that is open the least and the greatest value. */
    low: number;
    high: number;
    /** Of each link, the mean over the runs at each of the times. */
    values: Numbers[];
}

export interface NetworkKind {
    name: string;
    /** Each link's two agents, by number. */
    links: [number, number][];
    fields: NetworkField[];
}

export interface NetworkData {
    agents: string[];
    times: Moment[];
    kinds: NetworkKind[];
}

// What studies of many points say.

export interface SweepFactor {
    name: string;
    unit: string;
    values: number[];
}

export interface SweepOutcome {
    name: string;
    about: string;
    unit: string;
    mean: Numbers;
    low: Numbers;
    high: Numbers;
}

export interface SweepData {
    factors: SweepFactor[];
    outcomes: SweepOutcome[];
    runs_per_point: number;
}

export interface IndexData {
    value: number;
    low: number | null;
    high: number | null;
}

export interface SensitivityFactor {
    name: string;
    unit: string;
    /** Its distribution as it was asked for, as "normal(100, 1)", and its ends; null where there is none. */
    how: string;
    low: number | null;
    high: number | null;
}

export interface SensitivityRow {
    factor: string;
    indices: (IndexData | null)[];
}

export interface SensitivityOutcome {
    name: string;
    about: string;
    /** As "31 % of the variance of a run is chance." */
    note: string;
    rows: SensitivityRow[];
}

export interface SensitivityData {
    method: string;
    /** How the indices are to be read, in a sentence or two. */
    note: string;
    /** As ["first order", "total order"]; factors are ranked by the one at `rank_by`. */
    indices: string[];
    rank_by: number;
    unit: string;
    factors: SensitivityFactor[];
    outcomes: SensitivityOutcome[];
}

export interface ComparedMeasure {
    name: string;
    about: string;
    unit: string;
    base: number | null;
    /** Of each alternative but the base. */
    differences: (IndexData | null)[];
}

export interface BandData {
    middle: Numbers;
    low: Numbers;
    high: Numbers;
}

export interface ComparedCourse {
    name: string;
    about: string;
    unit: string;
    /** The base first. */
    alternatives: BandData[];
    /** Mean paired differences with their 95 % intervals, of each but the base. */
    differences: BandData[];
}

export interface ComparedDate {
    name: string;
    about: string;
    /** The base first. */
    alternatives: DateData[];
}

export interface ComparisonData {
    /** The base first. */
    alternatives: string[];
    note: string;
    measures: ComparedMeasure[];
    times: Moment[];
    courses: ComparedCourse[];
    /** How `middle`, `low` and `high` of the courses are to be called: "median", "5–95 % of runs". */
    middle_label: string;
    band_label: string;
    dates: ComparedDate[];
}

// The scenario, as it was written and is computed.

export interface KindEnds {
    source: string;
    target: string;
}

export interface FieldData {
    name: string;
    start: string;
    unit: string;
    range: string;
    about: string;
    source: string;
}

export interface DerivedData {
    name: string;
    value: string;
    unit: string;
    about: string;
    source: string;
}

export interface StartRow {
    name: string;
    cells: string[];
}

export interface StartsData {
    columns: string[];
    rows: StartRow[];
    note: string;
}

export interface KindData {
    name: string;
    about: string;
    /** For links, the kinds at their ends; for agents null. */
    ends: KindEnds | null;
    /** As "3" or "every ordered pair". */
    count: string;
    fields: FieldData[];
    derived: DerivedData[];
    /** The starts that members have instead of the kind's. */
    starts: StartsData;
}

export interface Definition {
    name: string;
    value: string;
}

export interface StepData {
    name: string;
    /** As "Rule" or "Event by rate". */
    form: string;
    on: string;
    about: string;
    source: string;
    /** As "CAMEO 074, Goldstein 8.5". */
    code: string;
    where: string;
    lets: Definition[];
    /** probability, rate, count or utility; temperature and outside of a choice. */
    drives: Definition[];
    statements: string[];
}

export interface ParameterData {
    name: string;
    value: number;
    unit: string;
    range: string;
    about: string;
    source: string;
    /** The value in the scenario where an option changed it. */
    was: number | null;
}

export interface MeasureData {
    name: string;
    definition: string;
    unit: string;
    about: string;
}

export interface TimelineData {
    when: Moment;
    what: string;
    on: string;
    about: string;
    source: string;
}

/** What is known in advance, as a table's row. */
export interface InputData {
    name: string;
    /** The kind whose rows have a number each; "": one number a date. */
    on: string;
    table: string;
    /** From the first to the last, as written, and how many numbers. */
    dates: string;
    /** In words. */
    between: string;
    unit: string;
    about: string;
    source: string;
}

/** What the record says, as a table's row. */
export interface RecordData {
    measure: string;
    value: string;
    sd: string;
    source: string;
}

export interface VariantData {
    name: string;
    about: string;
    changes: string[];
}

/** What an option of the command changed. */
export interface OverrideData {
    what: string;
    was: string;
    now: string;
    by: string;
}

/** What a step reads and changes in the compiled model, as kind.field, followed through what is derived or aggregated. */
export interface FlowData {
    step: string;
    event: boolean;
    reads: string[];
    writes: string[];
}

export interface ScenarioData {
    authors: string[];
    references: string[];
    kinds: KindData[];
    steps: StepData[];
    parameters: ParameterData[];
    measures: MeasureData[];
    inputs: InputData[];
    timeline: TimelineData[];
    /** That not all entries are here; empty where all are. */
    timeline_note: string;
    observed: RecordData[];
    variants: VariantData[];
    overridden: OverrideData[];
    flows: FlowData[];
    /** Why there are no flows, in a sentence; empty where there are. */
    no_flows: string;
}
