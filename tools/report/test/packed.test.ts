import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { unpacked } from "../src/packed";

const packed_of = (low: number, high: number, width: number, bytes: number[]): Parameters<typeof unpacked>[0] =>
    ({ low, high, width, count: bytes.length / width, bytes: deflateRawSync(Uint8Array.from(bytes)).toString("base64") });

test("steps of one byte are differences, and the last stands for none", async () => {
    assert.deepEqual([...await unpacked(packed_of(10, 264, 1, [0, 254, 1, 2]))], [10, 264, NaN, 11]);
});

test("steps of two bytes have their lower bytes first", async () => {
    assert.deepEqual([...await unpacked(packed_of(0, 65534, 2, [1, 0xff, 0xff, 0, 0, 0xfe]))], [1, 256, NaN]);
});
