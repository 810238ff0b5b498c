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

std::string report_page(std::string_view shell, const page::Report& report) {
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
