/// The files of one scenario: what it may reach, their bytes, their digest.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>

namespace entente {

/// Opens the files that a scenario names. None outside the folder of its first file is opened, whatever links lead there.
class Files {
public:
    Files(Sources& sources, Problems& problems, std::filesystem::path root)
        : sources_(sources), problems_(problems), root_(std::move(root)) {}

    /// The first file, whose text is at hand. `shown` is how messages call it.
    int add_first(std::string shown, std::string bytes, const std::filesystem::path& real);

    struct Found {
        std::filesystem::path real;   ///< canonical
        std::filesystem::path shown;  ///< as messages call it
    };
    /// The file that `written` names, relative to the file it stands in; nothing, after a problem, when it is missing or out of reach.
    std::optional<Found> find(const Text& written);
    /// Reads it, once however often it is opened: its number in Sources; nothing, after a problem, when it is larger than `most` bytes or can't be read.
    std::optional<int> open(const Found& found, const Text& written, std::uintmax_t most);

    [[nodiscard]] const Sources& sources() const { return sources_; }
    [[nodiscard]] Problems& problems() const { return problems_; }
    [[nodiscard]] const std::filesystem::path& real(int file) const { return real_.at(static_cast<std::size_t>(file)); }
    [[nodiscard]] std::string digest() const { return digest_.hex(); }

private:
    int add(std::string shown, std::string bytes, std::filesystem::path real);

    Sources& sources_;
    Problems& problems_;
    std::filesystem::path root_;
    std::vector<std::filesystem::path> real_;  ///< by file
    Digest digest_;
};

constexpr std::uintmax_t largest_table = std::uintmax_t{1} << 30;  ///< bytes

/// All bytes of a file, which messages call `shown`, without a byte order mark. Throws Error when there is none, or it is larger than
/// `most`, or can't be read.
std::string read_bytes(const std::filesystem::path& file, const std::string& shown, std::uintmax_t most);

/// All bytes that come from standard input, without a byte order mark; the same at every call. Throws Error when they are more than `most`.
const std::string& read_standard_input(std::uintmax_t most);

}  // namespace entente
