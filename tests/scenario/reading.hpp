/// Scenarios and files as the tests of this folder write them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>

#include <gtest/gtest.h>
#include <entente/scenario/read.hpp>

namespace entente::test {

// Beginnings of scenarios, for what stands after them.
inline const std::string none;
inline const std::string bare = "entente: 1\ncalendar: {ticks: 3}\n";
inline const std::string states = bare + R"(agents:
  state:
    fields: {trust: {start: 0.5, range: [0, 1]}, arms: 3}
    members: [russia, afghanistan]
)";
inline const std::string relations = states + R"(links:
  relation:
    source: state
    target: state
    fields: {goodwill: 1}
    derived: {warmth: goodwill / 2}
    members: [russia -> afghanistan]
)";
inline const std::string stepping = relations + "steps:\n";

/// Reads `text` as the file `world.yaml`.
inline Scenario read(const std::string& text, const std::filesystem::path& folder = "/nonexistent") {
    return read_scenario_text(text, "world.yaml", folder).scenario;
}

/// Everything that is said about `text`, as a user sees it; "" when nothing is wrong.
inline std::string said_about(const std::string& text, const std::filesystem::path& folder = "/nonexistent") {
    try {
        const ReadScenario read = read_scenario_text(text, "world.yaml", folder);
        std::string said;
        for (const Problem& warning : read.warnings) said += (said.empty() ? "" : "\n\n") + render(warning, *read.scenario.sources);
        return said;
    } catch (const Error& error) {
        return error.what();
    }
}

/// What and help of the error that `act` throws.
template <class Act>
std::string thrown_by(Act act) {
    try {
        act();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::usage);
        return std::string(error.what()) + "\nhelp: " + error.help();
    }
    return "nothing";
}

/// A faulty scenario and all that is said about it; both texts begin on a line of their own.
struct Fault {
    const char* name;
    const std::string& beginning;
    const char* text;
    const char* said;
};
inline void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.name;
}

inline std::string without_first_line_end(std::string text) {
    return text.starts_with('\n') ? text.substr(1) : text;
}

/// One test for each of `faults`, named after it.
#define ENTENTE_TELLS(Suite, faults)                                                                                                    \
    class Suite##Tells : public testing::TestWithParam<Fault> {};                                                                       \
    TEST_P(Suite##Tells, of) {                                                                                                          \
        EXPECT_EQ(said_about(GetParam().beginning + without_first_line_end(GetParam().text)), without_first_line_end(GetParam().said)); \
    }                                                                                                                                   \
    INSTANTIATE_TEST_SUITE_P(Reading, Suite##Tells, testing::ValuesIn(faults), [](const auto& fault) { return fault.param.name; })

/// A folder of files that goes away with the test.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "entente-XXXXXX").string();
        path_ = std::filesystem::canonical(::mkdtemp(name.data()));
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    const Folder& write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return *this;
    }
    /// All that is said about the file `name`.
    [[nodiscard]] std::string said_about(const std::string& name) const {
        try {
            read_scenario(path_ / name);
        } catch (const Error& error) {
            std::string said = error.what();
            for (std::size_t at = 0; (at = said.find(path_.string() + "/", at)) != std::string::npos;)
                said.erase(at, path_.string().size() + 1);
            return said;
        }
        return {};
    }

private:
    std::filesystem::path path_;
};

}  // namespace entente::test
