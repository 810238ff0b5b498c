#include <entente/study/sobol_indices.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>

#include <entente/base/statistics.hpp>
#include <entente/study/normalised.hpp>

namespace entente {
namespace {

/// Base rows whose outcomes are all there, one after the other.
class BaseRows {
public:
    BaseRows(std::span<const double> outcomes, std::size_t width) : width_(width) {
        for (std::size_t at = 0; at < outcomes.size(); at += width) {
            const auto row = outcomes.subspan(at, width);
            if (!std::ranges::all_of(row, [](double y) { return std::isfinite(y); })) continue;
            values_.insert(values_.end(), row.begin(), row.end());
            numbers_.push_back(at / width);
        }
        Normalised scaled = normalised(values_);
        values_ = std::move(scaled.values);
        origin_ = scaled.origin;
        unit_ = scaled.unit;
        if (size() > 0) centre();
    }

    [[nodiscard]] std::size_t size() const { return values_.size() / width_; }
    [[nodiscard]] std::span<const double> operator[](std::size_t n) const { return std::span(values_).subspan(n * width_, width_); }
    [[nodiscard]] double mean() const { return size() == 0 ? nan : origin_ + unit_ * mean_; }
    [[nodiscard]] double unit() const { return unit_; }  ///< of the outcomes here
    [[nodiscard]] std::span<const std::size_t> numbers() const { return numbers_; }  ///< of the rows among all

private:
    /// Normalised, an outcome that never varies is 0, exactly.
    void centre() {
        for (std::size_t n = 0; n < size(); ++n) mean_ += (*this)[n].front() + (*this)[n].back();
        mean_ /= 2 * static_cast<double>(size());
        for (double& y : values_) y -= mean_;
    }

    std::size_t width_;
    std::vector<double> values_;
    std::vector<std::size_t> numbers_;
    double origin_ = 0;
    double unit_ = 1;
    double mean_ = 0;
};

/// Indices are functions of sums over base rows. One table holds what is summed: a + b, a^2 + b^2, for each factor the terms of its
/// three indices, and those of the pairs.
class Terms {
public:
    Terms(const BaseRows& rows, std::size_t factors, SecondOrder second_order)
        : rows_(rows.size()), factors_(factors), pairs_(second_order == SecondOrder::yes ? factors * (factors - 1) / 2 : 0) {
        values_.reserve(rows_ * width());
        for (std::size_t n = 0; n < rows_; ++n) append(rows[n]);
    }

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t indices() const { return width() - 2; }

    /// Sums with each row as often as `counts` says.
    [[nodiscard]] std::vector<double> sums(std::span<const double> counts) const {
        std::vector<double> sums(width());
        for (std::size_t n = 0; n < rows_; ++n) {
            if (counts[n] == 0) continue;
            const double* row = &values_[n * width()];
            for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += counts[n] * row[c];
        }
        return sums;
    }

    /// Sums without one row.
    [[nodiscard]] std::vector<double> without(std::vector<double> sums, std::size_t row) const {
        for (std::size_t c = 0; c < sums.size(); ++c) sums[c] -= values_[row * width() + c];
        return sums;
    }

    /// Variance of the a and b, of so many rows. What is left of it by rounding where none of them differ is none.
    [[nodiscard]] double variance(std::span<const double> sums, std::size_t rows) const {
        const double n = 2 * static_cast<double>(rows);
        const double square = sums[1] / n;
        const double variance = square - sums[0] / n * (sums[0] / n);
        return variance > 1e-12 * square ? variance : 0;
    }

    /// first_saltelli, first_jansen and total of all factors, then second.
    [[nodiscard]] std::vector<double> indices(std::span<const double> sums, std::size_t rows) const {
        const double v = variance(sums, rows) * static_cast<double>(rows);
        if (v == 0) return std::vector<double>(indices(), nan);
        std::vector<double> found(sums.begin() + 2, sums.end());
        for (std::size_t i = 0; i < factors_; ++i) {
            found[i] /= v;
            found[factors_ + i] = 1 - found[factors_ + i] / (2 * v);
            found[2 * factors_ + i] /= 2 * v;
        }
        for (std::size_t i = 0, pair = 3 * factors_; pair < found.size(); ++i)
            for (std::size_t j = i + 1; j < factors_; ++j, ++pair) found[pair] = found[pair] / v - found[i] - found[j];
        return found;
    }

private:
    [[nodiscard]] std::size_t width() const { return 2 + 3 * factors_ + pairs_; }

    void append(std::span<const double> row) {
        const double a = row.front();
        const double b = row.back();
        const auto c = row.subspan(1, factors_);
        values_.insert(values_.end(), {a + b, a * a + b * b});
        for (const double ab : c) values_.push_back(b * (ab - a));
        for (const double ab : c) values_.push_back((b - ab) * (b - ab));
        for (const double ab : c) values_.push_back((a - ab) * (a - ab));
        if (pairs_ == 0) return;
        const auto d = row.subspan(1 + factors_, factors_);
        for (std::size_t i = 0; i < factors_; ++i)
            for (std::size_t j = i + 1; j < factors_; ++j) values_.push_back(d[i] * c[j] - a * b);
    }

    std::size_t rows_;
    std::size_t factors_;
    std::size_t pairs_;
    std::vector<double> values_;  ///< [row][term]
};

/// The Walsh-Hadamard transform, of as many values as a power of two.
void transform(std::vector<double>& values) {
    for (std::size_t half = 1; half < values.size(); half *= 2)
        for (std::size_t from = 0; from < values.size(); from += 2 * half)
            for (std::size_t i = from; i < from + half; ++i) {
                const double sum = values[i] + values[i + half];
                values[i + half] = values[i] - values[i + half];
                values[i] = sum;
            }
}

/// By index, how much wider than for independent rows its interval is.
std::vector<double> widths(const Terms& terms, std::span<const double> sums, std::span<const double> values,
                           std::span<const std::size_t> numbers) {
    std::vector<std::vector<double>> influence(values.size(), std::vector<double>(numbers.empty() ? 0 : numbers.back() + 1));
    for (std::size_t row = 0; row < terms.rows(); ++row) {
        const std::vector<double> others = terms.indices(terms.without({sums.begin(), sums.end()}, row), terms.rows() - 1);
        for (std::size_t i = 0; i < values.size(); ++i)
            influence[i][numbers[row]] = std::isfinite(others[i]) ? values[i] - others[i] : 0;
    }
    std::vector<double> found;
    for (const std::vector<double>& of_index : influence) found.push_back(row_dependence(of_index));
    return found;
}

/// Intervals of all indices.
std::vector<Interval> intervals(const Terms& terms, const Bootstrap& bootstrap) {
    const auto resamples = static_cast<std::size_t>(bootstrap.resamples);
    std::vector<std::vector<double>> found(terms.indices(), std::vector<double>(resamples));
    std::vector<double> counts(terms.rows());
    for (std::size_t r = 0; r < resamples; ++r) {
        draw_resample(bootstrap.seed, static_cast<int>(r), counts);
        const std::vector<double> indices = terms.indices(terms.sums(counts), terms.rows());
        for (std::size_t i = 0; i < indices.size(); ++i) found[i][r] = indices[i];
    }
    std::vector<Interval> result;
    for (const std::vector<double>& estimates : found) result.push_back(percentile_interval(estimates, bootstrap.confidence, terms.rows()));
    return result;
}

}  // namespace

double row_dependence(std::span<const double> influence) {
    constexpr std::size_t most_members = 8;
    std::vector<double> products(influence.begin(), influence.end());  // R_m
    products.resize(std::bit_ceil(std::max<std::size_t>(influence.size(), 1)));
    transform(products);
    for (double& each : products) each *= each;
    transform(products);
    if (!(products.front() > 0)) return 1;
    std::vector<std::size_t> members{0};
    double sum = products.front();
    double largest = sum;
    while (members.size() < most_members && members.size() < products.size()) {
        double gain = -std::numeric_limits<double>::infinity();
        std::size_t generator = 0;
        for (std::size_t m = 1; m < products.size(); ++m) {
            if (std::ranges::find(members, m) != members.end()) continue;
            double of_coset = 0;
            for (const std::size_t member : members) of_coset += products[m ^ member];
            if (of_coset > gain) gain = of_coset, generator = m;
        }
        for (std::size_t i = 0, before = members.size(); i < before; ++i) members.push_back(members[i] ^ generator);
        sum += gain;
        largest = std::max(largest, sum);
    }
    return std::sqrt(largest / products.front());
}

SobolIndices sobol_indices(std::span<const double> outcomes, std::size_t groups, SecondOrder second_order, const Bootstrap& bootstrap) {
    const std::size_t width = points_per_base_row(groups, second_order);
    assert(groups > 0 && outcomes.size() % width == 0);
    const BaseRows rows(outcomes, width);
    const Terms terms(rows, groups, second_order);
    const std::vector<double> sums = terms.sums(std::vector<double>(rows.size(), 1.0));
    const std::vector<double> values = terms.indices(sums, rows.size());
    std::vector<Interval> around = intervals(terms, bootstrap);
    if (bootstrap.resamples > 0 && rows.size() > 1 && rows_are_few(outcomes.size() / width, groups)) {
        const std::vector<double> wider = widths(terms, sums, values, rows.numbers());
        for (std::size_t i = 0; i < values.size(); ++i)
            around[i] = {values[i] - wider[i] * (values[i] - around[i].low), values[i] + wider[i] * (around[i].high - values[i])};
    }

    SobolIndices result;
    result.base_rows = rows.size();
    result.left_out = outcomes.size() / width - rows.size();
    result.mean = rows.mean();
    result.variance = rows.size() == 0 ? nan : terms.variance(sums, rows.size()) * rows.unit() * rows.unit();
    const auto estimates = [&](std::size_t from, std::size_t to) {
        std::vector<Estimate> part;
        for (std::size_t i = from; i < to; ++i) part.push_back({values[i], around[i]});
        return part;
    };
    result.first_saltelli = estimates(0, groups);
    result.first_jansen = estimates(groups, 2 * groups);
    result.total = estimates(2 * groups, 3 * groups);
    for (Estimate& total : result.total) total.interval.low = total.interval.low < 0 ? 0 : total.interval.low;  // none is negative
    result.second = estimates(3 * groups, values.size());
    return result;
}

}  // namespace entente
