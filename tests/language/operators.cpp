// Tests: operators, words, schema.
#include <set>

#include <gmock/gmock.h>

#include <entente/language/operators.hpp>
#include <entente/language/parser.hpp>
#include <entente/language/schema.hpp>
#include <entente/language/words.hpp>

namespace entente::test {
namespace {

AstPtr parsed(const std::string& expression) {
    Text text;
    text.value = expression;
    Problems problems;
    AstPtr tree = parse(text, problems);
    EXPECT_FALSE(problems.has_errors()) << expression;
    return tree;
}

/// The operator that is applied last.
std::string outermost(const std::string& expression) {
    const AstPtr tree = parsed(expression);
    if (!tree) return "no tree";
    return tree->kind == Ast::Kind::comparison ? tree->names.front() : tree->name;
}

/// With names a, b, c for its operands.
std::string applied(const OperatorEntry& entry, const std::string& left, const std::string& right) {
    if (entry.binding == Binding::choice) return left + " if c else " + right;
    const std::string sign(entry.sign);
    return entry.binding == Binding::negation || entry.binding == Binding::sign ? sign + " " + right : left + " " + sign + " " + right;
}

TEST(Operators, bind_in_the_order_of_their_table) {
    for (const OperatorEntry& loose : operators())
        for (const OperatorEntry& tight : operators()) {
            if (loose.binding >= tight.binding) continue;
            const std::string expression = applied(loose, "a", applied(tight, "b", "c"));
            EXPECT_EQ(outermost(expression), loose.sign) << expression;
            const bool has_left = loose.binding != Binding::negation && loose.binding != Binding::sign;
            EXPECT_EQ(has_left ? outermost(applied(loose, applied(tight, "b", "c"), "a")) : loose.sign, loose.sign) << expression;
        }
}

TEST(Operators, stand_loosest_first_and_once) {
    EXPECT_TRUE(std::ranges::is_sorted(operators(), {}, &OperatorEntry::binding));
    std::set<std::pair<Binding, std::string_view>> seen;
    for (const OperatorEntry& entry : operators()) {
        EXPECT_TRUE(seen.emplace(entry.binding, entry.sign).second) << entry.sign;
        EXPECT_EQ(find_operator(entry.binding, entry.sign), &entry);
        EXPECT_EQ(entry.function ? name_of(*entry.function) : entry.sign, entry.sign);
        EXPECT_FALSE(entry.meaning.empty());
    }
    EXPECT_EQ(find_operator(Binding::sum, "*"), nullptr);
}

TEST(Words, are_taken) {
    std::set<std::string_view> seen;
    for (const WordEntry& entry : words()) {
        EXPECT_TRUE(seen.insert(entry.word).second) << entry.word;
        EXPECT_TRUE(is_reserved_name(entry.word)) << entry.word;
        EXPECT_NE(entry.form.find(entry.word), std::string_view::npos);
        EXPECT_FALSE(entry.meaning.empty());
    }
    EXPECT_TRUE(is_reserved_name("sum"));
    EXPECT_FALSE(is_reserved_name("trust"));
}

}  // namespace
}  // namespace entente::test
