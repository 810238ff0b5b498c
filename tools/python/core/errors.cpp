#include "errors.hpp"

#include <string>

namespace entente::python {

namespace {

py::dict problem_dict(const Problem& problem, const Sources& sources) {
    py::dict dict;
    dict["text"] = problem.what;
    dict["severity"] = std::string(name_of(problem.severity));
    dict["file"] = problem.place.file >= 0 ? py::object(py::str(sources.path(problem.place.file))) : py::none();
    dict["line"] = problem.place.line;
    dict["column"] = problem.place.column;
    dict["help"] = problem.help;
    return dict;
}

py::list one_problem(const Error& error) {
    py::dict dict;
    dict["text"] = std::string(error.what());
    dict["severity"] = "error";
    dict["file"] = py::none();
    dict["line"] = 0;
    dict["column"] = 0;
    dict["help"] = error.help();
    py::list list;
    list.append(dict);
    return list;
}

std::string whole_text(const Error& error) {
    return error.help().empty() ? error.what() : error.what() + std::string("\nhelp: ") + error.help();
}

void raise(const std::string& text, const py::list& problems, ExitCode code) {
    const py::object type = py::module_::import("entente._errors").attr("Error");
    const py::object error = type(text, problems, static_cast<int>(code));
    PyErr_SetObject(type.ptr(), error.ptr());
}

}  // namespace

py::list problem_list(const std::vector<Problem>& problems, const Sources& sources) {
    py::list list;
    for (const Problem& problem : problems) list.append(problem_dict(problem, sources));
    return list;
}

void add_errors(py::module_&) {
    py::register_exception_translator([](std::exception_ptr thrown) {
        if (!thrown) return;
        try {
            std::rethrow_exception(thrown);
        } catch (const ScenarioError& error) {
            raise(error.what(), problem_list(error.problems(), error.sources()), error.code());
        } catch (const Error& error) {
            raise(whole_text(error), one_problem(error), error.code());
        }
    });
}

}  // namespace entente::python
