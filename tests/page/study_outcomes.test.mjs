// Which runs of a study went that way: pages of sweeps, sensitivity analyses and comparisons of a world in which it is known what causes what. Every number is
// reckoned again, in another way, from the study's own tables.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { barriers, data_of, here, near, picture, printed, rows_of, start, stop, table_behind, visit } from "./harness.mjs";

const command = process.env.ENTENTE_COMMAND;
const scratch = mkdtempSync(join(tmpdir(), "entente-study-outcomes-"));
const scene = join(here, "../scenes/levers.yaml");
const vary = ["strong", "weak", "idle"].flatMap((name) => ["--vary", name]);
const studies = {
    grid: ["sweep", scene, "--vary", "strong=0:1:5", "--vary", "weak=0:1:5", "--vary", "idle=0:1:3", "--replicates", "20"],
    one: ["sweep", scene, "--vary", "strong={0, 0.5, 1}", "--replicates", "60", "--unpaired"],
    latin: ["sweep", scene, ...vary, "--samples", "160", "--design", "latin", "--replicates", "16"],
    sobol: ["sensitivity", scene, ...vary, "--samples", "64", "--replicates", "8"],
    morris: ["sensitivity", scene, ...vary, "--method", "morris", "--trajectories", "30", "--replicates", "8"],
    compare: ["compare", scene, "--with", "strong=1", "--with", "weak=1", "--with", "idle=1", "--replicates", "300"],
};
const made = {};

before(async () => {
    await start();
    for (const [name, words] of Object.entries(command ? studies : {})) {
        const out = join(scratch, name);
        execFileSync(command, [...words, "--out", out], { cwd: scratch, stdio: "ignore" });
        const table = (file) => {
            const [header, ...rows] = readFileSync(join(out, file), "utf8").trim().split(/\r?\n/).map((line) => line.split(","));
            return rows.map((row) => Object.fromEntries(header.map((column, at) => [column, row[at]])));
        };
        made[name] = { page: join(out, "report.html"), runs: table("runs.csv"), points: name === "compare" ? [] : table("design.csv") };
    }
});

after(async () => {
    await stop();
    rmSync(scratch, { recursive: true, force: true });
});

const section = (page) => page.locator("#outcomes");

/** Opens a page of a study, when its runs are read and its figures drawn, as they are where somebody looks. */
async function opened(name, hash, body, options = {}) {
    const visitor = await visit(made[name].page, { ...options, hash });
    await section(visitor.page).locator(".outcome-counts").waitFor();
    for (const plot of await section(visitor.page).locator(".plot").all()) {
        const is_shown = await plot.evaluate((node) => {
            node.scrollIntoView({ behavior: "instant" });
            return node.checkVisibility();
        });
        if (is_shown) {
            await plot.locator("svg").first().waitFor({ state: "attached" });
        }
    }
    await visitor.page.evaluate(() => { scrollTo({ top: 0, behavior: "instant" }); });
    await body(visitor.page, made[name]);
    await visitor.leave();
}

/** Hedges' g of all runs, each with its weight: 1 unless another is given by the run's number. */
function weighted(runs, weight = () => 1) {
    const [all, sums, squares] = [[0, 0], [0, 0], [0, 0]];
    for (let at = 0; at < runs.length; at += 1) {
        const { x, side } = runs[at];
        const w = weight(at);
        all[side] += w;
        sums[side] += w * x;
        squares[side] += w * x * x;
    }
    const means = sums.map((sum, side) => sum / all[side]);
    const n = runs.length;
    const variance = (squares[0] - all[0] * means[0] ** 2 + squares[1] - all[1] * means[1] ** 2) / (all[0] + all[1]) * n / (n - 2);
    return { means, g: (means[0] - means[1]) / Math.sqrt(variance) * (1 - 3 / (4 * (n - 2) - 1)) };
}

/** The variance of g over clusters of runs: what each lends to it by a small change of its weight. */
function cluster_variance(runs, key) {
    const step = 1e-4;
    const keys = runs.map(key);
    const lent = [...new Set(keys)].map((cluster) => {
        const weights = (by) => (run) => keys[run] === cluster ? 1 + by : 1;
        return (weighted(runs, weights(step)).g - weighted(runs, weights(-step)).g) / (2 * step);
    });
    return { variance: lent.length / (lent.length - 1) * lent.reduce((sum, one) => sum + one * one, 0), freedom: lent.length - 1 };
}

/** How far g moves at most if one run ends the other way. */
function other_end(runs) {
    const kinds = new Map(runs.map((run, at) => [`${run.x} ${run.side}`, at]));
    const { g } = weighted(runs);
    return Math.max(...[...kinds.values()].map((turned) => Math.abs(weighted(runs.map((run, at) => at === turned ? { ...run, side: 1 - run.side } : run)).g - g)));
}

/** Student's 97.5 % quantile from the normal one (Cornish & Fisher; Abramowitz & Stegun 26.7.5). */
function student(freedom) {
    const z = 1.959963984540054;
    return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
}

const ruptured = (run) => run.ruptured === "" ? 1 : 0;

const runs_of = ({ runs, points }, factor) => runs.map((run) => ({ x: Number(points[Number(run.point)][factor]), side: ruptured(run), point: Number(run.point), replicate: Number(run.replicate) }));

/** What the page says of the factors, by their names. */
async function ranked(page) {
    const [header, ...rows] = await table_behind(section(page).locator("figure.apart"));
    assert.deepEqual(header.slice(0, 2), ["parameter", "unit"]);
    return rows;
}

for (const [name, clusters] of [
    ["grid", (runs) => cluster_variance(runs, (run) => run.replicate)],
    ["latin", (runs) => two_ways(runs, (run) => run.point)],
    ["sobol", (runs) => two_ways(runs, (run) => Math.floor(run.point / 5))],
    ["morris", (runs) => two_ways(runs, (run) => Math.floor(run.point / 4))],
]) {
    test(`${name}: the strong cause leads, the weak one follows, what does nothing is not told apart`, { skip: !command }, async () => {
        await opened(name, "", async (page, study) => {
            const rows = await ranked(page);
            const came = study.runs.filter((run) => run.ruptured !== "").length;
            assert.equal(await section(page).locator(".outcome-counts").textContent(), `All ${study.runs.length.toLocaleString("en-GB")} runs: ${came.toLocaleString("en-GB")} ruptured, ${(study.runs.length - came).toLocaleString("en-GB")} not.`);
            assert.deepEqual(rows.map((row) => row[0]), ["strong", "weak", "idle"]);
            assert.deepEqual(rows.map((row) => row.at(-1)), ["yes", "yes", "no"]);
            for (const row of rows) {
                const runs = runs_of(study, row[0]);
                const { means, g } = weighted(runs);
                assert.deepEqual(row.slice(2, 4), [came, study.runs.length - came]);
                near(row[4], means[0], 1e-4, `${row[0]}: mean`);
                near(row[5], means[1], 1e-4, `${row[0]}: mean of the others`);
                near(row[6], g, 1e-3, `${row[0]}: g`);
                const { variance, freedom } = clusters(runs);
                near(row[8] - row[6], student(freedom) * Math.max(Math.sqrt(variance), other_end(runs)), 0.004, `${row[0]}: reach`);
                near(row[6] - row[7], row[8] - row[6], 1e-9, `${row[0]}: both ways`);
            }
            const table = await rows_of(section(page).locator(".ranking table"));
            assert.deepEqual(table.slice(1).map((row) => [row[0], row.at(-1)]), [["strong", "yes"], ["weak", "yes"], ["idle", "not told apart"]]);
            assert.match(await section(page).locator("figure.apart figcaption").textContent(), rows[1][8] < rows[0][7]
                ? /What sets the runs apart: strong most\./ : /What sets the runs apart: strong and weak, which are not told apart from each other\./);
        });
    });
}

/** Clusters of points and of replicates (Cameron, Gelbach & Miller 2011), with Satterthwaite's degrees of freedom. */
function two_ways(runs, key) {
    const points = cluster_variance(runs, key);
    const replicates = cluster_variance(runs, (run) => run.replicate);
    // Single runs lend what their weight changes; those that agree in value and side lend the same.
    const kinds = new Map();
    for (const [at, run] of runs.entries()) {
        const kind = `${run.x} ${run.side}`;
        kinds.set(kind, [...kinds.get(kind) ?? [], at]);
    }
    const step = 1e-3;
    let single = 0;
    for (const [at, ...rest] of kinds.values()) {
        const weights = (by) => (run) => run === at ? 1 + by : 1;
        single += (1 + rest.length) * ((weighted(runs, weights(step)).g - weighted(runs, weights(-step)).g) / (2 * step)) ** 2;
    }
    const shared = Math.max(0, replicates.variance - runs.length / (runs.length - 1) * single);
    const variance = points.variance + shared;
    return { variance, freedom: variance ** 2 / (points.variance ** 2 / points.freedom + shared ** 2 / replicates.freedom) };
}

test("over each value stands the share of its runs; of one parameter, with own luck, Wilson's interval", { skip: !command }, async () => {
    await opened("one", "", async (page, study) => {
        const [, ...rows] = await table_behind(section(page).locator("figure.shares"));
        assert.equal(rows.length, 3);
        for (const [, from, to, runs, share, low, high] of rows) {
            const own = study.runs.filter((run) => Number(study.points[Number(run.point)].strong) === from);
            const hits = own.filter((run) => run.ruptured !== "").length;
            assert.deepEqual([from, runs], [to, 60]);
            near(share, hits / 60, 1e-12, "share");
            // The score interval holds the shares whose own error reaches as far as what was seen.
            for (const end of [low, high]) {
                near((share - end) ** 2, 1.959963984540054 ** 2 * end * (1 - end) / 60, 1e-9, "Wilson's bound");
            }
        }
        const points = await section(page).locator("figure.shares svg .point").evaluateAll((nodes) => nodes.map((node) => Number(node.dataset.value)));
        assert.deepEqual(points, rows.map((row) => row[4]));
        assert.equal(await section(page).locator("figure.outcome-plane").count(), 0);
    });
});

test("of drawn points both groups' places stand below, each in shares of its own", { skip: !command }, async () => {
    await opened("latin", "", async (page, study) => {
        const panel = section(page).locator("figure.shares [data-panel=strong]");
        for (const side of [0, 1]) {
            const strip = panel.locator(".strips [data-strip]").nth(side);
            const shares = await strip.locator("rect").evaluateAll((nodes) => nodes.map((node) => Number(node.dataset.share)));
            near(shares.reduce((sum, share) => sum + share, 0), 1, 1e-9, "all of the group");
            const own = runs_of(study, "strong").filter((run) => run.side === side);
            const [low, high] = [Math.min(...study.points.map((point) => Number(point.strong))), Math.max(...study.points.map((point) => Number(point.strong)))];
            near(shares[0], own.filter((run) => run.x < low + (high - low) / 16).length / own.length, 0.02, "the first bin");
            assert.match(await strip.getAttribute("class"), side === 0 ? /s1/ : /s2/);
        }
        const dots = await section(page).locator("figure.outcome-plane svg circle[data-value]").count();
        assert.equal(dots, study.points.length);
        assert.match(await section(page).locator("figure.outcome-plane figcaption").textContent(), /over strong and weak\./);
    });
});

test("a figure of the sweep shows both groups, each its own means", { skip: !command }, async () => {
    await opened("grid", "#parted=end.strain&way=above", async (page, study) => {
        const figure = page.locator("figure.response");
        assert.equal(await figure.getByLabel("both groups of runs", { exact: true }).isChecked(), true, "where an outcome was chosen");
        await figure.getByLabel("Outcome", { exact: true }).selectOption({ label: "the strain" });
        const strain = study.runs.map((run) => Number(run.strain));
        const half = [...strain].sort((a, b) => a - b);
        const median = (half[half.length / 2 - 1] + half[half.length / 2]) / 2;
        const [, ...rows] = await table_behind(figure);
        const there = new Set(study.runs.map((run, at) => `${study.points[Number(run.point)].strong} ${strain[at] > median}`));
        assert.equal(rows.length, there.size, "each value at which the group has runs");
        for (const row of rows) {
            const side = row[0].startsWith("strain: above") ? 0 : 1;
            const own = study.runs.filter((run, at) => Number(study.points[Number(run.point)].strong) === row[1] && (strain[at] > median) === (side === 0));
            assert.equal(row[3], own.length);
            near(row[4], own.reduce((sum, run) => sum + Number(run.strain), 0) / own.length, 0.01, "mean of the group");
        }
        assert.equal(await figure.locator("svg [data-line]").count(), 2);
        assert.equal(await figure.getByLabel("Colours").isVisible(), false);
        await figure.getByLabel("both groups of runs", { exact: true }).uncheck();
        assert.match(page.url(), /groups=no/);
        assert.equal(await figure.locator("svg .s2[data-line]").count(), 0);
        assert.equal(await figure.getByLabel("Colours").isVisible(), true);
    });
});

test("a choice stands in the address; by keyboard another is made, and a date set before which it came", { skip: !command }, async () => {
    const visitor = await visit(made.latin.page);
    const { page } = visitor;
    await section(page).locator(".outcome-counts").waitFor();
    assert.doesNotMatch(page.url(), /parted|groups/, "what stands at first is not said");
    const until = section(page).getByLabel("It came");
    await until.focus();
    for (let press = 0; press < 25; press += 1) {
        await page.keyboard.press("ArrowLeft");
    }
    const words = await until.getAttribute("aria-valuetext");
    assert.match(words, /^before /);
    await page.waitForFunction((shown) => document.querySelector("#outcomes .outcome-counts")?.textContent.includes(`ruptured ${shown}`), words);
    const [, when] = /way=(\d{4}-\d\d-\d\d)/.exec(page.url());
    const came = made.latin.runs.filter((run) => run.ruptured !== "" && run.ruptured < when).length;
    assert.match(await section(page).locator(".outcome-counts").textContent(), new RegExp(`: ${came} ruptured before`));
    await section(page).getByLabel("Compare runs by outcome").selectOption({ label: "the strain" });
    assert.match(page.url(), /parted=end\.strain/);
    const tenth = made.latin.runs.map((run) => Number(run.strain)).sort((a, b) => b - a);
    const top = Math.floor((tenth.length - 1) * 0.1) + 1;
    assert.match(await section(page).locator(".outcome-counts").textContent(), new RegExp(`: ${top} in the top tenth, `));
    const again = await visit(made.latin.page, { hash: new URL(page.url()).hash });
    await section(again.page).locator("figure.apart").waitFor();
    assert.equal(await section(again.page).getByLabel("Compare runs by outcome").inputValue(), "end.strain");
    await again.leave();
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("#outcomes select")?.value === "date.ruptured");
    await visitor.leave();
});

test("an outcome that no run has is told in words", { skip: !command }, async () => {
    await opened("grid", "#parted=date.never", async (page) => {
        assert.match(await section(page).textContent(), /0 never, 1,500 not\..*With nobody in one of the groups there is nothing to compare\./);
        assert.doesNotMatch(await section(page).textContent(), /NaN|Infinity|undefined/);
        assert.equal(await page.locator("figure.response [data-line].s2").count(), 0);
    });
});

test("a comparison tells how many runs of each alternative went that way, and which differ", { skip: !command }, async () => {
    await opened("compare", "", async (page, study) => {
        const [, ...rows] = await table_behind(section(page).locator("figure.alternative-shares"));
        const came = (name) => study.runs.filter((run) => run.alternative === name).map((run) => run.ruptured === "" ? 0 : 1);
        const base = came(study.runs[0].alternative);
        assert.equal(rows.length, 4);
        const names = [...new Set(study.runs.map((run) => run.alternative))];
        rows.forEach((row, at) => {
            const own = came(names[at]);
            const hits = own.reduce((sum, one) => sum + one, 0);
            assert.deepEqual(row.slice(1, 3), [300, hits]);
            near(row[3], hits / 300, 1e-12, "share");
            if (at > 0) {
                const differences = own.map((one, run) => one - base[run]);
                const mean = differences.reduce((sum, one) => sum + one, 0) / 300;
                const error = Math.sqrt(differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 299 / 300);
                near(row[6], mean, 1e-12, "difference");
                near(row[7], mean - student(299) * error, 1e-6, "low");
                near(row[8], mean + student(299) * error, 1e-6, "high");
            }
        });
        assert.deepEqual(rows.slice(1).map((row) => row.at(-1)), ["yes", "yes", "the same in every run"]);
        assert.match(await section(page).locator("p").first().textContent(), /figures above are of all runs/);
    });
});

test("the page bears its runs in little room", { skip: !command }, async () => {
    const { study_runs } = data_of(made.grid.page);
    const bytes = study_runs.measures.reduce((sum, measure) => sum + measure.values.codes.bytes.length, 0);
    assert.ok(bytes < 1.4 * 1500 * study_runs.measures.length, `${bytes} letters`);
    assert.equal(study_runs.measures[0].name, "ruptured", "the headline's first");
});

for (const scheme of ["light", "dark"]) {
    for (const name of ["grid", "latin", "sobol", "compare"]) {
        test(`${name}: runs by outcome have no barriers, in ${scheme}`, { skip: !command }, async () => {
            await opened(name, "#groups=yes", async (page) => {
                await page.evaluate(() => { for (const details of document.querySelectorAll("#outcomes details")) { details.open = true; } });
                assert.deepEqual(await barriers(page), []);
                await picture(page, `study-outcomes-${name}-${scheme}`);
                if (scheme === "light") {
                    await printed(page, `study-outcomes-${name}`);
                }
            }, { scheme });
        });
    }
}
