// Which runs of a study went that way: an outcome is chosen, and what was varied is ranked by how far it sets those runs apart.
import { style_of_alternative } from "./alternatives";
import { draw_ranked } from "./bars";
import { alternatives_by_outcome } from "./alternative_shares";
import type { Design } from "./clustered";
import { interval_of } from "./distinguish";
import { range_text, two_digits } from "./distinguished";
import { element } from "./dom";
import { over_factor, ranked_factors, strips_of, went, type RankedFactor, type RankedFactors } from "./factor_groups";
import { drawing, figure, select_field } from "./figure";
import { capitalised, number, percent, plural, unit_words, with_unit } from "./format";
import { count_of, type Split } from "./groups";
import { legend } from "./legend";
import { when_idle } from "./lazy";
import { in_link, on_link, put_in_link } from "./link_state";
import { counted, names_with_shares, outcomes_of, way_fields, type Outcome, type Way } from "./outcome_choices";
import { group_styles, type Parting } from "./parting";
import { draw_contours, draw_heat_map, draw_scatter, is_fine, is_grid, averaged, type PlanePoint } from "./plane";
import type { StudyGroups } from "./study_groups";
import { outcome_of_headline, study_runs, type StudyRuns, type Varied } from "./study_runs";
import type { StudyRunsData } from "./study_runs_data";
import { scrolling_table, type Cell, type Table } from "./table";
import { draw_value_panels } from "./value_panels";

const most_panels = 4;
const share = "share of runs";

/** `alternatives` are those of a comparison; otherwise none, and the factors are ranked. */
export function study_outcomes(data: StudyRunsData, alternatives: readonly string[], remark: string, parting: Parting<StudyGroups>): Node[] {
    if (data.measures.length === 0) {
        return data.left_out === "" ? [] : [element("p", {}, data.left_out)];
    }
    const choices = element("div", { class: "controls outcome-choice" });
    const place = element("div", { class: "outcome", "aria-busy": "true" });
    const intro = element("p", {}, alternatives.length > 0
        ? "Choose an outcome: how many runs of each alternative went that way, and which alternatives differ in that from the first."
        : "Choose an outcome: what was varied is ranked by how far it sets the runs that went that way apart from the others.", remark === "" ? "" : ` ${remark}`);
    const first = outcome_of_headline(data);
    let runs: StudyRuns | null = null;
    let outcomes: Outcome[] = [];
    let chosen: Outcome | null = null;
    let way: Way | null = null;
    let queued = false;

    function show(): void {
        const is_first = chosen?.value === first;
        put_in_link("parted", is_first ? null : chosen?.value ?? null);
        put_in_link("way", way === null || way.value === "" || way === chosen?.ways[0] ? null : way.value);
        if (chosen === null || way === null || runs === null) {
            place.replaceChildren(element("p", {}, "All runs ended alike: there is nothing to compare."));
            parting.set(null);
            return;
        }
        const split = way.split();
        const said = element("p", { class: "outcome-counts", role: "status" }, counted(way, split, data.over), data.left_out === "" ? "" : ` ${data.left_out}`);
        if (alternatives.length > 0) {
            place.replaceChildren(said, ...alternatives_by_outcome(alternatives, way, split, runs.design, style_of_alternative));
            return;
        }
        if (count_of(split, 0) === 0 || count_of(split, 1) === 0) {
            place.replaceChildren(said, element("p", {}, "With nobody in one of the groups there is nothing to compare."));
            parting.set(null);
            return;
        }
        const names = names_with_shares(way, split);
        parting.set({ names, side: split.side, runs, chosen: !is_first });
        const ranked = ranked_factors(runs.varied, split.side, runs.design);
        place.replaceChildren(said, ...ranking(ranked, way, runs.design), ...by_value(ranked, way, names, split, runs), ...plane(ranked, way, split, runs));
    }

    /** At most once a frame, for a slider moves faster than all figures are drawn. */
    function show_way(to: Way, soon: boolean): void {
        way = to;
        if (!soon) {
            show();
        } else if (!queued) {
            queued = true;
            requestAnimationFrame(() => {
                queued = false;
                show();
            });
        }
    }

    function choose(value: string | null): void {
        chosen = outcomes.find((outcome) => outcome.value === value) ?? outcomes.find((outcome) => outcome.value === first) ?? outcomes[0] ?? null;
        const made = chosen === null ? { way: null, fields: [] } : way_fields(runs!.choosable, chosen, show_way);
        way = made.way;
        const box = select_field("Compare runs by outcome", outcomes.map((one) => ({ value: one.value, label: one.title, group: one.group })), chosen?.value ?? "", (asked) => {
            put_in_link("way", null);
            put_in_link("parted", asked === first ? null : asked, true);
            choose(asked);
            choices.querySelector("select")?.focus();
        });
        choices.replaceChildren(box.node, ...made.fields);
        show();
    }

    const load = (): void => {
        void study_runs(data).then((read) => {
            runs = read;
            outcomes = outcomes_of(read.choosable);
            place.setAttribute("aria-busy", "false");
            choose(in_link("parted"));
            on_link(() => { choose(in_link("parted")); });
        });
    };
    if (in_link("parted") === null && in_link("groups") === null) {
        when_idle(load);
    } else {
        load();
    }
    return [intro, choices, place];
}

const title_of = ({ varied }: RankedFactor): string => varied.title;

function mean_text({ unit }: Varied, value: number): string {
    return unit === share ? percent(value) : with_unit(value, unit);
}

/** Which leads, or which of those that set the runs apart have intervals that overlap the leader's. */
function leaders(ranked: RankedFactors, way: Way): string {
    const apart = ranked.rows.filter((row) => row.apart);
    const [first] = apart;
    if (first === undefined) {
        return `Nothing that was varied sets the runs apart: ${way.said[0]}, or ${way.said[1]}.`;
    }
    const reach = ({ effect }: RankedFactor): { low: number; high: number } => {
        const { low, high } = interval_of(effect);
        return effect.size < 0 ? { low: -high, high: -low } : { low, high };
    };
    const among = apart.filter((row) => reach(row).high >= reach(first).low).map(title_of);
    return `What sets the runs apart: ${among.length < 2 ? `${among[0]!}${apart.length === 1 ? " alone" : " most"}.` : `${among.slice(0, -1).join(", ")} and ${among.at(-1)!}, which are not told apart from each other.`}`;
}

function ranking(ranked: RankedFactors, way: Way, design: Design): Node[] {
    const caption = leaders(ranked, way);
    const table: Table = {
        caption: "What was varied, by how far it sets the runs apart: first what is told apart, the largest difference first.",
        name: "apart",
        columns: [{ title: "parameter" }, { title: `mean: ${way.short[0]}`, numeric: true }, { title: `mean: ${way.short[1]}`, numeric: true }, { title: "difference over spread, g", numeric: true },
            { title: "95 % interval", numeric: true }, { title: "told apart" }],
        rows: ranked.rows.map(({ varied, effect, apart }): Cell[] => [varied.title, { text: String(effect.means[0]), node: [mean_text(varied, effect.means[0])], key: effect.means[0] },
            { text: String(effect.means[1]), node: [mean_text(varied, effect.means[1])], key: effect.means[1] },
            { text: String(effect.size), node: [two_digits(effect.size)], key: effect.size }, range_text(effect), apart ? "yes" : "not told apart"]),
    };
    const finite = ranked.rows.filter(({ effect }) => Number.isFinite(effect.size));
    const plot = drawing((width) => draw_ranked(finite.map(({ varied, effect }) => ({ name: varied.title, marks: [{ value: effect.size, ...interval_of(effect) }] })), ["g"], width,
        `${caption} ${finite.map(({ varied, effect }) => `${varied.title}: ${two_digits(effect.size)} (${range_text(effect)})`).join("; ")}.`, "difference of means over the spread (g)", "points", () => 1));
    const made = figure({
        title: caption,
        note: [`Differences of the groups' means over their spread, with 95 % intervals; above zero the first group, ${way.short[0]}, is higher.`],
        body: [...(finite.length === 0 ? [] : [plot.node])],
        table: () => ({
            caption: "What was varied, by outcome: means, Hedges' g and its 95 % interval.",
            columns: [{ title: "parameter" }, { title: "unit" }, ...[`runs: ${way.short[0]}`, `runs: ${way.short[1]}`, `mean: ${way.short[0]}`, `mean: ${way.short[1]}`, "g", "low", "high"].map((title) => ({ title, numeric: true })), { title: "told apart" }],
            rows: ranked.rows.map(({ varied, effect, apart }): Cell[] => {
                const { low, high } = interval_of(effect);
                return [varied.title, varied.unit, ...effect.counts, ...effect.means, effect.size, low, high, apart ? "yes" : "no"];
            }),
        }),
        kind: "apart",
    });
    const others = ranked.others.map(({ varied, why }) => `${varied.title} (${why})`).join(", ");
    return [ranked.rows.length === 0 ? element("p", {}, "Nothing that was varied can be compared.") : made.node, ...(ranked.rows.length === 0 ? [] : [element("div", { class: "ranking" }, scrolling_table(table))]),
        ...(others === "" ? [] : [element("p", {}, `Not compared: ${others}.`)]),
        ...(ranked.given_luck ? [element("p", {}, "The runs of one of the groups are of fewer than 5 replicates, and a replicate draws the same random numbers at all points: intervals are for these random numbers alone. More replicates tell more.")] : []),
        element("details", { class: "fold" }, element("summary", {}, "How this is reckoned"), ...rule(ranked, design))];
}

/** In the order of the ranking, and those that are not in it, unless they are the same everywhere. */
const varied_of = ({ rows, others }: RankedFactors): Varied[] => [...rows, ...others].map(({ varied }) => varied).filter(({ values }) => values.some((value) => value !== values[0]));

/** The leading factors: how often it went that way at each value, and where both groups lie. */
function by_value(ranked: RankedFactors, way: Way, names: readonly [string, string], split: Split, runs: StudyRuns): Node[] {
    const all = [...new Set(varied_of(ranked).map((varied) => varied.factor))];
    if (all.length === 0) {
        return [];
    }
    const y = went(split.side);
    const leading = all.slice(0, most_panels);
    let shown = leading;
    const mean = count_of(split, 0) / Math.max(1, count_of(split, 0) + count_of(split, 1));
    const panels = (): Parameters<typeof draw_value_panels>[0] => shown.map((varied) => ({
        title: varied.title, unit: unit_words(varied.unit), levels: varied.levels,
        lines: [{ name: "", style: group_styles[0], points: over_factor(varied.values, y, runs.design, true) }],
        strips: strips_of(varied.values, split.side, runs.design, names),
    }));
    const what = `${capitalised(way.names[0])}: share of runs`;
    const caption = (): string => `${what} over ${shown.length === 1 ? shown[0]!.title : "what was varied"}.`;
    const plot = drawing((width) => draw_value_panels(panels(), width, { label: `${caption()} ${shown.map((varied) => varied.title).join(", ")}.`, value_title: what, unit: share, across: mean }));
    const has_strips = leading.some((varied) => strips_of(varied.values, split.side, runs.design, names) !== null);
    const box = select_field("Parameter", [{ value: "", label: all.length > most_panels ? `the ${most_panels} that lead` : "all" }, ...all.map((varied) => ({ value: varied.title, label: varied.title }))], "", (title) => {
        shown = title === "" ? leading : all.filter((varied) => varied.title === title);
        plot.redraw();
        made.refresh(caption());
    });
    const made = figure({
        title: caption(),
        note: [`Dots with 95 % intervals: the share ${has_strips ? "in each bin of as many points" : "at each value"}, over all others; the dotted line is that of all runs.`
            + (has_strips ? " Bars below: where the runs of both groups lie, each in shares of its own." : "")],
        controls: all.length > 1 ? [box.node] : [],
        body: [plot.node, ...(has_strips ? [legend(names.map((words, side) => ({ kind: "bar", shape: "box", words, style: group_styles[side]! }) as const))] : [])],
        table: () => ({
            caption: `${what} at each value, with its 95 % interval.`,
            columns: [{ title: "parameter" }, ...["from", "to", "runs", "share", "low", "high"].map((title) => ({ title, numeric: true }))],
            rows: shown.flatMap((varied) => over_factor(varied.values, y, runs.design, true).map((point): Cell[] => [varied.title, point.from, point.to, point.count, point.value, point.low, point.high])),
        }),
        kind: "shares",
    });
    return [made.node];
}

/** The share over the two leading factors, or any other two. */
function plane(ranked: RankedFactors, way: Way, split: Split, runs: StudyRuns): Node[] {
    const all = varied_of(ranked).filter((varied) => varied.factor.levels.length === 0);
    if (all.length < 2) {
        return [];
    }
    let [across, up] = [all[0]!, all[1]!];
    const { points, replicates } = runs.design;
    const each = Array.from({ length: points }, (_, point) => {
        const own = split.side.subarray(point * replicates, (point + 1) * replicates);
        const known = own.filter((side) => side >= 0).length;
        return known === 0 ? null : own.filter((side) => side === 0).length / known;
    });
    const now = (): PlanePoint[] => averaged(each.map((value, point) => ({ x: across.values[point]!, y: up.values[point]!, value, count: 1 })));
    const what = `${capitalised(way.names[0])}: share of runs`;
    const caption = (): string => `${what} over ${across.title} and ${up.title}.`;
    const titled = (varied: Varied): string => varied.unit === "" ? varied.title : `${varied.title} (${varied.unit})`;
    const plot = drawing((width) => {
        const drawn = now();
        return (is_fine(drawn) ? draw_contours : is_grid(drawn) ? draw_heat_map : draw_scatter)(drawn, width, { label: caption(), x_title: titled(across), y_title: titled(up), value_title: what, unit: share });
    });
    const refresh = (): void => {
        x_box.choose(across.title);
        y_box.choose(up.title);
        plot.redraw();
        made.refresh(caption());
    };
    const of_title = (title: string): Varied => all.find((varied) => varied.title === title) ?? across;
    const other = (than: Varied): Varied => all.find((varied) => varied !== than) ?? than;
    const list = all.map((varied) => ({ value: varied.title, label: varied.title }));
    const x_box = select_field("Across", list, across.title, (title) => {
        across = of_title(title);
        up = up === across ? other(across) : up;
        refresh();
    });
    const y_box = select_field("Up", list, up.title, (title) => {
        up = of_title(title);
        across = across === up ? other(up) : across;
        refresh();
    });
    const made = figure({
        title: caption(),
        note: [all.length > 2 ? "Points that agree in both are averaged over the other parameters." : "Of the runs at each point."],
        controls: all.length > 2 ? [x_box.node, y_box.node] : [],
        body: [plot.node],
        table: () => ({
            caption: caption(),
            columns: [across, up].map((varied) => ({ title: varied.title, unit: varied.unit, numeric: true })).concat([{ title: what, unit: share, numeric: true }]),
            rows: now().map((point) => [point.x, point.y, point.value]),
        }),
        kind: "outcome-plane",
    });
    return [made.node];
}

function rule(ranked: RankedFactors, design: Design): Node[] {
    const few = design.replicates < 5;
    return [
        element("p", {}, "The difference is Hedges' g: the difference of the two groups' means over their pooled spread, corrected for small samples (Hedges 1981). 0.2 is called small, 0.5 medium, 0.8 large (Cohen 1988). A parameter of names counts as the share of runs that were given each."),
        element("p", {}, "The runs of a point share its values, and so are not independent of each other. Errors are those of the delta method, summed over what belongs together before they are squared (cluster-robust: Binder 1983, Liang & Zeger 1986). ",
            design.crossed && !few
                ? design.paired ? "The points of this design were set: every combination of the values stands once. What is left to chance is the runs, and a replicate draws the same random numbers at all points, so that replicates are what is summed over."
                    : "The points of this design were set: every combination of the values stands once. What is left to chance is the runs, which are independent within their point."
                : `${design.crossed ? "Points" : design.together > 1 ? `Points were drawn, ${number(design.together)} together,` : "Points were drawn, and with others there would be other values: points"} are what is summed over${design.together > 1 ? " by such sets" : ""}.${
                    !design.paired ? "" : few ? " A replicate draws the same random numbers at all points; of fewer than 5 replicates it cannot be told how much hangs on these: intervals are for these random numbers."
                        : " A replicate draws the same random numbers at all points, so that replicates are summed over as well, and both sources count (two-way clustering: Cameron, Gelbach & Miller 2011)."}`,
            " Intervals are Student's; none is shorter than what one run that ended otherwise would make of it."),
        element("p", {}, `Told apart is what differs though ${plural(ranked.together, "difference was", "differences were")} looked at: its interval for all of them at once (Bonferroni: 95 % that every one holds) leaves out 0. A difference of means does not see what is high in the middle and low at both ends: the figure over the values shows that.`),
        element("p", {}, "Shares have Wilson's (1927) intervals, of as many independent runs as would have that error (Kott & Carr 1997)."),
    ];
}
