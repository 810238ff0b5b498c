// What the compiler makes keeps its promises: of all shipped scenarios and shared scenes.
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/model/verify_model.hpp>
#include <entente/scenario/read.hpp>
#include <scenes.hpp>

#include "../scratch.hpp"

namespace entente::test {
namespace {

void expect_sound(const Scenario& scenario, const std::string& name) {
    EXPECT_EQ(broken_promise(compile(scenario)), "") << name;
    EXPECT_EQ(broken_promise(compile(scenario, {{}, Unroll::no})), "") << name << ", by tables";
    std::vector<ParameterId> all;
    for (std::size_t p = 0; p < scenario.parameters.size(); ++p) all.push_back({static_cast<int>(p)});
    EXPECT_EQ(broken_promise(compile(scenario, {.varied = all, .starts_known = false})), "") << name << ", with nothing known";
}

TEST(VerifyModel, finds_every_shipped_scenario_sound) {
    int scenarios = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(ENTENTE_ROOT "/scenarios")) {
        if (file.path().extension() != ".yaml" || file.path().parent_path().filename() == "library") continue;
        expect_sound(read_scenario(file.path()).scenario, file.path().filename());
        ++scenarios;
    }
    EXPECT_GT(scenarios, 15);
}

TEST(VerifyModel, finds_every_shared_scene_sound) {
    int scenes = 0;
    for (const auto& file : std::filesystem::directory_iterator(ENTENTE_ROOT "/tests/scenes")) {
        const std::string name = file.path().stem();
        if (file.path().extension() != ".yaml" || name == "recognition" || name == "conflict") continue;  // these are filled in first
        expect_sound(read_scenario(file.path()).scenario, name);
        ++scenes;
    }
    EXPECT_GT(scenes, 10);
    expect_sound(read_scenario_text(scenes::recognition(20), "recognition.yaml", ENTENTE_ROOT).scenario, "recognition");
    const Scratch folder;
    expect_sound(read_scenario_text(scenes::conflict(20, folder.path()), "conflict.yaml", folder.path()).scenario, "conflict");
}

}  // namespace
}  // namespace entente::test
