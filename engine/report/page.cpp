#include <entente/report/page.hpp>

#include <array>

#include <entente/base/harmless.hpp>
#include <entente/base/problem.hpp>
#include <entente/report/page_json.hpp>
#include <entente/report/static_page.hpp>

namespace entente {

std::string html_escaped(std::string_view text) {
    std::string escaped;
    for (const char c : harmless(text)) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

/// The shell with what stands between the marks of the map, or without; a shell may have none.
static std::string with_map(std::string_view shell, bool has_map) {
    constexpr std::string_view begin = "<!--entente:map-->\n";
    constexpr std::string_view end = "<!--entente:map-end-->\n";
    const std::size_t from = shell.find(begin);
    const std::size_t to = shell.find(end);
    if (from == std::string_view::npos || to == std::string_view::npos || to < from) return std::string(shell);
    std::string text(shell.substr(0, from));
    if (has_map) text += shell.substr(from + begin.size(), to - from - begin.size());
    return text += shell.substr(to + end.size());
}

std::string report_page(std::string_view template_of_pages, const page::Report& report) {
    const std::string whole = with_map(template_of_pages, report.ensemble && report.ensemble->map);
    std::string_view shell = whole;
    const std::string data = page::deflated_base64(page_json(report));
    const std::array<std::pair<std::string_view, std::string>, 3> parts = {{{"<!--entente:title-->", html_escaped(report.title)},
                                                                            {"<!--entente:static-->", static_report(report)},
                                                                            {"<!--entente:data-->", data}}};
    std::string page;
    page.reserve(shell.size() + 2 * data.size());
    for (const auto& [mark, text] : parts) {
        const std::size_t at = shell.find(mark);
        if (at == std::string_view::npos) throw Error("the page template of reports lacks " + std::string(mark), "rebuild Entente");
        page += shell.substr(0, at);
        page += text;
        shell.remove_prefix(at + mark.size());
    }
    return page += shell;
}

}  // namespace entente
