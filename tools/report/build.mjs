// Bundles the page into shell.html: styles and script inlined, allowed by their hashes alone, and marks where the
// program puts title, static tables and data. Usage: node build.mjs --out DIRECTORY --countries countries.csv
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";
import { world_map } from "./world_map.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: {
    out: { type: "string", default: join(here, "dist") },
    countries: { type: "string", default: join(here, "../../engine/scenario/countries.csv") },
} });

async function bundle(entry, extra) {
    const result = await build({
        entryPoints: [join(here, "src", entry)],
        bundle: true,
        minify: true,
        write: false,
        charset: "utf8",
        legalComments: "none",
        logLevel: "warning",
        ...extra,
    });
    return result.outputFiles[0].text.trim();
}

const packed = (text) => deflateRawSync(text, { level: 9 }).toString("base64");

const hash = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

/** Puts text in place of a mark; a function, so that $ in the text means nothing. */
const put = (page, mark, text) => page.replace(mark, () => text);

const script = await bundle("main.ts", { format: "iife", target: ["es2021"] });
const loader = await bundle("loader.ts", { format: "iife", target: ["es2021"] });
const style = await bundle("page.css", {});
for (const [name, text, end] of [["loader", loader, "</script"], ["style", style, "</style"]]) {
    if (text.toLowerCase().includes(end)) {
        throw new Error(`the ${name} holds ${end}, which would end it early`);
    }
}

const notice = readFileSync(join(here, "src", "notice.txt"), "utf8").trim();
let page = readFileSync(join(here, "src", "shell.html"), "utf8");
page = put(page, "@notice@", notice);
page = put(page, "@style-hash@", hash(style));
page = put(page, "@loader-hash@", hash(loader));
page = put(page, "@script-hash@", hash(script));
page = put(page, "@style@", style);
page = put(page, "@loader@", loader);
page = put(page, "@script@", packed(script));
const map = packed(JSON.stringify(world_map(values.countries)));
page = put(page, "@map@", map);

mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, "shell.html"), page);
console.log(`shell.html: ${Math.round(page.length / 1000)} kB (script ${Math.round(packed(script).length / 1000)} of ${Math.round(script.length / 1000)}, style ${Math.round(style.length / 1000)}, map ${Math.round(map.length / 1000)})`);
