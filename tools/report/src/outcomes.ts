// Which runs went that way: an outcome is chosen, all figures part the runs by it, and what set them apart beforehand is ranked.
import { time_of, titles_of } from "./adapt";
import { moment, year_of } from "./clock";
import { distinguished } from "./distinguished";
import { distinctions, traits_of } from "./distinctions";
import { element } from "./dom";
import type { EnsembleData } from "./ensemble_data";
import { button, select_field } from "./figure";
import type { FanGroup } from "./fan_groups";
import { number } from "./format";
import { events_of_sides, group_rows, has_both, key_of_rows, run_tables, type GroupRows, type RunTables } from "./group_rows";
import { count_of, fan_of_side, run_values, shares_of_side, steps_of_side, type RunCourse, type RunValues, type Split } from "./groups";
import { when_idle } from "./lazy";
import { in_link, on_link, put_in_link } from "./link_state";
import { counted, names_with_shares, outcomes_of, way_fields, type Choosable, type ChoosableValue, type Outcome, type Way } from "./outcome_choices";
import type { OutcomesData } from "./outcomes_data";
import { group_styles, type Parted, type Parting } from "./parting";

const nothing = "";

/** What both groups show, made when it is asked for. */
function parted_of(ensemble: EnsembleData, values: RunValues, tables: RunTables, split: Split, names: readonly [string, string]): Parted {
    const by_series = new Map<number, RunCourse>();
    for (const course of values.courses) {
        for (const series of course.series) {
            by_series.set(series, course);
        }
    }
    const made = new Map<RunCourse, FanGroup[]>();
    const made_rows = new Map<string, GroupRows>();
    const groups_of = (course: RunCourse, number: number): FanGroup[] => {
        const { levels, years } = ensemble.series[number]!;
        return group_styles.map((style, side) => {
            const shares = levels.length === 0 ? [] : shares_of_side(course, split, side, levels.length);
            const own = years === null ? {} : { when: years.map((year) => time_of(year.from)), until: years.map((year) => time_of(year.to)), whole: years.map((year) => year.whole) };
            return { name: names[side]!, style, fan: { ...fan_of_side(course, split, side), ...own, levels: levels.map((level, at) => ({ name: level.name, share: shares[at]! })) } };
        });
    };
    return {
        names,
        fans: (number) => {
            const course = by_series.get(number);
            if (course === undefined) {
                return null;
            }
            const groups = made.get(course) ?? groups_of(course, number);
            made.set(course, groups);
            return groups;
        },
        dates: (date) => [0, 1].map((side) => steps_of_side(values.dates[date]!, values.failed, split, side)) as [ReturnType<typeof steps_of_side>, ReturnType<typeof steps_of_side>],
        scalars: (scalar) => ({
            values: [0, 1].map((side) => [...values.scalars[scalar]!.values].filter((value, run) => split.side[run] === side && !Number.isNaN(value))) as [number[], number[]],
            levels: values.scalars[scalar]!.levels,
        }),
        rows: (of, kind, name) => {
            const key = key_of_rows(of, kind, name);
            const rows = tables.rows.get(key);
            if (rows === undefined || !has_both(split, rows.runs)) {
                return tables.alike.has(key) ? "alike" : null;
            }
            const groups = made_rows.get(key) ?? group_rows(rows, split, values.failed);
            made_rows.set(key, groups);
            return groups;
        },
        events: (event) => has_both(split, tables.event_runs) ? events_of_sides(tables, event, split) : null,
        events_over: tables.event_runs < values.runs ? `over the first ${number(tables.event_runs)} runs` : "",
    };
}

interface OwnTitles {
    series: readonly string[];
    dates: readonly string[];
    scalars: readonly string[];
}

/** Dates, then levels and numbers at the end, then what has one value per run. */
function choosable_of(ensemble: EnsembleData, values: RunValues, titles: OwnTitles): Choosable {
    const times = ensemble.times.map(time_of);
    const ends = values.courses.filter((course) => !course.yearly).map((course): ChoosableValue => {
        const { name, unit, levels } = ensemble.series[course.series[0]!]!;
        return { key: `end.${name}`, name, title: titles.series[course.series[0]!]!, group: "At the end", unit, levels: levels.map((level) => level.name), values: course.last, marks: null };
    });
    return {
        dates: ensemble.dates.map(({ name }, at) => ({ name, title: titles.dates[at]!, came: values.dates[at]! })),
        values: [...ends, ...values.scalars.map((scalar, at): ChoosableValue => {
            const { name, unit } = ensemble.scalars[at]!;
            return { key: `once.${name}`, name, title: titles.scalars[at]!, group: "One value per run", unit, levels: scalar.levels, values: scalar.values, marks: null };
        })],
        failed: values.failed, end: values.end,
        moments: times.filter((time) => time > times[0]!).map((time) => ({ at: time, when: time })),
    };
}

/** The section by which the runs are parted, for all that follow `parting`. */
export function outcomes_section(data: OutcomesData, ensemble: EnsembleData, parting: Parting): Node[] {
    const titles: OwnTitles = { series: titles_of(ensemble.series).map((title) => title.replaceAll(" -> ", " → ")), dates: titles_of(ensemble.dates), scalars: titles_of(ensemble.scalars) };
    const choices = element("div", { class: "controls outcome-choice" });
    const place = element("div", { class: "outcome", "aria-busy": "false" });
    const intro = element("p", {}, "Choose an outcome: every figure below then shows the runs that went that way beside the others, and a table ranks what set them apart beforehand.");

    let values: RunValues | null = null;
    let choosable: Choosable | null = null;
    let tables: RunTables | null = null;
    let outcomes: Outcome[] = [];
    let chosen: Outcome | null = null;
    let way: Way | null = null;
    let when: number | null = null;
    let queued = false;

    const years = (series: number, point: number): string => year_of(time_of(ensemble.series[series]!.years![point]!.from));
    const is_date = (): boolean => chosen !== null && chosen.date !== null;

    function show(): void {
        put_in_link("outcome", chosen?.value ?? null);
        put_in_link("way", way === null || way.value === "" || way === chosen?.ways[0] ? null : way.value);
        if (chosen === null || way === null || values === null || tables === null) {
            put_in_link("apart", null);
            place.replaceChildren();
            parting.set(null);
            return;
        }
        const split = way.split();
        const names = names_with_shares(way, split);
        const counts = [count_of(split, 0), count_of(split, 1)];
        const said = element("p", { class: "outcome-counts", role: "status" }, counted(way, split, data.over), data.left_out === "" ? "" : ` ${data.left_out}`);
        if (counts.includes(0)) {
            place.replaceChildren(said, element("p", {}, "With nobody in one of the groups there is nothing to compare."));
            parting.set(null);
            return;
        }
        parting.set(parted_of(ensemble, values, tables, split, names));
        const all = distinctions(values, traits_of(values, { series: titles.series.map((title, at) => ({ title, unit: ensemble.series[at]!.unit })), dates: titles.dates }, chosen.date), split);
        const nodes = all.when.length === 0 ? [element("p", {}, "At no date was it still open in 5 runs of each group: what set them apart cannot be told.")]
            : distinguished(all, names, way.short, is_date(), when, years, (to) => {
                when = to;
                put_in_link("apart", moment(to));
            });
        place.replaceChildren(said, ...nodes);
    }

    /** At most once a frame, for a slider moves faster than all figures are drawn. */
    function show_soon(): void {
        if (!queued) {
            queued = true;
            requestAnimationFrame(() => {
                queued = false;
                show();
            });
        }
    }

    function told_way(to: Way, soon: boolean): void {
        way = to;
        if (soon) {
            show_soon();
        } else {
            show();
        }
    }

    function choose(value: string): void {
        chosen = outcomes.find((outcome) => outcome.value === value) ?? null;
        const first = chosen === null ? { way: null, fields: [] } : way_fields(choosable!, chosen, told_way);
        way = first.way;
        choices.replaceChildren(box.node, ...first.fields, ...(chosen === null ? [] : [element("div", { class: "field" }, button("All runs together", () => {
            put_in_link("outcome", null, true);
            choose(nothing);
            box.node.querySelector("select")?.focus();
        }))]));
        box.choose(chosen?.value ?? nothing);
        show();
    }

    async function load(): Promise<void> {
        if (values === null) {
            place.setAttribute("aria-busy", "true");
            const read = await run_values(data, ensemble);
            tables = await run_tables(data, ensemble, read);
            values = read;
            choosable = choosable_of(ensemble, values, titles);
            outcomes = outcomes_of(choosable);
            const fresh = make_box();
            box.node.replaceWith(fresh.node);
            box = fresh;
            place.setAttribute("aria-busy", "false");
        }
    }

    const from_link = (): void => {
        const asked = in_link("outcome");
        when = in_link("apart") === null ? null : time_of(in_link("apart")!.replace(/^tick /, ""));
        if (asked !== null || chosen !== null) {
            void load().then(() => { choose(asked ?? nothing); });
        }
    };

    function make_box(): ReturnType<typeof select_field> {
        return select_field("Compare runs by outcome", [{ value: nothing, label: "none" }, ...outcomes.map(({ value, title, group }) => ({ value, label: title, group }))], chosen?.value ?? nothing, (value) => {
            when = null;
            put_in_link("way", null);
            put_in_link("outcome", value === nothing ? null : value, true);
            choose(value);
        });
    }
    let box = make_box();
    choices.append(box.node);
    from_link();
    on_link(from_link);
    when_idle(() => { void load(); });
    return [intro, choices, place];
}
