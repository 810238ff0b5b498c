// A table as a file of commas, with all digits, dates as ISO 8601 has them, and units in the heads.
import { comma_separated, exact } from "./format";
import type { Cell, Column, Table } from "./table";

export function text_of(cell: Cell): string {
    return typeof cell === "number" ? exact(cell) : cell === null ? "" : typeof cell === "string" ? cell : cell.text;
}

export function header_of(column: Column): string {
    return column.unit ? `${column.title} (${column.unit})` : column.title;
}

export function csv_of(table: Table): string {
    return comma_separated(table.columns.map(header_of), table.rows.map((row) => row.map(text_of)));
}
