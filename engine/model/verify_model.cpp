#include <entente/model/verify_model.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <entente/base/draws.hpp>
#include <entente/model/verify_parts.hpp>

namespace entente {
namespace promises {
namespace {

/// Links by one of their ends: `order` in the groups that `offset` bounds, one for each agent.
void verify_groups(const Table& table, std::string_view end, const RowMap& ends, std::int64_t agents, const std::vector<RowIndex>& order,
                   const std::vector<std::int64_t>& offset) {
    demand(std::ssize(ends) == table.rows, "has {} {}s, and {} links", ends.size(), end, table.rows);
    demand(std::ssize(offset) == agents + 1 && offset.front() == 0 && offset.back() == table.rows && std::ssize(order) == table.rows,
           "is not grouped by {}", end);
    for (std::size_t agent = 0; agent + 1 < offset.size(); ++agent) {
        demand(offset[agent] <= offset[agent + 1], "has a group of {} {} that ends before it begins", end, agent);
        for (auto k = static_cast<std::size_t>(offset[agent]); k < static_cast<std::size_t>(offset[agent + 1]); ++k) {
            demand(has(ends, order[k]), "groups link {} of {}", order[k], table.rows);
            demand(at(ends, order[k]) == static_cast<RowIndex>(agent), "groups link {} with {} {}, and it is of {}", order[k], end, agent,
                   at(ends, order[k]));
            demand(static_cast<std::int64_t>(k) == offset[agent] || order[k - 1] < order[k], "has links of {} {} out of order", end, agent);
        }
    }
}

void verify_table(const Tables& tables, const Table& table) {
    demand(table.names.empty() || std::ssize(table.names) == table.rows, "has {} names for {} rows", table.names.size(), table.rows);
    demand(table.name_hashes.size() == table.names.size(), "has {} hashes of {} names", table.name_hashes.size(), table.names.size());
    if (!table.is_link) return;
    const auto is_of_agents = [&](KindId kind) { return has(tables, kind.value) && !at(tables, kind.value).is_link; };
    demand(is_of_agents(table.source_kind) && is_of_agents(table.target_kind),
           "has links between kinds {} and {}, which are not both of agents", table.source_kind.value, table.target_kind.value);
    verify_groups(table, "source", table.source, at(tables, table.source_kind.value).rows, table.by_source, table.source_offset);
    verify_groups(table, "target", table.target, at(tables, table.target_kind.value).rows, table.by_target, table.target_offset);
}

void verify_domains(const Model& model) {
    demand(model.domains.size() > model.tables.size(), "there are {} domains for {} tables and the world", model.domains.size(),
           model.tables.size());
    for (std::size_t d = 0; d < model.domains.size(); ++d) {
        const Domain& domain = at(model.domains, static_cast<std::int64_t>(d));
        const auto is_shown = [&] { return domain.shown_kind.value < 0 || has(model.tables, domain.shown_kind.value); };
        demand(domain.rows >= 0, "domain '{}' has {} rows", domain.name, domain.rows);
        demand(is_shown(), "domain '{}' shows rows of kind {}, of {}", domain.name, domain.shown_kind.value, model.tables.size());
        demand(domain.shown_kind.value < 0 || domain.shown_row < at(model.tables, domain.shown_kind.value).rows,
               "domain '{}' is shown as row {} of {}", domain.name, domain.shown_row,
               domain.shown_kind.value < 0 ? 0 : at(model.tables, domain.shown_kind.value).rows);
        if (domain.shown_rows.is_given())
            demand(domain.shown_kind.is_given() && std::ssize(at(model.maps, domain.shown_rows.value)) == domain.rows + vector_size,
                   "domain '{}' is shown as rows of another list", domain.name);
        if (d < model.tables.size())
            demand(domain.kind.value == static_cast<int>(d) && domain.rows == at(model.tables, static_cast<std::int64_t>(d)).rows, "domain '{}' is not the table '{}'",
                   domain.name, at(model.tables, static_cast<std::int64_t>(d)).name);
        else
            demand(domain.kind.value < 0, "domain '{}' passes for kind {}", domain.name, domain.kind.value);
    }
    demand(at(model.domains, static_cast<std::int64_t>(model.tables.size())).rows == 1, "the world has {} rows", at(model.domains, static_cast<std::int64_t>(model.tables.size())).rows);
}

void verify_columns(const Model& model) {
    for (const Column& column : model.columns)
        demand(has(model.domains, column.domain.value), "column '{}' is of domain {}, of {}", column.name, column.domain.value,
               model.domains.size());
    demand(model.field_columns.size() == model.tables.size(), "there are fields of {} kinds, of {}", model.field_columns.size(),
           model.tables.size());
    std::vector<bool> is_field(model.columns.size());
    for (std::size_t kind = 0; kind < model.field_columns.size(); ++kind)
        for (std::size_t field = 0; field < at(model.field_columns, static_cast<std::int64_t>(kind)).size(); ++field) {
            const ColumnId id = at(at(model.field_columns, static_cast<std::int64_t>(kind)), static_cast<std::int64_t>(field));
            demand_column(model, id, fmt::format("field {} of '{}'", field, at(model.tables, static_cast<std::int64_t>(kind)).name));
            demand(model.column(id).domain.value == static_cast<int>(kind), "field {} of '{}' is column '{}', which is of '{}'", field,
                   at(model.tables, static_cast<std::int64_t>(kind)).name, model.column(id).name, model.domain(model.column(id).domain).name);
            demand(!is_field[static_cast<std::size_t>(id.value)], "column '{}' is two fields", model.column(id).name);
            is_field[static_cast<std::size_t>(id.value)] = true;
        }
}

/// Steps by their kinds, and what is shown of links by the columns that hold it.
void verify_steps_and_shown(const Model& model) {
    for (const CompiledStep& step : model.steps)
        demand(has(model.tables, step.on.value) && at(model.tables, step.on.value).rows == step.rows, "step '{}' is on {} rows of kind {}, which has others",
               step.name, step.rows, step.on.value);
    for (const ShownQuantity& shown : model.shown) {
        demand_column(model, shown.column, "what is shown");
        demand(model.column(shown.column).domain.value == shown.kind.value, "'{}' is shown of kind {}, and it is of '{}'", model.column(shown.column).name,
               shown.kind.value, model.domain(model.column(shown.column).domain).name);
    }
    demand(model.record.map_names.size() == model.maps.size(), "there are {} names of {} maps", model.record.map_names.size(), model.maps.size());
}

/// Rows of an event, each once, in order.
void verify_rows(const Model& model, const CompiledEvent& event, const std::optional<std::vector<std::int64_t>>& rows,
                 std::string_view what) {
    if (!rows) return;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const std::int64_t row = (*rows)[i];
        demand(row >= 0 && row < model.rows_of(event.count), "event '{}' {} on row {}, of {}", event.name, what, row,
               model.rows_of(event.count));
        demand(i == 0 || (*rows)[i - 1] < row, "event '{}' {} on rows out of order", event.name, what);
    }
}

void verify_events(const Model& model) {
    for (const CompiledEvent& event : model.events) {
        demand(has(model.tables, event.on.value), "event '{}' is on kind {}, of {}", event.name, event.on.value, model.tables.size());
        demand_column(model, event.count, fmt::format("event '{}'", event.name));
        demand(model.column(event.count).domain.value == event.on.value, "event '{}' is counted in '{}', which is of '{}'", event.name,
               model.column(event.count).name, model.domain(model.column(event.count).domain).name);
        demand(!event.chance.is_given() || (demand_column(model, event.chance, fmt::format("event '{}'", event.name)), model.column(event.chance).domain.value == event.on.value),
               "event '{}' keeps its chance in another kind's column", event.name);
        verify_rows(model, event, event.reset_rows, "is reset");
        verify_rows(model, event, event.possible_rows, "may fire");
    }
}

void verify_measure(const Model& model, const CompiledMeasure& measure, const std::vector<bool> (&written)[3]) {
    using Form = CompiledMeasure::Form;
    demand_column(model, measure.value, "the value");
    demand(!measure.is_by_row() || has(model.tables, measure.on.value), "is on kind {}, of {}", measure.on.value, model.tables.size());
    const int domain = measure.is_by_row() ? measure.on.value : static_cast<int>(model.tables.size());
    demand(model.column(measure.value).domain.value == domain, "its value is in '{}', which is of '{}'", model.column(measure.value).name,
           model.domain(model.column(measure.value).domain).name);
    const auto is_written = [&](ColumnId column, int list) { return at(written[list], column.value); };
    const bool has_value = measure.form == Form::series ? is_written(measure.value, 0) && is_written(measure.value, 1) : is_written(measure.value, 2);
    demand(has_value || model.rows_of(measure.value) == 0, "nothing writes its value");
    for (const Accumulator& one : measure.accumulators) {
        demand_column(model, one.column, "an accumulator");
        demand(model.column(one.column).domain.value == domain, "accumulator '{}' is of '{}'", model.column(one.column).name,
               model.domain(model.column(one.column).domain).name);
        demand(model.column(one.column).initial == one.initial, "accumulator '{}' begins with {}, and its column with {}",
               model.column(one.column).name, one.initial, model.column(one.column).initial);
        demand(is_written(one.column, 1) || model.rows_of(one.column) == 0, "nothing writes accumulator '{}'", model.column(one.column).name);
    }
}

void verify_measures(const Model& model) {
    const std::vector<bool> written[]{written_by(model, model.measures_at_start), written_by(model, model.every_tick),
                                      written_by(model, model.measures_over_time)};
    for (const CompiledMeasure& measure : model.measures)
        within([&] { return fmt::format("measure '{}'", measure.name); }, [&] { verify_measure(model, measure, written); });
}

void verify_time(const Model& model) {
    demand(model.calendar.ticks() > 0 && model.calendar.ticks() <= most_ticks, "the calendar has {} ticks", model.calendar.ticks());
    std::int64_t last = 0;
    for (const CompiledTimeline& entry : model.timeline) {
        demand(entry.tick >= 0 && entry.tick < model.calendar.ticks(), "an entry of the timeline is at tick {}, of {}", entry.tick,
               model.calendar.ticks());
        demand(entry.tick >= last, "an entry of the timeline at tick {} stands behind one at tick {}", entry.tick, last);
        last = entry.tick;
    }
}

void verify_parameters(const Model& model) {
    demand(model.parameter_values.size() == model.parameter_names.size() && model.parameter_units.size() == model.parameter_names.size(),
           "there are {} names, {} values and {} units of parameters", model.parameter_names.size(), model.parameter_values.size(),
           model.parameter_units.size());
    demand(model.parameter_columns.size() == model.parameter_names.size(), "there are places of {} parameters, of {}",
           model.parameter_columns.size(), model.parameter_names.size());
    for (std::size_t p = 0; p < model.parameter_columns.size(); ++p) {
        const auto& [column, set_from] = model.parameter_columns[p];
        if (!column.is_given()) continue;
        demand_column(model, column, fmt::format("parameter '{}'", model.parameter_names[p]));
        demand(model.column(column).domain.value == static_cast<int>(model.tables.size()), "parameter '{}' stands in '{}', which is of '{}'",
               model.parameter_names[p], model.column(column).name, model.domain(model.column(column).domain).name);
        demand(set_from >= 0 && set_from < model.calendar.ticks(), "parameter '{}' is set at tick {}, of {}", model.parameter_names[p],
               set_from, model.calendar.ticks());
    }
}

/// Whether a program or pass writes to each column.
std::vector<bool> written_at_all(const Model& model) {
    std::vector<bool> found(model.columns.size());
    const auto add = [&](const std::vector<Pass>& passes) {
        const std::vector<bool> here = written_by(model, passes);
        for (std::size_t c = 0; c < found.size(); ++c) found[c] = found[c] || here[c];
    };
    for (const auto* passes : {&model.start, &model.measures_at_start, &model.every_tick, &model.measures_over_time, &model.show}) add(*passes);
    for (const CompiledTimeline& entry : model.timeline) add(entry.passes);
    for (const CompiledStep& step : model.steps) add(step.passes);
    return found;
}

void verify_input(const Model& model, const InputColumn& input) {
    demand_column(model, input.column, "it");
    demand(input.values != nullptr, "has no values");
    const InputValues& values = *input.values;
    const std::int64_t rows = model.rows_of(input.column);
    demand(!values.ticks.empty() && values.ticks.front() == 0, "does not begin with the first tick");
    demand(values.offset.size() == values.ticks.size() + 1 && values.offset.front() == 0 && values.offset.back() == std::ssize(values.rows) &&
               values.rows.size() == values.values.size(),
           "has {} rows and {} values for {} ticks", values.rows.size(), values.values.size(), values.ticks.size());
    for (std::size_t t = 0; t < values.ticks.size(); ++t) {
        demand(values.ticks[t] >= 0 && values.ticks[t] < model.calendar.ticks(), "changes at tick {}, of {}", values.ticks[t], model.calendar.ticks());
        demand(t == 0 || values.ticks[t - 1] < values.ticks[t], "changes at ticks out of order");
        demand(values.offset[t] <= values.offset[t + 1], "has changes of tick {} that end before they begin", values.ticks[t]);
        const auto at_tick = values.rows_at(t);
        demand(t > 0 || std::ssize(at_tick) == rows, "begins with values of {} rows, of {}", at_tick.size(), rows);
        for (std::size_t i = 0; i < at_tick.size(); ++i) {
            demand(at_tick[i] >= 0 && at_tick[i] < rows, "changes row {}, of {}", at_tick[i], rows);
            demand(i == 0 || at_tick[i - 1] < at_tick[i], "changes rows out of order at tick {}", values.ticks[t]);
        }
    }
    for (const double value : values.values) demand(std::isfinite(value), "has a value that is not finite");
}

void verify_inputs(const Model& model) {
    if (model.inputs.empty()) return;
    const std::vector<bool> written = written_at_all(model);
    for (const InputColumn& input : model.inputs)
        within([&] { return fmt::format("input '{}'", input.name); },
               [&] {
                   verify_input(model, input);
                   demand(!written[static_cast<std::size_t>(input.column.value)], "something else writes to '{}'", model.column(input.column).name);
               });
}

}  // namespace

void demand_column(const Model& model, ColumnId column, std::string_view what) {
    demand(has(model.columns, column.value), "{} names column {}, of {}", what, column.value, model.columns.size());
}

void verify_tables(const Model& model) {
    for (const Table& table : model.tables)
        within([&] { return fmt::format("table '{}'", table.name); }, [&] { verify_table(model.tables, table); });
}

}  // namespace promises

std::string broken_promise(const Model& model) {
    try {
        promises::verify_tables(model);
        promises::verify_domains(model);
        promises::verify_columns(model);
        promises::verify_time(model);
        promises::verify_parameters(model);
        promises::verify_programs(model);
        promises::verify_passes(model);
        promises::verify_inputs(model);
        promises::verify_steps_and_shown(model);
        promises::verify_events(model);
        promises::verify_measures(model);
        return "";
    } catch (const promises::Broken& broken) {
        return broken.what;
    }
}

void verify(const Model& model, std::string_view stage) {
    if (const std::string broken = broken_promise(model); !broken.empty())
        throw std::logic_error(fmt::format("a model that was {} breaks a promise: {}", stage, broken));
}

}  // namespace entente
