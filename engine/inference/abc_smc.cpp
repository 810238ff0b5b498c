#include <entente/inference/abc_smc.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

#include <entente/base/elementary.hpp>

namespace entente {

namespace {

constexpr std::int64_t least_rounds = 8;     ///< a generation takes about so many rounds at least, once its acceptance is known …
constexpr std::int64_t most_at_once = 4;     ///< … and a round at most so many times the particles
constexpr double more_than_expected = 1.05;  ///< so that a round mostly is the last one

}  // namespace

std::string_view name_of(AbcEnd end) {
    switch (end) {
        case AbcEnd::exact:
            return "exact";
        case AbcEnd::acceptance:
            return "acceptance";
        case AbcEnd::tolerance:
            return "tolerance";
        case AbcEnd::budget:
            return "budget";
    }
    return "";
}

AbcSmc::AbcSmc(CellEnds cells, AbcRecord record, AbcPlan plan) : cells_(std::move(cells)), record_(std::move(record)), plan_(plan) {
    assert(plan_.particles >= 2 && !record_.values.empty() && record_.values.size() == record_.sd.size());
    all_.summaries = record_.values.size();
}

std::optional<AbcEnd> AbcSmc::end() const {
    if (end_) return end_;
    return made_ >= plan_.runs ? std::optional(AbcEnd::budget) : std::nullopt;
}

/// As many as the generation still needs, by the share that was accepted so far.
std::int64_t AbcSmc::round_size() const {
    const auto particles = static_cast<std::int64_t>(plan_.particles);
    const std::int64_t tried = next_run_ - first_run_;
    const std::int64_t lacking = particles - accepted();
    if (done_.empty()) return lacking;
    const double share =
        tried == 0 ? plan_.quantile : static_cast<double>(std::max<std::int64_t>(accepted(), 1)) / static_cast<double>(tried);
    const auto expected = static_cast<std::int64_t>(std::ceil(more_than_expected * static_cast<double>(lacking) / share));
    return std::clamp(expected, std::max<std::int64_t>(particles / least_rounds, 1), most_at_once * particles);
}

std::vector<double> AbcSmc::proposed(std::int64_t run) const {
    KeyedDraws draws(mix(plan_.seed, purpose::proposal), static_cast<std::uint64_t>(run));
    std::vector<double> u(cells_.size());
    if (kernel_)
        kernel_->draw(draws, u);
    else
        for (double& coordinate : u) coordinate = open_uniform(unit_uniform(draws.bits()));
    return u;
}

std::optional<Proposals> AbcSmc::next() const {
    if (end()) return std::nullopt;
    Proposals proposals{next_run_, {cells_.size(), {}}};
    const std::int64_t count = std::min(round_size(), plan_.runs - made_);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto u = proposed(next_run_ + i);
        proposals.unit.coordinates.insert(proposals.unit.coordinates.end(), u.begin(), u.end());
    }
    return proposals;
}

void AbcSmc::take(const SummaryTable& made) {
    assert(!end_ && made.summaries == all_.summaries);
    made_ += static_cast<std::int64_t>(made.runs());
    for (std::size_t i = 0; i < made.runs(); ++i) {
        judge(made.row(i));
        if (accepted_.size() < plan_.particles) continue;
        complete();
        return;
    }
    const auto tried = static_cast<double>(next_run_ - first_run_);
    if (!done_.empty() && static_cast<double>(plan_.particles) < plan_.least_acceptance * tried) end_ = AbcEnd::acceptance;
}

void AbcSmc::judge(std::span<const double> summaries) {
    all_.values.insert(all_.values.end(), summaries.begin(), summaries.end());
    const bool is_whole = std::ranges::all_of(summaries, [](double x) { return std::isfinite(x); });
    if (!is_whole) ++failed_;
    const bool is_near = done_.empty() ? is_whole : scaled_distance(summaries, record_.values, scales_) <= tolerance_;
    if (is_near) accepted_.push_back({proposed(next_run_), {summaries.begin(), summaries.end()}});
    ++next_run_;
}

void AbcSmc::complete() {
    AbcGeneration generation{.tolerance = tolerance_,
                             .first_run = first_run_,
                             .runs = next_run_ - first_run_,
                             .failed = failed_,
                             .scales = done_.empty() ? std::vector<double>() : scales_};
    generation.particles.unit.factors = cells_.size();
    generation.summaries.summaries = all_.summaries;
    for (const Accepted& one : accepted_) {
        generation.particles.unit.coordinates.insert(generation.particles.unit.coordinates.end(), one.unit.begin(), one.unit.end());
        generation.summaries.values.insert(generation.summaries.values.end(), one.summaries.begin(), one.summaries.end());
        generation.particles.weights.push_back(kernel_ ? 1 / kernel_->density(one.unit) : 1);
    }
    generation.particles.weights = normalised_weights(std::move(generation.particles.weights));
    generation.effective = effective_size(generation.particles.weights);
    if (done_.empty()) prior_predictive_ = all_;
    done_.push_back(std::move(generation));
    scales_ = adapted_scales(all_, record_.sd, scales_);
    set_out();
}

/// Begins the next generation, if there is to be one.
void AbcSmc::set_out() {
    const AbcGeneration& from = done_.back();
    std::vector<double> distances;
    for (std::size_t i = 0; i < from.particles.size(); ++i)
        distances.push_back(scaled_distance(from.summaries.row(i), record_.values, scales_));
    const double farthest = std::ranges::max(distances);
    tolerance_ = next_tolerance(distances, from.particles.weights);
    if (farthest == 0)
        end_ = AbcEnd::exact;
    else if (!(tolerance_ <= farthest * (1 - plan_.least_gain)))
        end_ = AbcEnd::tolerance;
    if (end_) return;
    kernel_.emplace(from.particles, cells_);
    accepted_.clear();
    all_.values.clear();
    failed_ = 0;
    first_run_ = next_run_;
}

/// The quantile, or where so many are as far as the farthest what is next to that; NaN where all are alike.
double AbcSmc::next_tolerance(std::span<const double> distances, std::span<const double> weights) const {
    const double tolerance = weighted_quantile(distances, weights, plan_.quantile);
    const double farthest = std::ranges::max(distances);
    if (tolerance < farthest) return tolerance;
    double nearer = -1;
    for (const double distance : distances)
        if (distance < farthest) nearer = std::max(nearer, distance);
    return nearer < 0 ? std::numeric_limits<double>::quiet_NaN() : nearer;
}

}  // namespace entente
