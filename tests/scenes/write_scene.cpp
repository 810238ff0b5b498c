// Writes a scene of any size, with its tables and the library that it uses, into a folder: for the scripts of bench/, which have no other
// way to these worlds.

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>

#include "scenes.hpp"

namespace {

std::string scene(const std::string& name, std::int64_t count, const std::filesystem::path& folder) {
    if (name == "recognition") {
        const std::filesystem::path library = "tests/scenes/library";
        std::filesystem::create_directories(folder / library);
        std::filesystem::copy_file(ENTENTE_ROOT / library / "recognition.yaml", folder / library / "recognition.yaml",
                                   std::filesystem::copy_options::overwrite_existing);
        return entente::scenes::recognition(count);
    }
    if (name == "conflict") return entente::scenes::conflict(count, folder);
    throw std::runtime_error(fmt::format("no scene '{}' is written: recognition or conflict", name));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return fmt::print(stderr, "write_scene NAME COUNT FOLDER\n"), 2;
    try {
        const std::string name = argv[1];
        const std::filesystem::path folder = argv[3];
        std::ofstream file(folder / (name + ".yaml"));
        file << scene(name, std::stoll(argv[2]), folder);
        if (!file.flush()) throw std::runtime_error(fmt::format("{} could not be written", (folder / name).string()));
    } catch (const std::exception& error) {
        return fmt::print(stderr, "write_scene: {}\n", error.what()), 2;
    }
}
