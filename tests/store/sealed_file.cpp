#include <entente/store/sealed_file.hpp>

#include <vector>

#include <gmock/gmock.h>

#include <entente/base/problem.hpp>

#include "../scratch.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;

class Sealed : public testing::Test {
protected:
    Sealed() {
        checksum_ = write_sealed(file_, "thing", R"({"of": 3})", [&](const Sink& add) { add(bytes_of(std::span<const double>(values_))); });
    }

    /// What opening it is refused with.
    std::string refusal(const std::string& kind = "thing") const {
        try {
            const SealedFile opened(file_, kind);
        } catch (const Error& problem) {
            return problem.what();
        }
        return "opened";
    }
    std::string fault(const std::string& what) const { return "'" + file_.string() + "' " + what; }

    Scratch scratch_;
    fs::path file_ = scratch_.path() / "three.thing";
    std::vector<double> values_{1, -0.5, 1e300};
    std::string checksum_;
};

TEST_F(Sealed, is_read_back_as_it_was_written) {
    const SealedFile opened(file_, "thing");
    EXPECT_EQ(opened.header(), R"({"of": 3})");
    EXPECT_EQ(opened.checksum(), checksum_);
    std::vector<double> some(2);
    opened.read(1, std::span(some));
    EXPECT_EQ(some, (std::vector<double>{-0.5, 1e300}));
    EXPECT_EQ(read_text(file_).substr(0, 17), "entente-thing 1 9");
    opened.expect(3);
    EXPECT_THROW(opened.expect(4), Error);
}

TEST_F(Sealed, of_much_is_written_and_checked_piece_by_piece) {
    values_.assign(500'000, 0.25);
    write_sealed(file_, "thing", "{}", [&](const Sink& add) { add(bytes_of(std::span<const double>(values_))); });
    std::vector<double> all(values_.size());
    SealedFile(file_, "thing").read(0, std::span(all));
    EXPECT_EQ(all, values_);
}

TEST_F(Sealed, is_refused_when_it_is_something_else) {
    EXPECT_EQ(refusal("shard"), fault("is not a shard"));
    write_text(file_, "a long letter about nothing in particular, without any line");
    EXPECT_EQ(refusal(), fault("is not a thing"));
    write_text(file_, "");
    EXPECT_EQ(refusal(), fault("is not a thing"));
    write_text(file_, "entente-thing 2 9\n{\"of\": 3}");
    EXPECT_EQ(refusal(), fault("is a thing of another version of the format, written by another Entente"));
    fs::remove(file_);
    EXPECT_EQ(refusal(), fault("can't be read"));
}

TEST_F(Sealed, is_refused_when_a_byte_is_missing_or_changed_anywhere) {
    const std::string whole = read_text(file_);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write_text(file_, whole.substr(0, size));
        EXPECT_NE(refusal(), "opened") << size << " bytes";
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] ^= 1;
        write_text(file_, changed);
        EXPECT_NE(refusal(), "opened") << "byte " << at;
    }
    write_text(file_, whole.substr(0, 40));
    EXPECT_EQ(refusal(), fault("is truncated"));
    write_text(file_, whole + "more");
    EXPECT_EQ(refusal(), fault("is truncated or was modified"));
}

}  // namespace
}  // namespace entente
