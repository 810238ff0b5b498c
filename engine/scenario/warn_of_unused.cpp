#include <set>

#include <fmt/format.h>

#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

/// What the expressions and records of a scenario read.
class Reads {
public:
    void add(const ExprPtr& tree) {
        if (!tree) return;
        if (tree->kind == Expr::Kind::parameter) parameters_.insert(tree->parameter.value);
        if (tree->kind == Expr::Kind::input) inputs_.insert(tree->input.value);
        if (tree->kind == Expr::Kind::field) fields_.emplace(tree->row->kind.value, tree->field.value);
        for (const ExprPtr& arg : tree->args) add(arg);
        add(tree->filter);
    }
    void add(ParameterId parameter) {
        if (parameter.is_given()) parameters_.insert(parameter.value);
    }
    [[nodiscard]] bool has_parameter(int id) const { return parameters_.contains(id); }
    [[nodiscard]] bool has_input(int id) const { return inputs_.contains(id); }
    [[nodiscard]] bool has_field(int kind, int field) const { return fields_.contains({kind, field}); }

private:
    std::set<int> parameters_;
    std::set<int> inputs_;
    std::set<std::pair<int, int>> fields_;
};

Reads reads_of(const Scenario& scenario) {
    Reads reads;
    visit_formulas(scenario, [&](const Formula& formula) { reads.add(formula.tree); });
    for (const Observed& observed : scenario.observed)
        if (observed.seen) reads.add(observed.seen->parameter);
    return reads;
}

}  // namespace

void warn_of_unused(Reader& reader) {
    const Scenario& scenario = reader.scenario;
    const Reads reads = reads_of(scenario);
    for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
        if (!reads.has_parameter(static_cast<int>(i)))
            reader.problems.warning(scenario.parameters[i].place,
                                    fmt::format("nothing reads the parameter '{}'", scenario.parameters[i].name),
                                    "use it, or remove it");
    for (std::size_t i = 0; i < scenario.inputs.size(); ++i)
        if (!scenario.inputs[i].on.is_given() && !reads.has_input(static_cast<int>(i)))
            reader.problems.warning(scenario.inputs[i].place, fmt::format("nothing reads the input '{}'", scenario.inputs[i].name),
                                    "use it, or remove it");
    for (std::size_t kind = 0; kind < scenario.kind_count(); ++kind) {
        const auto& fields = scenario.fields({static_cast<int>(kind)});
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (!reads.has_field(static_cast<int>(kind), static_cast<int>(i)))
                reader.problems.warning(
                    fields[i].place,
                    fmt::format("no step and no measure reads the {} '{}' of '{}'", fields[i].input.is_given() ? "input" : "field", fields[i].name,
                                scenario.schema.kinds[kind].name),
                    "measure it, or remove it");
    }
}

}  // namespace entente
