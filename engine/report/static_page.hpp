/// The part of a page that shows without script.
#pragma once

#include <string>

#include <entente/report/page_data.hpp>

namespace entente {

/// The same data as plain HTML: facts, findings, tables, and fans and Kaplan-Meier curves as SVG. What a page without script shows.
std::string static_report(const page::Report& report);

}  // namespace entente
