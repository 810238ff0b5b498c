// Every published model has its test and its place in the tutorial, and is read and compiled without a warning.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/model/model.hpp>
#include <entente/scenario/read.hpp>

namespace entente::test {
namespace {

namespace fs = std::filesystem;

const fs::path models = fs::path(ENTENTE_ROOT) / "scenarios/classics";
const fs::path tests = fs::path(ENTENTE_ROOT) / "tests/scenarios/classics";

std::string text_of(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> all_models() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(models))
        if (entry.path().extension() == ".yaml") found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

/// Lines of the README that point to the file: rows of the table of contents begin with |, paragraphs don't.
std::size_t mentions(const std::string& file, bool in_table) {
    std::istringstream readme(text_of(models / "README.md"));
    std::size_t found = 0;
    for (std::string line; std::getline(readme, line);)
        if (line.starts_with("|") == in_table && line.find("](" + file + ")") != std::string::npos) ++found;
    return found;
}

TEST(Tutorial, holds_published_models) { EXPECT_GE(all_models().size(), 8U); }

TEST(Tutorial, has_a_test_of_the_stem_of_every_model) {
    const std::string listed = text_of(tests / "CMakeLists.txt");
    for (const auto& model : all_models()) {
        const std::string source = model.stem().string() + ".cpp";
        EXPECT_TRUE(fs::exists(tests / source)) << source;
        EXPECT_NE(listed.find(" " + source), std::string::npos) << source << " is not built";
        const std::string text = text_of(tests / source);
        const auto has = [&](const std::string& words) { return text.find(words) != std::string::npos; };
        const std::string stem = model.stem().string();
        EXPECT_TRUE(has("(\"" + stem + "\")") || has("\"" + stem + ".yaml\"")) << source << " does not read its model";
    }
}

TEST(Tutorial, tells_of_every_model_in_its_table_and_in_a_paragraph) {
    for (const auto& model : all_models()) {
        EXPECT_EQ(mentions(model.filename().string(), true), 1U) << model.filename() << " in the table of contents";
        EXPECT_GE(mentions(model.filename().string(), false), 1U) << model.filename() << " in a paragraph";
    }
}

TEST(Tutorial, reads_and_compiles_every_model_and_variant_without_a_warning) {
    for (const auto& model : all_models()) {
        const ReadScenario read = read_scenario(model);
        for (const auto& warning : read.warnings) ADD_FAILURE() << model.filename() << ": " << warning.what;
        EXPECT_NO_THROW(compile(read.scenario)) << model.filename();
        for (const auto& variant : read.scenario.variants)
            EXPECT_NO_THROW(compile(with_variant(read.scenario, variant.name))) << model.filename() << ", " << variant.name;
    }
}

TEST(Tutorial, says_of_every_model_what_it_is_and_of_every_parameter_where_it_is_from) {
    for (const auto& model : all_models()) {
        const Scenario scenario = read_scenario(model).scenario;
        EXPECT_FALSE(scenario.title.empty()) << model.filename();
        EXPECT_FALSE(scenario.about.empty()) << model.filename();
        for (const auto& parameter : scenario.parameters) {
            EXPECT_FALSE(parameter.unit.empty()) << model.filename() << ", unit of " << parameter.name;
            EXPECT_FALSE(parameter.remarks.about.empty()) << model.filename() << ", about of " << parameter.name;
            EXPECT_FALSE(parameter.remarks.source.empty()) << model.filename() << ", source of " << parameter.name;
        }
    }
}

}  // namespace
}  // namespace entente::test
