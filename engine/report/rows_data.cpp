#include <entente/report/rows_data.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>

namespace entente {
namespace {

constexpr std::size_t most_rows_on_page = 400;
constexpr std::int64_t most_course_points = 60;
constexpr std::size_t most_values_on_page = 200'000;  ///< of courses, all measures together

page::Numbers thin(const page::Numbers& all) {
    page::Numbers numbers;
    if (all.empty()) return numbers;
    for (const std::int64_t at : thinned(std::ssize(all), most_course_points)) numbers.push_back(all[static_cast<std::size_t>(at)]);
    return numbers;
}

page::Numbers course_of(const RowSummary& row, std::int64_t moments) {
    page::Numbers course;
    if (row.date && !row.date->coming.curve.empty()) return thin(shares_over_time(row.date->coming, moments));
    for (const Distribution& year : row.by_year) course.emplace_back(year.mean);
    for (const double value : row.course) course.emplace_back(value);
    return thin(course);
}

const char* meaning_of(MeasureForm form) {
    switch (form) {
        case MeasureForm::series:
            return "mean at the end; curve: mean over time";
        case MeasureForm::scalar:
            return "mean over runs";
        case MeasureForm::date:
            return "share of runs in which it comes; curve: share by then";
        case MeasureForm::yearly:
            return "mean over the whole run; curve: mean of each year";
    }
    return "";
}

page::RowsMeasure measure_data(const Results& results, const Summary& summary, std::size_t measure, std::size_t rows) {
    const MeasureInfo& info = results.measures[measure];
    page::RowsMeasure data{.name = info.told(), .about = info.about, .unit = info.form == MeasureForm::date ? "" : info.unit, .what = meaning_of(info.form), .is_share = info.form == MeasureForm::date,
                           .values = {}, .low = {}, .high = {}, .when = {}, .courses = {}, .observed = {}, .shares = {}, .levels = {}};
    for (const MeasureLevel& level : info.levels) data.levels.push_back(level.told());
    const bool has_shares = !info.levels.empty() && results.runs > 1;
    if (has_shares) data.what = info.form == MeasureForm::series ? "share of runs on each level at the end" : "share of runs on each level";
    for (std::size_t row = 0; row < rows; ++row) {
        const RowSummary& one = summary.measures[measure].rows[row];
        data.values.emplace_back(rank_value(one));
        const bool is_range = static_cast<std::size_t>(one.values.n) >= least_for_quantiles;
        data.low.push_back(one.date ? page::Number(one.date->coming.interval.low) : is_range ? page::Number(one.values.quantiles.front()) : page::Number());
        data.high.push_back(one.date ? page::Number(one.date->coming.interval.high) : is_range ? page::Number(one.values.quantiles.back()) : page::Number());
        if (one.date) data.when.push_back(one.date->coming.median ? tick_cell(results.calendar, *one.date->coming.median) : "");
        if (has_shares) data.shares.push_back(shares_text(info.levels, one.levels));
        data.courses.push_back(!has_shares && rows * most_course_points <= most_values_on_page ? course_of(one, results.calendar.moments()) : page::Numbers());
    }
    return data;
}

std::string fans_note() {
    return fmt::format("Over time, quantiles are drawn of the first {} rows.", most_fans_by_row);
}

/// That records are of links that there are not, and of which.
std::string absent_note(std::vector<std::string> links, const MeasureInfo& info) {
    if (links.empty()) return "";
    const auto records = counted(std::ssize(links), "record");
    std::ranges::sort(links);
    const auto again = std::ranges::unique(links);
    links.erase(again.begin(), again.end());
    return fmt::format("{} of {} left out: there is no such link as {}.", records, info.told(), listed(links, 5));
}

std::string observed_text(const Observed::OfRow& record, bool per_year) {
    if (record.came) return told(*record.came);
    std::string text = record.value ? readable(*record.value) : "";
    if (!record.date) return text;
    const std::string date = per_year ? std::to_string(static_cast<int>(std::chrono::year_month_day{*record.date}.year())) : iso(*record.date);
    return text.empty() ? date : text + " (" + date + ')';
}

/// Of each row the latest record.
void add_observed(const Scenario& scenario, const MeasureInfo& info, page::RowsMeasure& data) {
    std::map<std::size_t, RowRecord> latest;
    for (const RowRecord& one : row_records(scenario, info).of_rows) {
        const auto [known, is_new] = latest.try_emplace(one.row, one);
        if (!is_new && known->second.record->date < one.record->date) known->second = one;
    }
    if (latest.empty()) return;
    data.observed.resize(data.values.size());
    for (const auto& [row, one] : latest)
        if (row < data.observed.size()) data.observed[row] = observed_text(*one.record, one.of->per_year);
}

}  // namespace

page::Numbers shares_over_time(const Coming& coming, std::int64_t moments) {
    page::Numbers shares;
    auto step = coming.curve.begin();
    double share = 0;
    for (std::int64_t moment = 0; moment < moments; ++moment) {
        for (; step != coming.curve.end() && step->time < static_cast<double>(moment); ++step) share = step->share;
        shares.emplace_back(share);
    }
    return shares;
}

RowRecords row_records(const Scenario& scenario, const MeasureInfo& measure) {
    RowRecords found;
    const auto declared = std::ranges::find(scenario.measures, measure.name, &Measure::name);
    const bool has_records = std::ranges::find(scenario.observed, measure.name, &Observed::measure) != scenario.observed.end();
    if (!has_records || declared == scenario.measures.end() || declared->on.value < 0) return found;
    const Schema::Kind& kind = scenario.schema[declared->on];
    std::map<std::pair<std::string, std::string>, std::size_t> links;
    for (std::size_t link = 0; link < measure.sources.size(); ++link) links.emplace(std::pair(measure.sources[link], measure.targets[link]), link);
    for (const Observed& observed : scenario.observed) {
        if (observed.measure != measure.name) continue;
        for (const Observed::OfRow& record : observed.rows) {
            if (!kind.is_link) {
                found.of_rows.push_back({static_cast<std::size_t>(record.row.front()), &record, &observed});
                continue;
            }
            const auto& source = scenario.schema[kind.source].members[static_cast<std::size_t>(record.row.front())];
            const auto& target = scenario.schema[kind.target].members[static_cast<std::size_t>(record.row.back())];
            if (const auto link = links.find({source, target}); link != links.end())
                found.of_rows.push_back({link->second, &record, &observed});
            else
                found.absent.push_back(as_end(source) + " -> " + as_end(target));
        }
    }
    return found;
}

std::vector<page::RowsData> rows_data(const Scenario& scenario, const Results& results, const Summary& summary) {
    std::vector<page::RowsData> kinds;
    std::vector<std::string> names;  // of the kinds, by which they are found: labels may be alike
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        const MeasureInfo& info = results.measures[m];
        if (!info.is_by_row() || info.rows.empty()) continue;
        const std::size_t rows = std::min(info.rows.size(), most_rows_on_page);
        const auto known = std::ranges::find(names, info.kind);
        auto kind = kinds.begin() + (known - names.begin());
        if (known == names.end()) {
            names.push_back(info.kind);
            kinds.push_back({.kind = info.told_kind(), .rows = {}, .measures = {}, .note = {}});
            kind = kinds.end() - 1;
            for (std::size_t row = 0; row < rows; ++row) kind->rows.push_back(info.told_row(row));
            if (rows < info.rows.size())
                kind->note = fmt::format("The first {} of {}; rows.csv has all.", rows, counted(std::ssize(info.rows), "row"));
        }
        if (info.form == MeasureForm::series && info.rows.size() > most_fans_by_row && kind->note.find(fans_note()) == std::string::npos)
            kind->note += (kind->note.empty() ? "" : " ") + fans_note();
        kind->measures.push_back(measure_data(results, summary, m, rows));
        add_observed(scenario, info, kind->measures.back());
        if (const std::string note = absent_note(row_records(scenario, info).absent, info); !note.empty()) kind->note += (kind->note.empty() ? "" : " ") + note;
    }
    return kinds;
}

}  // namespace entente
