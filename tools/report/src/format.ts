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

/** Whether values of a unit are parts of one, which people read as percentages. */
export function is_share(unit: string): boolean {
    return unit === "share" || unit === "probability" || unit.startsWith("share of ");
}

/** A part of one as a percentage with three digits: 39.6 %. */
export function share_in_percent(share: Maybe, digits = 3): string {
    return typeof share !== "number" || Number.isNaN(share) ? absent : `${number(Number((100 * share).toPrecision(12)), digits)} %`;
}

/** A value as its unit has it read: a share as a percentage, thousands of people as people, others as the number alone. */
export function shown(value: Maybe, unit: string, digits = 3): string {
    return is_share(unit) ? share_in_percent(value, digits) : number(times(value, multiple_of(unit).factor, digits), digits);
}

/** A value with its unit: `1,420 people`, `43 %`, `7 t`. */
export function with_unit(value: Maybe, unit: string, digits = 3): string {
    const { noun } = multiple_of(unit);
    return is_share(unit) || noun === "" || noun === "1" ? shown(value, unit, digits) : `${shown(value, unit, digits)} ${noun}`;
}

/** A unit for the end of an axis or a caption: `1000 people` as `thousand people`; of shares nothing, whose ticks say it. */
export function unit_words(unit: string): string {
    const { factor, noun } = multiple_of(unit);
    return is_share(unit) || unit === "1" ? "" : factor === 1 ? unit : factor === 1e3 ? `thousand ${noun}` : factor === 1e6 ? `million ${noun}` : unit;
}

/** A unit that begins with a number, as `1000 people`, counts multiples. */
function multiple_of(unit: string): { factor: number; noun: string } {
    const match = /^(\d[\d,_]*)\s+(\D.*)$/.exec(unit);
    return match === null ? { factor: 1, noun: unit } : { factor: Number(match[1]!.replace(/[,_]/g, "")), noun: match[2]! };
}

/** Multiplied, with no more digits than were there to be seen. */
function times(value: Maybe, factor: number, digits: number): Maybe {
    return typeof value !== "number" || factor === 1 ? value : Number((value * factor).toPrecision(digits));
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

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** An ISO date as people read it: 17 Aug 2022. */
export function date_in_words(date: string): string {
    const match = /^(\d{4,})-(\d\d)-(\d\d)$/.exec(date);
    return match === null ? date : `${Number(match[3])} ${months[Number(match[2]) - 1] ?? "?"} ${match[1]!}`;
}

/** A sentence of the program with its dates in words; the spaces within dates and before % do not break. */
export function in_words(sentence: string): string {
    return sentence.replaceAll(" %", "\u00a0%").replace(/\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/g, (date) => date_in_words(date).replaceAll(" ", "\u00a0"));
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
