// The head of the page: what was asked, how it was answered, and what came out, in plain sentences.
import { element, linked } from "./dom";

export interface Fact {
    label: string;
    value: string;
}

export interface Masthead {
    kicker: string;
    title: string;
    about: string;
    facts: readonly Fact[];
}

export function masthead(head: Masthead): HTMLElement {
    return element("header", {},
        element("p", { class: "kicker" }, head.kicker),
        element("h1", {}, head.title),
        ...head.about.split(/\n\s*\n/).filter((text) => text.trim() !== "").map((text) => element("p", { class: "about" }, ...linked(text))),
        element("dl", { class: "facts" }, ...head.facts.map((fact) => element("div", {}, element("dt", {}, fact.label), element("dd", {}, ...linked(fact.value))))));
}

/** So many sentences stand at once; the others are folded away. */
const most_findings = 6;

export function findings(sentences: readonly string[]): HTMLElement {
    const list = (some: readonly string[]): HTMLElement => element("ul", { class: "findings" }, ...some.map((sentence) => element("li", {}, ...linked(sentence.replaceAll(" %", "\u00a0%")))));
    if (sentences.length <= most_findings + 2) {
        return list(sentences);
    }
    const rest = sentences.slice(most_findings);
    return element("div", {}, list(sentences.slice(0, most_findings)),
        element("details", { class: "fold" }, element("summary", {}, `${rest.length} more`), list(rest)));
}

export interface Section {
    id: string;
    title: string;
    nodes: readonly (Node | null)[];
}

/** The sections that have something in them, with a list of them before. */
export function page_of(head: HTMLElement, sections: readonly Section[]): Node[] {
    const full = sections.filter((section) => section.nodes.some((node) => node !== null));
    const contents = element("nav", { class: "contents", "aria-label": "Contents" },
        element("ol", {}, ...full.map((section) => element("li", {}, element("a", { href: `#${section.id}` }, section.title)))));
    head.append(contents);
    return [
        full[0] === undefined ? element("span", {}) : element("a", { class: "skip", href: `#${full[0].id}` }, `Skip to: ${full[0].title}`),
        head,
        ...full.map((section) => element("section", { id: section.id, "aria-labelledby": `${section.id}-title` },
            element("h2", { id: `${section.id}-title` }, section.title), ...section.nodes)),
    ];
}
