#include <entente/scenario/files.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

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

constexpr std::string_view pipe_fault = "is a pipe or a device, not a regular file";

/// Why a file can't be read as a whole; "" when it can.
std::string fault_of(const fs::path& file) {
    std::error_code fault;
    const fs::file_status status = fs::status(file, fault);
    if (fs::is_directory(status)) return "is a folder";
    if (fs::is_fifo(status) || fs::is_character_file(status)) return std::string(pipe_fault);
    if (fs::exists(status) && !fs::is_regular_file(status)) return "is not a regular file";
    if (fault == std::errc::too_many_symbolic_link_levels) return "can't be reached: symbolic links form a cycle";
    if (fault && !fs::exists(status) && status.type() != fs::file_type::not_found) return fmt::format("can't be reached: {}", fault.message());
    if (!fs::exists(status)) return "does not exist";
    return {};
}

std::string help_with(const std::string& fault, const fs::path& file) {
    if (fault == "does not exist") return similar_file(file);
    if (fault == pipe_fault) return "write - to read a scenario from standard input";
    return fault.starts_with("can't be reached") ? "check the name, the folder and its permissions" : "name a file";
}

/// What helps where a file could not be opened or read.
std::string help_with(int error_number) {
    const bool are_too_many = error_number == EMFILE || error_number == ENFILE;
    return are_too_many ? "raise the limit of open files (ulimit -n), or end programs that hold files open" : "check its permissions";
}

}  // namespace

std::string read_bytes(const fs::path& file, const std::string& shown, std::uintmax_t most) {
    if (const std::string fault = fault_of(file); !fault.empty())
        throw Error(fmt::format("'{}' {}", shown, fault), help_with(fault, file));
    const std::uintmax_t size = fs::file_size(file);
    if (size > most)
        throw Error(fmt::format("'{}' is larger than {} MiB", shown, most >> 20), "put large data into tables, and split large tables");
    std::string bytes(size, '\0');
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || !stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
        const int error_number = errno;
        throw Error(fmt::format("'{}' can't be read: {}", shown, std::strerror(error_number)), help_with(error_number));
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    return bytes;
}

const std::string& read_standard_input(std::uintmax_t most) {
    static const std::string bytes = [most] {  // it can be read once, and a page reads the scenario again
        std::string read;
        std::array<char, 1 << 16> block{};
        while (std::cin.read(block.data(), block.size()) || std::cin.gcount() > 0) {
            read.append(block.data(), static_cast<std::size_t>(std::cin.gcount()));
            if (read.size() > most) throw Error(fmt::format("standard input holds more than {} MiB", most >> 20), "put large data into tables");
        }
        if (read.starts_with("\xEF\xBB\xBF")) read.erase(0, 3);
        return read;
    }();
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
        return refuse(fault, help_with(fault, real));
    return Found{real, (fs::path(sources_.path(written.place.file)).parent_path() / path).lexically_normal()};
}

std::optional<int> Files::open(const Found& found, const Text& written, std::uintmax_t most) {
    if (const auto known = std::ranges::find(real_, found.real); known != real_.end()) {
        const auto file = static_cast<int>(known - real_.begin());
        digest_.add(sources_.text(file));
        return file;
    }
    try {
        return add(found.shown.string(), read_bytes(found.real, found.shown.string(), most), found.real);
    } catch (const Error& fault) {
        problems_.error(written.place, fault.what(), fault.help());
    }
    return std::nullopt;
}

}  // namespace entente
