// What maps and grids show. Of the data that a page bears: data.ts says how.
import type { Moment, Numbers, PackedNumbers } from "./data";

/** Where an agent is: a country, a position, both or neither. */
export interface MapPlace {
    name: string;
    /** ISO 3166-1 alpha-3; empty where none is known. */
    iso: string;
    latitude: number | null;
    longitude: number | null;
}

/** What places are filled by: a number of each, at the end and over time. */
export interface MapLayer {
    name: string;
    unit: string;
    about: string;
    /** What the numbers are: "share of runs in which it has come". */
    what: string;
    /** Shares of runs, of a date. */
    is_share: boolean;
    /** A field or derived value. */
    is_state: boolean;
    /** Names of a run's values 0, 1, 2, …; mostly none. */
    levels: string[];
    /** By row: at the end of runs, or of whole runs. */
    values: Numbers;
    /** By row: 5 % of the runs, or the low end of the share's 95 % interval; empty where there is none. */
    low: Numbers;
    high: Numbers;
    /** By moment and row; null of what each run has one value of. */
    over_time: PackedNumbers | null;
    /** In the runs of ReplayData: of what moves by run, moment and row; of dates when it came, by run and row, as days since 1970-01-01 or ticks; else by
        run and row. Null where ReplayData.kinds hold it, where no runs are told, or for want of room. */
    in_runs: PackedNumbers | null;
}

export interface MapKind {
    name: string;
    /** Number of its first row among all agents, as the network counts them. */
    first: number;
    rows: MapPlace[];
    layers: MapLayer[];
}

/** A field of links of which the network has no room for all: those that are among the strongest at any moment. */
export interface MapArcs {
    kind: string;
    name: string;
    unit: string;
    /** How many links there are. */
    all: number;
    /** Each one's two agents, numbered as the network does. */
    links: [number, number][];
    /** By moment and link. */
    values: PackedNumbers;
    /** By run, moment and link in the runs of ReplayData; null where there are none, or for want of room. */
    in_runs: PackedNumbers | null;
    times: Moment[];
}

export interface MapData {
    times: Moment[];
    kinds: MapKind[];
    arcs: MapArcs[];
    /** Over which runs means are taken, and what is not kept of single runs. */
    note: string;
}

export interface GridField {
    name: string;
    unit: string;
    about: string;
    /** Names of its values 0, 1, 2, …; mostly none. */
    levels: string[];
    /** Whether all values are whole numbers: what is unpacked is to be rounded. */
    whole: boolean;
    /** By number in GridData.runs: by moment and cell, row by row from the top; all between the same bounds. */
    runs: PackedNumbers[];
}

/** The cells of a grid in single runs. */
export interface GridData {
    kind: string;
    width: number;
    height: number;
    /** Their numbers, as runs.csv has them. */
    runs: number[];
    times: Moment[];
    fields: GridField[];
    /** Which runs these are, and which moments are left out. */
    note: string;
}
