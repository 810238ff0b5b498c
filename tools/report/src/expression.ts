// Reads the text of an expression of the scenario language, to typeset it. What is right and wrong in it, the program
// has judged already: a text that is not understood here is shown as it stands.

export type Expression =
    | { kind: "number"; text: string }
    | { kind: "name"; name: string }
    | { kind: "member"; of: Expression; name: string }
    | { kind: "index"; of: Expression; at: Expression[] }
    | { kind: "call"; name: Expression; arguments: Expression[]; loop?: Loop }
    | { kind: "tuple"; items: Expression[] }
    | { kind: "unary"; operator: string; operand: Expression }
    | { kind: "binary"; operator: string; left: Expression; right: Expression }
    | { kind: "chain"; operators: string[]; operands: Expression[] }
    | { kind: "choice"; then: Expression; when: Expression; otherwise: Expression };

export interface Loop {
    variable: string;
    over: Expression;
    when?: Expression;
}

export interface Statement {
    target: Expression;
    operator: "=" | "+=" | "-=" | "*=";
    value: Expression;
}

interface Token {
    kind: "number" | "name" | "sign" | "end";
    text: string;
}

const pattern = /\s+|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(->|\*\*|<=|>=|==|!=|\+=|-=|\*=|[-+*/%<>=()[\],.])/uy;

function tokens_of(text: string): Token[] {
    const tokens: Token[] = [];
    pattern.lastIndex = 0;
    while (pattern.lastIndex < text.length) {
        const match = pattern.exec(text);
        if (match === null) {
            throw new SyntaxError(`not understood: ${text}`);
        }
        const [, digits, name, sign] = match;
        if (digits !== undefined) {
            tokens.push({ kind: "number", text: digits });
        } else if (name !== undefined) {
            tokens.push({ kind: "name", text: name });
        } else if (sign !== undefined) {
            tokens.push({ kind: "sign", text: sign });
        }
    }
    tokens.push({ kind: "end", text: "" });
    return tokens;
}

const comparisons = new Set(["<", "<=", ">", ">=", "==", "!="]);

class Reader {
    private at = 0;

    constructor(private readonly tokens: readonly Token[]) {}

    statement(): Statement {
        const target = this.postfix();
        const operator = this.tokens[this.at]!.text;
        if (operator !== "=" && operator !== "+=" && operator !== "-=" && operator !== "*=") {
            throw new SyntaxError("a statement assigns");
        }
        this.at += 1;
        const value = this.whole();
        return { target, operator, value };
    }

    whole(): Expression {
        const result = this.choice();
        if (this.tokens[this.at]!.kind !== "end") {
            throw new SyntaxError(`unexpected ${this.tokens[this.at]!.text}`);
        }
        return result;
    }

    private take(text: string): boolean {
        if (this.tokens[this.at]!.kind !== "end" && this.tokens[this.at]!.text === text) {
            this.at += 1;
            return true;
        }
        return false;
    }

    private expect(text: string): void {
        if (!this.take(text)) {
            throw new SyntaxError(`expected ${text}`);
        }
    }

    private name(): string {
        const token = this.tokens[this.at]!;
        if (token.kind !== "name") {
            throw new SyntaxError("expected a name");
        }
        this.at += 1;
        return token.text;
    }

    private choice(): Expression {
        const then = this.either();
        if (!this.take("if")) {
            return then;
        }
        const when = this.either();
        this.expect("else");
        return { kind: "choice", then, when, otherwise: this.choice() };
    }

    private left_to_right(operators: readonly string[], next: () => Expression): Expression {
        let left = next();
        for (;;) {
            const operator = operators.find((sign) => this.take(sign));
            if (operator === undefined) {
                return left;
            }
            left = { kind: "binary", operator, left, right: next() };
        }
    }

    private either(): Expression {
        return this.left_to_right(["or"], () => this.both());
    }

    private both(): Expression {
        return this.left_to_right(["and"], () => this.negation());
    }

    private negation(): Expression {
        return this.take("not") ? { kind: "unary", operator: "not", operand: this.negation() } : this.comparison();
    }

    private comparison(): Expression {
        const operands = [this.sum()];
        const operators: string[] = [];
        while (comparisons.has(this.tokens[this.at]!.text)) {
            operators.push(this.tokens[this.at]!.text);
            this.at += 1;
            operands.push(this.sum());
        }
        return operators.length === 0 ? operands[0]! : { kind: "chain", operators, operands };
    }

    private sum(): Expression {
        return this.left_to_right(["+", "-"], () => this.product());
    }

    private product(): Expression {
        return this.left_to_right(["*", "/", "%"], () => this.signed());
    }

    private signed(): Expression {
        for (const operator of ["-", "+"]) {
            if (this.take(operator)) {
                return { kind: "unary", operator, operand: this.signed() };
            }
        }
        const base = this.postfix();
        return this.take("**") ? { kind: "binary", operator: "**", left: base, right: this.signed() } : base;
    }

    private postfix(): Expression {
        let result = this.atom();
        for (;;) {
            if (this.take(".")) {
                result = { kind: "member", of: result, name: this.name() };
            } else if (this.take("[")) {
                result = { kind: "index", of: result, at: this.items("]", ["->"]) };
            } else if (this.take("(")) {
                result = this.call(result);
            } else {
                return result;
            }
        }
    }

    private call(name: Expression): Expression {
        if (this.take(")")) {
            return { kind: "call", name, arguments: [] };
        }
        const first = this.choice();
        if (this.take("for")) {
            const variable = this.name();
            this.expect("in");
            const over = this.either();
            const loop: Loop = this.take("if") ? { variable, over, when: this.either() } : { variable, over };
            this.expect(")");
            return { kind: "call", name, arguments: [first], loop };
        }
        return { kind: "call", name, arguments: [first, ...(this.take(",") ? this.items(")") : this.closed(")"))] };
    }

    private closed(end: string): Expression[] {
        this.expect(end);
        return [];
    }

    private items(end: string, also: readonly string[] = []): Expression[] {
        const items: Expression[] = [];
        while (!this.take(end)) {
            items.push(this.choice());
            if (!this.take(",") && !also.some((sign) => this.take(sign))) {
                this.expect(end);
                break;
            }
        }
        return items;
    }

    private atom(): Expression {
        const token = this.tokens[this.at]!;
        this.at += 1;
        if (token.kind === "number") {
            return { kind: "number", text: token.text };
        }
        if (token.kind === "name") {
            return { kind: "name", name: token.text };
        }
        if (token.text === "(") {
            const items = this.items(")");
            return items.length === 1 ? items[0]! : { kind: "tuple", items };
        }
        throw new SyntaxError(`unexpected ${token.text}`);
    }
}

/** The expression that the text says; throws SyntaxError where it says none. */
export function read_expression(text: string): Expression {
    return new Reader(tokens_of(text)).whole();
}

/** The assignment that the text says; throws SyntaxError where it says none. */
export function read_statement(text: string): Statement {
    return new Reader(tokens_of(text)).statement();
}
