#include <entente/inference/tempered_smc.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <set>

#include <entente/base/elementary.hpp>
#include <entente/inference/particles.hpp>
#include <entente/inference/weighted_points.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente {
namespace {

constexpr double none = -std::numeric_limits<double>::infinity();
constexpr double effective_share = 0.5;     ///< that a step leaves
constexpr double wanted_acceptance = 0.25;  ///< to which the walk's length is adapted
constexpr std::int64_t most_rounds = 12;    ///< of moves at one temperature
constexpr std::int64_t most_filter_runs = 1 << 20;

double square(std::span<const double> x) {
    double sum = 0;
    for (const double one : x) sum += one * one;
    return sum;
}

/// What (γ' - γ) log L is of each.
std::vector<double> powers(const std::vector<double>& log_likelihoods, double by) {
    std::vector<double> logs;
    for (const double one : log_likelihoods) logs.push_back(std::isinf(one) ? none : by * one);
    return logs;
}

}  // namespace

std::string_view name_of(TemperedEnd end) {
    switch (end) {
        case TemperedEnd::posterior:
            return "posterior";
        case TemperedEnd::impossible:
            return "impossible";
        case TemperedEnd::budget:
            return "budget";
    }
    return "";
}

TemperedSmc::TemperedSmc(std::size_t parameters, TemperedPlan plan) : d_(parameters), plan_(plan), filter_runs_(plan.filter_runs) {
    assert(parameters > 0 && plan.particles > parameters && plan.filter_runs >= 2);
    std::vector<double> z;
    for (std::size_t i = 0; i < plan_.particles * d_; ++i) z.push_back(normal_quantile(open_uniform(uniform(purpose::proposal, i))));
    want(std::move(z));
}

double TemperedSmc::uniform(std::uint64_t what, std::size_t number) const {
    KeyedDraws draws(mix(plan_.seed, mix(static_cast<std::uint64_t>(round_), number)), what);
    return unit_uniform(draws.bits());
}

void TemperedSmc::want(std::vector<double> z) {
    proposed_ = std::move(z);
    const std::int64_t cost = static_cast<std::int64_t>(plan_.particles) * filter_runs_;
    if (runs_ + cost > plan_.runs) {
        end_ = TemperedEnd::budget;
        wanted_.reset();
        return;
    }
    wanted_ = Wanted{round_, filter_runs_, {d_, {}}};
    for (const double x : proposed_) wanted_->unit.coordinates.push_back(std::clamp(normal_chance(x), 0x1p-53, 1 - 0x1p-53));
}

void TemperedSmc::take(const std::vector<double>& log_likelihoods) {
    assert(wanted_ && log_likelihoods.size() == plan_.particles);
    const std::int64_t cost = static_cast<std::int64_t>(plan_.particles) * wanted_->filter_runs;
    runs_ += cost;
    if (!steps_.empty()) steps_.back().runs += cost;
    ++round_;
    switch (doing_) {
        case Doing::beginning:
            z_ = proposed_;
            log_likelihoods_ = log_likelihoods;
            if (std::isinf(std::ranges::max(log_likelihoods_))) {
                end_ = TemperedEnd::impossible;
                wanted_.reset();
                return;
            }
            return step();
        case Doing::moving:
            return judge(log_likelihoods);
        case Doing::refreshing:
            return refresh(log_likelihoods);
    }
}

/// The next temperature: as far as half of the particles stay effective.
void TemperedSmc::step() {
    const double n = static_cast<double>(plan_.particles);
    const auto effective_at = [&](double next) { return effective_number(powers(log_likelihoods_, next - temperature_)); };
    double next = 1;
    if (effective_at(1) < effective_share * n) {
        double low = temperature_;
        double high = 1;
        for (int i = 0; i < 60; ++i) {
            const double middle = (low + high) / 2;
            (effective_at(middle) < effective_share * n ? high : low) = middle;
        }
        next = low > temperature_ ? low : high;
    }
    const std::vector<double> logs = powers(log_likelihoods_, next - temperature_);
    log_evidence_ += log_sum_exp(logs) - std::log(n);
    temperature_ = next;
    steps_.push_back({.temperature = next, .effective = effective_number(logs), .log_evidence = log_evidence_, .filter_runs = filter_runs_});
    draw_again(logs);
    learn_covariance();
    accepted_ = 0;
    propose();
}

void TemperedSmc::draw_again(const std::vector<double>& log_weights) {
    const auto from = systematic_resample(log_weights, uniform(purpose::redraw, 0));
    std::vector<double> z;
    std::vector<double> log_likelihoods;
    for (const std::int64_t i : from) {
        z.insert(z.end(), z_.begin() + i * static_cast<std::ptrdiff_t>(d_), z_.begin() + (i + 1) * static_cast<std::ptrdiff_t>(d_));
        log_likelihoods.push_back(log_likelihoods_[static_cast<std::size_t>(i)]);
    }
    z_ = std::move(z);
    log_likelihoods_ = std::move(log_likelihoods);
}

/// Cholesky's root of the covariance, with a little of the prior's added, so that no direction is lost.
void TemperedSmc::learn_covariance() {
    constexpr double added = 1e-4;
    const auto n = static_cast<double>(plan_.particles);
    std::vector<double> means(d_, 0);
    for (std::size_t i = 0; i < z_.size(); ++i) means[i % d_] += z_[i] / n;
    std::vector<double> covariance(d_ * d_, 0);
    for (std::size_t p = 0; p < plan_.particles; ++p)
        for (std::size_t a = 0; a < d_; ++a)
            for (std::size_t b = 0; b < d_; ++b) covariance[a * d_ + b] += (z_[p * d_ + a] - means[a]) * (z_[p * d_ + b] - means[b]) / n;
    root_.assign(d_ * d_, 0);
    for (std::size_t a = 0; a < d_; ++a) {
        covariance[a * d_ + a] += added;
        for (std::size_t b = 0; b <= a; ++b) {
            double sum = covariance[a * d_ + b];
            for (std::size_t k = 0; k < b; ++k) sum -= root_[a * d_ + k] * root_[b * d_ + k];
            root_[a * d_ + b] = a == b ? std::sqrt(std::max(sum, added / 2)) : sum / root_[b * d_ + b];
        }
    }
}

void TemperedSmc::propose() {
    doing_ = Doing::moving;
    const double length = scale_ * 2.38 / std::sqrt(static_cast<double>(d_));
    std::vector<double> z = z_;
    std::vector<double> normal(d_);
    for (std::size_t p = 0; p < plan_.particles; ++p) {
        for (std::size_t k = 0; k < d_; ++k) normal[k] = normal_quantile(open_uniform(uniform(purpose::proposal, p * d_ + k)));
        for (std::size_t a = 0; a < d_; ++a)
            for (std::size_t b = 0; b <= a; ++b) z[p * d_ + a] += length * root_[a * d_ + b] * normal[b];
    }
    want(std::move(z));
}

void TemperedSmc::judge(const std::vector<double>& log_likelihoods) {
    std::size_t moved = 0;
    for (std::size_t p = 0; p < plan_.particles; ++p) {
        const auto of = [&](const std::vector<double>& z) { return std::span(z).subspan(p * d_, d_); };
        if (std::isinf(log_likelihoods[p])) continue;
        const double ratio = temperature_ * (log_likelihoods[p] - log_likelihoods_[p]) - (square(of(proposed_)) - square(of(z_))) / 2;
        if (elementary().log(open_uniform(uniform(purpose::rank, p))) >= ratio) continue;
        std::ranges::copy(of(proposed_), z_.begin() + static_cast<std::ptrdiff_t>(p * d_));
        log_likelihoods_[p] = log_likelihoods[p];
        ++moved;
    }
    const double acceptance = static_cast<double>(moved) / static_cast<double>(plan_.particles);
    TemperedStep& now = steps_.back();
    now.acceptance = (now.acceptance * static_cast<double>(now.rounds) + acceptance) / static_cast<double>(now.rounds + 1);
    ++now.rounds;
    accepted_ += acceptance;
    scale_ = std::clamp(scale_ * std::exp(acceptance - wanted_acceptance), 0.05, 4.0);
    const double wanted = temperature_ < 1 ? plan_.moves / 3 : plan_.moves;
    if (accepted_ >= wanted || now.rounds >= most_rounds) {
        if (temperature_ < 1) return step();
        end_ = TemperedEnd::posterior;
        wanted_.reset();
        return;
    }
    if (acceptance < plan_.least_acceptance && now.rounds >= 2 && filter_runs_ < most_filter_runs) {
        filter_runs_ *= 2;
        doing_ = Doing::refreshing;
        return want(z_);
    }
    propose();
}

/// The same particles with better likelihoods: weighed by the ratio of both, and drawn again.
void TemperedSmc::refresh(const std::vector<double>& log_likelihoods) {
    std::vector<double> logs;
    for (std::size_t p = 0; p < plan_.particles; ++p)
        logs.push_back(std::isinf(log_likelihoods[p]) ? none : temperature_ * (log_likelihoods[p] - log_likelihoods_[p]));
    log_likelihoods_ = log_likelihoods;
    if (std::isinf(log_sum_exp(logs))) {
        end_ = TemperedEnd::impossible;
        wanted_.reset();
        return;
    }
    log_evidence_ += log_sum_exp(logs) - std::log(static_cast<double>(plan_.particles));
    steps_.back().log_evidence = log_evidence_;
    steps_.back().filter_runs = filter_runs_;
    draw_again(logs);
    propose();
}

double TemperedSmc::log_evidence_error() const {
    double variance = 0;
    for (const TemperedStep& one : steps_) variance += 1 / one.effective - 1 / static_cast<double>(plan_.particles);
    return std::sqrt(std::max(variance, 0.0));
}

Particles TemperedSmc::particles() const {
    Particles made{{d_, {}}, std::vector<double>(plan_.particles, 1 / static_cast<double>(plan_.particles))};
    for (const double x : z_) made.unit.coordinates.push_back(std::clamp(normal_chance(x), 0x1p-53, 1 - 0x1p-53));
    return made;
}

std::size_t TemperedSmc::distinct() const {
    std::set<std::vector<double>> seen;
    for (std::size_t p = 0; p < plan_.particles; ++p) seen.emplace(z_.begin() + static_cast<std::ptrdiff_t>(p * d_), z_.begin() + static_cast<std::ptrdiff_t>((p + 1) * d_));
    return seen.size();
}

}  // namespace entente
