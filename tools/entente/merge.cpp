#include <entente/store/merge_shards.hpp>

#include "commands.hpp"

namespace entente {

namespace {

struct MergeArguments {
    std::vector<std::string> parts;
    std::string out;
    bool json = false;
    bool quiet = false;
};

ExitCode merge(const MergeArguments& asked, Attendant& attendant) {
    const std::vector<std::filesystem::path> parts(asked.parts.begin(), asked.parts.end());
    std::vector<std::string> notes;
    const StudyManifest study = merge_shards(parts, asked.out, notes);
    for (const auto& note : notes) attendant.tell_warning(note);
    CommandLine command = concluding_command(study, asked.out);
    if (asked.json) command.emplace_back("--json");
    if (asked.quiet) command.emplace_back("--quiet");
    return execute(command, attendant);
}

}  // namespace

Subcommand add_merge(Options& app) {
    Options* self = app.add_subcommand("merge", "Join the shares of a study made with --shard i/n");
    const auto asked = std::make_shared<MergeArguments>();
    self->add_option("SHARE", asked->parts, "Folders of the shares; at least one")->required()->folder();
    self->add_option("--out", asked->out, "Folder for the whole study: a new one, or one of the same study; required")
        ->type_name("DIR")
        ->required()
        ->group("Where results go");
    self->add_flag("--json", asked->json, "Print the summary as JSON")->group("Where results go");
    self->add_flag("--quiet", asked->quiet, "Print no summary")->group("How");
    self->footer(R"(
Example:
  entente sweep my.yaml --vary rate=0:1:9 --shard 1/2 --out part-1
  entente sweep my.yaml --vary rate=0:1:9 --shard 2/2 --out part-2
  entente merge part-1 part-2 --out whole

The whole has the digest that one process would have given it. Missing runs are
reported; the command of the shares, without --shard and with --out DIR, makes
them. The scenario is read again, from where the shares read it.
)");
    return {self, [asked](const CommandLine&, Attendant& attendant) { return merge(*asked, attendant); }};
}

}  // namespace entente
