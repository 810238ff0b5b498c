/// Expression text to tokens.
#pragma once

#include <string_view>
#include <vector>

#include <entente/base/problem.hpp>

namespace entente {

struct Token {
    enum class Kind { number, name, sign, end };
    Kind kind;
    std::string_view text;
    std::size_t begin;
    double number = 0;
};

/// All tokens, the last of Kind::end; empty after a problem.
std::vector<Token> tokenise(const Text& text, Problems& problems);

}  // namespace entente
