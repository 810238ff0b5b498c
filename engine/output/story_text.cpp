#include <entente/output/story_text.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/harmless.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/story_words.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

constexpr std::size_t most_states_told = 3;
constexpr std::size_t most_in_table = 12;
constexpr double least_move = 1.0 / 12;  ///< of a measure's range in the run: below it a number is not told again
constexpr std::size_t least_name = 10;

std::string filled(const std::string& text, std::size_t width) {
    return text + std::string(width - std::min(width, display_width(text)), ' ');
}

/// Words in lines of at most so many cells, each after `indent` blanks.
std::string set_in(const std::string& text, std::size_t indent, std::size_t width) {
    std::string lines, line;
    const std::size_t room = std::max(width, indent + 20) - indent;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(' ', from), text.size());
        const std::string word = text.substr(from, end - from);
        if (!line.empty() && display_width(line) + 1 + display_width(word) > room) {
            lines += std::string(indent, ' ') + line + '\n';
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
        from = end + 1;
    }
    return lines + std::string(indent, ' ') + line + '\n';
}

std::string called(const LoggedEvent& one, const StoryEvent& event) {
    return harmless_line(event.label) + (one.count == 1 ? "" : " ×" + readable(one.count));
}

/// The story of one run.
class OneStory {
public:
    OneStory(const Story& story, std::span<const StoryEvent> events, std::span<const std::size_t> headline, const TextStyle& style, LeftOut& left_out)
        : results_(story.results), events_(events), style_(style), cut_(cut_log(story.results.log, most_told_in_text)), left_out_(left_out) {
        for (const std::size_t m : headline) {
            const MeasureInfo& info = results_.measures[m];
            if (info.form == Form::date && !std::isnan(results_.final_values[m][0])) dates_.emplace(static_cast<std::int64_t>(results_.final_values[m][0]), m);
            if (info.form != Form::series || results_.series_runs == 0 || results_.series[m].empty()) continue;
            courses_.push_back(m);
            if (told_.size() < most_states_told) told_.push_back({m, results_.series[m].front()});
        }
        lay_out();
    }

    std::string text() {
        if (results_.log.empty()) text_ += "  no events\n";
        else happenings();
        often();
        states();
        return std::move(text_);
    }

private:
    struct State {
        std::size_t measure = 0;
        double told = 0;
    };

    /// What takes room in a line beside who and what.
    void lay_out() {
        std::size_t who = 3, what = 4;
        date_ = 4;
        for (const LoggedEvent& one : cut_.told) {
            who = std::max(who, display_width(row_of(one)));
            what = std::max(what, display_width(called(one, event_of(one))));
            date_ = std::max(date_, display_width(results_.calendar.label(one.tick)));
            chance_ = std::max(chance_, display_width(story_chance(event_of(one), one)));
            cause_ = std::max(cause_, display_width(name_of(one.cause)));
        }
        chance_ = std::max(chance_, display_width(chance_heading(results_.calendar)));
        const std::size_t fixed = date_ + cause_ + chance_ + 4 * 2;
        const std::size_t room = std::max(style_.width > fixed ? style_.width - fixed : 0, 2 * least_name);
        if (who + what > room) {
            const std::size_t share = std::clamp(room * who / (who + what), least_name, room - least_name);
            who = std::min(who, share);
            what = room - who;
        }
        who_ = who;
        what_ = what;
    }

    [[nodiscard]] const StoryEvent& event_of(const LoggedEvent& one) const { return events_[static_cast<std::size_t>(one.event)]; }
    [[nodiscard]] std::string row_of(const LoggedEvent& one) const { return harmless_line(event_of(one).rows[static_cast<std::size_t>(one.row)]); }

    void line(const std::string& date, const std::string& who, const std::string& what, const std::string& cause, const std::string& chance, bool is_head = false) {
        const auto cell = [&](const std::string& text, std::size_t width) { return filled(shortened(text, width, style_), width) + "  "; };
        std::string line = filled(date, date_) + "  " + cell(who, who_) + cell(what, what_) +
                           filled(cause, cause_) + "  " + std::string(chance_ - std::min(chance_, display_width(chance)), ' ') + chance;
        line.erase(line.find_last_not_of(' ') + 1);
        text_ += (is_head ? dim(line, style_) : line) + '\n';
    }

    void happenings() {
        line("date", "who", "what", "cause", chance_heading(results_.calendar), true);
        std::int64_t tick = -1;
        for (std::size_t i = 0; i < cut_.told.size(); ++i) {
            const LoggedEvent& one = cut_.told[i];
            if (one.tick != tick) reach(one.tick);
            line(one.tick == tick ? "" : results_.calendar.label(one.tick), row_of(one), called(one, event_of(one)), std::string(name_of(one.cause)),
                 story_chance(event_of(one), one));
            tick = one.tick;
            if (i + 1 == cut_.told.size() || cut_.told[i + 1].tick != tick) state_after(tick);
        }
        reach(results_.calendar.ticks());
    }

    /// Dates of the headline that come before the tick, where nothing that is told happens.
    void reach(std::int64_t tick) {
        while (!dates_.empty() && dates_.begin()->first < tick) {
            text_ += filled(results_.calendar.label(dates_.begin()->first), date_ + 2);
            const std::string words = set_in("* " + words_of(results_.measures[dates_.begin()->second]), date_ + 2, style_.width);
            text_ += words.substr(date_ + 2);
            dates_.erase(dates_.begin());
        }
    }

    static std::string words_of(const MeasureInfo& info) { return harmless_line(info.in_words().empty() ? info.name : info.in_words()); }

    /// What has come by the end of the tick, and what has changed since it was last told.
    void state_after(std::int64_t tick) {
        for (; !dates_.empty() && dates_.begin()->first == tick; dates_.erase(dates_.begin()))
            text_ += set_in("* " + words_of(results_.measures[dates_.begin()->second]), date_ + 2, style_.width);
        std::string changes;
        for (State& one : told_) {
            const double now = results_.series[one.measure][static_cast<std::size_t>(tick + 1)];
            const MeasureInfo& info = results_.measures[one.measure];
            const auto [low, high] = std::ranges::minmax_element(results_.series[one.measure]);
            const bool moved = info.levels.empty() ? std::abs(now - one.told) >= least_move * (*high - *low) : story_value(info, now) != story_value(info, one.told);
            if (!moved || now == one.told || std::isnan(now)) continue;
            const auto value = [&](double x) { return harmless_line(story_value(info, x, false)); };
            changes += fmt::format("{}{} {} {} {}", changes.empty() ? "" : "; ", harmless_line(info.told()), value(one.told), style_.unicode ? "→" : "->", value(now));
            one.told = now;
        }
        if (!changes.empty()) text_ += dim_lines(set_in(changes, date_ + 2, style_.width));
    }

    [[nodiscard]] std::string dim_lines(const std::string& lines) const {
        std::string all;
        for (std::size_t from = 0; from < lines.size();) {
            const std::size_t end = lines.find('\n', from);
            all += dim(lines.substr(from, end - from), style_) + '\n';
            from = end + 1;
        }
        return all;
    }

    void often() {
        if (cut_.often.empty()) return;
        text_ += '\n';
        TextTable table({{.head = "Too frequent to list", .is_name = true}, {"times", Align::right}, {"timeline", Align::right, 0, 2}, {.head = "where most often", .rank = 1}});
        const std::size_t fixed = 30 + 2 * 3;
        const std::size_t room = style_.width > fixed + 2 * least_name ? style_.width - fixed : 2 * least_name;
        for (const CutLog::Often& one : std::span(cut_.often).first(std::min(cut_.often.size(), most_in_table)))
            table.add({"  " + shortened(harmless_line(events_[static_cast<std::size_t>(one.event)].label), room / 2 - 2, style_), readable(one.times),
                       one.of_timeline == 0 ? "" : readable(one.of_timeline), shortened(where_most(one.event), room - room / 2, style_)});
        text_ += table.text(style_, left_out_);
        if (cut_.often.size() > most_in_table) text_ += fmt::format("  and {} more kinds of events\n", cut_.often.size() - most_in_table);
        text_ += set_in("every event: --json", 2, style_.width);
    }

    [[nodiscard]] std::string where_most(int event) const {
        std::map<int, double> times;
        for (const LoggedEvent& one : results_.log)
            if (one.event == event) times[one.row] += one.count;
        const auto most = std::ranges::max_element(times, {}, [](const auto& row) { return row.second; });
        const std::string row = harmless_line(events_[static_cast<std::size_t>(event)].rows[static_cast<std::size_t>(most->first)]);
        return times.size() < 2 ? row : fmt::format("{} ({})", row, readable(most->second));
    }

    /// The headline's courses, at start and end.
    void states() {
        if (courses_.empty()) return;
        TextTable table({{.head = "Over time", .is_name = true}, {"start", Align::right, 7, 2}, {"end", Align::right, 7}, {.head = "course", .rank = 1}});
        const auto fill = [&](std::size_t name, std::size_t spark) {
            TextTable rows = table;
            for (const std::size_t m : std::span(courses_).first(std::min(courses_.size(), most_in_table))) {
                const MeasureInfo& info = results_.measures[m];
                const auto& course = results_.series[m];
                const auto value = [&](double x) { return shortened(harmless_line(story_value(info, x, false)), 18, style_); };
                rows.add({"  " + shortened(harmless_line(info.told()), name, style_), value(course.front()), value(course.back()),
                          spark_line(std::span(course.data(), course.size()), spark, style_)});
            }
            return rows;
        };
        std::size_t name = 36;
        while (name > least_name && fill(name, 10).width(style_) > style_.width) --name;
        const std::size_t without = fill(name, 10).width(style_);
        text_ += '\n' + fill(name, 10 + std::min<std::size_t>(38, style_.width > without ? style_.width - without : 0)).text(style_, left_out_);
        if (courses_.size() > most_in_table) text_ += fmt::format("  and {} more; all in --json\n", courses_.size() - most_in_table);
    }

    const Results& results_;
    std::span<const StoryEvent> events_;
    const TextStyle& style_;
    CutLog cut_;
    std::multimap<std::int64_t, std::size_t> dates_;  ///< of the headline, by tick, that are still to come
    std::vector<std::size_t> courses_;                ///< of the headline
    std::vector<State> told_;
    std::size_t date_ = 0, who_ = 0, what_ = 0, cause_ = 5, chance_ = 0;
    LeftOut& left_out_;
    std::string text_;
};

}  // namespace

std::string story_text(std::span<const Story> stories, std::span<const StoryEvent> events, std::span<const std::size_t> headline,
                       const TellingRuns& chosen, const RunRecord& record, const TextStyle& style) {
    const Identity& identity = record.identity;
    std::string line = fmt::format("{} · seed {}", calendar_text(stories.front().results.calendar), identity.seed);
    if (!identity.variant.empty()) line += " · variant " + record.labels.variant(identity.variant);
    for (const auto& [name, value] : identity.settings) line += fmt::format(" · {} = {}", record.labels.parameter(name), exact(value));
    if (!identity.from.empty()) line += (identity.from.starts_with("the record") ? " · from " : " · from snapshot ") + identity.from;
    const std::string title = harmless_line(record.title.empty() ? record.scenario : record.title);
    LeftOut left_out;
    std::string text = bold(shortened(title, style.width, style), style) + '\n' + set_in(harmless_line(line), 0, style.width);
    for (const Story& story : stories) {
        text += '\n' + bold(fmt::format("Run {}", with_commas(story.run())), style) + '\n';
        for (const TellingReason& reason : story.reasons) text += set_in(harmless_line(reason_text(story.results, reason, chosen)), 2, style.width);
        if (story.logged_from > 0)
            text += set_in(fmt::format("events from {} on; the snapshot holds none before", story.results.calendar.label(story.logged_from)), 2, style.width);
        text += '\n' + OneStory(story, events, headline, style, left_out).text();
        for (const RunFailure& failure : story.results.failures) text += '\n' + set_in(harmless_line("It " + failure.message), 0, style.width);
    }
    if (const std::string note = left_out.text(style); !note.empty()) text += '\n' + note;
    return laid_out(std::move(text), style);
}

}  // namespace entente
