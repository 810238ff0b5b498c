#include "scenes.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace entente::scenes {
namespace {

std::string count(std::int64_t n) { return fmt::format("count: {}\n", n); }

}  // namespace

std::string text(const std::string& name, const std::vector<std::pair<std::string, std::string>>& replace) {
    std::ifstream file(std::string(ENTENTE_SCENES) + "/" + name + ".yaml");
    std::ostringstream content;
    content << file.rdbuf();
    std::string scene = content.str();
    for (const auto& [old_text, new_text] : replace) {
        const std::size_t at = scene.find(old_text);
        if (at == std::string::npos) throw std::runtime_error(fmt::format("the scene '{}' has no '{}'", name, old_text));
        scene.replace(at, old_text.size(), new_text);
    }
    return scene;
}

std::string governments(std::int64_t n) { return text("governments", {{count(30), count(n)}}); }

std::string grid(std::int64_t width, std::int64_t height) {
    return text("grid", {{count(1024), count(width * height)}, {"width: 32, height: 32", fmt::format("width: {}, height: {}", width, height)}});
}

std::string random_graph(std::int64_t n) {
    return text("random_graph", {{count(1000), count(n)}, {"p: 0.01", fmt::format("p: {}", 10.0 / static_cast<double>(n - 1))}});
}

std::string rows(std::int64_t n) { return text("rows", {{count(1000), count(n)}}); }
std::string events(std::int64_t n) { return text("events", {{count(1000), count(n)}}); }
std::string aggregates(std::int64_t n) { return text("aggregates", {{count(40), count(n)}}); }

}  // namespace entente::scenes
