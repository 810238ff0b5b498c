#include <entente/study/comparison.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>

#include <entente/study/arrival_values.hpp>

namespace entente {
namespace {

bool comes_by(const Arrival& arrival, double horizon) {
    return arrival.came && arrival.time <= horizon;
}

struct Orders {
    std::size_t a_first = 0;
    std::size_t b_first = 0;
    std::size_t same = 0;
    std::size_t neither = 0;
};

/// Not at all where it is not known: one failed, and the other had not come by then.
void count(const Arrival& a, const Arrival& b, double horizon, Orders& orders) {
    const bool a_comes = comes_by(a, horizon);
    const bool b_comes = comes_by(b, horizon);
    const auto outlasts = [&](const Arrival& waiting, double time) { return std::min(waiting.time, horizon) >= time; };
    if (a_comes && b_comes)
        ++(a.time < b.time ? orders.a_first : b.time < a.time ? orders.b_first : orders.same);
    else if (a_comes && outlasts(b, a.time))
        ++orders.a_first;
    else if (b_comes && outlasts(a, b.time))
        ++orders.b_first;
    else if (!a_comes && !b_comes && outlasts(a, horizon) && outlasts(b, horizon))
        ++orders.neither;
}

Order order_of(const Orders& orders, double confidence) {
    const std::size_t pairs = orders.a_first + orders.b_first + orders.same + orders.neither;
    const auto share = [&](std::size_t hits) { return Share{hits, pairs, wilson_interval(hits, pairs, confidence)}; };
    return {share(orders.a_first), share(orders.b_first), share(orders.same), share(orders.neither),
            sign_test(orders.a_first, orders.b_first)};
}

struct Waiting {
    double time;
    bool came;
    bool is_a;
};

std::vector<Waiting> by_time(std::span<const Arrival> a, std::span<const Arrival> b) {
    std::vector<Waiting> all;
    for (const Arrival& arrival : a) all.push_back({arrival.time, arrival.came, true});
    for (const Arrival& arrival : b) all.push_back({arrival.time, arrival.came, false});
    std::erase_if(all, [](const Waiting& w) { return std::isnan(w.time); });
    std::sort(all.begin(), all.end(), [](const Waiting& x, const Waiting& y) { return x.time < y.time; });
    return all;
}

/// Of `came` out of `n` waiting at one time, `n_a` of them in a.
void expect(double came, double n, double n_a, LogRank& found) {
    const double part = n_a / n;
    found.expected_a += came * part;
    found.expected_b += came * (1 - part);
    if (n > 1) found.variance += came * part * (1 - part) * (n - came) / (n - 1);
}

}  // namespace

double Share::value() const {
    return of == 0 ? nan : static_cast<double>(count) / static_cast<double>(of);
}

double sign_test(std::size_t first, std::size_t second) {
    if (first + second == 0) return 1;
    const boost::math::binomial fair(static_cast<double>(first + second), 0.5);
    return std::min(1.0, 2 * cdf(fair, static_cast<double>(std::min(first, second))));
}

DateDifference date_difference(std::span<const Arrival> a, std::span<const Arrival> b, double horizon, Pairing pairing, double confidence) {
    const std::vector<double> times_a = restricted_times(a, horizon);
    const std::vector<double> times_b = restricted_times(b, horizon);
    DateDifference found{horizon, difference(times_a, times_b, pairing, confidence), std::nullopt};
    if (pairing == Pairing::unpaired) return found;
    Orders orders;
    for (std::size_t run = 0; run < a.size(); ++run)
        if (!std::isnan(a[run].time) && !std::isnan(b[run].time)) count(a[run], b[run], horizon, orders);
    found.order = order_of(orders, confidence);
    return found;
}

LogRank log_rank(std::span<const Arrival> a, std::span<const Arrival> b) {
    const std::vector<Waiting> all = by_time(a, b);
    LogRank found;
    auto n_a = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Waiting& w) { return w.is_a; }));
    for (std::size_t i = 0; i < all.size();) {
        const std::size_t n = all.size() - i;
        const std::size_t waiting_a = n_a;
        const double time = all[i].time;
        std::size_t came_a = 0;
        std::size_t came_b = 0;
        for (; i < all.size() && all[i].time == time; ++i) {
            if (all[i].came) ++(all[i].is_a ? came_a : came_b);
            if (all[i].is_a) --n_a;
        }
        found.observed_a += came_a;
        found.observed_b += came_b;
        expect(static_cast<double>(came_a + came_b), static_cast<double>(n), static_cast<double>(waiting_a), found);
    }
    if (found.variance <= 0) return found;
    const double excess = static_cast<double>(found.observed_a) - found.expected_a;
    found.chi_square = excess * excess / found.variance;
    found.p = cdf(complement(boost::math::chi_squared(1), found.chi_square));
    return found;
}

}  // namespace entente
