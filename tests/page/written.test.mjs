// Pages that the command writes, for studies of the founding scenario and of the smallest worlds.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { barriers, corners_of, data_of, data_of_text, here, holds, near, picture, printed, rows_of, scales_of, start, stop, table_behind, visit } from "./harness.mjs";

const command = process.env.ENTENTE_COMMAND;
const founding = join(here, "../../scenarios/moscow-kabul.yaml");
const scratch = mkdtempSync(join(tmpdir(), "entente-written-"));

const rivals = (title, extra = "") => `entente: 1
title: ${title}
calendar: {start: 1909-01-01, end: 1913-12-31, step: month}
runs: 40
parameters:
  reaction: {value: 0.9, unit: 1/year, range: [0, 3], about: answer to the rival's outlay}
  fatigue: {value: 1.2, unit: 1/year, range: [0, 3], about: weight of the cost}
agents:
  bloc:
    fields:
      arms: {start: 100, unit: million GBP, range: [0, inf], about: yearly outlay}
      grievance: {start: 45, unit: million GBP/year}
    members: {entente: {arms: 110}, alliance: {arms: 85, grievance: 49}}
links:
  rivalry: {source: bloc, target: bloc, members: [entente -> alliance, alliance -> entente], fields: {fear: {start: 0.2, unit: share, range: [0, 1]}}}
steps:
  - rule: each arms against its rival
    on: bloc
    do: ["arms += dt * (reaction * sum(r.target.arms for r in rivalry.out(self)) - fatigue * arms + grievance) + normal(0, 3)"]
  - event: incident
    on: rivalry
    rate: 0.5
    do: [fear += 0.02]
measures:
  entente_arms: {value: "bloc[entente].arms", unit: million GBP}
  overtaken: {value: "first(bloc[alliance].arms > bloc[entente].arms)", about: the alliance arms more than the entente}
${extra}`;

function entente(...words) {
    return execFileSync(command, words, { cwd: scratch, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

before(async () => {
    assert.ok(command, "ENTENTE_COMMAND names the command");
    writeFileSync(join(scratch, "rivals.yaml"), rivals("Two rivals arm"));
    await start();
});

after(async () => {
    await stop();
    rmSync(scratch, { recursive: true, force: true });
});

/** Writes a study to a folder of its own, and opens its page. */
function study(name, words, body, { file } = {}) {
    test(name, async () => {
        const out = join(scratch, words.join("_").replace(/[^a-z0-9_]/gi, "").slice(0, 60));
        const told = entente(...words, "--out", out);
        const path = file === undefined ? join(out, "report.html") : file(told, out);
        const data = data_of(path);
        const visitor = await visit(path);
        assert.equal(await visitor.page.title(), data.title);
        assert.equal(await visitor.page.locator("h1").textContent(), data.title);
        await body(visitor.page, data, out, path);
        await visitor.leave();
        for (const scheme of ["light", "dark"]) {
            for (const width of [1280, 390]) {
                const other = await visit(path, { scheme, width });
                const wide = await other.page.evaluate(() => document.documentElement.scrollWidth);
                assert.ok(wide <= width, `${wide} is wider than ${width}`);
                await picture(other.page, `written-${data.kind}-${width}-${scheme}`);
                if (width === 1280) {
                    await printed(other.page, `written-${data.kind}-${scheme}`);
                    assert.deepEqual(await barriers(other.page), []);
                }
                await other.leave();
            }
        }
    });
}

study("an ensemble's page shows every measure as it was counted", ["run", founding, "--runs", "300"], async (page, data, out, path) => {
    assert.ok(statSync(path).size < 3_000_000, "the page is small enough to be sent about");
    assert.ok(data.findings.some((sentence) => /recognises the government in Kabul/.test(sentence) && /% of/.test(sentence)), data.findings.join("\n"));
    const summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));
    const { ensemble } = data;
    const figure = page.locator("figure.over-time");
    for (const series of ensemble.series) {
        await figure.locator("select").selectOption(series.name);
        const [, ...rows] = await table_behind(figure);
        if (series.levels?.length > 0) {  // shares of runs on each, and no quantiles
            const counted = Object.entries(summary.measures[series.name].levels);
            assert.equal(counted.length, series.levels.length);
            series.levels.forEach((level, at) => {
                assert.deepEqual(rows.map((row) => row[at + 1]), level.share, `${series.name}: ${level.name}`);
                const [, of_level] = counted.find(([name, { label }]) => (label ?? name) === level.name);
                near(level.share.at(-1), of_level.share, 5e-5, `${series.name}: ${level.name}`);
            });
            continue;
        }
        assert.deepEqual(rows.map((row) => row[4]), series.q50.map((value) => value ?? "–"), series.name);
        if (series.years === null) {
            await holds(figure.locator("svg.fan"), ".line.median", ensemble.times, series.q50, series.name);
            const counted = summary.measures[series.name];
            if (counted?.form === "series") {
                near(series.mean.at(-1), counted.mean, 5e-5 * Math.abs(counted.mean), series.name);
                near(series.q95.at(-1), counted.quantiles["0.95"], 5e-5 * Math.abs(counted.quantiles["0.95"]), series.name);
            }
        }
    }
    for (const date of ensemble.dates) {
        near(date.share, summary.measures[date.name].share, 5e-5, date.name);
        near(date.curve.share.at(-1), summary.measures[date.name].share, 5e-5, `${date.name} at the end of its curve`);
    }
    const steps = await table_behind(page.locator("figure.dates"));
    assert.equal(steps.length - 1, ensemble.dates.slice(0, 6).reduce((sum, date) => sum + date.curve.when.length, 0));
    const counted = Object.values(summary.events);  // by their names; the page has labels, in the same order
    assert.equal(ensemble.events.events.length, counted.length);
    for (const [at, event] of ensemble.events.events.entries()) {
        const { per_run } = counted[at];
        near(event.by_year.reduce((sum, value) => sum + value, 0), per_run, 1e-4 * Math.max(1, per_run), event.name);
        near(event.rows.reduce((sum, row) => sum + row.by_year.reduce((all, value) => all + value, 0), 0), per_run, 1e-4 * Math.max(1, per_run), `${event.name}, all rows`);
    }
    assert.equal(data.scenario.steps.length, await page.locator("#steps .steps > li").count());
    assert.equal(await page.locator("#steps .equations pre").count(), 0, "every equation is typeset");
    assert.ok(data.provenance.entries.some((entry) => entry.value.includes(summary.digest)));
});

study("of fewer than 20 runs each is drawn, and there are no quantiles", ["run", "rivals.yaml", "--runs", "12"], async (page, data) => {
    const [series] = data.ensemble.series.filter((one) => one.name === "entente_arms");
    assert.deepEqual(data.ensemble.single_runs, Array.from({ length: 12 }, (_, run) => run));
    assert.ok([series.q05, series.q25, series.q75, series.q95].every((values) => values.length === data.ensemble.times.length && values.every((value) => value === null)));
    const lines = page.locator("figure.over-time svg.fan .line.run");
    assert.equal(await lines.count(), 12);
    const { y, y_domain } = await scales_of(page.locator("figure.over-time svg.fan"));
    for (const [run, line] of (await lines.all()).entries()) {
        const corners = await corners_of(line);
        near(y(corners.at(-1).y), series.runs[run].at(-1), (y_domain[1] - y_domain[0]) / 500, `run ${run}`);
    }
});

study("from 20 runs on there are quantiles, and a few single runs", ["run", "rivals.yaml", "--runs", "20"], async (page, data) => {
    assert.equal(data.ensemble.single_runs.length, 5);
    assert.equal(await page.locator("figure.over-time svg.fan .band").count(), 2);
});

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "17 Aug 2022" of "2022-08-17". */
const in_words = (date) => `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

study("the network is that of any date", ["run", founding, "--runs", "50", "--seed", "2"], async (page, data) => {
    const figure = page.locator("figure.relations");
    const [kind] = data.ensemble.network.kinds;
    const slider = figure.getByLabel("Date", { exact: true });
    for (const [key, at] of [["Home", 0], ["ArrowRight", 1], ["End", data.ensemble.network.times.length - 1]]) {
        await slider.focus();
        await page.keyboard.press(key);
        assert.equal(await figure.locator("output").textContent(), in_words(data.ensemble.network.times[at]));
        const rows = (await rows_of(figure.locator(".beside table"))).slice(1);
        assert.equal(rows.length, kind.links.length);
        assert.equal(rows[0].length, 5, "the link, what is drawn, and three more");
        for (const [link, ...values] of rows) {
            const row = kind.links.findIndex(([source, target]) => `${data.ensemble.network.agents[source]} → ${data.ensemble.network.agents[target]}` === link);
            assert.equal(values[0], kind.fields[0].values[row][at], link);
        }
    }
});

study("a sweep's page has every point of the design", ["sweep", "rivals.yaml", "--vary", "reaction=0.3:1.2:4", "--vary", "bloc[entente].arms=100:130:3", "--replicates", "20"],
    async (page, data) => {
        assert.equal(data.sweep.factors[0].values.length, 12);
        assert.equal(await page.locator("figure.plane svg rect.cell[data-x]").count(), 12);
        const [, ...rows] = await table_behind(page.locator("figure.response"));
        assert.deepEqual(rows.map((row) => row.slice(0, 2)), data.sweep.factors[0].values.map((value, at) => [value, data.sweep.factors[1].values[at]]));
    });

study("a sensitivity analysis ranks its parameters", ["sensitivity", "rivals.yaml", "--vary", "reaction=0.5:1.5", "--vary", "fatigue=0.8:2", "--samples", "32", "--replicates", "4"],
    async (page, data) => {
        const [, ...rows] = await table_behind(page.locator("figure.ranking"));
        assert.deepEqual(rows.map((row) => row[0]).sort(), ["fatigue", "reaction"]);
        assert.ok(rows[0].some((cell) => typeof cell === "number" && cell > 0.3));
        assert.deepEqual(data.sensitivity.factors.map((factor) => [factor.how, factor.low, factor.high]), [["uniform(0.5, 1.5)", 0.5, 1.5], ["uniform(0.8, 2)", 0.8, 2]]);
    });

study("a comparison's page has differences and courses", ["compare", "rivals.yaml", "--with", "reaction=0.6", "--with", "reaction=1.2,fatigue=1"], async (page, data) => {
    assert.equal(data.comparison.alternatives.length, 3);
    const figure = page.locator("figure.side-by-side");
    const course = data.comparison.courses.find((one) => one.name === "entente_arms");
    await figure.locator("select").selectOption("entente_arms");
    for (const [at, alternative] of course.alternatives.entries()) {
        await holds(figure.locator("svg.overlay"), `.s${at} .line`, data.comparison.times, alternative.middle, data.comparison.alternatives[at]);
    }
    const difference = data.comparison.measures.find((one) => one.name === "entente_arms");
    const [, ...rows] = await table_behind(page.locator("figure.differences"));
    assert.ok(rows.some((row) => row[3] === difference.differences[0].value));
});

test("a model description is a page of its own", async () => {
    const path = join(scratch, "described.html");
    writeFileSync(path, entente("describe", founding, "--format", "html"));
    const { page, leave } = await visit(path);
    assert.ok(await page.locator("#steps .equations math").count() > 60);
    assert.ok(await page.locator("figure.influence svg .edge").count() > 60);
    const said = entente("describe", founding);  // the same document, in Markdown
    const heads = [...said.matchAll(/^## (\d\. .*)$/gm)].map((match) => match[1]);
    assert.equal(heads.length, 7);
    for (const head of heads) {
        assert.equal(await page.getByRole("heading", { name: head, exact: true }).count(), 1, head);
    }
    assert.match(await page.locator("#odd-4").innerText(), /Stochasticity\. Every draw is keyed/);
    assert.ok(!(await page.locator("#report").innerText()).includes("**Stochasticity"));
    const drawn = await page.locator("#odd-4 table tbody tr").count();
    assert.equal(drawn, [.../^## 4[^]*?(?=^## 5)/m.exec(said)[0].matchAll(/^\| (?!---|where)/gm)].length);
    await page.locator("figure.influence select").selectOption("visit");
    assert.ok(await page.locator("figure.influence .edge.lit").count() > 2);
    await picture(page, "written-describe-1280-light");
    await printed(page, "written-describe");
    assert.deepEqual(await barriers(page), []);
    await leave();
});

test("a scenario that would be a script stays a text", async () => {
    const evil = "</script><script>document.title = 'in'</script><img src=x onerror=alert(1)>";
    writeFileSync(join(scratch, "evil.yaml"), rivals(JSON.stringify(evil), `  evil: {value: "bloc[alliance].arms", unit: "<b>GBP", about: ${JSON.stringify(`${evil} & "more"`)}}\n`));
    entente("run", "evil.yaml", "--out", "evil");
    const { page, leave } = await visit(join(scratch, "evil/report.html"));
    assert.equal(await page.locator("h1").textContent(), evil);
    assert.equal(await page.title(), evil);
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("script").count(), 3);
    await page.locator("figure.over-time select").selectOption("evil");
    await leave();
});

test("a report is written anew from the folder of a study", async () => {
    entente("run", "rivals.yaml", "--out", "again");
    const path = join(scratch, "again/report.html");
    const before_it = readFileSync(path, "utf8");
    rmSync(path);
    entente("report", "again");
    assert.deepEqual(data_of(path).ensemble, JSON.parse(JSON.stringify(data_of_text(before_it).ensemble)));
});
