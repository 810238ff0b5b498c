#include <entente/scenario/labels.hpp>

#include <algorithm>

namespace entente {
namespace {

const std::string& told(const std::map<std::string, std::string>& labels, const std::string& name) {
    const auto found = labels.find(name);
    return found == labels.end() ? name : found->second;
}

template <class Things>
std::map<std::string, std::string> those_of(const Things& things) {
    std::map<std::string, std::string> labels;
    for (const auto& one : things)
        if (!one.remarks.label.empty()) labels.emplace(one.name, one.remarks.label);
    return labels;
}

}  // namespace

const std::string& NameLabels::parameter(const std::string& name) const { return told(parameters, name); }

const std::string& NameLabels::variant(const std::string& name) const { return told(variants, name); }

std::string NameLabels::alternative(const std::string& name) const {
    const std::size_t comma = std::min(name.find(','), name.size());
    return variant(name.substr(0, comma)) + name.substr(comma);
}

NameLabels labels_of(const Scenario& scenario) {
    return {those_of(scenario.parameters), those_of(scenario.variants)};
}

}  // namespace entente
