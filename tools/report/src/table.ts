// Tables that can be read aloud, scrolled by keyboard and copied.
import { element, type Child } from "./dom";
import { comma_separated, exact, number } from "./format";

export interface Column {
    title: string;
    unit?: string;
    /** Numbers stand to the right; the first column names its row. */
    numeric?: boolean;
}

export type Cell = string | number | null | { text: string; node: Child[] };

export interface Table {
    caption: string;
    columns: Column[];
    rows: Cell[][];
}

/** More rows than these are not drawn, but copied they are. */
const most_rows = 1500;

function text_of(cell: Cell): string {
    return typeof cell === "number" ? exact(cell) : cell === null ? "" : typeof cell === "string" ? cell : cell.text;
}

function content_of(cell: Cell): Child[] {
    return typeof cell === "number" || cell === null ? [number(cell, 4)] : typeof cell === "string" ? [cell] : cell.node;
}

export function header_of(column: Column): string {
    return column.unit ? `${column.title} (${column.unit})` : column.title;
}

export function table_node(table: Table): HTMLTableElement {
    const shown = table.rows.slice(0, most_rows);
    const left_out = table.rows.length - shown.length;
    const classes = table.columns.map((column) => column.numeric ? "figures" : null);
    const class_of = (cell: Cell, at: number): string | null => classes[at] ?? (typeof cell === "string" && /^\d{4}-\d\d-\d\d$/.test(cell) ? "date" : null);
    return element("table", {},
        element("caption", {}, left_out > 0 ? `${table.caption} The first ${number(most_rows)} of ${number(table.rows.length)} rows; the copy holds all.`
            : table.caption),
        element("thead", {}, element("tr", {}, ...table.columns.map((column, at) =>
            element("th", { scope: "col", class: classes[at] ?? null }, column.title, column.unit ? element("span", { class: "unit" }, ` (${column.unit})`) : null)))),
        element("tbody", {}, ...shown.map((cells) => element("tr", {}, ...cells.map((cell, at) => {
            const value = typeof cell === "number" ? exact(cell) : null;
            return at === 0 ? element("th", { scope: "row", class: class_of(cell, at), "data-value": value }, ...content_of(cell))
                : element("td", { class: class_of(cell, at), "data-value": value }, ...content_of(cell));
        })))));
}

/** A table in a region that scrolls sideways, and may be reached by keyboard for it. */
export function scrolling_table(table: Table): HTMLElement {
    return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": table.caption }, table_node(table));
}

export function csv_of(table: Table): string {
    return comma_separated(table.columns.map(header_of), table.rows.map((row) => row.map(text_of)));
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
            const table = make();
            details.replaceChildren(details.firstChild!, scrolling_table(table), copy_button("Copy as CSV", () => csv_of(make())));
        }
    });
    return details;
}
