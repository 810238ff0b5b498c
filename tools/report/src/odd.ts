// Parts of a document after the ODD protocol, from the Markdown that `entente describe` prints. Text becomes text, whatever it holds.
import { lexer, type Token, type Tokens } from "marked";

import type { OddPart } from "./data";
import { element, linked, type Child } from "./dom";
import type { Section } from "./masthead";

const escapes: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'" };
const plain = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => escapes[entity] ?? entity);

function inline(tokens: readonly Token[]): Child[] {
    return tokens.flatMap((token): Child[] => {
        switch (token.type) {
            case "strong": return [element("strong", {}, ...inline((token as Tokens.Strong).tokens))];
            case "em": return [element("em", {}, ...inline((token as Tokens.Em).tokens))];
            case "codespan": return [element("code", {}, (token as Tokens.Codespan).text)];
            case "br": return [element("br")];
            case "link": return linked((token as Tokens.Link).href);
            case "escape": return [(token as Tokens.Escape).text];
            default: return linked(plain("text" in token ? String(token.text) : token.raw));
        }
    });
}

function table(token: Tokens.Table, label: string): HTMLElement {
    return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, element("table", {},
        element("thead", {}, element("tr", {}, ...token.header.map((cell) => element("th", { scope: "col" }, ...inline(cell.tokens))))),
        element("tbody", {}, ...token.rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, ...inline(cell.tokens))))))));
}

/** What a list's item holds: its words, whether or not they stand in a paragraph. */
function item(tokens: readonly Token[], label: string): Child[] {
    return tokens.flatMap((token): Child[] => token.type === "text" ? inline((token as Tokens.Text).tokens ?? [token]) : block(token, label));
}

/** `label` tells a table from others. */
function block(token: Token, label: string): Child[] {
    switch (token.type) {
        case "heading": return [element((token as Tokens.Heading).depth > 3 ? "h4" : "h3", {}, ...inline((token as Tokens.Heading).tokens))];
        case "paragraph": return [element("p", {}, ...inline((token as Tokens.Paragraph).tokens))];
        case "table": return [table(token as Tokens.Table, label)];
        case "list": {
            const list = token as Tokens.List;
            return [element(list.ordered ? "ol" : "ul", {}, ...list.items.map((one) => element("li", {}, ...item(one.tokens, label))))];
        }
        case "code": return [element("pre", { tabindex: 0 }, (token as Tokens.Code).text)];
        case "space": return [];
        default: return [element("p", {}, token.raw)];
    }
}

/** The nodes of a text in Markdown. */
export function document_of(markdown: string, title: string): Node[] {
    const tokens = lexer(markdown);
    const number = (at: number): number => tokens.slice(0, at + 1).filter((token) => token.type === "table").length;
    return tokens.flatMap((token, at) => block(token, `${title}, table ${number(at)}`)).filter((child): child is Node => child instanceof Node);
}

export function odd_sections(parts: readonly OddPart[]): Section[] {
    return parts.map((part, at) => ({ id: `odd-${at + 1}`, title: part.title, nodes: document_of(part.markdown, part.title) }));
}
