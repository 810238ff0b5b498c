/// The command that was built, run in a folder of its own that holds the scenarios of this folder.
#pragma once

#include <cstdlib>
#include <string>

#include <sys/wait.h>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "../scratch.hpp"

namespace entente {

namespace fs = std::filesystem;
using nlohmann::json;

class Command : public testing::Test {
protected:
    struct Outcome {
        int code = -1;
        std::string out;
        std::string err;
    };

    Command() {
        for (const auto* name : {"walk", "fails", "broken", "warned", "long", "hazard", "infinite", "escapes", "chancy"}) {
            const std::string file = std::string(name) + ".yaml";
            fs::copy_file(fs::path(ENTENTE_ROOT) / "tests" / "tools" / file, scratch_.path() / file);
        }
    }

    /// Runs a line of shell in the scratch folder, `entente` being the command that was built.
    [[nodiscard]] Outcome shell(const std::string& line) const {
        const fs::path out = scratch_.path() / ".out";
        const fs::path err = scratch_.path() / ".err";
        const std::string whole = "cd '" + scratch_.path().string() +
                                  "' && PATH=\"$(dirname " ENTENTE_COMMAND "):$PATH\" && export PATH LC_ALL=C.UTF-8 && { " + line +
                                  "; } >.out 2>.err";
        const int status = std::system(whole.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_text(out), read_text(err)};
    }
    [[nodiscard]] Outcome entente(const std::string& arguments) const { return shell("entente " + arguments); }

    [[nodiscard]] std::string file(const std::string& name) const { return read_text(scratch_.path() / name); }
    [[nodiscard]] json manifest(const std::string& folder) const { return json::parse(file(folder + "/manifest.json")); }

    Scratch scratch_;
};

}  // namespace entente
