/// A report's data as its page's script reads it.
#pragma once

#include <string>

#include <entente/report/page_data.hpp>

namespace entente::page {

/// JSON on one line, of which each member is a key, null where there is no number; a section that a report does not have is left out. Bytes
/// of texts that are not UTF-8 become U+FFFD.
std::string page_json(const Report& report);

}  // namespace entente::page
