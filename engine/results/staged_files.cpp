#include <entente/results/staged_files.hpp>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

namespace entente {

namespace {

constexpr std::size_t buffer_size = 1 << 18;

/// An open file descriptor, written to through a buffer.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags) : path_(path), number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
        if (number_ < 0) throw_file_error("write", path_, errno);
    }
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void write(std::string_view text) {
        buffer_ += text;
        if (buffer_.size() >= buffer_size) empty_buffer();
    }

    void flush_to_disk() {
        empty_buffer();
        // A folder on some network file systems cannot be flushed; that is no loss of what it holds.
        if (::fsync(number_) != 0 && errno != EINVAL && errno != EROFS) throw_file_error("write", path_, errno);
    }

private:
    void empty_buffer() {
        std::string_view rest = buffer_;
        while (!rest.empty()) {
            const ssize_t written = ::write(number_, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw_file_error("write", path_, errno);
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        buffer_.clear();
    }

    std::filesystem::path path_;
    int number_;
    std::string buffer_;
};

}  // namespace

void throw_file_error(std::string_view could_not, const std::filesystem::path& path, int error_number) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    switch (error_number) {
        case ENOSPC:
        case EDQUOT:
            throw Error(fmt::format("the disk that holds '{}' is full", folder.string()),
                        "free some space, or write elsewhere with --out; what was there before is untouched");
        case EFBIG:
            throw Error(fmt::format("a file in '{}' would grow beyond the size allowed to this user", folder.string()),
                        "raise the limit (ulimit -f), keep fewer series with --series, or write elsewhere with --out");
        case EACCES:
        case EPERM:
        case EROFS:
            throw Error(fmt::format("the folder '{}' may not be written to", folder.string()),
                        "change its permissions, or write elsewhere with --out");
        default:
            throw Error(fmt::format("cannot {} '{}': {}", could_not, path.string(), std::generic_category().message(error_number)),
                        "write elsewhere with --out");
    }
}

StagedFiles::~StagedFiles() {
    std::error_code ignored;
    for (const auto& name : names_) std::filesystem::remove(part(name), ignored);
}

void StagedFiles::write(const std::string& name, const std::function<void(const Sink&)>& fill) {
    Descriptor file(stage(name), O_WRONLY | O_CREAT | O_TRUNC);
    fill([&](std::string_view text) { file.write(text); });
    file.flush_to_disk();
}

void StagedFiles::write(const std::string& name, std::string_view text) {
    write(name, [&](const Sink& sink) { sink(text); });
}

std::filesystem::path StagedFiles::stage(const std::string& name) {
    names_.push_back(name);
    return part(name);
}

void StagedFiles::publish() {
    for (const auto& name : names_) Descriptor(part(name), O_RDONLY).flush_to_disk();
    for (const auto& name : names_) {
        if (::rename(part(name).c_str(), (folder_ / name).c_str()) != 0) throw_file_error("write", folder_ / name, errno);
    }
    names_.clear();
    Descriptor(folder_, O_RDONLY | O_DIRECTORY).flush_to_disk();
}

}  // namespace entente
