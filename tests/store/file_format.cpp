#include <entente/store/file_format.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <entente/base/problem.hpp>

namespace entente {
namespace {

std::string refusal(const char* format) {
    try {
        refuse_other_version(StoredJson{{"format", format}}, "manifest.json", "entente-run-manifest/1");
    } catch (const Error& problem) {
        return std::string(problem.what()) + "\nhelp: " + problem.help();
    }
    return "read";
}

TEST(FileFormat, of_another_version_is_refused_with_both) {
    EXPECT_EQ(refusal("entente-run-manifest/2"),
              "manifest.json has the format entente-run-manifest/2, and this Entente reads entente-run-manifest/1\n"
              "help: use the version of Entente that wrote it");
    EXPECT_EQ(refusal("entente-run-manifest/1"), "read");
    EXPECT_EQ(refusal("entente-study-manifest/2"), "read") << "another format is for others to refuse";
}

TEST(FileFormat, may_be_missing_in_files_from_before) {
    EXPECT_NO_THROW(refuse_other_version(StoredJson::object(), "manifest.json", "entente-run-manifest/1"));
}

}  // namespace
}  // namespace entente
