// What is chosen on the page stands in its address after #, so that a link shows the same: `#measure=moscow_trust&run=17`. An address of a section
// alone (`#events`) is left as it is.

const changes: (() => void)[] = [];
let stated = new URLSearchParams();

const of_address = (): URLSearchParams => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");

/** Reads the address, once, before anything is drawn, and whenever somebody changes it. */
export function read_link(): void {
    stated = of_address();
    addEventListener("hashchange", () => {
        if (location.hash.includes("=")) {
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

/** Puts a choice into the address; null takes it out, as for what is chosen at first. */
export function put_in_link(key: string, value: string | null): void {
    if (value === null) {
        stated.delete(key);
    } else {
        stated.set(key, value);
    }
    const text = stated.toString();
    history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
}

/** Calls back when the address was changed by hand or by going back. */
export function on_link(changed: () => void): void {
    changes.push(changed);
}
