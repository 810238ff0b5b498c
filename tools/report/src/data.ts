// What the program embeds in a page, as JSON: everything counted and estimated already, so that the page only draws.
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

export interface SeriesData {
    name: string;
    about: string;
    unit: string;
    /** As "trust_of_all of each relation"; empty for measures that stand alone. */
    group: string;
    /** For measures by the year: their years' first and last days, and whether the calendar has all of the year. */
    years: { from: Moment; to: Moment; whole: boolean }[] | null;
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
}

/** A value of the record, for a day or (from–to) a stretch of time. */
export interface ObservedData {
    from: Moment;
    to: Moment;
    value: number;
    sd: number | null;
    source: string;
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
    /** The Kaplan–Meier curve: at each of its steps the share in which it has come, with a pointwise 95 % interval. */
    curve: { when: Moment[]; share: number[]; low: number[]; high: number[] };
    observed: Moment | null;
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
}

export interface EventsData {
    /** "2021", "2021*" of a year in part, or, without dates, "year 0". */
    years: string[];
    events: {
        name: string;
        /** The kind of agent or link on which it happens. */
        on: string;
        about: string;
        /** Mean number a run in each year. */
        by_year: number[];
        /** The same for each agent or pair, the most frequent first; at most 40. */
        rows: { name: string; by_year: number[] }[];
    }[];
}

export interface NetworkData {
    agents: string[];
    times: Moment[];
    kinds: {
        name: string;
        /** Each link's two agents, by number. */
        links: [number, number][];
        fields: {
            name: string;
            unit: string;
            about: string;
            /** The ends of its scale: its range, or where that is open the least and the greatest value. */
            low: number;
            high: number;
            /** Of each link, the mean over the runs at each of the times. */
            values: Numbers[];
        }[];
    }[];
}

// What studies of many points say.

export interface SweepData {
    factors: { name: string; unit: string; values: number[] }[];
    outcomes: { name: string; about: string; unit: string; mean: Numbers; low: Numbers; high: Numbers }[];
    runs_per_point: number;
}

export interface IndexData {
    value: number;
    low: number | null;
    high: number | null;
}

export interface SensitivityData {
    method: string;
    /** How the indices are to be read, in a sentence or two. */
    note: string;
    /** As ["first order", "total order"]; factors are ranked by the one at `rank_by`. */
    indices: string[];
    rank_by: number;
    unit: string;
    /** As they were asked for: the distribution, as "normal(100, 1)", and its ends; null where there is none. */
    factors: { name: string; unit: string; how: string; low: number | null; high: number | null }[];
    outcomes: {
        name: string;
        about: string;
        /** As "31 % of the variance of a run is chance." */
        note: string;
        rows: { factor: string; indices: (IndexData | null)[] }[];
    }[];
}

export interface ComparisonData {
    /** The base first. */
    alternatives: string[];
    note: string;
    measures: {
        name: string;
        about: string;
        unit: string;
        base: number | null;
        /** Of each alternative but the base. */
        differences: (IndexData | null)[];
    }[];
    times: Moment[];
    /** Of each alternative, the base first. */
    courses: {
        name: string;
        about: string;
        unit: string;
        alternatives: { middle: Numbers; low: Numbers; high: Numbers }[];
        /** Mean paired differences with their 95 % intervals, of each but the base. */
        differences: { middle: Numbers; low: Numbers; high: Numbers }[];
    }[];
    /** How `middle`, `low` and `high` of the courses are to be called: "median", "5–95 % of runs". */
    middle_label: string;
    band_label: string;
    /** Date measures, of each alternative, the base first. */
    dates: { name: string; about: string; alternatives: DateData[] }[];
}

// The scenario, as it was written and is computed.

export interface ScenarioData {
    authors: string[];
    references: string[];
    kinds: KindData[];
    steps: StepData[];
    parameters: ParameterData[];
    measures: { name: string; definition: string; unit: string; about: string }[];
    timeline: { when: Moment; what: string; on: string; about: string; source: string }[];
    observed: { measure: string; value: string; sd: string; source: string }[];
    variants: { name: string; about: string; changes: string[] }[];
    /** What options of the command changed. */
    overridden: { what: string; was: string; now: string; by: string }[];
    /** What each step reads and changes, as kind.field, read off the compiled model: what is derived or aggregated is followed to the fields that it is made of. */
    flows: { step: string; event: boolean; reads: string[]; writes: string[] }[];
    /** Why there are no flows, in a sentence; empty where there are. */
    no_flows: string;
}

export interface KindData {
    name: string;
    about: string;
    /** For links, the kinds at their ends; for agents null. */
    ends: { source: string; target: string } | null;
    /** As "3" or "every ordered pair". */
    count: string;
    fields: { name: string; start: string; unit: string; range: string; about: string; source: string }[];
    derived: { name: string; value: string; unit: string; about: string; source: string }[];
    /** The starts that members have instead of the kind's. */
    starts: { columns: string[]; rows: { name: string; cells: string[] }[] };
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
    lets: { name: string; value: string }[];
    /** probability, rate, count or utility; temperature and outside of a choice. */
    drives: { name: string; value: string }[];
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
