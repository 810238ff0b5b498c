/// Where the characters of a YAML scalar stand in the file: through quotes, escapes, folded lines and block indents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <entente/base/problem.hpp>

namespace entente {

/// Bytes of a file to lines and columns.
class Lines {
public:
    Lines(int file, std::string_view text);
    [[nodiscard]] Place place(std::size_t offset, int length = 1) const;
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    int file_;
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

struct LocatedScalar {
    Text text;
    bool closed = true;  ///< false: its quote is opened and never closed
};

/// `value` is what YAML makes of the scalar that begins, perhaps with an anchor and a tag, at byte `offset`.
LocatedScalar locate_scalar(std::string value, const Lines& lines, std::size_t offset);

}  // namespace entente
