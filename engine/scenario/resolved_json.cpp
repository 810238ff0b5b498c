#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include <entente/language/quotes.hpp>
#include <entente/scenario/read.hpp>

namespace entente {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinity: it is written as a word.
Json number(double x) {
    if (std::isfinite(x)) return x;
    return x > 0 ? "inf" : "-inf";
}

/// Adds a key that is known to be new, without looking for it; null becomes an object.
void append(Json& json, const std::string& key, Json value) {
    if (json.is_null()) json = Json::object();
    json.get_ref<Json::object_t&>().push_back({key, std::move(value)});
}

void put(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) json[key] = text;
}
void put(Json& json, const Remarks& remarks) {
    put(json, "about", remarks.about);
    put(json, "source", remarks.source);
    put(json, "label", remarks.label);
}
void put(Json& json, const Range& range) {
    if (range.is_bounded()) json["range"] = {number(range.low), number(range.high)};
}
void put(Json& json, const char* key, const std::optional<Formula>& formula) {
    if (formula) json[key] = formula->text.value;
}

std::string_view name_of(Prior::Form form) {
    static constexpr std::array<std::string_view, 7> names{"uniform", "loguniform", "normal", "lognormal", "beta", "choice", "integers"};
    return names[static_cast<std::size_t>(form)];
}
std::string_view name_of(Pattern::Form form) {
    static constexpr std::array<std::string_view, 7> names{"complete", "ring", "grid", "random", "small_world", "scale_free", "regular"};
    return names[static_cast<std::size_t>(form)];
}
const char* name_of(Step::Form form) {
    static constexpr std::array<const char*, 5> names{"rule", "probability", "rate", "count", "choice"};
    return names[static_cast<std::size_t>(form)];
}

class Resolver {
public:
    explicit Resolver(const Scenario& scenario) : scenario_(scenario), schema_(scenario.schema) {}

    [[nodiscard]] Json run() const {
        Json json;
        json["format"] = "entente-resolved-scenario/1";
        json["entente"] = 1;
        put(json, "title", scenario_.title);
        put(json, "about", scenario_.about);
        if (!scenario_.authors.empty()) json["authors"] = scenario_.authors;
        if (!scenario_.references.empty()) json["references"] = scenario_.references;
        json["calendar"] = calendar();
        json["runs"] = scenario_.runs;
        json["parameters"] = Json::object();
        for (const Parameter& p : scenario_.parameters) json["parameters"][p.name] = parameter(p);
        for (const Input& i : scenario_.inputs) json["inputs"][i.name] = input(i);
        json["agents"] = Json::object();
        for (const AgentKind& kind : scenario_.agents) json["agents"][kind.name] = agents(kind);
        json["links"] = Json::object();
        for (const LinkKind& kind : scenario_.links) json["links"][kind.name] = links(kind);
        json["steps"] = Json::array();
        for (const Step& s : scenario_.steps) json["steps"].push_back(step(s));
        json["timeline"] = timeline(scenario_.timeline);
        json["variants"] = Json::object();
        for (const Variant& v : scenario_.variants) json["variants"][v.name] = variant(v);
        json["measures"] = Json::object();
        for (const Measure& m : scenario_.measures) json["measures"][m.name] = measure(m);
        if (!scenario_.headline.empty()) json["headline"] = scenario_.headline;
        json["observed"] = Json::object();
        for (const Observed& o : scenario_.observed) json["observed"][o.measure] = observed(o);
        for (const EventRecord& one : scenario_.record) json["record"].push_back(event_record(one));
        return json;
    }

private:
    [[nodiscard]] Json calendar() const {
        const Calendar& calendar = scenario_.calendar;
        if (!calendar.is_dated()) return {{"ticks", calendar.ticks()}};
        return {{"start", iso(calendar.start())}, {"ticks", calendar.ticks()}, {"step", calendar.step().text()}};
    }

    static Json parameter(const Parameter& parameter) {
        Json json{{"value", parameter.value}};
        put(json, "unit", parameter.unit);
        put(json, parameter.range);
        if (parameter.prior) json["prior"] = {{"form", name_of(parameter.prior->form)}, {"arguments", parameter.prior->arguments}};
        if (parameter.fitted_to) json["fitted_to"] = iso(*parameter.fitted_to);
        put(json, parameter.remarks);
        return json;
    }

    /// The unit written and, where none is, what the units of all that is read come to.
    template <class Valued>
    static void put_units(Json& json, const Valued& valued) {
        put(json, "unit", valued.unit);
        if (valued.unit.empty()) put(json, "unit_of_value", valued.unit_of_value);
    }

    /// Its numbers are given as their file, as a table's are.
    [[nodiscard]] Json input(const Input& input) const {
        Json json{{"table", input.path}};
        if (input.on.is_given()) json["on"] = schema_[input.on].name;
        put(json, "unit", input.unit);
        json["between"] = input.between == Between::linear ? "linear" : "hold";
        put(json, "aggregate", std::string(name_of(input.several)));
        if (input.holds_outside) json["outside"] = "hold";
        if (input.missing) json["missing"] = *input.missing;
        json["from"] = input.first;
        json["to"] = input.last;
        json["numbers"] = input.read;
        if (input.left_out > 0) json["left_out"] = input.left_out;
        put(json, input.remarks);
        return json;
    }

    template <class Kind>
    void put_state(Json& json, const Kind& kind) const {
        json["fields"] = Json::object();
        for (const Field& field : kind.fields) {
            if (field.input.is_given()) continue;
            Json& one = json["fields"][field.name] = {{"start", field.start.text.value}};
            put(one, "unit", field.unit);
            put(one, field.range);
            for (const Level& level : field.levels) one["levels"].push_back(level.label.empty() ? Json(level.name) : Json{{"name", level.name}, {"label", level.label}});
            put(one, field.remarks);
        }
        for (const Derived& derived : kind.derived) {
            Json& one = json["derived"][derived.name] = {{"value", derived.value.text.value}};
            put_units(one, derived);
            put(one, derived.remarks);
        }
    }

    [[nodiscard]] Json starts(const std::vector<StartOverride>& starts, const std::vector<Field>& fields) const {
        Json json = Json::object();
        for (const StartOverride& start : starts) json[fields[static_cast<std::size_t>(start.field.value)].name] = start.value.text.value;
        return json;
    }

    /// Rows of a table are given as their file; the manifest's hash is over its bytes too.
    [[nodiscard]] Json agents(const AgentKind& kind) const {
        Json json;
        put(json, kind.remarks);
        put_state(json, kind);
        if (kind.unnamed > 0) json["count"] = kind.unnamed;
        if (kind.table) json["table"] = kind.table->path;
        if (kind.unnamed > 0) return json;
        json["members"] = Json::object();
        const std::size_t in_table = kind.table ? kind.table->rows : 0;
        for (std::size_t i = 0; i < kind.members.size(); ++i)
            if (i >= in_table || !kind.members[i].starts.empty())
                append(json["members"], kind.members[i].name, starts(kind.members[i].starts, kind.fields));
        for (const AgentMember& member : kind.members)
            if (!member.label.empty()) append(json["labels"], member.name, member.label);
        for (const AgentMember& member : kind.members)
            if (!member.site.iso.empty()) append(json["iso"], member.name, member.site.iso);
        for (const AgentMember& member : kind.members)
            if (member.site.position) append(json["positions"], member.name, Json{member.site.position->latitude, member.site.position->longitude});
        return json;
    }

    [[nodiscard]] std::string ends(const LinkKind& kind, int source, int target) const {
        return as_end(schema_[kind.source].members.at(static_cast<std::size_t>(source))) + " -> " +
               as_end(schema_[kind.target].members.at(static_cast<std::size_t>(target)));
    }

    [[nodiscard]] Json links(const LinkKind& kind) const {
        Json json{{"source", schema_[kind.source].name}, {"target", schema_[kind.target].name}};
        put(json, kind.remarks);
        put_state(json, kind);
        if (kind.table) json["table"] = kind.table->path;
        if (kind.pattern) json["pattern"] = pattern(*kind.pattern);
        json["members"] = Json::object();
        for (const LinkMember& member : kind.members)
            append(json["members"], ends(kind, member.source, member.target), starts(member.starts, kind.fields));
        return json;
    }

    static Json pattern(const Pattern& pattern) {
        Json json{{"form", name_of(pattern.form)}};
        if (pattern.form == Pattern::Form::grid)
            json.update(
                {{"width", pattern.width}, {"height", pattern.height}, {"torus", pattern.torus}, {"neighbours", pattern.neighbours}});
        if (pattern.radius) {
            json.erase("neighbours");
            json["radius"] = *pattern.radius;
        }
        if (pattern.k > 0) json[pattern.form == Pattern::Form::scale_free ? "m" : "k"] = pattern.k;
        if (pattern.form == Pattern::Form::random || pattern.form == Pattern::Form::small_world) json["p"] = pattern.p;
        if (pattern.form != Pattern::Form::complete) json["topology_seed"] = pattern.topology_seed;
        return json;
    }

    [[nodiscard]] Json step(const Step& step) const {
        Json json{{step.form == Step::Form::rule ? "rule" : "event", step.name}, {"on", schema_[step.on].name}};
        put(json, "where", step.where);
        for (const Let& let : step.lets) json["let"][let.name] = let.value.text.value;
        if (step.drive) put(json, name_of(step.form), step.drive);
        put(json, "temperature", step.temperature);
        put(json, "outside", step.outside);
        json["do"] = Json::array();
        for (const Statement& statement : step.statements) json["do"].push_back(statement.text.value);
        if (!step.cameo.empty()) json["code"]["cameo"] = step.cameo;
        if (step.goldstein) json["code"]["goldstein"] = *step.goldstein;
        put(json, step.remarks);
        return json;
    }

    [[nodiscard]] std::string row_name(const RowRef& row) const {
        if (row.form == RowRef::Form::link_between) return as_end(row_name(*row.from)) + " -> " + as_end(row_name(*row.to));
        return schema_[row.kind].members.at(static_cast<std::size_t>(row.member.value));
    }

    [[nodiscard]] Json timeline(const std::vector<TimelineEntry>& entries) const {
        Json json = Json::array();
        for (const TimelineEntry& entry : entries) {
            Json one;
            if (entry.date) one["date"] = iso(*entry.date);
            one["tick"] = entry.tick;
            if (entry.step >= 0) one["event"] = scenario_.steps[static_cast<std::size_t>(entry.step)].name;
            if (entry.row) one["on"] = row_name(*entry.row);
            for (const TimelineEntry::Set& set : entry.sets) one["set"][set.text.value] = set.value.text.value;
            put(one, entry.remarks);
            json.push_back(std::move(one));
        }
        return json;
    }

    [[nodiscard]] Json variant(const Variant& variant) const {
        Json json = Json::object();
        put(json, variant.remarks);
        for (const auto& p : variant.parameters)
            json["parameters"][schema_.parameters[static_cast<std::size_t>(p.parameter.value)]] = p.value;
        for (const auto& [id, other] : variant.inputs) json["inputs"][other.name] = input(other);
        for (const auto& start : variant.fields)
            section(json, start.kind)["fields"][field_name(start.kind, start.field)] = start.value.text.value;
        for (const auto& member : variant.members)
            section(json, member.row->kind)["members"][row_name(*member.row)][field_name(member.row->kind, member.start.field)] =
                member.start.value.text.value;
        if (!variant.timeline.empty()) json["timeline"] = timeline(variant.timeline);
        return json;
    }

    [[nodiscard]] Json& section(Json& json, KindId kind) const {
        return json[schema_[kind].is_link ? "links" : "agents"][schema_[kind].name];
    }
    [[nodiscard]] const std::string& field_name(KindId kind, FieldId field) const {
        return schema_[kind].fields[static_cast<std::size_t>(field.value)];
    }

    [[nodiscard]] Json measure(const Measure& measure) const {
        Json json{{"value", measure.value.text.value}};
        put_units(json, measure);
        if (measure.per == Measure::Per::year) json["per"] = "year";
        if (measure.on.value >= 0) json["on"] = schema_[measure.on].name;
        put(json, measure.remarks);
        return json;
    }

    /// The agent's name, or those of both ends of a link.
    [[nodiscard]] Json row_names(KindId on, const std::vector<int>& row) const {
        const Schema::Kind& kind = schema_[on];
        if (!kind.is_link) return kind.members[static_cast<std::size_t>(row.front())];
        return {schema_[kind.source].members[static_cast<std::size_t>(row.front())], schema_[kind.target].members[static_cast<std::size_t>(row.back())]};
    }

    /// A day, or the first and the last that it may be.
    static Json recorded_date(const RecordedDate& date) {
        if (date.is_day()) return iso(*date.first);
        Json json = Json::object();
        if (date.first) json["first"] = iso(*date.first);
        if (date.last) json["last"] = iso(*date.last);
        return json;
    }

    [[nodiscard]] Json seen(const Observed::Seen& seen) const {
        if (!seen.parameter.is_given()) return seen.share;
        return schema_.parameters[static_cast<std::size_t>(seen.parameter.value)];
    }

    [[nodiscard]] Json observed(const Observed& observed) const {
        Json json = Json::object();
        if (observed.came) json["date"] = recorded_date(*observed.came);
        if (observed.value) json["value"] = *observed.value;
        for (const auto& [day, value] : observed.series) json["series"].push_back({iso(day), value});
        const KindId on = std::ranges::find(scenario_.measures, observed.measure, &Measure::name)->on;
        for (const Observed::OfRow& one : observed.rows) {
            Json record = {{"row", row_names(on, one.row)}};
            if (one.came) record["date"] = recorded_date(*one.came);
            if (one.date) record["date"] = iso(*one.date);
            if (one.value) record["value"] = *one.value;
            json["rows"].push_back(std::move(record));
        }
        if (observed.per_year) json["per"] = "year";
        if (observed.sd) json["sd"] = *observed.sd;
        if (observed.seen) json["seen"] = seen(*observed.seen);
        put(json, observed.remarks);
        return json;
    }

    /// Firings as [tick, row, count], the row an agent's name or both ends' of a link.
    [[nodiscard]] Json event_record(const EventRecord& record) const {
        const Step& step = scenario_.steps[static_cast<std::size_t>(record.step)];
        Json json{{"event", step.name}, {"first_tick", record.first_tick}, {"last_tick", record.last_tick}};
        put(json, "where", record.where);
        json["firings"] = Json::array();
        for (const EventRecord::Firing& one : record.firings) json["firings"].push_back({one.tick, row_names(step.on, one.row), one.count});
        put(json, record.remarks);
        return json;
    }

    const Scenario& scenario_;
    const Schema& schema_;
};

}  // namespace

std::string resolved_json(const Scenario& scenario) {
    return Resolver(scenario).run().dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace entente
