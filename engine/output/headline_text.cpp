#include <entente/output/headline_text.hpp>

namespace entente {

std::string headline_text(std::span<const Headline> headline, const TextStyle& style) {
    std::string text;
    for (const Headline& one : headline) text += in_lines(one.sentence, style.width);
    return text.empty() ? text : '\n' + text;
}

}  // namespace entente
