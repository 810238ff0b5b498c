// Both groups of a study's runs in its own figures: the means of each over a parameter.
import { of_group, over_factor } from "./factor_groups";
import { is_share, unit_words } from "./format";
import { legend } from "./legend";
import { in_link } from "./link_state";
import { group_styles } from "./parting";
import type { StudyRuns } from "./study_runs";
import type { Cell, Table } from "./table";
import type { PanelLine } from "./value_panels";

/** The groups, for figures of the study that can show both. */
export interface StudyGroups {
    names: readonly [string, string];
    side: Int8Array;
    runs: StudyRuns;
    /** Whether the outcome was chosen, and is not that of the headline which stands at first. */
    chosen: boolean;
}

/** Whether figures show both: as the page's address has it, or else where the outcome was chosen. */
export function shows_groups(groups: StudyGroups | null): boolean {
    const asked = in_link("groups", ["yes", "no"]);
    return groups !== null && (asked === null ? groups.chosen : asked === "yes");
}

/** The means of both groups over a factor; null where they are not to be shown, or single runs do not have the outcome. */
export function shown_groups(groups: StudyGroups | null, factor: { name: string }, outcome: { name: string; unit: string }): PanelLine[] | null {
    if (groups === null || !shows_groups(groups)) {
        return null;
    }
    const values = groups.runs.values_of(outcome.name);
    const across = groups.runs.factors.find(({ title }) => title === factor.name);
    return values === null || across === undefined ? null : groups.names.map((name, side) =>
        ({ name, style: group_styles[side]!, points: over_factor(across.values, of_group(values, groups.side, side), groups.runs.design, is_share(outcome.unit) && are_shares(values)) }));
}

/** Whether each run has all or nothing of it. */
const are_shares = (values: Float64Array): boolean => values.every((value) => Number.isNaN(value) || value === 0 || value === 1);

export const key_to_names = (lines: readonly PanelLine[]): HTMLElement => legend(lines.map(({ name, style }) => ({ kind: "line curve", shape: "line", words: name, style }) as const));

export function groups_note(factors: number, lines: readonly PanelLine[]): string {
    const parts_them = lines.every((line, side) => line.points.every((point) => point.value === 1 - side));
    return `Means over the runs of each group, with 95 % intervals.${parts_them ? " By this outcome the runs are parted: choose another to see what else they differ in."
        : factors > 1 ? " Averaged over the other parameters, which the groups differ in as well." : ""}`;
}

export function table_of_groups(groups: StudyGroups | null, factor: { name: string; unit: string }, outcome: { name: string; title: string; unit: string }): Table | null {
    const lines = shown_groups(groups, factor, outcome);
    return lines === null ? null : {
        caption: `${outcome.title} over ${factor.name}: means of both groups of runs, with 95 % intervals.`,
        columns: [{ title: "group" }, ...["from", "to"].map((title) => ({ title: `${factor.name}, ${title}`, unit: unit_words(factor.unit), numeric: true })), { title: "runs", numeric: true },
            ...["mean", "low", "high"].map((title) => ({ title, unit: outcome.unit, numeric: true }))],
        rows: lines.flatMap((line) => line.points.map((point): Cell[] => [line.name, point.from, point.to, point.count, point.value, point.low, point.high])),
    };
}
