// Nodes are made here and nowhere else: by the DOM's own functions, with text as text.

export type Child = Node | string | null | undefined | false;
export type Attributes = Record<string, string | number | boolean | null | undefined>;

const spaces = { svg: "http://www.w3.org/2000/svg", math: "http://www.w3.org/1998/Math/MathML" } as const;

function dress(node: Element, attributes: Attributes, children: readonly Child[]): void {
    for (const [name, value] of Object.entries(attributes)) {
        if (name === "style" || name.startsWith("on")) {
            throw new Error(`${name} as an attribute is barred by the page's policy; set it on the node`);
        }
        if (value !== null && value !== undefined && value !== false) {
            node.setAttribute(name, value === true ? "" : String(value));
        }
    }
    node.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
}

export function element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
    const node = document.createElement(tag);
    dress(node, attributes, children);
    return node;
}

export function svg<Tag extends keyof SVGElementTagNameMap>(
    tag: Tag, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[Tag] {
    const node = document.createElementNS(spaces.svg, tag);
    dress(node, attributes, children);
    return node;
}

export function math(tag: string, attributes: Attributes = {}, ...children: Child[]): MathMLElement {
    const node = document.createElementNS(spaces.math, tag);
    dress(node, attributes, children);
    return node;
}

let made = 0;

/** An id that no other node of the page has. */
export function fresh_id(stem: string): string {
    made += 1;
    return `${stem}-${made}`;
}

/** Text with links where it holds addresses on the web, `names` as code, and dates that stay on one line. */
export function linked(text: string): Child[] {
    const children: Child[] = [];
    let from = 0;
    for (const match of text.matchAll(/https?:\/\/[^\s<>"]*[^\s<>".,;:)]|`([^`\n]+)`|\b\d{4}-\d\d-\d\d\b/g)) {
        children.push(text.slice(from, match.index), match[1] !== undefined ? element("code", {}, match[1])
            : match[0].startsWith("http") ? element("a", { href: match[0], rel: "noreferrer noopener", title: match[0] }, host_of(match[0]))
                : element("span", { class: "date" }, match[0]));
        from = match.index + match[0].length;
    }
    children.push(text.slice(from));
    return children;
}

function host_of(address: string): string {
    try {
        return new URL(address).hostname.replace(/^www\./, "");
    } catch {
        return address;
    }
}

/** Calls back when the width of a node changes, and once at the start. */
export function on_width(node: HTMLElement, draw: (width: number) => void): void {
    let last = 0;
    const look = (): void => {
        const width = Math.round(node.getBoundingClientRect().width);
        if (width > 0 && width !== last) {
            last = width;
            draw(width);
        }
    };
    new ResizeObserver(look).observe(node);
    look();
}
