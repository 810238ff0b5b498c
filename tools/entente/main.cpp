/// `entente`: the command. Exit codes: 0 fine, 1 warnings only (check), 2 wrong usage or a scenario with errors, 3 runs failed,
/// 70 a bug of ours, 130 interrupted.
#include <algorithm>
#include <csignal>
#include <iostream>
#include <new>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/output/problems_json.hpp>

#include "commands.hpp"
#include "session/console.hpp"
#include "session/harmless_output.hpp"
#include "session/memory.hpp"
#include "session/terminal.hpp"

namespace entente {

namespace {

/// Says an error in words on stderr and, where `--json` was asked for and nothing is on stdout yet, as one object there.
class ErrorTeller {
public:
    ErrorTeller(const CommandLine& command, const HarmlessOutput& output)
        : output_(output), wants_json_(std::ranges::find(command, "--json") != command.end()) {}

    int tell(const ScenarioError& error) const {
        tell_json(error_json(error));
        tell_lines(error.what() + std::string("\n"));
        return static_cast<int>(error.code());
    }
    int tell(const Error& error) const {
        tell_json(error_json(error));
        tell_error(error.what(), error.help());
        return static_cast<int>(error.code());
    }
    int tell(std::string_view what, std::string_view help) const {
        tell_json(error_json(what, help, ExitCode::internal));
        tell_error(what, help);
        return static_cast<int>(ExitCode::internal);
    }

private:
    void tell_json(const std::string& json) const {
        if (wants_json_ && !output_.was_used()) std::cout << json << std::flush;
    }

    const HarmlessOutput& output_;
    bool wants_json_;
};

/// The exit code; errors are told.
int answer(const CommandLine& command, const HarmlessOutput& output) {
    const ErrorTeller teller(command, output);
    Terminal terminal;
    try {
        return static_cast<int>(execute(command, terminal));
    } catch (const ScenarioError& problems) {
        return teller.tell(problems);
    } catch (const Error& problem) {
        return teller.tell(problem);
    } catch (const std::bad_alloc&) {
        return teller.tell("memory ran out", "keep fewer series (--series 100, or none), make fewer runs at a time, or use a smaller world");
    } catch (const std::exception& bug) {
        return teller.tell(fmt::format("this is a bug in Entente: {}", bug.what()), "please report it, with the command and the scenario");
    }
}

}  // namespace

}  // namespace entente

int main(int argc, char** argv) {
    entente::settle_memory();
    const entente::HarmlessOutput output(std::cout, entente::style_of(1).colour);
    const entente::HarmlessOutput errors(std::cerr, false);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is then an error like others
    entente::CommandLine command(argv, argv + argc);
    command.front() = "entente";
    return entente::on_large_stack([&] { return entente::answer(command, output); });
}
