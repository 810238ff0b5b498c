import assert from "node:assert/strict";
import { test } from "node:test";
import { comma_separated, date_of, day_of, number, percent, spoken, with_unit } from "../src/format";

const numbers: [number | null, string][] = [
    [0, "0"], [1, "1"], [0.42785, "0.428"], [-0.5, "−0.5"], [12345.6, "12,346"], [228, "228"], [1000, "1,000"],
    [47.31, "47.3"], [0.0464, "0.0464"], [0.00001234, "1.23·10⁻⁵"], [3.2e12, "3.2·10¹²"], [null, "–"], [NaN, "–"],
    [Infinity, "∞"], [-Infinity, "−∞"], [999.96, "1,000"], [2.9999, "3"],
];

for (const [value, text] of numbers) {
    test(`the number ${value} is written ${text}`, () => {
        assert.equal(number(value), text);
    });
}

const shares: [number | null, string][] = [
    [0, "0 %"], [1, "100 %"], [0.41, "41 %"], [0.418, "42 %"], [0.998, "99.8 %"], [0.004, "0.4 %"], [null, "–"], [-0.1, "−10 %"], [0.9997, "> 99.9 %"], [0.0001, "< 0.1 %"],
];

for (const [value, text] of shares) {
    test(`the share ${value} is written ${text}`, () => {
        assert.equal(percent(value), text);
    });
}

test("dates go to days and back, before 1970 too", () => {
    for (const date of ["1909-01-01", "1970-01-01", "2021-08-15", "2024-02-29"]) {
        assert.equal(date_of(day_of(date)), date);
    }
    assert.equal(day_of("1970-01-02"), 1);
});

test("cells with commas, quotes and line breaks are quoted", () => {
    assert.equal(comma_separated(["a", "b,c"], [["1", "say \"no\""], ["two\nlines", ""]]), "a,\"b,c\"\r\n1,\"say \"\"no\"\"\"\r\n\"two\nlines\",\r\n");
});

test("names are spoken without underscores", () => {
    assert.equal(spoken("moscow_trust"), "moscow trust");
});

test("a unit stands behind its value, multiplied where it begins with a number", () => {
    assert.equal(with_unit(1.42, "1000 people"), "1.42 × 1000 people");
    assert.equal(with_unit(0.43, "share"), "0.43 share");
    assert.equal(with_unit(7, ""), "7");
});
