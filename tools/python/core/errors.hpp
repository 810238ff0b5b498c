/// Entente's errors as Python's.
#pragma once

#include <vector>

#include <pybind11/pybind11.h>

#include <entente/base/problem.hpp>

namespace entente::python {

namespace py = pybind11;

/// As a list of dicts with text, severity, file, line, column and help; line 0: the file as a whole, no file: none.
py::list problem_list(const std::vector<Problem>& problems, const Sources& sources);

/// Makes the module's Error, and has all that C++ throws raised as it.
void add_errors(py::module_& module);

}  // namespace entente::python
