#include <entente/store/sealed_file.hpp>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <fstream>

#include <fmt/format.h>

#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>

namespace entente {

static_assert(std::endian::native == std::endian::little);

namespace {

constexpr std::int64_t checksum_digits = 32;
constexpr std::string_view format_version = "1";
constexpr std::size_t piece = std::size_t{1} << 20;  ///< bytes handed on at a time

/// `entente-KIND 2 …`: a number of another version behind the name of the kind.
bool is_other_version(std::string_view first_line, std::string_view kind) {
    const std::string name = fmt::format("entente-{} ", kind);
    if (!first_line.starts_with(name)) return false;
    first_line.remove_prefix(name.size());
    const std::string_view version = first_line.substr(0, first_line.find_first_not_of("0123456789"));
    return !version.empty() && version != format_version;
}

}  // namespace

std::string write_sealed(const std::filesystem::path& file, std::string_view kind, const std::string& header,
                         const std::function<void(const Sink&)>& fill, std::string_view option) {
    Digest digest;
    StagedFiles files(file.has_parent_path() ? file.parent_path() : ".", option);
    files.write(file.filename().string(), [&](const Sink& sink) {
        const auto add = [&](std::string_view bytes) {
            digest.add(bytes);
            for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), piece))) sink(bytes.substr(0, piece));
        };
        add(fmt::format("entente-{} {} {}\n", kind, format_version, header.size()));
        add(header);
        fill(add);
        sink(digest.hex());
    });
    files.publish();
    return digest.hex();
}

SealedFile::SealedFile(std::filesystem::path path, std::string_view kind, std::string help)
    : path_(std::move(path)), help_(std::move(help)) {
    std::ifstream file(path_, std::ios::binary);
    if (!file) refuse("can't be read");
    const std::string magic = fmt::format("entente-{} {} ", kind, format_version);
    std::string first(magic.size() + 20, '\0');
    file.read(first.data(), static_cast<std::streamsize>(first.size()));
    first.resize(std::min(static_cast<std::size_t>(file.gcount()), first.find('\n')));
    std::int64_t header_size = -1;
    const char* const end = first.data() + first.size();
    if (is_other_version(first, kind)) refuse(fmt::format("is a {} of another version of the format, written by another Entente", kind));
    if (!first.starts_with(magic) || std::from_chars(first.data() + magic.size(), end, header_size).ptr != end || header_size < 0)
        refuse(fmt::format("is not a {}", kind));
    size_ = static_cast<std::int64_t>(std::filesystem::file_size(path_));
    values_at_ = static_cast<std::int64_t>(first.size()) + 1 + header_size;
    if (header_size > size_ || values_at_ + checksum_digits > size_) refuse("is truncated");
    check(static_cast<std::int64_t>(first.size()) + 1);
}

void SealedFile::check(std::int64_t header_at) {
    std::ifstream file(path_, std::ios::binary);
    Digest digest;
    std::string buffer;
    for (std::int64_t at = 0; at < size_ - checksum_digits; at += std::ssize(buffer)) {
        const std::int64_t part_end = at < header_at ? header_at : at < values_at_ ? values_at_ : size_ - checksum_digits;
        const bool whole = at < values_at_;  // the first line, and the header
        buffer.resize(static_cast<std::size_t>(whole ? part_end - at : std::min(static_cast<std::int64_t>(piece), part_end - at)));
        if (!file.read(buffer.data(), std::ssize(buffer))) refuse("can't be read");
        digest.add(buffer);
        if (whole && at == header_at) header_ = buffer;
    }
    checksum_.resize(checksum_digits);
    file.read(checksum_.data(), checksum_digits);
    if (!file || digest.hex() != checksum_) refuse("is truncated or was modified");
}

void SealedFile::expect(std::int64_t values) const {
    if (values_at_ + 8 * values + checksum_digits != size_) refuse("does not match its header");
}

void SealedFile::read_bytes(std::int64_t offset, char* to, std::size_t bytes) const {
    std::ifstream file(path_, std::ios::binary);
    file.seekg(values_at_ + offset);
    if (!file.read(to, static_cast<std::streamsize>(bytes))) throw_file_error("read", path_, errno);
}

void SealedFile::refuse(std::string_view what) const {
    throw Error(fmt::format("'{}' {}", path_.string(), what), help_);
}

}  // namespace entente
