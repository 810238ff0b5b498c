#include <entente/store/folder_files.hpp>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/store/staged_files.hpp>

namespace entente {

namespace fs = std::filesystem;

namespace {

bool is_left_over(const fs::path& file) {
    const std::string name = file.filename().string();
    return name == ".lock" || (name.starts_with('.') && name.ends_with(".part"));
}

void create_folder(const fs::path& path) {
    std::error_code failure;
    fs::create_directories(path, failure);
    if (failure && failure.value() == ENOTDIR)
        throw Error(fmt::format("'{}' is below a file", path.string()), "name a folder with --out");
    if (failure) throw_file_error("create the folder", path, failure.value());
}

}  // namespace

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw Error(fmt::format("cannot read '{}'", file.string()), choose_another_folder);
    return text.str();
}

void claim_folder(const fs::path& path) {
    std::error_code ignored;
    const auto status = fs::status(path, ignored);
    if (fs::exists(status) && !fs::is_directory(status))
        throw Error(fmt::format("'{}' is a file, and results need a folder", path.string()), "name a folder with --out");
    if (!fs::exists(status)) create_folder(path);
}

bool holds_nothing(const fs::path& path) {
    std::error_code failure;
    fs::directory_iterator entries(path, failure);
    if (failure) throw_file_error("look into", path / ".", failure.value());
    return std::all_of(begin(entries), end(entries), [](const auto& entry) { return is_left_over(entry.path()); });
}

FolderLock::~FolderLock() {
    if (file_ < 0) return;
    ::unlink(path_.c_str());
    ::close(file_);
}

void FolderLock::take(const fs::path& folder, const std::string& help) {
    path_ = folder / ".lock";
    for (;;) {
        file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file_ < 0) throw_file_error("write", path_, errno);
        if (::flock(file_, LOCK_EX | LOCK_NB) != 0 && (errno == EWOULDBLOCK || errno == EAGAIN)) {
            ::close(std::exchange(file_, -1));
            throw Error(fmt::format("another process is using '{}'", folder.string()), help);
        }
        // Locked, or the file system knows no locks. Who held it until now has removed the file: then the lock is on one that is gone.
        struct stat held{}, there{};
        if (::fstat(file_, &held) != 0 || (::stat(path_.c_str(), &there) == 0 && there.st_ino == held.st_ino)) return;
        ::close(std::exchange(file_, -1));
    }
}

}  // namespace entente
