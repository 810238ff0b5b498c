#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/elementary.hpp>
#include <entente/base/wording.hpp>
#include <entente/summary/headline.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

bool is_in_percent(const Outcome& outcome) {
    return outcome.rule == Outcome::Rule::level || outcome.rule == Outcome::Rule::came || is_share_unit(outcome.unit);
}

std::string difference_words(const Outcome& outcome, const Difference& difference, double confidence) {
    const bool is_higher = difference.mean > 0;
    const double low = is_higher ? difference.interval.low : -difference.interval.high;
    const double high = is_higher ? difference.interval.high : -difference.interval.low;
    const bool is_share = is_in_percent(outcome);
    const std::string size = is_share ? points_words(std::abs(difference.mean)) + " percentage points" : quantity_words(std::abs(difference.mean), outcome.unit);
    const std::string range = is_share ? fmt::format("{}–{}", points_words(low), points_words(high)) : range_words(low, high, outcome.unit);
    return fmt::format("{} {} ({} % interval {})", size, is_higher ? "higher" : "lower", percent(confidence), range);
}

namespace {

class ComparisonHeadline {
public:
    ComparisonHeadline(const ComparedRuns& runs, const Comparison& comparison, const OutcomeComparison& compared)
        : runs_(runs), comparison_(comparison), compared_(compared), outcome_(compared.outcome) {}

    [[nodiscard]] Headline headline() const {
        const OutcomeWords words = words_in_headline(runs_.layout, outcome_);
        const DateComparison* date = outcome_.rule == Outcome::Rule::came ? date_of() : nullptr;
        Headline headline{.measure = runs_.layout.measures[outcome_.measure].name, .figure = date != nullptr ? date->told() : outcome_.told(), .says = words.says, .numbers = {}, .sentence = words.begun + ": "};
        for (std::size_t i = 0; i < runs_.alternatives.size(); ++i) {
            HeadlineNumber number = date != nullptr ? share_number(date->alternatives[i].share, date->alternatives[i].interval, comparison_.confidence) : mean_of(i);
            number.of = runs_.alternatives[i].told();
            if (i > 0) number.apart = apart(compared_.versus[i - 1]);
            headline.sentence += fmt::format("{}{} {}", i == 0 ? "" : ", ", number.of, number.number);
            if (i > 0 && !is_apart(compared_.versus[i - 1])) headline.sentence += fmt::format(" ({})", number.apart);
            headline.numbers.push_back(std::move(number));
        }
        headline.sentence += '.';
        return headline;
    }

private:
    [[nodiscard]] const DateComparison* date_of() const {
        const std::string name = name_of_date(runs_.layout, outcome_);
        const auto found = std::ranges::find(comparison_.dates, name, &DateComparison::name);
        return found == comparison_.dates.end() ? nullptr : &*found;
    }

    [[nodiscard]] HeadlineNumber mean_of(std::size_t alternative) const {
        const OutcomeComparison::Mean& mean = compared_.means[alternative];
        if (outcome_.rule == Outcome::Rule::level)
            return share_number(mean.value, wilson_interval(static_cast<std::size_t>(std::llround(mean.value * static_cast<double>(mean.n))), mean.n, comparison_.confidence),
                                comparison_.confidence);
        const double reach = normal_quantile(0.5 + comparison_.confidence / 2) * mean.standard_error;
        return mean_number(mean.value, {mean.value - reach, mean.value + reach}, outcome_.unit, comparison_.confidence);
    }

    static bool is_apart(const OutcomeComparison::Versus& versus) { return versus.is_clear() && !versus.is_none(); }

    [[nodiscard]] std::string apart(const OutcomeComparison::Versus& versus) const {
        const Difference& difference = versus.difference;
        if (std::isnan(difference.mean)) return "not compared";
        if (versus.is_none()) return runs_.pairing == Pairing::paired ? "the same in every run" : "the same";
        if (!versus.is_clear()) return "not told apart";
        return difference_words(outcome_, difference, comparison_.confidence);
    }

    const ComparedRuns& runs_;
    const Comparison& comparison_;
    const OutcomeComparison& compared_;
    const Outcome& outcome_;
};

/// That by which a measure is told: of a date the chance, of levels the one on which most runs of the baseline are. Null where it is not compared.
const OutcomeComparison* foremost(const Comparison& comparison, std::size_t measure) {
    const OutcomeComparison* found = nullptr;
    const auto rank = [](const OutcomeComparison& one) {
        const double share = one.means.front().value;
        return std::pair(rank_in_headline(one.outcome), one.outcome.rule == Outcome::Rule::level && !std::isnan(share) ? -share : 0);
    };
    for (const OutcomeComparison& one : comparison.outcomes)
        if (one.outcome.measure == measure && (found == nullptr || rank(one) < rank(*found))) found = &one;
    return found;
}

}  // namespace

std::vector<Headline> comparison_headline(const ComparedRuns& runs, const Comparison& comparison) {
    std::vector<Headline> headline;
    const auto add = [&](std::size_t measure) {
        if (const OutcomeComparison* one = foremost(comparison, measure)) headline.push_back(ComparisonHeadline(runs, comparison, *one).headline());
    };
    for (const std::size_t measure : runs.layout.headline) add(measure);
    if (headline.empty() && !comparison.outcomes.empty()) add(comparison.outcomes.front().outcome.measure);
    return headline;
}

}  // namespace entente
