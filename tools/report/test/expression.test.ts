import assert from "node:assert/strict";
import { test } from "node:test";
import { read_expression, read_statement, type Expression } from "../src/expression";

/** The tree in brackets, so that what binds to what can be read. */
function bracketed(expression: Expression): string {
    switch (expression.kind) {
    case "number":
        return expression.text;
    case "name":
        return expression.name;
    case "member":
        return `${bracketed(expression.of)}.${expression.name}`;
    case "index":
        return `${bracketed(expression.of)}[${expression.at.map(bracketed).join(", ")}]`;
    case "tuple":
        return `(${expression.items.map(bracketed).join(", ")})`;
    case "unary":
        return `(${expression.operator} ${bracketed(expression.operand)})`;
    case "binary":
        return `(${bracketed(expression.left)} ${expression.operator} ${bracketed(expression.right)})`;
    case "chain":
        return `(${expression.operands.map((operand, at) => `${at === 0 ? "" : ` ${expression.operators[at - 1]!} `}${bracketed(operand)}`).join("")})`;
    case "choice":
        return `(${bracketed(expression.then)} if ${bracketed(expression.when)} else ${bracketed(expression.otherwise)})`;
    case "call": {
        const loop = expression.loop;
        const rest = loop === undefined ? "" : ` for ${loop.variable} in ${bracketed(loop.over)}${loop.when === undefined ? "" : ` if ${bracketed(loop.when)}`}`;
        return `${bracketed(expression.name)}(${expression.arguments.map(bracketed).join(", ")}${rest})`;
    }
    }
}

const cases: [string, string, string][] = [
    ["products bind before sums", "a + b * c", "(a + (b * c))"],
    ["differences are taken from the left", "a - b - c", "((a - b) - c)"],
    ["powers are taken from the right", "a ** b ** c", "(a ** (b ** c))"],
    ["a minus stands outside a power", "-x ** 2", "(- (x ** 2))"],
    ["a power may have a negative exponent", "x ** -0.5", "(x ** (- 0.5))"],
    ["comparisons chain", "0 < x <= 1", "(0 < x <= 1)"],
    ["not binds before and, and before or", "not a and b or c", "(((not a) and b) or c)"],
    ["conditionals nest to the right", "a if b else c if d else e", "(a if b else (c if d else e))"],
    ["numbers may have exponents", "1e-6 * 2.5E3 + .5", "((1e-6 * 2.5E3) + .5)"],
    ["fields are looked up on links", "relation[a, self].trust", "relation[a, self].trust"],
    ["links may be written with an arrow", "relation[a -> b].trust", "relation[a, b].trust"],
    ["a generator has a range and a condition", "sum(k.trust for k in relation.into(self) if k.standing >= 2)",
        "sum(k.trust for k in relation.into(self) if (k.standing >= 2))"],
    ["a generator's condition may hold or", "any(k for k in state if a or b)", "any(k for k in state if (a or b))"],
    ["tuples weigh", "weighted_median((x, w) for r in relation.out(self))", "weighted_median((x, w) for r in relation.out(self))"],
    ["calls may be empty", "normal() * sqrt(dt)", "(normal() * sqrt(dt))"],
    ["names may be of any alphabet", "доверие + été", "(доверие + été)"],
];

for (const [name, text, expected] of cases) {
    test(name, () => {
        assert.equal(bracketed(read_expression(text)), expected);
    });
}

test("a statement has a target, an operator and a value", () => {
    const { target, operator, value } = read_statement("reverse.goodwill += a * (b - c)");
    assert.equal(bracketed(target), "reverse.goodwill");
    assert.equal(operator, "+=");
    assert.equal(bracketed(value), "(a * (b - c))");
});

for (const text of ["a +", "(a", "a b", "f(a,", "a ? b", "1 = 2 3", "", "a[", "x for y in z"]) {
    test(`what is no expression is refused: ${text}`, () => {
        assert.throws(() => read_expression(text), SyntaxError);
    });
}

test("what assigns nothing is no statement", () => {
    assert.throws(() => read_statement("a == b"), SyntaxError);
});
