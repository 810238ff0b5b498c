#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/summary/headline.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/sensitivity_finding.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

constexpr std::size_t factors_in_headline = 3;

/// An outcome of the layout, and what was found of it.
struct Found {
    Outcome outcome;
    const OutcomeSensitivity* sensitivity = nullptr;
};

class SensitivityHeadline {
public:
    explicit SensitivityHeadline(const SensitivityReport& report) : report_(report), is_morris_(report.design.plan.method == SensitivityMethod::morris) {}

    [[nodiscard]] Headline headline(const Found& found) const {
        const OutcomeSensitivity& sensitivity = *found.sensitivity;
        const OutcomeWords words = words_in_headline(report_.layout, found.outcome);
        Headline headline{.measure = report_.layout.measures[found.outcome.measure].name, .figure = sensitivity.told(), .says = {}, .numbers = {}, .sentence = {}};
        if (sensitivity.variation != Variation::by_factors) {
            headline.numbers.push_back({.of = {}, .number = "–", .interval = {}, .apart = {}});
            headline.says = fmt::format("{}: {}", words.subject, none_words(sensitivity.variation));
            headline.sentence = fmt::format("{}: {}.", words.begun, none_words(sensitivity.variation));
            return headline;
        }
        headline.says = is_morris_ ? fmt::format("mean effect (mu*) on {}", words.subject) : fmt::format("total-order index: share of the variance of {}", words.subject);
        headline.sentence = strongest_finding(sensitivity, report_);
        const auto ranked = ranked_groups(sensitivity, report_.design);
        const Interval first = rank_of(sensitivity, report_.design, ranked.front()).interval;
        for (std::size_t i = 0; i < std::min(ranked.size(), factors_in_headline); ++i) headline.numbers.push_back(number(found, ranked[i], i > 0 ? &first : nullptr));
        return headline;
    }

private:
    [[nodiscard]] HeadlineNumber number(const Found& found, std::size_t group, const Interval* first) const {
        const Estimate& rank = rank_of(*found.sensitivity, report_.design, group);
        const double confidence = report_.bootstrap.confidence;
        HeadlineNumber number = mean_number(rank.value, rank.interval, is_morris_ ? found.outcome.unit : "", confidence);
        if (!is_morris_) {
            number.number = fmt::format("{:.2f}", rank.value);
            if (!number.interval.empty()) number.interval = fmt::format("{} % interval {:.2f}–{:.2f}", percent(confidence), rank.interval.low, rank.interval.high);
        }
        number.of = report_.record.labels.parameter(report_.design.groups.names[group]);
        if (first != nullptr && !(rank.interval.high < first->low)) number.apart = "not told apart";
        return number;
    }

    static std::string none_words(Variation variation) {
        switch (variation) {
            case Variation::noise:
                return "influences are indistinguishable from noise";
            case Variation::chance_alone:
                return "varies by chance alone";
            case Variation::constant:
                return "the same in every run";
            case Variation::excluded:
                return "varies, but too few of its points are complete";
            case Variation::no_numbers:
                return "no number in any run";
            case Variation::by_factors:
                break;
        }
        return "";
    }

    const SensitivityReport& report_;
    bool is_morris_;
};

}  // namespace

std::vector<Headline> sensitivity_headline(const SensitivityReport& report) {
    std::vector<Found> all;
    for (Outcome& outcome : outcomes(report.layout)) {
        const auto found = std::ranges::find(report.outcomes, outcome.name, &OutcomeSensitivity::name);
        if (found != report.outcomes.end()) all.push_back({std::move(outcome), &*found});
    }
    const auto rank = [](const Found& one) {
        return std::tuple(one.sensitivity->variation != Variation::by_factors, rank_in_headline(one.outcome), one.outcome.rule == Outcome::Rule::level ? -one.sensitivity->variance : 0);
    };
    const SensitivityHeadline words(report);
    std::vector<Headline> headline;
    const auto add = [&](std::size_t measure) {
        const Found* best = nullptr;
        for (const Found& one : all)
            if (one.outcome.measure == measure && (best == nullptr || rank(one) < rank(*best))) best = &one;
        if (best != nullptr) headline.push_back(words.headline(*best));
    };
    for (const std::size_t measure : report.layout.headline) add(measure);
    if (headline.empty() && !all.empty()) add(all.front().outcome.measure);
    return headline;
}

}  // namespace entente
