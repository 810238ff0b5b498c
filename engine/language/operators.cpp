#include <entente/language/operators.hpp>

#include <algorithm>
#include <array>

namespace entente {

namespace {

constexpr std::array operator_table{
    OperatorEntry{"if", Binding::choice, Function::conditional, "x if c else y",
                  "x where c is not 0, else y; of what is not chosen nothing shows, were it infinite or not a number"},
    OperatorEntry{"or", Binding::disjunction, Function::logical_or, "x or y", "1 where one of them is not 0, else 0"},
    OperatorEntry{"and", Binding::conjunction, Function::logical_and, "x and y", "1 where neither is 0, else 0"},
    OperatorEntry{"not", Binding::negation, Function::logical_not, "not x", "1 where x is 0, else 0"},
    OperatorEntry{"<", Binding::comparison, Function::less, "x < y", "1 or 0; `a < b < c` is `a < b and b < c`, a draw in b is one draw"},
    OperatorEntry{"<=", Binding::comparison, Function::less_equal, "x <= y", "1 or 0"},
    OperatorEntry{">", Binding::comparison, Function::greater, "x > y", "1 or 0"},
    OperatorEntry{">=", Binding::comparison, Function::greater_equal, "x >= y", "1 or 0"},
    OperatorEntry{"==", Binding::comparison, Function::equal, "x == y", "1 or 0; of rows too"},
    OperatorEntry{"!=", Binding::comparison, Function::not_equal, "x != y", "1 or 0; of rows too"},
    OperatorEntry{"+", Binding::sum, Function::add, "x + y", "the sum"},
    OperatorEntry{"-", Binding::sum, Function::subtract, "x - y", "the difference; `a - b - c` is `(a - b) - c`"},
    OperatorEntry{"*", Binding::product, Function::multiply, "x * y", "the product"},
    OperatorEntry{"/", Binding::product, Function::divide, "x / y",
                  "the quotient; a run in which a field would become infinite or not a number stops and counts as failed"},
    OperatorEntry{"%", Binding::product, Function::modulo, "x % y", "the remainder, with the sign of y as in Python: `-7 % 3` is 2"},
    OperatorEntry{"-", Binding::sign, Function::negate, "-x", "the opposite"},
    OperatorEntry{"+", Binding::sign, std::nullopt, "+x", "x"},
    OperatorEntry{"**", Binding::power, Function::power, "x ** y", "the power, from right to left: `2 ** 3 ** 2` is 512, `-2 ** 2` is -4"},
};

}  // namespace

std::span<const OperatorEntry> operators() {
    return operator_table;
}

const OperatorEntry* find_operator(Binding binding, std::string_view sign) {
    const auto found =
        std::ranges::find_if(operator_table, [&](const OperatorEntry& entry) { return entry.binding == binding && entry.sign == sign; });
    return found == operator_table.end() ? nullptr : &*found;
}

}  // namespace entente
