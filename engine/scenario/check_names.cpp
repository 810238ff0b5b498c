#include <map>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

constexpr std::string_view name_rule = "a name is letters a-z, digits and underscores, begins with no digit and is no word like `if`";

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
                                   "choose another name: expressions could not tell them apart");
        }
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
    for (const AgentKind& kind : reader.scenario.agents) names.add(kind.name, kind.place, "a kind of agents");
    for (const LinkKind& kind : reader.scenario.links) names.add(kind.name, kind.place, "a kind of links");
    for (const Step& step : reader.scenario.steps)
        if (step.form != Step::Form::rule) names.add(step.name, step.place, "an event");
    return names;
}

void check_members(Reader& reader, const AgentKind& kind) {
    for (const AgentMember& member : kind.members) {
        const std::string& name = member.name;
        if (!is_identifier(name))
            reader.problems.error(member.place, fmt::format("'{}' can't be the name of a member", name),
                                  name_help(name));
        else if (name == "self" || name == "source" || name == "target" || name == "reverse")
            reader.problems.error(member.place, fmt::format("'{}' is a word of the language and can't be the name of a member", name),
                                  "choose another name");
    }
}

/// Measures name columns of the results, beside the parameters.
void check_measures(Reader& reader) {
    for (const Measure& measure : reader.scenario.measures) {
        const std::string& name = measure.name;
        if (!is_identifier(name))
            reader.problems.error(measure.place, fmt::format("'{}' can't be the name of a measure", name),
                                  "a name is letters a-z, digits and underscores, begins with no digit and is no word like `if`");
        else if (name == "run" || name == "replicate" || name == "status" || name == "time")
            reader.problems.error(measure.place,
                                  fmt::format("'{}' is a column of every table of results and can't be the name of a measure", name),
                                  "choose another name");
        else if (reader.scenario.schema.parameter(name))
            reader.problems.error(measure.place, fmt::format("'{}' is the name of a parameter already", name),
                                  "choose another name: both are columns of the results");
    }
}

}  // namespace

void check_names(Reader& reader) {
    const Scenario& scenario = reader.scenario;
    const Names common = common_names(reader);
    std::vector<Names> own;
    for (std::size_t i = 0; i < scenario.kind_count(); ++i) {
        const KindId kind{static_cast<int>(i)};
        Names& names = own.emplace_back(common);
        for (const Field& field : scenario.fields(kind)) names.add(field.name, field.place, "a field");
        for (const Derived& derived : scenario.derived(kind)) names.add(derived.name, derived.place, "a derived field");
    }
    for (const Step& step : scenario.steps) {
        Names names = own[static_cast<std::size_t>(step.on.value)];
        for (const Let& let : step.lets) names.add(let.name, let.place, "a `let`");
    }
    for (const AgentKind& kind : scenario.agents) check_members(reader, kind);
    check_measures(reader);
}

}  // namespace entente
