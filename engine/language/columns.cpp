#include <entente/language/columns.hpp>

#include <algorithm>
#include <array>
#include <numbers>

#include <fmt/format.h>

#include <entente/base/decimal.hpp>
#include <entente/base/names.hpp>
#include <entente/language/builder.hpp>
#include <entente/language/functions.hpp>
#include <entente/language/parser.hpp>
#include <entente/language/quotes.hpp>

namespace entente {
namespace {

/// Thrown inside the reader only, after the problem was said.
struct NotReadable {};

/// What the program stores its value to; what it reads are the columns after it.
constexpr ColumnId result{0};

class ColumnReader {
public:
    ColumnReader(const Text& text, std::span<const std::string> columns, Problems& problems, std::string_view table)
        : text_(text), columns_(columns), problems_(problems), table_(table) {}

    Program run(const Ast& tree) {
        const Value found = value(tree);
        builder_.store({.column = result, .map = {}}, found, {});
        builder_.settle();
        return builder_.finish();
    }
    std::vector<ColumnRead> take_reads() { return std::move(reads_); }

private:
    [[noreturn]] void fail(const Ast& at, std::string what, std::string help = {}) {
        problems_.error(text_.at(at.begin, at.end - at.begin), std::move(what), std::move(help));
        throw NotReadable{};
    }
    [[nodiscard]] std::string shown(const Ast& at) const { return text_.value.substr(at.begin, at.end - at.begin); }

    [[nodiscard]] std::string lacking(const std::string& column) const {
        return fmt::format("the table {}has no column {}", table_.empty() ? "" : fmt::format("'{}' ", table_), in_quotes(column));
    }

    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
        const auto found = std::ranges::find(columns_, name);
        return found == columns_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns_.begin()));
    }

    Value read(ColumnRead what) {
        auto found = std::ranges::find(reads_, what);
        if (found == reads_.end()) found = reads_.insert(found, std::move(what));
        return builder_.load({.column = ColumnId{static_cast<int>(found - reads_.begin()) + 1}, .map = {}});
    }

    std::size_t column(const Ast& tree) {
        if (!is_text(tree) && tree.kind != Ast::Kind::name) refuse(tree);
        if (const auto found = find(tree.name)) return *found;
        const std::vector<std::string> names(columns_.begin(), columns_.end());
        fail(tree, lacking(tree.name),
             did_you_mean_name(tree.name, names, fmt::format("its columns are {}", listed(as_indices(names)))));
    }

    static bool is_text(const Ast& tree) { return tree.kind == Ast::Kind::text; }

    [[noreturn]] void refuse(const Ast& tree) {
        fail(tree, fmt::format("'{}' has no meaning over the columns of a table", shown(tree)),
             "an expression over columns has names of columns, numbers, operators and mathematical functions");
    }

    Value value(const Ast& tree) {
        switch (tree.kind) {
            case Ast::Kind::number:
                return builder_.constant(tree.number);
            case Ast::Kind::name:
                return named_value(tree);
            case Ast::Kind::text:
                return read({.column = column(tree)});
            case Ast::Kind::call:
                return call(tree);
            case Ast::Kind::unary:
                return tree.name == "+" ? value(*tree.children[0]) : made(tree.name == "-" ? Function::negate : Function::logical_not, tree, 0);
            case Ast::Kind::binary:
                return made(function_of_sign(tree.name), tree, 0);
            case Ast::Kind::comparison:
                return comparison(tree);
            case Ast::Kind::conditional:
                return made(Function::conditional, tree, 0);
            case Ast::Kind::attribute:
            case Ast::Kind::subscript:
            case Ast::Kind::generator:
            case Ast::Kind::tuple:
                refuse(tree);
        }
        throw NotReadable{};
    }

    Value named_value(const Ast& tree) {
        if (const auto found = find(tree.name)) return read({.column = *found});
        if (tree.name == "pi") return builder_.constant(std::numbers::pi);
        if (tree.name == "True" || tree.name == "False") return builder_.constant(tree.name == "True" ? 1 : 0);
        return read({.column = column(tree)});
    }

    static Function function_of_sign(std::string_view sign) {
        constexpr std::pair<std::string_view, Function> signs[] = {
            {"+", Function::add},     {"-", Function::subtract},      {"*", Function::multiply},     {"/", Function::divide},
            {"%", Function::modulo},  {"**", Function::power},        {"and", Function::logical_and}, {"or", Function::logical_or},
            {"<", Function::less},    {"<=", Function::less_equal},   {">", Function::greater},      {">=", Function::greater_equal},
            {"==", Function::equal},  {"!=", Function::not_equal}};
        return std::ranges::find(signs, sign, &std::pair<std::string_view, Function>::first)->second;
    }

    Value made(Function function, const std::vector<Value>& arguments) { return entry_of(function).make(builder_, arguments, 1); }
    Value made(Function function, const Ast& of, std::size_t from) {
        std::vector<Value> arguments;
        for (std::size_t i = from; i < of.children.size(); ++i) arguments.push_back(value(*of.children[i]));
        return made(function, arguments);
    }

    Value comparison(const Ast& tree) {
        Value all;
        for (std::size_t i = 0; i < tree.names.size(); ++i) {
            const Value one = compared(tree.names[i], *tree.children[i], *tree.children[i + 1]);
            all = all ? made(Function::logical_and, {all, one}) : one;
        }
        return all;
    }

    Value compared(std::string_view sign, const Ast& left, const Ast& right) {
        if (is_text(right)) return compared_with_text(sign, left, right.name);
        if (is_text(left) && !find(left.name))
            fail(left, lacking(left.name),
                 fmt::format("a text stands to the right of the sign: {} {} {}", shown(right), turned(sign), in_quotes(left.name)));
        const bool lacks_quotes = right.kind == Ast::Kind::name && !find(right.name) && right.name != "pi" && right.name != "True" && right.name != "False";
        if (lacks_quotes)
            fail(right, lacking(right.name),
                 fmt::format("a text to compare with stands in quotes: {} {} {}", shown(left), sign, in_quotes(right.name)));
        return made(function_of_sign(sign), {value(left), value(right)});
    }

    Value compared_with_text(std::string_view sign, const Ast& left, const std::string& text) {
        if (left.kind != Ast::Kind::name && !is_text(left))
            fail(left, fmt::format("'{}' is a number, and to the right of {} there is a text", shown(left), sign), "a text is compared with a column");
        return made(function_of_sign(sign), {read({ColumnRead::What::order, column(left), text}), builder_.constant(0)});
    }

    static std::string turned(std::string_view sign) {
        std::string other(sign);
        for (char& c : other) c = c == '<' ? '>' : c == '>' ? '<' : c;
        return other;
    }

    Value call(const Ast& tree) {
        const Ast& callee = *tree.children[0];
        if (callee.kind != Ast::Kind::name) refuse(tree);
        const std::size_t given = tree.children.size() - 1;
        if (callee.name == "has") {
            if (given != 1) fail(tree, "has(…) takes one column here", "has(population)");
            return read({.what = ColumnRead::What::presence, .column = column(*tree.children[1])});
        }
        const auto all = functions();
        const auto entry = std::ranges::find(all, callee.name, &FunctionEntry::name);
        if (entry == all.end() || entry->function == Function::toward || entry->function == Function::chance) unknown_function(callee);
        const bool is_named = std::ranges::any_of(tree.keywords, [](const std::string& keyword) { return !keyword.empty(); });
        if (is_named || given < static_cast<std::size_t>(entry->fewest) || (entry->most >= 0 && given > static_cast<std::size_t>(entry->most)))
            fail(tree, fmt::format("'{}' does not give what {}(…) takes", shown(tree), entry->name), fmt::format("{}", entry->signature));
        if (entry->most >= 0) return made(entry->function, tree, 1);
        Value so_far = value(*tree.children[1]);
        for (std::size_t i = 2; i < tree.children.size(); ++i) so_far = made(entry->function, {so_far, value(*tree.children[i])});
        return so_far;
    }

    [[noreturn]] void unknown_function(const Ast& callee) {
        std::vector<std::string> known{"has"};
        for (const FunctionEntry& entry : functions())
            if (entry.function != Function::toward && entry.function != Function::chance) known.emplace_back(entry.name);
        fail(callee, fmt::format("no function over columns is called '{}'", callee.name),
             did_you_mean(callee.name, known, fmt::format("there are {}", listed(known, 30))));
    }

    const Text& text_;
    std::span<const std::string> columns_;
    Problems& problems_;
    std::string_view table_;
    ProgramBuilder builder_;
    std::vector<ColumnRead> reads_;
};

/// The name of a column that stands in a text without the quotes that it needs; "" where none does.
std::string bare_column_in(std::string_view text, std::span<const std::string> columns) {
    std::string_view longest;
    const auto lacks_quotes = [&](const std::string& name) {
        const bool is_bare = text.find(name) != std::string_view::npos && text.find(in_quotes(name)) == std::string_view::npos;
        return is_bare && !is_identifier(name) && !parse_decimal(name);
    };
    for (const std::string& name : columns)
        if (name.size() > longest.size() && lacks_quotes(name)) longest = name;
    return std::string(longest);
}

}  // namespace

double ColumnExpression::value(std::span<const double> values) const {
    if (column_) return values[0];
    const auto at = [&](const Operand& operand) { return operand.is_constant() ? operand.constant : slots_[static_cast<std::size_t>(operand.slot)]; };
    for (std::size_t i = 0; i < program_.loads.size(); ++i)
        slots_[static_cast<std::size_t>(program_.load_slot(static_cast<int>(i)))] = values[static_cast<std::size_t>(program_.loads[i].column.value - 1)];
    for (const Instruction& i : program_.body) {
        if (i.op == Op::store) return at(i.a);
        slots_[static_cast<std::size_t>(i.d)] = evaluate(i.op, at(i.a), at(i.b), at(i.c));
    }
    return 0;
}

std::optional<ColumnExpression> read_column_expression(const Text& text, std::span<const std::string> columns, Problems& problems, std::string_view table) {
    ColumnExpression expression;
    const auto named = std::ranges::find(columns, text.value);
    if (named != columns.end()) {
        expression.column_ = static_cast<std::size_t>(named - columns.begin());
        expression.reads_ = {{.column = *expression.column_}};
        return expression;
    }
    Problems found;
    if (const AstPtr tree = parse(text, found)) {
        ColumnReader reader(text, columns, found, table);
        try {
            expression.program_ = reader.run(*tree);
            expression.reads_ = reader.take_reads();
            expression.slots_.resize(static_cast<std::size_t>(expression.program_.slot_count()));
            if (tree->kind == Ast::Kind::text) expression.column_ = expression.reads_[0].column;
            return expression;
        } catch (const NotReadable&) {
        }
    }
    const Problem first = found.sorted().front();
    const std::string bare = bare_column_in(text.value, columns);
    problems.error(first.place, first.what, bare.empty() ? first.help : fmt::format("a name that is not a plain word stands in quotes: {}", in_quotes(bare)));
    return std::nullopt;
}

}  // namespace entente
