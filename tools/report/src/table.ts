// Tables that can be sorted, searched, read aloud, scrolled by keyboard and copied.
import { csv_of, text_of } from "./csv";
import { clock, moment, told_moment } from "./clock";
import { element, type Child } from "./dom";
import { exact, number } from "./format";
import { in_link, put_in_link } from "./link_state";

export interface Column {
    title: string;
    unit?: string;
    /** Numbers stand to the right; the first column names its row. */
    numeric?: boolean;
}

/** `key` is what a cell is sorted by, where that is not its text. */
export type Cell = string | number | null | { text: string; node: Child[]; key?: number | string | null };

export interface Table {
    caption: string;
    columns: Column[];
    rows: Cell[][];
    /** Where its order stands in the page's address, if it does. */
    name?: string;
}

/** More rows than these are not drawn, but copied they are. */
const most_rows = 1500;
/** From so many rows on a table can be sorted, and searched. */
const least_to_sort = 3;
const least_to_search = 12;

function content_of(cell: Cell): Child[] {
    return typeof cell === "number" || cell === null ? [number(cell, 4)] : typeof cell === "string" ? [cell] : cell.node;
}

function key_of(cell: Cell): number | string | null {
    return cell === null || typeof cell !== "object" ? cell === "" || cell === "–" ? null : cell : cell.key === undefined ? cell.text : cell.key;
}

/** A point in time: in words for people, as ISO 8601 has it when copied. `mark` stands behind it, as for years in part. */
export function date_cell(when: number | null, mark = ""): Cell {
    return when === null ? "–" : { text: `${moment(when)}${mark}`, node: [element("span", { class: "date", "data-iso": clock.dated ? `${moment(when)}${mark}` : null }, `${told_moment(when)}${mark}`)], key: when };
}

/** What is missing comes last, whichever way is sorted. */
export function compared(one: number | string | null, other: number | string | null, descends: boolean): number {
    if (one === null || other === null) {
        return (one === null ? 1 : 0) - (other === null ? 1 : 0);
    }
    const order = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), undefined, { numeric: true });
    return descends ? -order : order;
}

function head_of(column: Column): Child[] {
    return [column.title, column.unit ? element("span", { class: "unit" }, ` (${column.unit})`) : null];
}

function row_node(cells: readonly Cell[], classes: readonly (string | null)[]): HTMLTableRowElement {
    const class_of = (cell: Cell, at: number): string | null => classes[at] ?? (typeof cell === "string" && /^\d{4}-\d\d-\d\d$/.test(cell) ? "date" : null);
    return element("tr", {}, ...cells.map((cell, at) => {
        const value = typeof cell === "number" ? exact(cell) : null;
        return at === 0 ? element("th", { scope: "row", class: class_of(cell, at), "data-value": value }, ...content_of(cell))
            : element("td", { class: class_of(cell, at), "data-value": value }, ...content_of(cell));
    }));
}

interface Order {
    column: number;
    descends: boolean;
}

interface TableView {
    node: HTMLTableElement;
    /** The rows that are shown, in their order. */
    shown: () => Table;
    search: (words: string) => number;
}

/** From `2d`: the third column, falling. */
function order_in(text: string | null, columns: number): Order | null {
    const match = /^(\d+)([ad])$/.exec(text ?? "");
    const column = match === null ? columns : Number(match[1]);
    return column < columns ? { column, descends: match![2] === "d" } : null;
}

function view_of(table: Table): TableView {
    const classes = table.columns.map((column) => column.numeric ? "figures" : null);
    const sorts = table.rows.length >= least_to_sort;
    const key = table.name === undefined ? null : `sort-${table.name}`;
    let order: Order | null = key === null ? null : order_in(in_link(key), table.columns.length);
    let wanted = "";
    let rows: readonly Cell[][] = table.rows;
    const body = element("tbody");
    const left_out = table.rows.length - most_rows;
    const caption = element("caption", {}, left_out > 0 ? `${table.caption} The first ${number(most_rows)} of ${number(table.rows.length)} rows; the copy holds all.` : table.caption);
    const heads = table.columns.map((column, at) => {
        if (!sorts) {
            return element("th", { scope: "col", class: classes[at] ?? null }, ...head_of(column));
        }
        const button = element("button", { type: "button", class: "sort" }, ...head_of(column));
        button.addEventListener("click", () => {
            const first = column.numeric ?? false;
            order = order?.column !== at ? { column: at, descends: first } : order.descends === first ? { column: at, descends: !first } : null;
            if (key !== null) {
                put_in_link(key, order === null ? null : `${order.column}${order.descends ? "d" : "a"}`);
            }
            show();
        });
        return element("th", { scope: "col", class: classes[at] ?? null, "aria-sort": "none" }, button);
    });
    function show(): void {
        const found = wanted === "" ? [...table.rows] : table.rows.filter((cells) => cells.some((cell) => text_of(cell).toLowerCase().includes(wanted)));
        if (order !== null) {
            const { column, descends } = order;
            found.sort((one, other) => compared(key_of(one[column] ?? null), key_of(other[column] ?? null), descends));
        }
        rows = found;
        body.replaceChildren(...rows.slice(0, most_rows).map((cells) => row_node(cells, classes)));
        if (sorts) {
            heads.forEach((head, at) => { head.setAttribute("aria-sort", order?.column !== at ? "none" : order.descends ? "descending" : "ascending"); });
        }
    }
    show();
    return {
        node: element("table", {}, caption, element("thead", {}, element("tr", {}, ...heads)), body),
        shown: () => ({ ...table, rows: [...rows] as Cell[][] }),
        search: (words) => {
            wanted = words.trim().toLowerCase();
            show();
            return rows.length;
        },
    };
}

export function table_node(table: Table): HTMLTableElement {
    return view_of(table).node;
}

function region(table: Table, node: HTMLTableElement): HTMLElement {
    return element("div", { class: table.rows.length > 24 ? "scroll tall" : "scroll", tabindex: 0, role: "region", "aria-label": table.caption }, node);
}

/** A table in a region that scrolls, and may be reached by keyboard for it; with what sorts, searches and copies it. */
export function scrolling_table(table: Table): HTMLElement {
    const view = view_of(table);
    const count = element("span", { class: "row-count", role: "status" });
    const search = element("input", { type: "search", "aria-label": `Find rows: ${table.caption}`, placeholder: "Find rows" });
    search.addEventListener("input", () => {
        const found = view.search(search.value);
        count.textContent = search.value.trim() === "" ? "" : `${number(found)} of ${number(table.rows.length)} rows`;
    });
    return element("div", { class: "with-table" },
        table.rows.length >= least_to_search ? element("div", { class: "row-tools" }, search, count) : null,
        region(table, view.node),
        element("div", { class: "table-tools" }, copy_button("Copy as CSV", () => csv_of(view.shown()))));
}

/** A button that puts a text on the clipboard and says so. */
export function copy_button(words: string, text: () => string): HTMLElement {
    const said = element("span", { class: "copied", role: "status" });
    const button = element("button", { type: "button", class: "copy" }, words);
    button.addEventListener("click", () => {
        void copy(text()).then((done) => {
            said.textContent = done ? "Copied." : "The browser does not allow copying.";
        });
    });
    return element("span", { class: "copy" }, button, said);
}

async function copy(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return copy_by_selection(text);
    }
}

/** The old way, for pages from disk in browsers that keep the clipboard from them. */
function copy_by_selection(text: string): boolean {
    const area = element("textarea", { class: "unseen", readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const done = document.execCommand("copy");
    area.remove();
    return done;
}

/** Below a chart: its numbers, drawn when they are asked for. */
export function data_behind(make: () => Table): HTMLDetailsElement {
    const details = element("details", { class: "data" }, element("summary", {}, "Data"));
    details.addEventListener("toggle", () => {
        if (details.open) {
            details.replaceChildren(details.firstChild!, scrolling_table(make()));
        }
    });
    return details;
}
