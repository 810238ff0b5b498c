#include <entente/runtime/explain_tables.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace entente {
namespace {

using Use = ExplainedColumn::Use;

template <class Vectors>
std::int64_t bytes_in(const Vectors& vectors) {
    std::size_t bytes = 0;
    for (const auto& one : vectors) bytes += one.size() * sizeof one[0];
    return static_cast<std::int64_t>(bytes);
}

std::int64_t bytes_in_slices(const Model& model) {
    std::size_t bytes = 0;
    for (const Slices& one : model.slices)
        bytes += one.keys.size() * sizeof one.keys[0] + one.chunk.size() * sizeof one.chunk[0] + one.present.size() * sizeof one.present[0];
    return static_cast<std::int64_t>(bytes);
}

ById<ColumnId, Use> uses_of_columns(const Model& model) {
    ById<ColumnId, Use> uses(std::vector<Use>(model.columns.size(), Use::working));
    const auto note = [&](ColumnId id, Use use) {
        if (id.is_given()) uses[id] = use;
    };
    for (const auto& fields : model.field_columns)
        for (const ColumnId id : fields) note(id, Use::field);
    for (const InputColumn& input : model.inputs) note(input.column, Use::input);
    for (const ParameterColumn& parameter : model.parameter_columns) note(parameter.column, Use::parameter);
    for (const CompiledEvent& event : model.events) note(event.count, Use::event_count);
    for (const CompiledMeasure& measure : model.measures) {
        note(measure.value, Use::measure);
        for (const Accumulator& one : measure.accumulators) note(one.column, Use::measure);
    }
    return uses;
}

}  // namespace

void explain_tables(const Model& model, Explanation& made) {
    const ById<ColumnId, Use> uses = uses_of_columns(model);
    std::map<DomainId, std::size_t> table_of;
    for (const ColumnId id : model.columns.ids()) {
        const Column& column = model.column(id);
        const Domain& domain = model.domain(column.domain);
        const auto bytes = static_cast<std::int64_t>(sizeof(double)) * domain.rows;
        made.columns.push_back({column.name, domain.name, domain.rows, bytes, bytes * made.batch.lanes, uses[id]});
        const auto [found, is_new] = table_of.try_emplace(column.domain, made.tables.size());
        if (is_new) made.tables.push_back({domain.name, domain.rows});
        ExplainedTable& table = made.tables[found->second];
        ++table.columns;
        table.run_bytes += bytes;
        table.batch_bytes += bytes * made.batch.lanes;
    }
    for (const Table& table : model.tables) made.rows += table.rows;
    for (const MapId m : model.maps.ids()) {
        const auto bytes = static_cast<std::int64_t>(model.maps[m].size() * sizeof(RowIndex));
        made.maps.push_back({model.record.map_names[m], static_cast<std::int64_t>(model.maps[m].size()) - vector_size, bytes});
    }
    made.name_bytes = bytes_in(model.identities);
    made.slice_bytes = bytes_in_slices(model);
}

void explain_folds(const Model& model, Explanation& made) {
    made.parameters = static_cast<int>(model.parameter_names.size());
    for (std::size_t p = 0; p < model.parameter_names.size(); ++p)
        if (model.parameter_columns[p].column.is_given())
            made.set.push_back(model.parameter_names[p]);
        else if (model.record.varied[p])
            made.varied.push_back(model.parameter_names[p]);
    for (const InputColumn& input : model.inputs)
        made.inputs.push_back({model.column(input.column).name, model.domain(model.column(input.column).domain).name,
                               std::ssize(input.values->ticks) - 1, std::ssize(input.values->values)});
    std::set<ColumnId> counts;
    for (const CompiledEvent& event : model.events) counts.insert(event.count);
    ColumnId last;
    for (const auto& [cell, value] : model.record.folded) {
        if (cell.column != last)
            made.folds.push_back(
                {model.column(cell.column).name, 0, model.rows_of(cell.column), value, value, counts.contains(cell.column)});
        last = cell.column;
        ExplainedFold& fold = made.folds.back();
        ++fold.folded;
        fold.least = std::min(fold.least, value);
        fold.greatest = std::max(fold.greatest, value);
    }
}

}  // namespace entente
