// Numbers, shares and dates as the page writes them.

export const absent = "–";

type Maybe = number | null | undefined;

const grouped = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

const minus = (text: string): string => text.replace(/^-/, "−");

/** With three significant digits unless told otherwise; whole numbers whole, an absent one as a dash. */
export function number(value: Maybe, digits = 3): string {
    if (value === null || value === undefined || Number.isNaN(value)) {
        return absent;
    }
    if (!Number.isFinite(value)) {
        return value > 0 ? "∞" : "−∞";
    }
    if (value === 0) {
        return "0";
    }
    const size = Math.abs(value);
    if (Number.isInteger(value) && size < 1e9 || size >= 10 ** (digits - 1) && size < 1e9) {
        return minus(grouped.format(value));
    }
    if (size < 1e-4 || size >= 1e9) {
        const [mantissa, exponent] = value.toExponential(digits - 1).split("e") as [string, string];
        return minus(`${String(Number(mantissa))}·10${superscript(Number(exponent))}`);
    }
    return minus(String(Number(value.toPrecision(digits))));
}

function superscript(exponent: number): string {
    return Array.from(String(exponent), (sign) => sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(sign))).join("");
}

/** A share of one as a percentage: 41 %, 0.4 %, 99.8 %. */
export function percent(share: Maybe): string {
    if (share === null || share === undefined || Number.isNaN(share)) {
        return absent;
    }
    const value = 100 * share;
    if (value > 0 && value < 0.05 || value < 100 && value >= 99.95) {
        return value < 50 ? "< 0.1 %" : "> 99.9 %";
    }
    const near_an_end = value > 0 && value < 1 || value > 99 && value < 100;
    return minus(`${near_an_end ? String(Number(value.toFixed(1))) : String(Math.round(value))} %`);
}

/** A value with its unit; a unit that begins with a number is multiplied by. */
export function with_unit(value: Maybe, unit: string, digits = 3): string {
    return `${number(value, digits)}${unit === "" || unit === "1" ? "" : /^\d/.test(unit) ? ` × ${unit}` : ` ${unit}`}`;
}

/** All digits that a double holds, for tables that are copied. */
export function exact(value: Maybe): string {
    return value === null || value === undefined || Number.isNaN(value) ? "" : String(value);
}

const day = 86_400_000;

/** Days since 1970 of an ISO date. */
export function day_of(date: string): number {
    return Date.parse(`${date}T00:00:00Z`) / day;
}

export function date_of(days: number): string {
    return new Date(Math.round(days) * day).toISOString().slice(0, 10);
}

export function milliseconds_of(date: string): number {
    return Date.parse(`${date}T00:00:00Z`);
}

/** A comma-separated file: quoted where it must be. */
export function comma_separated(header: readonly string[], rows: readonly (readonly string[])[]): string {
    const quoted = (cell: string): string => /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    return [header, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

/** The name as prose: moscow_trust → moscow trust. */
export function spoken(name: string): string {
    return name.replaceAll("_", " ");
}

export function plural(count: number, one: string, many: string): string {
    return `${number(count)} ${count === 1 ? one : many}`;
}

export function capitalised(text: string): string {
    const first = text.codePointAt(0);
    return first === undefined ? text : String.fromCodePoint(first).toUpperCase() + text.slice(first > 0xffff ? 2 : 1);
}
