#include <entente/study/factor_groups.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/language/quotes.hpp>
#include <entente/scenario/settings.hpp>

namespace entente {
namespace {

std::string without_blanks(std::string_view text) {
    std::string rest(text);
    std::erase_if(rest, [](char c) { return c == ' ' || c == '\t'; });
    return rest;
}

/// The parts between commas outside brackets.
std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t from = 0;
    for (std::size_t at = find_outside_brackets(text, ","); at != std::string_view::npos; at = find_outside_brackets(text, ",", from)) {
        parts.push_back(text.substr(from, at - from));
        from = at + 1;
    }
    parts.push_back(text.substr(from));
    return parts;
}

class Reading {
public:
    explicit Reading(std::span<const std::string> factors) : factors_(factors), named_(factors.size()) {}

    void add(const std::string& text) {
        const Assignment said = split_assignment(text);
        const std::string name(said.name);
        if (!said.value || name.empty() || without_blanks(*said.value).empty())
            throw Error(fmt::format("a group is NAME=factor,factor, not '{}'", text), "as in --group borders=patrols,fences");
        check_name(name);
        for (const std::string_view part : parts_of(*said.value)) claim(name, find(name, part));
    }

    [[nodiscard]] NamedGroups done() const {
        NamedGroups result;
        result.of_factor.resize(factors_.size());
        for (std::size_t k = 0; k < factors_.size(); ++k) {
            const std::string& name = named_[k].empty() ? factors_[k] : named_[k];
            const auto found = std::ranges::find(result.names, name);
            result.of_factor[k] = static_cast<std::size_t>(found - result.names.begin());
            if (found == result.names.end()) {
                result.names.push_back(name);
                result.members.emplace_back();
            }
            result.members[result.of_factor[k]].push_back(factors_[k]);
        }
        return result;
    }

private:
    void check_name(const std::string& name) const {
        if (std::ranges::find(named_, name) != named_.end())
            throw Error(fmt::format("two groups are called '{}'", name), "write all factors of a group in one --group");
        if (std::ranges::find(factors_, name) != factors_.end())
            throw Error(fmt::format("the group '{}' is called like a factor", name), "give it a name of its own");
    }

    [[nodiscard]] std::size_t find(const std::string& group, std::string_view part) const {
        const std::string wanted = without_blanks(part);
        for (std::size_t k = 0; k < factors_.size(); ++k)
            if (without_blanks(factors_[k]) == wanted) return k;
        throw Error(fmt::format("the group '{}' names '{}', which is not varied", group, wanted),
                    did_you_mean(wanted, factors_, "the factors are " + listed(factors_)));
    }

    void claim(const std::string& group, std::size_t factor) {
        std::string& owner = named_[factor];
        if (owner == group) throw Error(fmt::format("'{}' occurs twice in the group '{}'", factors_[factor], group), "write it once");
        if (!owner.empty())
            throw Error(fmt::format("'{}' is in the groups '{}' and '{}'", factors_[factor], owner, group),
                        "a factor moves with one group");
        owner = group;
    }

    std::span<const std::string> factors_;
    std::vector<std::string> named_;  ///< by factor: its group, or ""
};

}  // namespace

NamedGroups read_groups(std::span<const std::string> texts, std::span<const std::string> factors) {
    Reading reading(factors);
    for (const auto& text : texts) reading.add(text);
    return reading.done();
}

}  // namespace entente
