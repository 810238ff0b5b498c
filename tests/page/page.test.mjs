// Pages of known numbers in a real browser: what all of them have, and that of a model.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble, barriers, picture, printed, table_behind, visit } from "./harness.mjs";
import * as made from "./made.mjs";
import { kinds, on, paths } from "./pages.mjs";

for (const kind of Object.keys(kinds)) {
    for (const scheme of ["light", "dark"]) {
        on(kind, `the ${kind} page has no barriers that axe knows of, in ${scheme}`, async (page) => {
            for (const details of await page.locator("details").all()) {
                await details.evaluate((node) => { node.open = true; });
            }
            assert.deepEqual(await barriers(page), []);
        }, { scheme });
    }
    for (const width of [1280, 390]) {
        on(kind, `the ${kind} page is no wider than a window of ${width}`, async (page) => {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${wide} is wider than ${width}`);
            for (const box of await page.locator("figure svg[role=img]").all()) {
                const { width: drawn } = await box.boundingBox();
                assert.ok(drawn > 100);
            }
            await picture(page, `${kind}-${width}-light`);
            await page.emulateMedia({ colorScheme: "dark" });
            await picture(page, `${kind}-${width}-dark`);
        }, { width });
    }
    on(kind, `the ${kind} page prints`, async (page) => {
        const bytes = await printed(page, kind);
        assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
        assert.ok(bytes.length > 10_000);
    });
}

test("provenance is copied by a button", async () => {
    const { page, leave } = await visit(paths.run, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByRole("button", { name: "Copy command" }).click();
    await page.locator(".copied", { hasText: "Copied." }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), kinds.run.provenance.command);
    await page.getByRole("button", { name: "Copy provenance" }).click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes("Digest: eb18ae02"));
    await leave();
});

test("the data behind a figure are copied as a table of commas", async () => {
    const { page, leave } = await visit(paths.run, { permissions: ["clipboard-read", "clipboard-write"] });
    const figure = page.locator("figure.events");
    await table_behind(figure);
    await figure.getByRole("button", { name: "Copy as CSV" }).click();
    await figure.locator(".copied", { hasText: "Copied." }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
        "on,2021,2022,all\r\nall,1.5,2.75,4.25\r\nentente → alliance,1,1.75,2.75\r\nalliance → entente,0.5,1,1.5\r\n");
    await leave();
});

on("describe", "one step or one field is followed through the diagram", async (page) => {
    const figure = page.locator("figure.influence");
    assert.equal(await figure.locator("svg .edge").count(), 6);
    await figure.locator("select").selectOption("incident");
    assert.deepEqual(await figure.locator("svg .edge.lit").evaluateAll((nodes) => nodes.map((node) => `${node.dataset.from} > ${node.dataset.to}`).sort()),
        ["bloc.arms > incident", "incident > rivalry.fear", "rivalry.fear > incident"]);
});

for (const kind of Object.keys(kinds)) {
    test(`unfriendly texts stay texts on the ${kind} page`, async () => {
        const data = made.hostile(kinds[kind]);
        const visitor = await visit(assemble(data, `hostile-${kind}`));
        assert.equal(await visitor.page.locator("h1").textContent(), data.title);
        assert.equal(await visitor.page.title(), data.title.replace(/\s+/g, " "));
        assert.equal(await visitor.page.locator("img").count(), 0);
        assert.equal(await visitor.page.locator("script").count(), 3);
        for (const box of await visitor.page.locator("select").all()) {
            for (const value of await box.locator("option").evaluateAll((nodes) => nodes.map((node) => node.value))) {
                await box.selectOption(value);
            }
        }
        await visitor.leave();
    });
}

test("a link from an agent to itself is a loop above it", async () => {
    const data = structuredClone(kinds.run);
    const [kind] = data.ensemble.network.kinds;
    kind.links.push([1, 1]);
    for (const field of kind.fields) {
        field.values.push(field.values[0]);
    }
    const { page, leave } = await visit(assemble(data, "loop"));
    const loop = await page.locator("figure.relations svg.network [data-row='2'] path.tie").boundingBox();
    const node = await page.locator("figure.relations svg.network [data-name='alliance'] circle").boundingBox();
    assert.ok(loop.width > 20 && loop.height > 10 && loop.y + loop.height <= node.y + node.height);
    assert.ok(Math.abs(loop.x + loop.width / 2 - (node.x + node.width / 2)) < 8);
    await leave();
});

test("a page with next to nothing in it is still a page", async () => {
    const data = made.describe();
    data.kind = "run";
    data.scenario = { ...data.scenario, kinds: [], steps: [], parameters: [], measures: [], inputs: [], timeline: [], timeline_note: "", observed: [], record: [], variants: [], overridden: [], flows: [], references: [], authors: [] };
    data.ensemble = { times: [], series: [], single_runs: [], years_in_part: "", dates: [], scalars: [], by_row: [], events: null, network: null, means_over: "", events_over: "", no_events: "", no_network: "", not_drawn: "", outcomes: null, replay: null, no_replay: "", map: null, grids: [] };
    const { page, leave } = await visit(assemble(data, "bare"));
    assert.deepEqual(await page.locator("h2").allTextContents(), ["Provenance"]);
    await leave();
});

test("a diagram that is left out is told of", async () => {
    const data = made.describe();
    data.scenario = { ...data.scenario, flows: [], no_flows: "The diagram is left out, because the world is large." };
    const { page, leave } = await visit(assemble(data, "without-diagram"));
    assert.equal(await page.locator("figure.influence").count(), 0);
    assert.equal(await page.locator("#influence p").textContent(), "The diagram is left out, because the world is large.");
    await leave();
});

test("data of another form are refused in words", async () => {
    const data = { ...made.describe(), format: "entente-report/999" };
    const path = assemble(data, "other");
    await assert.rejects(visit(path, { patience: 2000 }), /Timeout/);
});
