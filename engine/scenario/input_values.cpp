#include <entente/scenario/input_values.hpp>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <numeric>
#include <tuple>

namespace entente {
namespace {

struct Change {
    std::int64_t tick;
    RowIndex row;
    double value;
};

bool is_same(double a, double b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
}

/// The first tick, of those of the calendar and the one after them, that begins at `moment` or later.
std::int64_t first_tick_from(const Calendar& calendar, std::int64_t moment) {
    std::int64_t low = 0;
    for (std::int64_t high = calendar.ticks(); low < high;) {
        const std::int64_t middle = low + (high - low) / 2;
        if (beginning_of(calendar, middle) >= static_cast<double>(moment))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/// One row after the other; changes of one row ascend.
class Layout {
public:
    Layout(const Calendar& calendar, Between between) : calendar_(calendar), between_(between) {}

    void add(RowIndex row, const std::vector<DatedValue>& records) {
        assert(!records.empty());
        put({0, row, records.front().value});
        if (between_ == Between::hold)
            hold(row, records);
        else
            interpolate(row, records);
    }

    [[nodiscard]] InputValues packed() {
        std::stable_sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) { return std::tie(a.tick, a.row) < std::tie(b.tick, b.row); });
        InputValues made;
        for (const Change& change : changes_) {
            if (made.ticks.empty() || made.ticks.back() != change.tick) {
                made.ticks.push_back(change.tick);
                made.offset.push_back(std::ssize(made.rows));
            }
            made.rows.push_back(change.row);
            made.values.push_back(change.value);
        }
        made.offset.push_back(std::ssize(made.rows));
        return made;
    }

private:
    /// Of several changes of a row at one tick the last counts.
    void put(const Change& change) {
        if (const Change* before = last_of(change.row); before && before->tick == change.tick) changes_.pop_back();
        if (const Change* before = last_of(change.row); !before || !is_same(before->value, change.value)) changes_.push_back(change);
    }

    [[nodiscard]] const Change* last_of(RowIndex row) const { return changes_.empty() || changes_.back().row != row ? nullptr : &changes_.back(); }

    void hold(RowIndex row, const std::vector<DatedValue>& records) {
        for (const DatedValue& record : records)
            if (const std::int64_t tick = first_tick_from(calendar_, record.first); tick < calendar_.ticks()) put({tick, row, record.value});
    }

    void interpolate(RowIndex row, const std::vector<DatedValue>& records) {
        std::size_t next = 0;  // the first record that is later than the tick
        for (std::int64_t tick = 0; tick < calendar_.ticks(); ++tick) {
            const double now = beginning_of(calendar_, tick);
            while (next < records.size() && static_cast<double>(records[next].first) <= now) ++next;
            if (next == 0 || next == records.size()) {
                put({tick, row, records[next == 0 ? 0 : next - 1].value});
                continue;
            }
            const DatedValue& from = records[next - 1];
            const DatedValue& to = records[next];
            const double passed = (now - static_cast<double>(from.first)) / static_cast<double>(to.first - from.first);
            put({tick, row, from.value + (to.value - from.value) * passed});
        }
    }

    const Calendar& calendar_;
    Between between_;
    std::vector<Change> changes_;
};

}  // namespace

std::string_view name_of(Several several) {
    switch (several) {
        case Several::refused:
            return "";
        case Several::sum:
            return "sum";
        case Several::mean:
            return "mean";
        case Several::min:
            return "min";
        case Several::max:
            return "max";
        case Several::count:
            return "count";
    }
    return "";
}

double taken_together(std::span<const double> values, Several several) {
    assert(!values.empty());
    const auto count = static_cast<double>(values.size());
    switch (several) {
        case Several::refused:
            break;
        case Several::sum:
            return std::accumulate(values.begin(), values.end(), 0.0);
        case Several::mean:
            return std::accumulate(values.begin(), values.end(), 0.0) / count;
        case Several::min:
            return *std::ranges::min_element(values);
        case Several::max:
            return *std::ranges::max_element(values);
        case Several::count:
            return count;
    }
    return values.front();
}

double beginning_of(const Calendar& calendar, std::int64_t tick) {
    if (!calendar.is_dated()) return static_cast<double>(tick);
    return static_cast<double>(calendar.start().time_since_epoch().count()) + calendar.days_since_start(tick);
}

InputValues by_tick(std::span<const std::vector<DatedValue>> records, const Calendar& calendar, Between between) {
    Layout layout(calendar, between);
    for (std::size_t row = 0; row < records.size(); ++row) layout.add(static_cast<RowIndex>(row), records[row]);
    return layout.packed();
}

}  // namespace entente
