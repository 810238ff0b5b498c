// Sections that show all runs together, or both groups where the runs are parted.
import { times_of, titles_of } from "./adapt";
import { date_curves, dates_table, type DateCurve } from "./dates";
import { effect_of, interval_of } from "./distinguish";
import { element } from "./dom";
import type { EnsembleData } from "./ensemble_data";
import { select_field } from "./figure";
import { number, percent } from "./format";
import type { Steps } from "./groups";
import { group_styles, type Parted, type Parting } from "./parting";
import { scrolling_table, type Cell } from "./table";

/** Nodes in the place of which others stand while the runs are parted. */
export function parted_in_place(together: readonly Node[], parting: Parting, parted: (now: Parted) => readonly Node[]): Node[] {
    if (together.length === 0) {
        return [];
    }
    const place = element("div", {}, ...together);
    parting.follow((now) => {
        place.replaceChildren(...(now === null ? together : parted(now)));
    });
    return [place];
}

function curve_of_group(measure: string, name: string, style: number, steps: Steps): DateCurve {
    const half = steps.share.findIndex((share) => share >= 0.5 - 1e-12);
    return { measure, name, style, ...steps, observed: null, median: half < 0 ? null : steps.when[half]!, earliest: null, latest: null };
}

/** One date at a time, of both groups: that of `kept`, if one was chosen, or else that of which the shares differ most. */
export function dates_by_outcome(data: EnsembleData, parted: Parted, kept: { title: string | null }): Node[] {
    const titles = titles_of(data.dates);
    const all = data.dates.map(({ name }, at) => ({ title: titles[at]!, curves: parted.dates(at).map((steps, side) => curve_of_group(name, parted.names[side]!, group_styles[side]!, steps)) }));
    const apart = ({ curves }: { curves: readonly DateCurve[] }): number => Math.abs((curves[0]!.share_at_end ?? 0) - (curves[1]!.share_at_end ?? 0));
    const first = all.find((one) => one.title === kept.title) ?? all.reduce((best, one) => apart(one) > apart(best) ? one : best, all[0]!);
    const place = element("div", {});
    const show = ({ title, curves }: { title: string; curves: readonly DateCurve[] }): void => {
        place.replaceChildren(date_curves(curves, times_of(data.times), `${title}: share of the runs of each group in which it has happened.`), dates_table(curves, true));
    };
    const box = select_field("Date", all.map(({ title }) => ({ value: title, label: title })), first.title, (title) => {
        kept.title = title;
        show(all.find((one) => one.title === title) ?? first);
    });
    show(first);
    return [...(all.length > 1 ? [element("div", { class: "controls" }, box.node)] : []), place];
}

/** Means and medians of what has one value per run, of both groups, with the difference over the spread; of levels the shares. */
export function scalars_by_outcome(data: EnsembleData, parted: Parted): Node[] {
    const titles = titles_of(data.scalars);
    const all = data.scalars.map((scalar, at) => ({ scalar, title: titles[at]!, ...parted.scalars(at) }));
    const [shared, numeric] = [all.filter((one) => one.levels.length > 0), all.filter((one) => one.levels.length === 0)];
    const mean = (values: readonly number[]): number | null => values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
    const median = (values: readonly number[]): number | null => {
        const sorted = [...values].sort((a, b) => a - b);
        return sorted.length === 0 ? null : (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
    };
    const shares = (values: readonly number[], levels: readonly string[]): string => levels.map((level, at) => ({ level, count: values.filter((value) => Math.round(value) === at).length }))
        .filter(({ count }) => count > 0).reverse().map(({ level, count }) => `${percent(count / values.length)} ${level}`).join(", ");
    return [
        ...(numeric.length === 0 ? [] : [scrolling_table({
            caption: "Measures with one value per run, by outcome. Both are known at the end: a difference may be a consequence of the outcome.",
            columns: [{ title: "measure" }, { title: "unit" }, ...[`mean: ${parted.names[0]}`, `mean: ${parted.names[1]}`, `median: ${parted.names[0]}`, `median: ${parted.names[1]}`,
                "difference over spread, g", "95 % interval"].map((title) => ({ title, numeric: true }))],
            rows: numeric.map(({ scalar, title, values }): Cell[] => {
                const effect = effect_of(...values);
                const range = effect === null || !Number.isFinite(effect.size) ? "" : interval_of(effect);
                return [title, scalar.unit, mean(values[0]), mean(values[1]), median(values[0]), median(values[1]), effect?.size ?? null, range === "" ? "" : `${number(range.low)} to ${number(range.high)}`];
            }),
        })]),
        ...(shared.length === 0 ? [] : [scrolling_table({
            caption: "Measures with one value per run that has a name, by outcome: share of the group's runs on each level.",
            columns: [{ title: "measure" }, { title: parted.names[0] }, { title: parted.names[1] }],
            rows: shared.map(({ title, values, levels }): Cell[] => [title, shares(values[0], levels), shares(values[1], levels)]),
        })]),
    ];
}
