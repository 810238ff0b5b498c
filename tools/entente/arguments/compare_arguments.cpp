#include "arguments/compare_arguments.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>
#include <entente/scenario/settings.hpp>

#include "arguments/number_options.hpp"

namespace entente {

namespace {

constexpr std::string_view unchanged = "as-written";
constexpr std::string_view baseline_name = "baseline";

/// At commas outside brackets.
std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t comma = find_outside_brackets(text, ",");
        std::string_view part = text.substr(0, comma);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        parts.emplace_back(part.substr(0, part.find_last_not_of(' ') + 1));
        if (comma == std::string_view::npos) return parts;
        text.remove_prefix(comma + 1);
    }
}

bool has_variant(const Scenario& scenario, std::string_view name) {
    return std::ranges::any_of(scenario.variants, [&](const Variant& variant) { return variant.name == name; });
}

class Alternatives {
public:
    Alternatives(const CompareArguments& asked, const Scenario& as_written) : asked_(asked), as_written_(as_written) {}

    std::vector<Alternative> all() {
        made_.push_back(made(asked_.baseline.empty() ? std::string(unchanged) : asked_.baseline));
        Alternative& baseline = made_.front();
        const bool written = baseline.name == unchanged;
        for (const auto& text : asked_.with.empty() ? every_variant(baseline) : asked_.with) add(text);
        if (made_.size() == 1)
            throw Error(fmt::format("'{}' has no variants to compare", as_written_.path),
                        "name alternatives, as in --with name=value; each --with is one");
        if (written && !has_variant(as_written_, baseline_name)) made_.front().name = baseline_name;
        return std::move(made_);
    }

private:
    [[nodiscard]] std::vector<std::string> every_variant(const Alternative& baseline) const {
        std::vector<std::string> names;
        if (baseline.name != unchanged) names.emplace_back(unchanged);
        for (const Variant& variant : as_written_.variants)
            if (variant.name != baseline.name) names.push_back(variant.name);
        return as_written_.variants.empty() ? std::vector<std::string>() : names;
    }

    void add(const std::string& text) {
        const bool is_the_word = text == baseline_name && !has_variant(as_written_, baseline_name);
        Alternative alternative = is_the_word ? made_.front() : made(text);
        if (alternative.name == made_.front().name)
            throw Error(fmt::format("'{}' is the baseline, with which the others are compared", text),
                        "drop it, or choose another --baseline");
        if (std::ranges::any_of(made_, [&](const Alternative& one) { return one.name == alternative.name; }))
            throw Error(fmt::format("the alternative '{}' is given twice", alternative.name), "name each once");
        made_.push_back(std::move(alternative));
    }

    [[nodiscard]] Alternative made(const std::string& text) const {
        ScenarioArguments own{.file = asked_.study.scenario.file, .variant = {}, .settings = {}};
        for (const auto& part : parts_of(text)) {
            if (part.empty()) throw Error(fmt::format("'{}' lacks a name between its commas", text), "as in --with no_aid,aid_rate=2");
            if (part == unchanged) continue;
            if (split_assignment(part).value) {
                own.settings.push_back(part);
            } else if (own.variant.empty()) {
                own.variant = part;
            } else {
                throw Error(fmt::format("'{}' names two variants", text),
                            "an alternative is one variant at most, with as many values as you like");
            }
        }
        Alternative alternative{.name = {}, .change = own, .scenario = {}};
        auto& settings = alternative.change.settings;
        settings.insert(settings.begin(), asked_.study.scenario.settings.begin(), asked_.study.scenario.settings.end());
        alternative.scenario = alternative.change.changed(as_written_);
        std::vector<std::string> words;
        if (!own.variant.empty()) words.push_back(own.variant);
        for (const auto& [name, value] : own.values_set(alternative.scenario)) words.push_back(fmt::format("{}={}", name, exact(value)));
        alternative.name = words.empty() ? std::string(unchanged) : fmt::format("{}", fmt::join(words, ", "));
        return alternative;
    }

    const CompareArguments& asked_;
    const Scenario& as_written_;
    std::vector<Alternative> made_;
};

}  // namespace

void CompareArguments::add_to(Options& app) {
    app.add_option("FILE", study.scenario.file, "Scenario file (YAML); - reads standard input")->required();
    app.add_option("--with", with,
                   "An alternative: a variant's name, values as NAME=VALUE, or both, separated by commas; one --with each (default: every "
                   "variant of the file)")
        ->type_name("WHAT")
        ->allow_extra_args(false)
        ->group("What to vary");
    app.add_option("--baseline", baseline, "What they are compared with, in the same form (default: the scenario as written)")
        ->type_name("WHAT")
        ->group("What to vary");
    app.add_option("--set", study.scenario.settings, "Set a value in all of them, the baseline included; may be repeated")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false)
        ->group("What to vary");
    app.add_option("--measure", measures,
                   "Compare only this measure or outcome (default: all of the world as a whole); NAME[2024] is one year of a yearly measure, "
                   "NAME[syria] one row of a measure with `on:`, NAME[mission] the share of runs on a level, NAME all rows and levels; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false)
        ->group("Where results go");
    app.add_option_function(
           "--confidence", [this](const std::string& text) { confidence = confidence_number("--confidence", text); },
           "Confidence of all intervals (default: 0.95)")
        ->type_name("SHARE")
        ->group("Where results go");
    app.add_flag_callback(
           "--no-courses", [this] { courses = false; },
           "Write no courses.csv, which needs a second pass of up to 1,000 runs per alternative")
        ->group("Where results go");
    study.add_plan_to(app,
                      "Runs per alternative (default: `runs` of the scenario); replicate r draws the same random numbers in all of them");
    app.add_flag("--unpaired", study.unpaired, "Give each alternative its own random numbers (default: common random numbers)")
        ->group("What to run");
}

std::vector<Alternative> alternatives_of(const CompareArguments& asked, const Scenario& as_written) {
    return Alternatives(asked, as_written).all();
}

}  // namespace entente
