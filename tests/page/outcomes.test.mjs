// Which runs went that way: the page parts the runs by an outcome, and ranks what set them apart beforehand.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assemble, barriers, corners_of, data_of, here, near, picture, printed, rows_of, scales_of, start, stop, table_behind, visit } from "./harness.mjs";
import * as made from "./made.mjs";

const command = process.env.ENTENTE_COMMAND;
const scratch = mkdtempSync(join(tmpdir(), "entente-outcomes-"));
let omen;
let known;

before(async () => {
    await start();
    known = assemble(made.run(), "parted");
    if (command) {
        const out = join(scratch, "omen");
        execFileSync(command, ["run", join(here, "../scenes/omen.yaml"), "--out", out], { cwd: scratch, stdio: "ignore" });
        omen = { page: join(out, "report.html"), runs: table_of(readFileSync(join(out, "runs.csv"), "utf8")) };
    }
});

after(async () => {
    await stop();
    rmSync(scratch, { recursive: true, force: true });
});

/** Rows of a table of commas without quotes, as objects. */
function table_of(text) {
    const [header, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(","));
    return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at]])));
}

const section = (page) => page.locator("#outcomes");
const outcome_box = (page) => section(page).getByLabel("Compare runs by outcome");
const loaded = (page) => page.waitForFunction(() => document.querySelectorAll("#outcomes .outcome-choice option").length > 1);

async function parted(path, hash, body, options = {}) {
    const visitor = await visit(path, { ...options, hash });
    await section(visitor.page).locator(".outcome-counts").waitFor();
    await body(visitor.page);
    return visitor;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Student's 97.5 % quantile from the normal one (Cornish & Fisher; Abramowitz & Stegun 26.7.5). */
function student(freedom) {
    const z = 1.959963984540054;
    return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
}

/** Hedges' g and the ends of its 95 % interval, run by run: by the larger of the normal and of the delta method's error. */
function hedges(first, second) {
    const groups = [first, second].map((values) => ({ values, n: values.length, m: mean(values) }));
    const squares = groups.map(({ values, m }) => values.reduce((sum, value) => sum + (value - m) ** 2, 0));
    const freedom = first.length + second.length - 2;
    const variance = (squares[0] + squares[1]) / freedom;
    const d = (groups[0].m - groups[1].m) / Math.sqrt(variance);
    const lent = groups.map(({ values, n, m }, side) => n / (n - 1) * mean(values.map((value) =>
        ((side === 0 ? 1 : -1) * (value - m) / (n * Math.sqrt(variance)) - d / (2 * freedom * variance) * ((value - m) ** 2 - squares[side] / n)) ** 2)) * n);
    const robust = lent[0] + lent[1];
    const normal = 1 / first.length + 1 / second.length + d * d / (2 * freedom);
    const welch = robust ** 2 / (lent[0] ** 2 / (first.length - 1) + lent[1] ** 2 / (second.length - 1));
    const small = 1 - 3 / (4 * freedom - 1);
    const reach = small * Math.sqrt(Math.max(robust, normal)) * student(robust > normal ? welch : freedom);
    return { g: small * d, low: small * d - reach, high: small * d + reach };
}

const number_of = (text) => Number(text.replace("−", "-"));

test("where the cause is known it leads on every date before, noise is not told apart, and what the outcome causes is no cause", { skip: !command }, async () => {
    const visitor = await parted(omen.page, "#outcome=date.ruptured", async (page) => {
        const came = omen.runs.map((run) => run.ruptured === "" ? Infinity : Date.parse(`${run.ruptured}T00:00:00Z`));
        const coin = omen.runs.map((run) => Number(run.coin));
        const counts = [came.filter(Number.isFinite).length, came.filter((when) => when === Infinity).length];
        assert.equal(await section(page).locator(".outcome-counts").textContent(), `All 1,000 runs: ${counts[0]} ruptured, ${counts[1]} not.`);
        const [header, ...rows] = await table_behind(section(page).locator("figure.distinguished"));
        assert.deepEqual(header.slice(0, 2), ["what", "date"]);
        const dates = [...new Set(rows.map((row) => row[1]))];
        assert.ok(dates.length > 15, `${dates.length} dates`);
        for (const date of dates) {
            const when = Date.parse(`${date}T00:00:00Z`);
            const open = coin.map((value, run) => ({ value, came: came[run] })).filter((run) => run.came >= when);
            const [first, second] = [open.filter((run) => run.came < Infinity).map((run) => run.value), open.filter((run) => run.came === Infinity).map((run) => run.value)];
            const there = rows.filter((row) => row[1] === date);
            const lead = there[0];
            assert.equal(lead[0], "the coin", `${date}: ${JSON.stringify(there.map((row) => row[0]))}`);
            assert.deepEqual(lead.slice(2, 4), [first.length, second.length], `${date}: runs in which it was open`);
            const { g, low, high } = hedges(first, second);
            near(lead[4], mean(first), 0.003, `${date}: mean`);
            near(lead[6], g, 0.002, `${date}: g`);
            near(lead[7], low, 0.004, `${date}: low`);
            near(lead[8], high, 0.004, `${date}: high`);
            assert.equal(there.find((row) => row[0] === "chatter").at(-1), "no", `${date}: noise`);
            assert.equal(there.some((row) => row[0] === "the aftermath"), false, `${date}: none of those in which it is open has an aftermath`);
        }
        assert.ok(rows.filter((row) => row[0] === "the coin" && row.at(-1) === "yes").length >= 10, "the coin is told apart as long as enough runs are open");
        const table = section(page).locator(".ranking table").first();
        const lead = (await rows_of(table))[1];
        assert.equal(lead[0], "the coin");
        assert.match(lead.at(-1), /^since 3 Jan 2021$/);
        assert.match((await rows_of(table)).find((row) => row[0] === "chatter").at(-1), /^not told apart$/);
    });
    await visitor.leave();
});

test("without the rule the aftermath would lead: after the outcome it tells the groups apart by far", { skip: !command }, async () => {
    const visitor = await parted(omen.page, "#outcome=date.ruptured&measure=aftermath", async (page) => {
        const [header, ...rows] = await table_behind(page.locator("figure.over-time"));
        assert.match(header[3], /^ruptured \(\d+\u00a0% of runs\): median/);
        const last = rows.at(-1);
        assert.ok(last[3] > 4 && Math.abs(last[8]) < 1e-9, `${last}`);
    });
    await visitor.leave();
});

for (const scheme of ["light", "dark"]) {
    test(`a page of parted runs has no barriers, in ${scheme}`, { skip: !command }, async () => {
        const visitor = await parted(omen.page, "#outcome=date.ruptured", async (page) => {
            await page.evaluate(() => { for (const details of document.querySelectorAll("#outcomes details")) { details.open = true; } });
            assert.deepEqual(await barriers(page), []);
            await picture(page, `outcomes-${scheme}`);
        }, { scheme });
        await visitor.leave();
    });
}

/** The runs of the made page by whether war came, as its data have it. */
function war_came() {
    return Array.from({ length: 100 }, (_, run) => (run * 37 % 100) / 100 > 0.2);
}

/** The p-quantile between order statistics. */
function quantile(values, p) {
    const sorted = [...values].sort((a, b) => a - b);
    const place = (sorted.length - 1) * p;
    const below = Math.floor(place);
    return sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

/** Chapters of the made page's first series, as made.mjs makes them. */
const outlay = (run, at) => 110 * (1 + 0.02 * at + 0.2 * (run * 37 % 100) / 100 + 0.04 * Math.sin(run * 12.9898 + at * 78.233));

test("every figure shows both groups, each its own quantiles", async () => {
    const visitor = await parted(known, "#outcome=date.war", async (page) => {
        const figure = page.locator("figure.over-time");
        const came = war_came();
        const [, ...rows] = await table_behind(figure);
        rows.forEach((row, at) => {
            for (const side of [0, 1]) {
                const values = came.flatMap((is, run) => is === (side === 0) ? [outlay(run, at)] : []);
                [0.05, 0.25, 0.5, 0.75, 0.95].forEach((p, level) => { near(row[1 + 5 * side + level], quantile(values, p), 0.15, `row ${at}, group ${side}, ${p}`); });
            }
        });
        const { x, y, y_domain } = await scales_of(figure.locator("svg.fan"));
        for (const side of [0, 1]) {
            const group = figure.locator("svg.fan [data-group]").nth(side);
            const corners = await corners_of(group.locator(".line.median"));
            assert.equal(corners.length, rows.length);
            corners.forEach((corner, at) => {
                near(y(corner.y), rows[at][3 + 5 * side], (y_domain[1] - y_domain[0]) / 400, `median ${at}`);
                near(x(corner.x), Date.parse(rows[at][0]), 86_400_000, `date ${at}`);
            });
            assert.equal(await group.locator(".band").count(), 2);
        }
        assert.match(await figure.locator("figcaption").textContent(), /by outcome\./);
        assert.match(await figure.locator(".legend").textContent(), /war \(79\u00a0% of runs\): median.*not \(21\u00a0%\): median/);
        const curves = await page.locator("#dates svg.curves [data-curve]").evaluateAll((nodes) => nodes.map((node) => node.dataset.curve));
        assert.deepEqual(curves, ["war (79\u00a0% of runs)", "not (21\u00a0%)"]);
        const shares = (await rows_of(page.locator("#dates table").last())).map((row) => row[1]);
        assert.deepEqual(shares.slice(1), ["100 %", "0 %"]);
        const once = await rows_of(page.locator("#once table").first());
        assert.match(once[0][2], /^mean: war \(79/);
        near(once[1][2], mean(came.flatMap((is, run) => is ? [run * 13 % 10] : [])), 0.001, "mean of incidents");
        await page.locator(".small[data-name='entente_arms'] svg .s2").waitFor();
        assert.match(await page.locator(".small[data-name='entente_arms'] .value").textContent(), /^\d+ \| \d+/);
        assert.equal(await page.locator(".small[data-name='entente_arms'] svg .s2").count(), 1);
    });
    await visitor.leave();
});

test("what was given to the runs is ranked, from the start on", async () => {
    const visitor = await parted(known, "#outcome=date.war", async (page) => {
        const table = await rows_of(section(page).locator(".ranking table").first());
        const row = table.find(([what]) => what === "reaction (given to the run)");
        assert.match(row.at(-1), /^since /);
    });
    await visitor.leave();
});

test("a choice stands in the address, and goes out of it with the way back", async () => {
    const visitor = await visit(known);
    const { page } = visitor;
    await loaded(page);
    await outcome_box(page).selectOption("end.entente_arms");
    await section(page).getByLabel("The runs").selectOption("bottom");
    await section(page).locator("figure.distinguished").waitFor();
    assert.match(page.url(), /#.*outcome=end\.entente_arms/);
    assert.match(page.url(), /way=bottom/);
    const names = await page.locator("figure.over-time [data-group]").evaluateAll((nodes) => nodes.map((node) => node.dataset.group));
    assert.match(names[0], /^entente arms: bottom tenth, \d+ million GBP or less \(10\u00a0% of runs\)$/);
    const again = await visit(known, { hash: new URL(page.url()).hash });
    await section(again.page).locator("figure.distinguished").waitFor();
    assert.deepEqual(await again.page.locator("figure.over-time [data-group]").evaluateAll((nodes) => nodes.map((node) => node.dataset.group)), names);
    assert.equal(await section(again.page).getByLabel("The runs").inputValue(), "bottom");
    await again.leave();
    await section(page).getByRole("button", { name: "All runs together" }).click();
    assert.doesNotMatch(page.url(), /outcome|way|apart/);
    assert.equal(await page.locator("[data-group]").count(), 0);
    assert.equal(await page.locator("figure.over-time svg.fan > .line.median").count(), 1);
    assert.equal(await outcome_box(page).inputValue(), "");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "SELECT");
    await visitor.leave();
});

test("by keyboard an outcome is chosen, a date set before which it came, and the table's date moved", async () => {
    const visitor = await visit(known);
    const { page } = visitor;
    await loaded(page);
    await outcome_box(page).focus();
    await page.keyboard.press("ArrowDown");
    const until = section(page).getByLabel("It came");
    await until.focus();
    assert.equal(await until.getAttribute("aria-valuetext"), "by the end");
    for (let press = 0; press < 6; press += 1) {
        await page.keyboard.press("ArrowLeft");
    }
    await page.waitForFunction(() => /before/.test(document.querySelector("#outcomes .outcome-counts")?.textContent ?? ""));
    const words = await until.getAttribute("aria-valuetext");
    assert.match(words, /^before \d+ \w+ 202[12]$/);
    const before_when = Date.parse(new URL(page.url()).hash.match(/way=([\d-]+)/)[1]);
    const months = made.run().ensemble.times;
    const count = war_came().filter((is, run) => is && Date.parse(months[2 + 3 * (run * 7 % 8)]) < before_when).length;
    assert.match(await section(page).locator(".outcome-counts").textContent(), new RegExp(`^All 100 runs: ${count} war before`));
    const table_date = section(page).getByLabel("Date of the table");
    await table_date.focus();
    await page.keyboard.press("End");
    const last = await table_date.getAttribute("aria-valuetext");
    assert.match(await section(page).locator(".open-runs").textContent(), new RegExp(`^On ${last} it was still open in \\d+ runs`));
    assert.ok(Date.parse(new URL(page.url()).hash.match(/apart=([\d-]+)/)[1]) < before_when, "the table ends before it is too late");
    await visitor.leave();
});

test("with nobody in a group that is told, and the figures stay as they are", async () => {
    const data = made.run();
    const never = new Array(100).fill(NaN);
    data.ensemble.outcomes.dates[1] = made.packed(never, 2);
    const visitor = await parted(assemble(data, "nobody"), "#outcome=date.peace", async (page) => {
        assert.equal(await section(page).locator(".outcome-counts").textContent(), "All 100 runs: 0 peace, 100 not.");
        assert.match(await section(page).locator(".outcome").textContent(), /nothing to compare/);
        assert.equal(await page.locator("[data-group]").count(), 0);
    });
    await visitor.leave();
});

test("runs that failed before it was decided are left out, and that is told", async () => {
    const data = made.run();
    const failed = Array.from({ length: 100 }, (_, run) => run < 3 ? Date.parse("2021-02-01T00:00:00Z") / 86_400_000 : NaN);
    data.ensemble.outcomes.failed = made.packed(failed, 2);
    data.ensemble.outcomes.dates[0] = made.packed(Array.from({ length: 100 }, (_, run) => run >= 50 ? Date.parse("2021-06-01T00:00:00Z") / 86_400_000 : NaN), 2);
    const visitor = await parted(assemble(data, "failed"), "#outcome=date.war", async (page) => {
        assert.match(await section(page).locator(".outcome-counts").textContent(), /^All 100 runs: 50 war, 47 not\. 3 are left out/);
    });
    await visitor.leave();
});

test("of few runs in a group nothing is ranked, and the figures are parted all the same", async () => {
    const data = made.run();
    data.ensemble.outcomes.dates[1] = made.packed(Array.from({ length: 100 }, (_, run) => run < 4 ? 18_700 : NaN), 2);
    const visitor = await parted(assemble(data, "few-in-group"), "#outcome=date.peace", async (page) => {
        assert.match(await section(page).locator(".outcome").textContent(), /cannot be told/);
        assert.equal(await page.locator("figure.over-time [data-group]").count(), 2);
    });
    await visitor.leave();
});

test("where nothing is told apart the table is of the date of the surest difference, not of the start, at which all are the same", async () => {
    const data = made.run();
    const { outcomes } = data.ensemble;
    outcomes.parameters = [];
    outcomes.dates[0] = made.packed(new Array(100).fill(NaN), 2);
    outcomes.courses = [made.packed_course([0], 100, outcomes.times.length, (run, at) => at === 0 ? 1 : Math.sin(run * 12.9898 + at * 78.233))];
    const visitor = await parted(assemble(data, "nothing-apart"), "#outcome=date.peace", async (page) => {
        assert.match(await section(page).locator(".open-runs").textContent(), /Nothing is told apart on this date\.$/);
        const rows = await rows_of(section(page).locator(".ranking table").first());
        assert.equal(rows[1][0], "outlay of entente_arms");
        assert.equal(rows[1].at(-1), "not told apart");
    });
    await visitor.leave();
});

test("without dates moments are ticks", async () => {
    const data = made.run();
    const tick = (moment) => made.run().ensemble.times.indexOf(moment);
    data.dated = false;
    data.scenario = { ...data.scenario, timeline: [], observed: [] };
    const { ensemble } = data;
    ensemble.outcomes.times = ensemble.outcomes.times.map(tick);
    ensemble.outcomes.end = 24;
    ensemble.times = ensemble.times.map((_, at) => at);
    ensemble.network = null;
    ensemble.events = null;
    ensemble.by_row = [];
    ensemble.series = ensemble.series.slice(0, 3).map((series) => ({ ...series, observed: [] }));
    ensemble.outcomes.courses = ensemble.outcomes.courses.slice(0, 3);
    ensemble.dates = ensemble.dates.map((date) => ({ ...date, median: null, q05: null, q95: null, observed: null, curve: { when: [3], share: [0.5], low: [0.4], high: [0.6] } }));
    const came = war_came();
    ensemble.outcomes.dates = [made.packed(came.map((is, run) => is ? 2 + 3 * (run * 7 % 8) : NaN), 2), made.packed(came.map(() => NaN), 2)];
    const visitor = await parted(assemble(data, "ticks"), "#outcome=date.war&way=tick+12", async (page) => {
        const count = came.filter((is, run) => is && 2 + 3 * (run * 7 % 8) < 12).length;
        assert.match(await section(page).locator(".outcome-counts").textContent(), new RegExp(`^All 100 runs: ${count} war before tick 12`));
        assert.match(await section(page).locator(".open-runs").textContent(), /^On tick \d+ it was still open/);
    });
    await visitor.leave();
});

test("levels of both groups stand one above the other", async () => {
    const data = made.run();
    const { ensemble } = data;
    const share = ensemble.times.map(() => 0.5);
    ensemble.series[0] = { ...ensemble.series[0], unit: "", observed: [], levels: [{ name: "calm", share }, { name: "alert", share }] };
    ensemble.outcomes.courses[0] = made.packed_course([0], 100, ensemble.outcomes.times.length, (run, at) => Number(war_came()[run] && at > 3));
    const visitor = await parted(assemble(data, "levels-parted"), "#outcome=date.war", async (page) => {
        const figure = page.locator("figure.over-time");
        const [first, second] = await figure.locator("svg.fan [data-group]").evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })));
        assert.ok(first.bottom <= second.top + 20, "one above the other");
        const rows = await table_behind(figure);
        assert.deepEqual(rows.at(-1).slice(1), [0, 1, 1, 0]);
        await outcome_box(page).selectOption("end.entente_arms");
        await section(page).getByLabel("The runs").selectOption("level1");
        assert.match(await section(page).locator(".outcome-counts").textContent(), /^All 100 runs: 79 on alert, 21 others\.$/);
    });
    await visitor.leave();
});

test("unfriendly texts stay texts when runs are parted by what they name", async () => {
    const data = made.run();
    const { outcomes } = data.ensemble;
    const hostile = made.hostile(data);
    hostile.ensemble.outcomes = { ...outcomes, over: `${outcomes.over} ${made.unfriendly}`, parameters: outcomes.parameters.map((given) => ({ ...given, name: `${given.name} ${made.unfriendly}` })) };
    const visitor = await visit(assemble(hostile, "hostile-outcomes"));
    const { page } = visitor;
    await loaded(page);
    for (const value of await outcome_box(page).locator("option").evaluateAll((nodes) => nodes.map((node) => node.value))) {
        await outcome_box(page).selectOption(value);
        assert.equal(await page.locator("img").count(), 0);
    }
    await visitor.leave();
});

test("where nothing is kept run by run there is no such section", async () => {
    const data = made.run();
    data.ensemble.outcomes = null;
    const visitor = await visit(assemble(data, "without-outcomes"));
    assert.equal(await section(visitor.page).count(), 0);
    await visitor.leave();
});

test("of twenty runs the page parts them too, of one there is nothing to part", { skip: !command }, async () => {
    for (const [runs, count] of [["20", 1], ["1", 0]]) {
        const out = join(scratch, `omen-${runs}`);
        execFileSync(command, ["run", join(here, "../scenes/omen.yaml"), "--runs", runs, "--out", out], { cwd: scratch, stdio: "ignore" });
        const visitor = await visit(join(out, "report.html"), { hash: count === 1 ? "#outcome=date.ruptured" : "" });
        assert.equal(await section(visitor.page).count(), count);
        assert.equal(data_of(join(out, "report.html")).ensemble.outcomes === null, count === 0);
        if (count === 1) {
            await section(visitor.page).locator(".outcome-counts").waitFor();
            assert.match(await section(visitor.page).locator(".outcome-counts").textContent(), /^All 20 runs: \d+ ruptured, \d+ not\.$/);
        }
        await visitor.leave();
    }
});

test("what was chosen is printed, without its controls", async () => {
    const visitor = await parted(known, "#outcome=date.war", async (page) => {
        await page.emulateMedia({ media: "print" });
        assert.equal(await section(page).locator(".outcome-choice").isVisible(), false);
        assert.equal(await section(page).locator(".ranking table").first().isVisible(), true);
        await printed(page, "outcomes");
    });
    await visitor.leave();
});
