#include "session/point_study.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/output/study_tables.hpp>
#include <entente/scenario/files.hpp>
#include <entente/scenario/settings.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/sobol_sequence.hpp>
#include <entente/study/vary.hpp>

#include "session/console.hpp"

namespace entente {

std::vector<std::string> texts_to_vary(PointStudy& study, const Scenario& scenario, const ScenarioArguments& arguments,
                                       const std::vector<std::string>& named) {
    if (!named.empty()) return named;
    std::vector<std::string> set;
    for (const auto& [name, value] : arguments.values_set(scenario)) set.push_back(name);
    study.varies_all_priors = true;
    std::vector<std::string> names = parameters_with_priors(scenario, set);
    if (names.empty())
        throw Error("nothing to vary: there is no --vary, and no parameter without --set has a prior",
                    "as in --vary trust=0:1; or write a prior for a parameter, as in prior: \"uniform(0, 1)\"");
    return names;
}

std::vector<Factor> vary_in(PointStudy& study, const Scenario& scenario, std::span<const std::string> texts, Attendant& attendant) {
    Varied varied = vary(scenario, texts);
    for (const Factor& factor : varied.factors) {
        if (factor.is_empty())
            throw Error(fmt::format("no value of the distribution of '{}' is in its range", factor.name),
                        "give other bounds with --vary name=low:high");
        if (const std::string warning = cut_warning(factor); !warning.empty()) attendant.tell_warning(warning);
    }
    warn_of_timeline(varied.scenario, varied.parameters, attendant);
    study.scenario = std::move(varied.scenario);
    study.study.varied = std::move(varied.parameters);
    for (const auto& text : texts) study.design_text += text + '|';
    return std::move(varied.factors);
}

ListedPoints listed_points(const Scenario& scenario, const std::string& file, Attendant& attendant) {
    ListedPoints listed{.scenario = scenario, .varied = {}, .points = {}};
    const auto range_of = [&](std::string name) {
        constexpr std::string_view prefix = "parameter_";  // in our own tables, before names that mean something else there
        if (name.starts_with(prefix) && !find_parameter(listed.scenario, name)) name.erase(0, prefix.size());
        listed.scenario = with_parameter(listed.scenario, name);
        const ParameterId id = *find_parameter(listed.scenario, name);
        if (std::ranges::find(listed.varied, id) != listed.varied.end()) throw Error(fmt::format("'{}' has two columns", name), "remove one of them");
        listed.varied.push_back(id);
        return listed.scenario.parameters[static_cast<std::size_t>(id.value)].range;
    };
    std::vector<std::string> notes;
    listed.points = read_points(file, read_bytes(file, file, largest_table), range_of, &notes);
    tell_notes(notes, attendant);
    warn_of_timeline(listed.scenario, listed.varied, attendant);
    for (std::size_t f = 0; f < listed.points.factors(); ++f)
        listed.points.names[f] = listed.scenario.parameters[static_cast<std::size_t>(listed.varied[f].value)].name;
    return listed;
}

void warn_of_timeline(const Scenario& scenario, std::span<const ParameterId> varied, Attendant& attendant) {
    for (const ParameterId parameter : varied)
        if (const std::string warning = timeline_warning(scenario, parameter); !warning.empty()) attendant.tell_warning(warning);
}

void warn_of_balance(std::int64_t samples, Attendant& attendant) {
    if (const auto warning = balance_warning(static_cast<std::size_t>(samples)); !warning.empty()) attendant.tell_warning(warning);
}

void tell_notes(std::span<const std::string> notes, Attendant& attendant) {
    for (const auto& note : notes) attendant.tell_warning(note);
}

ExitCode emit_design(const Points& points, const std::string& file) {
    const std::filesystem::path path = file;
    std::string text;
    write_design(points, [&](std::string_view piece) { text += piece; });
    if (std::filesystem::exists(path) && text_of(path) != text)
        throw Error(fmt::format("'{}' exists already, with other content", file), "name another file, or remove this one");
    StagedFiles files(path.has_parent_path() ? path.parent_path() : ".");
    files.write(path.filename(), text);
    files.publish();
    return ExitCode::fine;
}

namespace {

void give_own_runs(Study& study, std::int64_t replicates) {
    if (replicates > independent_runs)
        throw Error(fmt::format("independent points have room for {} each, not {}", counted(independent_runs, "run"), with_commas(replicates)),
                    "ask for fewer --replicates");
    study.first_runs_of_points = own_first_runs(study.points);
}

}  // namespace

ExitCode carry_out(Ranks& ranks, Attendant& attendant, const std::string& name, const StudyArguments& arguments, PointStudy& study, const CommandLine& command,
                   const std::function<ExitCode(StudySession&)>& conclude, double allowed_share_of_failures) {
    study.study.models = {&study.model};
    StudyRecord record = study_record(name, arguments, study.scenario, arguments.replicates.value_or(study.scenario.runs), command);
    if (arguments.unpaired) give_own_runs(study.study, record.replicates);
    record.identity.factors = study.study.points.names;
    record.design = study.design;
    record.history = study.history;
    record.varies_all_priors = study.varies_all_priors;
    StudySession session(ranks, attendant, arguments, study.study, std::move(record), study.design_text);
    if (arguments.dry_run) {
        if (ranks.rank() == 0) print_lines(session.dry_run_text());
        return ExitCode::fine;
    }
    return session.carry_out() ? conclude(session) : session.code(allowed_share_of_failures);
}

void conclude_tables(StudySession& session, const Study& study, const std::string& json, const std::function<void(StagedFiles&)>& more) {
    session.conclude([&](StagedFiles& files) {
        files.write("design.csv", [&](const Sink& sink) { write_design(study.points, sink); });
        files.write("runs.csv", [&](const Sink& sink) { write_study_runs(session.values(), study, {}, sink); });
        files.write("points.csv", [&](const Sink& sink) { write_points(session.values(), study, sink); });
        if (has_rows(session.values().layout())) {
            files.write("rows.csv", [&](const Sink& sink) { write_study_rows(session.values(), study, {}, sink); });
            files.write("point_rows.csv", [&](const Sink& sink) { write_point_rows(session.values(), study, sink); });
        }
        if (more) more(files);
        files.write("summary.json", json);
    });
}

std::string row_tables(const StudySession& session) {
    return has_rows(session.values().layout()) ? ", point_rows.csv, rows.csv" : "";
}

void print_summary(const StudyArguments& arguments, const std::string& json, const std::function<std::string()>& text) {
    if (arguments.json)
        std::cout << json;
    else if (!arguments.quiet)
        print_lines(text());
    flush_output();
}

}  // namespace entente
