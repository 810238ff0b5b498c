#include <entente/summary/relations.hpp>

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/wording.hpp>

namespace entente {

namespace {

bool has_state(const Scenario& scenario, KindId kind) { return !scenario.fields(kind).empty() || !scenario.derived(kind).empty(); }

const std::string& told(const Table& table) { return table.label.empty() ? table.name : table.label; }

template <class Quantity>
const std::string& told(const Quantity& quantity) {
    return quantity.remarks.label.empty() ? quantity.name : quantity.remarks.label;
}

class Relations {
public:
    Relations(const Scenario& scenario, const Model& model, const Results& results) : scenario_(scenario), model_(model), results_(results) {
        for (const Table& table : model.tables) {
            if (table.is_link) continue;
            first_agent_.push_back(agents_);
            agents_ += table.rows;
        }
    }

    [[nodiscard]] RelationsOverTime taken() {
        add_network();
        add_events();
        return std::move(found_);
    }

private:
    void add_network() {
        explain_what_is_missing();
        if (results_.relation_runs == 0 || model_.shown.empty()) return;
        found_.made = results_.relation_runs;
        for (std::int64_t run = 0; run < found_.made; ++run) found_.runs += results_.failed(results_.first_run + run) ? 0 : 1;
        if (found_.runs == 0) {
            found_.no_network = no_network(found_.made == 1 ? "the run failed" : fmt::format("the first {} all failed", counted(found_.made, "run")));
            return;
        }
        found_.moments = results_.relation_moments;
        for (const KindId kind : model_.tables.ids())
            for (std::int64_t row = 0; row < (model_.tables[kind].is_link ? 0 : model_.tables[kind].rows); ++row)
                found_.agents.push_back(row_label(model_.tables, kind, row));
        KindId last;
        for (std::size_t number = 0; number < model_.shown.size(); ++number) {
            if (model_.shown[number].kind != last) add_kind(last = model_.shown[number].kind);
            found_.kinds.back().quantities.push_back(quantity(number));
        }
    }

    static std::string no_network(const std::string& why) { return fmt::format("Relations over time are left out: {}.", why); }

    void explain_what_is_missing() {
        std::vector<std::string> too_many;
        bool has_any = false;
        for (const KindId kind : model_.tables.ids()) {
            const Table& table = model_.tables[kind];
            if (!table.is_link || table.rows == 0 || !has_state(scenario_, kind)) continue;
            has_any = true;
            if (table.rows > most_links_shown) too_many.push_back(fmt::format("{} of {}", with_commas(table.rows), told(table)));
        }
        if (!has_any) return;
        if (agents_ > most_agents_shown) {
            found_.no_network = no_network(fmt::format("the drawing has room for {} agents, and there are {}", most_agents_shown, with_commas(agents_)));
        } else if (!too_many.empty()) {
            const std::string why = fmt::format("the drawing has room for {} links of a kind, and there are {}", most_links_shown, fmt::join(too_many, ", "));
            if (model_.shown.empty()) found_.no_network = no_network(why);
            else found_.not_drawn = fmt::format("Not all kinds of links are drawn: {}.", why);
        }
    }

    void add_kind(KindId id) {
        const Table& table = model_.tables[id];
        RelationsOverTime::Kind kind{told(table), {}, {}};
        for (std::size_t row = 0; row < static_cast<std::size_t>(table.rows); ++row)
            kind.links.emplace_back(agent(table.source_kind, table.source[row]), agent(table.target_kind, table.target[row]));
        found_.kinds.push_back(std::move(kind));
    }

    [[nodiscard]] RelationsOverTime::Quantity quantity(std::size_t number) const {
        const ShownQuantity& shown = model_.shown[number];
        const auto at = static_cast<std::size_t>(shown.number);
        if (shown.is_derived) {
            const Derived& derived = scenario_.derived(shown.kind)[at];
            return {told(derived), derived.unit_told(), derived.remarks.about, Range{}, means(number)};
        }
        const Field& field = scenario_.fields(shown.kind)[at];
        return {told(field), field.unit, field.remarks.about, field.range, means(number)};
    }

    /// Sums are taken in run order, so that they depend on nothing else.
    [[nodiscard]] std::vector<std::vector<double>> means(std::size_t number) const {
        const auto links = static_cast<std::size_t>(model_.rows_of(model_.shown[number].column));
        const std::size_t moments = results_.relation_moments.size();
        std::vector<std::vector<double>> sums(links, std::vector<double>(moments, 0.0));
        for (std::int64_t run = 0; run < results_.relation_runs; ++run) {
            if (results_.failed(results_.first_run + run)) continue;
            const double* values = results_.relations[number].data() + static_cast<std::size_t>(run) * moments * links;
            for (std::size_t at = 0; at < moments; ++at)
                for (std::size_t link = 0; link < links; ++link) sums[link][at] += *values++;
        }
        for (auto& course : sums)
            for (double& value : course) value /= static_cast<double>(found_.runs);
        return sums;
    }

    void add_events() {
        if (results_.event_names.empty()) return;
        const std::int64_t runs = results_.runs - std::ssize(results_.failures);
        if (results_.years_in_span == 0 || runs == 0) {
            found_.no_events = fmt::format("Events by year are left out: {}.", runs == 0            ? "every run failed"
                                                                               : results_.is_branch ? "the runs continue from a snapshot, and what came before it was not counted"
                                                                                                    : "there are too many agents and links");
            return;
        }
        add_years();
        const double* counts = results_.events_by_year.data();
        for (std::size_t event = 0; event < results_.event_names.size(); ++event) {
            RelationsOverTime::Event added{results_.event_names[event], results_.told_event_kind(event), rows_of(event), {}, results_.event_labels[event]};
            for (std::size_t row = 0; row < added.rows.size(); ++row) {
                auto& by_year = added.by_year.emplace_back();
                for (std::size_t span = 0; span < found_.years.size(); ++span) by_year.push_back(*counts++ / static_cast<double>(runs));
            }
            found_.events.push_back(std::move(added));
        }
    }

    /// The rows on which an event happens, in people's words.
    [[nodiscard]] std::vector<std::string> rows_of(std::size_t event) const {
        const KindId kind = model_.events[EventId{static_cast<int>(event)}].on;
        if (!has_labels(model_.tables, kind)) return results_.event_rows[event];
        std::vector<std::string> rows;
        for (std::int64_t row = 0; row < model_.tables[kind].rows; ++row) rows.push_back(row_label(model_.tables, kind, row));
        return rows;
    }

    void add_years() {
        const Calendar& calendar = model_.calendar;
        const int width = results_.years_in_span;
        const int last = calendar.year(calendar.ticks() - 1);
        for (int year = calendar.year(0); year <= last; year += width) {
            const std::string from = !calendar.is_dated() ? fmt::format("year {}", year) : width == 1 ? year_label(calendar, year) : std::to_string(year);
            found_.years.push_back(width == 1 ? from : fmt::format("{}–{}", from, std::min(year + width - 1, last)));
        }
    }

    [[nodiscard]] int agent(KindId kind, RowIndex row) const { return static_cast<int>(first_agent_[static_cast<std::size_t>(kind.value)] + row); }

    const Scenario& scenario_;
    const Model& model_;
    const Results& results_;
    std::vector<std::int64_t> first_agent_;
    std::int64_t agents_ = 0;
    RelationsOverTime found_;
};

}  // namespace

RelationsOverTime relations_over_time(const Scenario& scenario, const Model& model, const Results& results) {
    return Relations(scenario, model, results).taken();
}

}  // namespace entente
