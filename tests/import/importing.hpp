/// A small file, imported, and what is said of it.
#pragma once

#include <string>

#include <gmock/gmock.h>

#include <entente/import/maker_file.hpp>

namespace entente::test {

struct Trial {
    Imported imported;
    std::string said;  ///< all problems, rendered
};

/// `import` is handed the file, its sources and problems.
template <class Import>
Trial tried(const std::string& text, Import import) {
    Sources sources;
    Problems problems;
    const int file = sources.add("a.csv", text);
    Trial trial;
    trial.imported = import(file, sources, problems);
    trial.said = problems.render(sources);
    return trial;
}

}  // namespace entente::test
