#include <entente/report/static_page.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/wording.hpp>
#include <entente/report/page.hpp>
#include <entente/report/static_figures.hpp>

namespace entente {

namespace {

using page::Moment;
using page::Number;
using page::Numbers;

std::string cell(Number number) {
    return readable(number);
}

std::string cell(const Moment& moment) {
    return moment_html(moment);
}

std::string cell(const std::optional<Moment>& moment) {
    return moment ? cell(*moment) : "–";
}

class HtmlTable {
public:
    HtmlTable(std::string_view caption, const std::vector<std::string>& heads) {
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

/// Shares of runs on the levels of those series that have some.
std::string levels_table(const std::vector<page::SeriesData>& all) {
    HtmlTable table("Share of runs on each level", {"measure", "level", "at start", "at end"});
    for (const page::SeriesData& one : all)
        for (const page::LevelData& level : one.levels)
            if (!level.share.empty()) table.add({html_escaped(one.name), html_escaped(level.name), cell(level.share.front()), cell(level.share.back())});
    return table.html();
}

std::string series_table(const std::vector<page::SeriesData>& all) {
    HtmlTable table("Over time", {"measure", "unit", "mean at start", "mean at end", "5 % at end", "median at end", "95 % at end"});
    const auto last = [](const Numbers& numbers) { return numbers.empty() ? "–" : cell(numbers.back()); };
    for (const page::SeriesData& one : all)
        if (one.levels.empty()) table.add({html_escaped(one.name), html_escaped(one.unit), one.mean.empty() ? "–" : cell(one.mean.front()), last(one.mean),
                   last(one.q05), last(one.q50), last(one.q95)});
    return table.html() + levels_table(all);
}

std::string dates_table(const std::vector<page::DateData>& all) {
    HtmlTable table("Dates", {"date", "share of runs", "95 % interval", "median date", "5 %", "95 %"});
    for (const page::DateData& one : all)
        table.add({html_escaped(one.name), cell(one.share), cell(one.low) + " – " + cell(one.high), cell(one.median), cell(one.q05),
                   cell(one.q95)});
    return table.html();
}

std::string scalars_table(const std::vector<page::ScalarData>& all) {
    HtmlTable table("One value per run", {"measure", "unit", "mean", "standard error", "5 %", "median", "95 %"});
    HtmlTable shares("One value per run that has a name", {"measure", "share of runs on each level"});
    for (const page::ScalarData& one : all)
        if (!one.shares.empty()) shares.add({html_escaped(one.name), html_escaped(one.shares)});
    for (const page::ScalarData& one : all)
        if (one.shares.empty()) table.add({html_escaped(one.name), html_escaped(one.unit), cell(one.mean), cell(one.standard_error), cell(one.q05), cell(one.q50),
                   cell(one.q95)});
    return table.html() + shares.html();
}

std::string events_table(const page::EventsData& data) {
    std::vector<std::string> heads{"event", "on"};
    heads.insert(heads.end(), data.years.begin(), data.years.end());
    HtmlTable table("Events, mean number per run", heads);
    for (const page::EventData& event : data.events) {
        std::vector<std::string> cells{html_escaped(event.name), html_escaped(event.on)};
        for (const Number count : event.by_year) cells.push_back(cell(count));
        table.add(cells);
    }
    return table.html();
}

std::string rows_html(const page::RowsData& data) {
    std::vector<std::string> heads{data.kind};
    for (const page::RowsMeasure& measure : data.measures) {
        heads.push_back(measure.name + (measure.unit.empty() ? "" : " (" + measure.unit + ')'));
        if (!measure.when.empty()) heads.push_back(measure.name + ": in half of the runs by");
        if (!measure.observed.empty()) heads.push_back(measure.name + ", observed");
    }
    HtmlTable table("Measures of each " + data.kind, heads);
    for (std::size_t row = 0; row < data.rows.size(); ++row) {
        std::vector<std::string> cells{html_escaped(data.rows[row])};
        for (const page::RowsMeasure& measure : data.measures) {
            cells.push_back(measure.shares.empty() ? cell(measure.values[row]) : html_escaped(measure.shares[row]));
            if (!measure.when.empty()) cells.push_back(html_escaped(measure.when[row]));
            if (!measure.observed.empty()) cells.push_back(html_escaped(measure.observed[row]));
        }
        table.add(cells);
    }
    return table.html() + (data.note.empty() ? "" : fmt::format("<p>{}</p>\n", html_escaped(data.note)));
}

/// How many of a list are shown; "" where all are.
std::string first_of(std::size_t most, std::size_t all, std::string_view noun, std::string_view where) {
    if (all <= most) return "";
    return fmt::format("<p>The first {} of {}; {}.</p>\n", with_commas(static_cast<std::int64_t>(most)), counted(static_cast<std::int64_t>(all), noun), where);
}

std::string ensemble_html(const page::EnsembleData& data) {
    constexpr std::size_t most_characters_of_fans = 100'000;
    std::string html = series_table(data.series) + dates_table(data.dates) + scalars_table(data.scalars);
    for (const page::RowsData& one : data.by_row) html += rows_html(one);
    if (data.events) html += events_table(*data.events);
    for (const std::string* sentence : {&data.events_over, &data.not_drawn, &data.years_in_part, &data.no_events, &data.no_network})
        if (!sentence->empty()) html += fmt::format("<p>{}</p>\n", html_escaped(*sentence));
    std::string figures;
    std::size_t left_out = 0;
    for (const page::SeriesData& one : data.series) {
        if (!one.levels.empty()) continue;
        if (figures.size() < most_characters_of_fans) figures += fan_html(one, data.times);
        else ++left_out;
    }
    if (left_out > 0) figures += fmt::format("<p>{} more are not drawn; series.nc has them.</p>\n", with_commas(static_cast<std::int64_t>(left_out)));
    for (const page::DateData& one : data.dates) figures += curve_html(one, data.times);
    return html + figures;
}

std::string sweep_html(const page::SweepData& data) {
    constexpr std::size_t most_cells = 5000;
    const std::size_t most_rows = std::clamp<std::size_t>(most_cells / (data.factors.size() + data.outcomes.size() + 1), 50, 500);
    std::vector<std::string> heads;
    for (const auto& factor : data.factors) heads.push_back(factor.name);
    for (const auto& outcome : data.outcomes) heads.push_back(outcome.name);
    HtmlTable table("Means at the points", heads);
    const std::size_t points = data.factors.empty() ? 0 : data.factors.front().values.size();
    for (std::size_t point = 0; point < std::min(points, most_rows); ++point) {
        std::vector<std::string> cells;
        for (const auto& factor : data.factors) cells.push_back(cell(factor.values[point]));
        for (const auto& outcome : data.outcomes) cells.push_back(cell(outcome.mean[point]));
        table.add(cells);
    }
    return table.html() + first_of(most_rows, points, "point", "points.csv has all");
}

std::string score_html(const page::ScoreData& data) {
    HtmlTable groups("Scores from " + data.span + ", less is better", {"of", "score", "items", "forecast", "held against", "its score", "skill", "low", "high", "verdict"});
    for (const auto& group : data.groups)
        for (const auto& one : group.against)
            groups.add({html_escaped(group.name), html_escaped(group.rule), std::to_string(group.items), cell(group.score), html_escaped(one.baseline), cell(one.score), cell(one.skill), cell(one.low),
                        cell(one.high), html_escaped(one.verdict)});
    HtmlTable areas("Area under the ROC curve", {"of", "items", "came", "area", "low", "high"});
    for (const auto& area : data.areas) areas.add({html_escaped(area.name), std::to_string(area.items), std::to_string(area.came), cell(area.area), cell(area.low), cell(area.high)});
    HtmlTable items("What was scored", {"item", "since", "until", "on record", "chance", "median", "5 %", "95 %", "score"});
    for (const auto& one : data.items)
        items.add({html_escaped(one.name), html_escaped(one.since), html_escaped(one.until), html_escaped(one.record), cell(one.chance), cell(one.median), cell(one.low), cell(one.high), cell(one.score)});
    HtmlTable bins("Reliability", {"from", "to", "items", "mean chance", "share that came", "least by luck", "most by luck"});
    for (const auto& bin : data.reliability)
        if (bin.items > 0) bins.add({cell(bin.low), cell(bin.high), std::to_string(bin.items), cell(bin.chance), cell(bin.share), cell(bin.least), cell(bin.most)});
    return groups.html() + areas.html() + items.html() + bins.html();
}

std::string cell(const std::optional<page::IndexData>& index) {
    if (!index) return "–";
    return std::isnan(index->low) ? cell(index->value)
                                  : fmt::format("{} ({} – {})", cell(index->value), cell(index->low), cell(index->high));
}

std::string sensitivity_html(const page::SensitivityData& data) {
    std::vector<std::string> heads{"factor"};
    heads.insert(heads.end(), data.indices.begin(), data.indices.end());
    std::string html = fmt::format("<p>{}</p>\n", html_escaped(data.note));
    for (const auto& outcome : data.outcomes) {
        HtmlTable table(outcome.name, heads);
        for (const auto& row : outcome.rows) {
            std::vector<std::string> cells{html_escaped(row.factor)};
            for (const auto& index : row.indices) cells.push_back(cell(index));
            table.add(cells);
        }
        html += table.html();
    }
    return html;
}

std::string comparison_html(const page::ComparisonData& data) {
    std::vector<std::string> heads{"outcome", "unit"};
    heads.insert(heads.end(), data.alternatives.begin(), data.alternatives.end());
    HtmlTable table(data.note, heads);
    for (const auto& measure : data.measures) {
        std::vector<std::string> cells{html_escaped(measure.name), html_escaped(measure.unit), cell(measure.base)};
        for (const auto& difference : measure.differences) cells.push_back(cell(difference));
        table.add(cells);
    }
    return table.html();
}

std::string cell(const page::NinetyData& ninety) {
    return fmt::format("{} ({} – {})", cell(ninety.median), cell(ninety.low), cell(ninety.high));
}

std::string calibration_html(const page::CalibrationData& data) {
    HtmlTable parameters("Parameters before and after: median and central 90 %", {"parameter", "prior", "before", "after", "contraction", "shift"});
    for (const auto& one : data.parameters)
        parameters.add({html_escaped(one.name), html_escaped(one.how), cell(one.prior), cell(one.posterior), one.informed ? cell(one.contraction) : "none",
                        one.informed ? cell(one.shift) : "none"});
    HtmlTable record("The record, and runs before and after: median and central 90 %", {"on record", "record", "runs of the prior", "of the posterior", "chance"});
    for (const auto& one : data.record) record.add({html_escaped(one.name), cell(one.record), cell(one.prior), cell(one.posterior), cell(one.chance)});
    HtmlTable ranks("Ranks of the truths among draws of their posteriors", {"parameter", "p", "90 % hold it in"});
    for (const auto& one : data.ranks) ranks.add({html_escaped(one.name), cell(one.chance), fmt::format("{} ({} – {})", cell(one.held), cell(one.held_low), cell(one.held_high))});
    if (!data.ranks.empty()) return ranks.html();
    return parameters.html() + record.html() + fmt::format("<p>{}</p>\n", html_escaped(data.end));
}

std::string step_html(const page::StepData& step) {
    std::string html = fmt::format("<h3>{}</h3>\n<p>{} on {}. {} {}</p>\n<pre>", html_escaped(step.name), html_escaped(step.form),
                                   html_escaped(step.on), html_escaped(step.about), html_escaped(step.source));
    if (!step.where.empty()) html += "where " + html_escaped(step.where) + '\n';
    for (const auto* definitions : {&step.lets, &step.drives})
        for (const page::Definition& one : *definitions) html += html_escaped(one.name) + " = " + html_escaped(one.value) + '\n';
    for (const std::string& statement : step.statements) html += html_escaped(statement) + '\n';
    return html + "</pre>\n";
}

std::string flows_html(const page::ScenarioData& data) {
    HtmlTable table("What each step reads and changes", {"step", "reads", "changes"});
    const auto joined = [](const std::vector<std::string>& names) { return html_escaped(fmt::format("{}", fmt::join(names, ", "))); };
    for (const page::FlowData& one : data.flows) table.add({html_escaped(one.step), joined(one.reads), joined(one.writes)});
    return (data.no_flows.empty() ? "" : fmt::format("<p>{}</p>\n", html_escaped(data.no_flows))) + table.html();
}

std::string scenario_html(const page::ScenarioData& data) {
    std::string html;
    for (const page::StepData& step : data.steps) html += step_html(step);
    HtmlTable parameters("Parameters", {"parameter", "value", "unit", "range", "about", "source"});
    for (const auto& one : data.parameters)
        parameters.add({html_escaped(one.name), cell(one.value), html_escaped(one.unit), html_escaped(one.range), html_escaped(one.about),
                        html_escaped(one.source)});
    HtmlTable inputs("Inputs", {"input", "on", "table", "dates", "between dates", "unit", "about", "source"});
    for (const auto& one : data.inputs)
        inputs.add({html_escaped(one.name), html_escaped(one.on), html_escaped(one.table), html_escaped(one.dates), html_escaped(one.between),
                    html_escaped(one.unit), html_escaped(one.about), html_escaped(one.source)});
    HtmlTable timeline("Timeline", {"when", "what", "on", "about", "source"});
    for (const auto& one : data.timeline)
        timeline.add({cell(one.when), html_escaped(one.what), html_escaped(one.on), html_escaped(one.about), html_escaped(one.source)});
    HtmlTable record("Record", {"measure", "observed", "sd", "source"});
    for (const auto& one : data.observed)
        record.add({html_escaped(one.measure), html_escaped(one.value), html_escaped(one.sd), html_escaped(one.source)});
    HtmlTable events("Events on record", {"event", "on record", "complete", "of rows", "source"});
    for (const auto& one : data.record)
        events.add({html_escaped(one.event), html_escaped(one.firings), html_escaped(one.complete), html_escaped(one.rows), html_escaped(one.source)});
    return html + flows_html(data) + parameters.html() + inputs.html() + timeline.html() +
           (data.timeline_note.empty() ? "" : fmt::format("<p>{}</p>\n", html_escaped(data.timeline_note))) + record.html() + events.html();
}

std::string labelled_html(const std::vector<page::Labelled>& all) {
    std::string html = "<dl>\n";
    for (const auto& [label, value] : all) html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_escaped(label), html_escaped(value));
    return html + "</dl>\n";
}

/// Each with its numbers one beside the other, as far as there are more than one.
std::string headline_html(const std::vector<page::HeadlineData>& headline) {
    std::string html;
    for (const page::HeadlineData& one : headline) {
        html += fmt::format("<p><strong>{}</strong></p>\n", html_escaped(one.sentence));
        if (one.numbers.size() < 2) continue;
        HtmlTable table(one.says, {"", "", "interval", "beside the first"});
        for (const page::HeadlineNumber& number : one.numbers)
            table.add({html_escaped(number.of), html_escaped(number.number), html_escaped(number.interval), html_escaped(number.apart)});
        html += table.html();
    }
    return html;
}

std::string findings_html(const std::vector<std::string>& findings) {
    if (findings.empty()) return {};
    std::string html = "<h2>Findings</h2>\n<ul>\n";
    for (const std::string& finding : findings) html += fmt::format("<li>{}</li>\n", html_escaped(finding));
    return html + "</ul>\n";
}

}  // namespace

std::string static_report(const page::Report& report) {
    std::string html = fmt::format("<h1>{}</h1>\n<p>{}</p>\n", html_escaped(report.title), html_escaped(report.about));
    html += headline_html(report.headline) + labelled_html(report.facts) + findings_html(report.findings);
    if (report.ensemble) html += ensemble_html(*report.ensemble);
    if (report.sweep) html += sweep_html(*report.sweep);
    if (report.sensitivity) html += sensitivity_html(*report.sensitivity);
    if (report.comparison) html += comparison_html(*report.comparison);
    if (report.score) html += score_html(*report.score);
    if (report.calibration) html += calibration_html(*report.calibration);
    html += "<h2>The scenario</h2>\n" + scenario_html(report.scenario) + "<h2>Provenance</h2>\n" + labelled_html(report.provenance.entries);
    return html + fmt::format("<pre>{}</pre>\n", html_escaped(report.provenance.command));
}

}  // namespace entente
