#include <entente/store/ledger.hpp>

#include <cstdlib>

#include <gmock/gmock.h>

#include "../scratch.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;

const LedgerLine one{"a.shard", 0, 10, 0, 32, 1, 4096, "abcd"};
const LedgerLine other{"b.shard", 1, 5, 32, 32, 0, 2048, "ef01"};

TEST(LedgerFile, remembers_lines_until_they_are_struck) {
    const Scratch scratch;
    {
        Ledger ledger(scratch.path() / "ledger.sqlite");
        ledger.enter(std::vector{one, other});
        LedgerLine again = one;
        again.checksum = "9999";
        ledger.enter(std::vector{again});
        EXPECT_EQ(ledger.lines().at("a.shard").checksum, "9999");
    }
    Ledger ledger(scratch.path() / "ledger.sqlite");
    EXPECT_EQ(ledger.lines().size(), 2U);
    EXPECT_EQ(ledger.lines().at("b.shard"), other);
    ledger.strike("b.shard");
    EXPECT_EQ(ledger.lines().count("b.shard"), 0U);
}

TEST(LedgerFile, that_is_damaged_is_set_aside) {
    const Scratch scratch;
    const fs::path path = scratch.path() / "ledger.sqlite";
    std::ofstream(path) << std::string(5000, 'x');
    Ledger ledger(path);
    EXPECT_TRUE(ledger.lines().empty());
    ledger.enter(std::vector{one});
    EXPECT_EQ(ledger.lines().at("a.shard"), one);
    EXPECT_TRUE(fs::exists(scratch.path() / "ledger.sqlite.damaged"));
}

TEST(LedgerFile, has_a_version_and_one_of_another_is_set_aside) {
    const Scratch scratch;
    const fs::path path = scratch.path() / "ledger.sqlite";
    const auto sql = [&](const std::string& text) {
        return std::system((ENTENTE_PYTHON " -c \"import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); r = c.execute(sys.argv[2]).fetchall(); sys.exit(r[0][0] if r else 0)\" '" +
                            path.string() + "' '" + text + "'").c_str()) >> 8;
    };
    Ledger(path).enter(std::vector{one});
    EXPECT_EQ(sql("PRAGMA user_version"), 1);
    sql("PRAGMA user_version = 0");  // as one from before ledgers had versions
    EXPECT_EQ(Ledger(path).lines().size(), 1U);
    EXPECT_EQ(sql("PRAGMA user_version"), 1);
    sql("PRAGMA user_version = 2");
    EXPECT_TRUE(Ledger(path).lines().empty());
    EXPECT_TRUE(fs::exists(path.string() + ".damaged"));
}

}  // namespace
}  // namespace entente
