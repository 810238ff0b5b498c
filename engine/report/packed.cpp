#include <entente/report/packed.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <new>

#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <libdeflate.h>

namespace entente::page {

namespace {

constexpr int deflate_level = 6;

std::string base64(std::string_view bytes) {
    using namespace boost::archive::iterators;
    using Letters = base64_from_binary<transform_width<const char*, 6, 8>>;
    // transform_width reads past the end of what is no multiple of three: what remains is filled up first.
    const std::size_t whole = bytes.size() / 3 * 3;
    std::string text(Letters(bytes.data()), Letters(bytes.data() + whole));
    if (const std::size_t rest = bytes.size() - whole; rest > 0) {
        char last[3] = {};
        std::copy_n(bytes.data() + whole, rest, last);
        text.append(Letters(last), Letters(last + 3));
        text.replace(text.size() - (3 - rest), 3 - rest, 3 - rest, '=');
    }
    return text;
}

std::string deflated(std::string_view bytes) {
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(libdeflate_alloc_compressor(deflate_level),
                                                                                                   &libdeflate_free_compressor);
    if (!compressor) throw std::bad_alloc();
    std::string out(libdeflate_deflate_compress_bound(compressor.get(), bytes.size()), '\0');
    out.resize(libdeflate_deflate_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
    return out;
}

}  // namespace

PackedNumbers packed(std::span<const double> numbers, int width) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double number : numbers) {
        if (!std::isfinite(number)) continue;
        low = std::min(low, number);
        high = std::max(high, number);
    }
    if (low > high) low = high = 0;
    return packed_between(numbers, low, high, width);
}

PackedNumbers packed_between(std::span<const double> numbers, double low, double high, int width) {
    const unsigned none = width == 1 ? 0xFF : 0xFFFF;
    // Halves, for the range of two doubles may be none.
    const double span = high / 2 - low / 2;
    std::string bytes(numbers.size() * static_cast<std::size_t>(width), '\0');
    unsigned before = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        unsigned step = none;
        if (std::isfinite(numbers[i])) step = span > 0 ? static_cast<unsigned>(std::lround((numbers[i] / 2 - low / 2) / span * (none - 1))) : 0;
        const unsigned difference = step - before;
        before = step;
        bytes[i] = static_cast<char>(difference & 0xFF);
        if (width == 2) bytes[numbers.size() + i] = static_cast<char>(difference >> 8 & 0xFF);
    }
    return {.low = low, .high = high, .count = std::ssize(numbers), .width = width, .bytes = deflated_base64(bytes)};
}

std::string deflated_base64(std::string_view bytes) {
    return base64(deflated(bytes));
}

}  // namespace entente::page
