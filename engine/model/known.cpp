#include <entente/model/known.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace entente {
namespace {

using Truth = RowFacts::Known;

double magnitude(double low, double high) {
    const double most = std::max(std::fabs(low), std::fabs(high));
    return std::isnan(most) ? std::numeric_limits<double>::infinity() : most;
}

}  // namespace

const Known::Cells* Known::find(ColumnId column) const {
    const auto number = static_cast<std::size_t>(column.value);
    return column.is_given() && number < columns_.size() ? columns_[number].get() : nullptr;
}

Known::Cells& Known::of(ColumnId column) {
    assert(find(column) != nullptr);
    return *columns_[static_cast<std::size_t>(column.value)];
}

void Known::add(ColumnId column, std::int64_t rows, double low, double high) {
    const auto number = static_cast<std::size_t>(column.value);
    if (columns_.size() <= number) columns_.resize(number + 1);
    assert(!columns_[number]);
    Cells cells;
    cells.facts.value.assign(static_cast<std::size_t>(rows), 0);
    cells.facts.known.assign(static_cast<std::size_t>(rows), Truth::no);
    cells.most = magnitude(low, high);
    cells.is_above = low >= 0;
    columns_[number] = std::make_unique<Cells>(std::move(cells));
}

void Known::suppose(ColumnId column, RowIndex row, double value) {
    Cells& cells = of(column);
    Truth& known = cells.facts.known[static_cast<std::size_t>(row)];
    if (known == Truth::no) ++cells.count;
    known = Truth::yes;
    cells.facts.value[static_cast<std::size_t>(row)] = value;
    cells.most_known = std::max(cells.most_known, bounds_of(value).most);
    if (!bounds_of(value).no_negative_zero) cells.no_negative_zero = false;
}

void Known::suppose(ColumnId column, const RowFacts& facts) {
    for (std::size_t row = 0; row < facts.value.size(); ++row)
        if (facts.known[row] == Truth::yes) suppose(column, static_cast<RowIndex>(row), facts.value[row]);
}

bool Known::refute(ColumnId column, RowIndex row) {
    if (!find(column)) return false;
    Cells& cells = of(column);
    Truth& known = cells.facts.known[static_cast<std::size_t>(row)];
    if (known == Truth::no) return false;
    known = Truth::no;
    --cells.count;
    return true;
}

bool Known::may_be_negative_zero(ColumnId column) {
    return find(column) && std::exchange(of(column).no_negative_zero, false);
}

void Known::forget_from(std::size_t columns) {
    if (columns_.size() > columns) columns_.resize(columns);
}

const RowFacts* Known::facts(ColumnId column) const {
    const Cells* cells = find(column);
    return cells && cells->count > 0 ? &cells->facts : nullptr;
}

Bounds Known::bounds(ColumnId column) const {
    const Cells* cells = find(column);
    if (!cells) return {};
    const bool all = cells->count == std::ssize(cells->facts.value);
    return {all ? cells->most_known : std::max(cells->most, cells->most_known), cells->no_negative_zero, cells->is_above && cells->no_negative_zero};
}

RowFactsPtr KnownRows::facts(const Load& load) const {
    const RowFacts* of = load.presence ? nullptr : known_.facts(load.column);
    if (!load.presence && !of) return nullptr;
    const RowMap* map = load.map.is_given() ? &model_.maps[load.map] : nullptr;
    assert(!load.presence || map);
    auto made = std::make_shared<RowFacts>();
    made->value.resize(static_cast<std::size_t>(rows_));
    made->known.resize(static_cast<std::size_t>(rows_), Truth::yes);
    bool any = false;
    for (std::size_t row = 0; row < made->value.size(); ++row) {
        const RowIndex from = map ? (*map)[row] : load.row >= 0 ? load.row : static_cast<RowIndex>(row);
        if (load.presence)
            made->value[row] = from < 0 ? 0 : 1;
        else if (from >= 0)
            made->value[row] = of->value[static_cast<std::size_t>(from)], made->known[row] = of->known[static_cast<std::size_t>(from)];
        any = any || made->known[row] != Truth::no;
    }
    return any ? made : nullptr;
}

Bounds KnownRows::bounds(const Load& load) const {
    if (load.presence) return {1, true, true};
    return known_.bounds(load.column);  // of a row that is not there it is 0, too
}

Bounds KnownRows::bounds(const Uniform& uniform) const {
    constexpr double far = 1e15;  // no clock shows more
    switch (uniform.form) {
        case Uniform::Form::parameter:
            return parameters_[static_cast<std::size_t>(uniform.number)];
        case Uniform::Form::tick:
        case Uniform::Form::t:
        case Uniform::Form::month:
            return {far, true, true};
        case Uniform::Form::year:
            return {far, true, false};
        case Uniform::Form::row:
            return known_.bounds(uniform.column);
        case Uniform::Form::computed:
            return {};
    }
    return {};
}

}  // namespace entente
