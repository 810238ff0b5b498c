/// Scenarios made at random, of what is hard to run in lockstep: rare conditions, events of all forms, draws everywhere, contributions,
/// entries of the timeline, runs that fail. Small worlds, which become one program for the tick, and larger ones.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace entente::test {

class RandomScenario {
public:
    explicit RandomScenario(std::uint64_t seed) : random_(seed) {}

    std::string text() {
        const std::vector<int> sizes{2, 3, 4, 4, 5, 7, 9, 11};
        states_ = one_of(sizes);
        ticks_ = 4 + below(12);
        std::string steps;
        for (int i = 0, n = 3 + below(5); i < n; ++i) steps += step(i);
        std::string text = fmt::format("entente: 1\ncalendar: {{start: 2020-01-01, ticks: {}, step: month}}\nparameters: {{p: 0.3, q: 2}}\n", ticks_);
        text += fmt::format("agents:\n  state:\n    fields: {{power: {{start: \"uniform(0, 1)\", range: [0, 2]}}, fear: 0, mood: normal(), tally: {}, sends: 0}}\n", one_of<std::string>({"0", "1", "2", "-0.0"}));
        text += "    derived: {strength: power * (1 - p * fear), heard: \"sum(r.heat for r in front.into(self))\"}\n    members: {";
        for (int s = 0; s < states_; ++s) text += fmt::format("{}{}: {{{}}}", s ? ", " : "", name(s), chance(20) ? "sends: 1" : "");
        text += "}\nlinks:\n  front:\n    source: state\n    target: state\n    pattern: complete\n";
        text += "    fields: {spoils: 0, trust: {start: \"uniform(0, 1)\", range: [0, 1]}, heat: 0, stake: 0}\n    members: {" + some_links("{stake: 0.5}") + "}\n";
        text += "  pact: {source: state, target: state, fields: {}, members: {" + some_links("{}") + "}}\n";
        text += "steps:\n" + steps + timeline() + "measures:\n";
        for (const std::string field : {"power", "fear", "mood", "tally"}) text += fmt::format("  {}: \"sum(s.{} for s in state)\"\n", field, field);
        for (const std::string field : {"spoils", "trust", "heat"}) text += fmt::format("  {}: \"sum(link.{} for link in front)\"\n", field, field);
        text += "  worst: \"peak(max(s.fear for s in state))\"\n  when: \"first(sum(link.spoils for link in front) > 3)\"\n  yearly: {value: \"total(sum(s.tally for s in state))\", per: year}\n";
        for (const Event& event : events_) text += fmt::format("  total_{}: \"total(sum(x.{} for x in {}))\"\n", event.name, event.name, event.on);
        text += "  moods: {value: mood, on: state}\n  frights: {value: \"first(fear > 1)\", on: state}\n  tallies: {value: \"total(tally)\", on: state, per: year}\n";
        return text + "  trusted: {value: \"average(trust) + peak(heat)\", on: front}\n  shares: {value: \"share(source.power > spoils)\", on: front, per: year}\nheadline: [when, moods, yearly]\n";
    }

private:
    struct Event {
        std::string name, on;
    };

    int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    template <class T>
    T one_of(const std::vector<T>& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }
    /// A few links that are as no others.
    std::string some_links(const std::string& starts) {
        std::string text;
        for (int s = 0; s < states_; ++s)
            if (const int t = s == 0 ? 1 : below(states_); t != s) text += fmt::format("{}{} -> {}: {}", text.empty() ? "" : ", ", name(s), name(t), starts);
        return text;
    }
    static std::string name(int state) { return std::string(1, static_cast<char>('a' + state)); }
    std::string number() { return one_of<std::string>({"0", "1", "0.5", "-1", "2", "0.1", "p", "q"}); }

    std::string atom(bool on_links) {
        const std::string end = on_links ? one_of<std::string>({"source.", "target."}) : "";
        const int kind = below(14);
        if (kind == 12) return on_links ? one_of<std::string>({"stake", "stake * heat", "has(pact[target, source])", "source.sends", "sum(r.stake * r.heat for r in front.into(target))"}) : "sends";
        if (kind == 13) return on_links ? one_of<std::string>({"sum(r.trust * (r.heat > 0) for r in front.out(target) if r.stake > 0)", "sum(front[source, r.source].trust * (r.heat > 0) for r in front.into(target))", "sum(r.heat * front[r.target, target].stake for r in front.out(source))"}) : "sum(r.stake * r.source.sends for r in front.into(self))";
        if (kind < 4) return end + one_of<std::string>({"power", "fear", "mood", "tally", "strength", "heard"});
        if (kind < 6) return on_links ? one_of<std::string>({"spoils", "trust", "heat"}) : one_of<std::string>({"power", "mood"});
        if (kind < 7) return number();
        if (kind < 9) return one_of<std::string>({"uniform()", "normal()", "bernoulli(0.2)", "exponential(2)", "poisson(0.5)", "uniform(-1, 1)"});
        if (kind < 10 && !events_.empty()) {
            const Event event = one_of(events_);
            if (event.on == (on_links ? "front" : "state")) return event.name;
            if (on_links) return fmt::format("source.{}", event.name);
            return fmt::format("sum(r.{} for r in front.out(self))", event.name);
        }
        if (kind < 11 && on_links) return one_of<std::string>({"front[target, source].trust", "max(r.heat for r in front.out(target))"});
        return on_links ? "trust" : one_of<std::string>({"mean(r.trust for r in front.out(self))", "count(r.heat > 0 for r in front.into(self))", "sum(s.power for s in state if s != self)"});
    }
    std::string expression(bool on_links, int depth = 2) {
        if (depth == 0 || chance(25)) return atom(on_links);
        const std::string x = expression(on_links, depth - 1);
        const std::string y = expression(on_links, depth - 1);
        switch (below(8)) {
            case 7: return on_links ? fmt::format("({} if source.sends > 0 else {} * stake)", x, y) : fmt::format("{} * sends", x);
            case 0: return fmt::format("({} + {})", x, y);
            case 1: return fmt::format("({} - {})", x, y);
            case 2: return fmt::format("{} * {}", x, y);
            case 3: return fmt::format("max({}, {})", x, y);
            case 4: return fmt::format("exp(-abs({}))", x);
            case 5: return fmt::format("({} if {} > {} else {})", x, atom(on_links), number(), y);
            default: return fmt::format("tanh({})", x);
        }
    }
    std::string held(bool on_links, int low, int high) { return fmt::format("clip({}, {}, {})", expression(on_links), low, high); }

    /// Holds on few rows of few runs, mostly.
    std::string condition(bool on_links) {
        const std::string end = on_links ? one_of<std::string>({"source.", "target."}) : "";
        switch (below(11)) {
            case 9: return on_links ? one_of<std::string>({"target.sends > 0", "stake > 0", "has(pact[source, target])", "stake > 0 and heat < 1"}) : "sends > 0";
            case 10: return on_links ? "source.sends > 0 or has(pact[target, source])" : "sum(r.stake for r in front.into(self)) > 0";
            case 0: return fmt::format("{}power > 0.9{}", end, below(10));
            case 1: return fmt::format("uniform() < 0.0{}", 1 + below(9));
            case 2: return fmt::format("{}mood > 1.{} and uniform() < 0.5", end, below(10));
            case 3: return fmt::format("tick == {}", below(ticks_));
            case 4: return fmt::format("{}fear > 0.{} or normal() > 2", end, 1 + below(9));
            case 5: return events_.empty() ? "tick > 2" : one_of(events_).on == (on_links ? "front" : "state") ? atom(on_links) + " > 1.5" : end + "power < 0.05";
            case 6: return fmt::format("{} > {}", expression(on_links), 1 + below(2));
            case 7: return on_links ? "source.power > 0.97" : "power > 0.5";
            default: return on_links ? "trust > 0.95" : "tally > 2";
        }
    }

    std::string step(int number) {
        const bool on_links = chance(60);
        const std::string on = on_links ? "front" : "state";
        const int form = below(on_links ? 6 : 4);
        const bool is_event = form > 0;
        const std::string called = fmt::format("e{}", number);
        std::string text = fmt::format("  - {}: {}\n    on: {}\n", is_event ? "event" : "rule", is_event ? called : "rule " + called, on);
        if (chance(70)) text += fmt::format("    where: \"{}\"\n", condition(on_links));
        const bool lets = chance(40);
        if (lets) text += fmt::format("    let: {{v: \"{}\", w: \"v * {}\"}}\n", expression(on_links, 1), atom(on_links));
        const bool goes_wrong = chance(12);
        if (form == 1) text += fmt::format("    probability: \"{}\"\n", goes_wrong ? (on_links ? "1.004 * trust" : "1.01 * abs(tanh(mood))") : held(on_links, 0, 1));
        if (form == 2) text += fmt::format("    rate: \"{}\"\n", held(on_links, 0, 6));
        if (form == 3) text += fmt::format("    count: \"{}\"\n", held(on_links, 0, 9));
        if (form >= 4) {
            text += fmt::format("    choice: \"{}\"\n", held(on_links, -3, 3));
            if (chance(40)) text += fmt::format("    temperature: \"0.2 + abs({})\"\n", chance(50) ? "source.mood" : "p");
            if (chance(40)) text += "    outside: \"source.fear + p\"\n";
        }
        if (is_event) events_.push_back({called, on});
        text += "    do:\n";
        for (int i = 0, n = 1 + below(3); i < n; ++i) text += fmt::format("      - \"{}\"\n", statement(on_links, lets, is_event ? called : ""));
        if (chance(10)) text += on_links ? "      - \"spoils = log(uniform() - 0.0005)\"\n" : "      - \"mood = log(uniform() - 0.001)\"\n";
        return text;
    }

    std::string statement(bool on_links, bool lets, const std::string& event) {
        std::string value = held(on_links, -2, 3);
        if (chance(25)) value = fmt::format("{} * clip({}, -2, 2)", on_links ? "stake" : "sends", expression(on_links, 1));
        if (chance(4)) return on_links ? "stake = 0.25" : "sends = 1";
        if (lets && chance(60)) value = fmt::format("clip({} + v - w, -3, 3)", atom(on_links));
        if (!event.empty() && chance(30)) value = fmt::format("min({}, 2) * {}", event, value);
        if (on_links && chance(50))
            return one_of<std::string>({"source.tally", "target.tally", "target.fear", "source.mood", "reverse.heat"}) + one_of<std::string>({" += ", " -= "}) + value;
        const std::string field = on_links ? one_of<std::string>({"spoils", "trust", "heat"}) : one_of<std::string>({"power", "fear", "mood", "tally"});
        const std::string op = one_of<std::string>({" = ", " = ", " += ", " -= "});
        return field + op + (op == " = " ? value : "0.1 * " + value);
    }

    std::string timeline() {
        if (chance(40)) return "";
        std::string text;
        for (const Event& event : events_)
            if (chance(60)) text += fmt::format("  - {{tick: {}, event: {}, on: {}}}\n", below(ticks_), event.name, event.on == "state" ? "a" : "a -> b");
        if (chance(50)) text += fmt::format("  - {{tick: {}, set: {{\"state[b].power\": \"sum(s.power for s in state) / {}\", \"front[b, a].trust\": 0}}}}\n", below(ticks_), states_);
        return text.empty() ? "" : "timeline:\n" + text;
    }

    std::mt19937_64 random_;
    int states_ = 0;
    int ticks_ = 0;
    std::vector<Event> events_;
};

}  // namespace entente::test
