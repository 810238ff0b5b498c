#include <entente/language/schema.hpp>

#include <algorithm>
#include <array>

#include <entente/language/functions.hpp>
#include <entente/language/words.hpp>

namespace entente {
namespace {

template <class Id>
std::optional<Id> index_of(const std::vector<std::string>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return Id{static_cast<int>(found - names.begin())};
}

template <class Id, class Item>
std::optional<Id> index_by_name(const std::vector<Item>& items, std::string_view name) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.name == name; });
    if (found == items.end()) return std::nullopt;
    return Id{static_cast<int>(found - items.begin())};
}

template <class Entries>
bool has_name(const Entries& entries, std::string_view name) {
    return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.name == name; });
}

}  // namespace

std::optional<KindId> Schema::kind(std::string_view name) const {
    return index_by_name<KindId>(kinds, name);
}
const std::vector<std::string>& Schema::levels(KindId kind, FieldId field) const {
    static const std::vector<std::string> none;
    const auto& all = (*this)[kind].levels;
    const auto at = static_cast<std::size_t>(field.value);
    return at < all.size() ? all[at] : none;
}
std::optional<double> Schema::level(std::string_view name) const {
    const auto found = level_values.find(name);
    return found == level_values.end() || found->second.size() != 1 ? std::nullopt : std::optional(*found->second.begin());
}
std::optional<double> level_among(const std::vector<std::string>& levels, std::string_view name) {
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (levels[i] == name) return static_cast<double>(i);
    return std::nullopt;
}
std::optional<EventId> Schema::event(std::string_view name) const {
    return index_by_name<EventId>(events, name);
}
std::optional<ParameterId> Schema::parameter(std::string_view name) const {
    return index_of<ParameterId>(parameters, name);
}
std::optional<InputId> Schema::input(std::string_view name) const {
    const auto found = std::ranges::find_if(inputs, [&](const Input& one) { return !one.on.is_given() && one.name == name; });
    return found == inputs.end() ? std::nullopt : std::optional(InputId{static_cast<int>(found - inputs.begin())});
}
std::optional<FieldId> Schema::field(KindId kind, std::string_view name) const {
    return index_of<FieldId>((*this)[kind].fields, name);
}
std::optional<DerivedId> Schema::derived(KindId kind, std::string_view name) const {
    return index_of<DerivedId>((*this)[kind].derived, name);
}

std::optional<MemberId> Schema::member(KindId kind, std::string_view name) const {
    const auto& rows = (*this)[kind].member_rows;
    const auto found = rows.find(std::string(name));
    if (found == rows.end()) return std::nullopt;
    return MemberId{found->second};
}

bool is_reserved_name(std::string_view name) {
    return std::ranges::find(words(), name, &WordEntry::word) != words().end() || has_name(functions(), name) || has_name(draws(), name) ||
           has_name(aggregates(), name) || has_name(over_time_functions(), name);
}

}  // namespace entente
