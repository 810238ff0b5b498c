/// Links that a scenario asks for by the names of both ends: such a link must exist. Between rows found at run time one may be missing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// Calls `visit` with every expression of a scenario, its variants' among them.
void visit_formulas(const Scenario& scenario, const std::function<void(const Formula&)>& visit);

struct Lookup {
    KindId kind;
    int source = 0;  ///< row of the source's kind
    int target = 0;
    Place place;
    std::string written;  ///< what stands before the bracket, `relation` or an event's name; "" where the row is written `a -> b`
};

/// Those that expressions read. What an expression asks for by has(…) may be missing, where it reads it too, and is none of them.
std::vector<Lookup> lookups_in_formulas(const Scenario& scenario);
/// Those that the timeline fires on or sets.
std::vector<Lookup> lookups_in_timeline(const std::vector<TimelineEntry>& timeline);
/// `row` itself, when it is a link between two named agents.
std::vector<Lookup> lookups_of(const RowRef& row, const Place& place, const std::string& written);

/// Whether a link is there, as far as what is written tells: where a pattern lays links out, that knows the model alone.
std::optional<bool> is_written(const LinkKind& kind, const std::unordered_set<std::uint64_t>& named, int source, int target);
/// The links of a kind that are named one by one or stand in its table, each as pair_of its ends.
std::unordered_set<std::uint64_t> named_links(const LinkKind& kind);
/// Two rows as one number.
inline std::uint64_t pair_of(int source, int target) {
    return static_cast<std::uint64_t>(source) << 32 | static_cast<std::uint32_t>(target);
}

/// Says that there is no such link; `turned_exists`: the one the other way does.
void say_missing(const Lookup& lookup, bool turned_exists, const Schema& schema, Problems& problems);

}  // namespace entente
