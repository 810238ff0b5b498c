// Measures by row: a table of all rows of a kind that can be sorted and searched, with a small curve for each measure.
import { element, svg, type Child } from "./dom";
import { comma_separated, exact, number } from "./format";
import { copy_button } from "./table";
import type { RowsData, RowsMeasure } from "./ensemble_data";

const width = 96;
const height = 22;

/** A curve on the scale that all rows of the measure share; its line breaks where values are missing. */
function small_curve(values: readonly (number | null)[], low: number, high: number): SVGSVGElement {
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "row-curve s1", "aria-hidden": "true", focusable: "false" });
    const x = (at: number): number => values.length > 1 ? width * at / (values.length - 1) : width / 2;
    const y = (value: number): number => high > low ? 2 + (height - 4) * (1 - (value - low) / (high - low)) : height / 2;
    let path = "";
    let pen = "M";
    values.forEach((value, at) => {
        if (value === null) {
            pen = "M";
            return;
        }
        path += `${pen}${x(at).toFixed(1)},${y(value).toFixed(1)}`;
        pen = "L";
    });
    root.append(svg("path", { class: "line median", d: path, fill: "none" }));
    return root;
}

interface Column {
    title: string;
    unit: string;
    /** What rows are sorted by: a number, or a text. */
    key: (row: number) => number | string | null;
    cell: (row: number) => Child[];
    copied: (row: number) => string;
    numeric: boolean;
    /** Which way the first press sorts. */
    descends: boolean;
}

const percent = (share: number | null | undefined): string => typeof share !== "number" ? "–" : `${number(100 * share, 3)} %`;

function columns_of(measure: RowsMeasure): Column[] {
    const finite = measure.courses.flat().filter((value): value is number => value !== null);
    const low = measure.is_share ? 0 : finite.reduce((least, value) => Math.min(least, value), Infinity);
    const high = measure.is_share ? 1 : finite.reduce((most, value) => Math.max(most, value), -Infinity);
    const shown = (value: number | null | undefined): string => measure.is_share ? percent(value) : number(value ?? null, 3);
    const range = (row: number): string => {
        const [from, to] = [measure.low[row], measure.high[row]];
        return typeof from === "number" && typeof to === "number" ? `${shown(from)} – ${shown(to)}` : "";
    };
    const columns: Column[] = [{
        title: measure.name, unit: measure.unit, numeric: measure.shares.length === 0, descends: true,
        key: (row) => measure.values[row] ?? null,
        cell: (row) => measure.shares.length > 0 ? [measure.shares[row] === "" ? "–" : measure.shares[row]!] : [shown(measure.values[row]), element("span", { class: "row-range" }, range(row))],
        copied: (row) => measure.shares.length > 0 ? measure.shares[row]! : typeof measure.values[row] === "number" ? exact(measure.values[row]) : "",
    }];
    if (measure.when.length > 0) {
        columns.push({ title: `${measure.name}: in half of the runs by`, unit: "", numeric: false, descends: false,
            key: (row) => measure.when[row] === "" ? null : measure.when[row]!, cell: (row) => [measure.when[row] === "" ? "–" : measure.when[row]!], copied: (row) => measure.when[row]! });
    }
    if (finite.length > 0) {
        columns.push({ title: `${measure.name} over time`, unit: "", numeric: false, descends: true,
            key: (row) => measure.courses[row]!.filter((value) => value !== null).at(-1) ?? null,
            cell: (row) => [small_curve(measure.courses[row]!, low, high)], copied: (row) => measure.courses[row]!.map((value) => value === null ? "" : exact(value)).join(" ") });
    }
    if (measure.observed.length > 0) {
        columns.push({ title: `${measure.name}, observed`, unit: "", numeric: true, descends: true,
            key: (row) => measure.observed[row] === "" ? null : measure.observed[row]!, cell: (row) => [measure.observed[row]!], copied: (row) => measure.observed[row]! });
    }
    return columns;
}

/** Missing keys come last, whichever way is sorted. */
function compared(one: number | string | null, other: number | string | null, descends: boolean): number {
    if (one === null || other === null) {
        return (one === null ? 1 : 0) - (other === null ? 1 : 0);
    }
    const order = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), undefined, { numeric: true });
    return descends ? -order : order;
}

export function rows_table(data: RowsData): HTMLElement {
    const columns: Column[] = [
        { title: data.kind, unit: "", numeric: false, descends: false, key: (row) => data.rows[row]!, cell: (row) => [data.rows[row]!], copied: (row) => data.rows[row]! },
        ...data.measures.flatMap(columns_of)];
    let sorted = 0;
    let descends = false;
    let wanted = "";
    const body = element("tbody");
    const heads = columns.map((column, at) => {
        const button = element("button", { type: "button", class: "sort" }, column.title, column.unit === "" ? null : element("span", { class: "unit" }, ` (${column.unit})`));
        button.addEventListener("click", () => {
            descends = sorted === at ? !descends : column.descends;
            sorted = at;
            show();
        });
        return element("th", { scope: "col", class: column.numeric ? "figures" : null }, button);
    });
    const lines = data.rows.map((_, row) => element("tr", {}, ...columns.map((column, at) => at === 0
        ? element("th", { scope: "row" }, ...column.cell(row)) : element("td", { class: column.numeric ? "figures" : null }, ...column.cell(row)))));
    const count = element("span", { class: "row-count", role: "status" });

    function order(): number[] {
        const rows = data.rows.map((_, row) => row).filter((row) => data.rows[row]!.toLowerCase().includes(wanted));
        return rows.sort((one, other) => compared(columns[sorted]!.key(one), columns[sorted]!.key(other), descends) || one - other);
    }

    function show(): void {
        heads.forEach((head, at) => {
            head.setAttribute("aria-sort", at !== sorted ? "none" : descends ? "descending" : "ascending");
        });
        const rows = order();
        body.replaceChildren(...rows.map((row) => lines[row]!));
        count.textContent = wanted === "" ? "" : `${rows.length} of ${data.rows.length} rows`;
    }

    const search = element("input", { type: "search", "aria-label": `Find rows of ${data.kind}`, placeholder: "Find a row" });
    search.addEventListener("input", () => {
        wanted = search.value.trim().toLowerCase();
        show();
    });
    if (data.measures.length > 0) {
        sorted = 1;
        descends = true;
    } else {
        sorted = 0;
    }
    show();
    const caption = `Measures of each ${data.kind}: ${data.measures.map((measure) => `${measure.name}, ${measure.what}`).join("; ")}.`;
    const table = element("table", { class: "by-row" }, element("caption", {}, caption), element("thead", {}, element("tr", {}, ...heads)), body);
    const copied = (): string => comma_separated(columns.map((column) => column.unit === "" ? column.title : `${column.title} (${column.unit})`),
        order().map((row) => columns.map((column) => column.copied(row))));
    return element("div", { class: "by-row" },
        element("div", { class: "row-tools" }, search, count, copy_button("Copy as CSV", copied)),
        element("div", { class: "scroll tall", tabindex: 0, role: "region", "aria-label": `Measures of each ${data.kind}` }, table),
        data.note === "" ? null : element("p", {}, data.note));
}
