/// Problems as JSON: what `check --json` prints, and every command that ends with an error under `--json`.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <entente/base/problem.hpp>

namespace entente {

/// `{"format": "entente-problems/1", "verdict": …, "problems": [{"severity": "warning", "file": "my.yaml", "line": 3, "column": 7, "length": 4, "what": …,
/// "help": …}]}`. Line 0: the file as a whole, or no file. `verdict`: `fine`, `warnings` or `errors`; `contents` says what is in a scenario without errors.
std::string problems_json(std::string_view verdict, std::span<const Problem> problems, const Sources& sources, const std::string& contents = {});

/// An error likewise: those of a scenario each with its place, any other as one problem without a file; `exit_code` is that of the command.
std::string error_json(const Error& error);
/// One that is no Error: a bug, or no memory.
std::string error_json(std::string_view what, std::string_view help, ExitCode code);

}  // namespace entente
