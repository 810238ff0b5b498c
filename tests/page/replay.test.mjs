// Single runs told on a page that the command writes: their events are those of events.csv, and the moment moves story, curves and network together.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { barriers, data_of, here, milliseconds, near, picture, printed, scales_of, start, stop, table_behind, visit } from "./harness.mjs";

const command = process.env.ENTENTE_COMMAND;
const founding = join(here, "../../scenarios/moscow-kabul.yaml");
const scratch = mkdtempSync(join(tmpdir(), "entente-replay-"));
const unfriendly = "<img src=x onerror=alert(1)>";

// Events of every form, a date that comes in some runs, labels that nobody should have.
const quarrels = `entente: 1
title: Quarrels
calendar: {start: 2020-01-01, ticks: 36, step: month}
runs: 60
agents:
  state: {label: State, fields: {worth: {start: 1, range: [0, inf]}}, members: {a: {label: "${unfriendly}"}, b: {label: "Bee \\u202e"}, c: {}}}
links:
  tie: {source: state, target: state, pattern: complete, fields: {warmth: {start: 0.5, range: [0, 1]}, mood: {start: calm, levels: [calm, angry]}}}
steps:
  - {rule: drift, on: state, do: ["worth *= exp(normal(0, 0.1))"]}
  - {event: quarrel, on: tie, rate: source.worth, label: "Quarrel ${unfriendly}", do: ["warmth *= 0.8", "mood = angry"]}
  - {event: peace, on: tie, probability: 0.1 * warmth, do: ["warmth = min(1, warmth + 0.2)", "mood = calm"]}
  - {event: letters, on: tie, count: 6}
  - {event: sides, on: tie, choice: target.worth, outside: 2}
timeline:
  - {date: 2020-04-10, event: quarrel, on: a -> b}
measures:
  warmth: {value: "mean(k.warmth for k in tie)", unit: "1", label: Warmth}
  broken: {value: "first(tie[a, b].warmth < 0.1)", label: "a and b fall out"}
  sum: {value: "total(quarrel[a, b])", unit: quarrels}
`;

function entente(...words) {
    return execFileSync(command, words, { cwd: scratch, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** The rows of a table without quoted line ends, as objects. */
function rows_of_csv(path) {
    const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.startsWith("\"") ? cell.slice(1, -1).replaceAll("\"\"", "\"") : cell);
    const [head, ...lines] = readFileSync(path, "utf8").trim().split("\n");
    const names = cells(head);
    return lines.map((line) => Object.fromEntries(cells(line).slice(0, names.length).map((cell, at) => [names[at], cell])));
}

/** A date as people read it. */
const in_words = (date) => `${Number(date.slice(8))} ${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

let visits = 0;

/** A page that the command wrote of runs whose events are kept, once the values of single runs have come. */
async function told(words, body, options = {}) {
    const out = join(scratch, `kept-${visits += 1}`);
    entente("run", ...words, "--events", "--out", out);
    const path = join(out, "report.html");
    const visitor = await visit(path, options);
    await visitor.page.locator("figure.replay[data-values]").waitFor();
    await body(visitor.page, data_of(path), rows_of_csv(join(out, "events.csv")), visitor, path, out);
    await visitor.leave();
}

before(async () => {
    assert.ok(command, "ENTENTE_COMMAND names the command");
    writeFileSync(join(scratch, "quarrels.yaml"), quarrels);
    await start();
});

after(async () => {
    await stop();
    rmSync(scratch, { recursive: true, force: true });
});

const told_lines = (page) => page.locator("figure.replay .happenings > li");
const run_named = async (page) => Number(await page.locator("figure.replay .told-run[aria-pressed='true']").getAttribute("data-run"));

test("events of each run told are those of events.csv, with causes and chances", async () => {
    await told(["quarrels.yaml"], async (page, data, events) => {
        const figure = page.locator("figure.replay");
        const { replay } = data.ensemble;
        const label = (name) => ({ quarrel: `Quarrel ${unfriendly}` })[name] ?? name;
        assert.ok(replay.runs.length >= 4 && replay.runs.length <= 6, `${replay.runs.length} runs`);
        for (const run of replay.runs) {
            await figure.locator(`.told-run[data-run='${run.run}']`).click();
            const own = events.filter((event) => event.run === String(run.run));
            assert.ok(own.length > 20);
            const [, ...rows] = await table_behind(figure);
            assert.equal(rows.length, own.length);
            rows.forEach(([date, what, , count, cause, chance], at) => {
                assert.deepEqual([date, what, count, cause], [own[at].date, label(own[at].event), Number(own[at].count), own[at].cause], `run ${run.run}, event ${at}`);
                if (own[at].chance === "") {
                    assert.equal(chance, "–");
                } else {
                    near(chance, Number(own[at].chance), 1e-4 * Number(own[at].chance), `run ${run.run}, chance ${at}`);
                }
            });
            assert.equal(await told_lines(page).count(), own.length);
            assert.equal(new Set(rows.map((row) => row[4])).size, 2, "drawn and of the timeline");
        }
        const words = (await told_lines(page).locator(".why").allTextContents()).join("\n");
        assert.match(words, /^timeline$/m);
        assert.match(words, /^drawn, 0.5 expected$/m);
        assert.match(words, /^drawn, chance in a month \d+ %$/m);
    });
});

test("runs are told by the rule: among them one in which the date comes and one in which it does not", async () => {
    await told(["quarrels.yaml"], async (page, data, _, __, ___, out) => {
        const runs = rows_of_csv(join(out, "runs.csv"));
        const date = (run) => runs.find((row) => row.run === String(run.run)).broken;
        const { replay } = data.ensemble;
        const because = (pattern) => replay.runs.find((run) => run.reasons.some((reason) => pattern.test(reason)));
        assert.equal(replay.runs[0], because(/^typical: nearest the medians/));
        assert.equal(date(because(/a and b fall out: does not come/)), "");
        const came = runs.map((row) => row.broken).filter((when) => when !== "").sort();
        assert.equal(date(because(/a and b fall out: earliest, /)), came[0]);
        assert.equal(date(because(/a and b fall out: latest, /)), came.at(-1));
        const cards = await page.locator("figure.replay .told-run").allTextContents();
        assert.equal(cards.length, replay.runs.length);
        assert.match(cards[0], /^Run \d+Typical: nearest the medians of all measures/);
    });
});

test("a line leads to the state after it, the slider to a line", async () => {
    await told(["quarrels.yaml"], async (page, data) => {
        const figure = page.locator("figure.replay");
        const { replay, network } = data.ensemble;
        const run = replay.runs[0];
        const at = Math.floor(run.when.length / 2);
        await told_lines(page).nth(at).locator("button").click();
        const moment = replay.times.find((when) => when > run.when[at]);
        assert.equal(await figure.locator(".player output").textContent(), in_words(moment));
        assert.equal(await told_lines(page).nth(at).getAttribute("aria-current"), "date");
        for (const plot of await figure.locator(".course svg").all()) {
            const { x, x_domain } = await scales_of(plot);
            near(x(Number(await plot.locator(".cursor").getAttribute("x1"))), milliseconds(moment), (x_domain[1] - x_domain[0]) / 500, "cursor of a curve");
        }
        assert.equal(await page.locator("figure.relations output").textContent(), in_words(network.times.filter((when) => when <= moment).at(-1)), "the other network goes along");
        const slider = figure.getByLabel("Moment of the run");
        await slider.focus();
        await page.keyboard.press("Home");
        assert.equal(await told_lines(page).locator("xpath=self::*[@class='to-come']").count(), run.when.length, "before the first tick nothing has happened");
        await page.keyboard.press("ArrowRight");
        assert.equal(await figure.locator(".player output").textContent(), in_words(replay.times[1]));
        await page.keyboard.press("End");
        assert.equal(await figure.locator("li.to-come").count(), 0);
    });
});

test("curves are the run's series, and the network what its links hold", async () => {
    await told(["quarrels.yaml"], async (page, data, _, __, ___, out) => {
        const figure = page.locator("figure.replay");
        for (const at of [0, data.ensemble.replay.runs.length - 1]) {
            const { run } = data.ensemble.replay.runs[at];
            await figure.locator(`.told-run[data-run='${run}']`).click();
            const alone = JSON.parse(entente("run", "quarrels.yaml", "--replay", String(run), "--json")).replay[0];
            const plot = figure.locator(".course[data-name='Warmth'] svg");
            const { x, y, y_domain } = await scales_of(plot);
            const corners = [...(await plot.locator(".line.own").getAttribute("d")).matchAll(/[ML]?(-?[\d.e-]+),(-?[\d.e-]+)/g)].map(([, a, b]) => [x(Number(a)), y(Number(b))]);
            assert.equal(corners.length, 37);
            corners.forEach(([, value], moment) => { near(value, alone.measures.warmth.course[moment], (y_domain[1] - y_domain[0]) / 500, `run ${run}, moment ${moment}`); });
            const shown = await figure.locator("svg.network [data-row]").evaluateAll((nodes) => nodes.map((node) => Number(node.dataset.value)));
            near(shown.reduce((sum, value) => sum + value, 0) / 6, alone.measures.warmth.course.at(-1), 0.005, "the mean over the links");
            const other = await page.locator("figure.relations svg.network [data-row]").evaluateAll((nodes) => nodes.map((node) => Number(node.dataset.value)));
            assert.deepEqual(other.sort(), shown.sort());
            assert.match(await page.locator("figure.relations figcaption").textContent(), new RegExp(`in run ${run}`), "who chooses a run sees it in the other network too");
            await page.locator("figure.relations").getByLabel("Values of").selectOption("mean");
            assert.doesNotMatch(await page.locator("figure.relations figcaption").textContent(), /in run/);
        }
    });
});

test("it plays: the story, its box and both networks move until the end, and pause holds them", async () => {
    await told(["quarrels.yaml"], async (page, data) => {
        const figure = page.locator("figure.replay");
        const box = figure.locator(".story");
        const play = figure.getByRole("button", { name: "Play" });
        const end = await box.evaluate((node) => node.scrollTop);
        assert.ok(end > 0, "it stands at the last event");
        const before_it = await figure.locator("svg.network").evaluate((node) => node.outerHTML);
        await play.focus();
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => Number(document.querySelector("figure.replay .player input").value) > 6);
        await figure.getByRole("button", { name: "Pause" }).click();
        const { times } = data.ensemble.replay;
        const at = Number(await figure.getByLabel("Moment of the run").inputValue());
        assert.ok(at < times.length - 1, "paused on the way");
        assert.equal(await figure.locator(".player output").textContent(), in_words(times[at]));
        assert.ok(await figure.locator("li.to-come").count() > 0);
        assert.ok(await box.evaluate((node) => node.scrollTop) < end);
        assert.notEqual(await figure.locator("svg.network").evaluate((node) => node.outerHTML), before_it);
        assert.equal(await page.locator("figure.relations output").textContent(), in_words(data.ensemble.network.times.filter((when) => when <= times[at]).at(-1)));
        const y = await page.evaluate(() => scrollY);
        await play.click();
        await page.waitForFunction((last) => document.querySelector("figure.replay .player input").value === last, String(times.length - 1));
        assert.equal(await figure.getByRole("button", { name: "Play" }).count(), 1, "at the end it stops");
        assert.equal(await page.evaluate(() => scrollY), y, "the page stays where it is");
    });
});

test("the list is gone through by keyboard, and narrowed to an actor or an event", async () => {
    await told(["quarrels.yaml"], async (page, data) => {
        const figure = page.locator("figure.replay");
        const buttons = told_lines(page).locator("button");
        assert.equal(await figure.locator(".happenings button[tabindex='0']").count(), 1, "one stop for the tabulator");
        await figure.locator(".happenings button[tabindex='0']").focus();
        await page.keyboard.press("Home");
        await page.keyboard.press("ArrowDown");
        assert.equal(await buttons.nth(1).evaluate((node) => node === document.activeElement), true);
        await page.keyboard.press("Enter");
        const run = data.ensemble.replay.runs[0];
        assert.equal(await figure.locator(".player output").textContent(), in_words(data.ensemble.replay.times.find((when) => when > run.when[1])));
        await figure.getByLabel("Event", { exact: true }).selectOption("peace");
        const peace = data.ensemble.replay.events.findIndex((event) => event.name === "peace");
        const some = run.events.filter((event) => event === peace).length;
        assert.equal(await figure.locator(".happenings > li:not([hidden])").count(), some);
        assert.match(await figure.locator(".story-count").textContent(), new RegExp(`^${some} of `));
        await figure.getByLabel("Event", { exact: true }).selectOption("");
        await figure.getByLabel("Actor").selectOption("c");
        for (const who of await figure.locator(".happenings > li:not([hidden]) .who").allTextContents()) {
            assert.match(who, /(^c →|→ c$)/);
        }
    });
});

test("the address holds run and moment", async () => {
    await told(["quarrels.yaml"], async (page, data, _, visitor) => {
        const figure = page.locator("figure.replay");
        const { runs, times } = data.ensemble.replay;
        await figure.locator(`.told-run[data-run='${runs[1].run}']`).click();
        await figure.getByLabel("Moment of the run").focus();
        await page.keyboard.press("Home");
        await page.keyboard.press("ArrowRight");
        const address = await page.evaluate(() => location.href);
        assert.equal(address, `${visitor.address}#run=${runs[1].run}&moment=${times[1]}`);
        const other = await page.context().newPage();
        await other.goto(address);
        await other.locator("figure.replay[data-values]").waitFor();
        assert.equal(await run_named(other), runs[1].run);
        assert.equal(await other.locator("figure.replay .player output").textContent(), in_words(times[1]));
        await other.close();
        visitor.requests.length = 1;
        await page.evaluate((run) => { location.hash = `run=${run}`; }, runs[2].run);
        await page.waitForFunction((run) => document.querySelector(`figure.replay .told-run[data-run='${run}']`).getAttribute("aria-pressed") === "true", runs[2].run);
        assert.equal(await figure.locator(".player output").textContent(), in_words(times.at(-1)));
    });
});

test("labels stay text, and nobody is kept out", async () => {
    for (const scheme of ["light", "dark"]) {
        for (const width of [1440, 390]) {
            await told(["quarrels.yaml"], async (page) => {
                assert.match((await told_lines(page).locator(".what").allTextContents()).join("\n"), /Quarrel <img src=x onerror=alert\(1\)>/);
                assert.equal(await page.locator("img").count(), 0);
                assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width);
                assert.deepEqual(await barriers(page), []);
                await picture(page, `replay-${width}-${scheme}`);
            }, { scheme, width });
        }
    }
});

test("paper has the whole story of the run, and no buttons", async () => {
    await told(["quarrels.yaml"], async (page) => {
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator("figure.replay .player").isVisible(), false);
        assert.equal(await page.locator("figure.replay .story").evaluate((node) => node.scrollHeight <= node.clientHeight + 1), true);
        assert.equal(await told_lines(page).first().isVisible(), true);
        await page.emulateMedia({ media: null });
        await printed(page, "replay");
    });
});

test("a page of the founding scenario tells six runs in a quarter of a megabyte", async () => {
    await told([founding, "--runs", "1000"], async (page, data, events, _, path) => {
        const text = JSON.stringify(data.ensemble.replay);
        assert.ok(text.length <= 250_000, `${text.length} bytes of ${statSync(path).size}`);
        assert.equal(data.ensemble.replay.runs.length, 6);
        for (const run of data.ensemble.replay.runs) {
            assert.equal(run.when.length, events.filter((event) => event.run === String(run.run)).length);
        }
    });
});
