// The scenario itself: what there is, what happens in which order, by which equations, with which numbers and whose word for them.
import { element, linked, type Child } from "./dom";
import { drawing, figure, select_field } from "./figure";
import { number } from "./format";
import { draw_influence, sorted_side, type StepFlow } from "./influence";
import { scrolling_table, type Cell, type Table } from "./table";
import { typeset_definition, typeset_inline, typeset_statement } from "./typeset";

export interface Definition {
    name: string;
    text: string;
}

export interface StepView {
    name: string;
    /** As "rule", "event by rate". */
    form: string;
    on: string;
    about: string;
    source: string;
    code: string;
    where: string;
    lets: readonly Definition[];
    /** The probability, rate, count or utility, with what belongs to it. */
    drives: readonly Definition[];
    statements: readonly string[];
}

function equations(step: StepView): Child[] {
    const lines: { written: string; drawn: MathMLElement | null }[] = [
        ...[...step.lets, ...step.drives].map(({ name, text }) => ({ written: `${name} = ${text}`, drawn: typeset_definition(name, text) })),
        ...step.statements.map((text) => ({ written: text, drawn: typeset_statement(text) })),
    ];
    const written = [...(step.where ? [`where ${step.where}`] : []), ...lines.map((line) => line.written)].join("\n");
    const where = step.where === "" ? null : element("p", { class: "meta where", tabindex: 0, role: "group", "aria-label": `Where ${step.name} applies` }, "where ", typeset_inline(step.where) ?? element("code", {}, step.where));
    return [
        where,
        element("div", { class: "equations", tabindex: 0, role: "group", "aria-label": `Equations of ${step.name}` },
            ...lines.map((line) => line.drawn ?? element("pre", {}, line.written))),
        element("details", { class: "as-written" }, element("summary", {}, "As written"), element("pre", {}, written)),
    ];
}

export function step_list(steps: readonly StepView[]): HTMLElement {
    return element("ol", { class: "steps" }, ...steps.map((step) => element("li", {},
        element("div", { class: "words" },
            element("h3", {}, step.name),
            element("p", { class: "meta" }, `${step.form} on each ${step.on}${step.code ? ` · ${step.code}` : ""}`),
            step.about === "" ? null : element("p", {}, ...linked(step.about)),
            step.source === "" ? null : element("p", { class: "source" }, "Source: ", ...linked(step.source))),
        element("div", { class: "formal" }, ...equations(step)))));
}

export interface DerivedView {
    name: string;
    value: string;
    unit: string;
    about: string;
    source: string;
}

/** What is derived from the state: its words beside its equation. */
export function definitions(label: string, all: readonly DerivedView[]): HTMLElement {
    return element("ul", { class: "steps plain", "aria-label": label }, ...all.map((one) => element("li", {},
        element("div", { class: "words" },
            element("code", {}, one.name), one.unit === "" ? null : element("span", { class: "meta" }, ` ${one.unit}`),
            one.about === "" ? null : element("p", {}, ...linked(one.about)),
            one.source === "" ? null : element("p", { class: "source" }, "Source: ", ...linked(one.source))),
        element("div", { class: "formal" }, element("div", { class: "equations", tabindex: 0, role: "group", "aria-label": `Equation of ${one.name}` },
            typeset_definition(one.name, one.value) ?? element("pre", {}, `${one.name} = ${one.value}`))))));
}

export function sourced(text: string): Cell {
    return { text, node: linked(text) };
}

export function code_cell(text: string): Cell {
    return { text, node: [element("code", {}, text)] };
}

export function influence_figure(flows: readonly StepFlow[]): HTMLElement {
    let lit = "";
    const label = `What influences what: ${flows.length} steps in their order; on the left what they read, on the right what they change.`;
    const plot = drawing((width) => draw_influence(flows, lit, width, label));
    const names = [...new Set([...sorted_side(flows, "reads"), ...sorted_side(flows, "writes")])].sort();
    const box = select_field("Follow", [{ value: "", label: "everything" },
        ...flows.map((flow) => ({ value: flow.name, label: flow.name, group: "Steps" })),
        ...names.map((name) => ({ value: name, label: name, group: "State" }))], "", (value) => {
        lit = value;
        plot.redraw();
    });
    plot.node.classList.add("scroll");
    plot.node.tabIndex = 0;  // where it is wider than the window it is scrolled by keyboard, too
    plot.node.setAttribute("role", "region");
    plot.node.setAttribute("aria-label", "Drawing of what reads and writes what");
    const table = (): Table => ({
        caption: "What each step reads and changes.",
        columns: [{ title: "step" }, { title: "reads" }, { title: "changes" }],
        rows: flows.map((flow) => [flow.name, flow.reads.join(", "), flow.writes.join(", ")]),
    });
    return figure({
        title: "What influences what.",
        note: ["On the left what a step reads, in the middle the steps in their order, on the right what they change; steps that may or may not happen have dashed borders. "
            + "What is derived or summed up is followed to the state that it is made of; what the parameters as they stand switch off is not drawn."],
        controls: [box.node],
        body: [plot.node],
        table,
        kind: "influence long",
    }).node;
}

/** A table with the scenario's words; long ones are folded away on the screen. */
export function folded(summary: string, table: Table): HTMLElement {
    if (table.rows.length <= 12) {
        return scrolling_table(table);
    }
    const details = element("details", { class: "fold" }, element("summary", {}, `${summary} (${number(table.rows.length)})`), scrolling_table(table));
    return details;
}
