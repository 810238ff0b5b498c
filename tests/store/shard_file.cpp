#include <entente/store/shard_file.hpp>

#include <fstream>

#include <gmock/gmock.h>

#include "../scratch.hpp"
#include "../study_sample.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class Shard : public testing::Test {
protected:
    Shard() {
        std::int64_t given = 0;
        make_tiles(sample_.study, tiles_, {.threads = 1}, [&] { return given == 0 ? given++ : std::int64_t{-1}; },
                   [&](std::int64_t, const TileResults& made) { made_ = made; });
        checksum_ = write_shard(scratch_.path(), "a.shard", sample_.study, tiles_[0], made_, "key");
    }
    [[nodiscard]] fs::path path() const { return scratch_.path() / "a.shard"; }
    [[nodiscard]] std::string refusal() const {
        return test::refusal([&] { ShardFile file(path()); });
    }

    Scratch scratch_;
    sample::SampleStudy sample_;
    std::vector<Tile> tiles_{{0, {2, 0}, 5, 3}};
    TileResults made_;
    std::string checksum_;
};

TEST_F(Shard, gives_back_what_was_put_into_it) {
    const ShardFile file(path());
    EXPECT_EQ(file.checksum(), checksum_);
    EXPECT_EQ(file.facts().study, "key");
    EXPECT_EQ(file.facts().points, 2);
    EXPECT_EQ(file.facts().first_replicate, 5);
    EXPECT_EQ(file.facts().replicates, 3);
    EXPECT_EQ(file.facts().runs(), 6);
    EXPECT_THAT(file.facts().factors, ElementsAre("gain", "shift"));
    EXPECT_THAT(file.facts().columns, ElementsAre("sum", "late", "luck", "yearly", "yearly[2020]", "yearly[2021]"));
    EXPECT_THAT(file.points(), ElementsAre(0.75, 3, 0.25, 1));
    EXPECT_EQ(file.hashes(), made_.hashes);
    EXPECT_THAT(file.column(0), ElementsAre(78, 78, 78, 26, 26, 26));
    EXPECT_TRUE(test::same_bits(file.column(1), made_.results.final_values[1]));
    EXPECT_TRUE(test::same_bits(file.column(2), made_.results.final_values[2]));
    EXPECT_THAT(file.column(5), ElementsAre(6, 6, 6, 6, 6, 6));
}

TEST_F(Shard, has_the_same_bytes_whenever_it_is_made) {
    const std::string before = read_text(path());
    write_shard(scratch_.path(), "a.shard", sample_.study, tiles_[0], made_, "key");
    EXPECT_EQ(read_text(path()), before);
    EXPECT_EQ(shard_name(sample_.study, tiles_[0], "key"), shard_name(sample_.study, tiles_[0], "key"));
    EXPECT_NE(shard_name(sample_.study, tiles_[0], "key"), shard_name(sample_.study, {0, {2, 0}, 4, 3}, "key"));
    EXPECT_NE(shard_name(sample_.study, tiles_[0], "key"), shard_name(sample_.study, {0, {0, 2}, 5, 3}, "key"));
    EXPECT_NE(shard_name(sample_.study, tiles_[0], "key"), shard_name(sample_.study, tiles_[0], "other"));
}

TEST_F(Shard, that_lost_its_end_is_refused_wherever_it_was_cut) {
    const std::string whole = read_text(path());
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        fs::resize_file(path(), size);
        EXPECT_THAT(refusal(), testing::AnyOf("'" + path().string() + "' is truncated", "'" + path().string() + "' is truncated or was modified",
                                              "'" + path().string() + "' is not a shard"))
            << size;
        std::ofstream(path(), std::ios::binary) << whole;
    }
}

TEST_F(Shard, in_which_a_bit_changed_is_refused) {
    const std::string whole = read_text(path());
    for (std::size_t at = 20; at < whole.size(); at += 11) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 4);
        std::ofstream(path(), std::ios::binary) << changed;
        EXPECT_THAT(refusal(), testing::HasSubstr("is truncated or was modified")) << at;
    }
}

TEST_F(Shard, is_told_from_other_files) {
    std::ofstream(path()) << "run,replicate\n";
    EXPECT_EQ(refusal(), "'" + path().string() + "' is not a shard");
    fs::remove(path());
    EXPECT_EQ(refusal(), "'" + path().string() + "' can't be read");
}

TEST(ShardByRow, holds_a_column_for_each_row_and_year) {
    const Scratch scratch;
    const Scenario scenario = test::scenario_of("calendar: {start: 2020-12-01, ticks: 2, step: month}\nagents: {a: {members: {x: {}, y: {v: 2}}, fields: {v: 1}}}\n"
                                                "steps: [{rule: r, on: a, do: [v += 1]}]\n"
                                                "measures: {all: sum(k.v for k in a), v: {value: v, on: a}, t: {value: total(v), on: a, per: year}}");
    const Model model = compile(scenario);
    const Study study{.models = {&model}, .varied = {}, .points = {}};
    const Tile tile{0, {0}, 0, 3};
    std::int64_t next = 0;
    make_tiles(study, std::vector<Tile>{tile}, {.threads = 1}, [&] { return next == 0 ? next++ : std::int64_t{-1}; },
               [&](std::int64_t, const TileResults& made) { write_shard(scratch.path(), "a.shard", study, tile, made, "key"); });
    const ShardFile file(scratch.path() / "a.shard");
    EXPECT_THAT(file.facts().columns, ElementsAre("all", "v", "t", "t[2020]", "t[2021]"));
    EXPECT_THAT(file.facts().column_rows, ElementsAre(1, 2, 2, 2, 2));
    const auto columns = value_columns(empty_results(model, 0, 0));
    EXPECT_TRUE(file.facts().holds(columns));
    EXPECT_FALSE(file.facts().holds({columns.begin(), columns.end() - 1}));
    const std::vector<double> expected{7, 3, 4, 5, 7, 2, 3, 3, 4};
    for (std::size_t column = 0; column < expected.size(); ++column) EXPECT_THAT(file.column(column), ElementsAre(expected[column], expected[column], expected[column])) << column;
}

}  // namespace
}  // namespace entente
