// Tests: keys_names.
#include <set>

#include <entente/language/functions.hpp>
#include <entente/scenario/keys.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

constexpr int sections = static_cast<int>(Section::regular) + 1;

TEST(Keys, of_each_section_are_named_once_and_explained) {
    for (int i = 0; i < sections; ++i) {
        const auto section = static_cast<Section>(i);
        std::set<std::string_view> seen;
        for (const KeyEntry& entry : keys_of(section)) {
            EXPECT_TRUE(seen.insert(entry.key).second) << name_of(section) << " has " << entry.key << " twice";
            EXPECT_FALSE(entry.type.empty()) << entry.key;
            EXPECT_FALSE(entry.meaning.empty()) << entry.key;
        }
        EXPECT_EQ(seen.size(), key_names(section).size());
        EXPECT_FALSE(seen.empty());
    }
}

TEST(Reference, prints_every_key_and_every_function) {
    const std::string reference = language_reference();
    for (int i = 0; i < sections; ++i)
        for (const KeyEntry& entry : keys_of(static_cast<Section>(i)))
            EXPECT_NE(reference.find("| `" + std::string(entry.key) + "`"), std::string::npos) << entry.key;
    const auto prints = [&](const Callable& callable) {
        return reference.find("| `" + std::string(callable.signature) + "` |") != std::string::npos;
    };
    for (const auto& entry : functions()) EXPECT_TRUE(prints(entry)) << entry.name;
    for (const auto& entry : draws()) EXPECT_TRUE(prints(entry)) << entry.name;
    for (const auto& entry : aggregates()) EXPECT_TRUE(prints(entry)) << entry.name;
    for (const auto& entry : over_time_functions()) EXPECT_TRUE(prints(entry)) << entry.name;
    EXPECT_TRUE(reference.starts_with("# The scenario language, format version 1\n\nNumbers are decimal, by one rule "));
    EXPECT_NE(reference.find("\n\n## The file\n\n| key | value | meaning |\n|---|---|---|\n| `entente`, required | 1 | version of the format |\n"),
              std::string::npos);
}

}  // namespace
}  // namespace entente::test
