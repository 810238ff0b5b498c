import js from "@eslint/js";
import tseslint from "typescript-eslint";

// What a scenario says is text, never markup: the ways by which it could become markup are closed here.
const markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln"].map(
    (property) => ({ property, message: "Build nodes with element() of dom.ts; text of a scenario must stay text." }));

export default tseslint.config(
    { ignores: ["dist/", "node_modules/"] },
    js.configs.recommended,
    {
        files: ["src/**/*.ts", "test/**/*.ts"],
        extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            "no-restricted-properties": ["error", ...markup],
            "no-eval": "error",
            eqeqeq: "error",
            "max-lines": ["error", 500],
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/no-non-null-assertion": "off",
            "@typescript-eslint/no-floating-promises": ["error", {
                allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: ["test"] }],
            }],
        },
    },
    {
        files: ["*.mjs", "*.js"],
        languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
    },
);
