/// What the sources of verify(const Model&) share. Each function throws Broken at the first promise that it finds broken.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/model/model.hpp>

namespace entente::promises {

struct Broken {
    std::string what;
};

template <class... Args>
void demand(bool kept, fmt::format_string<Args...> text, Args&&... args) {
    if (!kept) throw Broken{fmt::format(text, std::forward<Args>(args)...)};
}

/// Says where, too, of what breaks in `check`. `where` is a call that gives the text.
template <class Where, class Check>
void within(const Where& where, const Check& check) {
    try {
        check();
    } catch (const Broken& broken) {
        throw Broken{where() + ": " + broken.what};
    }
}

template <class List>
bool has(const List& list, int number) {
    return number >= 0 && static_cast<std::size_t>(number) < list.size();
}
template <class List, class Tag>
bool has(const List& list, Id<Tag> id) {
    return has(list, id.value);
}

template <class List>
decltype(auto) at(const List& list, std::int64_t number) {
    return *(list.begin() + number);
}
template <class List, class Tag>
decltype(auto) at(const List& list, Id<Tag> id) {
    return at(list, id.value);
}

/// That the column is there; `what` says who names it.
void demand_column(const Model& model, ColumnId column, std::string_view what);

void verify_tables(const Model& model);
/// Programs with the columns, maps and names that they go by.
void verify_programs(const Model& model);
/// Of program `number`, that its twin does the same by slices.
void verify_slices(const Model& model, ProgramId number);
/// Everything that is done to a batch, in its lists; and that steps do not draw each other's numbers.
void verify_passes(const Model& model);

/// By column: whether the passes write to it.
std::vector<bool> written_by(const Model& model, const std::vector<Pass>& passes);

}  // namespace entente::promises
