#include "commands.hpp"

#include <pybind11/stl.h>

#include "core.hpp"
#include "watched.hpp"

namespace entente::python {

namespace {

/// Does what `entente` does for these arguments: its exit code, and what was told as warnings and as errors.
py::tuple command(std::vector<std::string> arguments, const py::object& progress) {
    Watched watched(progress);
    ExitCode code = ExitCode::fine;
    arguments.insert(arguments.begin(), "entente");
    watched.go([&] { code = execute(arguments, watched); });
    if (watched.interrupted()) code = ExitCode::interrupted;
    return py::make_tuple(static_cast<int>(code), told_list(watched.warnings()), told_list(watched.errors()));
}

}  // namespace

void add_commands(py::module_& module) {
    module.def("command", &command, py::arg("arguments"), py::arg("progress"));
}

}  // namespace entente::python
