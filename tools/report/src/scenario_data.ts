// The scenario, as it was written and is computed. Of the data that a page bears: data.ts says how.
import type { Moment } from "./data";

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

/** Events on record. */
export interface EventRecordData {
    event: string;
    /** Of which rows the record is complete. */
    rows: string;
    /** In which days or ticks. */
    complete: string;
    /** How many there were. */
    firings: string;
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
    record: EventRecordData[];
    variants: VariantData[];
    overridden: OverrideData[];
    flows: FlowData[];
    /** Why there are no flows, in a sentence; empty where there are. */
    no_flows: string;
}
