/// What every command does to write report.html.
#pragma once

#include <filesystem>
#include <string>

#include "arguments/options.hpp"

namespace entente {

namespace page {
struct Report;
}

/// Results that are there, and where their report goes.
struct ReportPlace {
    std::filesystem::path folder;
    std::string file;
};

/// --no-report, and where the page goes.
struct ReportArguments {
    bool none = false;
    std::string file;  ///< "": report.html in the results' folder

    void add_to(Options& app);
};

/// Writes the page of that report, whole or not at all, and returns its path. Throws Error where it can't be written, or where a file stands that is no web page.
std::string write_report(const ReportArguments& asked, const std::filesystem::path& folder, const page::Report& report);

}  // namespace entente
