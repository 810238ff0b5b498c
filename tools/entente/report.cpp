#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/store/file_format.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/merge_shards.hpp>

#include "commands.hpp"
#include "session/console.hpp"

namespace entente {

namespace {

struct ReportCommandArguments {
    std::string folder;
    std::string out;
};

/// The command that made the results in a folder, as typed.
CommandLine command_of(const std::filesystem::path& folder) {
    const std::string text = text_of(folder / "manifest.json");
    CommandLine command;
    std::string scenario;
    try {
        const StoredJson manifest = stored_json(text);
        for (const auto known : {file_format::run_manifest, file_format::study_manifest}) refuse_other_version(manifest, "manifest.json", known);
        command = stored_texts(manifest, "command");
        scenario = stored_text(manifest, "scenario_file", "");
        if (command.size() < 2) throw StoredValueError("'command' is too short");
    } catch (const StoredValueError& wrong) {
        throw Error(fmt::format("'{}' is not a manifest of Entente: {}", (folder / "manifest.json").string(), wrong.what()),
                    "name a folder that run, sweep, sensitivity, compare, calibrate or score wrote");
    }
    if (scenario == "-") throw Error("the scenario of these results came from standard input, and a report needs it", "run it again from a file");
    if (!scenario.empty() && !std::filesystem::exists(scenario))
        throw Error(fmt::format("the scenario of these results, '{}', does not exist", scenario), "call this from the folder in which the results were made");
    return command;
}

ExitCode report(const ReportCommandArguments& asked, Attendant& attendant) {
    const std::filesystem::path folder = asked.folder;
    if (!std::filesystem::is_directory(folder)) throw Error(fmt::format("there is no folder '{}'", asked.folder), "name the folder of a run or a study");
    if (!std::filesystem::exists(folder / "manifest.json"))
        throw Error(fmt::format("the folder '{}' holds no results of Entente", asked.folder), "name a folder that run, sweep, sensitivity, compare, calibrate or score wrote: it has a manifest.json");
    const std::string file = asked.out.empty() ? (folder / "report.html").string() : asked.out;
    const ExitCode code = write_report_again(command_of(folder), {folder, file}, attendant);
    if (std::filesystem::exists(file)) fmt::print("Report   {}\n", file);
    return code;
}

}  // namespace

Subcommand add_report(Options& app) {
    Options* self = app.add_subcommand("report", "Write the HTML report of an existing results folder, as one file");
    const auto asked = std::make_shared<ReportCommandArguments>();
    self->add_option("DIR", asked->folder, "Results folder of run, sweep, sensitivity, compare, calibrate or score")->required();
    self->add_option("--out", asked->out, "File for the report (default: DIR/report.html)")->type_name("FILE")->group("Where results go");
    self->footer(R"(
Example:
  entente report results/moscow-kabul-3f9a01 --out moscow-kabul.html

run, sweep, sensitivity, compare, condition, calibrate and score write it
themselves, unless --no-report is given. Here the scenario is read again from
where it was; one that has changed since is refused. The runs of 'run' and
'condition' are repeated; of a study the report covers the runs in the folder.
)");
    return {self, [asked](const CommandLine&, Attendant& attendant) { return report(*asked, attendant); }};
}

}  // namespace entente
