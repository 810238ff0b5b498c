#include <entente/scenario/prior.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/document.hpp>
#include <entente/scenario/values.hpp>

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

void wrong_prior(const Text& text, std::string_view key, std::string help, Problems& problems) {
    problems.error(text.place, fmt::format("'{}' must be a distribution, and this is the text '{}'", key, text.value), std::move(help));
}

const PriorForm* find_form(const Text& name, Problems& problems) {
    const auto form = std::find_if(prior_forms.begin(), prior_forms.end(), [&](const PriorForm& f) { return f.name == name.value; });
    if (form != prior_forms.end()) return &*form;
    std::vector<std::string> names;
    for (const PriorForm& known : prior_forms) names.emplace_back(known.name);
    problems.error(name.place, fmt::format("no prior is called '{}'", name.value),
                   did_you_mean(name.value, names, std::string(prior_help)));
    return nullptr;
}

/// Says it when a prior without tails gives values that are not allowed.
void check_reach(const Prior& prior, const Text& text, const Range& range, Problems& problems) {
    const Range reach = support(prior);
    const bool is_tailed = prior.form == Prior::Form::normal || prior.form == Prior::Form::lognormal;
    if (is_tailed || (range.holds(reach.low) && range.holds(reach.high))) return;
    problems.error(text.place,
                   fmt::format("the prior '{}' reaches outside the range [{}, {}]", text.value, shown(range.low), shown(range.high)),
                   "widen the range or narrow the prior");
}

}  // namespace

bool is_call(std::string_view text) {
    return text.find('(') != std::string_view::npos && text.find(')') + 1 == text.size();
}

std::optional<std::vector<double>> read_arguments(const Text& text, std::size_t open, Problems& problems, const LevelOf& level_of) {
    std::vector<double> numbers;
    for (std::size_t from = open + 1; from < text.value.size();) {
        const std::size_t end = text.value.find_first_of(",)}", from);
        const Text part = trimmed_part(text, from, end - from);
        const auto level = level_of ? level_of(part.value) : std::nullopt;
        const auto number = level ? level : parse_number(part.value);
        if (!number || !std::isfinite(*number)) {
            problems.error(part.place, fmt::format("'{}' is not a finite number", part.value),
                           number_help(part.value).empty() ? "the arguments of a prior are numbers" : number_help(part.value));
            return std::nullopt;
        }
        numbers.push_back(*number);
        from = end + 1;
    }
    return numbers;
}

std::optional<Prior> read_prior(const Text& text, std::string_view key, const Range& range, Problems& problems, const LevelOf& level_of) {
    if (!is_call(text.value)) {
        wrong_prior(text, key, std::string(prior_help), problems);
        return std::nullopt;
    }
    const std::size_t open = text.value.find('(');
    const PriorForm* form = find_form(trimmed_part(text, 0, open), problems);
    auto numbers = form ? read_arguments(text, open, problems, level_of) : std::nullopt;
    if (!numbers) return std::nullopt;
    const Prior prior{form->form, std::move(*numbers)};
    if (prior.arguments.size() < form->fewest || prior.arguments.size() > form->most || !is_sound(prior)) {
        wrong_prior(text, key, fmt::format("write {}", form->signature), problems);
        return std::nullopt;
    }
    check_reach(prior, text, range, problems);
    return prior;
}

}  // namespace entente
