// What is chosen on the page stands in its address after #, so that a link shows the same: `#measure=moscow_trust&run=17`. An address of a section
// alone (`#events`) is left as it is.

const changes: (() => void)[] = [];
let stated = new URLSearchParams();

const of_address = (): URLSearchParams => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");

/** Reads the address, once, before anything is drawn, and whenever somebody changes it or goes back. */
export function read_link(): void {
    stated = of_address();
    addEventListener("hashchange", () => {
        if (location.hash.includes("=") || location.hash.length < 2) {
            stated = of_address();
            for (const changed of changes) {
                changed();
            }
        }
    });
}

/** What the link says of `key`, if it is one of `allowed`, where those are told. */
export function in_link(key: string, allowed?: readonly string[]): string | null {
    const value = stated.get(key);
    return value === null || (allowed !== undefined && !allowed.includes(value)) ? null : value;
}

const address_of = (state: URLSearchParams): string => {
    const text = state.toString();
    return text === "" ? location.pathname + location.search : `#${text}`;
};

/** Puts a choice into the address; null takes it out, as for what is chosen at first. A choice that is a `step` can be taken back by going back. */
export function put_in_link(key: string, value: string | null, step = false): void {
    if (stated.get(key) === value) {
        return;
    }
    if (value === null) {
        stated.delete(key);
    } else {
        stated.set(key, value);
    }
    if (step) {
        history.pushState(null, "", address_of(stated));
    } else {
        history.replaceState(null, "", address_of(stated));
    }
}

/** The address that shows the page as it is, at one of its figures. */
export function link_to(figure: string): string {
    const state = new URLSearchParams(stated);
    state.set("figure", figure);
    return new URL(`#${state.toString()}`, location.href).href;
}

/** Calls back when the address was changed by hand or by going back. */
export function on_link(changed: () => void): void {
    changes.push(changed);
}
