#include <entente/study/relations.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/model/model.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/study/recorder.hpp>

namespace entente {

namespace {

constexpr std::int64_t most_relation_runs = 1000;
constexpr std::int64_t most_row_updates = 200'000'000;  ///< a second or two
constexpr std::int64_t bytes_at_once = std::int64_t{1} << 25;
constexpr std::int64_t most_logged = std::int64_t{1} << 22;  ///< events at once, were each to happen on every row in every tick
constexpr int most_years = 60;

ExprPtr own_value(KindId kind, Expr::Kind form, int number) {
    auto row = std::make_shared<RowRef>();
    row->kind = kind;
    auto expr = std::make_shared<Expr>();
    expr->kind = form;
    expr->row = row;
    if (form == Expr::Kind::field)
        expr->field = FieldId{number};
    else
        expr->derived = DerivedId{number};
    return expr;
}

bool has_state(const Scenario& scenario, std::size_t kind) {
    const KindId id{static_cast<int>(kind)};
    return !scenario.fields(id).empty() || !scenario.derived(id).empty();
}

std::string no_network_sentence(const std::string& why) { return fmt::format("There is no drawing of relations over time: {}.", why); }
std::string no_events_sentence(const std::string& why) { return fmt::format("Events by year were not counted: {}.", why); }

/// The scenario with no measures but the fields and derived values of its kinds of links.
class Recording {
public:
    explicit Recording(const Scenario& scenario) : scenario_(scenario), tables_(lay_out(scenario)) {
        scenario_.measures.clear();
        scenario_.observed.clear();
        std::int64_t agents = 0;
        for (std::size_t kind = 0; kind < scenario.agents.size(); ++kind) {
            first_agent_.push_back(agents);
            agents += tables_[kind].rows;
        }
        std::vector<std::string> too_many;
        for (std::size_t kind = scenario.agents.size(); kind < tables_.size(); ++kind) {
            if (tables_[kind].rows == 0 || !has_state(scenario, kind)) continue;
            if (agents > most_agents_drawn) {
                found_.no_network = no_network_sentence(fmt::format("it has room for {} agents, and there are {}", most_agents_drawn, with_commas(agents)));
            } else if (tables_[kind].rows > most_links_drawn) {
                too_many.push_back(fmt::format("{} of {}", with_commas(tables_[kind].rows), tables_[kind].name));
            } else {
                add_kind(KindId{static_cast<int>(kind)});
            }
        }
        if (!too_many.empty()) {
            const std::string why = fmt::format("it has room for {} links of a kind, and there are {}", most_links_drawn, fmt::join(too_many, ", "));
            if (found_.kinds.empty()) found_.no_network = no_network_sentence(why);
            else found_.not_drawn = fmt::format("Not all kinds of links are drawn: {}.", why);
        }
        if (agents > most_agents_drawn) return;
        for (std::size_t kind = 0; kind < scenario.agents.size(); ++kind)
            for (std::int64_t row = 0; row < tables_[kind].rows; ++row)
                found_.agents.push_back(row_name(tables_, KindId{static_cast<int>(kind)}, row));
    }

    [[nodiscard]] const Scenario& scenario() const { return scenario_; }
    [[nodiscard]] RelationsOverTime& found() { return found_; }

private:
    void add_kind(KindId id) {
        const Table& table = tables_[static_cast<std::size_t>(id.value)];
        RelationsOverTime::Kind kind{table.name, {}, {}};
        for (std::int64_t row = 0; row < table.rows; ++row)
            kind.links.emplace_back(agent(table.source_kind, table.source[static_cast<std::size_t>(row)]),
                                    agent(table.target_kind, table.target[static_cast<std::size_t>(row)]));
        const auto add = [&](const auto& value, Expr::Kind form, int number, const Range& range) {
            Measure measure;
            measure.name = fmt::format("relation_{}", scenario_.measures.size());
            measure.on = id;
            measure.value.tree = own_value(id, form, number);
            scenario_.measures.push_back(std::move(measure));
            kind.quantities.push_back({value.name, value.unit, value.remarks.about, range, {}});
        };
        int number = 0;
        for (const Derived& derived : scenario_.derived(id)) add(derived, Expr::Kind::derived, number++, Range{});
        number = 0;
        for (const Field& field : scenario_.fields(id)) add(field, Expr::Kind::field, number++, field.range);
        found_.kinds.push_back(std::move(kind));
    }

    [[nodiscard]] int agent(KindId kind, RowIndex row) const {
        return static_cast<int>(first_agent_[static_cast<std::size_t>(kind.value)] + row);
    }

    Scenario scenario_;
    std::vector<Table> tables_;
    std::vector<std::int64_t> first_agent_;
    RelationsOverTime found_;
};

/// Sums over runs, chunk by chunk.
class Sums {
public:
    Sums(const Model& model, RelationsOverTime& found) : model_(model), found_(found) {
        found_.moments = thinned(model.calendar.moments(), most_relation_dates);
        const int first = model.calendar.year(0);
        const int last = model.calendar.year(model.calendar.ticks() - 1);
        width_ = static_cast<int>((last - first) / most_years) + 1;
        for (int year = first; year <= last; year += width_) {
            const std::string from = model.calendar.is_dated() ? width_ == 1 ? year_label(model.calendar, year) : std::to_string(year)
                                                               : fmt::format("year {}", year);
            found_.years.push_back(width_ == 1 ? from : fmt::format("{}–{}", from, std::min(year + width_ - 1, last)));
        }
        for (const MeasureInfo& measure : empty_results(model, 0, 0).measures)
            sums_.emplace_back(measure.rows.size() * found_.moments.size(), 0.0);
    }

    void add(const Results& chunk) {
        const std::int64_t moments = chunk.calendar.moments();
        for (std::int64_t run = 0; run < chunk.runs; ++run) {
            if (chunk.failed(chunk.first_run + run)) continue;
            ++found_.runs;
            for (std::size_t m = 0; m < sums_.size(); ++m) {
                const auto width = static_cast<std::int64_t>(chunk.measures[m].width());
                for (std::size_t at = 0; at < found_.moments.size(); ++at)
                    for (std::int64_t row = 0; row < width; ++row)
                        sums_[m][static_cast<std::size_t>(row) * found_.moments.size() + at] +=
                            chunk.series[m][static_cast<std::size_t>((run * moments + found_.moments[at]) * width + row)];
            }
        }
        add_events(chunk);
    }

    void conclude() {
        const double runs = found_.runs > 0 ? static_cast<double>(found_.runs) : Results::missing;
        std::size_t m = 0;
        for (auto& kind : found_.kinds)
            for (auto& quantity : kind.quantities) {
                for (std::size_t link = 0; link < kind.links.size(); ++link) {
                    std::vector<double> course;
                    for (std::size_t at = 0; at < found_.moments.size(); ++at) course.push_back(sums_[m][link * found_.moments.size() + at] / runs);
                    quantity.means.push_back(std::move(course));
                }
                ++m;
            }
        for (auto& event : found_.events)
            for (auto& row : event.by_year)
                for (double& count : row) count /= runs;
    }

private:
    void add_events(const Results& chunk) {
        if (found_.events.empty())
            for (std::size_t e = 0; e < chunk.event_names.size(); ++e)
                found_.events.push_back({chunk.event_names[e], chunk.event_kinds[e], chunk.event_rows[e],
                                         std::vector(chunk.event_rows[e].size(), std::vector(found_.years.size(), 0.0))});
        const int first = model_.calendar.year(0);
        for (const LoggedEvent& event : chunk.log)
            if (!chunk.failed(event.run))
                found_.events[static_cast<std::size_t>(event.event)]
                    .by_year[static_cast<std::size_t>(event.row)]
                            [static_cast<std::size_t>((model_.calendar.year(event.tick) - first) / width_)] += event.count;
    }

    const Model& model_;
    RelationsOverTime& found_;
    int width_ = 1;
    std::vector<std::vector<double>> sums_;  ///< [quantity][link x time]
};

}  // namespace

RelationsOverTime no_relations(const Scenario& scenario, const std::string& why) {
    RelationsOverTime none;
    for (std::size_t kind = scenario.agents.size(); kind < scenario.kind_count(); ++kind)
        if (has_state(scenario, kind)) none.no_network = no_network_sentence(why);
    if (!scenario.schema.events.empty()) none.no_events = no_events_sentence(why);
    return none;
}

RelationsOverTime relations_over_time(const Scenario& scenario, std::int64_t runs, std::uint64_t seed, std::int64_t first_run, int threads) {
    Recording recording(scenario);
    if (recording.found().kinds.empty() && scenario.schema.events.empty()) return std::move(recording.found());
    const Model model = compile(recording.scenario());
    RelationsOverTime& found = recording.found();
    Sums sums(model, found);
    const std::int64_t updates_a_run = std::max<std::int64_t>(model.row_updates_per_tick() * model.calendar.ticks(), 1);
    if (updates_a_run > most_row_updates)
        return no_relations(scenario, fmt::format("runs are made once more for it, and one updates rows {} times, more than {}",
                                                  with_commas(updates_a_run), with_commas(most_row_updates)));
    std::int64_t loggable = 1;
    for (const CompiledEvent& event : model.events) loggable += model.rows_of(event.count) * model.calendar.ticks();
    const std::int64_t wanted = std::clamp<std::int64_t>(std::min({runs, most_relation_runs, most_row_updates / updates_a_run}), 1, runs);
    found.made = wanted;
    const std::int64_t in_memory = bytes_at_once / std::max<std::int64_t>(series_bytes_per_run(model), 1);
    const std::int64_t chunk = std::max<std::int64_t>(std::min(in_memory, most_logged / loggable), 1);
    for (std::int64_t first = 0; first < wanted; first += chunk) {
        RunPlan plan{.runs = std::min(chunk, wanted - first), .seed = seed, .threads = threads};
        plan.series_runs = plan.runs;
        plan.first_run = first_run + first;
        plan.log_events = true;
        sums.add(run_ensemble(model, plan));
    }
    sums.conclude();
    if (found.runs == 0) return no_relations(scenario, wanted == 1 ? "the run failed" : fmt::format("the first {} all failed", counted(wanted, "run")));
    return std::move(found);
}

}  // namespace entente
