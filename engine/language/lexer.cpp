#include <entente/language/lexer.hpp>

#include <array>
#include <cctype>

#include <fmt/format.h>

#include <entente/base/decimal.hpp>
#include <entente/language/parser.hpp>

namespace entente {
namespace {

constexpr std::array<std::string_view, 24> signs{"**", "//", "<=", ">=", "==", "!=", "->", ":=", "&&", "||", "+", "-",
                                                 "*",  "/",  "%",  "<",  ">",  "(",  ")",  "[",  "]",  ",",  ".", "="};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

class Lexer {
public:
    Lexer(const Text& text, Problems& problems, const IsName& is_name)
        : text_(text), source_(text.value), problems_(problems), is_name_(is_name) {}

    std::vector<Token> run() {
        std::vector<Token> tokens;
        while (true) {
            while (at_ < source_.size() && std::isspace(static_cast<unsigned char>(source_[at_])) != 0) ++at_;
            if (tokens.size() >= most_tokens) {
                problems_.error(text_.at(at_), fmt::format("this expression is longer than {} words and signs", most_tokens),
                                "split it with `let` or a derived field");
                return {};
            }
            if (at_ == source_.size()) break;
            if (!next(tokens)) return {};
        }
        tokens.push_back({Token::Kind::end, {}, source_.size()});
        return tokens;
    }

private:
    bool next(std::vector<Token>& tokens) {
        const char c = source_[at_];
        if (is_digit(c) || (c == '.' && at_ + 1 < source_.size() && is_digit(source_[at_ + 1]))) return number(tokens);
        if (is_letter(c)) {
            const std::size_t begin = at_;
            while (at_ < source_.size() && (is_letter(source_[at_]) || is_digit(source_[at_]))) ++at_;
            tokens.push_back({Token::Kind::name, source_.substr(begin, at_ - begin), begin});
            return true;
        }
        if (c == '\'' || c == '"') return quoted_text(tokens);
        for (const auto sign : signs)
            if (source_.substr(at_).starts_with(sign)) {
                tokens.push_back({Token::Kind::sign, source_.substr(at_, sign.size()), at_});
                at_ += sign.size();
                return true;
            }
        return stray();
    }

    bool quoted_text(std::vector<Token>& tokens) {
        const std::size_t begin = at_;
        Quoted read = read_quoted(source_.substr(begin));
        at_ += read.size;
        if (!read.fault.empty()) {
            const bool is_open = at_ == source_.size();
            const std::size_t size = is_open ? 1 : read.fault.find('\'', 1) - 1;
            return fail(is_open ? begin : begin + read.size - 1, size, std::move(read.fault), std::move(read.help));
        }
        tokens.push_back({Token::Kind::text, source_.substr(begin, read.size), begin, 0, std::move(read.text)});
        return true;
    }

    bool fail(std::size_t at, std::size_t size, std::string what, std::string help) {
        std::string about_name = help_with_bare_name(source_, at, is_name_);
        problems_.error(text_.at(at, size), std::move(what), about_name.empty() ? std::move(help) : std::move(about_name));
        return false;
    }

    /// Python's decimal literals: 12, 1_000, 0.5, .5, 1e-3.
    bool number(std::vector<Token>& tokens) {
        const std::size_t begin = at_;
        if (const std::string date = date_at(begin); !date.empty()) {
            return fail(begin, date.size(), fmt::format("'{}' is a date, and an expression has no dates", date),
                        "compare `year` and `month`, or `t`, the years since the start");
        }
        const auto digits = [&] {
            while (at_ < source_.size() && (is_digit(source_[at_]) || (source_[at_] == '_' && at_ + 1 < source_.size() &&
                                                                       is_digit(source_[at_ + 1]) && is_digit(source_[at_ - 1]))))
                ++at_;
        };
        digits();
        if (at_ < source_.size() && source_[at_] == '.') ++at_, digits();
        if (at_ < source_.size() && (source_[at_] == 'e' || source_[at_] == 'E')) {
            std::size_t sign = at_ + 1;
            if (sign < source_.size() && (source_[sign] == '+' || source_[sign] == '-')) ++sign;
            if (sign < source_.size() && is_digit(source_[sign])) at_ = sign, digits();
        }
        const bool runs_on = at_ < source_.size() && (is_letter(source_[at_]) || is_digit(source_[at_]));
        while (at_ < source_.size() && (is_letter(source_[at_]) || is_digit(source_[at_]))) ++at_;
        const std::string_view shown = source_.substr(begin, at_ - begin);
        const std::string plain = without_leading_zeros(shown);
        if (runs_on || !plain.empty()) {
            return fail(begin, shown.size(), fmt::format("'{}' is not a number", shown),
                        !plain.empty()
                            ? fmt::format("write {}, without the leading zero", plain)
                            : "numbers are written 12, 1_000, 0.5 or 1e-3, and an operator is needed between a number and a name: 2 * x");
        }
        const auto value = parse_decimal(shown);
        if (!value) {
            problems_.error(text_.at(begin, shown.size()), fmt::format("'{}' is too large or too small for a number", shown),
                            "numbers are between 1e-307 and 1e308");
            return false;
        }
        tokens.push_back({Token::Kind::number, shown, begin, *value});
        return true;
    }

    /// `2020-05-01`, which would be a difference of numbers; "" where none begins.
    [[nodiscard]] std::string date_at(std::size_t begin) const {
        std::size_t end = begin;
        const auto digits = [&](std::size_t fewest, std::size_t most) {
            const std::size_t from = end;
            while (end < source_.size() && is_digit(source_[end])) ++end;
            return end - from >= fewest && end - from <= most;
        };
        const auto dash = [&] { return end < source_.size() && source_[end++] == '-'; };
        const bool is_date = digits(4, 4) && dash() && digits(2, 2) && dash() && digits(2, 2);
        const bool ends = end >= source_.size() || !(is_letter(source_[end]) || is_digit(source_[end]) || source_[end] == '.');
        return is_date && ends ? std::string(source_.substr(begin, end - begin)) : std::string{};
    }

    bool stray() {
        std::size_t length = 1;
        while (at_ + length < source_.size() && (static_cast<unsigned char>(source_[at_ + length]) & 0xC0U) == 0x80U) ++length;
        const std::string_view shown = source_.substr(at_, length);
        std::string help;
        if (shown == "^") help = "a power is written x ** y";
        if (shown == "&") help = "write `and`";
        if (shown == "|") help = "write `or`";
        if (shown == "!") help = "negation is written `not x`";
        if (shown == "?") help = "a choice is written `a if condition else b`";
        if (shown == "×" || shown == "·") help = "multiplication is written *";
        if (shown == "−" || shown == "–") help = "minus is written -";
        if (shown == "≥" || shown == "≤" || shown == "≠") help = "comparisons are written >=, <= and !=";
        return fail(at_, length, fmt::format("'{}' has no meaning in an expression", shown), std::move(help));
    }

    const Text& text_;
    std::string_view source_;
    Problems& problems_;
    const IsName& is_name_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokenise(const Text& text, Problems& problems, const IsName& is_name) {
    return Lexer(text, problems, is_name).run();
}

}  // namespace entente
