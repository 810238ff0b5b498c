#include <entente/study/relations_recorder.hpp>

#include <algorithm>

#include <entente/base/statistics.hpp>

namespace entente {

namespace {

constexpr std::int64_t relation_memory = std::int64_t{1} << 26;
constexpr std::int64_t most_rows_to_show = 200'000'000;  ///< of all runs together: a second or two
/// Of one run; each thread has them of a batch's lanes.
constexpr std::int64_t most_counts = std::int64_t{1} << 20;

int years_spanned(const Calendar& calendar) { return calendar.year(calendar.ticks() - 1) - calendar.year(0) + 1; }

int spans_of(const Results& results) {
    return results.years_in_span == 0 ? 0 : (years_spanned(results.calendar) + results.years_in_span - 1) / results.years_in_span;
}

int years_in_span(const Calendar& calendar) { return (years_spanned(calendar) - 1) / most_year_spans + 1; }

void make_room_for_events(const Model& model, Results& results) {
    const std::int64_t counts = year_counts_of(model);
    if (counts == 0) return;
    results.years_in_span = years_in_span(model.calendar);
    results.events_by_year.assign(static_cast<std::size_t>(counts), 0);
    results.year_count_runs = std::min(results.runs, most_relation_runs);
    results.events_in_runs.assign(static_cast<std::size_t>(results.year_count_runs * std::ssize(model.events) * spans_of(results)), 0);
}

std::int64_t links_shown(const Model& model) {
    std::int64_t links = 0;
    for (const ShownQuantity& shown : model.shown) links += model.rows_of(shown.column);
    return links;
}

/// Rows that are gone through to show one moment, those of aggregates among them.
std::int64_t rows_to_show(const Model& model) {
    std::int64_t rows = links_shown(model);
    for (const Pass& pass : model.show)
        if (const auto* run = std::get_if<RunProgram>(&pass)) rows += model.domain(model.programs[run->program].domain).rows;
    return rows;
}

}  // namespace

std::int64_t year_counts_of(const Model& model) {
    const int width = years_in_span(model.calendar);
    const std::int64_t spans = (years_spanned(model.calendar) + width - 1) / width;
    std::int64_t counts = 0;
    for (const CompiledEvent& event : model.events) counts += model.rows_of(event.count) * spans;
    return counts > most_counts ? 0 : counts;
}

std::int64_t relation_bytes_per_run(const Model& model) {
    return links_shown(model) * std::ssize(thinned(model.calendar.moments(), most_relation_moments)) * static_cast<std::int64_t>(sizeof(double));
}

std::int64_t relation_runs_of(const Model& model, std::int64_t runs) {
    if (model.shown.empty()) return 0;
    const std::int64_t moments = std::ssize(thinned(model.calendar.moments(), most_relation_moments));
    const std::int64_t fitting = relation_memory / std::max<std::int64_t>(relation_bytes_per_run(model), 1);
    const std::int64_t in_time = most_rows_to_show / std::max<std::int64_t>(rows_to_show(model) * moments, 1);
    return std::min({runs, most_relation_runs, std::max<std::int64_t>(std::min(fitting, in_time), 1)});
}

void make_room_for_relations(const Model& model, Results& results, std::int64_t from) {
    if (from == 0 && !model.events.empty()) make_room_for_events(model, results);
    if (model.shown.empty()) return;
    // What a snapshot stands at has neither the clocks nor the counts of events that derived values may read.
    const std::int64_t first = from == 0 ? 0 : from + 1;
    results.relation_moments = thinned(model.calendar.moments() - first, most_relation_moments);
    for (std::int64_t& moment : results.relation_moments) moment += first;
    results.relation_runs = relation_runs_of(model, results.runs);
    for (const ShownQuantity& shown : model.shown)
        results.relations.emplace_back(static_cast<std::size_t>(results.relation_runs * std::ssize(results.relation_moments) * model.rows_of(shown.column)));
}

void RelationsRecorder::begin(const Batch& batch, std::int64_t first, std::int64_t runs) {
    first_ = first;
    runs_ = runs;
    kept_ = std::clamp<std::int64_t>(results_.relation_runs - first, 0, runs);
    counts_.assign(results_.events_by_year.size() * static_cast<std::size_t>(batch.lanes()), 0);
}

void RelationsRecorder::take(Batch& batch, std::int64_t moment) {
    if (kept_ == 0) return;
    const auto& moments = results_.relation_moments;
    const auto at = std::ranges::lower_bound(moments, moment);
    if (at == moments.end() || *at != moment) return;
    batch.show();
    for (std::size_t quantity = 0; quantity < model_.shown.size(); ++quantity)
        put(batch.column(model_.shown[quantity].column), quantity, at - moments.begin());
}

void RelationsRecorder::put(std::span<const double> rows_by_lane, std::size_t quantity, std::int64_t moment) {
    const std::int64_t links = model_.rows_of(model_.shown[quantity].column);
    if (links == 0) return;
    const std::int64_t lanes = std::ssize(rows_by_lane) / links;
    const std::int64_t a_run = std::ssize(results_.relation_moments) * links;
    double* to = results_.relations[quantity].data() + first_ * a_run + moment * links;
    for (std::int64_t lane = 0; lane < kept_; ++lane)
        for (std::int64_t link = 0; link < links; ++link) to[lane * a_run + link] = rows_by_lane[static_cast<std::size_t>(link * lanes + lane)];
}

void RelationsRecorder::count(const Batch& batch, std::int64_t tick) {
    if (results_.years_in_span == 0) return;
    const std::int64_t spans = spans_of(results_);
    const std::int64_t span = (model_.calendar.year(tick) - model_.calendar.year(0)) / results_.years_in_span;
    double* to = counts_.data() + span * batch.lanes();
    for (const CompiledEvent& event : model_.events) {
        const auto add_row = [&](std::int64_t row) { kernels_.add(to + row * spans * batch.lanes(), batch.lanes_of(event.count, row).data(), batch.lanes()); };
        const std::int64_t rows = model_.rows_of(event.count);
        if (batch.lanes() == 1) {
            const auto counts = batch.column(event.count);
            for (std::int64_t row = 0; row < rows; ++row)
                if (const double count = counts[static_cast<std::size_t>(row)]; count != 0) to[row * spans] += count;
        } else if (event.possible_rows)
            std::ranges::for_each(*event.possible_rows, add_row);
        else
            for (std::int64_t row = 0; row < rows; ++row) add_row(row);
        to += rows * spans * batch.lanes();
    }
}

void RelationsRecorder::add_counts(const Batch& batch, std::span<double> sums) {
    const auto lanes = static_cast<std::size_t>(batch.lanes());
    if (first_ < results_.year_count_runs) put_counts(batch.lanes());
    for (std::size_t place = 0; place < sums.size(); ++place)
        for (int lane = 0; lane < runs_; ++lane)
            if (!batch.failed(lane)) sums[place] += counts_[place * lanes + static_cast<std::size_t>(lane)];
}

void RelationsRecorder::put_counts(int lanes) {
    const std::int64_t spans = spans_of(results_);
    const std::int64_t runs = std::min(runs_, results_.year_count_runs - first_);
    const double* from = counts_.data();
    std::vector<double> sums;
    for (std::size_t event = 0; event < model_.events.size(); ++event) {
        sums.assign(static_cast<std::size_t>(spans * lanes), 0);
        for (std::int64_t row = 0; row < model_.rows_of(model_.events[EventId{static_cast<int>(event)}].count); ++row, from += spans * lanes)
            for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += from[i];
        for (std::int64_t run = 0; run < runs; ++run) {
            float* to = results_.events_in_runs.data() + ((first_ + run) * std::ssize(model_.events) + static_cast<std::int64_t>(event)) * spans;
            for (std::int64_t span = 0; span < spans; ++span) to[span] = static_cast<float>(sums[static_cast<std::size_t>(span * lanes + run)]);
        }
    }
}

}  // namespace entente
