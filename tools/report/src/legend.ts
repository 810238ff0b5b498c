// Keys to what is drawn: a sample beside each word.
import { element, svg } from "./dom";

export interface Sample {
    kind: string;
    shape: "line" | "box" | "ring";
    words: string;
    style?: number;
    /** How dark a box is. */
    shade?: number;
}

export function legend(samples: readonly Sample[], style = 1): HTMLElement {
    return element("ul", { class: `legend s${style}` }, ...samples.map((sample) => {
        const mark = sample.shape === "line" ? svg("path", { class: sample.kind, d: "M0,6H26" })
            : sample.shape === "box" ? svg("rect", { class: sample.kind, width: 26, height: 12, "fill-opacity": sample.shade ?? null })
                : svg("circle", { class: sample.kind, cx: 13, cy: 6, r: 4 });
        return element("li", { class: sample.style === undefined ? null : `s${sample.style}` },
            svg("svg", { viewBox: "0 0 26 12", "aria-hidden": "true" }, mark), sample.words);
    }));
}

/** A mark of a colour before a name in a table. */
export function swatch(style: number): SVGSVGElement {
    return svg("svg", { viewBox: "0 0 18 10", class: `swatch s${style}`, "aria-hidden": "true" }, svg("path", { class: "line curve", d: "M0,5H18" }));
}
