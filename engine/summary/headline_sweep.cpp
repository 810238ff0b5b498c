#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/summary/headline.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

constexpr std::size_t factors_of_a_point = 3;

class SweepHeadline {
public:
    SweepHeadline(const StudyValues& values, const Study& study, const NameLabels& labels) : values_(values), study_(study), labels_(labels) {}

    [[nodiscard]] Headline headline(const OutcomeOverPoints& over) const {
        const OutcomeWords words = words_in_headline(values_.layout(), over.outcome);
        Headline headline{.measure = values_.layout().measures[over.outcome.measure].name, .figure = over.outcome.told(), .says = words.says, .numbers = {}, .sentence = {}};
        if (over.least_at < 0) {
            headline.numbers.push_back({.of = {}, .number = "–", .interval = {}, .apart = {}});
            headline.sentence = words.begun + ": no number at any point.";
            return headline;
        }
        const auto sampled = outcome_values(values_, over.outcome, 0, 0, values_.points());
        HeadlineNumber least = number(over, sampled, over.least_at);
        const std::string of = counted(over.points, "point");
        if (!(over.greatest > over.least)) {
            least.of = over.points > 1 ? fmt::format("all {}", of) : point(over.least_at);
            headline.sentence = fmt::format("{}: {} at {}.", words.begun, least.number, least.of);
            headline.numbers.push_back(std::move(least));
            return headline;
        }
        HeadlineNumber greatest = number(over, sampled, over.greatest_at);
        if (!(least.high < greatest.low)) greatest.apart = "not told apart";
        headline.says += fmt::format("; least and greatest of {}", of);
        headline.sentence = fmt::format("{}: from {} at {} to {} at {}{}.", words.begun, least.number, least.of, greatest.number, greatest.of,
                                        greatest.apart.empty() ? "" : " (intervals overlap: not told apart)");
        headline.numbers = {std::move(least), std::move(greatest)};
        return headline;
    }

private:
    [[nodiscard]] HeadlineNumber number(const OutcomeOverPoints& over, std::span<const double> sampled, std::int64_t at) const {
        const auto sample = values_of_point(values_, sampled, at);
        const Interval interval = interval_of_point(over.outcome, sample);
        const bool is_share = over.outcome.rule == Outcome::Rule::level || over.outcome.rule == Outcome::Rule::came;
        HeadlineNumber found = is_share ? share_number(mean(sample), interval) : mean_number(mean(sample), interval, over.outcome.unit);
        found.of = point(at);
        return found;
    }

    /// `reaction = 0.3, fatigue = 1`; of many factors the point's number.
    [[nodiscard]] std::string point(std::int64_t number) const {
        if (study_.points.factors() > factors_of_a_point) return fmt::format("point {}", with_commas(number));
        std::string text;
        for (std::size_t f = 0; f < study_.points.factors(); ++f)
            text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", labels_.parameter(study_.points.names[f]),
                                readable(study_.points.row(static_cast<std::size_t>(number))[f]));
        return text;
    }

    const StudyValues& values_;
    const Study& study_;
    const NameLabels& labels_;
};

}  // namespace

std::vector<Headline> sweep_headline(const StudyValues& values, const Study& study, const NameLabels& labels, const SweepSummary& summary) {
    const SweepHeadline words(values, study, labels);
    std::vector<Headline> headline;
    const auto add = [&](std::size_t measure) {
        const OutcomeOverPoints* found = nullptr;
        const auto rank = [](const OutcomeOverPoints& over) { return std::pair(rank_in_headline(over.outcome), over.outcome.rule == Outcome::Rule::level ? over.least - over.greatest : 0); };
        for (const OutcomeOverPoints& over : summary.outcomes)
            if (over.outcome.measure == measure && (found == nullptr || rank(over) < rank(*found))) found = &over;
        if (found != nullptr) headline.push_back(words.headline(*found));
    };
    for (const std::size_t measure : values.layout().headline) add(measure);
    if (headline.empty() && !summary.outcomes.empty()) add(summary.outcomes.front().outcome.measure);
    return headline;
}

}  // namespace entente
