/// Small worlds and what an explanation says of them.
#pragma once

#include <string>
#include <vector>

#include <entente/runtime/explain.hpp>

#include "../worlds.hpp"

namespace entente::test {

/// Two states of which one seeks, and a tie each way.
inline const std::string states =
    "parameters: {gain: 0.5}\n"
    "agents: {state: {fields: {seeks: 0, x: 1}, members: {a: {seeks: 1}, b: {}}}}\n"
    "links: {tie: {source: state, target: state, fields: {trust: 0.5}, members: [a -> b, b -> a]}}\n"
    "steps:\n"
    "  - {event: visit, on: tie, where: source.seeks > 0, probability: trust, do: ['trust += gain', 'target.x += 2 * trust']}\n"
    "  - {rule: grow, on: state, do: ['x = exp(x) / 2']}\n";

inline std::string cells(int count, const std::string& steps) {
    return "agents: {cell: {count: " + std::to_string(count) +
           ", fields: {x: 1, y: 0}}}\nlinks: {beside: {source: cell, target: cell, pattern: {ring: {k: 2}}}}\nsteps:\n" + steps;
}

struct Asked {
    int lanes = 8;
    int threads = 1;
    Unroll unroll = Unroll::automatic;
    std::string detailed{};
    bool all_rows = false;
    const Kernels& kernels = portable_kernels();
};

class Explained {
public:
    explicit Explained(const std::string& text, const Asked& asked = {})
        : model_(compile(scenario_of(text), {.unroll = asked.unroll, .all_rows = asked.all_rows})),
          made_(explain(model_, {asked.lanes, asked.threads, &asked.kernels}, asked.detailed)) {}

    [[nodiscard]] const Explanation& operator*() const { return made_; }
    [[nodiscard]] const Explanation* operator->() const { return &made_; }
    [[nodiscard]] const Model& model() const { return model_; }
    [[nodiscard]] const ExplainedStage& stage(const std::string& name) const { return *made_.stage(name); }
    [[nodiscard]] std::vector<std::string> passes(const std::string& stage_name) const {
        std::vector<std::string> texts;
        for (const auto& pass : stage(stage_name).passes) texts.push_back(pass.text);
        return texts;
    }
    /// The instructions of a stage's pass, each behind its row.
    [[nodiscard]] std::vector<std::string> lines(const std::string& stage_name, std::size_t pass) const {
        std::vector<std::string> texts;
        for (const auto& part : stage(stage_name).passes.at(pass).program.value().parts) {
            for (const auto& line : part.prologue) texts.push_back("once: " + line.text);
            for (const auto& line : part.body) texts.push_back((part.row.empty() ? "" : part.row + ": ") + line.text);
        }
        return texts;
    }

private:
    Model model_;
    Explanation made_;
};

}  // namespace entente::test
