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
    /** By row: at the end of runs, or of whole runs. */
    values: Numbers;
    /** By row: 5 % of the runs, or the low end of the share's 95 % interval; empty where there is none. */
    low: Numbers;
    high: Numbers;
    /** By moment and row; null of what each run has one value of. */
    over_time: PackedNumbers | null;
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
    times: Moment[];
}

export interface MapData {
    times: Moment[];
    kinds: MapKind[];
    arcs: MapArcs[];
    /** Over which runs means are taken. */
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
    /** By moment and cell, row by row from the top. */
    values: PackedNumbers;
}

/** The cells of a grid in one run. */
export interface GridData {
    kind: string;
    width: number;
    height: number;
    times: Moment[];
    fields: GridField[];
    /** Of which run, and which moments are left out. */
    note: string;
}
