/// How many values an enumeration names, so that the table beside it can be held to its size.
#pragma once

#include <cstddef>
#include <string_view>

namespace entente {

/// Whether the enumeration has a name for this value: the compiler writes one that it has not as a cast, `(entente::Op)43`.
template <auto value>
consteval bool is_named() {
    const std::string_view text = __PRETTY_FUNCTION__;
    return text[text.find("value = ") + sizeof "value = " - 1] != '(';
}

/// The values named from 0 on without a gap.
template <class Enumeration, int first = 0>
consteval std::size_t enumerator_count() {
    if constexpr (is_named<static_cast<Enumeration>(first)>()) return 1 + enumerator_count<Enumeration, first + 1>();
    return 0;
}

/// Whether row after row of a table is that of one value after the other, and none is missing. `member` is the value of a row.
template <class Table, class Row, class Enumeration>
consteval bool is_table_of(const Table& table, Enumeration Row::* member) {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].*member != static_cast<Enumeration>(i)) return false;
    return table.size() == enumerator_count<Enumeration>();
}

}  // namespace entente
