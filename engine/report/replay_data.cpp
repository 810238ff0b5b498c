#include <entente/report/replay_data.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/story_words.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

constexpr std::int64_t most_replay_moments = 400;
constexpr std::size_t most_series_bytes = 120'000;
constexpr std::size_t most_state_bytes = 90'000;
constexpr std::array all_causes = {EventCause::drawn, EventCause::timeline, EventCause::conditioned};

/// What is looked at first, where a scenario has it: as the page offers fields.
constexpr std::array<std::string_view, 3> telling_fields = {"trust", "standing", "alarm"};

std::vector<std::string> level_names(const std::vector<MeasureLevel>& levels) {
    std::vector<std::string> names;
    for (const MeasureLevel& level : levels) names.push_back(level.told());
    return names;
}

class Replay {
public:
    Replay(const Scenario& scenario, const Model& model, std::span<const Story> stories)
        : scenario_(scenario), model_(model), stories_(stories), first_(stories.front().results), moments_(thinned(first_.calendar.moments(), most_replay_moments)) {}

    page::ReplayData taken(const TellingRuns& chosen, std::span<const std::size_t> headline) {
        for (const std::int64_t moment : moments_) data_.times.push_back(moment_at(static_cast<double>(moment)));
        for (const std::int64_t moment : first_.relation_moments) data_.state_times.push_back(moment_at(static_cast<double>(moment)));
        data_.chance_of = chance_heading(first_.calendar);
        for (const EventCause cause : all_causes) data_.causes.emplace_back(name_of(cause));
        add_runs(chosen);
        add_measures(headline);
        add_states();
        if (const std::int64_t from = stories_.front().logged_from; from > 0)
            left_out_ += fmt::format(" Events are told from {} on: the snapshot holds none before.", first_.calendar.label(from));
        data_.note = fmt::format("The typical run is the one nearest the medians of all measures{}; the others were chosen by where the headline goes in them.{}",
                                 chosen.has_all ? "" : fmt::format(", among {} that were compared", counted(chosen.compared, "run")), left_out_);
        return std::move(data_);
    }

private:
    [[nodiscard]] page::Moment moment_at(double tick) const { return page::moment_at(first_.calendar, tick); }

    void add_runs(const TellingRuns& chosen) {
        const auto events = story_events(scenario_, model_);
        for (const StoryEvent& event : events) data_.events.push_back({event.label, event.on, std::string(form_of_chance(event.form)), {}});
        std::vector<std::map<int, int>> rows(events.size());  // by event: of a row, its number among those told
        for (const Story& story : stories_) {
            page::ReplayRun& run = data_.runs.emplace_back();
            run.run = story.run();
            for (const TellingReason& reason : story.reasons) run.reasons.push_back(reason_text(story.results, reason, chosen));
            const CutLog cut = cut_log(story.results.log, most_told_on_page);
            for (const LoggedEvent& one : cut.told) {
                const auto event = static_cast<std::size_t>(one.event);
                const auto [row, is_new] = rows[event].try_emplace(one.row, static_cast<int>(rows[event].size()));
                if (is_new) data_.events[event].rows.push_back(events[event].rows[static_cast<std::size_t>(one.row)]);
                run.when.push_back(moment_at(static_cast<double>(one.tick)));
                run.events.push_back(one.event);
                run.rows.push_back(row->second);
                run.causes.push_back(static_cast<int>(std::ranges::find(all_causes, one.cause) - all_causes.begin()));
                run.chances.emplace_back(one.chance);
                run.counts.emplace_back(one.count);
            }
            for (const CutLog::Often& often : cut.often)
                run.often.push_back({events[static_cast<std::size_t>(often.event)].label, often.times, often.of_timeline});
        }
    }

    void add_measures(std::span<const std::size_t> headline) {
        std::vector<std::size_t> order(headline.begin(), headline.end());
        for (std::size_t m = 0; m < first_.measures.size(); ++m)
            if (std::ranges::find(order, m) == order.end()) order.push_back(m);
        std::size_t bytes = 0;
        int without = 0;
        for (const std::size_t m : order) {
            const MeasureInfo& info = first_.measures[m];
            if (info.is_by_row()) continue;
            if (info.form == Form::date) add_date(m);
            if (info.form != Form::series || first_.series_runs == 0) continue;
            page::ReplaySeries series{info.told(), info.in_words(), info.unit, level_names(info.levels), {}};
            std::vector<double> values;
            for (const Story& story : stories_)
                for (const std::int64_t moment : moments_) values.push_back(story.results.series_runs > 0 ? story.results.series[m][static_cast<std::size_t>(moment)] : Results::missing);
            series.values = page::packed(values, 2);
            bytes += series.values.bytes.size();
            if (bytes > most_series_bytes)
                ++without;
            else
                data_.series.push_back(std::move(series));
        }
        if (without > 0) left_out_ += fmt::format(" {} over time {} left out for their size.", counted(without, "measure"), without == 1 ? "is" : "are");
    }

    void add_date(std::size_t m) {
        const MeasureInfo& info = first_.measures[m];
        page::ReplayDate date{info.told(), info.in_words(), {}};
        for (const Story& story : stories_) {
            const double tick = story.results.final_values[m][0];
            date.when.push_back(std::isnan(tick) ? std::optional<page::Moment>() : moment_at(tick));
        }
        data_.dates.push_back(std::move(date));
    }

    [[nodiscard]] page::ReplayField field_of(std::size_t number) const {
        const ShownQuantity& shown = model_.shown[number];
        const auto at = static_cast<std::size_t>(shown.number);
        page::ReplayField told;
        if (shown.is_derived) {
            const Derived& derived = scenario_.derived(shown.kind)[at];
            told.name = derived.remarks.label.empty() ? derived.name : derived.remarks.label;
            told.unit = derived.unit_told();
            told.about = derived.remarks.about;
        } else {
            const Field& field = scenario_.fields(shown.kind)[at];
            told.name = field.remarks.label.empty() ? field.name : field.remarks.label;
            told.unit = field.unit;
            told.about = field.remarks.about;
            for (const Level& level : field.levels) told.levels.push_back(level.label.empty() ? level.name : level.label);
        }
        return told;
    }

    [[nodiscard]] const std::string& plain_name(std::size_t number) const {
        const ShownQuantity& shown = model_.shown[number];
        const auto at = static_cast<std::size_t>(shown.number);
        return shown.is_derived ? scenario_.derived(shown.kind)[at].name : scenario_.fields(shown.kind)[at].name;
    }

    /// Links before agents, and of each what is looked at first.
    [[nodiscard]] std::vector<std::size_t> order_of_states() const {
        std::vector<std::size_t> order;
        for (std::size_t number = 0; number < model_.shown.size(); ++number) order.push_back(number);
        std::ranges::stable_sort(order, {}, [&](std::size_t number) {
            const bool is_link = model_.tables[model_.shown[number].kind].is_link;
            return std::pair(std::ranges::find(telling_fields, plain_name(number)) - telling_fields.begin(), !is_link);
        });
        return order;
    }

    void add_states() {
        if (first_.relation_runs == 0) return;
        std::size_t bytes = 0;
        std::map<std::size_t, page::ReplayField> fields;  // by number in `shown`
        int without = 0;
        for (const std::size_t number : order_of_states()) {
            const auto rows = static_cast<std::size_t>(model_.rows_of(model_.shown[number].column));
            const std::size_t moments = first_.relation_moments.size();
            std::vector<double> values;
            values.reserve(stories_.size() * rows * moments);
            for (const Story& story : stories_)
                for (std::size_t row = 0; row < rows; ++row)
                    for (std::size_t at = 0; at < moments; ++at) values.push_back(story.failed() ? Results::missing : story.results.relations[number][at * rows + row]);
            page::ReplayField field = field_of(number);
            field.values = page::packed(values, model_.tables[model_.shown[number].kind].is_link ? 1 : 2);
            bytes += field.values.bytes.size() + 120 + field.about.size();
            if (bytes > most_state_bytes)
                ++without;
            else
                fields.emplace(number, std::move(field));
        }
        KindId last;
        for (auto& [number, field] : fields) {
            const KindId kind = model_.shown[number].kind;
            const Table& table = model_.tables[kind];
            if (kind != last) data_.kinds.push_back({table.label.empty() ? table.name : table.label, table.is_link, rows_of(kind), {}});
            last = kind;
            data_.kinds.back().fields.push_back(std::move(field));
        }
        if (without > 0) left_out_ += fmt::format(" {} of agents and links {} left out for their size.", counted(without, "field"), without == 1 ? "is" : "are");
    }

    [[nodiscard]] std::vector<std::string> rows_of(KindId kind) const {
        std::vector<std::string> rows;
        for (std::int64_t row = 0; row < model_.tables[kind].rows; ++row) rows.push_back(row_label(model_.tables, kind, row));
        return rows;
    }

    const Scenario& scenario_;
    const Model& model_;
    std::span<const Story> stories_;
    const Results& first_;
    std::vector<std::int64_t> moments_;
    std::string left_out_;
    page::ReplayData data_;
};

}  // namespace

page::ReplayData replay_data(const Scenario& scenario, const Model& model, const TellingRuns& chosen, std::span<const Story> stories,
                             std::span<const std::size_t> headline) {
    return Replay(scenario, model, stories).taken(chosen, headline);
}

}  // namespace entente
