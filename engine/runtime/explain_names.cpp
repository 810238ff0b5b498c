#include <entente/runtime/explain_names.hpp>

#include <fmt/format.h>

#include <entente/language/quotes.hpp>

namespace entente {
namespace {

const std::string& map_name(const Model& model, MapId map) {
    return model.record.map_names[map];
}

/// The column on the rows that a map leads to, on one row, or on the program's own.
std::string place_name(const Model& model, ColumnId column, MapId map, int row) {
    if (row >= 0) return cell_name(model, column, row);
    const std::string& name = model.column(column).name;
    return map.value >= 0 ? fmt::format("{}[{}]", name, map_name(model, map)) : name;
}

std::string load_name(const Model& model, const Load& load) {
    if (load.presence) return fmt::format("there_is[{}]", map_name(model, load.map));
    return place_name(model, load.column, load.map, load.row);
}

std::string uniform_name(const Model& model, const Uniform& uniform) {
    switch (uniform.form) {
        case Uniform::Form::parameter:
            return model.parameter_names[static_cast<std::size_t>(uniform.number)];
        case Uniform::Form::tick:
            return "tick";
        case Uniform::Form::t:
            return "t";
        case Uniform::Form::year:
            return "year";
        case Uniform::Form::month:
            return "month";
        case Uniform::Form::row:
            return cell_name(model, uniform.column, uniform.row);
        case Uniform::Form::computed:
            return fmt::format("once{}", uniform.number);
    }
    return {};
}

std::string draw_name(const Model& model, const DrawSpec& draw, int half) {
    const auto found = model.record.draws.find(draw.stream);
    if (found == model.record.draws.end()) return fmt::format("{} of stream {:016x}", half, draw.stream);
    return fmt::format("{} of {}", 2 * found->second.pair + half, found->second.owner);
}

}  // namespace

std::string cell_name(const Model& model, ColumnId column, std::int64_t row) {
    const Column& of = model.column(column);
    const Domain& domain = model.domain(of.domain);
    if (row < 0 || (domain.rows == 1 && domain.kind.value < 0)) return of.name;
    if (domain.kind.value < 0) return fmt::format("{}[row {}]", of.name, row);
    const Table& table = model.tables[domain.kind];
    const std::string name = row_name(model.tables, domain.kind, row);
    return fmt::format("{}[{}]", of.name, table.names.empty() ? name : as_index(name));
}

ProgramNames program_names(const Model& model) {
    return {.load = [&](const Load& load) { return load_name(model, load); },
            .uniform = [&](const Uniform& uniform) { return uniform_name(model, uniform); },
            .effect =
                [&](const Effect& effect) {
                    return effect.by_segment ? model.column(effect.column).name + "[segment]"
                                             : place_name(model, effect.column, effect.map, effect.row);
                },
            .draw = [&](const DrawSpec& draw, int half) { return draw_name(model, draw, half); }};
}

}  // namespace entente
