#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

struct PriorForm {
    std::string_view name;
    Prior::Form form;
    std::size_t fewest;
    std::size_t most;
    std::string_view signature;
};

constexpr std::array<PriorForm, 7> prior_forms{{
    {"uniform", Prior::Form::uniform, 2, 2, "uniform(a, b) with a < b"},
    {"loguniform", Prior::Form::loguniform, 2, 2, "loguniform(a, b) with 0 < a < b"},
    {"normal", Prior::Form::normal, 2, 2, "normal(m, s) with s > 0"},
    {"lognormal", Prior::Form::lognormal, 2, 2, "lognormal(m, s) with s > 0"},
    {"beta", Prior::Form::beta, 2, 2, "beta(a, b) with a > 0 and b > 0"},
    {"choice", Prior::Form::choice, 1, std::string_view::npos, "choice(a, b, …)"},
    {"integers", Prior::Form::integers, 2, 2, "integers(a, b), whole and a <= b"},
}};

bool is_sound(const Prior& prior) {
    const auto& x = prior.arguments;
    switch (prior.form) {
        case Prior::Form::uniform:
            return x[0] < x[1];
        case Prior::Form::loguniform:
            return 0 < x[0] && x[0] < x[1];
        case Prior::Form::normal:
        case Prior::Form::lognormal:
            return x[1] > 0;
        case Prior::Form::beta:
            return x[0] > 0 && x[1] > 0;
        case Prior::Form::choice:
            return true;
        case Prior::Form::integers:
            return x[0] == std::floor(x[0]) && x[1] == std::floor(x[1]) && x[0] <= x[1];
    }
    return false;
}

/// The smallest and largest values a prior can give; normal and lognormal have tails that the range cuts.
Range support(const Prior& prior) {
    const auto& x = prior.arguments;
    if (prior.form == Prior::Form::beta) return {0, 1};
    if (prior.form == Prior::Form::choice) return {*std::min_element(x.begin(), x.end()), *std::max_element(x.begin(), x.end())};
    if (prior.form == Prior::Form::normal || prior.form == Prior::Form::lognormal) return {};
    return {x[0], x[1]};
}

/// `a, b)`: the numbers, or nothing and a problem.
std::optional<std::vector<double>> arguments_of(const Text& text, std::size_t open, Problems& problems) {
    std::vector<double> numbers;
    for (std::size_t from = open + 1; from < text.value.size();) {
        const std::size_t end = text.value.find_first_of(",)", from);
        const Text part = trimmed_part(text, from, end - from);
        const auto number = parse_number(part.value);
        if (!number || !std::isfinite(*number)) {
            problems.error(part.place, fmt::format("'{}' is no finite number", part.value), "the arguments of a prior are numbers");
            return std::nullopt;
        }
        numbers.push_back(*number);
        from = end + 1;
    }
    return numbers;
}

std::optional<Prior> prior_of(const Node& node, const Range& range, Problems& problems) {
    static constexpr std::string_view help =
        "write uniform(a, b), loguniform(a, b), normal(m, s), lognormal(m, s), beta(a, b), choice(a, b, …) or integers(a, b)";
    const std::size_t open = node.is_scalar() ? node.text.value.find('(') : std::string::npos;
    if (open == std::string::npos || node.text.value.find(')') + 1 != node.text.value.size()) {
        const bool is_torn = open != std::string::npos && !node.quoted && node.text.value.find(')') == std::string::npos;
        wrong_type(node, "prior", "a distribution", problems,
                   is_torn ? "put it in quotes: within { } a comma ends a text" : std::string(help));
        return std::nullopt;
    }
    const Text name = trimmed_part(node.text, 0, open);
    const auto form = std::find_if(prior_forms.begin(), prior_forms.end(), [&](const PriorForm& f) { return f.name == name.value; });
    if (form == prior_forms.end()) {
        std::vector<std::string> names;
        for (const PriorForm& known : prior_forms) names.emplace_back(known.name);
        problems.error(name.place, fmt::format("no prior is called '{}'", name.value), did_you_mean(name.value, names, std::string(help)));
        return std::nullopt;
    }
    auto numbers = arguments_of(node.text, open, problems);
    if (!numbers) return std::nullopt;
    const Prior prior{form->form, std::move(*numbers)};
    if (prior.arguments.size() < form->fewest || prior.arguments.size() > form->most || !is_sound(prior)) {
        wrong_type(node, "prior", "a distribution", problems, fmt::format("write {}", form->signature));
        return std::nullopt;
    }
    const Range reach = support(prior);
    const bool is_tailed = prior.form == Prior::Form::normal || prior.form == Prior::Form::lognormal;
    if (!is_tailed && (!range.holds(reach.low) || !range.holds(reach.high)))
        problems.error(
            node.place,
            fmt::format("the prior '{}' reaches outside the range [{}, {}]", node.text.value, shown(range.low), shown(range.high)),
            "widen the range or narrow the prior");
    return prior;
}

Parameter parameter_of(const Entry& entry, Problems& problems) {
    Parameter parameter;
    parameter.name = entry.key.value;
    parameter.place = entry.key.place;
    const Node& node = *entry.value;
    if (!node.is_map()) {
        parameter.value = read_number(node, parameter.name, problems).value_or(0);
        return parameter;
    }
    const Mapping mapping(node, Section::parameter, problems);
    parameter.unit = mapping.text("unit");
    parameter.range = mapping.range();
    parameter.remarks = mapping.remarks();
    if (const auto value = mapping.number("value")) {
        parameter.value = *value;
        if (!parameter.range.holds(*value))
            problems.error(mapping.find("value")->place,
                           fmt::format("the value {} of '{}' lies outside its range [{}, {}]", shown(*value), parameter.name,
                                       shown(parameter.range.low), shown(parameter.range.high)),
                           "change the value or widen the range");
    }
    if (const Node* prior = mapping.find("prior")) parameter.prior = prior_of(*prior, parameter.range, problems);
    return parameter;
}

}  // namespace

void read_parameters(Reader& reader, const Named& parameters) {
    for (const Entry& entry : parameters.entries()) {
        reader.scenario.parameters.push_back(parameter_of(entry, reader.problems));
        reader.scenario.schema.parameters.push_back(entry.key.value);
    }
}

}  // namespace entente
