#include <algorithm>

#include <fmt/format.h>

#include <entente/scenario/levels.hpp>
#include <entente/scenario/reader.hpp>
#include <entente/scenario/starts.hpp>

namespace entente {
namespace {

class FormulaChecker {
public:
    explicit FormulaChecker(Reader& reader) : reader_(reader), scenario_(reader.scenario) {}

    void run() {
        for (AgentKind& kind : scenario_.agents) check_kind(kind);
        for (LinkKind& kind : scenario_.links) check_kind(kind);
        for (Step& step : scenario_.steps) check_step(step);
        for (TimelineEntry& entry : scenario_.timeline) check_entry(entry);
        for (EventRecord& record : scenario_.record)
            if (record.where) check(*record.where, context("a record's where", scenario_.steps[static_cast<std::size_t>(record.step)].on));
        for (Variant& variant : scenario_.variants) check_variant(variant);
        for (Measure& measure : scenario_.measures) check_measure(measure);
    }

private:
    Context context(std::string where, KindId on = {}) const {
        Context made;
        made.schema = &scenario_.schema;
        made.on = on;
        made.where = std::move(where);
        made.draws_allowed = false;
        return made;
    }

    /// The same for a value that is written to a field.
    Context writing(Context made, KindId kind, FieldId field) const {
        if (kind.value < 0 || field.value < 0 || field.value >= std::ssize(scenario_.fields(kind))) return made;  // what was wrong with it is told
        made.levels = &scenario_.schema.levels(kind, field);
        made.field = scenario_.fields(kind)[static_cast<std::size_t>(field.value)].name;
        return made;
    }

    void check(Formula& formula, const Context& context) {
        if (formula.text.value.empty() || reader_.mentions_lost(formula.text.value)) return;
        formula.tree = read_expression(formula.text, context, reader_.problems);
    }

    // -- kinds -----------------------------------------------------------------------------------------------------------------------

    template <class Kind>
    void check_kind(Kind& kind) {
        const KindId id = next_kind_;
        ++next_kind_.value;
        for (std::size_t i = 0; i < kind.fields.size(); ++i) check_start(kind.fields[i].start, id, {static_cast<int>(i)});
        for (Derived& derived : kind.derived) check(derived.value, context("a derived field", id));
        for (auto& member : kind.members)
            for (StartOverride& start : member.starts) check_member_start(start, id);
    }

    void check_start(Formula& start, KindId kind, FieldId field) {
        int draws = 1;
        Context starting = writing(context("a start expression", kind), kind, field);
        starting.fields_visible = field.value;
        starting.derived_visible = false;
        starting.draws_allowed = true;
        starting.clock_visible = false;
        starting.draw_counter = &draws;
        check(start, starting);
        check_range(start, kind, field);
    }

    void check_member_start(StartOverride& start, KindId kind) {
        Context starting = writing(context("a member's start"), kind, start.field);
        starting.fields_visible = 0;
        starting.derived_visible = false;
        starting.clock_visible = false;
        check(start.value, starting);
        check_range(start.value, kind, start.field);
    }

    void check_range(const Formula& start, KindId kind, FieldId id) {
        const Field& field = scenario_.fields(kind)[static_cast<std::size_t>(id.value)];
        const auto value = constant_of(start.tree);
        if (value)
            if (std::string help = level_fault(field, *value); !help.empty())
                reader_.problems.error(start.text.place, fmt::format("the start {} of '{}' is between two of its levels", shown(*value), field.name), std::move(help));
        if (!value || field.range.holds(*value)) return;
        reader_.problems.error(start.text.place,
                               fmt::format("the start {} of '{}' is outside its range [{}, {}]", shown(*value), field.name,
                                           shown(field.range.low), shown(field.range.high)),
                               "change the value or widen the range");
    }

    // -- steps -----------------------------------------------------------------------------------------------------------------------

    void check_step(Step& step) {
        int draws = 1;  // 0 is the event's own
        Context inside = context("a step", step.on);
        inside.draws_allowed = true;
        inside.draw_counter = &draws;
        for (Let& let : step.lets) {
            check(let.value, inside);
            inside.lets.push_back(let.name);
        }
        if (step.where) check(*step.where, inside);
        if (step.drive) check(*step.drive, inside);
        Context choosing = context("a choice's temperature", step.on);
        choosing.only_source = true;
        if (step.temperature) check(*step.temperature, choosing);
        choosing.where = "a choice's outside";
        if (step.outside) check(*step.outside, choosing);
        for (Statement& statement : step.statements) check(statement.value, writing(inside, kind_written(step, statement), statement.field));
    }

    [[nodiscard]] KindId kind_written(const Step& step, const Statement& statement) const {
        const Schema::Kind& own = scenario_.schema[step.on];
        switch (statement.on) {
            case Statement::On::own:
            case Statement::On::reverse:
                return step.on;
            case Statement::On::source:
                return own.source;
            case Statement::On::target:
                return own.target;
        }
        return step.on;
    }

    // -- the rest --------------------------------------------------------------------------------------------------------------------

    void check_entry(TimelineEntry& entry) {
        for (TimelineEntry::Set& set : entry.sets) {
            const bool is_of_rows = set.target && set.target->row && set.target->row->form == RowRef::Form::own;
            const Context on_date = context("the timeline", is_of_rows ? set.target->row->kind : KindId{});
            check(set.value, set.target && set.target->kind == Expr::Kind::field ? writing(on_date, set.target->row->kind, set.target->field) : on_date);
            if (set.target && set.target->kind == Expr::Kind::parameter) check_parameter(set);
        }
    }

    void check_parameter(const TimelineEntry::Set& set) {
        const Parameter& parameter = scenario_.parameters[static_cast<std::size_t>(set.target->parameter.value)];
        const auto value = constant_of(set.value.tree);
        if (!value || parameter.range.holds(*value)) return;
        reader_.problems.error(set.value.text.place,
                               fmt::format("the value {} of '{}' is outside its range [{}, {}]", shown(*value), parameter.name,
                                           shown(parameter.range.low), shown(parameter.range.high)),
                               "change the value or widen the range");
    }

    void check_variant(Variant& variant) {
        for (Variant::FieldStart& start : variant.fields) check_start(start.value, start.kind, start.field);
        for (Variant::MemberStart& member : variant.members) check_member_start(member.start, member.row->kind);
        for (TimelineEntry& entry : variant.timeline) check_entry(entry);
    }

    void check_measure(Measure& measure) {
        Context measuring = context("a measure", measure.on);
        measuring.over_time_allowed = true;
        check(measure.value, measuring);
    }

    Reader& reader_;
    Scenario& scenario_;
    KindId next_kind_{0};
};

/// Finds circles among derived fields by walking along what each reads.
class CircleFinder {
public:
    explicit CircleFinder(Reader& reader) : reader_(reader) {
        for (std::size_t i = 0; i < reader.scenario.kind_count(); ++i)
            states_.emplace_back(reader.scenario.derived({static_cast<int>(i)}).size(), State::unseen);
    }

    void run() {
        for (std::size_t kind = 0; kind < states_.size(); ++kind)
            for (std::size_t i = 0; i < states_[kind].size(); ++i) walk({{static_cast<int>(kind)}, {static_cast<int>(i)}});
    }

private:
    using Key = std::pair<KindId, DerivedId>;
    enum class State { unseen, open, done };

    [[nodiscard]] const Derived& derived(const Key& key) const {
        return reader_.scenario.derived(key.first)[static_cast<std::size_t>(key.second.value)];
    }
    [[nodiscard]] std::string name(const Key& key) const { return reader_.scenario.schema[key.first].name + "." + derived(key).name; }

    void walk(const Key& key) {
        State& state = states_[static_cast<std::size_t>(key.first.value)][static_cast<std::size_t>(key.second.value)];
        if (state == State::open) say(key);
        if (state != State::unseen) return;
        state = State::open;
        path_.push_back(key);
        if (const ExprPtr& tree = derived(key).value.tree)
            for (const Key& read : derived_read_by(*tree)) walk(read);
        path_.pop_back();
        state = State::done;
    }

    void say(const Key& key) {
        std::string chain;
        for (auto at = std::find(path_.begin(), path_.end(), key); at != path_.end(); ++at) chain += name(*at) + " reads ";
        reader_.problems.error(derived(key).place, fmt::format("derived fields depend on each other in a cycle: {}{}", chain, name(key)),
                               "keep one of them as a field, written by a rule");
    }

    Reader& reader_;
    std::vector<std::vector<State>> states_;
    std::vector<Key> path_;
};

}  // namespace

void check_formulas(Reader& reader) {
    FormulaChecker(reader).run();
    CircleFinder(reader).run();
}

}  // namespace entente
