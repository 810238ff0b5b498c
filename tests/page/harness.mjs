// Opens pages in a real browser, from disk, and reads back what they show.
//
// ENTENTE_REPORT_SHELL    the built shell.html
// ENTENTE_REPORT_MODULES  the node_modules of tools/report
// ENTENTE_COMMAND         the command, for tests of the pages that it writes
// ENTENTE_CHROMIUM        the browser, /usr/bin/chromium unless set
// ENTENTE_REPORT_SHOTS    a folder for screenshots, if they are wanted
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { deflateRawSync, inflateRawSync } from "node:zlib";

export const here = dirname(fileURLToPath(import.meta.url));
export const modules = process.env.ENTENTE_REPORT_MODULES ?? join(here, "../../tools/report/node_modules");
const { chromium } = createRequire(join(modules, "x.js"))("playwright-core");
const axe_source = readFileSync(join(modules, "axe-core/axe.min.js"), "utf8");

const scratch = mkdtempSync(join(tmpdir(), "entente-pages-"));
let browser;

export async function start() {
    browser = await chromium.launch({
        executablePath: process.env.ENTENTE_CHROMIUM ?? "/usr/bin/chromium",
        args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"],
    });
}

export async function stop() {
    await browser?.close();
    rmSync(scratch, { recursive: true, force: true });
}

export function fixture(name) {
    return JSON.parse(readFileSync(join(here, "fixtures", `${name}.json`), "utf8"));
}

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

/** A page of the shell and the given data, as the program puts it together. */
export function assemble(data, name = "page") {
    const shell = process.env.ENTENTE_REPORT_SHELL;
    assert.ok(shell, "ENTENTE_REPORT_SHELL names the built shell");
    let page = readFileSync(shell, "utf8");
    const [begin, end] = ["<!--entente:map-->\n", "<!--entente:map-end-->\n"];
    const [from, to] = [page.indexOf(begin), page.indexOf(end)];
    assert.ok(from > 0 && to > from, "the shell holds a map between its marks");
    page = page.slice(0, from) + ((data.ensemble?.map ?? null) === null ? "" : page.slice(from + begin.length, to)) + page.slice(to + end.length);
    for (const [mark, text] of [
        ["<!--entente:title-->", escaped(data.title)],
        ["<!--entente:static-->", "<p>This page draws with a script.</p>"],
        ["<!--entente:data-->", deflateRawSync(JSON.stringify(data)).toString("base64")],
    ]) {
        assert.equal(page.split(mark).length, 2, `${mark} stands once in the shell`);
        page = page.replace(mark, () => text);
    }
    const path = join(scratch, `${name}.html`);
    writeFileSync(path, page);
    return path;
}

export const data_of_text = (text) => {
    const match = /<script type="application\/octet-stream" id="entente-data">([^]*?)<\/script>/.exec(text);
    assert.ok(match, "the page holds its data");
    return JSON.parse(inflateRawSync(Buffer.from(match[1], "base64")).toString());
};

export const data_of = (path) => data_of_text(readFileSync(path, "utf8"));

/** Opens the model, which stands folded. */
export async function unfold(page) {
    await page.evaluate(() => {
        for (const details of document.querySelectorAll("details.chapter, details.more")) {
            details.open = true;
        }
    });
}

/** An open page, with what it complained of and what it asked of the network; `whole` where all of it is to be drawn and its model unfolded. */
export async function visit(path, { width = 1280, height = 900, scheme = "light", permissions = [], patience = 30000, whole = true, hash = "" } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, permissions, acceptDownloads: true });
    const page = await context.newPage();
    const complaints = [];
    const requests = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.stack}`));
    page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
    context.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href + hash);
    await page.waitForFunction(() => document.documentElement.dataset.ready === "yes", undefined, { timeout: patience });
    if (whole) {
        await page.waitForFunction(() => document.documentElement.dataset.complete === "yes", undefined, { timeout: patience });
        await unfold(page);
    }
    return {
        page,
        complaints,
        requests,
        address: pathToFileURL(path).href,
        /** Ends the visit; nothing may have been complained of, and nothing asked for but the page. */
        leave: async () => {
            await context.close();
            assert.deepEqual(complaints, []);
            assert.deepEqual(requests.filter((address) => !address.startsWith("blob:")), [pathToFileURL(path).href]);
        },
    };
}

/** Opens the data behind a figure; gives the rows of its table: texts, and numbers in full where a cell holds one. */
export async function table_behind(figure) {
    await figure.locator("details.data").first().evaluate((details) => { details.open = true; });
    const table = figure.locator("details.data table").first();
    await table.waitFor();
    return rows_of(table);
}

export async function rows_of(table) {
    return table.evaluate((node) => [...node.rows].map((row) => [...row.cells].map((cell) =>
        cell.dataset.value !== undefined ? Number(cell.dataset.value) : cell.querySelector("[data-iso]")?.dataset.iso ?? cell.textContent)));
}

/** The scales that a drawing declares, as functions from its units to the data's. */
export async function scales_of(svg) {
    const [x_domain, x_range, y_domain, y_range] = await svg.evaluate((node) =>
        [node.dataset.xDomain, node.dataset.xRange, node.dataset.yDomain, node.dataset.yRange].map((text) => (text ?? "").split(" ").map(Number)));
    const back = ([d0, d1], [r0, r1]) => (place) => d0 + (place - r0) / (r1 - r0) * (d1 - d0);
    return { x: back(x_domain, x_range), y: back(y_domain, y_range), x_domain, y_domain };
}

/** The corners of a path, in the drawing's units. */
export async function corners_of(path) {
    const text = await path.getAttribute("d");
    return [...text.matchAll(/([ML])?(-?[\d.e-]+),(-?[\d.e-]+)/g)].map(([, , x, y]) => ({ x: Number(x), y: Number(y) }));
}

/** A moment as drawings have it: milliseconds since 1970 for a date, else the number of a tick. */
export const milliseconds = (moment) => typeof moment === "number" ? moment : Date.parse(`${moment}T00:00:00Z`);

/** The corners of a line must be the given values at the given moments; where a value is absent there is none. */
export async function holds(svg, selector, moments, values, words) {
    const { x, y, x_domain, y_domain } = await scales_of(svg);
    const corners = await corners_of(svg.locator(selector).first());
    const there = values.map((value, at) => ({ value, when: milliseconds(moments[at]) })).filter(({ value }) => value !== null);
    assert.equal(corners.length, there.length, `${words}: corners`);
    corners.forEach((corner, at) => {
        near(x(corner.x), there[at].when, (x_domain[1] - x_domain[0]) / 5000, `${words}, moment ${at}`);
        near(y(corner.y), there[at].value, (y_domain[1] - y_domain[0]) / 500, `${words}, value ${at}`);
    });
}

export function near(actual, expected, tolerance, words = "") {
    assert.ok(Math.abs(actual - expected) <= tolerance, `${words}: ${actual} is not within ${tolerance} of ${expected}`);
}

/** What axe finds against accessibility, as readable lines. */
export async function barriers(page) {
    // From outside of the page's policy, as a tester's tool: the page itself may run nothing else.
    const session = await page.context().newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: axe_source });
    const found = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
        return violations.map((violation) => `${violation.id} (${violation.impact}): ${violation.nodes.slice(0, 3).map((node) =>
            `${node.target.join(" ")} ${node.any.concat(node.all, node.none).map((check) => check.message).join("; ")}`).join(" | ")}`);
    });
    await session.detach();
    return found;
}

/** Keeps a picture, where pictures are wanted. */
export async function picture(page, name) {
    const folder = process.env.ENTENTE_REPORT_SHOTS;
    if (folder) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    }
}

export async function printed(page, name) {
    const bytes = await page.pdf({ format: "A4", printBackground: true });
    const folder = process.env.ENTENTE_REPORT_SHOTS;
    if (folder) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `${name}.pdf`), bytes);
    }
    return bytes;
}
