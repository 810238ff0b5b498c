// Numbers of R 4: qt, lgamma, and the formulas at the head of distinguish.ts written down run by run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { effect_of, interval_of, is_apart, log_gamma, student_quantile } from "../src/distinguish";

const near = (actual: number, expected: number, tolerance: number): void => {
    assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
};

/** Numbers from 0 to 1 of a Lehmer generator. */
function uniforms(seed: number): () => number {
    let state = seed;
    return () => {
        state = state * 48271 % 2147483647;
        return state / 2147483647;
    };
}

function normals(next: () => number): () => number {
    return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

test("Student's quantiles are those of R", () => {
    near(student_quantile(0.025, 5), 2.57058183563632, 1e-10);
    near(student_quantile(0.025, 998), 1.96234384621633, 1e-10);
    near(student_quantile(0.025 / 2000, 400.5), 4.26468291993845, 1e-9);
    near(student_quantile(0.025, 3.7), 2.86752070719119, 1e-10);
    near(student_quantile(1e-7, 30), 6.70139951218707, 1e-8);
});

test("the logarithm of the gamma function is that of R", () => {
    near(log_gamma(0.5), 0.5723649429247, 1e-12);
    near(log_gamma(3.7), 1.42807232666539, 1e-12);
    near(log_gamma(500), 2605.11585036173392, 1e-12);
});

const first = [2.1, 3.4, 1.9, 5.6, 4.4, 3.9, 7.2, 2.8];
const second = [1.2, 0.7, 2.2, 1.9, 3.1, 0.4, 1.6, 2, 1.1, 0.9, 2.4, 1.3];

test("Hedges' g and its interval are those of R where the normal error is the larger", () => {
    const effect = effect_of(first, second)!;
    near(effect.size, 1.75631085056399, 1e-12);
    near(effect.standard_error, 0.526102418927903, 1e-12);
    assert.equal(effect.freedom, 18);
    const { low, high } = interval_of(effect);
    near(low, 0.651010683214234, 1e-9);
    near(high, 2.861611017913745, 1e-9);
    assert.deepEqual(effect.counts, [8, 12]);
});

test("and where the delta method's is, as for a small group of much spread", () => {
    const effect = effect_of([0.1, 0.2, 9.5, 0.3, 0.1, 6.2, 0.4, 0.2], [1.1, 1.2, 0.9, 1, 1.05, 0.95, 1.15, 0.85, 1, 1.1, 0.9, 1, 1.2, 0.8, 1, 1, 1.1, 0.9, 1.02, 0.98])!;
    near(effect.size, 0.571935877546057, 1e-12);
    near(effect.standard_error, 0.518462576226342, 1e-12);
    near(effect.freedom, 7.008269004917099, 1e-10);
    near(interval_of(effect).low, -0.653740130679167, 1e-9);
});

test("the other way round the difference has the other sign, whatever the unit", () => {
    const one = effect_of(first, second)!;
    const other = effect_of(second.map((value) => 1e6 + 3 * value), first.map((value) => 1e6 + 3 * value))!;
    near(other.size, -one.size, 1e-8);
    near(other.standard_error, one.standard_error, 1e-8);
});

test("of too few runs, and of values that are all the same, nothing is said", () => {
    assert.equal(effect_of([1, 2, 3, 4], second), null);
    assert.equal(effect_of([2, 2, 2, 2, 2], [2, 2, 2, 2, 2]), null);
});

test("groups without any spread that differ are wholly apart", () => {
    const effect = effect_of([1, 1, 1, 1, 1], [0, 0, 0, 0, 0])!;
    assert.equal(effect.size, Infinity);
    assert.equal(is_apart(effect, 1000), true);
});

test("told apart is what has an interval that leaves out 0", () => {
    for (const together of [1, 10, 100, 1000]) {
        for (const shift of [0.2, 0.5, 1, 2]) {
            const effect = effect_of(first.map((value) => value + shift), second.map((value) => value + 1))!;
            const { low, high } = interval_of(effect, together);
            assert.equal(is_apart(effect, together), low > 0 || high < 0, `${together}, ${shift}`);
        }
    }
});

test("what one run in forty has is not told apart by a group of forty in which none has it", () => {
    const none = new Array<number>(40).fill(0);
    const some = Array.from({ length: 800 }, (_, at) => at % 40 === 0 ? 1 : 0);
    assert.equal(is_apart(effect_of(none, some)!, 1), false);
});

test("of many intervals looked at together each is wider, and holds all at once as often as said", () => {
    const next = normals(uniforms(3));
    let wrong = 0;
    for (let trial = 0; trial < 300; trial += 1) {
        const groups = Array.from({ length: 20 }, () => effect_of(Array.from({ length: 30 }, next), Array.from({ length: 60 }, next))!);
        wrong += groups.some((effect) => is_apart(effect, 20)) ? 1 : 0;
    }
    assert.ok(wrong <= 26, `${wrong} of 300 families have a false alarm; 15 are expected, and so many as 26 once in 300 times`);
});

for (const [words, draw_first, draw_second, truth] of [
    ["normal values", (z: number) => 0.6 + z, (z: number) => z, 0.6],
    ["a small group of thrice the spread", (z: number) => 1 + 3 * z, (z: number) => z, 1 / Math.sqrt((24 * 9 + 149) / 173)],
    ["crooked values", (z: number) => Math.exp(0.5 * z), (z: number) => Math.exp(0.5 * z), 0],
] as const) {
    test(`95 % intervals hold the truth in 95 of 100 cases at least, of ${words}`, () => {
        const next = normals(uniforms(11));
        let held = 0;
        for (let trial = 0; trial < 1000; trial += 1) {
            const { low, high } = interval_of(effect_of(Array.from({ length: 25 }, () => draw_first(next())), Array.from({ length: 150 }, () => draw_second(next())))!);
            held += low <= truth && truth <= high ? 1 : 0;
        }
        assert.ok(held >= 932, `${held} of 1000`);
    });
}
