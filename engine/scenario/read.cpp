#include <entente/scenario/read.hpp>

#include <fmt/format.h>

#include <entente/scenario/levels.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

void read_sections(Reader& reader, const Merged& merged) {
    read_top(reader, merged);
    declare_levels(merged.agents, reader.scenario.schema);
    declare_levels(merged.links, reader.scenario.schema);
    read_parameters(reader, merged.parameters);
    declare_inputs(reader, merged.inputs);
    read_agents(reader, merged.agents);
    read_links(reader, merged.links);
    read_inputs(reader, merged.inputs);
    read_steps(reader, merged.steps);
    reader.scenario.timeline = read_timeline(reader, merged.timeline);
    read_record(reader, merged.record);
    read_measures(reader, merged.measures);
    if (const auto headline = merged.plain.find("headline"); headline != merged.plain.end()) read_headline(reader, *headline->second);
    read_variants(reader, merged.variants, merged.inputs);
}

ReadScenario read_from(const std::string& bytes, const std::string& shown, const std::filesystem::path& real) {
    auto sources = std::make_shared<Sources>();
    Problems problems;
    const auto stop_at_errors = [&] {
        if (problems.has_errors()) throw ScenarioError(problems, *sources);
    };
    Files files(*sources, problems, real.parent_path());
    const Merged merged = read_and_merge(files, files.add_first(shown, bytes, real));
    if (!merged.is_whole) stop_at_errors();
    Reader reader(files);
    read_sections(reader, merged);
    check_names(reader);
    check_formulas(reader);
    read_observed(reader, merged.observed);  // what a record is goes by its measure
    check_columns(reader);
    check_lookups(reader);
    stop_at_errors();
    check_units(reader);
    warn_of_unused(reader);
    reader.scenario.sources = std::move(sources);
    reader.scenario.path = shown;
    reader.scenario.hash = files.digest();
    return {std::move(reader.scenario), problems.sorted()};
}

}  // namespace

ReadScenario read_scenario(const std::filesystem::path& file) {
    if (file == "-") {
        ReadScenario read = read_scenario_text(read_standard_input(largest_file), "stdin", std::filesystem::current_path());
        read.scenario.path = "-";  // as commands that repeat something name it
        return read;
    }
    const std::string bytes = read_bytes(file, file.string(), largest_file);
    return read_from(bytes, file.string(), std::filesystem::canonical(std::filesystem::absolute(file).parent_path()) / file.filename());
}

ReadScenario read_scenario_text(const std::string& text, const std::string& name, const std::filesystem::path& folder) {
    return read_from(text, name,
                     std::filesystem::weakly_canonical(std::filesystem::absolute(folder)) / std::filesystem::path(name).filename());
}

}  // namespace entente
