/// Small worlds and what becomes of them. Each is compiled both ways, over whole tables and row by row, and advanced by batches of
/// several widths and instruction sets side by side; whatever is read of it must be the same in all of them to the last bit.
#pragma once

#include <cstdint>
#include <array>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <entente/model/model.hpp>
#include <entente/model/verify_model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/ensemble.hpp>

namespace entente::test {

/// A scenario's text needs no head here: a hundred undated ticks are meant where no calendar is given.
inline Scenario scenario_of(const std::string& text, const std::filesystem::path& folder = "/nonexistent") {
    const std::string head = text.find("calendar:") == std::string::npos ? "entente: 1\ncalendar: {ticks: 100}\n" : "entente: 1\n";
    return read_scenario_text(head + text, "world.yaml", folder).scenario;
}

inline bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

class World {
public:
    explicit World(const std::string& text, std::uint64_t seed = 1) : World(scenario_of(text), seed) {}
    explicit World(Scenario scenario, std::uint64_t seed = 1)
        : scenario_(std::move(scenario)), model_(compile(scenario_, {{}, Unroll::no})), unrolled_(compile(scenario_)),
          on_all_rows_(compile(scenario_, {.unroll = Unroll::no, .all_rows = true})) {
        for (const Model* model : models()) EXPECT_EQ(broken_promise(*model), "");
        for (const Model* model : models())
            for (const Kernels* kernels : available_kernels())
                for (const int lanes : {1, 8, 256, 512}) batches_.push_back(std::make_unique<Batch>(*model, lanes, *kernels));
        for (auto& batch : batches_) batch->begin(seed, 0);
    }

    World& tick(int times = 1) {
        for (auto& batch : batches_)
            for (int i = 0; i < times; ++i) batch->tick();
        return *this;
    }

    /// `state[a].x`, `tie[a, b].x`, or how often an event fired: `visit[a, b]`.
    [[nodiscard]] double operator[](const std::string& named) const {
        const ExprPtr read = parsed(named);
        const KindId kind = read->row->kind;
        const bool is_event = read->kind == Expr::Kind::event;
        if (!is_event && read->kind != Expr::Kind::field) throw std::logic_error(named + " is no field or event");
        return value(is_event ? model_.events[read->event].count : column_of(kind, read->field), row_of(*read->row));
    }

    /// `cell.x`: all rows.
    [[nodiscard]] std::vector<double> all(const std::string& named) const {
        const std::size_t dot = named.find('.');
        const KindId kind = scenario_.schema.kind(named.substr(0, dot)).value();
        return values(column_of(kind, scenario_.schema.field(kind, named.substr(dot + 1)).value()));
    }

    /// How often an event fired this tick, all rows.
    [[nodiscard]] std::vector<double> fired(const std::string& event) const {
        return values(model_.events[scenario_.schema.event(event).value()].count);
    }

    [[nodiscard]] bool failed() const { return batches_.front()->failed(0); }
    [[nodiscard]] const Model& model() const { return model_; }
    [[nodiscard]] const Scenario& scenario() const { return scenario_; }

private:
    [[nodiscard]] std::array<const Model*, 3> models() const { return {&model_, &unrolled_, &on_all_rows_}; }
    [[nodiscard]] ExprPtr parsed(const std::string& named) const {
        Context context;
        context.schema = &scenario_.schema;
        Problems problems;
        Text text;
        text.value = named;
        const ExprPtr read = read_expression(text, context, problems);
        if (!read) throw std::logic_error(problems.sorted().front().what);
        return read;
    }
    [[nodiscard]] ColumnId column_of(KindId kind, FieldId field) const {
        return model_.field_columns[kind][field];
    }
    [[nodiscard]] std::int64_t row_of(const RowRef& row) const {
        if (row.form == RowRef::Form::member) return row.member.value;
        const RowIndex found = model_.tables[row.kind].between(row.from->member.value, row.to->member.value);
        if (found < 0) throw std::logic_error("there is no such link");
        return found;
    }
    [[nodiscard]] double value(ColumnId column, std::int64_t row) const {
        const double first = batches_.front()->lanes_of(column, row)[0];
        constexpr std::array ways{"", ", row by row", ", on all rows"};
        for (const auto& batch : batches_) {
            const double other = batch->lanes_of(column, row)[0];
            EXPECT_TRUE(same_bits(first, other)) << model_.column(column).name << " on row " << row << ": " << first << " on 1 lane, " << other << " on "
                                                 << batch->lanes() << ways[static_cast<std::size_t>(&batch - batches_.data()) * ways.size() / batches_.size()];
        }
        return first;
    }
    [[nodiscard]] std::vector<double> values(ColumnId column) const {
        std::vector<double> found;
        for (std::int64_t row = 0; row < model_.rows_of(column); ++row) found.push_back(value(column, row));
        return found;
    }

    Scenario scenario_;
    Model model_;
    Model unrolled_;     ///< where it can be
    Model on_all_rows_;  ///< by tables, rows on which nothing can happen included
    std::vector<std::unique_ptr<Batch>> batches_;
};

/// Results of an ensemble of the scenario.
inline Results run(const Scenario& scenario, RunPlan plan = {}) { return run_ensemble(compile(scenario), plan); }
inline Results run(const std::string& text, RunPlan plan = {}) { return run(scenario_of(text), std::move(plan)); }

inline std::size_t number_of(const Results& results, const std::string& measure) {
    for (std::size_t m = 0; m < results.measures.size(); ++m)
        if (results.measures[m].name == measure) return m;
    throw std::logic_error("no measure is called " + measure);
}

inline std::vector<double> final_values(const Results& results, const std::string& measure) { return results.final_values[number_of(results, measure)]; }
/// What a series, or a panel, holds at some moments, run after run.
inline std::vector<double> at_moments(const Results& results, const std::string& measure, std::int64_t from, std::int64_t to) {
    const std::size_t m = number_of(results, measure);
    const auto width = static_cast<std::int64_t>(results.measures[m].width());
    std::vector<double> values;
    for (std::int64_t run = 0; run < (results.series[m].empty() ? 0 : results.series_runs); ++run) {
        const auto begin = results.series[m].begin() + run * results.calendar.moments() * width;
        values.insert(values.end(), begin + from * width, begin + to * width);
    }
    return values;
}
/// At the end of each tick.
inline std::vector<double> series(const Results& results, const std::string& measure) { return at_moments(results, measure, 1, results.calendar.moments()); }
/// Before the first tick.
inline std::vector<double> start_of(const Results& results, const std::string& measure) { return at_moments(results, measure, 0, 1); }

inline bool same_bits(std::span<const double> a, std::span<const double> b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

/// What the first failed run says of itself; "" when all went well.
inline std::string failure_of(const std::string& text) {
    const Scenario scenario = scenario_of(text);
    const auto first_failure = [&](Unroll unroll) {
        const Results results = run_ensemble(compile(scenario, {{}, unroll}), {.runs = 1, .threads = 1});
        return results.failures.empty() ? "" : results.failures.front().told();
    };
    const std::string message = first_failure(Unroll::no);
    EXPECT_EQ(first_failure(Unroll::automatic), message) << "when compiled row by row";
    return message;
}

/// The message of the Error that `call` throws, with its help; "" when it throws none.
template <class Call>
std::string refusal(Call call) {
    try {
        call();
        return "";
    } catch (const Error& error) {
        return error.what() + (error.help().empty() ? "" : "\nhelp: " + error.help());
    }
}

}  // namespace entente::test
