#include <entente/report/static_figures.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <ranges>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/report/page.hpp>

namespace entente {

namespace {

using page::Moment;
using page::Numbers;

constexpr double width = 640;
constexpr double height = 180;

/// Where values lie in a chart; x by number, evenly.
struct Scale {
    std::size_t count = 1;
    double low = 0;
    double high = 1;
    [[nodiscard]] double x(std::size_t at) const {
        return count > 1 ? width * static_cast<double>(at) / static_cast<double>(count - 1) : 0;
    }
    [[nodiscard]] double y(double value) const { return height - height * (value - low) / (high - low); }
};

/// Lines through points in whole pixels, each told from the one before it, for most of them are near: the shortest way to write them.
class Path {
public:
    /// What is no number is skipped.
    void to(double x, double y) {
        if (std::isnan(y)) return;
        const auto [next_x, next_y] = std::pair(std::lround(x), std::lround(y));
        const auto [right, down] = std::pair(next_x - x_, next_y - y_);
        if (text_.empty())
            text_ = fmt::format("M{} {}", next_x, next_y);
        else if (right != 0 && down != 0)
            add('l', {right, down});
        else if (right != 0)
            add('h', {right});
        else if (down != 0)
            add('v', {down});
        x_ = next_x;
        y_ = next_y;
    }

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    void add(char command, std::initializer_list<long> numbers) {
        const bool is_told = command == command_;
        if (!is_told) text_ += command;
        command_ = command;
        bool is_apart = !is_told;
        for (const long number : numbers) {
            if (!is_apart && number >= 0) text_ += ' ';
            text_ += std::to_string(number);
            is_apart = false;
        }
    }

    std::string text_;
    long x_ = 0;
    long y_ = 0;
    char command_ = 'M';
};

/// So many points of a course are drawn, evenly spaced.
constexpr std::int64_t most_points = 120;

void add_point(Path& path, const Numbers& values, std::int64_t at, const Scale& scale) {
    const auto place = static_cast<std::size_t>(at);
    path.to(scale.x(place), scale.y(values[place]));
}

std::string line(const Path& path, std::string_view look) {
    return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"currentColor\"{}/>\n", path.text(), look);
}

std::string course_line(const Numbers& values, const Scale& scale) {
    Path path;
    for (const std::int64_t at : thinned(std::ssize(values), most_points)) add_point(path, values, at, scale);
    return line(path, "");
}

std::string band(const Numbers& low, const Numbers& high, const Scale& scale, const char* opacity) {
    Path path;
    for (const std::int64_t at : thinned(std::ssize(low), most_points)) add_point(path, low, at, scale);
    for (const std::int64_t at : std::views::reverse(thinned(std::ssize(high), most_points))) add_point(path, high, at, scale);
    return fmt::format("<path d=\"{}\" fill=\"currentColor\" fill-opacity=\"{}\"/>\n", path.text(), opacity);
}

std::string chart(std::string_view label, const std::string& shapes) {
    return fmt::format("<svg viewBox=\"-4 -4 {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\">\n{}</svg>\n", width + 8,
                       height + 8, width, height, html_escaped(label), shapes);
}

/// From the least to the greatest of what is drawn; nothing where there is no value.
std::optional<Scale> scale_of(const page::SeriesData& series) {
    Scale scale{.count = series.mean.size(), .low = INFINITY, .high = -INFINITY};
    for (const Numbers* numbers : {&series.q05, &series.q95, &series.mean})
        for (const double value : *numbers) {
            scale.low = std::fmin(scale.low, value);
            scale.high = std::fmax(scale.high, value);
        }
    if (!(scale.high >= scale.low)) return {};
    if (scale.high == scale.low) scale.high += 1;
    return scale;
}

/// Where a moment stands between the first and the last of the ensemble's times.
double position(const Moment& moment, const std::vector<Moment>& times) {
    const auto found = std::ranges::lower_bound(times, moment.when, {}, &Moment::when);
    return times.size() > 1 ? width * static_cast<double>(found - times.begin()) / static_cast<double>(times.size() - 1) : 0;
}

/// One line of a Kaplan-Meier curve, to the end of the chart.
Path steps_of(const page::CurveData& curve, const Numbers& values, const std::vector<Moment>& times) {
    const Scale scale;
    Path path;
    double last = 0;
    path.to(0, scale.y(last));
    for (std::size_t at = 0; at < curve.when.size(); ++at) {
        const double x = position(curve.when[at], times);
        path.to(x, scale.y(last));
        path.to(x, scale.y(values[at]));
        last = values[at];
    }
    path.to(width, scale.y(last));
    return path;
}

}  // namespace

std::string moment_html(const Moment& moment) {
    if (const auto* date = std::get_if<std::string>(&moment.when)) return html_escaped(*date);
    if (const auto* tick = std::get_if<std::int64_t>(&moment.when)) return readable(static_cast<double>(*tick));
    return readable(std::get<double>(moment.when));
}

std::string fan_html(const page::SeriesData& series, const std::vector<Moment>& times) {
    const auto scale = scale_of(series);
    if (!scale) return {};
    const bool has_bands = std::ranges::any_of(series.q05, [](double value) { return !std::isnan(value); });
    const Moment& first = series.years ? series.years->front().from : times.front();
    const Moment& last = series.years ? series.years->back().from : times.back();
    const std::string bands =
        has_bands ? band(series.q05, series.q95, *scale, "0.15") + band(series.q25, series.q75, *scale, "0.3") : std::string();
    const std::string html = fmt::format("<figure>\n<figcaption>{} <small>{}</small>, {} to {}; scale {} to {}: median{}</figcaption>\n",
                                         html_escaped(series.name), html_escaped(series.unit), moment_html(first), moment_html(last),
                                         readable(scale->low), readable(scale->high), has_bands ? ", 25–75 % and 5–95 % of runs" : "");
    return html + chart("Fan of " + series.name, bands + course_line(series.q50, *scale)) + "</figure>\n";
}

std::string curve_html(const page::DateData& date, const std::vector<Moment>& times) {
    const page::CurveData& curve = date.curve;
    std::string shapes = line(steps_of(curve, curve.share, times), " stroke-width=\"2\"");
    for (const Numbers* bound : {&curve.low, &curve.high}) shapes += line(steps_of(curve, *bound, times), " stroke-dasharray=\"2 3\"");
    return fmt::format(
        "<figure>\n<figcaption>{}: share of runs in which it has happened, with 95 % interval; scale 0 to 1</figcaption>\n{}</figure>\n",
        html_escaped(date.name), chart("Kaplan-Meier curve of " + date.name, shapes));
}

}  // namespace entente
