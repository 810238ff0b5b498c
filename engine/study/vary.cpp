#include <entente/study/vary.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/prior.hpp>
#include <entente/scenario/settings.hpp>
#include <entente/scenario/values.hpp>

namespace entente {
namespace {

constexpr std::string_view ways = "write low:high, low:high:levels, log(low, high), {a, b, c} or a prior such as uniform(0, 1)";

std::string bounds_of(const Range& range) {
    return fmt::format("[{}, {}]", shown(range.low), shown(range.high));
}

/// Reads the text of one way of varying a parameter.
class WayReader {
public:
    WayReader(const Parameter& parameter, std::string_view written) : parameter_(parameter), written_(written) {}

    void read(Factor& factor) const {
        if (written_.starts_with('{')) {
            factor.prior = choice();
            return;
        }
        std::string_view way = written_;
        const std::size_t closed = way.rfind(')');
        const std::size_t colon = closed != std::string_view::npos ? way.find(':', closed) : second_colon();
        if (colon != std::string_view::npos) {
            factor.levels = levels(trim(way.substr(colon + 1)));
            way = trim(way.substr(0, colon));
        }
        factor.prior = closed == std::string_view::npos ? uniform(way) : is_log(way) ? logarithmic(way) : prior(way);
        if (factor.levels && factor.prior.form == Prior::Form::choice)
            throw Error(fmt::format("'{}' is a choice, and its levels are its values", parameter_.name),
                        fmt::format("write {} alone", way));
    }

private:
    static std::string_view trim(std::string_view text) {
        const std::size_t begin = text.find_first_not_of(' ');
        return begin == std::string_view::npos ? std::string_view{} : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
    }
    static Text text_of(std::string_view written) {
        Text text;
        text.value = written;
        return text;
    }
    static bool is_log(std::string_view way) { return trim(way.substr(0, way.find('('))) == "log"; }

    [[nodiscard]] std::size_t second_colon() const {
        const std::size_t first = written_.find(':');
        return first == std::string_view::npos ? first : written_.find(':', first + 1);
    }

    [[noreturn]] void unreadable() const {
        if (written_.empty()) throw Error(fmt::format("'{}' is varied over nothing", parameter_.name), std::string(ways));
        throw Error(fmt::format("'{}' can't be varied by '{}'", parameter_.name, written_), std::string(ways));
    }

    static void throw_first(const Problems& problems) {
        if (!problems.has_errors()) return;
        const Problem first = problems.sorted().front();
        throw Error(first.what, first.help);
    }

    [[nodiscard]] double number(std::string_view text) const {
        const auto value = parse_number(text);
        if (const std::string help = number_help(std::string(text)); !value && !help.empty())
            throw Error(fmt::format("'{}' can't be varied by '{}': '{}' is not a number", parameter_.name, written_, text), help);
        if (!value) unreadable();
        if (!std::isfinite(*value)) throw Error(fmt::format("'{}' can't be varied to {}", parameter_.name, text), "give finite bounds");
        return *value;
    }

    void check_inside(double value) const {
        if (!parameter_.range.holds(value))
            throw Error(
                fmt::format("the value {} of '{}' is outside its range {}", shown(value), parameter_.name, bounds_of(parameter_.range)),
                "stay inside");
    }

    void check_bounds(double low, double high) const {
        if (low > high)
            throw Error(
                fmt::format("'{}' can't be varied from {} to {}: the bounds are reversed", parameter_.name, shown(low), shown(high)),
                "write the lower bound first");
        if (low == high)
            throw Error(fmt::format("'{}' can't be varied from {} to {}: the bounds are equal", parameter_.name, shown(low), shown(high)),
                        fmt::format("a value that stays is set: --set '{}={}'", parameter_.name, shown(low)));
        check_inside(low);
        check_inside(high);
    }

    [[nodiscard]] Prior uniform(std::string_view way) const {
        const std::size_t colon = way.find(':');
        if (colon == std::string_view::npos) unreadable();
        const double low = number(trim(way.substr(0, colon)));
        const double high = number(trim(way.substr(colon + 1)));
        check_bounds(low, high);
        return {Prior::Form::uniform, {low, high}};
    }

    [[nodiscard]] std::vector<double> arguments(std::string_view way, std::size_t open) const {
        Problems problems;
        const auto numbers = read_arguments(text_of(way), open, problems, [&](std::string_view name) { return level_among(parameter_.levels, name); });
        throw_first(problems);
        return *numbers;
    }

    [[nodiscard]] Prior logarithmic(std::string_view way) const {
        if (!is_call(way)) unreadable();
        const auto bounds = arguments(way, way.find('('));
        if (bounds.size() != 2) unreadable();
        if (std::min(bounds[0], bounds[1]) <= 0)
            throw Error(fmt::format("'{}' can't be varied over {}: only positive numbers have a logarithm", parameter_.name, way),
                        "give bounds above 0");
        check_bounds(bounds[0], bounds[1]);
        return {Prior::Form::loguniform, bounds};
    }

    [[nodiscard]] Prior choice() const {
        if (written_.find('}') + 1 != written_.size()) unreadable();
        Prior prior{Prior::Form::choice, arguments(written_, 0)};
        for (const double value : prior.arguments) check_inside(value);
        check_several(prior);
        return prior;
    }

    [[nodiscard]] Prior prior(std::string_view way) const {
        Problems problems;
        const auto read = read_prior(text_of(way), parameter_.name, parameter_.range, problems, [&](std::string_view name) { return level_among(parameter_.levels, name); });
        throw_first(problems);
        check_several(*read);
        return *read;
    }

    void check_several(const Prior& prior) const {
        const auto& x = prior.arguments;
        const bool is_single =
            (prior.form == Prior::Form::choice && x.size() == 1) || (prior.form == Prior::Form::integers && x[0] == x[1]);
        if (is_single)
            throw Error(fmt::format("'{}' can't be varied over one value alone, {}", parameter_.name, shown(x[0])),
                        fmt::format("a value that stays is set: --set '{}={}'", parameter_.name, shown(x[0])));
    }

    [[nodiscard]] int levels(std::string_view written) const {
        const auto number = parse_number(written);
        if (!number || *number != std::floor(*number) || std::abs(*number) > 1e9)
            throw Error(fmt::format("'{}' is not a number of levels of '{}'", written, parameter_.name),
                        "levels are counted in whole numbers from 2 on");
        const int count = static_cast<int>(*number);
        if (count < 2)
            throw Error(fmt::format("'{}' can't be varied over {} level{}", parameter_.name, count, count == 1 ? "" : "s"),
                        "levels are counted in whole numbers from 2 on");
        return count;
    }

    const Parameter& parameter_;
    std::string_view written_;
};

Factor factor_of(const Parameter& parameter, std::optional<std::string_view> way) {
    Factor factor;
    factor.name = parameter.name;
    factor.unit = parameter.unit;
    factor.range = parameter.range;
    if (way) {
        WayReader(parameter, *way).read(factor);
        return factor;
    }
    if (!parameter.prior) {
        const auto& [low, high] = parameter.range;
        throw Error(fmt::format("'{}' has no prior by which it could be varied", parameter.name),
                    std::isfinite(low) && std::isfinite(high)
                        ? fmt::format("give bounds within its range: {}={}:{}", parameter.name, shown(low), shown(high))
                        : fmt::format("give bounds: {}=low:high", parameter.name));
    }
    factor.prior = *parameter.prior;
    return factor;
}

}  // namespace

Varied vary(const Scenario& scenario, std::span<const std::string> texts) {
    Varied varied{scenario, {}, {}};
    for (const std::string& text : texts) {
        const auto [name, way] = split_assignment(text);
        varied.scenario = with_parameter(varied.scenario, name);
        const ParameterId id = *find_parameter(varied.scenario, name);
        const Parameter& parameter = varied.scenario.parameters[static_cast<std::size_t>(id.value)];
        if (std::find(varied.parameters.begin(), varied.parameters.end(), id) != varied.parameters.end())
            throw Error(fmt::format("'{}' is varied twice", parameter.name), "name it once");
        varied.factors.push_back(factor_of(parameter, way));
        varied.parameters.push_back(id);
    }
    return varied;
}

std::vector<std::string> parameters_with_priors(const Scenario& scenario, std::span<const std::string> but) {
    std::vector<std::string> names;
    for (const Parameter& parameter : scenario.parameters)
        if (parameter.prior && std::ranges::find(but, parameter.name) == but.end()) names.push_back(parameter.name);
    return names;
}

std::string cut_warning(const Factor& factor) {
    const double kept = factor.kept();
    if (kept >= 0.9) return {};
    const double low = factor.at(0.05);
    const double high = factor.at(0.95);
    const std::string cut = fmt::format("the range {} of '{}' leaves {:.2g} % of its distribution", bounds_of(factor.range), factor.name, 100 * kept);
    if (low == high) return fmt::format("{}: it is always {}", cut, shown(low));
    return fmt::format("{}: 90 % of its values are from {:.4g} to {:.4g}", cut, low, high);
}

}  // namespace entente
