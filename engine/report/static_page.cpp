#include <entente/report/static_page.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/wording.hpp>
#include <entente/report/json_numbers.hpp>
#include <entente/report/page.hpp>

namespace entente {

namespace {

using Json = ReportJson;

constexpr double width = 640;
constexpr double height = 180;

double number_of(const Json& value) {
    return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::string cell(const Json& value) {
    if (value.is_number()) return readable(value.get<double>());
    return value.is_string() ? html_escaped(value.get<std::string>()) : "–";
}

std::string text_of(const Json& value, const char* key) {
    return html_escaped(value.at(key).get<std::string>());
}

class Table {
public:
    Table(std::string_view caption, const std::vector<std::string>& heads) {
        text_ = fmt::format("<table>\n<caption>{}</caption>\n<thead><tr>", html_escaped(caption));
        for (const auto& head : heads) text_ += fmt::format("<th scope=\"col\">{}</th>", html_escaped(head));
        text_ += "</tr></thead>\n<tbody>\n";
    }
    /// Cells are HTML already.
    void add(const std::vector<std::string>& cells) {
        text_ += fmt::format("<tr><td>{}</td></tr>\n", fmt::join(cells, "</td><td>"));
        ++rows_;
    }
    [[nodiscard]] std::string html() const { return rows_ == 0 ? "" : text_ + "</tbody>\n</table>\n"; }

private:
    std::string text_;
    std::size_t rows_ = 0;
};

/// Where values lie in a chart; x by number, evenly.
struct Scale {
    std::size_t count = 1;
    double low = 0;
    double high = 1;
    [[nodiscard]] double x(std::size_t at) const { return count > 1 ? width * static_cast<double>(at) / static_cast<double>(count - 1) : 0; }
    [[nodiscard]] double y(double value) const { return height - height * (value - low) / (high - low); }
};

std::string points_of(const Json& values, const Scale& scale) {
    std::string points;
    for (std::size_t at = 0; at < values.size(); ++at)
        if (const double value = number_of(values[at]); !std::isnan(value)) points += fmt::format("{:.1f},{:.1f} ", scale.x(at), scale.y(value));
    return points;
}

std::string band(const Json& low, const Json& high, const Scale& scale, const char* opacity) {
    std::string points = points_of(low, scale);
    for (std::size_t at = high.size(); at-- > 0;)
        if (const double value = number_of(high[at]); !std::isnan(value)) points += fmt::format("{:.1f},{:.1f} ", scale.x(at), scale.y(value));
    return fmt::format("<polygon points=\"{}\" fill=\"currentColor\" fill-opacity=\"{}\"/>\n", points, opacity);
}

std::string chart(std::string_view label, const std::string& shapes) {
    return fmt::format("<svg viewBox=\"-4 -4 {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\">\n{}</svg>\n", width + 8, height + 8, width, height,
                       html_escaped(label), shapes);
}

std::string fan_html(const Json& series, const Json& times) {
    const Json& when = series.at("years").is_null() ? times : series.at("years");
    Scale scale{.count = series.at("mean").size(), .low = INFINITY, .high = -INFINITY};
    for (const char* key : {"q05", "q95", "mean"})
        for (const Json& value : series.at(key)) {
            scale.low = std::fmin(scale.low, number_of(value));
            scale.high = std::fmax(scale.high, number_of(value));
        }
    if (!(scale.high >= scale.low)) return {};
    if (scale.high == scale.low) scale.high += 1;
    const std::string name = series.at("name").get<std::string>();
    const bool has_bands = std::ranges::any_of(series.at("q05"), [](const Json& value) { return !value.is_null(); });
    const auto end = [&](std::size_t at) { return cell(when[at].is_object() ? when[at].at("from") : when[at]); };
    std::string html = fmt::format("<figure>\n<figcaption>{} <small>{}</small>, {} to {}; scale {} to {}: median{}</figcaption>\n", html_escaped(name),
                       text_of(series, "unit"), end(0), end(when.size() - 1), readable(scale.low), readable(scale.high),
                       has_bands ? ", 25–75 % and 5–95 % of runs" : "");
    html += chart("Fan of " + name, (has_bands ? band(series.at("q05"), series.at("q95"), scale, "0.15") + band(series.at("q25"), series.at("q75"), scale, "0.3") : "") +
                                        fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"currentColor\"/>\n", points_of(series.at("q50"), scale)));
    return html + "</figure>\n";
}

/// Where a moment stands between the first and the last of the ensemble's times.
double position(const Json& moment, const Json& times) {
    const auto found = std::ranges::lower_bound(times, moment);
    return times.size() > 1 ? width * static_cast<double>(found - times.begin()) / static_cast<double>(times.size() - 1) : 0;
}

std::string curve_html(const Json& date, const Json& times) {
    const Json& curve = date.at("curve");
    const Scale scale;
    std::array<std::string, 3> lines;
    constexpr std::array keys = {"share", "low", "high"};
    for (std::size_t line = 0; line < keys.size(); ++line) {
        double last = 0;
        lines[line] = fmt::format("0,{:.1f} ", scale.y(0));
        for (std::size_t at = 0; at < curve.at("when").size(); ++at) {
            const double x = position(curve.at("when")[at], times);
            const double value = number_of(curve.at(keys[line])[at]);
            lines[line] += fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", x, scale.y(last), x, scale.y(value));
            last = value;
        }
        lines[line] += fmt::format("{:.1f},{:.1f}", width, scale.y(last));
    }
    std::string shapes = fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>\n", lines[0]);
    for (const std::size_t line : {1, 2}) shapes += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"2 3\"/>\n", lines[line]);
    const std::string name = date.at("name").get<std::string>();
    return fmt::format("<figure>\n<figcaption>{}: share of runs in which it has happened, with 95 % interval; scale 0 to 1</figcaption>\n{}</figure>\n", html_escaped(name),
                       chart("Kaplan-Meier curve of " + name, shapes));
}

std::string ensemble_html(const Json& data) {
    const Json& times = data.at("times");
    Table series("Over time", {"measure", "unit", "mean at start", "mean at end", "5 % at end", "median at end", "95 % at end"});
    std::string figures;
    for (const Json& one : data.at("series")) {
        const auto last = [&](const char* key) { return one.at(key).empty() ? "–" : cell(one.at(key).back()); };
        series.add({text_of(one, "name"), text_of(one, "unit"), one.at("mean").empty() ? "–" : cell(one.at("mean").front()), last("mean"), last("q05"), last("q50"), last("q95")});
        if (figures.size() < 200'000) figures += fan_html(one, times);
    }
    Table dates("Dates", {"date", "share of runs", "95 % interval", "median date", "5 %", "95 %"});
    for (const Json& one : data.at("dates")) {
        dates.add({text_of(one, "name"), cell(one.at("share")), cell(one.at("low")) + " – " + cell(one.at("high")), cell(one.at("median")), cell(one.at("q05")), cell(one.at("q95"))});
        figures += curve_html(one, times);
    }
    Table once("One value per run", {"measure", "unit", "mean", "standard error", "5 %", "median", "95 %"});
    for (const Json& one : data.at("scalars"))
        once.add({text_of(one, "name"), text_of(one, "unit"), cell(one.at("mean")), cell(one.at("standard_error")), cell(one.at("q05")), cell(one.at("q50")), cell(one.at("q95"))});
    std::string html = series.html() + dates.html() + once.html();
    if (const Json& events = data.at("events"); !events.is_null()) {
        std::vector<std::string> heads{"event", "on"};
        for (const Json& year : events.at("years")) heads.push_back(year.get<std::string>());
        Table table("Events, mean number per run", heads);
        for (const Json& event : events.at("events")) {
            std::vector<std::string> cells{text_of(event, "name"), text_of(event, "on")};
            for (const Json& count : event.at("by_year")) cells.push_back(cell(count));
            table.add(cells);
        }
        html += table.html();
    }
    for (const char* sentence : {"means_over", "events_over", "years_in_part", "no_events", "no_network"})
        if (!data.at(sentence).get<std::string>().empty()) html += fmt::format("<p>{}</p>\n", text_of(data, sentence));
    return html + figures;
}

std::string sweep_html(const Json& data) {
    std::vector<std::string> heads;
    for (const Json& factor : data.at("factors")) heads.push_back(factor.at("name").get<std::string>());
    for (const Json& outcome : data.at("outcomes")) heads.push_back(outcome.at("name").get<std::string>());
    Table table("Means at the points", heads);
    const std::size_t points = data.at("factors").empty() ? 0 : data.at("factors")[0].at("values").size();
    for (std::size_t point = 0; point < std::min<std::size_t>(points, 500); ++point) {
        std::vector<std::string> cells;
        for (const Json& factor : data.at("factors")) cells.push_back(cell(factor.at("values")[point]));
        for (const Json& outcome : data.at("outcomes")) cells.push_back(cell(outcome.at("mean")[point]));
        table.add(cells);
    }
    return table.html();
}

std::string index_cell(const Json& index) {
    if (index.is_null()) return "–";
    return index.at("low").is_null() ? cell(index.at("value")) : fmt::format("{} ({} – {})", cell(index.at("value")), cell(index.at("low")), cell(index.at("high")));
}

std::string sensitivity_html(const Json& data) {
    std::string html = fmt::format("<p>{}</p>\n", text_of(data, "note"));
    for (const Json& outcome : data.at("outcomes")) {
        std::vector<std::string> heads{"factor"};
        for (const Json& index : data.at("indices")) heads.push_back(index.get<std::string>());
        Table table(outcome.at("name").get<std::string>(), heads);
        for (const Json& row : outcome.at("rows")) {
            std::vector<std::string> cells{text_of(row, "factor")};
            for (const Json& index : row.at("indices")) cells.push_back(index_cell(index));
            table.add(cells);
        }
        html += table.html();
    }
    return html;
}

std::string comparison_html(const Json& data) {
    std::vector<std::string> heads{"outcome", "unit"};
    for (const Json& name : data.at("alternatives")) heads.push_back(name.get<std::string>());
    Table table(data.at("note").get<std::string>(), heads);
    for (const Json& measure : data.at("measures")) {
        std::vector<std::string> cells{text_of(measure, "name"), text_of(measure, "unit"), cell(measure.at("base"))};
        for (const Json& difference : measure.at("differences")) cells.push_back(index_cell(difference));
        table.add(cells);
    }
    return table.html();
}

std::string scenario_html(const Json& data) {
    std::string html;
    for (const Json& step : data.at("steps")) {
        html += fmt::format("<h3>{}</h3>\n<p>{} on {}. {} {}</p>\n<pre>", text_of(step, "name"), text_of(step, "form"), text_of(step, "on"), text_of(step, "about"), text_of(step, "source"));
        if (!step.at("where").get<std::string>().empty()) html += "where " + text_of(step, "where") + '\n';
        for (const char* key : {"lets", "drives"})
            for (const Json& one : step.at(key)) html += text_of(one, "name") + " = " + text_of(one, "value") + '\n';
        for (const Json& statement : step.at("statements")) html += html_escaped(statement.get<std::string>()) + '\n';
        html += "</pre>\n";
    }
    Table parameters("Parameters", {"parameter", "value", "unit", "range", "about", "source"});
    for (const Json& one : data.at("parameters"))
        parameters.add({text_of(one, "name"), cell(one.at("value")), text_of(one, "unit"), text_of(one, "range"), text_of(one, "about"), text_of(one, "source")});
    Table timeline("Timeline", {"when", "what", "on", "about", "source"});
    for (const Json& one : data.at("timeline")) timeline.add({cell(one.at("when")), text_of(one, "what"), text_of(one, "on"), text_of(one, "about"), text_of(one, "source")});
    Table record("Record", {"measure", "observed", "sd", "source"});
    for (const Json& one : data.at("observed")) record.add({text_of(one, "measure"), text_of(one, "value"), text_of(one, "sd"), text_of(one, "source")});
    Table flows("What each step reads and changes", {"step", "reads", "changes"});
    for (const Json& one : data.at("flows")) {
        const auto joined = [&](const char* key) { return html_escaped(fmt::format("{}", fmt::join(one.at(key).get<std::vector<std::string>>(), ", "))); };
        flows.add({text_of(one, "step"), joined("reads"), joined("writes")});
    }
    if (!data.at("no_flows").get<std::string>().empty()) html += fmt::format("<p>{}</p>\n", text_of(data, "no_flows"));
    return html + flows.html() + parameters.html() + timeline.html() + record.html();
}

}  // namespace

std::string static_report(const std::string& data) {
    const Json report = Json::parse(data);
    std::string html = fmt::format("<h1>{}</h1>\n<p>{}</p>\n<dl>\n", text_of(report, "title"), text_of(report, "about"));
    for (const Json& fact : report.at("facts")) html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", text_of(fact, "label"), text_of(fact, "value"));
    html += "</dl>\n";
    if (!report.at("findings").empty()) html += "<h2>Findings</h2>\n<ul>\n";
    for (const Json& finding : report.at("findings")) html += fmt::format("<li>{}</li>\n", html_escaped(finding.get<std::string>()));
    if (!report.at("findings").empty()) html += "</ul>\n";
    if (report.contains("ensemble")) html += ensemble_html(report.at("ensemble"));
    if (report.contains("sweep")) html += sweep_html(report.at("sweep"));
    if (report.contains("sensitivity")) html += sensitivity_html(report.at("sensitivity"));
    if (report.contains("comparison")) html += comparison_html(report.at("comparison"));
    html += "<h2>The scenario</h2>\n" + scenario_html(report.at("scenario")) + "<h2>Provenance</h2>\n<dl>\n";
    for (const Json& entry : report.at("provenance").at("entries")) html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", text_of(entry, "label"), text_of(entry, "value"));
    return html + fmt::format("</dl>\n<pre>{}</pre>\n", text_of(report.at("provenance"), "command"));
}

}  // namespace entente
