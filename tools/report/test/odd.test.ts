import assert from "node:assert/strict";
import { test } from "node:test";

import { lexer } from "marked";

test("what entente escapes is read as text", () => {
    const [paragraph] = lexer("a \\<b\\> \\*c\\* and `d < e`");
    const tokens = paragraph?.type === "paragraph" ? paragraph.tokens ?? [] : [];
    assert.ok(!tokens.some((token) => token.type === "html" || token.type === "em"));
    assert.equal(tokens.map((token) => "text" in token ? String(token.text) : token.raw).join(""), "a <b> *c* and d < e");
});
