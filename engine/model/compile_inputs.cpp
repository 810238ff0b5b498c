// What is known in advance: which column holds it, and at which ticks its rows change.

#include <cassert>
#include <map>
#include <set>

#include <fmt/format.h>

#include <entente/model/compiler.hpp>

namespace entente {
namespace {

/// The values of links, which are numbered as their table named them, by the rows of the world. Links that the table lacks have `missing`;
/// throws Error for one where there is none.
InputValues by_row_of(const Tables& tables, const Input& input) {
    const Table& table = tables[input.on];
    const auto row_of = [&](RowIndex number) {
        const auto& [source, target] = input.ends[static_cast<std::size_t>(number)];
        return table.between(source, target);
    };
    std::vector<bool> has_number(static_cast<std::size_t>(table.rows));
    InputValues made;
    for (std::size_t t = 0; t < input.values->ticks.size(); ++t) {
        std::map<RowIndex, double> changes;
        const auto rows = input.values->rows_at(t);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (const RowIndex row = row_of(rows[i]); row != no_row) changes[row] = input.values->values_at(t)[i];
        if (t == 0) {
            for (const auto& [row, value] : changes) has_number[static_cast<std::size_t>(row)] = true;
            for (std::int64_t row = 0; row < table.rows; ++row) {
                if (has_number[static_cast<std::size_t>(row)]) continue;
                if (!input.missing)
                    throw Error(fmt::format("the input '{}' has no number for {}", input.name, row_name(tables, input.on, row)),
                                "add lines to its table, or say what counts there: `missing: 0` or another number");
                changes[static_cast<RowIndex>(row)] = *input.missing;
            }
        }
        if (t > 0 && changes.empty()) continue;
        made.ticks.push_back(input.values->ticks[t]);
        made.offset.push_back(std::ssize(made.rows));
        for (const auto& [row, value] : changes) {
            made.rows.push_back(row);
            made.values.push_back(value);
        }
    }
    made.offset.push_back(std::ssize(made.rows));
    return made;
}

}  // namespace

void Compiler::add_inputs() {
    for (const Input& input : scenario_.inputs) {
        assert(input.values);
        InputColumn made{input.name, {}, input.values};
        if (!input.on.is_given()) {
            made.column = lowering_.add_column(input.name, lowering_.world_domain());
        } else {
            made.column = lowering_.field_column(input.on, *scenario_.schema.field(input.on, input.name));
            if (scenario_.is_link_kind(input.on)) made.values = std::make_shared<const InputValues>(by_row_of(model_.tables, input));
        }
        note_unchanging(made);
        model_.inputs.add(std::move(made));
    }
}

void Compiler::note_unchanging(const InputColumn& input) {
    const InputValues& values = *input.values;
    std::set<RowIndex> changing;
    for (std::size_t t = 1; t < values.ticks.size(); ++t) changing.insert(values.rows_at(t).begin(), values.rows_at(t).end());
    for (std::size_t i = 0; i < values.rows_at(0).size(); ++i)
        if (const RowIndex row = values.rows_at(0)[i]; !changing.contains(row)) unchanging_inputs_[{input.column, row}] = values.values_at(0)[i];
}

}  // namespace entente
