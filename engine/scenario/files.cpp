#include <entente/scenario/files.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include <entente/base/names.hpp>

namespace entente {
namespace fs = std::filesystem;
namespace {

/// Of the files beside `missing`, the one that may have been meant.
std::string similar_file(const fs::path& missing) {
    std::vector<std::string> names;
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(missing.parent_path().empty() ? fs::path(".") : missing.parent_path(), fault))
        names.push_back(entry.path().filename().string());
    return did_you_mean(missing.filename().string(), names, "check the name and the folder");
}

bool is_inside(const fs::path& path, const fs::path& root) {
    const fs::path relative = path.lexically_relative(root);
    return !relative.empty() && *relative.begin() != "..";
}

/// Why a file can't be read as a whole; "" when it can.
std::string fault_of(const fs::path& file) {
    std::error_code fault;
    const fs::file_status status = fs::status(file, fault);
    if (fs::is_directory(status)) return "is a folder";
    if (fs::exists(status) && !fs::is_regular_file(status)) return "is no ordinary file";
    if (!fs::exists(status)) return "does not exist";
    return {};
}

}  // namespace

std::string read_bytes(const fs::path& file, const std::string& shown, std::uintmax_t most) {
    if (const std::string fault = fault_of(file); !fault.empty())
        throw Error(fmt::format("'{}' {}", shown, fault), fault == "does not exist" ? similar_file(file) : "name a file");
    const std::uintmax_t size = fs::file_size(file);
    if (size > most)
        throw Error(fmt::format("'{}' is larger than {} MiB", shown, most >> 20), "put large data into tables, and split large tables");
    std::ifstream stream(file, std::ios::binary);
    std::string bytes(size, '\0');
    if (!stream || !stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        throw Error(fmt::format("'{}' can't be read: {}", shown, std::strerror(errno)), "check its permissions");
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    return bytes;
}

int Files::add(std::string shown, std::string bytes, fs::path real) {
    digest_.add(bytes);
    real_.push_back(std::move(real));
    return sources_.add(std::move(shown), std::move(bytes));
}

int Files::add_first(std::string shown, std::string bytes, const fs::path& real) {
    return add(std::move(shown), std::move(bytes), real);
}

std::optional<Files::Found> Files::find(const Text& written) {
    const fs::path path(written.value);
    const auto refuse = [&](std::string_view fault, std::string help) {
        problems_.error(written.place, fmt::format("'{}' {}", written.value, fault), std::move(help));
        return std::nullopt;
    };
    if (path.is_absolute()) return refuse("is an absolute path", "name a file relative to the folder of this one");
    std::error_code fault_of_path;
    const fs::path real = fs::weakly_canonical(real_.at(static_cast<std::size_t>(written.place.file)).parent_path() / path, fault_of_path);
    if (fault_of_path) return refuse(fmt::format("can't be reached: {}", fault_of_path.message()), "check the name and the folder");
    if (!is_inside(real, root_))
        return refuse("leads out of the scenario's folder", "a scenario reads files in its own folder and below: copy it there");
    if (const std::string fault = fault_of(real); !fault.empty())
        return refuse(fault, fault == "does not exist" ? similar_file(real) : "name a file");
    return Found{real, (fs::path(sources_.path(written.place.file)).parent_path() / path).lexically_normal()};
}

std::optional<int> Files::open(const Found& found, const Text& written, std::uintmax_t most) {
    try {
        return add(found.shown.string(), read_bytes(found.real, found.shown.string(), most), found.real);
    } catch (const Error& fault) {
        problems_.error(written.place, fault.what(), fault.help());
    }
    return std::nullopt;
}

}  // namespace entente
