"""Random expressions of the language, and what CPython makes of them.

Usage: oracle.py <seed> <expressions>

CPython parses and evaluates the very text that the engine reads: names, operators and calls work on Number, a double with a
bound on how far two correct evaluations of it may lie apart. Arithmetic, comparisons and roundings of exact numbers are exact,
so the bound is 0 and the engine must give the same bits; a transcendental function may differ by 4 units in the last place, which
the operations after it carry on. Where Python refuses what IEEE arithmetic goes on with (1 / 0, log(0), overflow), the IEEE value
stands in its place. Where the bound straddles a jump (a comparison, floor, the edge of a domain), the case is left out.

Prints, in bunches: `rows`, one line for each row with the values of the variables; then one line for each expression:
text, value and bound of each row (`-` where left out), separated by tabs.
"""

import ast
import math
import random
import sys

EPS = 2.0**-52
TINY = 1e-300  # below this, last places are coarser
VARIABLES = ["va", "vb", "vc", "vd"]
ROWS = 4
BUNCH = 200


class Uncertain(Exception):
    pass


class Number:
    __slots__ = ("v", "e")

    def __init__(self, v, e=0.0):
        self.v = float(v)
        self.e = e
        if e:
            if not math.isfinite(self.v) or abs(self.v) > 1e300 or not e < 1e290:
                raise Uncertain
            self.e = e * 1.01 + EPS * abs(self.v) + TINY

    def surely_nonzero(self):
        if self.e and abs(self.v) <= 2 * self.e:
            raise Uncertain

    def __bool__(self):
        self.surely_nonzero()
        return self.v != 0

    def __neg__(self):
        return Number(-self.v, self.e)

    def __pos__(self):
        return self

    def __add__(self, o):
        return Number(self.v + o.v, self.e + o.e)

    def __sub__(self, o):
        return Number(self.v - o.v, self.e + o.e)

    def __mul__(self, o):
        if not (math.isfinite(self.v) and math.isfinite(o.v)):
            self.surely_nonzero(), o.surely_nonzero()
            return Number(self.v * o.v)
        return Number(self.v * o.v, abs(self.v) * o.e + abs(o.v) * self.e + self.e * o.e)

    def __truediv__(self, o):
        o.surely_nonzero()
        try:
            q = self.v / o.v
        except ZeroDivisionError:
            self.surely_nonzero()
            return Number(math.nan if self.v == 0 or math.isnan(self.v) else math.copysign(math.inf, self.v) * math.copysign(1, o.v))
        if not (math.isfinite(self.v) and math.isfinite(o.v)):
            self.surely_nonzero()
            return Number(q)
        return Number(q, (self.e + abs(q) * o.e) / (abs(o.v) - o.e) if self.e or o.e else 0.0)

    def __mod__(self, o):
        o.surely_nonzero()
        try:
            r = self.v % o.v
        except ZeroDivisionError:
            return Number(math.nan)
        if self.e or o.e:
            if not math.isfinite(r) or not math.isfinite(o.v):
                raise Uncertain
            e = self.e + (abs(self.v / o.v) + 1) * o.e
            if abs(r) <= 2 * e or abs(o.v) - abs(r) <= 2 * e:
                raise Uncertain
            return Number(r, e)
        return Number(r)

    def __pow__(self, o):
        x, y = self.v, o.v
        inexact = self.e or o.e
        if inexact and (x - 2 * self.e <= 0 or not math.isfinite(x) or not math.isfinite(y)):
            raise Uncertain
        try:
            p = x**y
        except ZeroDivisionError:
            p = math.copysign(math.inf, x) if y % 2 == 1 else math.inf
        except OverflowError:
            p = -math.inf if x < 0 and y % 2 == 1 else math.nan if x < 0 and y % 1 else math.inf
        if isinstance(p, complex):
            p = math.nan
        if not math.isfinite(p) or p == 0 or x == 1 or y == 0:
            if inexact:
                raise Uncertain
            return Number(p)
        return Number(p, abs(p) * (abs(y) * self.e / max(abs(x) - self.e, TINY) + abs(math.log(abs(x))) * o.e + 4 * EPS) + TINY)

    def compare(self, o, holds):
        if (self.e or o.e) and abs(self.v - o.v) <= 2 * (self.e + o.e):
            raise Uncertain
        return Number(holds)

    def __lt__(self, o):
        return self.compare(o, self.v < o.v)

    def __le__(self, o):
        return self.compare(o, self.v <= o.v)

    def __gt__(self, o):
        return self.compare(o, self.v > o.v)

    def __ge__(self, o):
        return self.compare(o, self.v >= o.v)

    def __eq__(self, o):
        return self.compare(o, self.v == o.v)

    def __ne__(self, o):
        return self.compare(o, self.v != o.v)

    __hash__ = None

    def __abs__(self):
        return Number(abs(self.v), self.e)


ZERO, ONE = Number(0), Number(1)


def smooth(function, slope, at_pole=None, domain=None, highest=math.inf):
    """A transcendental function: `slope(x, e, f(x))` bounds its slope within e of x; outside of `domain` it is NaN."""

    def call(x):
        v, e = x.v, x.e
        if v > highest:
            raise Uncertain
        if domain is not None and v - 2 * e <= domain and e:
            raise Uncertain
        try:
            w = function(v)
        except (ValueError, OverflowError):
            if e:
                raise Uncertain from None
            if math.isnan(v) or (domain is not None and v < domain) or (domain is None and math.isinf(v)):
                return Number(math.nan)
            return Number(at_pole)
        if not math.isfinite(w) or not math.isfinite(v):
            return Number(w, 4 * EPS * abs(w) if math.isfinite(w) and w else 0.0)
        return Number(w, slope(v, e, w) * e + 4 * EPS * abs(w) + TINY)

    return call


def growth(v, e, w):
    if e > 0.1:
        raise Uncertain
    return math.exp(min(v, 700)) * 1.2


def tan_slope(v, e, w):
    if (1 + w * w) * e > 0.1:
        raise Uncertain
    return (1 + w * w) * 1.5


def below(argument, e):
    return 1 / (argument - 2 * e) if argument > 2 * e else 0.0


exp = smooth(math.exp, growth, at_pole=math.inf)
expm1 = smooth(math.expm1, growth, at_pole=math.inf)
log = smooth(math.log, lambda v, e, w: below(v, e), at_pole=-math.inf, domain=0)
log1p = smooth(math.log1p, lambda v, e, w: below(1 + v, e), at_pole=-math.inf, domain=-1, highest=1e307)
sin = smooth(math.sin, lambda v, e, w: 1)
cos = smooth(math.cos, lambda v, e, w: 1)
tan = smooth(math.tan, tan_slope)
tanh = smooth(math.tanh, lambda v, e, w: 1)
atan = smooth(math.atan, lambda v, e, w: 1)


def atan2(y, x):
    """The angle's slope is at most 1 / r; on the negative side of x it jumps where y changes sign."""
    e = y.e + x.e
    w = math.atan2(y.v, x.v)
    if e:
        r = math.hypot(y.v, x.v)
        if not math.isfinite(r) or r <= 4 * e or (y.e and x.v - 2 * x.e < 0 and abs(y.v) <= 2 * y.e):
            raise Uncertain
        return Number(w, e / (r - 2 * e) + 4 * EPS * abs(w) + TINY)
    return Number(w, 4 * EPS * abs(w) + TINY if w else 0.0)


def sqrt(x):
    if x.e and x.v <= 2 * x.e:
        raise Uncertain
    try:
        w = math.sqrt(x.v)
    except ValueError:
        return Number(math.nan)
    return Number(w, x.e / math.sqrt(x.v - x.e) if x.e else 0.0)


def whole(function):
    def call(x):
        if not math.isfinite(x.v):
            return x
        n = function(x.v)
        if x.e and (function(x.v - 2 * x.e) != n or function(x.v + 2 * x.e) != n):
            raise Uncertain
        return Number(math.copysign(float(n), x.v) if n == 0 else float(n))

    return call


def logistic(x):
    return ONE / (ONE + exp(-x))


def logit(p):
    return log(p / (ONE - p))


def chance(rate):
    return -expm1(-rate * ONE)


def toward(x, target, rate):
    return x + (target - x) * chance(rate)


def sign(x):
    return (x > ZERO) - (x < ZERO)


def clip(x, lo, hi):
    return min(max(x, lo), hi)


def step(x):
    return ONE if x >= ZERO else ZERO


def truth(x):
    return ONE if x else ZERO


NAMESPACE = {
    "__builtins__": {}, "Number": Number, "truth": truth, "abs": abs, "min": min, "max": max, "sqrt": sqrt, "exp": exp, "expm1": expm1,
    "log": log, "log1p": log1p, "sin": sin, "cos": cos, "tan": tan, "tanh": tanh, "atan": atan, "atan2": atan2, "floor": whole(math.floor),
    "ceil": whole(math.ceil), "round": whole(round), "logistic": logistic, "logit": logit, "chance": chance, "toward": toward,
    "sign": sign, "clip": clip, "step": step, "pi": Number(math.pi), "dt": ONE,
}  # fmt: skip


class ToNumbers(ast.NodeTransformer):
    """Constants become Numbers, and logic gives 0 or 1 where Python gives an operand."""

    def visit_Constant(self, node):
        return self.call("Number", node)

    def visit_BoolOp(self, node):
        return self.call("truth", self.generic_visit(node))

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return self.call("truth", node) if isinstance(node.op, ast.Not) else node

    def visit_Compare(self, node):
        return self.call("truth", self.generic_visit(node))

    @staticmethod
    def call(name, node):
        return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), [node], []), node)


UNARY = ["abs", "sqrt", "exp", "log", "log1p", "expm1", "sin", "cos", "tan", "tanh", "atan", "floor", "ceil", "round", "sign",
         "logistic", "logit", "step", "chance"]  # fmt: skip
LITERALS = ["0", "1", "2", "3", "10", "0.5", ".25", "1e-3", "1_000", "7.", "1e300", "True", "False", "pi", "dt"]


class Writer:
    def __init__(self, rng):
        self.rng = rng

    def leaf(self):
        return self.rng.choice(VARIABLES) if self.rng.random() < 0.75 else self.rng.choice(LITERALS)

    def bracketed(self, text):
        return f"({text})" if self.rng.random() < (0.1 if text in VARIABLES or text in LITERALS else 0.6) else text

    def operand(self, depth):
        """Something that may stand beside any operator. What binds how is left to the readers, who must agree."""
        text = self.expression(depth)
        return f"({text})" if text.startswith("not ") or " if " in text else self.bracketed(text)

    def expression(self, depth):
        rng = self.rng
        if depth == 0 or rng.random() < 0.1:
            return self.leaf()
        kind = rng.random()
        if kind < 0.4:
            sign = rng.choice(["+", "-", "*", "/", "%", "+", "-", "*", "/", "**"])
            return f"{self.operand(depth - 1)} {sign} {self.operand(depth - 1)}"
        if kind < 0.47:
            return f"{rng.choice('--+')}{self.operand(depth - 1)}"
        if kind < 0.56:
            signs = rng.choices(["<", "<=", ">", ">=", "==", "!="], k=rng.choice([1, 1, 2, 3]))
            return self.operand(depth - 1) + "".join(f" {sign} {self.operand(depth - 1)}" for sign in signs)
        if kind < 0.63:
            return f"{self.operand(depth - 1)} {rng.choice(['and', 'or'])} {self.operand(depth - 1)}"
        if kind < 0.66:
            return f"not {self.operand(depth - 1)}"
        if kind < 0.73:
            return f"{self.operand(depth - 1)} if {self.operand(depth - 1)} else {self.expression(depth - 1)}"
        if kind < 0.89:
            return f"{rng.choice(UNARY)}({self.expression(depth - 1)})"
        if kind < 0.95:
            arguments = [self.expression(depth - 1) for _ in range(rng.choice([2, 2, 3, 4]))]
            return f"{rng.choice(['min', 'max'])}({', '.join(arguments)})"
        name, arguments = rng.choice([("clip", ["x", "lo", "hi"]), ("toward", ["x", "target", "rate"]), ("atan2", ["y", "x"])])
        written = [self.expression(depth - 1) for _ in arguments]
        if rng.random() < 0.3:
            written = [f"{argument}={value}" for argument, value in zip(arguments, written)]
            rng.shuffle(written)
        return f"{name}({', '.join(written)})"


EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 1e-308, 1e308, -1e308, 2.0**53, math.pi, 709.0, -745.0, 1e-17]


def value(rng):
    kind = rng.random()
    if kind < 0.25:
        return float(rng.randint(-4, 4))
    if kind < 0.6:
        return rng.uniform(-5, 5)
    if kind < 0.8:
        return rng.choice([-1, 1]) * 10 ** rng.uniform(-6, 6)
    return rng.choice(EDGES) if kind < 0.92 else rng.random()


def evaluated(code, row):
    try:
        result = eval(code, NAMESPACE, row)
        return f"{result.v!r}:{result.e!r}"
    except Uncertain:
        return "-"


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    writer = Writer(rng)
    out = []
    rows = []
    for number in range(count):
        if number % BUNCH == 0:
            rows = [{name: Number(value(rng)) for name in VARIABLES} for _ in range(ROWS)]
            out.append("rows")
            out.extend("\t".join(repr(row[name].v) for name in VARIABLES) for row in rows)
        text = writer.expression(rng.choice([2, 3, 4]))
        tree = ast.fix_missing_locations(ToNumbers().visit(ast.parse(text, mode="eval")))
        code = compile(tree, "expression", "eval")
        out.append("\t".join([text] + [evaluated(code, row) for row in rows]))
    print("\n".join(out))


main()
