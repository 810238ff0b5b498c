#include <entente/store/staged_files.hpp>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

namespace entente {

namespace {

constexpr std::size_t buffer_size = 1 << 18;

/// An open file descriptor, written to through a buffer.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags, std::string_view option)
        : path_(path), option_(option), number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
        if (number_ < 0) refuse();
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
        if (::fsync(number_) != 0 && errno != EINVAL && errno != EROFS) refuse();
    }

private:
    void empty_buffer() {
        std::string_view rest = buffer_;
        while (!rest.empty()) {
            const ssize_t written = ::write(number_, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) refuse();
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        buffer_.clear();
    }
    [[noreturn]] void refuse() const { throw_file_error("write", path_, errno, option_); }

    std::filesystem::path path_;
    std::string_view option_;
    int number_;
    std::string buffer_;
};

/// Whether the disk's table of files has a free place.
bool has_room_for_files(const std::filesystem::path& folder) {
    struct statvfs disk {};
    return ::statvfs(folder.c_str(), &disk) != 0 || disk.f_files == 0 || disk.f_favail > 0;
}

}  // namespace

void throw_file_error(std::string_view could_not, const std::filesystem::path& path, int error_number, std::string_view option) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    switch (error_number) {
        case ENOSPC:
            if (!has_room_for_files(folder))
                throw Error(fmt::format("the disk that holds '{}' has no room for more files", folder.string()),
                            fmt::format("remove some of its files (df -i counts them), or write elsewhere with {}; what was there before is untouched",
                                        option));
            [[fallthrough]];
        case EDQUOT:
            throw Error(fmt::format("the disk that holds '{}' is full", folder.string()),
                        fmt::format("free some space, or write elsewhere with {}; what was there before is untouched", option));
        case EMFILE:
        case ENFILE:
            throw Error(fmt::format("cannot {} '{}': too many open files", could_not, path.string()),
                        "raise the limit (ulimit -n), or end programs that hold files open");
        case ELOOP:
            throw Error(fmt::format("symbolic links from '{}' form a cycle", path.string()), fmt::format("write elsewhere with {}", option));
        case EFBIG:
            throw Error(fmt::format("a file in '{}' would exceed this user's file size limit", folder.string()),
                        fmt::format("raise the limit (ulimit -f), keep fewer series with --series, or write elsewhere with {}", option));
        case EACCES:
        case EPERM:
        case EROFS:
            throw Error(fmt::format("the folder '{}' is not writable", folder.string()),
                        fmt::format("change its permissions, or write elsewhere with {}", option));
        default:
            throw Error(fmt::format("cannot {} '{}': {}", could_not, path.string(), std::generic_category().message(error_number)),
                        fmt::format("write elsewhere with {}", option));
    }
}

StagedFiles::~StagedFiles() {
    std::error_code ignored;
    for (const auto& name : names_) std::filesystem::remove(part(name), ignored);
}

void StagedFiles::write(const std::string& name, const std::function<void(const Sink&)>& fill) {
    Descriptor file(stage(name), O_WRONLY | O_CREAT | O_TRUNC, option_);
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
    for (const auto& name : names_) Descriptor(part(name), O_RDONLY, option_).flush_to_disk();
    for (const auto& name : names_) {
        if (::rename(part(name).c_str(), (folder_ / name).c_str()) != 0) throw_file_error("write", folder_ / name, errno, option_);
    }
    names_.clear();
    Descriptor(folder_, O_RDONLY | O_DIRECTORY, option_).flush_to_disk();
}

}  // namespace entente
