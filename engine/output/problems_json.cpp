#include <entente/output/problems_json.hpp>

#include <nlohmann/json.hpp>

#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using ProblemsJson = nlohmann::ordered_json;

ProblemsJson problem_json(const Problem& problem, const Sources& sources) {
    ProblemsJson json{{"severity", name_of(problem.severity)}};
    const bool has_file = problem.place.file >= 0 && problem.place.file < sources.count();
    if (has_file) json["file"] = sources.path(problem.place.file);
    json["line"] = problem.place.line;
    json["column"] = problem.place.column;
    json["length"] = problem.place.line > 0 ? problem.place.length : 0;
    json["what"] = problem.what;
    if (!problem.help.empty()) json["help"] = problem.help;
    return json;
}

ProblemsJson all_problems(std::string_view verdict, std::span<const Problem> problems, const Sources& sources) {
    ProblemsJson json{{"format", file_format::problems}, {"verdict", verdict}, {"problems", ProblemsJson::array()}};
    for (const Problem& problem : problems) json["problems"].push_back(problem_json(problem, sources));
    return json;
}

/// What is no UTF-8, a file's name say, is replaced.
std::string printed(const ProblemsJson& json) {
    return json.dump(2, ' ', false, ProblemsJson::error_handler_t::replace) + "\n";
}

std::string error_text(std::span<const Problem> problems, const Sources& sources, ExitCode code) {
    ProblemsJson json = all_problems("errors", problems, sources);
    json["exit_code"] = static_cast<int>(code);
    return printed(json);
}

}  // namespace

std::string problems_json(std::string_view verdict, std::span<const Problem> problems, const Sources& sources, const std::string& contents) {
    ProblemsJson json = all_problems(verdict, problems, sources);
    if (!contents.empty()) json["contents"] = contents;
    return printed(json);
}

std::string error_json(const Error& error) {
    if (const auto* scenario = dynamic_cast<const ScenarioError*>(&error)) return error_text(scenario->problems(), scenario->sources(), error.code());
    return error_json(error.what(), error.help(), error.code());
}

std::string error_json(std::string_view what, std::string_view help, ExitCode code) {
    const Problem problem{.severity = Severity::error, .place = {}, .what = std::string(what), .help = std::string(help)};
    return error_text({&problem, 1}, Sources{}, code);
}

}  // namespace entente
