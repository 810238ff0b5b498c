// Pages of known numbers, one of each kind, for the tests of a file.
import { after, before, test } from "node:test";
import { assemble, start, stop, visit } from "./harness.mjs";
import * as made from "./made.mjs";

export const kinds = { run: made.run(), sweep: made.sweep(), sensitivity: made.sensitivity(), compare: made.compare(), calibrate: made.calibrate(), describe: made.describe() };
export const paths = {};

before(async () => {
    await start();
    for (const [kind, data] of Object.entries(kinds)) {
        paths[kind] = assemble(data, kind);
    }
});

after(stop);

/** Runs a test on one page, which at its end may have complained of nothing and asked the network for nothing. */
export function on(kind, name, body, options = {}) {
    test(name, async () => {
        const visitor = await visit(paths[kind], options);
        await body(visitor.page, kinds[kind]);
        await visitor.leave();
    });
}
