/// What pages hold deflated and in base64, read back.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <libdeflate.h>

namespace entente {

/// Of at most `most` bytes. By the rules of RFC 4648, in the plainest way, and by libdeflate. Throws std::runtime_error.
inline std::string inflated(std::string_view base64, std::size_t most = 100'000'000) {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (base64.size() % 4 != 0) throw std::runtime_error("not filled up");
    std::string deflated;
    unsigned bits = 0;
    int held = 0;
    for (const char letter : base64.substr(0, base64.find('='))) {
        const std::size_t value = letters.find(letter);
        if (value == std::string_view::npos) throw std::runtime_error("no letter of base64");
        bits = bits << 6 | static_cast<unsigned>(value);
        if ((held += 6) >= 8) deflated += static_cast<char>(bits >> (held -= 8) & 0xFF);
    }
    const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decompressor(libdeflate_alloc_decompressor(),
                                                                                                         &libdeflate_free_decompressor);
    std::string bytes(most, '\0');
    std::size_t size = 0;
    if (libdeflate_deflate_decompress(decompressor.get(), deflated.data(), deflated.size(), bytes.data(), bytes.size(), &size) != LIBDEFLATE_SUCCESS)
        throw std::runtime_error("not deflated");
    bytes.resize(size);
    return bytes;
}

/// The data that a page bears, as JSON.
inline std::string data_of_page(std::string_view page) {
    constexpr std::string_view mark = "id=\"entente-data\">";
    const std::size_t from = page.find(mark);
    if (from == std::string_view::npos) throw std::runtime_error("no data");
    const std::string_view data = page.substr(from + mark.size());
    return inflated(data.substr(0, data.find("</script>")));
}

}  // namespace entente
