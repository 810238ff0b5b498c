// Bundles the unit tests, since they are TypeScript, and runs them with Node's own test runner.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = mkdtempSync(join(tmpdir(), "entente-report-"));
try {
    const tests = readdirSync(join(here, "test")).filter((file) => file.endsWith(".test.ts"));
    await build({
        entryPoints: tests.map((file) => join(here, "test", file)),
        outdir: out,
        outExtension: { ".js": ".mjs" },
        bundle: true,
        platform: "node",
        format: "esm",
        sourcemap: "inline",
        logLevel: "warning",
    });
    const files = tests.map((file) => join(out, file.replace(/\.ts$/, ".mjs")));
    process.exitCode = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
    rmSync(out, { recursive: true });
}
