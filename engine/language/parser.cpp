#include <entente/language/parser.hpp>

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include <entente/language/lexer.hpp>
#include <entente/language/operators.hpp>

namespace entente {
namespace {

/// Thrown inside the parser only, after the problem was said.
struct CannotParse {};

/// Recursive descent in Python's order of binding, loosest first.
class Parser {
public:
    Parser(const Text& text, std::vector<Token> tokens, Problems& problems, const IsName& is_name)
        : text_(text), tokens_(std::move(tokens)), problems_(problems), is_name_(is_name) {}

    AstPtr run() {
        if (peek().kind == Token::Kind::end) fail(peek(), "an expression is missing here", "a number, a name or a formula");
        AstPtr tree = expression();
        if (peek().kind != Token::Kind::end) unexpected();
        return tree;
    }

private:
    const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
    const Token& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool is(std::string_view word) const { return peek().kind != Token::Kind::number && peek().text == word; }
    bool accept(std::string_view word) { return is(word) ? (take(), true) : false; }
    std::size_t last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].begin + tokens_[at_ - 1].text.size(); }

    [[noreturn]] void fail(const Token& token, std::string what, std::string help = {}) {
        if (std::string about_name = help_with_bare_name(text_.value, token.begin, is_name_); !about_name.empty()) help = std::move(about_name);
        problems_.error(text_.at(token.begin, std::max<std::size_t>(token.text.size(), 1)), std::move(what), std::move(help));
        throw CannotParse{};
    }

    static std::string_view help_with(const Token& token) {
        constexpr std::pair<std::string_view, std::string_view> helps[] = {
            {"=", "equality is written =="},
            {"//", "whole division is written floor(a / b)"},
            {"->", "a link is named relation[a, b] in an expression"},
            {"&&", "write `and`"},
            {"||", "write `or`"},
            {":=", "row-local names belong under `let:`"},
            {",", "a decimal is written with a point: 0.5"},
            {")", "it has no opening bracket"},
            {"]", "it has no opening bracket"},
            {"is", "rows are compared with == and !="},
            {"for", "`for` belongs inside sum(…), mean(…), any(…) and similar"},
            {"where", "what filters is written `if`: sum(r.x for r in relation.out(self) if r.x > 0)"},
            {"in", "`in` follows `for`: any(k == self for k in state)"},
            {"else", "`else` belongs to `a if condition else b`"},
            {"not", "`not` goes before what it negates; after another sign, in parentheses: 1 - (not x)"},
        };
        for (const auto& [text, help] : helps)
            if (token.text == text) return help;
        return token.kind == Token::Kind::sign ? "" : "a sign is missing between two values";
    }

    [[noreturn]] void unexpected() {
        const Token& token = peek();
        if (token.kind == Token::Kind::end) fail(token, "the expression ends too early", "something is missing after the last sign");
        fail(token, fmt::format("'{}' does not fit here", token.text), std::string(help_with(token)));
    }

    /// Where a value should begin.
    [[noreturn]] void no_value() {
        const Token& token = peek();
        if (token.text == "[") fail(token, "a list is not a value", "a row is named kind[member]; several are summed: sum(k.x for k in kind)");
        for (const auto word : {"lambda", "await", "yield"})
            if (is(word)) fail(token, fmt::format("'{}' has no meaning in an expression", word));
        for (const auto word : {")", "]", ",", "+", "-", "*", "/", "%", "**", "<", "<=", ">", ">=", "==", "!=", "and", "or", "if"})
            if (is(word)) fail(token, fmt::format("a value is missing before '{}'", word), "a number, a name or a formula");
        unexpected();
    }

    void expect(std::string_view word, const Token& opened) {
        if (accept(word)) return;
        if (peek().kind == Token::Kind::end)
            fail(opened, fmt::format("'{}' is not closed", opened.text), fmt::format("a '{}' is missing", word));
        if (is(")") || is("]")) fail(peek(), fmt::format("a '{}' is missing before '{}'", word, peek().text));
        unexpected();
    }

    AstPtr node(Ast::Kind kind, std::size_t begin, std::string name = {}) {
        auto made = std::make_unique<Ast>();
        made->kind = kind;
        made->begin = begin;
        made->end = last_end();
        made->name = std::move(name);
        return made;
    }

    template <class... Children>
    AstPtr parent(Ast::Kind kind, std::string_view name, AstPtr first, Children... rest) {
        AstPtr made = node(kind, first->begin, std::string(name));
        made->children.push_back(std::move(first));
        (made->children.push_back(std::move(rest)), ...);
        return made;
    }

    /// Bounds the recursion: every nested construct passes here.
    struct Depth {
        explicit Depth(Parser& parser) : parser_(parser) {
            if (++parser_.depth_ > deepest_nesting)
                parser_.fail(parser_.peek(), fmt::format("this expression is nested deeper than {} levels", deepest_nesting),
                             "split it with `let` or a derived field");
        }
        ~Depth() { --parser_.depth_; }
        Depth(const Depth&) = delete;
        Depth& operator=(const Depth&) = delete;
        Parser& parser_;
    };

    AstPtr expression() {
        const Depth depth(*this);
        AstPtr value = disjunction();
        if (!is("if")) return value;
        take();
        AstPtr condition = disjunction();
        if (!accept("else"))
            fail(peek(), "an `else` is missing: `a if condition else b`", "say what the value is when the condition does not hold");
        AstPtr otherwise = expression();
        const std::size_t begin = value->begin;
        AstPtr made = parent(Ast::Kind::conditional, "if", std::move(condition), std::move(value), std::move(otherwise));
        made->begin = begin;
        return made;
    }

    /// Whether an operator that binds so stands here.
    bool stands(Binding binding) const {
        return std::ranges::any_of(operators(), [&](const OperatorEntry& entry) { return entry.binding == binding && is(entry.sign); });
    }

    /// Operators that bind alike, from left to right, between operands that bind more tightly.
    AstPtr from_left(Binding binding, AstPtr (Parser::*operand)()) {
        AstPtr left = (this->*operand)();
        while (stands(binding)) {
            const std::string_view sign = take().text;
            left = parent(Ast::Kind::binary, sign, std::move(left), (this->*operand)());
        }
        return left;
    }

    AstPtr disjunction() { return from_left(Binding::disjunction, &Parser::conjunction); }
    AstPtr conjunction() { return from_left(Binding::conjunction, &Parser::negation); }

    AstPtr negation() {
        if (!stands(Binding::negation)) return comparison();
        const Depth depth(*this);
        const std::size_t begin = take().begin;
        return unary("not", begin, negation());
    }

    AstPtr unary(std::string_view sign, std::size_t begin, AstPtr operand) {
        AstPtr made = parent(Ast::Kind::unary, sign, std::move(operand));
        made->begin = begin;
        return made;
    }

    AstPtr comparison() {
        AstPtr left = sum();
        refuse_membership(*left);
        if (!stands(Binding::comparison)) return left;
        AstPtr made = node(Ast::Kind::comparison, left->begin);
        made->children.push_back(std::move(left));
        while (stands(Binding::comparison)) {
            made->names.emplace_back(take().text);
            made->children.push_back(sum());
        }
        made->end = last_end();
        return made;
    }

    /// `x in (1, 2)`, in words of its own: Python has it, and the language does not.
    void refuse_membership(const Ast& left) {
        const bool is_negated = is("not") && peek(1).text == "in";
        if (!is("in") && !is_negated) return;
        const Token& word = peek(is_negated ? 1 : 0);
        if (is_negated) take();
        take();
        const std::string item = text_.value.substr(left.begin, left.end - left.begin);
        const auto values = listed_values();
        std::string help;
        for (const std::string& value : values)
            help += fmt::format("{}{} {} {}", help.empty() ? "" : is_negated ? " and " : " or ", item, is_negated ? "!=" : "==", value);
        fail(word, "'in' is not an operator here", values.empty() ? fmt::format("compare with each value: {} == 1 or {} == 2", item, item) : "write " + help);
    }

    /// What stands between the brackets that open here, apart; nothing where none open or it holds brackets itself.
    std::vector<std::string> listed_values() const {
        std::vector<std::string> values;
        if (!is("(") && !is("[")) return values;
        std::size_t ahead = 1;
        for (std::size_t first = 1; peek(ahead).kind != Token::Kind::end; ++ahead) {
            const std::string_view text = peek(ahead).text;
            if (text == "(" || text == "[") return {};
            const bool is_end = text == ")" || text == "]";
            if (!is_end && text != ",") continue;
            const std::size_t begin = peek(first).begin;
            if (first < ahead) values.emplace_back(text_.value.substr(begin, peek(ahead - 1).begin + peek(ahead - 1).text.size() - begin));
            if (is_end) return values;
            first = ahead + 1;
        }
        return {};
    }

    AstPtr sum() { return from_left(Binding::sum, &Parser::product); }
    AstPtr product() { return from_left(Binding::product, &Parser::factor); }

    AstPtr factor() {
        if (!stands(Binding::sign)) return power();
        const Depth depth(*this);
        const Token& sign = take();
        return unary(sign.text, sign.begin, factor());
    }

    AstPtr power() {
        AstPtr base = primary();
        if (!stands(Binding::power)) return base;
        const Depth depth(*this);
        take();
        return parent(Ast::Kind::binary, "**", std::move(base), factor());
    }

    AstPtr primary() {
        AstPtr value = atom();
        while (true) {
            if (accept(".")) {
                if (peek().kind != Token::Kind::name) fail(peek(), "a field's name is missing after the dot");
                const std::string name(take().text);
                value = parent(Ast::Kind::attribute, name, std::move(value));
            } else if (is("[")) {
                value = bracket(std::move(value), Ast::Kind::subscript, "]");
            } else if (is("(")) {
                value = bracket(std::move(value), Ast::Kind::call, ")");
            } else {
                return value;
            }
        }
    }

    AstPtr bracket(AstPtr object, Ast::Kind kind, std::string_view close) {
        const Token opened = take();
        AstPtr made = parent(kind, "", std::move(object));
        while (!is(close)) {
            argument(*made, kind);
            if (!accept(",")) break;
            if (made->children.back()->kind == Ast::Kind::generator)
                fail(tokens_[at_ - 1], "a `for` must be alone in its brackets", "sum(r.trust for r in relation.out(self))");
        }
        expect(close, opened);
        made->end = last_end();
        return made;
    }

    void argument(Ast& of, Ast::Kind kind) {
        const bool named_before = !of.keywords.empty() && !of.keywords.back().empty();
        of.keywords.emplace_back();
        if (kind == Ast::Kind::call && peek().kind == Token::Kind::name && peek(1).text == "=") {
            of.keywords.back() = take().text;
            take();
            of.children.push_back(expression());
            return;
        }
        if (named_before) fail(peek(), "an argument without a name follows a named one", "name it too, or put it first");
        of.children.push_back(kind == Ast::Kind::subscript && is_star() ? star() : maybe_generator(expression()));
    }

    /// `*` alone in its place between brackets: `state[*]`, `relation[*, russia]`.
    bool is_star() const { return is("*") && (peek(1).text == "," || peek(1).text == "]"); }

    AstPtr star() {
        const Token& token = take();
        return node(Ast::Kind::name, token.begin, std::string(all_rows));
    }

    AstPtr maybe_generator(AstPtr body) {
        if (!is("for")) return body;
        take();
        if (peek().kind != Token::Kind::name)
            fail(peek(), "a loop variable is missing after `for`", "sum(r.trust for r in relation.out(self))");
        const std::string variable(take().text);
        if (!accept("in")) fail(peek(), "`in` is missing after the loop variable", "sum(r.trust for r in relation.out(self))");
        AstPtr made = parent(Ast::Kind::generator, variable, std::move(body), disjunction());
        while (accept("if")) made->children.push_back(disjunction());
        if (is("for")) fail(peek(), "an aggregate runs over one collection", "put the inner one into a derived field or a `let`");
        made->end = last_end();
        return made;
    }

    AstPtr atom() {
        const Token token = peek();
        if (token.kind == Token::Kind::number) {
            take();
            AstPtr made = node(Ast::Kind::number, token.begin);
            made->number = token.number;
            return made;
        }
        if (token.kind == Token::Kind::name && !is_keyword(token.text)) {
            take();
            return node(Ast::Kind::name, token.begin, std::string(token.text));
        }
        if (token.kind == Token::Kind::text) {
            take();
            return node(Ast::Kind::text, token.begin, token.value);
        }
        if (token.text != "(" || token.kind == Token::Kind::end) no_value();
        return parenthesised();
    }

    AstPtr parenthesised() {
        const Token opened = take();
        AstPtr inner = expression();
        if (is(",")) {
            AstPtr made = parent(Ast::Kind::tuple, "", std::move(inner));
            while (accept(",") && !is(")")) made->children.push_back(expression());
            inner = std::move(made);
        }
        expect(")", opened);
        inner->begin = opened.begin;
        inner->end = last_end();
        return inner;
    }

    static bool is_keyword(std::string_view word) {
        for (const auto keyword : {"and", "or", "not", "if", "else", "for", "in", "is", "lambda", "await", "yield"})
            if (word == keyword) return true;
        return false;
    }

    const Text& text_;
    std::vector<Token> tokens_;
    Problems& problems_;
    const IsName& is_name_;
    std::size_t at_ = 0;
    int depth_ = -1;  ///< the whole is no nesting
};

}  // namespace

AstPtr parse(const Text& text, Problems& problems, const IsName& is_name) {
    std::vector<Token> tokens = tokenise(text, problems, is_name);
    if (tokens.empty()) return nullptr;
    try {
        return Parser(text, std::move(tokens), problems, is_name).run();
    } catch (const CannotParse&) {
        return nullptr;
    }
}

}  // namespace entente
