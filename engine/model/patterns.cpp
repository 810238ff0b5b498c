#include <entente/model/patterns.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/base/elementary.hpp>
#include <entente/base/machine.hpp>
#include <entente/base/problem.hpp>

namespace entente {
namespace {

using Pair = std::pair<RowIndex, RowIndex>;

/// A sequence of draws for laying out one pattern.
class Sequence {
public:
    explicit Sequence(std::uint64_t seed) : key_(draw_key(seed, 0x746f706f6c6f6779ULL)) {}
    double uniform() {
        const auto pair = uniform_pair(philox::block(draw_counter(next_++, 0, 0), key_));
        return pair[0];
    }
    std::int64_t below(std::int64_t n) { return std::min(static_cast<std::int64_t>(uniform() * static_cast<double>(n)), n - 1); }

private:
    philox::Key key_;
    std::uint64_t next_ = 0;
};

/// The neighbours of one agent, in the order in which they came, and found in constant time however many they are.
class Neighbours {
public:
    [[nodiscard]] bool has(RowIndex b) const {
        if (places_.empty()) return std::find(list_.begin(), list_.end(), b) != list_.end();
        return places_[place_of(b)] == b;
    }
    void add(RowIndex b) {
        list_.push_back(b);
        if (places_.empty() && list_.size() <= few) return;
        if (2 * list_.size() > places_.size())
            spread();
        else
            places_[place_of(b)] = b;
    }
    void remove(RowIndex b) {
        std::erase(list_, b);
        if (places_.empty()) return;
        // Those behind it up to the next free place are put in once more, for they may have given way to it.
        std::size_t at = place_of(b);
        places_[at] = no_row;
        for (at = (at + 1) & mask(); places_[at] != no_row; at = (at + 1) & mask()) {
            const RowIndex moved = std::exchange(places_[at], no_row);
            places_[place_of(moved)] = moved;
        }
    }
    [[nodiscard]] std::size_t size() const { return list_.size(); }
    /// For the last time: sorted.
    [[nodiscard]] std::span<const RowIndex> sorted() {
        places_ = {};
        std::sort(list_.begin(), list_.end());
        return list_;
    }

private:
    static constexpr std::size_t few = 256;  ///< so many are looked through as soon

    [[nodiscard]] std::size_t mask() const { return places_.size() - 1; }
    /// Where it is, or would be put.
    [[nodiscard]] std::size_t place_of(RowIndex b) const {
        std::size_t at = static_cast<std::size_t>((static_cast<std::uint64_t>(b) * 0x9e3779b97f4a7c15ULL) >> 32) & mask();
        while (places_[at] != no_row && places_[at] != b) at = (at + 1) & mask();
        return at;
    }
    void spread() {
        places_.assign(std::bit_ceil(4 * list_.size()), no_row);
        for (const RowIndex b : list_) places_[place_of(b)] = b;
    }

    std::vector<RowIndex> list_;
    std::vector<RowIndex> places_;  ///< open addressing, at most half full; none where they are few
};

/// Collects undirected pairs and writes them both ways, sorted and once each.
class Graph {
public:
    explicit Graph(std::int64_t n) : neighbours_(static_cast<std::size_t>(n)) {}
    bool has(std::int64_t a, std::int64_t b) const { return neighbours_[static_cast<std::size_t>(a)].has(static_cast<RowIndex>(b)); }
    bool add(std::int64_t a, std::int64_t b) {
        if (a == b || has(a, b)) return false;
        add_new(a, b);
        return true;
    }
    /// For pairs known to be new.
    void add_new(std::int64_t a, std::int64_t b) {
        neighbours_[static_cast<std::size_t>(a)].add(static_cast<RowIndex>(b));
        neighbours_[static_cast<std::size_t>(b)].add(static_cast<RowIndex>(a));
    }
    void remove(std::int64_t a, std::int64_t b) {
        neighbours_[static_cast<std::size_t>(a)].remove(static_cast<RowIndex>(b));
        neighbours_[static_cast<std::size_t>(b)].remove(static_cast<RowIndex>(a));
    }
    std::size_t degree(std::int64_t a) const { return neighbours_[static_cast<std::size_t>(a)].size(); }
    void write(RowMap& source, RowMap& target) {
        std::size_t links = source.size();
        for (const Neighbours& near : neighbours_) links += near.size();
        source.reserve(links), target.reserve(links);
        for (std::size_t a = 0; a < neighbours_.size(); ++a) {
            for (const RowIndex b : neighbours_[a].sorted()) source.push_back(static_cast<RowIndex>(a)), target.push_back(b);
            neighbours_[a] = {};
        }
    }

private:
    std::vector<Neighbours> neighbours_;
};

[[noreturn]] void refuse(const std::string& kind, const std::string& why, const std::string& help) {
    throw Error(fmt::format("the pattern of '{}' can't be laid out: {}", kind, why), help);
}

/// Maps, names for draws and groups of one link, before any field.
constexpr double bytes_per_link = 64;

void refuse_too_many(const std::string& kind, double links) {
    if (links > std::numeric_limits<RowIndex>::max())
        refuse(kind, fmt::format("it would have {:.3g} links, more than {}", links, std::numeric_limits<RowIndex>::max()),
               "take fewer agents or a sparser pattern");
    need_memory(links * bytes_per_link, fmt::format("the {:.3g} links of '{}'", links, kind), "take fewer agents or a sparser pattern");
}

/// From a cell to those near it, half of them: the others are reached from these.
std::vector<std::pair<int, int>> grid_steps(const Pattern& pattern) {
    const double radius = pattern.radius.value_or(pattern.neighbours == 8 ? std::sqrt(2.0) : 1.0);
    constexpr double rounding = 1e-9;  // sqrt(2) reaches the diagonal
    const int most = static_cast<int>(radius);
    std::vector<std::pair<int, int>> steps;
    for (int y = 0; y <= most; ++y)
        for (int x = y == 0 ? 1 : -most; x <= most; ++x)
            if (x * x + y * y <= radius * radius + rounding) steps.emplace_back(x, y);
    return steps;
}

void add_complete(std::int64_t sources, std::int64_t targets, bool one_kind, RowMap& source, RowMap& target) {
    for (std::int64_t a = 0; a < sources; ++a)
        for (std::int64_t b = 0; b < targets; ++b)
            if (!one_kind || a != b) source.push_back(static_cast<RowIndex>(a)), target.push_back(static_cast<RowIndex>(b));
}

void lay_ring(Graph& graph, std::int64_t n, int k) {
    for (std::int64_t a = 0; a < n; ++a)
        for (int step = 1; step <= k / 2; ++step) graph.add(a, (a + step) % n);
}

void lay_grid(Graph& graph, const Pattern& pattern) {
    const std::int64_t width = pattern.width;
    const std::int64_t height = pattern.height;
    const auto wrapped = [](std::int64_t at, std::int64_t size) { return (at % size + size) % size; };
    const auto steps = grid_steps(pattern);
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x)
            for (const auto& [dx, dy] : steps) {
                const std::int64_t nx = pattern.torus ? wrapped(x + dx, width) : x + dx;
                const std::int64_t ny = pattern.torus ? wrapped(y + dy, height) : y + dy;
                if (nx >= 0 && nx < width && ny >= 0 && ny < height) graph.add(y * width + x, ny * width + nx);
            }
}

/// Batagelj & Brandes (2005): takes each of `total` things with chance `p`, jumping over those that are left out.
template <class Take>
void each_with_chance(std::int64_t total, double p, Sequence& draws, Take take) {
    if (p <= 0) return;
    const double log_q = elementary().log1p(-std::min(p, 1 - 0x1p-53));
    for (double at = 0;; at += 1) {
        if (p < 1) at += std::floor(elementary().log(open_uniform(draws.uniform())) / log_q);
        if (at >= static_cast<double>(total)) return;
        take(static_cast<std::int64_t>(at));
    }
}

void lay_random(Graph& graph, std::int64_t n, double p, Sequence& draws) {
    std::int64_t a = 1;
    std::int64_t begin = 0;  // number of the pair (a, 0)
    each_with_chance(n * (n - 1) / 2, p, draws, [&](std::int64_t at) {
        while (at >= begin + a) begin += a++;
        graph.add_new(a, at - begin);
    });
}

void add_random(std::int64_t sources, std::int64_t targets, double p, Sequence& draws, RowMap& source, RowMap& target) {
    each_with_chance(sources * targets, p, draws, [&](std::int64_t at) {
        source.push_back(static_cast<RowIndex>(at / targets));
        target.push_back(static_cast<RowIndex>(at % targets));
    });
}

void lay_small_world(Graph& graph, std::int64_t n, const Pattern& pattern, Sequence& draws) {
    lay_ring(graph, n, pattern.k);
    for (int step = 1; step <= pattern.k / 2; ++step)
        for (std::int64_t a = 0; a < n; ++a) {
            if (draws.uniform() >= pattern.p || static_cast<std::int64_t>(graph.degree(a)) >= n - 1) continue;
            std::int64_t b = draws.below(n);
            while (b == a || graph.has(a, b)) b = draws.below(n);
            graph.remove(a, (a + step) % n);
            graph.add_new(a, b);
        }
}

void lay_scale_free(Graph& graph, std::int64_t n, int m, Sequence& draws) {
    std::vector<std::int64_t> ends;  // every agent as often as it has links
    for (std::int64_t a = 0; a <= m; ++a)
        for (std::int64_t b = 0; b < a; ++b) graph.add_new(a, b), ends.push_back(a), ends.push_back(b);
    for (std::int64_t a = m + 1; a < n; ++a) {
        std::vector<std::int64_t> chosen;
        while (static_cast<int>(chosen.size()) < m) {
            const std::int64_t b = ends[static_cast<std::size_t>(draws.below(std::ssize(ends)))];
            if (std::find(chosen.begin(), chosen.end(), b) == chosen.end()) chosen.push_back(b);
        }
        for (const std::int64_t b : chosen) graph.add_new(a, b), ends.push_back(a), ends.push_back(b);
    }
}

/// Pairs free stubs at random, begins again from nothing when the last ones can't be paired. False when that never works out.
bool pair_stubs(Graph& graph, std::int64_t n, std::int64_t k, Sequence& draws) {
    for (int attempt = 0; attempt < 1000; ++attempt) {
        graph = Graph(n);
        std::vector<RowIndex> stubs;
        stubs.reserve(static_cast<std::size_t>(n * k));
        for (std::int64_t a = 0; a < n; ++a) stubs.insert(stubs.end(), static_cast<std::size_t>(k), static_cast<RowIndex>(a));
        int fruitless = 0;
        while (!stubs.empty() && fruitless < 1000) {
            const auto i = static_cast<std::size_t>(draws.below(std::ssize(stubs)));
            const auto j = static_cast<std::size_t>(draws.below(std::ssize(stubs)));
            if (!graph.add(stubs[i], stubs[j])) {
                ++fruitless;
                continue;
            }
            fruitless = 0;
            for (const std::size_t gone : {std::max(i, j), std::min(i, j)}) stubs[gone] = stubs.back(), stubs.pop_back();
        }
        if (stubs.empty()) return true;
    }
    return false;
}

/// A dense graph is what a sparse one leaves out: of many stubs the last ones hardly ever find a partner.
bool lay_regular(Graph& graph, std::int64_t n, std::int64_t k, Sequence& draws) {
    if (2 * k < n) return pair_stubs(graph, n, k, draws);
    Graph left_out(n);
    if (!pair_stubs(left_out, n, n - 1 - k, draws)) return false;
    for (std::int64_t a = 0; a < n; ++a)
        for (std::int64_t b = 0; b < a; ++b)
            if (!left_out.has(a, b)) graph.add_new(a, b);
    return true;
}

}  // namespace

double expected_links(const Pattern& pattern, double sources, double targets) {
    switch (pattern.form) {
        case Pattern::Form::complete:
            return sources * targets;
        case Pattern::Form::random:
            return sources * targets * pattern.p;
        case Pattern::Form::grid:
            return sources * 2 * static_cast<double>(grid_steps(pattern).size());
        case Pattern::Form::scale_free:
            return 2 * sources * pattern.k;
        case Pattern::Form::ring:
        case Pattern::Form::small_world:
        case Pattern::Form::regular:
            return sources * pattern.k;
    }
    return 0;
}

void add_pattern(const Pattern& pattern, const std::string& kind, std::int64_t sources, std::int64_t targets, bool one_kind, RowMap& source,
                 RowMap& target) {
    using Form = Pattern::Form;
    refuse_too_many(kind, expected_links(pattern, static_cast<double>(sources), static_cast<double>(targets)));
    if (pattern.form == Form::complete) return add_complete(sources, targets, one_kind, source, target);
    Sequence draws(pattern.topology_seed);
    if (!one_kind && pattern.form == Form::random) return add_random(sources, targets, pattern.p, draws, source, target);
    if (!one_kind) refuse(kind, "its ends are of different kinds", "between two kinds there are `complete` and `random`");
    const std::int64_t n = sources;
    const bool needs_k = pattern.form == Form::ring || pattern.form == Form::small_world || pattern.form == Form::regular;
    if (needs_k && pattern.k >= n)
        refuse(kind, fmt::format("{} neighbours among {} agents", pattern.k, n), "k must be smaller than the number of agents");
    if ((pattern.form == Form::ring || pattern.form == Form::small_world) && pattern.k % 2 != 0)
        refuse(kind, fmt::format("k is {}, which is odd", pattern.k), "a ring has as many neighbours on either side: give an even k");
    if (pattern.form == Form::regular && (n * pattern.k) % 2 != 0)
        refuse(kind, fmt::format("{} agents with {} links each: an odd number of ends", n, pattern.k), "make one of them even");
    if (pattern.form == Form::scale_free && pattern.k >= n)
        refuse(kind, fmt::format("m is {} among {} agents", pattern.k, n), "m must be smaller than the number of agents");
    if (pattern.form == Form::grid && std::int64_t{pattern.width} * pattern.height != n)
        refuse(kind,
               fmt::format("a grid of {} x {} has {} cells, but there are {} agents", pattern.width, pattern.height,
                           std::int64_t{pattern.width} * pattern.height, n),
               "give as many agents as cells");
    Graph graph(n);
    switch (pattern.form) {
        case Form::ring:
            lay_ring(graph, n, pattern.k);
            break;
        case Form::grid:
            lay_grid(graph, pattern);
            break;
        case Form::random:
            lay_random(graph, n, pattern.p, draws);
            break;
        case Form::small_world:
            lay_small_world(graph, n, pattern, draws);
            break;
        case Form::scale_free:
            lay_scale_free(graph, n, pattern.k, draws);
            break;
        case Form::regular:
            if (!lay_regular(graph, n, pattern.k, draws))
                refuse(kind, fmt::format("no graph of {} agents with {} links each was found", n, pattern.k), "try another topology_seed");
            break;
        case Form::complete:
            break;
    }
    graph.write(source, target);
    assert(source.size() == target.size());
}

}  // namespace entente
