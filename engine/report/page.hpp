/// report.html: one file that holds data, script and style, and opens from disk.
///
/// The page comes from a shell, which tools/report builds and the command embeds, with three marks in it: `<!--entente:title-->`,
/// `<!--entente:static-->` and `<!--entente:data-->`. What stands between `<!--entente:map-->` and `<!--entente:map-end-->`, the shapes of countries, is left
/// out of pages without a map. Its Content-Security-Policy allows what the shell itself holds, by hash, and nothing
/// else.
#pragma once

#include <string>
#include <string_view>

#include <entente/report/page_data.hpp>

namespace entente {

/// Text as HTML shows it: `&`, `<`, `>` and both quotes become entities.
std::string html_escaped(std::string_view text);

/// The page; its data are JSON, deflated, in base64 (packed.hpp), a third of what they would take.
/// Throws Error when the shell lacks a mark.
std::string report_page(std::string_view shell, const page::Report& report);

}  // namespace entente
