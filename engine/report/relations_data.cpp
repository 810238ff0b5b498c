#include <entente/report/relations_data.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {

namespace {

constexpr std::size_t most_event_rows = 40;

page::Numbers numbers_of(const std::vector<double>& values) {
    return {values.begin(), values.end()};
}

double total(const std::vector<double>& by_year) {
    return std::accumulate(by_year.begin(), by_year.end(), 0.0);
}

/// The rows on which an event happens at all, the most frequent first.
std::vector<std::size_t> by_frequency(const RelationsOverTime::Event& event) {
    std::vector<std::size_t> order;
    for (std::size_t row = 0; row < event.rows.size(); ++row)
        if (total(event.by_year[row]) > 0) order.push_back(row);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return total(event.by_year[a]) > total(event.by_year[b]); });
    return order;
}

page::EventData event_data(const Scenario& scenario, const RelationsOverTime& relations, const RelationsOverTime::Event& event) {
    page::EventData data{
        .name = event.label.empty() ? event.name : event.label, .on = event.on, .about = {}, .by_year = {}, .rows = {}, .note = {}};
    const auto step = std::ranges::find(scenario.steps, event.name, &Step::name);
    if (step != scenario.steps.end()) data.about = step->remarks.about;
    std::vector<double> by_year(relations.years.size(), 0.0);
    for (const auto& row : event.by_year)
        for (std::size_t year = 0; year < by_year.size(); ++year) by_year[year] += row[year];
    data.by_year = numbers_of(by_year);
    const std::vector<std::size_t> order = by_frequency(event);
    for (const std::size_t row : std::span(order).first(std::min(order.size(), most_event_rows)))
        data.rows.push_back({event.rows[row], numbers_of(event.by_year[row])});
    if (order.size() > most_event_rows)
        data.note = fmt::format(
            "The {} most frequent of the {} on which it happens; the others are in the sum. With --events the run logs all in events.csv.",
            most_event_rows, counted(std::ssize(order), "row"));
    return data;
}

page::EventsData events_data(const Scenario& scenario, const RelationsOverTime& relations) {
    page::EventsData data{.years = relations.years, .events = {}};
    for (const auto& event : relations.events) data.events.push_back(event_data(scenario, relations, event));
    return data;
}

/// The ends of a scale: the range, or where that is open the least and the greatest value.
std::pair<double, double> scale_of(const RelationsOverTime::Quantity& quantity) {
    double least = std::numeric_limits<double>::infinity();
    double greatest = -least;
    for (const auto& course : quantity.means)
        for (const double value : course) {
            least = std::fmin(least, value);
            greatest = std::fmax(greatest, value);
        }
    const double low = std::isfinite(quantity.range.low) ? quantity.range.low : least;
    const double high = std::isfinite(quantity.range.high) ? quantity.range.high : greatest;
    if (!std::isfinite(low) || !std::isfinite(high)) return {0, 1};
    return {low, high > low ? high : low + 1};
}

page::NetworkField field_data(const RelationsOverTime::Quantity& quantity) {
    const auto [low, high] = scale_of(quantity);
    page::NetworkField data{.name = quantity.name, .unit = quantity.unit, .about = quantity.about, .low = low, .high = high, .values = {}};
    for (const auto& course : quantity.means) data.values.push_back(numbers_of(course));
    return data;
}

page::NetworkData network_data(const Calendar& calendar, const RelationsOverTime& relations) {
    page::NetworkData data{.agents = relations.agents, .times = {}, .kinds = {}};
    for (const std::int64_t moment : relations.moments) data.times.push_back(page::moment_at(calendar, static_cast<double>(moment)));
    for (const auto& kind : relations.kinds) {
        data.kinds.push_back({kind.name, kind.links, {}});
        for (const auto& quantity : kind.quantities) data.kinds.back().fields.push_back(field_data(quantity));
    }
    return data;
}

/// Over which of the ensemble's runs means are taken: `made`, of which `counted_in` did not fail, of `all`.
std::string means_sentence(std::int64_t made, std::int64_t counted_in, std::int64_t all) {
    std::string text = made < all ? fmt::format("Means over the first {} of {}", with_commas(made), counted(all, "run"))
                       : all == 1 ? "Of the one run"
                                  : fmt::format("Means over all {}", counted(all, "run"));
    if (counted_in < made) text += fmt::format(", without the {} that failed", with_commas(made - counted_in));
    return text + ".";
}

}  // namespace

void add_relations(const Scenario& scenario, const Results& results, const RelationsOverTime& relations, page::EnsembleData& data) {
    if (!relations.events.empty()) data.events = events_data(scenario, relations);
    if (!relations.kinds.empty()) {
        data.network = network_data(results.calendar, relations);
        data.means_over = means_sentence(relations.made, relations.runs, results.runs);
    }
    if (!relations.events.empty()) data.events_over = means_sentence(results.runs, results.runs - std::ssize(results.failures), results.runs);
    data.no_events = relations.no_events;
    data.no_network = relations.no_network;
    data.not_drawn = relations.not_drawn;
}

}  // namespace entente
