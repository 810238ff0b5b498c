// Tests: expression, lexer.
// How expressions are read: what binds tighter than what, limits, and what names resolve to.
#include <string>

#include <gtest/gtest.h>

#include "expressions.hpp"

namespace entente::test {
namespace {

std::string repeated(const std::string& text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
}

/// The tree in prefix form, operators and numbers only.
std::string shape(const Expr& expr) {
    if (expr.kind == Expr::Kind::number)
        return expr.number == static_cast<int>(expr.number) ? std::to_string(static_cast<int>(expr.number)) : "x";
    if (expr.kind != Expr::Kind::call) return expr.text;
    std::string text = "(" + std::string(name_of(expr.function));
    for (const ExprPtr& arg : expr.args) text += " " + shape(*arg);
    return text + ")";
}

std::string shape(const std::string& expression) {
    const ExprPtr tree = read_fine(expression, in_step(state));
    return tree ? shape(*tree) : said_of(expression, in_step(state));
}

TEST(Grammar, binds_as_in_python) {
    EXPECT_EQ(shape("1 + 2 * 3"), "(+ 1 (* 2 3))");
    EXPECT_EQ(shape("1 - 2 - 3"), "(- (- 1 2) 3)");
    EXPECT_EQ(shape("8 / 4 % 3"), "(% (/ 8 4) 3)");
    EXPECT_EQ(shape("-2 ** 2"), "(- (** 2 2))");
    EXPECT_EQ(shape("2 ** -3 ** 2"), "(** 2 (- (** 3 2)))");
    EXPECT_EQ(shape("- -2"), "(- (- 2))");
    EXPECT_EQ(shape("+2"), "2");
    EXPECT_EQ(shape("not 1 == 2"), "(not (== 1 2))");
    EXPECT_EQ(shape("1 or 2 and not 3"), "(or 1 (and 2 (not 3)))");
    EXPECT_EQ(shape("1 + 2 < 3 * 4"), "(< (+ 1 2) (* 3 4))");
    EXPECT_EQ(shape("1 < 2 <= 3 != 4"), "(and (and (< 1 2) (<= 2 3)) (!= 3 4))");
    EXPECT_EQ(shape("1 if 2 else 3 if 4 else 5"), "(if 2 1 (if 4 3 5))");
    EXPECT_EQ(shape("(1 if 2 else 3) if 4 else 5"), "(if 4 (if 2 1 3) 5)");
    EXPECT_EQ(shape("1 if 2 or 3 else 4"), "(if (or 2 3) 1 4)");
    EXPECT_EQ(shape("max(1, 2, 3, 4)"), "(max (max (max 1 2) 3) 4)");
    EXPECT_EQ(shape("clip(hi=3, lo=2, x=1)"), "(clip 1 2 3)");
    EXPECT_EQ(shape("clip(1, hi=3, lo=2,)"), "(clip 1 2 3)");
}

TEST(Grammar, reads_numbers_as_python_does) {
    const auto number = [](const std::string& text) { return read_fine(text, in_step(state))->number; };
    EXPECT_EQ(number("12"), 12);
    EXPECT_EQ(number("1_000.5"), 1000.5);
    EXPECT_EQ(number(".5"), 0.5);
    EXPECT_EQ(number("5."), 5);
    EXPECT_EQ(number("1e3"), 1000);
    EXPECT_EQ(number("2.5E-1"), 0.25);
    EXPECT_EQ(number("00"), 0);
    EXPECT_EQ(number("007.5"), 7.5);
    EXPECT_EQ(number("0.1"), 0.1);
    EXPECT_EQ(number("9007199254740993"), 9007199254740992);
    EXPECT_EQ(number("True"), 1);
    EXPECT_EQ(number("pi"), 3.141592653589793);
}

TEST(Grammar, nothing_is_no_expression) {
    EXPECT_EQ(said_of("", in_step(state)),
              "world.yaml:1:1: error: an expression is missing here\n    1 | \n      | ^\nhelp: a number, a name or a formula");
}

TEST(Limits, ten_thousand_words_and_signs_are_read_and_one_more_is_not) {
    EXPECT_EQ(said_of("1" + repeated("+1", 4999), in_step(state)), "");
    const std::string long_one = "1" + repeated("+1", 5000);
    const std::string said = said_of(long_one, in_step(state));
    EXPECT_EQ(said.substr(0, said.find('\n')), "world.yaml:1:10001: error: this expression is longer than 10000 words and signs");
    EXPECT_TRUE(said.ends_with("\nhelp: split it with `let` or a derived field")) << said;
}

TEST(Limits, nesting_of_64_is_read_and_of_65_is_not) {
    const std::string last = "world.yaml:1:66: error: this expression is nested deeper than 64 levels";
    const std::string help = "\nhelp: split it with `let` or a derived field";
    const auto nested = [](const std::string& open, const std::string& close, int depth) {
        return said_of(repeated(open, depth) + "1" + repeated(close, depth), in_step(state));
    };
    EXPECT_EQ(nested("(", ")", 64), "");
    EXPECT_EQ(nested("(", ")", 65).substr(0, last.size()), last);
    EXPECT_TRUE(nested("(", ")", 65).ends_with(help));
    EXPECT_EQ(nested("-", "", 64), "");
    EXPECT_TRUE(nested("-", "", 65).starts_with("world.yaml:1:65: error: this expression is nested deeper than 64 levels\n"));
    EXPECT_EQ(nested("exp(", ")", 64), "");
    for (const std::string open : {"(", "-", "not ", "exp(", "1 if 1 else ", "2 ** ", "state[", "sum("})
        EXPECT_NE(nested(open, "", 9000), "") << open;  // and the stack is safe
}

TEST(Names, a_let_hides_a_field_and_a_field_a_parameter) {
    Context context = in_step(state);
    context.lets = {"power", "other"};
    EXPECT_EQ(read_fine("power", context)->kind, Expr::Kind::let);
    EXPECT_EQ(read_fine("gold", context)->kind, Expr::Kind::field);
    EXPECT_EQ(read_fine("gain", context)->kind, Expr::Kind::parameter);
    EXPECT_EQ(read_fine("other", context)->let, 1);
}

TEST(Names, every_form_of_a_row_is_known) {
    for (const std::string form :
         {"source.power", "target.power", "reverse.trust", "reverse.source.power", "state[russia].power",
          "relation[russia, afghanistan].trust", "relation[target, russia].warmth", "visit[source, target]", "visit", "reverse.visit",
          "has(relation[target, source])", "has(reverse)", "source == state[russia]",
          "sum(r.trust for r in relation.out(source) if r.target != target)", "sum(relation[k, target].trust for k in state)",
          "sum(relation[r.target, r.source].trust for r in relation)"})
        EXPECT_EQ(said_of(form, in_step(relation)), "");
}

TEST(Names, what_starts_may_read_is_read) {
    EXPECT_EQ(said_of("power + gain * dt + normal(0, 1) + chance(2)", in_start(state, 1)), "");
    EXPECT_EQ(said_of("trust + source.power * target.gold", in_start(relation, 1)), "");
    EXPECT_EQ(said_of("source.power * gain", in_outside()), "");
    EXPECT_EQ(said_of("total(sum(k.power for k in state)) / gain + dt * has(relation[russia, afghanistan])", in_measure()), "");
}

TEST(Draws, are_numbered_in_the_order_of_the_text) {
    int draws = 5;
    Context context = in_step(state);
    context.draw_counter = &draws;
    const ExprPtr tree = read_fine("normal() + (uniform() if bernoulli(0.5) else 0)", context);
    EXPECT_EQ(tree->args[0]->place_number, 5);
    EXPECT_EQ(tree->args[1]->args[0]->place_number, 6);  // the condition
    EXPECT_EQ(tree->args[1]->args[1]->place_number, 7);
    EXPECT_EQ(draws, 8);
}

TEST(Draws, between_two_bounds_is_one_draw) {
    int draws = 0;
    Context context = in_step(state);
    context.draw_counter = &draws;
    const ExprPtr tree = read_fine("0 < normal() < 1", context);
    EXPECT_EQ(draws, 1);
    EXPECT_EQ(tree->args[0]->args[1], tree->args[1]->args[0]);
}

TEST(Draws, left_out_arguments_are_those_of_the_signature) {
    const ExprPtr tree = read_fine("normal(s=3)", in_step(state));
    EXPECT_EQ(tree->args[0]->number, 0);
    EXPECT_EQ(tree->args[1]->number, 3);
}

TEST(Derived, what_an_expression_reads_is_listed) {
    const auto read =
        derived_read_by(*read_fine("might + sum(r.warmth for r in relation.out(self) if r.target.might > 0)", in_step(state)));
    ASSERT_EQ(read.size(), 3U);
    EXPECT_EQ(read[0], std::pair(state, DerivedId{0}));
    EXPECT_EQ(read[1], std::pair(relation, DerivedId{0}));
    EXPECT_EQ(read[2], std::pair(state, DerivedId{0}));
}

TEST(Rows, named_in_data_are_found) {
    Reading agent(" tajikistan ");
    EXPECT_EQ(read_row(agent.text, state, world(), agent.problems)->member, MemberId{2});
    Reading link("russia->afghanistan");
    const RowPtr found = read_row(link.text, relation, world(), link.problems);
    EXPECT_EQ(found->from->member, MemberId{0});
    EXPECT_EQ(found->to->member, MemberId{1});
    Reading set("relation[russia, afghanistan].listed");
    EXPECT_EQ(read_state_target(set.text, world(), set.problems)->field, FieldId{2});
}

TEST(Vocabulary, words_of_the_language_are_reserved) {
    for (const std::string word : {"tick", "dt", "pi", "self", "reverse", "has", "out", "True", "exp", "normal", "median", "total"})
        EXPECT_TRUE(is_reserved_name(word)) << word;
    EXPECT_FALSE(is_reserved_name("trust"));
}

TEST(Vocabulary, every_callable_has_a_signature_that_begins_with_its_name) {
    const auto check = [](const auto& table) {
        for (const auto& entry : table) {
            EXPECT_TRUE(entry.signature.starts_with(std::string(entry.name) + "(")) << entry.name;
            EXPECT_FALSE(entry.meaning.empty()) << entry.name;
        }
    };
    check(functions());
    check(draws());
    check(aggregates());
    check(over_time_functions());
}

TEST(Vocabulary, names_of_functions_and_operators_are_those_written) {
    for (const auto& entry : functions()) EXPECT_EQ(name_of(entry.function), entry.name);
    for (const auto& entry : draws()) EXPECT_EQ(name_of(entry.draw), entry.name);
    for (const auto& entry : aggregates()) EXPECT_EQ(name_of(entry.aggregate), entry.name);
    for (const auto& entry : over_time_functions()) EXPECT_EQ(name_of(entry.over_time), entry.name);
    EXPECT_EQ(name_of(Function::power), "**");
    EXPECT_EQ(name_of(Function::logical_not), "not");
}

}  // namespace
}  // namespace entente::test
