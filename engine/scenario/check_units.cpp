#include <fmt/format.h>

#include <entente/language/unit_checker.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

class ScenarioUnits {
public:
    explicit ScenarioUnits(Reader& reader)
        : scenario_(reader.scenario), problems_(reader.problems), checker_([this](const Expr& expr) { return named(expr); }, reader.problems) {
        for (const Parameter& parameter : scenario_.parameters) parameters_.push_back(declared(parameter.unit, parameter.name, parameter.place));
        for (const Input& input : scenario_.inputs)  // a panel's is that of its field
            inputs_.push_back(input.on.is_given() ? Quantity::unknown() : declared(input.unit, input.name, input.place));
        for (std::size_t i = 0; i < scenario_.kind_count(); ++i) {
            const KindId kind{static_cast<int>(i)};
            for (const Field& field : scenario_.fields(kind)) fields_[i].push_back(field.levels.empty() ? declared(field.unit, field.name, field.place) : Quantity::number());
            for (const Derived& one : scenario_.derived(kind)) derived_[i].push_back(declared(one.unit, one.name, one.place));
        }
    }

    void run() {
        for (std::size_t i = 0; i < scenario_.agents.size(); ++i) check_kind(scenario_.agents[i], i);
        for (std::size_t i = 0; i < scenario_.links.size(); ++i) check_kind(scenario_.links[i], scenario_.agents.size() + i);
        for (const Step& step : scenario_.steps) check_step(step);
        check_timeline(scenario_.timeline);
        for (const EventRecord& record : scenario_.record)
            if (record.where) checker_.of(record.where->tree);
        for (Measure& measure : scenario_.measures) check_measure(measure);
        for (const Variant& variant : scenario_.variants) check_variant(variant);
    }

private:
    Quantity declared(const std::string& text, const std::string& name, const Place& place) {
        const ReadUnit read = read_unit(text);
        if (read.kind == ReadUnit::Kind::faulty)
            problems_.warning(place, fmt::format("the unit '{}' of '{}' can't be read: {}", text, name, read.fault),
                              "a unit is words, products and quotients: million GBP/year, t per person and year, km^2, 1/sqrt(year)");
        return Quantity::declared(read);
    }

    Quantity named(const Expr& expr) {
        const auto nth = [](const std::vector<Quantity>& all, int i) { return all[static_cast<std::size_t>(i)]; };
        if (expr.kind == Expr::Kind::parameter) return nth(parameters_, expr.parameter.value);
        if (expr.kind == Expr::Kind::input) return nth(inputs_, expr.input.value);
        if (expr.kind == Expr::Kind::let) return step_ ? checker_.of(step_->lets[static_cast<std::size_t>(expr.let)].value.tree) : Quantity::unknown();
        const auto kind = static_cast<std::size_t>(expr.row->kind.value);
        if (expr.kind == Expr::Kind::field) return nth(fields_[kind], expr.field.value);
        const Derived& read = scenario_.derived(expr.row->kind)[static_cast<std::size_t>(expr.derived.value)];
        return read.unit.empty() ? checker_.of(read.value.tree) : nth(derived_[kind], expr.derived.value);
    }

    [[nodiscard]] const Quantity& unit_of(KindId kind, FieldId field) const {
        return fields_.at(static_cast<std::size_t>(kind.value))[static_cast<std::size_t>(field.value)];
    }
    [[nodiscard]] std::string quoted(KindId kind, FieldId field) const {
        return fmt::format("'{}'", scenario_.fields(kind)[static_cast<std::size_t>(field.value)].name);
    }
    void check_set(const ExprPtr& value, KindId kind, FieldId field) {
        if (value) checker_.expect_like(value, unit_of(kind, field), quoted(kind, field));
    }

    // -- kinds -----------------------------------------------------------------------------------------------------------------------

    template <class Kind>
    void check_kind(Kind& kind, std::size_t number) {
        const KindId id{static_cast<int>(number)};
        for (std::size_t i = 0; i < kind.fields.size(); ++i) check_set(kind.fields[i].start.tree, id, {static_cast<int>(i)});
        for (const auto& member : kind.members)
            for (const StartOverride& start : member.starts) check_set(start.value.tree, id, start.field);
        for (std::size_t i = 0; i < kind.derived.size(); ++i) {
            Derived& one = kind.derived[i];
            if (!one.unit.empty()) checker_.expect_like(one.value.tree, derived_[number][i], fmt::format("'{}'", one.name));
            one.unit_of_value = checker_.of(one.value.tree).text();
        }
    }

    // -- steps -----------------------------------------------------------------------------------------------------------------------

    void check_step(const Step& step) {
        step_ = &step;
        for (const Let& let : step.lets) checker_.of(let.value.tree);
        if (step.where) checker_.of(step.where->tree);
        if (step.drive) check_drive(step);
        for (const Statement& statement : step.statements) check_statement(statement);
        step_ = nullptr;
    }

    void check_drive(const Step& step) {
        const ExprPtr& drive = step.drive->tree;
        switch (step.form) {
            case Step::Form::rule:
                return;
            case Step::Form::probability:
                return checker_.expect_count(drive, "a probability");
            case Step::Form::rate:
                return checker_.expect_rate(drive, "a rate");
            case Step::Form::count:
                return checker_.expect_rate(drive, "a count");
            case Step::Form::choice:
                const Quantity utility = checker_.of(drive);
                if (step.temperature) checker_.expect_like(step.temperature->tree, utility, "the choice");
                if (step.outside) checker_.expect_like(step.outside->tree, utility, "the choice");
                return;
        }
    }

    [[nodiscard]] KindId kind_written(const Statement& statement) const {
        const Schema::Kind& own = scenario_.schema[step_->on];
        switch (statement.on) {
            case Statement::On::own:
            case Statement::On::reverse:
                return step_->on;
            case Statement::On::source:
                return own.source;
            case Statement::On::target:
                return own.target;
        }
        return step_->on;
    }

    void check_statement(const Statement& statement) {
        const ExprPtr& value = statement.value.tree;
        if (statement.op == Statement::Op::multiply)
            checker_.expect_number(value, "*=");
        else
            check_set(value, kind_written(statement), statement.field);
    }

    // -- the rest --------------------------------------------------------------------------------------------------------------------

    void check_timeline(const std::vector<TimelineEntry>& timeline) {
        for (const TimelineEntry& entry : timeline)
            for (const TimelineEntry::Set& set : entry.sets)
                if (set.target) checker_.expect_like(set.value.tree, checker_.of(set.target), fmt::format("'{}'", name_of(*set.target)));
    }

    [[nodiscard]] const std::string& name_of(const Expr& target) const {
        if (target.kind == Expr::Kind::parameter) return scenario_.parameters[static_cast<std::size_t>(target.parameter.value)].name;
        return scenario_.fields(target.row->kind)[static_cast<std::size_t>(target.field.value)].name;
    }

    void check_variant(const Variant& variant) {
        for (const Variant::FieldStart& start : variant.fields) check_set(start.value.tree, start.kind, start.field);
        for (const Variant::MemberStart& member : variant.members) check_set(member.start.value.tree, member.row->kind, member.start.field);
        check_timeline(variant.timeline);
    }

    /// What is measured per year may be told as so much a year.
    void check_measure(Measure& measure) {
        const ExprPtr& value = measure.value.tree;
        const Quantity unit = declared(measure.unit, measure.name, measure.place);
        const Quantity found = checker_.of(value);
        const bool is_a_year = measure.per == Measure::Per::year && !found.over(Quantity::of(per_year().to_power(-1))).unlike(unit);
        if (!is_a_year) checker_.expect_like(value, unit, fmt::format("the measure '{}'", measure.name));
        measure.unit_of_value = found.text();
    }

    Scenario& scenario_;
    Problems& problems_;
    UnitChecker checker_;
    const Step* step_ = nullptr;
    std::vector<Quantity> parameters_;
    std::vector<Quantity> inputs_;
    std::map<std::size_t, std::vector<Quantity>> fields_;  ///< by kind
    std::map<std::size_t, std::vector<Quantity>> derived_;
};

}  // namespace

void check_units(Reader& reader) {
    ScenarioUnits(reader).run();
}

}  // namespace entente
