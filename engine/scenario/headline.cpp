#include <entente/scenario/headline.hpp>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace entente {

bool is_date(const Measure& measure) {
    const Expr* tree = measure.value.tree.get();
    return tree != nullptr && tree->kind == Expr::Kind::over_time && tree->over_time == OverTime::first && measure.per != Measure::Per::year;
}

std::vector<std::size_t> headline_order(const Scenario& scenario) {
    const auto& measures = scenario.measures;
    std::vector<std::size_t> numbers(measures.size());
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    std::ranges::stable_sort(numbers, {}, [&](std::size_t number) {
        const auto named = std::ranges::find(scenario.headline, measures[number].name) - scenario.headline.begin();
        return std::tuple(named, measures[number].on.is_given(), !is_date(measures[number]));
    });
    return numbers;
}

std::vector<std::size_t> headline_of(const Scenario& scenario) {
    std::vector<std::size_t> numbers = headline_order(scenario);
    numbers.resize(std::min(numbers.size(), scenario.headline.empty() ? headline_by_default : scenario.headline.size()));
    return numbers;
}

}  // namespace entente
