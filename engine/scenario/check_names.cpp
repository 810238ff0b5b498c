#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/language/quotes.hpp>
#include <entente/scenario/headline.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

constexpr std::string_view name_rule = "a name is letters a-z, digits and underscores, does not begin with a digit and is not a word of the language such as `if`";

/// The rule and, where that tells which it would be, a name by it: `guinea_bissau` for `guinea-bissau`.
std::string name_help(std::string_view name) {
    std::string similar(name);
    for (char& c : similar)
        if (c == ' ' || c == '-' || c == '.' || c == '\'') c = '_';
    return is_identifier(similar) ? fmt::format("write {}: {}", similar, name_rule) : std::string(name_rule);
}

/// The names that can be seen from one place, each with what it is.
class Names {
public:
    explicit Names(Reader& reader) : reader_(reader) {}

    /// Says what is wrong with a name: its letters, a word of the language, a name that it hides.
    void add(const std::string& name, const Place& place, std::string_view what) {
        if (!is_identifier(name)) {
            reader_.problems.error(place, fmt::format("'{}' can't be the name of {}", name, what),
                                   name_help(name));
        } else if (is_reserved_name(name)) {
            reader_.problems.error(place, fmt::format("'{}' is a word of the language and can't be the name of {}", name, what),
                                   "choose another name");
        } else if (const auto [first, is_new] = names_.try_emplace(name, Said{place, what}); !is_new) {
            const std::string where = line_of(first->second.place, place, reader_.files.sources());
            reader_.problems.error(place, fmt::format("'{}' is the name of {} already, on {}", name, first->second.what, where),
                                   "choose another name: expressions could not distinguish them");
        }
    }

    /// The same for a level, whose name fields may share.
    void add_level(const std::string& name, const Place& place) {
        const auto found = names_.find(name);
        if (found == names_.end())
            Names(reader_).add(name, place, "a level");
        else
            reader_.problems.error(place, fmt::format("'{}' is the name of {} already, on {}", name, found->second.what, line_of(found->second.place, place, reader_.files.sources())),
                                   "choose another name for the level: expressions could not distinguish them");
    }

private:
    struct Said {
        Place place;
        std::string_view what;
    };
    Reader& reader_;
    std::map<std::string, Said> names_;
};

Names common_names(Reader& reader) {
    Names names(reader);
    for (const Parameter& parameter : reader.scenario.parameters) names.add(parameter.name, parameter.place, "a parameter");
    std::set<std::string_view> panels;  // fields of their kind, also where its rows or their own table could not be read
    for (const auto& [kind, inputs] : reader.panels)
        for (const InputId id : inputs) panels.insert(reader.scenario.inputs[static_cast<std::size_t>(id.value)].name);
    for (const Input& input : reader.scenario.inputs)
        if (!input.on.is_given() && !panels.contains(input.name)) names.add(input.name, input.place, "an input");
    for (const AgentKind& kind : reader.scenario.agents) names.add(kind.name, kind.place, "a kind of agents");
    for (const LinkKind& kind : reader.scenario.links) names.add(kind.name, kind.place, "a kind of links");
    for (const Step& step : reader.scenario.steps)
        if (step.form != Step::Form::rule) names.add(step.name, step.place, "an event");
    return names;
}

/// No name that any row can see is that of a level.
void check_levels(const Scenario& scenario, std::vector<Names>& everywhere) {
    for (std::size_t i = 0; i < scenario.kind_count(); ++i)
        for (const Field& field : scenario.fields({static_cast<int>(i)}))
            for (const Level& level : field.levels)
                for (Names& names : everywhere) names.add_level(level.name, level.place);
}

void check_members(Reader& reader, const AgentKind& kind) {
    for (const AgentMember& member : kind.members) {
        if (std::string fault = name_fault(member.name); !fault.empty())
            reader.problems.error(member.place, std::move(fault), "an agent may be called by any text without control characters");
    }
}

/// Measures name columns of the results, beside the parameters.
void check_measures(Reader& reader) {
    for (const Measure& measure : reader.scenario.measures) {
        const std::string& name = measure.name;
        if (!is_identifier(name))
            reader.problems.error(measure.place, fmt::format("'{}' can't be the name of a measure", name),
                                  name_help(name));
        else if (is_reserved_column(name))
            reader.problems.error(measure.place, fmt::format("'{}' is a column of the tables of results and can't be the name of a measure", name),
                                  "choose another name: such columns are " + listed(reserved_columns()));
        else if (reader.scenario.schema.parameter(name))
            reader.problems.error(measure.place, fmt::format("'{}' is the name of a parameter already", name),
                                  "choose another name: both are columns of the results");
    }
}

/// What would have the name of another measure in tables of studies.
class ColumnCheck {
public:
    explicit ColumnCheck(Reader& reader) : reader_(reader) {
        for (const Measure& measure : reader.scenario.measures) by_name_.emplace(measure.name, &measure);
    }

    void run() {
        for (const Measure& measure : reader_.scenario.measures) {
            if (measure.on.value >= 0) continue;
            const bool is_date = entente::is_date(measure);
            std::vector<std::string> columns{measure.name};
            if (is_date) columns = {measure.name + "_years", measure.name + "_came"};
            for (const std::string& column : columns) {
                if (is_date) look_for(column, "a number made of the date", measure);
                look_for(column + "_se", "the standard error of", measure);
                columns_.insert(column + "_se");
                if (is_date) columns_.insert(column);
            }
        }
    }

    /// Whether some table of results has a column of that name for something else than a parameter.
    [[nodiscard]] bool takes(const std::string& name) const { return is_reserved_column(name) || columns_.contains(name); }

private:
    void look_for(const std::string& name, std::string_view what, const Measure& of) {
        const auto found = by_name_.find(name);
        if (found == by_name_.end() || found->second->on.value >= 0) return;
        reader_.problems.error(found->second->place, fmt::format("in tables of studies '{}' is {} '{}'", name, what, of.name),
                               "choose another name: one of the two columns would be lost");
    }

    Reader& reader_;
    std::unordered_map<std::string, const Measure*> by_name_;
    std::set<std::string> columns_;  ///< made of measures, in tables of points
};

}  // namespace

void check_columns(Reader& reader) {
    ColumnCheck columns(reader);
    columns.run();
    const std::string prefix = "parameter_";
    for (const Parameter& parameter : reader.scenario.parameters) {
        const std::string rest = parameter.name.starts_with(prefix) ? parameter.name.substr(prefix.size()) : "";
        if (!rest.empty() && reader.scenario.schema.parameter(rest) && columns.takes(rest))
            reader.problems.error(parameter.place, fmt::format("in tables of results '{}' is the parameter '{}'", parameter.name, rest),
                                  "choose another name: one of the two columns would be lost");
        if (columns.takes(parameter.name))
            reader.problems.warning(parameter.place,
                                    fmt::format("tables of results have a column '{0}' of their own: the parameter is called 'parameter_{0}' there",
                                                parameter.name),
                                    "with another name it is called the same everywhere");
    }
}

void check_names(Reader& reader) {
    const Scenario& scenario = reader.scenario;
    const Names common = common_names(reader);
    std::vector<Names> own;
    for (std::size_t i = 0; i < scenario.kind_count(); ++i) {
        const KindId kind{static_cast<int>(i)};
        Names& names = own.emplace_back(common);
        for (const Field& field : scenario.fields(kind)) names.add(field.name, field.place, field.input.is_given() ? "an input" : "a field");
        for (const Derived& derived : scenario.derived(kind)) names.add(derived.name, derived.place, "a derived field");
    }
    std::vector<Names> everywhere = own;
    for (const Step& step : scenario.steps) {
        Names names = own[static_cast<std::size_t>(step.on.value)];
        for (const Let& let : step.lets) names.add(let.name, let.place, "a `let`");
        if (!step.lets.empty()) everywhere.push_back(std::move(names));
    }
    check_levels(scenario, everywhere);
    for (const AgentKind& kind : scenario.agents) check_members(reader, kind);
    check_measures(reader);
}

}  // namespace entente
