#include <entente/output/problems_json.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <entente/scenario/read.hpp>

namespace entente {
namespace {

using nlohmann::json;

TEST(ProblemsJson, places_the_errors_of_a_scenario) {
    try {
        read_scenario_text("entente: 1\ncalendar: {ticks: 1}\nparameters: {é: 1, gain: x}\n", "w.yaml", "/nonexistent");
        FAIL();
    } catch (const Error& error) {
        const json told = json::parse(error_json(error));
        EXPECT_EQ(told["exit_code"], 2);
        ASSERT_EQ(told["problems"].size(), 2U);
        EXPECT_EQ(told["problems"][1], json::parse(R"({"severity": "error", "file": "w.yaml", "line": 3, "column": 26, "length": 1,
            "what": "'gain' must be a number, and this is the text 'x'"})"));
    }
}

TEST(ProblemsJson, is_one_problem_without_a_place_for_any_other_error) {
    EXPECT_EQ(json::parse(error_json(Error("the disk is full", "make room", ExitCode::interrupted))),
              json::parse(R"({"format": "entente-problems/1", "verdict": "errors", "exit_code": 130,
                  "problems": [{"severity": "error", "line": 0, "column": 0, "length": 0, "what": "the disk is full", "help": "make room"}]})"));
    EXPECT_EQ(json::parse(error_json("memory ran out", "", ExitCode::internal))["exit_code"], 70);
}

TEST(ProblemsJson, stays_utf_8_whatever_files_are_called) {
    EXPECT_TRUE(json::accept(error_json(Error("'caf\xE9.yaml' does not exist"))));
}

}  // namespace
}  // namespace entente
