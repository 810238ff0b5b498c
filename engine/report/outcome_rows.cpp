#include <entente/report/outcome_rows.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/report/rows_data.hpp>
#include <entente/summary/spatial.hpp>

namespace entente {

namespace {

constexpr std::int64_t most_row_runs = 500;
constexpr std::int64_t most_row_moments = 8;
constexpr std::size_t fewer_row_moments = 3;
constexpr int most_too_large = 4;  ///< after so many that do not fit no more are tried
constexpr std::int64_t most_outcome_rows = 400;  ///< as tables by row have
/// Steps in which values of the most runs are kept, as a share of their spread within a moment; of fewer runs finer ones. A mean over some runs is less sure by
/// them by a fiftieth of its standard error, see rounded().
constexpr double row_step_of_spread = 0.3;
constexpr double steps_of_byte = 254;
constexpr double steps_of_two = 65534;  ///< of dates each day counts
constexpr double golden = 0.6180339887498949;

/// What is looked at first, where a scenario has it: as the page offers fields.
constexpr std::array<std::string_view, 3> first_fields = {"trust", "standing", "alarm"};

/// A number of each row, run and moment.
struct Quantity {
    std::string of;
    std::string kind;
    std::string name;
    std::int64_t rows = 0;
    std::int64_t runs = 0;
    bool is_date = false;
    std::vector<std::int64_t> moments{};  ///< none of what a run has one value of
    std::function<double(std::int64_t run, std::size_t moment, std::int64_t row)> value{};
};

std::string label_of(const Table& table) { return table.label.empty() ? table.name : table.label; }

double short_number(double value) { return std::strtod(fmt::format("{:.7g}", value).c_str(), nullptr); }

/// Fields and derived values of links, and of agents on maps.
class StateQuantities {
public:
    StateQuantities(const Scenario& scenario, const Model& model, const Results& results, std::int64_t runs) : scenario_(scenario), model_(model), results_(results), runs_(runs) {
        for (std::int64_t run = 0; run < runs; ++run) failed_.push_back(results.failed(results.first_run + run));
    }

    [[nodiscard]] std::vector<Quantity> all() const {
        std::vector<Quantity> found;
        if (results_.relation_runs > 0)
            for (std::size_t number = 0; number < model_.shown.size(); ++number) found.push_back(of_links(number));
        for (std::size_t number = 0; number < results_.spatial.size(); ++number)
            if (model_.spatial[number].use == SpatialQuantity::Use::places && results_.spatial[number].runs > 0) found.push_back(of_places(number));
        std::ranges::stable_sort(found, {}, [&](const Quantity& quantity) { return std::ranges::find(first_fields, quantity.name) - first_fields.begin(); });
        return found;
    }

private:
    [[nodiscard]] Quantity described_as(const char* of, const ShownQuantity& shown, std::int64_t kept_runs) const {
        const SpatialCourse words = described(scenario_, {SpatialQuantity::Use::places, shown});
        return {.of = of, .kind = label_of(model_.tables[shown.kind]), .name = words.name, .rows = model_.rows_of(shown.column), .runs = std::min(runs_, kept_runs)};
    }

    [[nodiscard]] Quantity of_links(std::size_t number) const {
        Quantity quantity = described_as("links", model_.shown[number], results_.relation_runs);
        const std::vector<std::int64_t> kept = thinned(std::ssize(results_.relation_moments), most_row_moments);
        for (const std::int64_t at : kept) quantity.moments.push_back(results_.relation_moments[static_cast<std::size_t>(at)]);
        quantity.value = [this, number, kept, rows = quantity.rows](std::int64_t run, std::size_t moment, std::int64_t row) {
            return value_unless_failed(run, results_.relations[number][static_cast<std::size_t>((run * std::ssize(results_.relation_moments) + kept[moment]) * rows + row)]);
        };
        return quantity;
    }

    [[nodiscard]] Quantity of_places(std::size_t number) const {
        const KeptCourses& courses = results_.spatial[number];
        Quantity quantity = described_as("places", model_.spatial[number].of, courses.runs);
        const std::vector<std::int64_t> kept = thinned(std::ssize(courses.moments), most_row_moments);
        for (const std::int64_t at : kept) quantity.moments.push_back(courses.moments[static_cast<std::size_t>(at)]);
        quantity.value = [this, &courses, kept](std::int64_t run, std::size_t moment, std::int64_t row) {
            return value_unless_failed(run, static_cast<double>(courses.of(run, static_cast<std::size_t>(kept[moment]))[static_cast<std::size_t>(row)]));
        };
        return quantity;
    }

    [[nodiscard]] double value_unless_failed(std::int64_t run, double value) const { return failed_[static_cast<std::size_t>(run)] ? Results::missing : value; }

    const Scenario& scenario_;
    const Model& model_;
    const Results& results_;
    std::int64_t runs_;
    std::vector<bool> failed_;
};

/// Measures by row; of series with courses for each row nothing.
std::vector<Quantity> measure_quantities(const Results& results, std::int64_t runs) {
    std::vector<Quantity> found;
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        const MeasureInfo& info = results.measures[m];
        if (!info.is_by_row() || info.rows.empty()) continue;
        const auto width = static_cast<std::int64_t>(info.width());
        const bool is_series = info.form == MeasureForm::series && results.series_runs > 0 && results.series_width(m) == info.width();
        if (is_series && info.rows.size() <= most_fans_by_row) continue;
        Quantity quantity{.of = "measure", .kind = info.told_kind(), .name = info.told(), .rows = std::min(width, most_outcome_rows), .runs = runs};
        quantity.is_date = info.form == MeasureForm::date;
        quantity.value = [&results, m, width, is_date = quantity.is_date](std::int64_t run, std::size_t, std::int64_t row) {
            const double value = results.final_values[m][static_cast<std::size_t>(run * width + row)];
            return is_date ? page::days_or_ticks(results.calendar, value) : value;
        };
        found.push_back(std::move(quantity));
    }
    return found;
}

/// The values of one row, and the grid on which they are kept.
struct RowGrid {
    double low = 0;
    double step = 0;  ///< 0: all are the same
};

/// Whole numbers stay whole where there are steps enough.
RowGrid grid_of_row(std::span<const double> values, std::size_t moments, double most_steps) {
    const double fineness = std::sqrt(static_cast<double>(values.size() / moments) / static_cast<double>(most_row_runs));
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    bool are_whole = true;
    std::vector<double> sums(moments), squares(moments), counts(moments);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double value = values[i];
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
        are_whole = are_whole && value == std::floor(value);
    }
    if (!(high > low)) return {std::isfinite(low) ? low : 0, 0};
    if (are_whole && high - low <= most_steps) return {low, 1};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        const double place = values[i] - low;
        sums[i % moments] += place;
        squares[i % moments] += place * place;
        counts[i % moments] += 1;
    }
    double variance = 0;
    for (std::size_t at = 0; at < moments; ++at)
        if (counts[at] > 0) variance += std::max(0.0, squares[at] / counts[at] - sums[at] / counts[at] * (sums[at] / counts[at])) / static_cast<double>(moments);
    return {short_number(low), short_number(std::max((high - low) / (most_steps - 1), row_step_of_spread * fineness * std::sqrt(variance)))};
}

/// Each run rounds up or down by a threshold of its own, the same at all moments, so that means over runs are right however wide the steps are.
double rounded(double steps, std::int64_t run, double most_steps) {
    const double threshold = steps == std::floor(steps) ? 0 : std::fmod(static_cast<double>(run + 1) * golden, 1.0);
    return std::clamp(std::floor(steps + threshold), 0.0, most_steps);
}

/// Nothing of what is the same in all runs at each moment.
std::optional<page::OutcomeRows> packed_rows(const Results& results, const Quantity& quantity) {
    const std::size_t moments = std::max<std::size_t>(quantity.moments.size(), 1);
    page::OutcomeRows made{.of = quantity.of, .kind = quantity.kind, .name = quantity.name, .runs = quantity.runs, .times = {}, .low = {}, .step = {}, .values = {}};
    for (const std::int64_t moment : quantity.moments) made.times.push_back(page::moment_at(results.calendar, static_cast<double>(moment)));
    const double most_steps = quantity.is_date ? steps_of_two : steps_of_byte;
    std::vector<double> places;
    places.reserve(static_cast<std::size_t>(quantity.rows * quantity.runs) * moments);
    std::vector<double> values(static_cast<std::size_t>(quantity.runs) * moments);
    bool varies = false;
    for (std::int64_t row = 0; row < quantity.rows; ++row) {
        for (std::int64_t run = 0; run < quantity.runs; ++run)
            for (std::size_t moment = 0; moment < moments; ++moment) {
                double& value = values[static_cast<std::size_t>(run) * moments + moment];
                value = quantity.value(run, moment, row);
                const double first = values[moment];
                varies = varies || (value != first && !(std::isnan(value) && std::isnan(first)));
            }
        const auto [low, step] = grid_of_row(values, moments, most_steps);
        made.low.push_back(low);
        made.step.push_back(step);
        for (std::size_t i = 0; i < values.size(); ++i)
            places.push_back(!std::isfinite(values[i]) ? Results::missing : step == 0 ? 0 : rounded((values[i] - low) / step, static_cast<std::int64_t>(i / moments), most_steps) / most_steps);
    }
    if (!varies) return {};
    made.values = page::packed_between(places, 0, 1, quantity.is_date ? 2 : 1);
    return made;
}

/// How often each event happened, as the page's table of events has it.
std::vector<page::PackedNumbers> packed_events(const Results& results, std::int64_t runs) {
    std::vector<page::PackedNumbers> all;
    if (runs == 0 || results.years_in_span == 0) return all;
    const std::size_t spans = results.events_in_runs.size() / (results.event_names.size() * static_cast<std::size_t>(results.year_count_runs));
    for (std::size_t event = 0; event < results.event_names.size(); ++event) {
        std::vector<double> counts;
        double most = 1;
        for (std::size_t span = 0; span < spans; ++span)
            for (std::int64_t run = 0; run < runs; ++run) {
                const double count = results.failed(results.first_run + run) ? Results::missing : results.events_in_runs[(static_cast<std::size_t>(run) * results.event_names.size() + event) * spans + span];
                if (count > most) most = count;
                counts.push_back(count);
            }
        all.push_back(most <= steps_of_byte ? page::packed_between(counts, 0, steps_of_byte) : page::packed_between(counts, 0, std::max(most, steps_of_two), 2));
    }
    return all;
}

/// The same at fewer moments.
Quantity thinned_to(std::size_t most, const Quantity& quantity) {
    Quantity fewer = quantity;
    const std::vector<std::int64_t> kept = thinned(std::ssize(quantity.moments), static_cast<std::int64_t>(most));
    fewer.moments.clear();
    for (const std::int64_t at : kept) fewer.moments.push_back(quantity.moments[static_cast<std::size_t>(at)]);
    fewer.value = [kept, of_all = quantity.value](std::int64_t run, std::size_t moment, std::int64_t row) { return of_all(run, static_cast<std::size_t>(kept[moment]), row); };
    return fewer;
}

std::size_t bytes_of(const page::OutcomeRows& rows) {
    constexpr std::size_t a_row = 20;  // its bounds
    return rows.values.bytes.size() + a_row * rows.low.size() + 200;
}

}  // namespace

void add_outcome_rows(const Scenario& scenario, const Model& model, const Results& results, page::OutcomesData& data) {
    const std::int64_t runs = std::min(data.runs, most_row_runs);
    std::vector<Quantity> quantities = measure_quantities(results, runs);
    const StateQuantities states(scenario, model, results, runs);
    for (Quantity& quantity : states.all()) quantities.push_back(std::move(quantity));
    std::size_t bytes = 0;
    int too_large = 0;
    for (Quantity& quantity : quantities) {
        if (quantity.rows == 0 || quantity.runs == 0 || too_large == most_too_large) continue;
        std::optional<page::OutcomeRows> rows = packed_rows(results, quantity);
        if (!rows) {
            data.alike.push_back({.of = quantity.of, .kind = quantity.kind, .name = quantity.name});
            continue;
        }
        if (bytes + bytes_of(*rows) > most_outcome_row_bytes && quantity.moments.size() > fewer_row_moments) rows = packed_rows(results, thinned_to(fewer_row_moments, quantity));
        if (bytes + bytes_of(*rows) > most_outcome_row_bytes) {
            ++too_large;
            continue;
        }
        bytes += bytes_of(*rows);
        data.rows.push_back(std::move(*rows));
    }
    data.events = packed_events(results, std::min(data.runs, results.year_count_runs));
    data.event_runs = data.events.empty() ? 0 : std::min(data.runs, results.year_count_runs);
}

}  // namespace entente
