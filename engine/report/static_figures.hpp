/// Figures of the part of a page that shows without script, as SVG in HTML.
#pragma once

#include <string>
#include <vector>

#include <entente/report/page_data.hpp>

namespace entente {

/// A day in ISO form, or a tick.
std::string moment_html(const page::Moment& moment);

/// A series' median, and where there are runs enough its bands, over `times` or, of a measure by the year, its years; "" where it has no values.
std::string fan_html(const page::SeriesData& series, const std::vector<page::Moment>& times);

/// The share of runs in which a date has come, with its interval, over `times`.
std::string curve_html(const page::DateData& date, const std::vector<page::Moment>& times);

}  // namespace entente
