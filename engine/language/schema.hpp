/// What an expression may speak of: the kinds of agents and links, their fields, the parameters and events of a scenario.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <entente/base/ids.hpp>
#include <entente/base/names.hpp>

namespace entente {

using KindId = Id<struct KindTag>;
using FieldId = Id<struct FieldTag>;      ///< within its kind
using DerivedId = Id<struct DerivedTag>;  ///< within its kind
using EventId = Id<struct EventTag>;      ///< over the scenario
using ParameterId = Id<struct ParameterTag>;
using InputId = Id<struct InputTag>;
using MemberId = Id<struct MemberTag>;  ///< row of a named agent in its kind

struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    [[nodiscard]] bool holds(double x) const { return x >= low && x <= high; }
    [[nodiscard]] bool is_bounded() const {
        return low > -std::numeric_limits<double>::infinity() || high < std::numeric_limits<double>::infinity();
    }
};

/// Names only: what they mean and where they start is the Scenario's.
struct Schema {
    struct Kind {
        std::string name;
        bool is_link = false;
        KindId source;  ///< of links
        KindId target;
        std::vector<std::string> fields;
        std::vector<std::vector<std::string>> levels;  ///< by field: names of its values 0, 1, 2, …; empty where it has none
        std::vector<std::string> derived;
        std::vector<std::string> members;  ///< names of agents in row order; empty for links and for unnamed agents
        std::unordered_map<std::string, int> member_rows;
    };
    struct Event {
        std::string name;
        KindId on;
    };

    struct Input {
        std::string name;
        KindId on;  ///< a field of that kind, which reads it; none: it is read by its own name
    };

    std::vector<Kind> kinds;
    std::vector<std::string> parameters;
    std::vector<Input> inputs;
    std::vector<Event> events;
    std::map<std::string, std::set<double>, std::less<>> level_values;  ///< what each name of a level stands for; several where fields differ

    [[nodiscard]] std::optional<KindId> kind(std::string_view name) const;
    [[nodiscard]] const Kind& operator[](KindId id) const { return kinds[static_cast<std::size_t>(id.value)]; }
    [[nodiscard]] std::optional<FieldId> field(KindId kind, std::string_view name) const;
    [[nodiscard]] std::optional<DerivedId> derived(KindId kind, std::string_view name) const;
    /// The names of a field's values; none where it is a plain number.
    [[nodiscard]] const std::vector<std::string>& levels(KindId kind, FieldId field) const;
    /// What the name of a level stands for, where all fields that have it agree.
    [[nodiscard]] std::optional<double> level(std::string_view name) const;
    [[nodiscard]] std::optional<EventId> event(std::string_view name) const;
    [[nodiscard]] std::optional<ParameterId> parameter(std::string_view name) const;
    /// Of those that are read by their own names.
    [[nodiscard]] std::optional<InputId> input(std::string_view name) const;
    [[nodiscard]] std::optional<MemberId> member(KindId kind, std::string_view name) const;
};

/// The number of a level among the names of a field's; nothing where none is called so.
std::optional<double> level_among(const std::vector<std::string>& levels, std::string_view name);

/// A name of the language itself (functions, `tick`, `dt`, `self`, …), which no field, parameter, kind or `let` may have.
bool is_reserved_name(std::string_view name);

}  // namespace entente
