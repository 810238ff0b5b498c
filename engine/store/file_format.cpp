#include <entente/store/file_format.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/problem.hpp>

namespace entente {

void refuse_other_version(const StoredJson& object, std::string_view file, std::string_view known) {
    const std::string found = stored_text(object, "format", "");
    if (found == known || !found.starts_with(known.substr(0, known.rfind('/') + 1))) return;
    throw Error(fmt::format("{} has the format {}, and this Entente reads {}", file, found, known),
                "use the version of Entente that wrote it");
}

}  // namespace entente
