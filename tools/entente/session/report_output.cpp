#include "session/report_output.hpp"

#include <fstream>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/report/page.hpp>
#include <entente/store/staged_files.hpp>

#include "session/report_shell.hpp"

namespace entente {

namespace {

void refuse_other_files(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return;
    std::string first(15, '\0');
    std::ifstream(file).read(first.data(), std::ssize(first));
    if (first != "<!DOCTYPE html>")
        throw Error(fmt::format("'{}' exists already, and is not a report", file.string()), "name another file, or remove this one");
}

}  // namespace

void ReportArguments::add_to(Options& app) {
    auto* no = app.add_flag("--no-report", none, "Write no report.html")->group("Where results go");
    app.add_option("--report", file, "File for the report (default: report.html in the results folder)")->type_name("FILE")->excludes(no)->group("Where results go");
}

std::string write_report(const ReportArguments& asked, const std::filesystem::path& folder, const page::Report& report) {
    const std::filesystem::path file = asked.file.empty() ? folder / "report.html" : std::filesystem::path(asked.file);
    refuse_other_files(file);
    StagedFiles files(file.has_parent_path() ? file.parent_path() : ".", "--report");
    files.write(file.filename(), report_page(report_shell(), report));
    files.publish();
    return file.string();
}

}  // namespace entente
