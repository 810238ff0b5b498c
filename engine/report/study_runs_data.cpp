#include <entente/report/study_runs_data.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/report/outcomes_data.hpp>
#include <entente/scenario/labels.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/outcomes.hpp>

namespace entente {

namespace {

constexpr std::size_t most_codes = 254;
constexpr std::int64_t usual_classes = 250;
constexpr std::int64_t fewest_replicates = 5;
constexpr std::int64_t most_moments = 60;
constexpr std::int64_t most_values_tried = 2'000'000;
constexpr std::int64_t ticks_in_a_byte = 254;
constexpr std::int64_t ticks_in_two_bytes = 65'534;

std::vector<double> in_order(std::span<const double> numbers) {
    std::vector<double> sorted;
    for (const double number : numbers)
        if (std::isfinite(number)) sorted.push_back(number);
    std::ranges::sort(sorted);
    return sorted;
}

/// Rounded for the page, but for means that would then change their side of a mark.
double shortened(double mean, std::span<const double> marks) {
    const double rounded = std::strtod(fmt::format("{:.6g}", mean).c_str(), nullptr);
    const bool stays = std::ranges::all_of(marks, [&](double mark) { return (mean >= mark) == (rounded >= mark) && (mean > mark) == (rounded > mark); });
    return stays ? rounded : mean;
}

/// The least number of each class, rising.
std::vector<double> class_bounds(std::span<const double> sorted, std::span<const double> marks) {
    std::set<double> bounds;
    const auto last = static_cast<double>(sorted.size() - 1);
    for (std::int64_t k = 0; k < usual_classes; ++k)
        bounds.insert(sorted[static_cast<std::size_t>(std::ceil(static_cast<double>(k) * last / usual_classes))]);
    for (const double mark : marks) {
        if (const auto from = std::ranges::lower_bound(sorted, mark); from != sorted.end()) bounds.insert(*from);
        if (const auto above = std::ranges::upper_bound(sorted, mark); above != sorted.end()) bounds.insert(*above);
    }
    return {bounds.begin(), bounds.end()};
}

page::PackedNumbers packed_codes(std::span<const double> codes) {
    return page::packed_between(codes, 0, most_codes);
}

/// Ticks as they are, as far as two bytes reach.
page::PackedNumbers packed_ticks(std::span<const double> ticks, std::int64_t end) {
    if (end <= ticks_in_a_byte) return page::packed_between(ticks, 0, ticks_in_a_byte);
    return page::packed_between(ticks, 0, static_cast<double>(std::max(end, ticks_in_two_bytes)), 2);
}

/// A measure, or a row of one, and where its values are.
struct StudyColumn {
    std::size_t number = 0;  ///< as ValueColumn::first counts
    std::size_t measure = 0;
    std::int64_t row = -1;
};

std::vector<StudyColumn> columns_by_rank(const StudyValues& values) {
    const Results& layout = values.layout();
    std::vector<StudyColumn> columns;
    for (const ValueColumn& column : values.columns()) {
        if (column.year >= 0) continue;
        const bool by_row = layout.measures[column.measure].is_by_row();
        for (std::size_t row = 0; row < column.columns; ++row)
            columns.push_back({column.first + row, column.measure, by_row ? static_cast<std::int64_t>(row) : -1});
    }
    std::ranges::stable_sort(columns, {}, [&](const StudyColumn& column) {
        const bool is_date = layout.measures[column.measure].form == MeasureInfo::Form::date;
        return std::tuple(column.row >= 0, headline_place(layout, column.measure), !is_date);
    });
    return columns;
}

bool is_crossed(const Points& points) {
    std::set<std::vector<double>> all;
    std::vector<std::set<double>> own(points.factors());
    for (std::size_t point = 0; point < points.size(); ++point) {
        const auto row = points.row(point);
        if (!all.emplace(row.begin(), row.end()).second) return false;
        for (std::size_t f = 0; f < own.size(); ++f) own[f].insert(row[f]);
    }
    double combinations = 1;
    for (const auto& one : own) combinations *= static_cast<double>(one.size());
    return combinations == static_cast<double>(points.size());
}

/// What a page has room for.
struct Kept {
    std::int64_t points = 0;
    std::int64_t replicates = 0;
};

class StudyRunsMaker {
public:
    StudyRunsMaker(const StudyValues& values, std::int64_t points, std::int64_t together, bool crossed)
        : values_(values), layout_(values.layout()), points_(points), columns_(columns_by_rank(values)) {
        std::int64_t bytes = 0;
        for (const StudyColumn& column : first_columns(usual_study_measures)) bytes += layout_.measures[column.measure].form == MeasureInfo::Form::date && layout_.calendar.ticks() > ticks_in_a_byte ? 2 : 1;
        const std::int64_t room = most_study_values / std::max<std::int64_t>(1, bytes);
        const std::int64_t all = values.replicates();
        kept_.replicates = std::min(all, std::max(fewest_replicates, room / points_));
        kept_.points = std::min(points_, room / kept_.replicates);
        if (kept_.points < points_) {
            kept_.points = crossed ? 0 : kept_.points / together * together;
            if (crossed && points_ <= room) kept_ = {points_, room / points_};
        }
        if (points_ * all * bytes > most_values_tried || (kept_.points == points_ && kept_.replicates == all)) return;
        const Kept fewer = std::exchange(kept_, {points_, all});
        std::size_t letters = 0;
        for (const StudyColumn& column : first_columns(usual_study_measures)) letters += measure_data(column, {}).values.codes.bytes.size();
        if (letters > most_study_letters) kept_ = fewer;
    }

    [[nodiscard]] bool is_worth() const { return !columns_.empty() && points_ * values_.replicates() >= least_outcome_runs; }
    [[nodiscard]] const Kept& kept() const { return kept_; }

    [[nodiscard]] page::StudyRunsData data() const {
        page::StudyRunsData data;
        data.points = kept_.points;
        data.replicates = kept_.replicates;
        data.end = layout_.calendar.ticks();
        if (kept_.points == 0) {
            data.left_out = fmt::format("Of {} this page has no room for single runs, to compare them by outcome: runs.csv has them.", counted(points_, "point"));
            return data;
        }
        data.over = over();
        for (const std::int64_t moment : thinned(layout_.calendar.moments(), most_moments)) {
            if (moment == 0 || moment == layout_.calendar.ticks()) continue;
            data.times.push_back(page::moment_at(layout_.calendar, static_cast<double>(moment)));
            data.ticks.push_back(moment);
        }
        const auto every = entente::outcomes(layout_);
        std::size_t letters = 0;
        for (const StudyColumn& column : first_columns(most_study_measures)) {
            page::StudyMeasure measure = measure_data(column, every);
            letters += measure.values.codes.bytes.size();
            if (data.measures.size() >= usual_study_measures && letters > most_study_letters) break;
            data.measures.push_back(std::move(measure));
        }
        data.failed = packed_ticks(unknown_from(), data.end);
        if (const auto more = static_cast<std::int64_t>(columns_.size() - data.measures.size()); more > 0)
            data.left_out = fmt::format("{} {} left out, for want of room.", counted(more, "further measure"), more == 1 ? "is" : "are");
        return data;
    }

private:
    [[nodiscard]] std::span<const StudyColumn> first_columns(std::size_t most) const { return std::span(columns_).first(std::min(columns_.size(), most)); }

    [[nodiscard]] std::string over() const {
        const std::int64_t all = values_.replicates();
        if (kept_.points == points_ && kept_.replicates == all) return "all " + counted(points_ * all, "run");
        const std::string runs = counted(kept_.points * kept_.replicates, "run");
        if (kept_.points == points_)
            return fmt::format("{}, the first {} of {} replicates at each point", runs, with_commas(kept_.replicates), with_commas(all));
        return fmt::format("{}, {} at each of the first {} of {}", runs,
                           kept_.replicates == all ? counted(all, "replicate") : fmt::format("the first {} of {} replicates", with_commas(kept_.replicates), with_commas(all)),
                           with_commas(kept_.points), counted(points_, "point"));
    }

    /// Of the values of all replicates those that are kept.
    [[nodiscard]] std::vector<double> of_kept(const std::vector<double>& all, std::int64_t points) const {
        std::vector<double> some;
        for (std::int64_t point = 0; point < points; ++point)
            some.insert(some.end(), all.begin() + point * values_.replicates(), all.begin() + point * values_.replicates() + kept_.replicates);
        return some;
    }

    [[nodiscard]] std::vector<double> numbers(const StudyColumn& column) const {
        if (values_.alternatives() == 1) return of_kept(values_.column(column.number, 0, 0, kept_.points), kept_.points);
        std::vector<double> all;
        for (int alternative = 0; alternative < kept_.points; ++alternative) {
            const auto own = of_kept(values_.column(column.number, alternative), 1);
            all.insert(all.end(), own.begin(), own.end());
        }
        return all;
    }

    /// A run that was never made is known of from no tick on.
    [[nodiscard]] std::vector<double> unknown_from() const {
        std::vector<double> ticks = of_kept(values_.watched(0, kept_.points * values_.replicates()), kept_.points);
        for (double& tick : ticks) {
            const bool is_whole = tick == static_cast<double>(layout_.calendar.ticks());
            tick = std::isnan(tick) ? 0 : is_whole ? Results::missing : tick + 1;
        }
        return ticks;
    }

    [[nodiscard]] page::StudyMeasure measure_data(const StudyColumn& column, std::span<const Outcome> every) const {
        const MeasureInfo& info = layout_.measures[column.measure];
        const bool is_date = info.form == MeasureInfo::Form::date;
        page::StudyMeasure data;
        data.name = info.told();
        data.about = info.in_words();
        if (column.row >= 0) {
            const std::string row = info.told_row(static_cast<std::size_t>(column.row));
            data.about = fmt::format("{}: {}", info.in_words().empty() ? info.name : info.in_words(), row);
            data.name = fmt::format("{}[{}]", info.told(), row);
        }
        data.unit = info.unit;
        data.form = is_date ? "date" : info.form == MeasureInfo::Form::series ? "end" : "once";
        for (const MeasureLevel& level : info.levels) data.levels.push_back(level.told());
        const std::vector<double> values = numbers(column);
        if (is_date) {
            data.values.codes = packed_ticks(values, layout_.calendar.ticks());
        } else {
            if (info.levels.empty() && count_present(values) > 0) data.marks = quantiles(values, std::array{0.1, 0.5, 0.9});
            data.values = coded(values, data.marks);
        }
        for (const Outcome& outcome : every) {
            if (outcome.column != column.number || outcome.is_year || outcome.rule == Outcome::Rule::years) continue;
            const bool is_level = outcome.rule == Outcome::Rule::level;
            data.outcomes.push_back({.name = outcome.told(), .rule = is_level ? "level" : outcome.rule == Outcome::Rule::came ? "came" : "value",
                                     .level = is_level ? static_cast<std::int64_t>(outcome.level) : -1});
        }
        return data;
    }

    const StudyValues& values_;
    const Results& layout_;
    std::int64_t points_;
    std::vector<StudyColumn> columns_;
    Kept kept_;
};

page::StudyFactor factor_data(const Scenario& scenario, const Points& points, std::size_t number, std::int64_t kept) {
    const std::string& name = points.names[number];
    page::StudyFactor data;
    data.name = labels_of(scenario).parameter(name);
    if (const auto found = std::ranges::find(scenario.parameters, name, &Parameter::name); found != scenario.parameters.end()) {
        data.unit = found->unit;
        data.levels = found->levels;
    }
    std::vector<double> values;
    for (std::int64_t point = 0; point < kept; ++point) values.push_back(points.row(static_cast<std::size_t>(point))[number]);
    const auto sorted = in_order(values);
    const auto different = static_cast<std::size_t>(std::ranges::distance(std::set<double>(sorted.begin(), sorted.end())));
    data.values = different <= most_codes ? coded(values, {}) : page::CodedNumbers{.codes = page::packed(values, 2), .means = {}};
    return data;
}

}  // namespace

page::CodedNumbers coded(std::span<const double> numbers, std::span<const double> marks) {
    const std::vector<double> sorted = in_order(numbers);
    if (sorted.empty()) return {.codes = packed_codes(numbers), .means = {}};
    std::vector<double> bounds = sorted;
    bounds.erase(std::ranges::unique(bounds).begin(), bounds.end());
    const bool is_exact = bounds.size() <= most_codes;
    if (!is_exact) bounds = class_bounds(sorted, marks);
    std::vector<double> codes;
    std::vector<std::vector<double>> own(bounds.size());
    for (const double number : numbers) {
        if (!std::isfinite(number)) {
            codes.push_back(Results::missing);
            continue;
        }
        const auto place = std::ranges::upper_bound(bounds, number) - bounds.begin() - 1;
        codes.push_back(static_cast<double>(place));
        if (!is_exact) own[static_cast<std::size_t>(place)].push_back(number);
    }
    if (!is_exact)
        for (std::size_t at = 0; at < bounds.size(); ++at) bounds[at] = shortened(mean(own[at]), marks);
    return {.codes = packed_codes(codes), .means = std::move(bounds)};
}

std::optional<page::StudyRunsData> study_runs_data(const StudyValues& values, const Study& study, const Scenario& scenario, std::int64_t together) {
    const bool crossed = together == 1 && is_crossed(study.points);
    const StudyRunsMaker maker(values, values.points(), together, crossed);
    if (!maker.is_worth()) return {};
    page::StudyRunsData data = maker.data();
    data.together = together;
    data.crossed = crossed;
    data.paired = study.pairing_of_points() == Pairing::paired;
    for (std::size_t f = 0; f < study.points.factors(); ++f) data.factors.push_back(factor_data(scenario, study.points, f, maker.kept().points));
    if (!study.points.weights.empty()) data.left_out += std::string(data.left_out.empty() ? "" : " ") + "Points count alike, whatever their weights.";
    return data;
}

std::optional<page::StudyRunsData> compared_runs_data(const StudyValues& values, const Study& study) {
    const StudyRunsMaker maker(values, values.alternatives(), 1, true);
    if (!maker.is_worth()) return {};
    page::StudyRunsData data = maker.data();
    data.crossed = true;
    data.paired = study.first_runs.empty() || std::ranges::adjacent_find(study.first_runs, std::not_equal_to{}) == study.first_runs.end();
    return data;
}

}  // namespace entente
