// Expressions as MathML, which every browser of today draws without help.
import { math } from "./dom";
import { read_expression, read_statement, type Expression, type Loop } from "./expression";

/** How tightly an operator binds; what binds less than its surroundings goes into brackets. */
const binding: Record<string, number> = { or: 1, and: 2, not: 3, chain: 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6, unary: 7, "**": 8 };
const loosest = 0;
const tightest = 9;

const signs: Record<string, string> = {
    "<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠", "+": "+", "-": "−", "*": "⋅", "%": "mod", and: "∧", or: "∨",
};

const row = (...children: Node[]): MathMLElement => math("mrow", {}, ...children);
const sign = (text: string, attributes = {}): MathMLElement => math("mo", attributes, text);
const name = (text: string): MathMLElement => math("mi", { mathvariant: "normal" }, text);
const fenced = (open: string, close: string, ...children: Node[]): MathMLElement =>
    row(sign(open, { form: "prefix", stretchy: "true" }), ...children, sign(close, { form: "postfix", stretchy: "true" }));

function listed(items: readonly Expression[], between = ","): Node[] {
    return items.flatMap((item, at) => at === 0 ? [drawn(item, loosest)] : [sign(between), drawn(item, loosest)]);
}

function binding_of(expression: Expression): number {
    switch (expression.kind) {
    case "binary":
        return binding[expression.operator] ?? tightest;
    case "chain":
        return binding.chain!;
    case "unary":
        return expression.operator === "not" ? binding.not! : binding.unary!;
    default:
        return tightest;
    }
}

function drawn(expression: Expression, around: number): MathMLElement {
    const inner = bare(expression);
    const is_fraction = expression.kind === "binary" && expression.operator === "/";
    return binding_of(expression) < around && !(is_fraction && around <= binding["*"]!) ? fenced("(", ")", inner) : inner;
}

function bare(expression: Expression): MathMLElement {
    switch (expression.kind) {
    case "number":
        return math("mn", {}, rounded(expression.text));
    case "name":
        return name(expression.name);
    case "member":
        return member(expression.of, expression.name);
    case "index":
        return math("msub", {}, drawn(expression.of, tightest), row(...listed(expression.at, expression.at.length === 2 ? "→" : ",")));
    case "tuple":
        return fenced("(", ")", ...listed(expression.items));
    case "unary":
        return row(sign(expression.operator === "not" ? "¬" : signs[expression.operator]!, { form: "prefix" }), drawn(expression.operand, binding.unary!));
    case "binary":
        return binary(expression.operator, expression.left, expression.right);
    case "chain":
        return row(...expression.operands.flatMap((operand, at) =>
            at === 0 ? [drawn(operand, binding["+"]!)] : [sign(signs[expression.operators[at - 1]!]!), drawn(operand, binding["+"]!)]));
    case "choice":
        return cases(expression);
    case "call":
        return expression.loop === undefined ? call(expression.name, expression.arguments)
            : aggregate(expression.name, expression.arguments[0]!, expression.loop);
    }
}

/** Long fractions are cut, with a mark: the text as written stands below. */
function rounded(text: string): string {
    return /^\d*\.\d{9,}$/.test(text) ? `${text.slice(0, text.indexOf(".") + 7)}…` : text;
}

/** source.trust is the source's trust: trust with its bearer below. */
function member(of: Expression, field: string): MathMLElement {
    if (of.kind === "index" && of.of.kind === "name") {
        const ends = listed(of.at, of.at.length === 2 ? "→" : ",");
        return math("msub", {}, name(field), of.at.length === 2 ? row(name(of.of.name), math("mspace", { width: "0.25em" }), ...ends) : row(...ends));
    }
    return math("msub", {}, name(field), drawn(of, loosest));
}

function binary(operator: string, left: Expression, right: Expression): MathMLElement {
    if (operator === "/") {
        return math("mfrac", {}, row(drawn(left, loosest)), row(drawn(right, loosest)));
    }
    if (operator === "**") {
        return math("msup", {}, drawn(left, tightest), row(drawn(right, loosest)));
    }
    const own = binding[operator]!;
    const stands_alone = operator === "-" || operator === "%";
    return row(drawn(left, own), sign(signs[operator]!), drawn(right, stands_alone ? own + 1 : own));
}

function cases(expression: Expression, room = Infinity): MathMLElement {
    const rows: MathMLElement[] = [];
    const line = (value: Expression, words: string, when?: Expression): MathMLElement => math("mtr", {},
        math("mtd", {}, fitted(value, loosest, room - (when === undefined ? 12 : width_of(when) + 4))),
        math("mtd", {}, row(math("mtext", {}, words), ...(when === undefined ? [] : [drawn(when, loosest)]))));
    let rest = expression;
    while (rest.kind === "choice") {
        rows.push(line(rest.then, "if\u00a0", rest.when));
        rest = rest.otherwise;
    }
    rows.push(line(rest, "otherwise"));
    return row(sign("{", { form: "prefix", stretchy: "true", fence: "true" }), math("mtable", { class: "cases", columnalign: "left left" }, ...rows));
}

const brackets: Record<string, readonly [string, string]> = { abs: ["|", "|"], floor: ["⌊", "⌋"], ceil: ["⌈", "⌉"] };

function call(function_name: Expression, given: readonly Expression[]): MathMLElement {
    const word = function_name.kind === "name" ? function_name.name : "";
    const only = given.length === 1 ? given[0]! : undefined;
    if (word === "sqrt" && only !== undefined) {
        return math("msqrt", {}, drawn(only, loosest));
    }
    const pair = brackets[word];
    if (pair !== undefined && only !== undefined) {
        return fenced(pair[0], pair[1], drawn(only, loosest));
    }
    return row(drawn(function_name, tightest), sign("\u2061"), fenced("(", ")", ...listed(given)));
}

/** sum(x for r in relation.into(self) if c): the sign with what it ranges over below. */
function aggregate(function_name: Expression, value: Expression, loop: Loop, room = Infinity): MathMLElement {
    const word = function_name.kind === "name" ? function_name.name : "";
    const below: Node[] = [name(loop.variable), sign("∈"), ...range_of(loop.over)];
    if (loop.when !== undefined) {
        below.push(sign(":"), drawn(loop.when, loosest));
    }
    const head = word === "sum" ? sign("∑", { largeop: "true", movablelimits: "false" }) : math("mi", { mathvariant: "normal" }, word);
    const inner = room - 0.7 * width_of(loop.over);
    const body = word === "sum" ? fitted(value, binding["*"]!, inner) : fenced("(", ")", fitted(value, loosest, inner));
    return row(math("munder", {}, head, row(...below)), body);
}

function range_of(over: Expression): Node[] {
    if (over.kind === "call" && over.name.kind === "member" && over.arguments.length === 1) {
        const arrow = { out: "from\u00a0", into: "into\u00a0" }[over.name.name];
        if (arrow !== undefined) {
            return [drawn(over.name.of, tightest), math("mtext", {}, `\u00a0${arrow}`), drawn(over.arguments[0]!, loosest)];
        }
    }
    return [drawn(over, tightest)];
}

// Long equations are broken by hand, before the signs of the outermost operator: no browser does it.
const widest = 70;
const widest_on_a_phone = 36;

/** Letters that fit into a line where the page stands. */
function room_here(): number {
    return document.documentElement.clientWidth < 640 ? widest_on_a_phone : widest;
}

function width_of(expression: Expression): number {
    switch (expression.kind) {
    case "number":
        return expression.text.length;
    case "name":
        return expression.name.length;
    case "member":
        return expression.name.length + 0.7 * width_of(expression.of);
    case "index":
        return width_of(expression.of) + 0.7 * sum_of(expression.at) + 1;
    case "tuple":
        return sum_of(expression.items) + 2;
    case "unary":
        return width_of(expression.operand) + 1;
    case "binary":
        return expression.operator === "/" ? Math.max(width_of(expression.left), width_of(expression.right))
            : expression.operator === "**" ? width_of(expression.left) + 0.7 * width_of(expression.right)
                : width_of(expression.left) + width_of(expression.right) + 2;
    case "chain":
        return sum_of(expression.operands) + 2;
    case "choice":
        return Math.max(width_of(expression.then) + width_of(expression.when) + 5, width_of(expression.otherwise) + 10);
    case "call":
        return width_of(expression.name) + sum_of(expression.arguments) + 2
            + (expression.loop === undefined ? 0 : 0.7 * width_of(expression.loop.over));
    }
}

function sum_of(items: readonly Expression[]): number {
    return items.reduce((total, item) => total + width_of(item) + 1, 0);
}

interface Part {
    lead: Node[];
    body: Expression;
    around: number;
}

/** The terms of an outermost sum, product or logical chain, each with the sign before it. */
function parts_of(expression: Expression): Part[] {
    if (expression.kind !== "binary" || expression.operator === "/" || expression.operator === "**" || expression.operator === "%") {
        return [{ lead: [], body: expression, around: loosest }];
    }
    const own = binding[expression.operator]!;
    const same = (other: Expression): boolean => other.kind === "binary" && binding[other.operator] === own
        && other.operator !== "/" && other.operator !== "%";
    const left: Part[] = same(expression.left) ? parts_of(expression.left) : [{ lead: [], body: expression.left, around: own }];
    const around = expression.operator === "-" ? own + 1 : own;
    return [...left, { lead: [sign(signs[expression.operator]!, { form: "infix" })], body: expression.right, around }];
}

/** A first term as short as this does not get a line to itself. */
const short = 16;

/** The lines that an equation takes: each a row of signs and terms. */
function lines_of(expression: Expression, room: number): MathMLElement[] {
    if (width_of(expression) <= room) {
        return [drawn(expression, loosest)];
    }
    const lines: MathMLElement[] = [];
    let line = row();
    let used = 0;
    for (const part of parts_of(expression)) {
        const width = width_of(part.body) + 2;
        if (used > short && used + width > room) {
            lines.push(line);
            line = row();
            used = 0;
        }
        line.append(...part.lead, fitted(part.body, part.around, room - used));
        used += width;
    }
    lines.push(line);
    return lines;
}

const narrowest = 30;

/** What is wider than there is room is broken within: sums and products into lines, arguments and cases each on its own. */
function fitted(expression: Expression, around: number, space: number): MathMLElement {
    const room = Math.max(space, narrowest);
    if (width_of(expression) <= room) {
        return drawn(expression, around);
    }
    if (expression.kind === "choice") {
        return cases(expression, room);
    }
    if (expression.kind === "call" && expression.loop === undefined && expression.name.kind === "name") {
        const inner = room - width_of(expression.name) - 2;
        const items = expression.arguments.map((argument, at) => with_comma(fitted(argument, loosest, inner), at + 1 < expression.arguments.length));
        return row(drawn(expression.name, tightest), sign("\u2061"), fenced("(", ")", stacked(items)));
    }
    if (expression.kind === "call" && expression.loop !== undefined) {
        return aggregate(expression.name, expression.arguments[0]!, expression.loop, room);
    }
    if (expression.kind === "binary" && expression.operator === "/") {
        return math("mfrac", {}, row(fitted(expression.left, loosest, room)), row(fitted(expression.right, loosest, room)));
    }
    if (expression.kind === "binary" && parts_of(expression).length > 1) {
        const lines = stacked(lines_of(expression, room));
        return binding_of(expression) < around ? fenced("(", ")", lines) : lines;
    }
    return drawn(expression, around);
}

/** A comma after an argument: at the end of its last line. */
function with_comma(argument: MathMLElement, wanted: boolean): MathMLElement {
    const place = argument.matches(".lines") ? argument.lastElementChild!.firstElementChild! : argument;
    if (wanted && place !== argument) {
        place.append(sign(","));
        return argument;
    }
    return wanted ? row(argument, sign(",")) : argument;
}

function stacked(lines: readonly MathMLElement[]): MathMLElement {
    return lines.length === 1 ? lines[0]! : math("mtable", { class: "lines", displaystyle: "true" }, ...lines.map((line) => math("mtr", {}, math("mtd", {}, line))));
}

function equation(head: readonly Node[], expression: Expression, room: number): MathMLElement {
    const lines = parts_of(expression).length > 1 ? lines_of(expression, room) : [fitted(expression, loosest, room)];
    const rows = lines.map((line, at) => math("mtr", {},
        math("mtd", { class: "head" }, ...(at === 0 ? head : [])), math("mtd", { class: "body" }, line)));
    return math("math", { display: "block" }, math("mtable", { class: "equation" }, ...rows));
}

function plus(target: Expression, operator: string, value: Expression): Expression {
    return { kind: "binary", operator, left: target, right: value };
}

/** `x += e` as x ← x + e; null where the text is not understood. */
export function typeset_statement(text: string, room = room_here()): MathMLElement | null {
    return attempt(() => {
        const { target, operator, value } = read_statement(text);
        const whole = operator === "=" ? value : plus(target, operator.charAt(0), value);
        return equation([drawn(target, loosest), sign("←", { form: "infix" })], whole, room - width_of(target));
    });
}

/** `word = e`, as for a probability or a derived value; null where the text is not understood. */
export function typeset_definition(word: string, text: string, room = room_here()): MathMLElement | null {
    return attempt(() => equation([name(word), sign("=", { form: "infix" })], read_expression(text), room - word.length));
}

/** An expression within a line of text. */
export function typeset_inline(text: string): MathMLElement | null {
    return attempt(() => math("math", {}, drawn(read_expression(text), loosest)));
}

function attempt(make: () => MathMLElement): MathMLElement | null {
    try {
        return make();
    } catch (problem) {
        if (problem instanceof SyntaxError) {
            return null;
        }
        throw problem;
    }
}
