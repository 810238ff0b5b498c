#include <entente/base/utf8.hpp>

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Utf8, well_formed_text_is_told_from_other_bytes) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("Kabul, Кабул, کابل, 喀布尔, 🕊"));
    EXPECT_EQ(first_bad_byte("Kab\xFCl"), 3u);  // Latin-1
    EXPECT_FALSE(is_utf8("\xC0\xAF"));          // overlong
    EXPECT_FALSE(is_utf8("\xE0\x80\x80"));      // overlong
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
    EXPECT_FALSE(is_utf8("\xE2\x82"));          // cut short
    EXPECT_FALSE(
        is_utf8("\xFF\xFE"
                "a"));  // a UTF-16 mark
    EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, characters_are_counted_not_bytes) {
    EXPECT_EQ(count_characters("доверие"), 7u);
    EXPECT_EQ(count_characters("🕊"), 1u);
    EXPECT_EQ(count_characters("a\xFF\xFE"), 3u);
    EXPECT_EQ(offset_of_character("да!", 1), 2u);
    EXPECT_EQ(offset_of_character("да!", 99), 5u);
}

TEST(Utf8, glyphs_know_their_cells) {
    const auto glyphs = glyphs_of("a\té漢\x1b\xFF");
    ASSERT_EQ(glyphs.size(), 6u);
    EXPECT_EQ(glyphs[1].text, "    ");
    EXPECT_EQ(glyphs[2].width, 1u);
    EXPECT_EQ(glyphs[3].width, 2u);
    EXPECT_EQ(glyphs[4].text, "�");  // no escape sequence reaches the terminal
    EXPECT_EQ(glyphs[5].text, "�");
    EXPECT_EQ(glyphs_of("e\u0301")[1].width, 0u);
    const auto cells = [](const char* text) {
        std::size_t sum = 0;
        for (const auto& glyph : glyphs_of(text)) sum += glyph.width;
        return sum;
    };
    EXPECT_EQ(cells("हिन्दी"), 5u) << "the virama takes no cell, vowel signs that have room of their own do";
    EXPECT_EQ(cells("ที่"), 1u);
    EXPECT_EQ(cells("كَابُل"), 4u);
    EXPECT_EQ(cells("한국, 日本"), 10u);
    EXPECT_EQ(cells("✅⌚🚀"), 6u);
}

}  // namespace
}  // namespace entente
