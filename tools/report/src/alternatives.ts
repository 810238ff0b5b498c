// Which colour and dash is whose: one assignment for all figures and tables of a page. What others are compared with is grey.

const colours = 6;

/** Of an alternative, the base being the first: 0 is the grey of the base, then the colours in their order. */
export function style_of_alternative(at: number): number {
    return at === 0 ? 0 : (at - 1) % colours + 1;
}

/** Of things of which none is the base: dates, events, steps. */
export function style_of(at: number): number {
    return at % colours + 1;
}
