/// The part of a page that shows without script.
#pragma once

#include <string>

namespace entente {

/// The same data as plain HTML: facts, findings, tables, and fans and Kaplan-Meier curves as SVG. What a page without script shows.
std::string static_report(const std::string& data);

}  // namespace entente
