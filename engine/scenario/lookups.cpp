#include <entente/scenario/lookups.hpp>

#include <cstdint>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include <entente/language/quotes.hpp>

namespace entente {
namespace {

using Visit = std::function<void(const Formula&)>;

template <class Kind>
void visit_kind(const Kind& kind, const Visit& visit) {
    for (const Field& field : kind.fields) visit(field.start);
    for (const Derived& derived : kind.derived) visit(derived.value);
    for (const auto& member : kind.members)
        for (const StartOverride& start : member.starts) visit(start.value);
}

void visit_step(const Step& step, const Visit& visit) {
    for (const Let& let : step.lets) visit(let.value);
    for (const auto* formula : {&step.where, &step.drive, &step.temperature, &step.outside})
        if (*formula) visit(**formula);
    for (const Statement& statement : step.statements) visit(statement.value);
}

void visit_timeline(const std::vector<TimelineEntry>& timeline, const Visit& visit) {
    for (const TimelineEntry& entry : timeline)
        for (const TimelineEntry::Set& set : entry.sets) visit(set.value);
}

class Finder {
public:
    explicit Finder(const Schema& schema) : schema_(schema) {}

    /// Links that a formula asks for by `has` may be missing where it reads them, too.
    void add_formula(const ExprPtr& tree) {
        asked_.clear();
        find_asked(tree);
        look_into(tree);
    }
    [[nodiscard]] std::vector<Lookup> take() { return std::move(found_); }

private:
    void find_asked(const ExprPtr& tree) {
        if (!tree) return;
        if (tree->kind == Expr::Kind::has)
            for (const Lookup& lookup : lookups_of(*tree->row, tree->place, "")) asked_.emplace(lookup.kind.value, lookup.source, lookup.target);
        for (const ExprPtr& arg : tree->args) find_asked(arg);
        find_asked(tree->filter);
    }

    void look_into(const ExprPtr& tree) {
        if (!tree) return;
        const bool may_be_missing = tree->kind == Expr::Kind::has;  // asks just that
        add(tree->row, tree->place, name_of(*tree), may_be_missing);
        add(tree->other_row, tree->place, name_of(*tree), false);
        add(tree->over.anchor, tree->place, name_of(*tree), false);
        for (const ExprPtr& arg : tree->args) look_into(arg);
        look_into(tree->filter);
    }

    [[nodiscard]] std::string name_of(const Expr& expr) const {
        return expr.kind == Expr::Kind::event ? schema_.events[static_cast<std::size_t>(expr.event.value)].name : std::string{};
    }

    /// The row, and those from which it is reached.
    void add(const RowPtr& row, const Place& place, const std::string& event, bool may_be_missing) {
        if (!row) return;
        if (!may_be_missing)
            for (Lookup& lookup : lookups_of(*row, place, event.empty() ? schema_[row->kind].name : event))
                if (!asked_.contains({lookup.kind.value, lookup.source, lookup.target})) found_.push_back(std::move(lookup));
        if (!may_be_missing && row->form == RowRef::Form::reverse_of)
            for (Lookup& lookup : lookups_of(*row->from, place, schema_[row->kind].name)) {
                std::swap(lookup.source, lookup.target);
                found_.push_back(std::move(lookup));
            }
        add(row->from, place, "", may_be_missing);
        add(row->to, place, "", may_be_missing);
    }

    const Schema& schema_;
    std::vector<Lookup> found_;
    std::set<std::tuple<int, std::int64_t, std::int64_t>> asked_;  ///< by kind, source and target
};

}  // namespace

void visit_formulas(const Scenario& scenario, const Visit& visit) {
    for (const AgentKind& kind : scenario.agents) visit_kind(kind, visit);
    for (const LinkKind& kind : scenario.links) visit_kind(kind, visit);
    for (const Step& step : scenario.steps) visit_step(step, visit);
    for (const Measure& measure : scenario.measures) visit(measure.value);
    visit_timeline(scenario.timeline, visit);
    for (const EventRecord& record : scenario.record)
        if (record.where) visit(*record.where);
    for (const Variant& variant : scenario.variants) {
        for (const auto& start : variant.fields) visit(start.value);
        for (const auto& member : variant.members) visit(member.start.value);
        visit_timeline(variant.timeline, visit);
    }
}

std::vector<Lookup> lookups_of(const RowRef& row, const Place& place, const std::string& written) {
    if (row.form != RowRef::Form::link_between || row.from->form != RowRef::Form::member || row.to->form != RowRef::Form::member) return {};
    return {{row.kind, row.from->member.value, row.to->member.value, place, written}};
}

std::vector<Lookup> lookups_in_formulas(const Scenario& scenario) {
    Finder finder(scenario.schema);
    visit_formulas(scenario, [&](const Formula& formula) { finder.add_formula(formula.tree); });
    return finder.take();
}

std::vector<Lookup> lookups_in_timeline(const std::vector<TimelineEntry>& timeline) {
    std::vector<Lookup> found;
    const auto add = [&](std::vector<Lookup> more) { found.insert(found.end(), more.begin(), more.end()); };
    for (const TimelineEntry& entry : timeline) {
        if (entry.row) add(lookups_of(*entry.row, entry.row_place, ""));
        for (const TimelineEntry::Set& set : entry.sets)
            if (set.target && set.target->row) add(lookups_of(*set.target->row, set.text.place, set.text.value.substr(0, set.text.value.find('['))));
    }
    return found;
}

std::optional<bool> is_written(const LinkKind& kind, const std::unordered_set<std::uint64_t>& named, int source, int target) {
    if (named.contains(pair_of(source, target))) return true;
    if (!kind.pattern) return false;
    if (kind.pattern->form == Pattern::Form::complete) return kind.source != kind.target || source != target;
    return std::nullopt;
}

std::unordered_set<std::uint64_t> named_links(const LinkKind& kind) {
    std::unordered_set<std::uint64_t> ends;
    for (const LinkMember& member : kind.members) ends.insert(pair_of(member.source, member.target));
    for (const auto& [source, target] : kind.table_ends) ends.insert(pair_of(source, target));
    return ends;
}

void say_missing(const Lookup& lookup, bool turned_exists, const Schema& schema, Problems& problems) {
    const Schema::Kind& kind = schema[lookup.kind];
    const std::string& from = schema[kind.source].members[static_cast<std::size_t>(lookup.source)];
    const std::string& to = schema[kind.target].members[static_cast<std::size_t>(lookup.target)];
    const std::string turned = lookup.written.empty() ? fmt::format("'{} -> {}'", as_end(to), as_end(from))
                                                      : fmt::format("{}[{}, {}]", lookup.written, as_index(to), as_index(from));
    problems.error(lookup.place, fmt::format("no link of '{}' runs from {} to {}", kind.name, as_index(from), as_index(to)),
                   turned_exists ? fmt::format("did you mean {}?", turned) : fmt::format("add it to the members of '{}'", kind.name));
}

}  // namespace entente
