// From what is embedded to what is drawn.
import { style_of, style_of_alternative } from "./alternatives";
import { clock } from "./clock";
import type { Difference, SideBySide } from "./comparisons";
import type { Moment } from "./data";
import type { DateData, EnsembleData, EventsData, NetworkData, SeriesData } from "./ensemble_data";
import type { ScenarioData } from "./scenario_data";
import type { ComparisonData, SensitivityData, SweepData } from "./studies_data";
import type { DateCurve } from "./dates";
import type { EventCounts } from "./events";
import type { Fact, Fan, Observation } from "./fan";
import { milliseconds_of, spoken } from "./format";
import type { StepFlow } from "./influence";
import type { Course } from "./overlay";
import type { Series } from "./over_time";
import type { RelationKind } from "./relations";
import type { RecordedDate } from "./survival";
import type { Ranking } from "./sensitivities";
import type { Factor, Outcome } from "./sweeps";
import type { StepView } from "./scenario";

/** Milliseconds since 1970, or, without dates, the number of the tick. */
export function time_of(moment: Moment): number {
    return typeof moment === "number" ? moment : clock.dated ? milliseconds_of(moment) : Number(moment);
}

export const times_of = (moments: readonly Moment[]): number[] => moments.map(time_of);

export const title_of = (thing: { name: string; about: string }): string => thing.about === "" ? spoken(thing.name) : thing.about;

/** Titles that tell apart: where two things share a text, their names are added. */
export function titles_of(things: readonly { name: string; about: string }[]): string[] {
    const titles = things.map(title_of);
    return titles.map((title, at) => titles.filter((other) => other === title).length > 1 ? `${title} (${things[at]!.name})` : title);
}

/** Series that stand alone, then those by the year, then those of each row of a kind. */
export function series_of(ensemble: EnsembleData): Series[] {
    const when = times_of(ensemble.times);
    const titles = titles_of(ensemble.series);
    const all = ensemble.series.map((series, at): Series => ({
        name: series.name,
        number: at,
        title: arrowed(titles[at]!),
        short: series.group === "" ? titles[at]! : arrowed(/\[(.*)\]$/.exec(series.name)?.[1] ?? titles[at]!),
        unit: series.unit,
        fan: fan_of(series, when, ensemble.single_runs),
        observed: series.observed.map(observation_of),
        group: series.group !== "" ? series.group : series.years === null ? "Over time" : "By year",
        along: series.along,
    }));
    const rank = (series: Series): number => series.group === "Over time" ? 0 : series.group === "By year" ? 1 : 2;
    return all.sort((a, b) => rank(a) - rank(b));
}

const arrowed = (text: string): string => text.replaceAll(" -> ", " → ");

function fan_of(series: SeriesData, when: readonly number[], run_numbers: readonly number[]): Fan {
    const { mean, q05, q25, q50, q75, q95, runs, years, levels } = series;
    const quantiles = { mean, q05, q25, q50, q75, q95, runs, run_numbers, levels };
    return years === null ? { when, ...quantiles }
        : { when: years.map((year) => time_of(year.from)), until: years.map((year) => time_of(year.to)), whole: years.map((year) => year.whole), ...quantiles };
}

function observation_of(observed: SeriesData["observed"][number]): Observation {
    return { from: time_of(observed.from), to: time_of(observed.to), value: observed.value, sd: observed.sd };
}

function recorded_of({ first, last, told }: NonNullable<DateData["observed"]>): RecordedDate {
    return { first: first === null ? null : time_of(first), last: last === null ? null : time_of(last), told };
}

export function curve_of(data: DateData, name: string, style: number): DateCurve {
    return {
        name,
        measure: data.name,
        style,
        when: times_of(data.curve.when),
        share: data.curve.share,
        low: data.curve.low,
        high: data.curve.high,
        observed: data.observed === null ? null : recorded_of(data.observed),
        share_at_end: data.share,
        low_at_end: data.low,
        high_at_end: data.high,
        median: data.median === null ? null : time_of(data.median),
        earliest: data.q05 === null ? null : time_of(data.q05),
        latest: data.q95 === null ? null : time_of(data.q95),
    };
}

export function curves_of(ensemble: EnsembleData): DateCurve[] {
    const titles = titles_of(ensemble.dates);
    return ensemble.dates.map((data, at) => curve_of(data, titles[at]!, style_of(at)));
}

export function facts_of(scenario: ScenarioData): Fact[] {
    return scenario.timeline.map((entry) => ({ at: time_of(entry.when), text: [entry.about || entry.what, entry.on].filter((part) => part !== "").map(arrowed).join(" · ") }));
}

export function events_of(data: EventsData): EventCounts[] {
    return data.events.map((event) => ({
        name: event.name, kind: event.on, about: event.about, by_year: event.by_year, note: event.note,
        rows: event.rows.map((row) => ({ name: arrowed(row.name), values: row.by_year })),
    }));
}

export function kinds_of(data: NetworkData): RelationKind[] {
    return data.kinds.filter((kind) => kind.fields.length > 0 && kind.links.length > 0);
}

/** Measures' own words, by which outcomes that are made of them are told. */
export type Words = readonly { name: string; about: string }[];

/** Titles of outcomes: of a date there are two, whether it came and when; of levels one for each. */
export function outcome_titles(things: readonly { name: string; about: string }[], words: Words): string[] {
    const title = ({ name, about }: { name: string; about: string }): string => {
        const [, measure, level] = /^(.*)\[(.*)\]$/.exec(name) ?? [];
        const said = words.find((one) => one.name === measure)?.about ?? "";
        return level !== undefined && said !== "" ? `${said}: ${arrowed(level)}` : about === "" || about === name ? about
            : name.endsWith("_came") ? `${about}, share of runs` : name.endsWith("_years") ? `${about}, years to it` : about;
    };
    return titles_of(things.map((thing) => ({ name: thing.name, about: title(thing) })));
}

export function factors_of(data: SweepData): Factor[] {
    return data.factors;
}

export function outcomes_of(data: SweepData, words: Words): Outcome[] {
    const titles = outcome_titles(data.outcomes, words);
    return data.outcomes.map((outcome, at) => ({ ...outcome, title: titles[at]! }));
}

export function rankings_of(data: SensitivityData, words: Words): Ranking[] {
    const titles = outcome_titles(data.outcomes, words);
    return data.outcomes.map((outcome, at) => ({ outcome: outcome.name, title: titles[at]!, note: outcome.note, unit: data.unit, rows: outcome.rows }));
}

export function differences_of(data: ComparisonData, words: Words): Difference[] {
    const titles = outcome_titles(data.measures, words);
    return data.measures.map((measure, at) => ({ name: measure.name, title: titles[at]!, unit: measure.unit, base: measure.base, alternatives: measure.differences }));
}

/** What alternatives are compared by. */
export function compared_of(data: ComparisonData, words: Words): { name: string; title: string; unit: string }[] {
    const titles = outcome_titles(data.measures, words);
    return data.measures.map((measure, at) => ({ name: measure.name, title: titles[at]!, unit: measure.unit }));
}

export function side_by_side_of(data: ComparisonData, words: Words): SideBySide[] {
    const when = times_of(data.times);
    const titles = outcome_titles(data.courses, words);
    const course = (name: string, style: number, values: { middle: Course["middle"]; low: Course["low"]; high: Course["high"] }): Course =>
        ({ name, style: style_of_alternative(style), ...values });
    return data.courses.map((one, at) => ({
        name: one.name,
        title: titles[at]!,
        unit: one.unit,
        when,
        courses: one.alternatives.map((values, which) => course(data.alternatives[which]!, which, values)),
        differences: one.differences.map((values, which) => course(data.alternatives[which + 1]!, which + 1, values)),
    }));
}

export function steps_of(scenario: ScenarioData): StepView[] {
    const definition = (one: { name: string; value: string }): { name: string; text: string } => ({ name: one.name, text: one.value });
    return scenario.steps.map((step) => ({ ...step, lets: step.lets.map(definition), drives: step.drives.map(definition) }));
}

export function flows_of(scenario: ScenarioData): StepFlow[] {
    return scenario.flows.map((flow) => ({ name: flow.step, event: flow.event, reads: flow.reads, writes: flow.writes }));
}
