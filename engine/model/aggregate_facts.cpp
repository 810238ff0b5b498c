// What is known of aggregates before anything runs: the pairs that can count, and the results of items that are known.

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <entente/model/lowering.hpp>

namespace entente {

/// What is known of a result: it is the start where there is no pair, and no larger than its items allow.
void Lowering::note_result(ColumnId result, const Reduction& how, const Items& pairs, const Binding& key, const Bounds& item) {
    std::vector<std::int64_t> counts(static_cast<std::size_t>(key.rows));
    for (std::int64_t row = 0; row < pairs.rows; ++row) ++counts[static_cast<std::size_t>(maps_.at(pairs.key, row))];
    const bool adds = how.how == Op::contribute;
    const double items = adds && !counts.empty() ? static_cast<double>(*std::ranges::max_element(counts)) : 1;
    const double most = item.is_finite() && std::isfinite(how.start) ? std::max(std::fabs(how.start), items * item.most) : std::numeric_limits<double>::infinity();
    known_->add(result, key.rows, item.sign_clear && how.start >= 0 ? 0 : -most, most);
    if (!adds) known_->may_be_negative_zero(result);  // else a sum that begins with 0 never is
    for (std::size_t row = 0; row < counts.size(); ++row)
        if (counts[row] == 0 && std::isfinite(how.start)) known_->suppose(result, static_cast<RowIndex>(row), how.start);
}

/// Long sums into one row are taken by segments of all their rows.
bool Lowering::is_segmented(const Items& pairs) {
    return pairs.key.form == Route::Form::fixed && pairs.rows > longest_plain_sum;
}

/// The pairs that can make a difference: the filter may hold, and the item is not surely 0 in a sum.
RowFlags Lowering::that_count(const ProgramBuilder& b, const Reduction& how, std::int64_t pairs, Value mask, Value body) {
    RowFlags wanted(static_cast<std::size_t>(pairs), true);
    const bool drops_zeros = body && how.how == Op::contribute && how.counted == Reduction::Counted::no;
    const auto drop = [&](Value value) {
        if (b.is_constant(value) && b.constant_of(value) == 0) return wanted.assign(wanted.size(), false);
        if (const RowFacts* facts = b.facts(value))
            for (std::size_t row = 0; row < wanted.size(); ++row)
                if (facts->is_zero(row)) wanted[row] = false;
    };
    if (mask) drop(mask);
    if (drops_zeros) drop(body);
    return wanted;
}

/// Whether all that the aggregate looks at is known before anything runs.
bool Lowering::is_known(const Reduction& how, std::int64_t pairs, const ProgramBuilder& b, Value mask, Value body) {
    if (how.how != Op::contribute && how.how != Op::contribute_min && how.how != Op::contribute_max) return false;
    const auto known = [&](Value value, std::size_t row) {
        if (!value || b.is_constant(value)) return !value || !std::isnan(b.constant_of(value));
        const RowFacts* facts = b.facts(value);
        return facts && facts->known[row] == RowFacts::Known::yes && !std::isnan(facts->value[row]);
    };
    for (std::size_t row = 0; row < static_cast<std::size_t>(pairs); ++row) {
        if (!known(mask, row)) return false;
        const RowFacts* filter = mask ? b.facts(mask) : nullptr;
        if (!(filter && filter->is_zero(row)) && !known(body, row)) return false;
    }
    return true;
}

/// An aggregate of items that are known: worked out here, in the order in which a tick would.
Lowering::AggregateColumns Lowering::known_before(const Expr& expr, const Reduction& how, const Items& pairs, const Binding& key, const RowFlags& counted,
                                                  const std::vector<double>& numbers) {
    const auto keys = static_cast<std::size_t>(key.rows);
    std::vector<double> results(keys, how.start);
    std::vector<double> counts(keys, 0);
    for (std::int64_t row = 0; row < pairs.rows; ++row) {
        if (!counted[static_cast<std::size_t>(row)]) continue;
        const auto to = static_cast<std::size_t>(maps_.at(pairs.key, row));
        results[to] = operation(how.how).value(results[to], numbers[static_cast<std::size_t>(row)], 0);
        counts[to] += 1;
    }
    AggregateColumns made;
    made.result = known_column(fmt::format("result of '{}'", expr.text), key, std::move(results));
    if (how.counted != Reduction::Counted::no) made.count = known_column(fmt::format("count of '{}'", expr.text), key, std::move(counts));
    return made;
}

/// A column that holds the same numbers in all runs and ticks.
ColumnId Lowering::known_column(std::string name, const Binding& key, std::vector<double> values) {
    const ColumnId column = add_column(std::move(name), key.domain);
    if (std::ranges::all_of(values, [](double one) { return std::isfinite(one); })) {
        known_->add(column, key.rows, 0, 0);
        for (std::size_t row = 0; row < values.size(); ++row) known_->suppose(column, static_cast<RowIndex>(row), values[row]);
    }
    if (!values.empty()) model_.start.push_back(SpreadStarts{column, model_.starts.add(std::move(values))});
    return column;
}

}  // namespace entente
