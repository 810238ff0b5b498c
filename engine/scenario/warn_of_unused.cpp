#include <set>

#include <fmt/format.h>

#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

/// What the expressions of a scenario read.
class Reads {
public:
    void add(const ExprPtr& tree) {
        if (!tree) return;
        if (tree->kind == Expr::Kind::parameter) parameters_.insert(tree->parameter.value);
        if (tree->kind == Expr::Kind::field) fields_.emplace(tree->row->kind.value, tree->field.value);
        for (const ExprPtr& arg : tree->args) add(arg);
        add(tree->filter);
    }
    void add(const std::optional<Formula>& formula) {
        if (formula) add(formula->tree);
    }
    [[nodiscard]] bool has_parameter(int id) const { return parameters_.contains(id); }
    [[nodiscard]] bool has_field(int kind, int field) const { return fields_.contains({kind, field}); }

private:
    std::set<int> parameters_;
    std::set<std::pair<int, int>> fields_;
};

template <class Kind>
void add_kind(Reads& reads, const Kind& kind) {
    for (const Field& field : kind.fields) reads.add(field.start.tree);
    for (const Derived& derived : kind.derived) reads.add(derived.value.tree);
    for (const auto& member : kind.members)
        for (const StartOverride& start : member.starts) reads.add(start.value.tree);
}

void add_step(Reads& reads, const Step& step) {
    for (const Let& let : step.lets) reads.add(let.value.tree);
    for (const auto* formula : {&step.where, &step.drive, &step.temperature, &step.outside}) reads.add(*formula);
    for (const Statement& statement : step.statements) reads.add(statement.value.tree);
}

void add_timeline(Reads& reads, const std::vector<TimelineEntry>& timeline) {
    for (const TimelineEntry& entry : timeline)
        for (const TimelineEntry::Set& set : entry.sets) reads.add(set.value.tree);
}

Reads reads_of(const Scenario& scenario) {
    Reads reads;
    for (const AgentKind& kind : scenario.agents) add_kind(reads, kind);
    for (const LinkKind& kind : scenario.links) add_kind(reads, kind);
    for (const Step& step : scenario.steps) add_step(reads, step);
    for (const Measure& measure : scenario.measures) reads.add(measure.value.tree);
    add_timeline(reads, scenario.timeline);
    for (const Variant& variant : scenario.variants) {
        for (const auto& start : variant.fields) reads.add(start.value.tree);
        for (const auto& member : variant.members) reads.add(member.start.value.tree);
        add_timeline(reads, variant.timeline);
    }
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
                                    "use it, or take it away");
    for (std::size_t kind = 0; kind < scenario.kind_count(); ++kind) {
        const auto& fields = scenario.fields({static_cast<int>(kind)});
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (!reads.has_field(static_cast<int>(kind), static_cast<int>(i)))
                reader.problems.warning(
                    fields[i].place,
                    fmt::format("no step and no measure reads the field '{}' of '{}'", fields[i].name, scenario.schema.kinds[kind].name),
                    "measure it, or take it away");
    }
}

}  // namespace entente
