// `entente new`: a first scenario to change.

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <span>

#include <fmt/format.h>

#include <entente/base/harmless.hpp>
#include <entente/base/problem.hpp>
#include <entente/scenario/json_schema.hpp>
#include <entente/store/run_record.hpp>
#include <entente/store/staged_files.hpp>

#include "commands.hpp"
#include "session/console.hpp"

namespace entente {

std::span<const std::pair<std::string_view, std::string_view>> first_scenarios();  // as the build embeds it

namespace {

namespace fs = std::filesystem;

struct NewArguments {
    std::string file = "my.yaml";
    std::string title;
    bool schema = false;
};

constexpr std::string_view schema_name = "entente.schema.json";

/// In double quotes, as YAML reads them.
std::string quoted_title(std::string_view title) {
    std::string quoted = "\"";
    for (const char c : harmless_line(title)) quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    return quoted + '"';
}

std::string first_scenario(const NewArguments& asked) {
    std::string text(first_scenarios().front().second);
    if (!asked.title.empty()) {
        const std::size_t begin = text.find("title: ") + 7;
        text.replace(begin, text.find('\n', begin) - begin, quoted_title(asked.title));
    }
    return asked.schema ? fmt::format("# yaml-language-server: $schema={}\n{}", schema_name, text) : text;
}

/// Throws Error where there is a file already, or none can be made.
void write_new(const fs::path& path, const std::string& text) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wx"), std::fclose);
    if (!file && errno == EEXIST) throw Error(fmt::format("'{}' is there already, and is left as it is", path.string()), "name a new file: entente new another.yaml");
    if (!file && errno == ENOENT)
        throw Error(fmt::format("the folder of '{}' does not exist", path.string()), fmt::format("make it first: mkdir -p {}", shell_quoted(path.parent_path().string())));
    if (!file) throw_file_error("write", path, errno);
    const bool is_written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() && std::fflush(file.get()) == 0;
    if (!is_written) throw_file_error("write", path, errno);
}

constexpr std::string_view next_steps = R"(Next:
  entente check {0}     all mistakes, each with its line and what to try
  entente run {0}       a summary here; tables and a page in results/
  entente compare {0} --with quiet_border
  entente sweep {0} --vary gain=0:0.3:4 --vary incidents=0:4:5
  entente describe {0}  the model as a document
  entente reference WORD  what a key, function or unit means
)";

ExitCode write_first_scenario(const NewArguments& asked) {
    if (asked.file.empty()) throw Error("the file has no name", "entente new my.yaml");
    if (asked.file == "-") {
        std::cout << first_scenario(asked);
        return ExitCode::fine;
    }
    const fs::path path(asked.file);
    write_new(path, first_scenario(asked));
    print_lines(fmt::format("Wrote {}: two states, what they hold toward each other, two events, a variant and four measures\n", asked.file));
    if (const fs::path beside = path.parent_path() / schema_name; asked.schema && !fs::exists(beside)) {
        write_new(beside, scenario_json_schema());
        print_lines(fmt::format("Wrote {}, by which editors complete it\n", beside.string()));
    }
    print_lines(fmt::format(fmt::runtime(next_steps), shell_quoted(asked.file)));
    return ExitCode::fine;
}

}  // namespace

Subcommand add_new(Options& app) {
    Options* self = app.add_subcommand("new", "Write a first scenario with comments, which runs, to change");
    const auto arguments = std::make_shared<NewArguments>();
    self->add_option("FILE", arguments->file, "File to write (default: my.yaml); one that is there is left as it is; - prints it");
    self->add_option("--title", arguments->title, "Its title")->type_name("TEXT")->group("Where results go");
    self->add_flag("--schema", arguments->schema, "Write entente.schema.json beside it too, by which editors complete keys and show what they mean")->group("Where results go");
    self->footer(R"(
Examples:
  entente new
  entente new rivals.yaml --title "Two rivals arm" --schema
)");
    return {self, [arguments](const CommandLine&, Attendant&) { return write_first_scenario(*arguments); }};
}

}  // namespace entente
