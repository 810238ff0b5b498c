#include <entente/study/arrival_values.hpp>

#include <algorithm>
#include <cmath>

namespace entente {
namespace {

/// The arrival as it is seen at the horizon.
Arrival by_horizon(const Arrival& arrival, double horizon) {
    return arrival.time > horizon ? Arrival{horizon, false} : arrival;
}

/// The curve from one time to the next: those of arrivals, and those up to which some were watched in vain.
struct Moment {
    double time = 0;
    double waiting = 1;  ///< S from here to the next moment
    double at_risk = 0;
    double before = 0;   ///< sum of d / (n (n - d)) over the moments before this
    double through = 0;  ///< and at it
    double past = 0;     ///< integral of S times that sum, from 0 to here
    double ahead = 0;    ///< integral of S from here to the horizon
};

class Curve {
public:
    Curve(std::span<const Arrival> arrivals, double horizon) : horizon_(horizon) {
        for (const Arrival& arrival : arrivals)
            if (!std::isnan(arrival.time)) known_.push_back(by_horizon(arrival, horizon));
        std::ranges::sort(known_, {}, &Arrival::time);
        for (std::size_t i = 0; i < known_.size();) i = add_moment(i);
        for (std::size_t m = moments_.size(); m-- > 0;)
            moments_[m].ahead = moments_[m].waiting * (next(m) - from(m)) + (m + 1 < moments_.size() ? moments_[m + 1].ahead : 0);
    }

    /// Of all runs it is known whether it had come by the horizon, and when.
    [[nodiscard]] bool is_complete() const {
        return std::ranges::all_of(known_, [&](const Arrival& arrival) { return arrival.came || arrival.time >= horizon_; });
    }
    /// Some run was watched to the horizon, or in all it came.
    [[nodiscard]] bool is_known() const {
        return !moments_.empty() && (moments_.back().waiting == 0 || moments_.back().time >= horizon_);
    }

    [[nodiscard]] double share(const Arrival& arrival) const {
        const double waiting = moments_.back().waiting;
        return 1 - waiting - runs() * waiting * slope(moment_of(arrival), arrival.came);
    }
    [[nodiscard]] double time(const Arrival& arrival) const {
        const Moment& at = moment_of(arrival);
        const double mean = std::max(moments_.front().time, 0.0) + moments_.front().ahead;
        return mean + runs() * (at.past + (at.ahead > 0 ? at.ahead * slope(at, arrival.came) : 0));
    }

private:
    std::size_t add_moment(std::size_t i) {
        Moment moment{.time = known_[i].time, .at_risk = static_cast<double>(known_.size() - i)};
        double came = 0;
        for (; i < known_.size() && known_[i].time == moment.time; ++i) came += known_[i].came ? 1 : 0;
        if (!moments_.empty()) {
            const Moment& last = moments_.back();
            moment.waiting = last.waiting;
            moment.before = last.through;
            moment.past = last.past + last.waiting * last.through * (std::max(moment.time, 0.0) - std::max(last.time, 0.0));
        }
        moment.waiting *= (moment.at_risk - came) / moment.at_risk;
        moment.through = moment.before + (came < moment.at_risk ? came / (moment.at_risk * (moment.at_risk - came)) : 0);
        moments_.push_back(moment);
        return i;
    }

    [[nodiscard]] double runs() const { return static_cast<double>(known_.size()); }
    [[nodiscard]] double from(std::size_t m) const { return std::max(moments_[m].time, 0.0); }
    [[nodiscard]] double next(std::size_t m) const { return m + 1 < moments_.size() ? from(m + 1) : horizon_; }
    [[nodiscard]] const Moment& moment_of(const Arrival& arrival) const {
        return *std::ranges::lower_bound(moments_, by_horizon(arrival, horizon_).time, {}, &Moment::time);
    }
    /// d log S / d w_i after the moment of run i.
    [[nodiscard]] static double slope(const Moment& at, bool came) { return came ? at.before - 1 / at.at_risk : at.through; }

    double horizon_;
    std::vector<Arrival> known_;  ///< by time
    std::vector<Moment> moments_;
};

template <class Own, class Lent>
std::vector<double> values(std::span<const Arrival> arrivals, double horizon, const Own& own, const Lent& lent) {
    const Curve curve(arrivals, horizon);
    const bool is_complete = curve.is_complete();
    std::vector<double> found;
    for (const Arrival& arrival : arrivals) {
        if (std::isnan(arrival.time))
            found.push_back(nan);
        else if (is_complete)
            found.push_back(own(by_horizon(arrival, horizon)));
        else
            found.push_back(curve.is_known() ? lent(curve, arrival) : nan);
    }
    return found;
}

}  // namespace

std::vector<double> came_by(std::span<const Arrival> arrivals, double horizon) {
    return values(
        arrivals, horizon, [](const Arrival& one) { return one.came ? 1.0 : 0.0; },
        [&](const Curve& curve, const Arrival& one) { return curve.share(by_horizon(one, horizon)); });
}

std::vector<double> restricted_times(std::span<const Arrival> arrivals, double horizon) {
    return values(
        arrivals, horizon, [&](const Arrival& one) { return std::min(one.time, horizon); },
        [&](const Curve& curve, const Arrival& one) { return curve.time(by_horizon(one, horizon)); });
}

}  // namespace entente
