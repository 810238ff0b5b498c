/// Files of values that know whether they are whole: `entente-KIND 1 N\n`, N bytes of JSON (what is in them), values in little-endian
/// order, and last 32 hexadecimal digits, XXH3-128 over all before.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <entente/store/staged_files.hpp>

namespace entente {

/// Writes one by way of a temporary name, fsync and rename; `fill` is handed where the values go. Throws Error as StagedFiles does,
/// which names `option` as the way to write elsewhere. Gives the file's checksum.
std::string write_sealed(const std::filesystem::path& file, std::string_view kind, const std::string& header,
                         const std::function<void(const Sink&)>& fill, std::string_view option = "--out");

/// Values as the bytes that they are.
template <typename T>
std::string_view bytes_of(std::span<const T> values) {
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

/// One to read from. The whole file is checked once, when it is opened.
class SealedFile {
public:
    /// Throws Error, with what is wrong and `help`, for a file that is not of that kind, cut short or changed.
    SealedFile(std::filesystem::path path, std::string_view kind, std::string help = {});

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const std::string& header() const { return header_; }
    [[nodiscard]] const std::string& checksum() const { return checksum_; }
    /// Throws Error unless there are so many values of 64 bits.
    void expect(std::int64_t values) const;
    /// Values from the one numbered `first` on.
    template <typename T>
    void read(std::int64_t first, std::span<T> to) const {
        static_assert(sizeof(T) == 8);
        read_bytes(8 * first, reinterpret_cast<char*>(to.data()), to.size_bytes());
    }

private:
    void check(std::int64_t header_at);
    void read_bytes(std::int64_t offset, char* to, std::size_t bytes) const;
    [[noreturn]] void refuse(std::string_view what) const;

    std::filesystem::path path_;
    std::string help_;
    std::string header_;
    std::string checksum_;
    std::int64_t values_at_ = 0;
    std::int64_t size_ = 0;
};

}  // namespace entente
