// The stretch of a chart that is in view, and how mouse, buttons and keys change it.
import { element, svg } from "./dom";
import { button } from "./figure";

/** The first and the last point in view. */
export interface Stretch {
    from: number;
    to: number;
}

/** Half as long (or twice as long), about a centre, within what there is. */
export function zoomed(now: Stretch, centre: number, factor: number, last: number): Stretch {
    const length = Math.min(last, Math.max(Math.min(4, last), Math.round((now.to - now.from) * factor)));
    const from = Math.min(Math.max(0, Math.round(centre - length / 2)), last - length);
    return { from, to: from + length };
}

export interface ZoomButtons {
    node: HTMLElement;
    show: (now: Stretch) => void;
}

export function zoom_buttons(last: number, now: () => Stretch, centre: () => number, set: (to: Stretch) => void): ZoomButtons {
    const nearer = button("Zoom in", () => { set(zoomed(now(), centre(), 0.5, last)); });
    const farther = button("Zoom out", () => { set(zoomed(now(), centre(), 2, last)); });
    const whole = button("Whole period", () => { set({ from: 0, to: last }); });
    return {
        node: element("div", { class: "choices", role: "group", "aria-label": "Zoom" }, nearer, farther, whole),
        show: ({ from, to }) => {
            const all = from === 0 && to === last;
            farther.disabled = all;
            whole.disabled = all;
            nearer.disabled = to - from <= Math.min(4, last);
        },
    };
}

export interface Area {
    left: number;
    right: number;
    top: number;
    bottom: number;
}

/** The surface that follows the pointer; dragging across it zooms, a double click shows all. `point_at` gives the point at a place across. */
export function surface(area: Area, point_at: (x: number) => number, hover: (at: number) => void, zoom: (to: Stretch | null) => void): SVGGElement {
    const width = area.right - area.left;
    const height = area.bottom - area.top;
    const selection = svg("rect", { class: "selection", y: area.top, height, x: area.left, width: 0 });
    const plane = svg("rect", { class: "catch", x: area.left, y: area.top, width, height });
    let began: number | null = null;

    const across = (event: PointerEvent): number => {
        const root = plane.ownerSVGElement!;
        const box = root.getBoundingClientRect();
        const x = (event.clientX - box.left) * root.viewBox.baseVal.width / box.width;
        return Math.min(area.right, Math.max(area.left, x));
    };
    plane.addEventListener("pointerdown", (event) => {
        if (event.button === 0 && event.pointerType !== "touch") {
            began = across(event);
            plane.setPointerCapture(event.pointerId);
        }
        hover(point_at(across(event)));
    });
    plane.addEventListener("pointermove", (event) => {
        const x = across(event);
        hover(point_at(x));
        if (began !== null) {
            selection.setAttribute("x", String(Math.min(x, began)));
            selection.setAttribute("width", String(Math.abs(x - began)));
        }
    });
    plane.addEventListener("pointerup", (event) => {
        const x = across(event);
        if (began !== null && Math.abs(x - began) > 8) {
            const ends = [point_at(began), point_at(x)].sort((a, b) => a - b) as [number, number];
            if (ends[1] > ends[0]) {
                zoom({ from: ends[0], to: ends[1] });
            }
        }
        began = null;
        selection.setAttribute("width", "0");
    });
    plane.addEventListener("pointercancel", () => {
        began = null;
        selection.setAttribute("width", "0");
    });
    plane.addEventListener("dblclick", () => { zoom(null); });
    return svg("g", {}, selection, plane);
}
