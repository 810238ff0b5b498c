// A figure as a file of its own: an SVG that any program opens, the same as pixels, and its numbers as a table of commas. What is drawn is read off
// the page (shapes with their computed colours, words where they stand, canvases as images), on light paper, whatever the reader's theme.
import { svg } from "./dom";
import type { Table } from "./table";
import { csv_of } from "./csv";

/** Properties that a shape has from the page's styles, and what each is where nothing is said. */
const inlined: readonly (readonly [string, string])[] = [["fill", "rgb(0, 0, 0)"], ["stroke", "none"], ["stroke-width", "1px"], ["stroke-dasharray", "none"], ["stroke-linejoin", "miter"],
    ["stroke-linecap", "butt"], ["opacity", "1"], ["fill-opacity", "1"], ["stroke-opacity", "1"], ["vector-effect", "none"]];
const of_text: readonly (readonly [string, string])[] = [["font-family", ""], ["font-size", ""], ["font-weight", "400"], ["text-anchor", "start"], ["paint-order", "normal"]];

/** Not part of the picture: what only the pointer or the keyboard needs, and what can be unfolded. */
const left_out = "details, .controls, .figure-tools, .readout, .cursor-field, .slider-row, .controls-note, .unseen, .number, input, select, .play, table";
const left_out_of_drawings = ".cursor, .catch, .selection";

/** A colour in the one way that all programs read, whatever space the browser computed it in. */
function plain_colour(): (text: string) => string {
    const known = new Map<string, string>();
    const canvas = document.createElement("canvas");
    canvas.width = 1;
    canvas.height = 1;
    const pen = canvas.getContext("2d", { willReadFrequently: true })!;
    return (text) => {
        if (text === "none" || text.startsWith("url(") || /^rgb\(\d+, \d+, \d+\)$/.test(text)) {
            return text;
        }
        let found = known.get(text);
        if (found === undefined) {
            pen.clearRect(0, 0, 1, 1);
            pen.fillStyle = text;
            pen.fillRect(0, 0, 1, 1);
            const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data as unknown as [number, number, number, number];
            found = alpha === 0 ? "none" : `rgb(${red}, ${green}, ${blue})`;
            known.set(text, found);
        }
        return found;
    };
}

type Colour = (text: string) => string;

function dress(from: Element, to: Element, colour: Colour): void {
    const style = getComputedStyle(from);
    const is_text = from instanceof SVGTextElement || from instanceof SVGTSpanElement;
    if (from instanceof SVGGraphicsElement && !(from instanceof SVGGElement) && !(from instanceof SVGSVGElement) || from instanceof SVGTSpanElement) {
        for (const [name, usual] of is_text ? [...inlined, ...of_text] : inlined) {
            const value = style.getPropertyValue(name);
            const told = name === "fill" || name === "stroke" ? colour(value) : value;
            if (told !== usual && !(name === "stroke-width" && style.stroke === "none")) {
                to.setAttribute(name, told);
            }
        }
    } else if (style.opacity !== "1") {
        to.setAttribute("opacity", style.opacity);
    }
    for (const name of ["class", "tabindex", "style", "focusable", ...[...to.attributes].map((one) => one.name).filter((one) => one.startsWith("data-") || one.startsWith("aria-"))]) {
        to.removeAttribute(name);
    }
}

/** A copy of a drawing that needs no style sheet. */
function dressed(drawn: SVGSVGElement, colour: Colour): SVGSVGElement {
    const copy = drawn.cloneNode(true) as SVGSVGElement;
    const from = [drawn, ...drawn.querySelectorAll("*")];
    const to = [copy, ...copy.querySelectorAll("*")];
    from.forEach((node, at) => {
        if (getComputedStyle(node).visibility !== "hidden") {
            dress(node, to[at]!, colour);
        }
    });
    from.forEach((node, at) => {
        if (node.matches(left_out_of_drawings) || getComputedStyle(node).visibility === "hidden") {
            to[at]!.remove();
        }
    });
    copy.removeAttribute("role");
    copy.setAttribute("overflow", "visible");
    return copy;
}

/** The words of a text node, line by line, where they stand. */
function lines_of(node: Text, left: number, top: number, colour: Colour): SVGTextElement[] {
    const style = getComputedStyle(node.parentElement!);
    const range = document.createRange();
    const lines: { text: string; box: DOMRect }[] = [];
    for (const match of node.data.matchAll(/\S+/g)) {
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const box = range.getBoundingClientRect();
        const last = lines.at(-1);
        if (box.width === 0) {
            continue;
        }
        if (last !== undefined && Math.abs(last.box.top - box.top) < 2) {
            last.text += ` ${match[0]}`;
        } else {
            lines.push({ text: match[0], box });
        }
    }
    return lines.map(({ text, box }) => svg("text", {
        x: round(box.left - left), y: round(box.top - top + box.height * 0.78), "font-family": style.fontFamily, "font-size": style.fontSize,
        "font-weight": style.fontWeight === "400" ? null : style.fontWeight, fill: colour(style.color),
    }, text));
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The whole figure in one drawing, with its title, on light paper. */
export function figure_as_svg(figure: HTMLElement, title: string): SVGSVGElement {
    const root = document.documentElement;
    root.dataset.paper = "light";
    try {
        const colour = plain_colour();
        const box = figure.getBoundingClientRect();
        const margin = 16;
        const [left, top] = [box.left - margin, box.top - margin];
        const nodes: SVGElement[] = [];
        let bottom = box.top;
        const walk = (node: Node): void => {
            if (node instanceof Text) {
                const lines = lines_of(node, left, top, colour);
                nodes.push(...lines);
                if (lines.length > 0) {
                    bottom = Math.max(bottom, node.parentElement!.getBoundingClientRect().bottom);
                }
            } else if (node instanceof SVGSVGElement || node instanceof HTMLCanvasElement) {
                const place = node.getBoundingClientRect();
                if (place.width > 0) {
                    const where = { x: round(place.left - left), y: round(place.top - top), width: round(place.width), height: round(place.height) };
                    const copy = node instanceof SVGSVGElement ? dressed(node, colour) : svg("image", { href: node.toDataURL("image/png") });
                    for (const [name, value] of Object.entries(where)) {
                        copy.setAttribute(name, String(value));
                    }
                    nodes.push(copy);
                    bottom = Math.max(bottom, place.bottom);
                }
            } else if (node instanceof HTMLElement && !node.matches(left_out) && getComputedStyle(node).display !== "none") {
                node.childNodes.forEach(walk);
            }
        };
        figure.childNodes.forEach(walk);
        const [width, height] = [Math.ceil(box.width + 2 * margin), Math.ceil(bottom - box.top + 2 * margin)];
        return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
            svg("title", {}, title), svg("rect", { width, height, fill: "#fff" }), ...nodes);
    } finally {
        delete root.dataset.paper;
    }
}

export function svg_text(drawing: SVGSVGElement): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing)}\n`;
}

/** Twice as many pixels as the drawing has units, that it is sharp in print and on fine screens. */
export async function as_pixels(drawing: SVGSVGElement): Promise<Blob> {
    const scale = 2;
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg_text(drawing))}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = drawing.width.baseVal.value * scale;
    canvas.height = drawing.height.baseVal.value * scale;
    const pen = canvas.getContext("2d")!;
    pen.scale(scale, scale);
    pen.drawImage(image, 0, 0);
    return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => {
            if (blob === null) {
                reject(new Error("the browser makes no picture of it"));
            } else {
                resolve(blob);
            }
        }, "image/png");
    });
}

/** A name for a file from the title of a figure: letters, digits and hyphens. */
export function file_name(title: string): string {
    const name = title.normalize("NFKD").replace(/[^\p{Letter}\p{Number}]+/gu, "-").replace(/^-+|-+$/g, "").toLowerCase();
    return Array.from(name).slice(0, 60).join("").replace(/-+$/, "") || "figure";
}

export function save(blob: Blob, name: string): void {
    const address = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => { URL.revokeObjectURL(address); }, 10_000);
}

export function save_svg(figure: HTMLElement, title: string): void {
    save(new Blob([svg_text(figure_as_svg(figure, title))], { type: "image/svg+xml" }), `${file_name(title)}.svg`);
}

export async function save_pixels(figure: HTMLElement, title: string): Promise<void> {
    save(await as_pixels(figure_as_svg(figure, title)), `${file_name(title)}.png`);
}

export function save_table(table: Table, title: string): void {
    save(new Blob([csv_of(table)], { type: "text/csv" }), `${file_name(title)}.csv`);
}
