// The part of a page that shows the scenario, and where results came from.
import { flows_of, steps_of, time_of } from "./adapt";
import type { Provenance } from "./data";
import type { KindData, ScenarioData } from "./scenario_data";
import { element, linked } from "./dom";
import { plural } from "./format";
import type { Chapter, Section } from "./masthead";
import { code_cell, definitions, folded, influence_figure, sourced, step_list } from "./scenario";
import { copy_button, date_cell, scrolling_table, type Column, type Table } from "./table";

const titled = (title: string): HTMLElement => element("h3", {}, title);

/** What is left out of the list before, if anything. */
const noted = (note: string): Node[] => note === "" ? [] : [element("p", { class: "meta" }, note)];

const columns = (...titles: string[]): Column[] => titles.map((title) => ({ title }));

function parameters(scenario: ScenarioData): Node[] {
    if (scenario.parameters.length === 0) {
        return [];
    }
    const changed = scenario.parameters.some((one) => one.was !== null);
    const table: Table = {
        caption: "Parameters, as used.",
        columns: [{ title: "parameter" }, { title: "value", numeric: true }, ...(changed ? [{ title: "in the scenario", numeric: true }] : []),
            ...columns("unit", "range", "about", "source")],
        rows: scenario.parameters.map((one) => [code_cell(one.name), one.value, ...(changed ? [one.was] : []), one.unit, one.range, one.about, sourced(one.source)]),
    };
    return [titled("Parameters"), folded("Parameters", table)];
}

function overridden(scenario: ScenarioData): Node[] {
    return scenario.overridden.length === 0 ? [] : [titled("Overrides"), scrolling_table({
        caption: "Changes made by options of the command.",
        columns: columns("what", "in the scenario", "used", "by"),
        rows: scenario.overridden.map((one) => [code_cell(one.what), one.was, one.now, one.by]),
    })];
}

function kind(data: KindData): Node[] {
    const words = data.ends === null ? `Agents; number: ${data.count}.` : `Links from ${data.ends.source} to ${data.ends.target}; number: ${data.count}.`;
    const nodes: Node[] = [element("h4", {}, data.name), element("p", {}, words, data.about === "" ? "" : ` ${data.about}`)];
    if (data.fields.length > 0) {
        nodes.push(folded("State variables", {
            caption: `State variables of ${data.name}.`,
            columns: columns("state variable", "start", "unit", "range", "about", "source"),
            rows: data.fields.map((field) => [code_cell(field.name), code_cell(field.start), field.unit, field.range, field.about, sourced(field.source)]),
        }));
    }
    if (data.derived.length > 0) {
        nodes.push(element("p", { class: "list-title" }, `Derived from the state of ${data.name}:`), definitions(`Derived from the state of ${data.name}`, data.derived));
    }
    if (data.starts.rows.length > 0) {
        nodes.push(folded("Starts", {
            caption: `Members of ${data.name} with other start values.`,
            columns: columns(data.name, ...data.starts.columns),
            rows: data.starts.rows.map((row) => [row.name, ...row.cells]),
        }), ...noted(data.starts.note));
    }
    return nodes;
}

function lists(scenario: ScenarioData): Node[] {
    const nodes: Node[] = [];
    if (scenario.measures.length > 0) {
        nodes.push(titled("Measures"), folded("Measures", {
            caption: "Measures, taken in every run.",
            columns: columns("measure", "definition", "unit", "about"),
            rows: scenario.measures.map((one) => [code_cell(one.name), code_cell(one.definition), one.unit, one.about]),
        }));
    }
    if (scenario.inputs.length > 0) {
        nodes.push(titled("Inputs"), folded("Inputs", {
            caption: "Inputs: known in advance, the same in every run. A tick has the value at its beginning.",
            columns: columns("input", "on", "table", "dates", "between dates", "unit", "about", "source"),
            rows: scenario.inputs.map((one) => [code_cell(one.name), one.on, one.table, one.dates, one.between, one.unit, one.about, sourced(one.source)]),
        }));
    }
    if (scenario.timeline.length > 0) {
        nodes.push(titled("Dated facts"), folded("Dated facts", {
            caption: "The timeline: each before the steps of the tick that holds its date.",
            columns: columns("when", "what happens", "on", "about", "source"),
            rows: scenario.timeline.map((one) => [date_cell(time_of(one.when)), code_cell(one.what), one.on, one.about, sourced(one.source)]),
        }), ...noted(scenario.timeline_note));
    }
    if (scenario.observed.length > 0) {
        nodes.push(titled("Record"), folded("Record", {
            caption: "Observed data; runs do not read them.",
            columns: columns("measure", "observed", "sd", "source"),
            rows: scenario.observed.map((one) => [code_cell(one.measure), one.value, one.sd, sourced(one.source)]),
        }));
    }
    if (scenario.record.length > 0) {
        nodes.push(titled("Events on record"), folded("Events on record", {
            caption: "Events as they happened: in these days, and of these rows, what is not on record did not happen.",
            columns: columns("event", "on record", "complete", "of rows", "source"),
            rows: scenario.record.map((one) => [code_cell(one.event), one.firings, one.complete, one.rows === "all" ? one.rows : code_cell(one.rows), sourced(one.source)]),
        }));
    }
    if (scenario.variants.length > 0) {
        nodes.push(titled("Variants"), folded("Variants", {
            caption: "Variants that the scenario declares.",
            columns: columns("variant", "about", "changes"),
            rows: scenario.variants.map((one) => [code_cell(one.name), one.about, one.changes.join("; ")]),
        }));
    }
    return nodes;
}

function references(scenario: ScenarioData): Node[] {
    const list = (title: string, items: readonly string[]): Node[] => items.length === 0 ? []
        : [titled(title), element("ul", {}, ...items.map((item) => element("li", {}, ...linked(item))))];
    return [...list("References", scenario.references), ...list("Authors", scenario.authors)];
}

const counted = (count: number, one: string, many: string): string => count === 0 ? "" : plural(count, one, many);

const listed = (...parts: string[]): string => parts.filter((part) => part !== "").join(", ");

function nodes_of_scenario(scenario: ScenarioData, after_odd: boolean): Node[] {
    return [
        ...overridden(scenario),
        ...parameters(scenario),
        ...(scenario.kinds.length > 0 && !after_odd ? [titled("Entities and state")] : []),
        ...(after_odd ? [] : scenario.kinds.flatMap(kind)),
        ...lists(scenario),
        ...references(scenario)];
}

const has_contents = ({ overridden, parameters, kinds, measures, inputs, timeline, observed, record, variants, references, authors }: ScenarioData, after_odd: boolean): boolean =>
    [overridden, parameters, after_odd ? [] : kinds, measures, inputs, timeline, observed, record, variants, references, authors].some((list) => list.length > 0);

function nodes_of_flows(scenario: ScenarioData): Node[] {
    return scenario.flows.length > 0 ? [influence_figure(flows_of(scenario))] : scenario.no_flows === "" ? [] : [element("p", {}, scenario.no_flows)];
}

/** A description after the ODD protocol tells of entities, measures and starts itself; there the steps are its seventh part. */
export function model_chapters(scenario: ScenarioData, after_odd = false): Chapter[] {
    const all: (Chapter & { there: boolean })[] = [
        { id: "steps", title: after_odd ? "7. Submodels" : "Steps", there: scenario.steps.length > 0,
            holds: `${plural(scenario.steps.length, "step", "steps")} of each tick, with their equations`,
            make: () => [
                element("p", {}, "Each tick first sets what the timeline says for it, and then runs these steps in this order. Within a step all rows act at once: "
                    + "each reads the others as they stood when the step began. An arrow assigns; dt is the tick in years."),
                step_list(steps_of(scenario))] },
        { id: "influence", title: "What influences what", holds: scenario.flows.length > 0 ? "what each step reads and changes" : "", there: scenario.flows.length > 0 || scenario.no_flows !== "",
            make: () => nodes_of_flows(scenario) },
        { id: "scenario", title: "Scenario", there: has_contents(scenario, after_odd),
            holds: listed(counted(scenario.overridden.length, "override", "overrides"), counted(scenario.parameters.length, "parameter", "parameters"),
                counted(scenario.measures.length, "measure", "measures"), counted(scenario.timeline.length, "dated fact", "dated facts"),
                counted(scenario.observed.length + scenario.record.length, "entry on record", "entries on record"), counted(scenario.variants.length, "variant", "variants")),
            make: () => nodes_of_scenario(scenario, after_odd) },
    ];
    return all.filter((chapter) => chapter.there);
}

export function provenance_section(provenance: Provenance): Section {
    const text = (): string => [...provenance.entries.map((entry) => `${entry.label}: ${entry.value}`), `command: ${provenance.command}`, provenance.citation]
        .filter((line) => line !== "").join("\n");
    return { id: "provenance", title: "Provenance", nodes: [
        element("dl", { class: "provenance" }, ...provenance.entries.flatMap((entry) => [element("dt", {}, entry.label), element("dd", {}, entry.value)])),
        element("p", {}, "To reproduce:"),
        element("pre", { class: "command", tabindex: 0 }, provenance.command),
        provenance.citation === "" ? null : element("p", {}, provenance.citation),
        element("p", {}, copy_button("Copy provenance", text), " ", copy_button("Copy command", () => provenance.command)),
    ] };
}
