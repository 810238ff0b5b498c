// Tests: output/story_text, output/story_words.
#include <entente/output/story_text.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/output/story_words.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/replay.hpp>

namespace entente {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string feud = R"yaml(
entente: 1
title: A feud
calendar: {start: 2020-01-01, ticks: 6, step: month}
agents:
  house: {members: {m: {label: Montague}, c: {label: Capulet}}, fields: {anger: {start: 0, range: [0, 10]}, mood: {start: calm, levels: [calm, {name: hot, label: up in arms}]}}}
links:
  feud: {source: house, target: house, members: [m -> c, c -> m]}
steps:
  - {event: duel, on: feud, probability: 0.25, label: Duel}
  - {event: insult, on: feud, count: 0, label: Insult}
  - {event: ball, on: house, where: "self == house[c]", probability: "1 if t == 2 / 12 else 0", do: [anger += 4, mood = hot], label: Masked ball}
timeline:
  - {date: 2020-02-03, event: insult, on: m -> c}
  - {date: 2020-02-03, event: insult, on: m -> c}
measures:
  anger: {value: "house[c].anger", label: Anger of Capulet}
  mood: {value: "house[c].mood"}
  brawl: {value: "first(house[c].anger > 3)", label: The houses brawl}
)yaml";

struct Told {
    Scenario scenario;
    Model model;
    std::vector<Story> stories;
    [[nodiscard]] std::string text(const TextStyle& style, const TellingRuns& chosen = {}) const {
        RunRecord record;
        record.title = scenario.title;
        return story_text(stories, story_events(scenario, model), usual_headline(stories.front().results), chosen, record, style);
    }
};

Told told(Scenario scenario, std::int64_t run, std::vector<TellingReason> reasons = {}) {
    Model model = compile(scenario, {.chances = true});
    std::vector<Story> stories;
    stories.push_back({replayed(model, {.runs = 100}, run), std::move(reasons)});
    return {std::move(scenario), std::move(model), std::move(stories)};
}

TEST(StoryText, tells_who_did_what_why_and_what_came_of_it) {
    Told one = told(read_scenario_text(feud, "feud.yaml", "/nonexistent").scenario, 3, {{.why = TellingReason::Why::earliest, .measure = 2, .value = 2}});
    std::erase_if(one.stories[0].results.log, [](const LoggedEvent& event) { return event.event == 0; });  // leaves out what is drawn
    one.stories[0].results.log.insert(one.stories[0].results.log.begin(), {.run = 3, .tick = 0, .event = 0, .row = 1, .count = 1, .chance = 0.25});
    EXPECT_THAT(one.text({.width = 100}), HasSubstr("Run 3\n"
                                                    "  The houses brawl: earliest, 1 Mar 2020\n"
                                                    "\n"
                                                    "date        who                  what         cause     chance in a month\n"
                                                    "2020-01-01  Capulet -> Montague  Duel         drawn                  25 %\n"
                                                    "2020-02-01  Montague -> Capulet  Insult ×2    timeline\n"
                                                    "2020-03-01  Capulet              Masked ball  drawn               certain\n"
                                                    "            * The houses brawl\n"
                                                    "            Anger of Capulet 0 → 4; mood calm → up in arms\n"));
}

TEST(StoryText, fits_any_width_and_any_terminal) {
    const Told one = told(read_scenario(std::string(ENTENTE_ROOT) + "/scenarios/moscow-kabul.yaml").scenario, 17);
    for (const std::size_t width : {80U, 100U, 160U}) {
        for (const bool unicode : {true, false}) {
            const std::string text = one.text({.width = width, .unicode = unicode});
            std::istringstream lines(text);
            for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
            EXPECT_THAT(text, Not(HasSubstr("\x1b")));
            EXPECT_THAT(text, HasSubstr("\nToo frequent to list"));
        }
    }
}

TEST(StoryText, of_a_story_without_events_says_so) {
    Told one = told(read_scenario_text(feud, "feud.yaml", "/nonexistent").scenario, 3);
    one.stories[0].results.log.clear();
    EXPECT_THAT(one.text({}), HasSubstr("\n  no events\n"));
}

TEST(StoryWords, tell_why_a_run_is_told) {
    using Why = TellingReason::Why;
    const Results results = told(read_scenario_text(feud, "feud.yaml", "/nonexistent").scenario, 3).stories[0].results;
    const TellingRuns some{.runs = {}, .compared = 2000, .has_all = false}, all{.runs = {}, .compared = 60, .has_all = true};
    EXPECT_EQ(reason_text(results, {Why::typical}, all), "typical: nearest the medians of all measures");
    EXPECT_EQ(reason_text(results, {Why::typical}, some), "typical: nearest the medians of all measures among 2,000 runs that were compared");
    EXPECT_EQ(reason_text(results, {Why::comes_not, 2}, all), "The houses brawl: does not come");
    EXPECT_EQ(reason_text(results, {Why::median_date, 2, 3}, all), "The houses brawl: nearest its median date where it comes, 1 Apr 2020");
    EXPECT_EQ(reason_text(results, {Why::on_level, 1, 1}, all), "mood: ends at up in arms");
    EXPECT_EQ(reason_text(results, {Why::high, 0, 4}, all), "Anger of Capulet: nearest its 95 % quantile, 4");
}

}  // namespace
}  // namespace entente
