// A figure: number, caption, controls, what is drawn, its data behind it, and files to take away.
import { element, fresh_id, on_width, type Child } from "./dom";
import { save_pixels, save_svg, save_table } from "./download";
import { capitalised } from "./format";
import { when_near } from "./lazy";
import { link_to } from "./link_state";
import { copy_button, data_behind, type Table } from "./table";

export interface FigureParts {
    /** What is drawn, as the sentence that heads the caption. */
    title: string;
    /** How it is to be read. */
    note?: Child[];
    controls?: Node[];
    body: Node[];
    table: () => Table;
    kind?: string;
}

export interface Figure {
    node: HTMLElement;
    /** After a change of what is drawn: the caption's words, and the table if it stands open. */
    refresh: (title?: string) => void;
}

/** The files of a figure: what is drawn, and its numbers; and an address that shows it as it is. */
export function file_buttons(figure: () => HTMLElement, title: () => string, table: () => Table, kind: string | undefined): HTMLElement {
    const said = element("span", { class: "copied", role: "status" });
    const file = (words: string, save: () => void | Promise<void>): HTMLElement => {
        const node = element("button", { type: "button", class: "file", "aria-label": `Download as ${words}` }, words);
        node.addEventListener("click", () => {
            said.textContent = "";
            void Promise.resolve().then(save).catch(() => { said.textContent = `The browser makes no ${words} of it.`; });
        });
        return node;
    };
    return element("span", { class: "files" },
        file("SVG", () => { save_svg(figure(), title()); }), file("PNG", () => save_pixels(figure(), title())), file("CSV", () => { save_table(table(), title()); }),
        kind === undefined ? null : copy_button("Copy link", () => link_to(kind)), said);
}

export function figure(parts: FigureParts): Figure {
    const id = fresh_id("figure");
    const name = parts.kind?.split(" ")[0];
    const title = element("span", { class: "said" }, capitalised(parts.title));
    const caption = element("figcaption", { id }, element("b", { class: "number" }), title, " ", ...(parts.note ?? []));
    const controls = parts.controls && parts.controls.length > 0 ? element("div", { class: "controls" }, ...parts.controls) : null;
    const data = data_behind(parts.table);
    const node: HTMLElement = element("figure", { "aria-labelledby": id, class: parts.kind ?? null, "data-figure": name ?? null }, caption, controls, ...parts.body,
        element("div", { class: "figure-tools" }, data, file_buttons(() => node, () => title.textContent, parts.table, name)));
    return {
        node,
        refresh: (words) => {
            if (words !== undefined) {
                title.textContent = capitalised(words);
            }
            if (data.open) {
                data.dispatchEvent(new Event("toggle"));
            }
        },
    };
}

/** A place for a drawing that is drawn when it comes near the window, and anew whenever its width changes. */
export function drawing(draw: (width: number) => SVGSVGElement, at_once = false): { node: HTMLElement; redraw: () => void; drawn: () => SVGSVGElement | null } {
    const node = element("div", { class: "plot" });
    let width = 0;
    const redraw = (): void => {
        if (width > 0) {
            node.replaceChildren(draw(width));
        }
    };
    const begin = (): void => {
        on_width(node, (now) => {
            width = now;
            redraw();
        });
    };
    if (at_once) {
        queueMicrotask(begin);
    } else {
        when_near(node, begin);
    }
    return { node, redraw, drawn: () => node.querySelector("svg") };
}

/** Calls back when the node comes near the window, and from then on whenever its width changes. */
export function on_width_of(node: HTMLElement, draw: (width: number) => void): void {
    when_near(node, () => { on_width(node, draw); });
}

export interface Option {
    value: string;
    label: string;
    group?: string;
}

/** A choice of one among many. */
export function select_field(label: string, options: readonly Option[], chosen: string, on_choice: (value: string) => void):
    { node: HTMLElement; choose: (value: string) => void } {
    const id = fresh_id("select");
    const box = element("select", { id });
    const groups = new Map<string, HTMLElement>();
    for (const option of options) {
        let place: HTMLElement = box;
        if (option.group !== undefined) {
            place = groups.get(option.group) ?? element("optgroup", { label: option.group });
            groups.set(option.group, place);
            box.append(place);
        }
        place.append(element("option", { value: option.value }, option.label));
    }
    box.value = chosen;
    box.addEventListener("change", () => {
        on_choice(box.value);
    });
    const node = element("div", { class: "field" }, element("label", { for: id }, label), box);
    return { node, choose: (value) => { box.value = value; } };
}

/** Switches of which any number may be on. */
export function switches(legend: string, names: readonly { value: string; label: string; on: boolean }[],
    on_change: (value: string, on: boolean) => void): HTMLElement {
    return element("fieldset", {}, element("legend", {}, legend), element("div", { class: "choices" }, ...names.map((name) => {
        const box = element("input", { type: "checkbox", value: name.value });
        box.checked = name.on;
        box.addEventListener("change", () => {
            on_change(name.value, box.checked);
        });
        return element("label", {}, box, name.label);
    })));
}

export function button(words: string, on_click: () => void): HTMLButtonElement {
    const node = element("button", { type: "button" }, words);
    node.addEventListener("click", on_click);
    return node;
}

/** A slider over dates (or other points), by which a chart is read with the keyboard as with the mouse. */
export interface Cursor {
    node: HTMLElement;
    move: (at: number) => void;
    limit: (from: number, to: number) => void;
    at: () => number;
    /** Puts the slider under the plot: so far in from the left and from the right. */
    align: (left: number, right: number) => void;
}

/** Half of a slider's handle, by which its track is longer than the way of the handle's middle. */
const handle = 8;

export function cursor(label: string, count: number, start: number, describe: (at: number) => string, on_move: (at: number) => void,
    shown = false): Cursor {
    const id = fresh_id("cursor");
    const input = element("input", { id, type: "range", min: 0, max: Math.max(0, count - 1), step: 1, class: "brush" });
    input.value = String(start);
    const at = (): number => Number(input.value);
    const tell = (): void => {
        input.setAttribute("aria-valuetext", describe(at()));
        on_move(at());
    };
    input.addEventListener("input", tell);
    input.setAttribute("aria-valuetext", describe(start));
    const node = element("div", { class: "cursor-field" }, element("label", { for: id, class: shown ? "slider-label" : "unseen" }, label), input);
    return {
        node,
        at,
        move: (to) => {
            input.value = String(to);
            tell();
        },
        limit: (from, to) => {
            input.min = String(from);
            input.max = String(to);
        },
        align: (left, right) => {
            node.style.marginLeft = `${left - handle}px`;
            node.style.marginRight = `${right - handle}px`;
        },
    };
}
