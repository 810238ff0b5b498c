#include <entente/store/ledger.hpp>

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

}  // namespace
}  // namespace entente
