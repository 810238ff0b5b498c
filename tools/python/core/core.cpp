#include "core.hpp"

#include <cstdio>

#include "errors.hpp"
#include "runs.hpp"
#include "scenarios.hpp"
#include "sessions.hpp"

// What the library that writes machine code says when it finds a fault in itself. Its archive is not made for shared objects, and this one reference out of
// it has another name in the copy that this module is linked with (CMakeLists.txt).
extern "C" __attribute__((visibility("hidden"))) FILE* entente_asmjit_stderr;
FILE* entente_asmjit_stderr = stderr;

PYBIND11_MODULE(_core, module) {
    module.doc() = "Entente's engine; see the module entente.";
    entente::python::add_errors(module);
    entente::python::add_scenarios(module);
    entente::python::add_runs(module);
    entente::python::add_sessions(module);
    entente::python::add_commands(module);
}
