/// People's words for what commands and tables name.
#pragma once

#include <map>
#include <string>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// The labels of parameters and variants, by name. Those that have none are not in it: their names do.
struct NameLabels {
    std::map<std::string, std::string> parameters;
    std::map<std::string, std::string> variants;
    /// As tables for people and pages call a parameter, or whatever else is varied: a start value, a group of factors.
    [[nodiscard]] const std::string& parameter(const std::string& name) const;
    [[nodiscard]] const std::string& variant(const std::string& name) const;
    /// An alternative of a comparison, `no_aid` or `no_aid,aid_rate=4`: the variant by its label, what is set as it was asked for.
    [[nodiscard]] std::string alternative(const std::string& name) const;
};

NameLabels labels_of(const Scenario& scenario);

}  // namespace entente
