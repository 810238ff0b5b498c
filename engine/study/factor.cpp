#include <entente/study/factor.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>

#include <entente/base/elementary.hpp>

namespace entente {
namespace {

using Form = Prior::Form;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nearest_end = 0x1p-53;  ///< of u to 0 and to 1 where there is no end

/// The choices that lie in the range, rising, as often as they were given.
std::vector<double> choices(const Factor& factor) {
    std::vector<double> values;
    for (const double x : factor.prior.arguments)
        if (factor.range.holds(x)) values.push_back(x);
    std::sort(values.begin(), values.end());
    return values;
}

/// Which of n equal shares of [0, 1] holds u.
double share(double u, double n) {
    return std::min(std::floor(u * n), n - 1);
}

double normal_share(double z) {
    if (std::isinf(z)) return z < 0 ? 0 : 1;
    return boost::math::erfc(-z / std::sqrt(2.0)) / 2;
}

/// The u-quantile of the standard normal between two bounds. Shares are taken in the lower tail, where they don't cancel.
double normal_between(double u, const Range& z) {
    if (z.low > 0) return -normal_between(1 - u, {-z.high, -z.low});
    if (z.low == -infinity) u = std::max(u, nearest_end);
    if (z.high == infinity) u = std::min(u, 1 - nearest_end);
    const double p = std::lerp(normal_share(z.low), normal_share(z.high), u);
    return normal_quantile(std::clamp(p, std::numeric_limits<double>::min(), 1 - nearest_end));
}

double log_between(double u, const Range& end) {
    const Elementary& f = elementary();
    return f.exp(std::lerp(f.log(end.low), f.log(end.high), u));
}

double lognormal_between(double u, const Range& end, double m, double s) {
    const Elementary& f = elementary();
    const auto bound = [&](double x) { return std::isinf(x) ? x : (f.log(x) - m) / s; };
    return f.exp(m + s * normal_between(u, {bound(end.low), bound(end.high)}));
}

double beta_between(double u, const Range& end, double a, double b) {
    using namespace boost::math::policies;
    using Policy = policy<domain_error<ignore_error>, overflow_error<ignore_error>, evaluation_error<ignore_error>>;
    const boost::math::beta_distribution<double, Policy> beta(a, b);
    return boost::math::quantile(beta, std::lerp(boost::math::cdf(beta, end.low), boost::math::cdf(beta, end.high), u));
}

double between(double u, const Prior& prior, const Range& end) {
    const auto& x = prior.arguments;
    switch (prior.form) {
        case Form::uniform:
            return std::lerp(end.low, end.high, u);
        case Form::loguniform:
            return log_between(u, end);
        case Form::normal:
            return x[0] + x[1] * normal_between(u, {(end.low - x[0]) / x[1], (end.high - x[0]) / x[1]});
        case Form::lognormal:
            return lognormal_between(u, end, x[0], x[1]);
        case Form::beta:
            return beta_between(u, end, x[0], x[1]);
        case Form::integers:
            return end.low + share(u, end.high - end.low + 1);
        case Form::choice:
            break;
    }
    assert(false);
    return 0;
}

}  // namespace

double Factor::at(double u) const {
    assert(0 <= u && u <= 1 && !is_empty());
    if (prior.form == Form::choice) {
        const std::vector<double> all = choices(*this);
        return all[static_cast<std::size_t>(share(u, static_cast<double>(all.size())))];
    }
    const Range end = ends();
    if (u == 0 && std::isfinite(end.low)) return end.low;
    if (u == 1 && std::isfinite(end.high)) return end.high;
    return std::clamp(between(u, prior, end), end.low, end.high);
}

double Factor::kept() const {
    const auto& x = prior.arguments;
    const auto normal = [&](double low, double high) { return normal_share((high - x[0]) / x[1]) - normal_share((low - x[0]) / x[1]); };
    const auto logarithm = [](double value) { return value > 0 ? std::log(value) : -infinity; };
    switch (prior.form) {
        case Form::normal:
            return normal(range.low, range.high);
        case Form::lognormal:
            return normal(logarithm(range.low), logarithm(range.high));
        case Form::beta: {
            const Range end = ends();
            const boost::math::beta_distribution<double> beta(x[0], x[1]);
            return end.low < end.high ? boost::math::cdf(beta, end.high) - boost::math::cdf(beta, end.low) : 0;
        }
        case Form::choice:
            return static_cast<double>(choices(*this).size()) / static_cast<double>(x.size());
        case Form::uniform:
        case Form::integers: {
            const Range end = ends();
            const double more = prior.form == Form::integers ? 1 : 0;
            return std::max(0.0, end.high - end.low + more) / (x[1] - x[0] + more);
        }
        case Form::loguniform: {
            const Range end = ends();
            return end.low < end.high ? (std::log(end.high) - std::log(end.low)) / (std::log(x[1]) - std::log(x[0])) : 0;
        }
    }
    return 1;
}

double Factor::level(int i, int count) const {
    assert(0 <= i && i < count);
    const bool has_ends = prior.form == Form::uniform || prior.form == Form::loguniform;
    return has_ends && count > 1 ? at(static_cast<double>(i) / (count - 1)) : at((i + 0.5) / count);
}

std::vector<double> Factor::values(int default_levels) const {
    std::vector<double> result;
    if (prior.form == Form::choice) {
        result = choices(*this);
        result.erase(std::unique(result.begin(), result.end()), result.end());
        return result;
    }
    double count = levels.value_or(default_levels);
    if (prior.form == Form::integers) {
        const Range end = ends();
        const double all = end.high - end.low + 1;
        count = levels ? std::min(count, all) : all;
    }
    if (count > static_cast<double>(most_points))
        throw Error(fmt::format("'{}' has {:.0f} values, and {} are the most", name, count, most_points), "say how many levels to take");
    for (int i = 0; i < static_cast<int>(count); ++i) result.push_back(level(i, static_cast<int>(count)));
    return result;
}

Range Factor::ends() const {
    const auto& x = prior.arguments;
    switch (prior.form) {
        case Form::uniform:
        case Form::loguniform:
            return {std::max(x[0], range.low), std::min(x[1], range.high)};
        case Form::integers:
            return {std::max(x[0], std::ceil(range.low)), std::min(x[1], std::floor(range.high))};
        case Form::beta:
            return {std::max(0.0, range.low), std::min(1.0, range.high)};
        case Form::lognormal:
            return {range.low > 0 ? range.low : -infinity, range.high};
        case Form::choice: {
            const std::vector<double> all = choices(*this);
            return all.empty() ? range : Range{all.front(), all.back()};
        }
        case Form::normal:
            return range;
    }
    return range;
}

std::string Factor::text() const {
    constexpr std::array names = {"uniform", "loguniform", "normal", "lognormal", "beta", "choice", "integers"};
    return fmt::format("{}({})", names[static_cast<std::size_t>(prior.form)], fmt::join(prior.arguments, ", "));
}

bool Factor::is_discrete() const {
    return prior.form == Form::choice || prior.form == Form::integers;
}

bool Factor::is_empty() const {
    if (prior.form == Form::choice) return choices(*this).empty();
    const Range end = ends();
    return end.low > end.high || (prior.form == Form::lognormal && end.high <= 0);
}

}  // namespace entente
