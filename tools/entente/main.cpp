/// `entente`: the command. Exit codes: 0 fine, 1 warnings only (check), 2 wrong usage or a scenario with errors, 3 runs failed,
/// 70 a bug of ours, 130 interrupted.
#include <csignal>
#include <iostream>
#include <new>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

#include "commands.hpp"
#include "session/console.hpp"
#include "session/harmless_output.hpp"
#include "session/memory.hpp"
#include "session/terminal.hpp"

namespace entente {

namespace {

/// The exit code; errors are printed.
int answer(const CommandLine& command) {
    Terminal terminal;
    try {
        return static_cast<int>(execute(command, terminal));
    } catch (const ScenarioError& problems) {
        std::cerr << problems.what() + std::string("\n");  // by one write
        return static_cast<int>(problems.code());
    } catch (const Error& problem) {
        tell_error(problem.what(), problem.help());
        return static_cast<int>(problem.code());
    } catch (const std::bad_alloc&) {
        tell_error("memory ran out", "keep fewer series (--series 100, or none), make fewer runs at a time, or use a smaller world");
    } catch (const std::exception& bug) {
        tell_error(fmt::format("this is a bug in Entente: {}", bug.what()), "please report it, with the command and the scenario");
    }
    return static_cast<int>(ExitCode::internal);
}

}  // namespace

}  // namespace entente

int main(int argc, char** argv) {
    entente::settle_memory();
    const entente::HarmlessOutput output(std::cout);
    const entente::HarmlessOutput errors(std::cerr);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is then an error like others
    entente::CommandLine command(argv, argv + argc);
    command.front() = "entente";
    return entente::on_large_stack([&] { return entente::answer(command); });
}
