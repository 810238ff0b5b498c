// What an ensemble of runs says. Of the data that a page bears: data.ts says how.
import type { Moment, Numbers } from "./data";
import type { OutcomesData } from "./outcomes_data";
import type { ReplayData } from "./replay_data";
import type { GridData, MapData } from "./spatial_data";

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
    /** By which the runs may be parted; null of few runs. */
    outcomes: OutcomesData | null;
    replay: ReplayData | null;
    /** Why no runs are told, in a sentence; empty where some are. */
    no_replay: string;
    /** Where agents have places. */
    map: MapData | null;
    grids: GridData[];
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
    /** Of fewer than 20 runs there is the median alone. */
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
    /** Spearman's correlation over the runs of what it comes to with what the page is about; none of that itself. */
    along: number | null;
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

/** What is on record of a date. */
export interface ObservedDate {
    /** The earliest day on which it may have come; null: however early. */
    first: Moment | null;
    /** The latest; null: it is not known to have come. */
    last: Moment | null;
    told: string;
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
    observed: ObservedDate | null;
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
    /** Names of a run's values 0, 1, 2, …; mostly none. */
    levels: string[];
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
    /** How many more there are, and where; "" where there are none. */
    note: string;
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
