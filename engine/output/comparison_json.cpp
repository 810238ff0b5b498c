#include <entente/output/comparison_json.hpp>

#include <algorithm>

#include <nlohmann/json.hpp>

#include <entente/base/wording.hpp>
#include <entente/output/headline_json.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_failures_in_json = 20;

Json to_json(const Interval& interval) {
    return {interval.low, interval.high};
}

Json to_json(const Share& share) {
    return {{"count", share.count}, {"share", share.value()}, {"interval", to_json(share.interval)}};
}

/// Of the alternative less the baseline; `n` counts pairs or, where there are none, the alternative's runs.
Json to_json(const Difference& difference) {
    Json json = {{"difference", difference.mean},
                 {"standard_error", difference.standard_error},
                 {"interval", to_json(difference.interval)},
                 {"n", difference.of_b},
                 {"n_baseline", difference.of_a},
                 {"excluded", difference.left_out},
                 {"degrees_of_freedom", difference.degrees}};
    if (const auto& pairs = difference.of_pairs) {
        json["sd"] = pairs->sd;
        json["correlation"] = pairs->correlation;
        json["variance_reduction"] = pairs->variance_reduction;
    }
    return json;
}

void add(const Superiority& superiority, Json& json) {
    json["larger"] = superiority.b_larger;
    json["smaller"] = superiority.a_larger;
    json["equal"] = superiority.equal;
    json["superiority"] = superiority.value();
    if (superiority.interval) json["larger_interval"] = to_json(*superiority.interval);
}

class Writer {
public:
    explicit Writer(const ComparedRuns& runs) : runs_(runs) {}

    [[nodiscard]] Json alternatives() const {
        Json all = Json::array();
        for (const AlternativeRuns& one : runs_.alternatives) {
            Json settings = Json::object();
            for (const auto& [name, value] : one.identity.settings) settings[name] = value;
            all.push_back({{"name", one.name},
                           {"scenario", one.scenario},
                           {"variant", one.identity.variant},
                           {"settings", settings},
                           {"seed", one.identity.seed},
                           {"first_run", one.identity.first_run},
                           {"runs", std::ranges::count(one.made, 1)},
                           {"failed", one.failures.size()}});
        }
        return all;
    }

    /// Of each alternative, where all have as many.
    [[nodiscard]] Json replicates() const {
        const auto same = [&](const AlternativeRuns& one) { return one.made.size() == runs_.baseline().made.size(); };
        return std::ranges::all_of(runs_.alternatives, same) ? Json(runs_.baseline().made.size()) : Json();
    }

    [[nodiscard]] Json failures() const {
        Json listed = Json::array();
        std::int64_t first_number = 0;  // of the alternative's runs in runs.csv
        for (const AlternativeRuns& one : runs_.alternatives) {
            const std::int64_t first = first_number;
            first_number += std::ssize(one.made);
            for (RunFailure failure : one.failures) {
                if (listed.size() == most_failures_in_json) break;
                const std::int64_t replicate = one.identity.first_run + failure.run;
                failure.run += first;
                RunRecord record;
                record.identity = one.identity;
                record.scenario = one.scenario;
                listed.push_back({{"alternative", one.name},
                                {"run", failure.run},
                                {"replicate", replicate},
                                {"message", failure.told()},
                                {"command", command_for_run(record, replicate)}});
            }
        }
        return {{"count", runs_.failed()}, {"listed", listed}};
    }

    [[nodiscard]] Json outcome(const OutcomeComparison& compared) const {
        Json json = {{"unit", compared.outcome.unit}, {"about", compared.outcome.about}};
        if (const auto rule = rule_text(compared.outcome, runs_.layout.calendar); !rule.empty()) json["rule"] = rule;
        for (std::size_t i = 0; i < compared.means.size(); ++i) {
            const auto& mean = compared.means[i];
            json["means"][name(i)] = {{"n", mean.n}, {"infinite", mean.infinite}, {"mean", mean.value}, {"standard_error", mean.standard_error}};
        }
        for (std::size_t i = 0; i < compared.versus.size(); ++i) {
            const auto& found = compared.versus[i];
            Json versus = {{"mean_baseline", found.mean_baseline}, {"mean", found.mean}};
            versus.update(to_json(found.difference));
            add(found.superiority, versus);
            json["versus"][name(i + 1)] = std::move(versus);
        }
        return json;
    }

    [[nodiscard]] Json date(const DateComparison& compared) const {
        const Calendar& calendar = runs_.layout.calendar;
        Json json = {{"about", compared.about}, {"horizon_years", calendar.years_since_start(calendar.ticks())}};
        for (std::size_t i = 0; i < compared.alternatives.size(); ++i) json["alternatives"][name(i)] = coming(compared.alternatives[i]);
        for (std::size_t i = 0; i < compared.versus.size(); ++i) json["versus"][name(i + 1)] = versus(compared.versus[i]);
        return json;
    }

private:
    [[nodiscard]] const std::string& name(std::size_t alternative) const { return runs_.alternatives[alternative].name; }

    /// A tick as its date, or as itself in an undated calendar.
    [[nodiscard]] Json moment(double tick) const {
        if (!runs_.layout.calendar.is_dated()) return tick;
        return tick_cell(runs_.layout.calendar, tick);
    }

    [[nodiscard]] Json coming(const Coming& coming) const {
        Json curve = Json::array();
        for (const ArrivalStep& step : coming.curve)
            curve.push_back({{"when", moment(step.time)},
                             {"share", step.share},
                             {"low", step.interval.low},
                             {"high", step.interval.high},
                             {"at_risk", step.at_risk}});
        return {{"n", coming.of},
                {"came", coming.came},
                {"came_share", coming.share},
                {"interval", to_json(coming.interval)},
                {"median", coming.median ? moment(*coming.median) : Json()},
                {"curve", curve}};
    }

    [[nodiscard]] static Json versus(const DateComparison::Versus& versus) {
        Json json = {{"restricted_mean_difference", to_json(versus.difference.restricted)}};
        if (const auto& order = versus.difference.order) {
            json["before"] = to_json(order->b_first);
            json["after"] = to_json(order->a_first);
            json["same"] = to_json(order->same);
            json["neither"] = to_json(order->neither);
            json["sign_test_p"] = order->p;
        }
        json["log_rank"] = {{"chi_square", versus.log_rank.chi_square}, {"p", versus.log_rank.p}};
        json["log_rank"]["note"] = versus.difference.order ? "assumes independent alternatives: for paired runs its p is too large"
                                                           : "for independent alternatives";
        return json;
    }

    const ComparedRuns& runs_;
};

}  // namespace

std::string comparison_json(const ComparedRuns& runs, const Comparison& comparison, const std::string& digest) {
    const Writer writer(runs);
    Json outcomes = Json::object();
    for (const auto& compared : comparison.outcomes) outcomes[compared.outcome.name] = writer.outcome(compared);
    Json dates = Json::object();
    for (const auto& compared : comparison.dates) dates[compared.name] = writer.date(compared);
    const Json json = {{"format", file_format::comparison_summary},
                       {"title", runs.title},
                       {"pairing", pairing_name(runs.pairing)},
                       {"confidence", comparison.confidence},
                       {"replicates", writer.replicates()},
                       {"baseline", runs.baseline().name},
                       {"alternatives", writer.alternatives()},
                       {"failures", writer.failures()},
                       {"digest", digest},
                       {"headline", headline_json(comparison_headline(runs, comparison))},
                       {"outcomes", outcomes},
                       {"dates", dates},
                       {"measured_by_row", measures_by_row(runs.layout)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace entente
