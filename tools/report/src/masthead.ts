// The head of the page: what was asked, the answer beside its figure, how it was had in one line; then the sections, and the model folded behind them.
import { element, linked, type Child } from "./dom";
import { in_words } from "./format";
import { later } from "./lazy";

export interface Fact {
    label: string;
    value: string;
}

export interface Masthead {
    kicker: string;
    title: string;
    about: string;
    facts: readonly Fact[];
    /** The headline's figure and what stands with it. */
    answer: readonly Node[];
}

/** Letters of the question that stand at once. */
const most_letters = 190;

/** The sentences of a text; an abbreviation's dot ends none. */
export function sentences_of(text: string): string[] {
    const sentences: string[] = [];
    let from = 0;
    for (const match of text.matchAll(/[.?!]["”’)]?(?=\s+["“(]?[\p{Lu}\d]|\s*$)/gu)) {
        const end = match.index + match[0].length;
        const sentence = text.slice(from, end);
        if (!/(?:^|[\s(])(?:\p{Lu}|e\.g|i\.e|cf|vs|etc|St|Dr|Mr|Mrs|No|pp?|vol|ed|eds|al)\.$/u.test(sentence)) {
            sentences.push(sentence.trim());
            from = end;
        }
    }
    return [...sentences, text.slice(from).trim()].filter((sentence) => sentence !== "");
}

/** What stands of a scenario's words at once: its question, after its first sentence where both are short; without a question the first sentence. */
export function lead_of(about: string): string {
    const sentences = sentences_of(about.replace(/\s+/g, " "));
    const [first] = sentences;
    if (first === undefined) {
        return "";
    }
    const question = sentences.find((sentence) => sentence.endsWith("?"));
    const both = question === undefined || question === first ? first : `${first} ${question}`;
    return both.length <= most_letters ? both : question ?? first;
}

function question(about: string): Child[] {
    const lead = lead_of(about);
    const paragraphs = about.split(/\n\s*\n/).filter((text) => text.trim() !== "");
    if (lead === "") {
        return [];
    }
    return [element("p", { class: "about" }, ...linked(lead)),
        lead === about.replace(/\s+/g, " ").trim() ? null : element("details", { class: "fold whole-question" }, element("summary", {}, "More about the question"),
            ...paragraphs.map((text) => element("p", {}, ...linked(text))))];
}

/** One quiet line: counts with what they count, the rest as it is. */
function facts_line(facts: readonly Fact[]): HTMLElement {
    const words = ({ label, value }: Fact): string => label === "Seed" ? `seed ${value}`
        : label.endsWith("s") ? value.replace(/^[\d,]+(?=$|, )/, (count) => `${count} ${count === "1" ? label.slice(0, -1).toLowerCase() : label.toLowerCase()}`) : value;
    return element("p", { class: "facts" }, ...facts.flatMap((fact, at) => [at === 0 ? null : " · ", element("span", { title: fact.label, "data-fact": fact.label }, in_words(words(fact)))]));
}

export function masthead(head: Masthead): HTMLElement {
    return element("header", {},
        element("p", { class: "kicker" }, head.kicker),
        element("h1", {}, head.title),
        ...question(head.about),
        head.facts.length === 0 ? null : facts_line(head.facts),
        ...head.answer);
}

/** So many sentences stand at once; the others are folded away. */
const most_findings = 4;

export function findings(sentences: readonly string[]): HTMLElement {
    const list = (some: readonly string[]): HTMLElement => element("ul", { class: "findings" }, ...some.map((sentence) => element("li", {}, ...linked(in_words(sentence)))));
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

/** A part of the model: made when it is opened, in idle time, or for paper. */
export interface Chapter {
    id: string;
    title: string;
    /** What is in it, in a few words. */
    holds: string;
    make: () => readonly (Node | null)[];
}

function folded_chapter(chapter: Chapter): HTMLElement {
    const place = element("div", { class: "chapter-body" });
    const details = element("details", { class: "fold chapter" }, element("summary", {}, element("h3", { id: `${chapter.id}-title` }, chapter.title),
        chapter.holds === "" ? null : element("span", { class: "holds" }, chapter.holds)), place);
    const fill = later(() => { place.append(...chapter.make().filter((node): node is Node => node !== null)); });
    details.addEventListener("toggle", fill);
    details.addEventListener("fill", fill);
    return element("section", { id: chapter.id, "aria-labelledby": `${chapter.id}-title` }, details);
}

function section_node(section: Section): HTMLElement {
    return element("section", { id: section.id, "aria-labelledby": `${section.id}-title` }, element("h2", { id: `${section.id}-title` }, section.title), ...section.nodes);
}

/** The sections that have something in them, with a list of them before; then the model, folded to its contents, and what comes last. */
export function page_of(head: HTMLElement, sections: readonly Section[], chapters: readonly Chapter[], last: Section): Node[] {
    const full = sections.filter((section) => section.nodes.some((node) => node !== null));
    const model: Section[] = chapters.length === 0 ? [] : [{ id: "model", title: "The model", nodes: chapters.map(folded_chapter) }];
    const listed = [...full, ...model, last];
    head.append(element("nav", { class: "contents", "aria-label": "Contents" },
        element("ol", {}, ...listed.map((section) => element("li", {}, element("a", { href: `#${section.id}` }, section.title))))));
    return [
        element("a", { class: "skip", href: `#${listed[0]!.id}` }, `Skip to: ${listed[0]!.title}`),
        head,
        ...listed.map(section_node),
    ];
}

/** Opens what is folded around a node, and makes what is in it. */
export function open_to(id: string): void {
    const target = document.getElementById(id);
    const own = target?.querySelector<HTMLDetailsElement>(":scope > details");
    for (const details of [own, ...ancestors(target)]) {
        if (details instanceof HTMLDetailsElement && !details.open) {
            details.dispatchEvent(new Event("fill"));
            details.open = true;
        }
    }
}

function ancestors(node: Element | null): Element[] {
    const all: Element[] = [];
    for (let at = node?.parentElement ?? null; at !== null; at = at.parentElement) {
        all.push(at);
    }
    return all;
}
