#include <algorithm>
#include <map>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

/// A time that units may be per, and how many of it a year has.
struct PerTime {
    std::string_view word;
    double a_year;
};

constexpr std::array<PerTime, 6> times{{{"day", 365.25}, {"week", 365.25 / 7}, {"month", 12}, {"quarter", 4}, {"decade", 0.1}, {"hour", 8766}}};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The words of a unit with what stands before each: '/' where it is a divisor (`/month`, `per month`).
std::vector<std::pair<std::string, bool>> words_of(std::string_view unit) {
    std::vector<std::pair<std::string, bool>> words;
    bool divides = false;
    for (std::size_t i = 0; i < unit.size();) {
        std::size_t end = i;
        while (end < unit.size() && is_letter(unit[end])) ++end;
        if (end == i) {
            if (unit[i] == '/') divides = true;
            ++i;
            continue;
        }
        std::string word(unit.substr(i, end - i));
        if (word == "per")
            divides = true;
        else
            words.emplace_back(std::move(word), divides);
        i = end;
    }
    return words;
}

const PerTime* time_named(std::string_view word) {
    if (word.ends_with('s')) word.remove_suffix(1);
    const auto found = std::find_if(times.begin(), times.end(), [&](const PerTime& time) { return time.word == word; });
    return found == times.end() ? nullptr : &*found;
}

/// The time, other than a year, that a unit is per.
const PerTime* per_time(std::string_view unit) {
    for (const auto& [word, divides] : words_of(unit))
        if (const PerTime* time = time_named(word); time && divides) return time;
    return nullptr;
}

bool mentions_time(std::string_view unit) {
    const auto words = words_of(unit);
    return std::any_of(words.begin(), words.end(), [](const auto& word) { return time_named(word.first) || word.first.starts_with("year"); });
}

/// What is per month or week among what a rate is made of by sums, products and choices.
class RateReader {
public:
    RateReader(const Scenario& scenario, const Step* step) : scenario_(scenario), step_(step) {}

    struct Found {
        const PerTime* time;
        const Expr* read;
        std::string unit;
    };

    /// Each expression is looked into once, however often a let is named.
    [[nodiscard]] std::optional<Found> find(const ExprPtr& tree) {
        if (!tree) return std::nullopt;
        if (const auto known = known_.find(tree.get()); known != known_.end()) return known->second;
        const auto found = looked_into(tree);
        known_[tree.get()] = found;
        return found;
    }

private:
    [[nodiscard]] std::optional<Found> looked_into(const ExprPtr& tree) {
        if (const auto unit = unit_of(*tree)) {
            const PerTime* time = per_time(*unit);
            return time ? std::optional(Found{time, tree.get(), *unit}) : std::nullopt;
        }
        if (tree->kind == Expr::Kind::let && step_) return find(step_->lets[static_cast<std::size_t>(tree->let)].value.tree);
        if (tree->kind != Expr::Kind::call) return std::nullopt;
        switch (entry_of(tree->function).unit) {
            case Unit::none:
                return std::nullopt;
            case Unit::product: {
                const auto found = first_of(tree->args);
                const bool is_turned = std::any_of(tree->args.begin(), tree->args.end(), [&](const ExprPtr& arg) { return turns(*arg, found); });
                return is_turned || (tree->function == Function::divide && !find(tree->args[0])) ? std::nullopt : found;
            }
            case Unit::of_first:
                return find(tree->args[0]);
            case Unit::of_all:
                return first_of(tree->args);
            case Unit::of_choice:
                return first_of({tree->args.begin() + 1, tree->args.end()});
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Found> first_of(const std::vector<ExprPtr>& args) {
        for (const ExprPtr& arg : args)
            if (const auto found = find(arg)) return found;
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::string> unit_of(const Expr& expr) const {
        if (expr.kind == Expr::Kind::parameter) return scenario_.parameters[static_cast<std::size_t>(expr.parameter.value)].unit;
        if (expr.kind == Expr::Kind::field) return scenario_.fields(expr.row->kind)[static_cast<std::size_t>(expr.field.value)].unit;
        if (expr.kind == Expr::Kind::derived) return scenario_.derived(expr.row->kind)[static_cast<std::size_t>(expr.derived.value)].unit;
        return std::nullopt;
    }

    /// Whether a factor turns the time into years: a number near so many a year, or something measured in a time itself.
    [[nodiscard]] bool turns(const Expr& factor, const std::optional<Found>& found) const {
        if (!found) return false;
        if (factor.kind == Expr::Kind::clock) return true;
        if (factor.kind == Expr::Kind::number) return std::abs(factor.number / found->time->a_year - 1) < 0.05;
        const auto unit = unit_of(factor);
        return &factor != found->read && unit && mentions_time(*unit);
    }

    std::map<const Expr*, std::optional<Found>> known_;
    const Scenario& scenario_;
    const Step* step_;
};

void warn(const ExprPtr& rate, std::string_view what, const Step* step, Reader& reader) {
    const auto found = RateReader(reader.scenario, step).find(rate);
    if (!found) return;
    const double a_year = found->time->a_year;
    const std::string factor = a_year == std::floor(a_year) ? fmt::format("{:.0f}", a_year) : fmt::format("{:.4g}", a_year);
    reader.problems.warning(rate->place, fmt::format("{} is per year, and '{}' is in {}", what, found->read->text, found->unit),
                            fmt::format("write {} * {}, or give it in 1/year", factor, found->read->text));
}

/// toward(x, target, rate) and chance(rate), wherever they stand.
void look_into(const ExprPtr& tree, const Step* step, Reader& reader) {
    if (!tree) return;
    if (tree->kind == Expr::Kind::call && tree->function == Function::toward) warn(tree->args[2], "the rate of toward(…)", step, reader);
    if (tree->kind == Expr::Kind::call && tree->function == Function::chance) warn(tree->args[0], "the rate of chance(…)", step, reader);
    for (const ExprPtr& arg : tree->args) look_into(arg, step, reader);
    look_into(tree->filter, step, reader);
}

}  // namespace

void warn_of_units(Reader& reader) {
    visit_formulas(reader.scenario, [&](const Formula& formula) { look_into(formula.tree, nullptr, reader); });
    for (const Step& step : reader.scenario.steps) {
        if (step.form == Step::Form::rate) warn(step.drive->tree, "a rate", &step, reader);
        if (step.form == Step::Form::count) warn(step.drive->tree, "a count", &step, reader);
    }
}

}  // namespace entente
