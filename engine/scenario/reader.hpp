/// What reading a scenario goes through, section by section. First all names are declared, then every expression is checked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <entente/scenario/files.hpp>
#include <entente/scenario/lookups.hpp>
#include <entente/scenario/merge.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/scenario/values.hpp>

namespace entente {

struct Reader {
    enum class Wanted { any, agents, links };

    explicit Reader(Files& all_files) : files(all_files), problems(all_files.problems()) {}

    Files& files;
    Problems& problems;
    Scenario scenario;
    bool has_calendar = false;
    std::set<std::string, std::less<>> lost;  ///< names whose declaration was bad: of them no more is said
    std::map<std::string, std::vector<InputId>, std::less<>> panels;  ///< by the kind that they are on, as written
    std::set<int> incomplete;                 ///< kinds of links of which one could not be read: none can be said to be missing

    /// The kind of that name, or nothing and a problem.
    std::optional<KindId> find_kind(const Text& name, Wanted wanted);
    /// Whether a field has its values from an input, and nothing else may give it any.
    [[nodiscard]] bool is_input(KindId kind, FieldId field) const;
    /// Whether the text mentions a lost name.
    [[nodiscard]] bool mentions_lost(std::string_view text) const;
    /// Says it of each link that can't exist.
    void check_links(const std::vector<Lookup>& lookups);

private:
    void check_link(const Lookup& lookup);

    std::unordered_map<int, std::unordered_set<std::uint64_t>> links_;  ///< by link kind, made when first asked for
};

/// Says it when the link can't exist; `named` are the named_links of its kind.
void check_link(const Lookup& lookup, const Scenario& scenario, const std::unordered_set<std::uint64_t>& named, Problems& problems);

// -- declaring: each section gives its part of the Scenario and Schema ---------------------------------------------------------------

void read_top(Reader& reader, const Merged& merged);  ///< title, authors, calendar, runs
void read_parameters(Reader& reader, const Named& parameters);
void declare_inputs(Reader& reader, const Named& inputs);  ///< their names; what they hold is read when all rows are known
void read_inputs(Reader& reader, const Named& inputs);
void read_input(Reader& reader, const Node& node, Input& input);  ///< one of them
void read_agents(Reader& reader, const std::vector<MergedKind>& kinds);
void read_links(Reader& reader, const std::vector<MergedKind>& kinds);
void read_steps(Reader& reader, const Named& steps);
void read_measures(Reader& reader, const Named& measures);
void read_headline(Reader& reader, const Node& headline);  ///< after the measures
void read_observed(Reader& reader, const Named& observed);
void read_variants(Reader& reader, const Named& variants, const Named& inputs);
void read_record(Reader& reader, const std::vector<NodePtr>& entries);  ///< events on record, after the timeline
std::vector<TimelineEntry> read_timeline(Reader& reader, const std::vector<NodePtr>& entries);  ///< by tick, then as written

/// The entries of `- {table: …}`, one a line, as they stand there.
void read_timeline_table(Reader& reader, const Mapping& entry, std::vector<TimelineEntry>& timeline);

void read_fields(Reader& reader, const MergedKind& kind, std::vector<Field>& fields, std::vector<Derived>& derived, Schema::Kind& names);
/// `starts` of a member of `kind`: {field: value, …}.
enum class MemberKeys { none, may_be_there };  ///< whether `label`, `iso` and `position` stand among starts
std::vector<StartOverride> read_starts(Reader& reader, const Node& starts, KindId kind, MemberKeys keys = MemberKeys::none);
std::optional<Pattern> read_pattern(Reader& reader, const MergedKind& kind, const LinkKind& link);
std::optional<Measure::Per> read_per(const Node* node, Problems& problems);

// -- tables --------------------------------------------------------------------------------------------------------------------------

void read_agent_table(Reader& reader, const Node& table, KindId kind, AgentKind& agents);
void read_link_table(Reader& reader, const Node& table, KindId kind, LinkKind& links);
/// What a table of records has beside the names of rows: the time at which each was so, what was, or both.
struct RecordColumns {
    bool dates = true;
    bool values = true;
    std::optional<DatePrecision> precision{};  ///< of dates without values
    std::optional<RecordedDate> never{};       ///< what is on record of rows without a date; none: nothing
};
/// Records from a table, as a file or a mapping: over time, or by row of a kind (`on`). What a cell leaves empty is not known, and no record.
void read_record_table(Reader& reader, const Node& table, KindId on, RecordColumns columns, Observed& observed);

// -- checking ------------------------------------------------------------------------------------------------------------------------

void check_names(Reader& reader);     ///< identifiers, words of the language, names that hide each other
void check_formulas(Reader& reader);  ///< parses every expression; circles of derived fields; starts outside their ranges
void check_columns(Reader& reader);   ///< columns of tables of results that would have the same name
void check_lookups(Reader& reader);   ///< links between named agents that do not exist
void check_units(Reader& reader);     ///< sums, comparisons, assignments and rates of unlike units; units of derived fields and measures
void warn_of_unused(Reader& reader);  ///< parameters and fields that nothing reads

}  // namespace entente
