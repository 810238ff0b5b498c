import assert from "node:assert/strict";
import { test } from "node:test";
import { comma_separated, date_in_words, date_of, day_of, in_words, number, percent, spoken, unit_words, with_unit } from "../src/format";

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

test("a value is read as its unit has it: multiples multiplied out, shares as percentages", () => {
    assert.equal(with_unit(1.42, "1000 people"), "1,420 people");
    assert.equal(with_unit(1.4235, "1000 people"), "1,420 people");
    assert.equal(with_unit(22.34, "million people"), "22.3 million people");
    assert.equal(with_unit(0.43, "share"), "43 %");
    assert.equal(with_unit(0.3958, "probability"), "39.6 %");
    assert.equal(with_unit(7, ""), "7");
    assert.equal(with_unit(null, "t"), "– t");
    assert.deepEqual(["1000 people", "share of runs", "t", "12 eggs"].map(unit_words), ["thousand people", "", "t", "12 eggs"]);
});

test("dates are told in words, in sentences too, and what is no date stays", () => {
    assert.equal(date_in_words("2022-08-07"), "7 Aug 2022");
    assert.equal(in_words("by 2025-12-27 in 94 % of runs; 2025-13-01 and 12025-01-01 are none"), "by 27\u00a0Dec\u00a02025 in 94\u00a0% of runs; 2025-13-01 and 12025-01-01 are none");
});
