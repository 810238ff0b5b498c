/// The parts of entente._core, which entente's Python files are written over.
#pragma once

#include <pybind11/pybind11.h>

namespace entente::python {

void add_commands(pybind11::module_& module);

}  // namespace entente::python
