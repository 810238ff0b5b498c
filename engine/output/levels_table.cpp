#include <entente/output/levels_table.hpp>

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/table_formats.hpp>

namespace entente {
namespace {

class LevelLines {
public:
    LevelLines(const Results& results, const Sink& sink) : results_(results), sink_(sink) {}

    void add(const MeasureInfo& measure, const std::string& row, const std::vector<LevelShare>& shares, bool with_course) const {
        for (std::size_t level = 0; level < shares.size(); ++level) {
            const LevelShare& one = shares[level];
            const std::string begin = csv_cell(measure.name) + ',' + csv_cell(row) + ',';
            const std::string value = fmt::format(",{},{},", csv_cell(measure.levels[level].name), level);
            for (std::size_t moment = 0; with_course && moment < one.course.size(); ++moment)
                sink_(begin + tick_cell(results_.calendar, static_cast<double>(moment)) + ',' + value + exact(one.course[moment]) + '\n');
            for (std::size_t year = 0; year < one.by_year.size(); ++year)
                sink_(fmt::format("{},{}{}{}\n", begin, results_.years[year], value, exact(one.by_year[year])));
            sink_(begin + ',' + value + exact(one.last) + '\n');
        }
    }

private:
    const Results& results_;
    const Sink& sink_;
};

}  // namespace

bool has_levels(const Results& results) {
    return std::ranges::any_of(results.measures, [](const MeasureInfo& measure) { return !measure.levels.empty(); });
}

void write_levels(const Results& results, const Summary& summary, const Sink& sink) {
    sink(table_head(ResultTable::levels));
    const LevelLines lines(results, sink);
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        const MeasureInfo& measure = results.measures[m];
        lines.add(measure, "", summary.measures[m].levels, true);
        for (std::size_t row = 0; row < summary.measures[m].rows.size(); ++row)
            lines.add(measure, measure.rows[row], summary.measures[m].rows[row].levels, false);
    }
}

}  // namespace entente
