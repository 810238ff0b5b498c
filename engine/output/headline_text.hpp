/// The answer at the head of a summary on a terminal.
#pragma once

#include <span>
#include <string>

#include <entente/output/text_table.hpp>
#include <entente/summary/headline.hpp>

namespace entente {

/// A sentence each, in lines of the terminal's width, after an empty line; "" where there is none.
std::string headline_text(std::span<const Headline> headline, const TextStyle& style);

}  // namespace entente
