#include <entente/output/condition_tables.hpp>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/table_formats.hpp>

namespace entente {
namespace {

const char* word(ChanceOfRecord::What what) {
    switch (what) {
        case ChanceOfRecord::What::event:
            return "event";
        case ChanceOfRecord::What::silence:
            return "silence";
        case ChanceOfRecord::What::number:
            return "number";
    }
    return "";
}

}  // namespace

void write_record_chances(const ConditionSummary& summary, const Sink& sink) {
    sink(table_head(ResultTable::record_chances));
    for (const RecordTold& one : summary.record) {
        const bool is_number = one.what == ChanceOfRecord::What::number;
        sink(fmt::format("{},{},{},{},{},{},{}\n", end_label(summary.calendar, one.tick), word(one.what), csv_cell(one.name), csv_cell(one.row),
                         is_number ? exact(one.value) : "", one.ticks, exact(one.log_chance)));
    }
}

void write_moments(const ConditionSummary& summary, const Sink& sink) {
    sink(table_head(ResultTable::moments));
    for (const FilterMoment& moment : summary.moments)
        sink(fmt::format("{},{},{},{}\n", end_label(summary.calendar, moment.tick), exact(moment.log_likelihood), exact(moment.effective), moment.redrawn ? 1 : 0));
}

void write_filtered(const ConditionSummary& summary, const Sink& sink) {
    std::vector<std::string> columns;
    for (const FilteredMeasure& measure : summary.measures)
        for (const char* end : {"", "_q05", "_q25", "_q50", "_q75", "_q95"}) columns.push_back(measure.name + end);
    sink(table_head(ResultTable::filtered, [&](std::string_view) { return columns; }));
    for (std::size_t m = 0; m < summary.moments.size(); ++m) {
        std::string line = end_label(summary.calendar, summary.moments[m].tick);
        for (const FilteredMeasure& measure : summary.measures) {
            const FilteredValue& value = measure.values[m];
            for (const double x : {value.mean, value.low, value.lower, value.median, value.upper, value.high}) line += ',' + exact(x);
        }
        sink(line + '\n');
    }
}

}  // namespace entente
