/// What the folders of runs and of studies share.
#pragma once

#include <filesystem>
#include <string>

namespace entente {

/// What to try when a folder can't be used.
inline constexpr const char* choose_another_folder = "write elsewhere with --out, or remove that folder if its results are no longer needed";

/// A small file whole; throws Error when it can't be read.
std::string text_of(const std::filesystem::path& file);

/// Creates the folder and those it lies in, finds it, or throws Error: something that is a file stands there, it may not be made.
void claim_folder(const std::filesystem::path& path);

/// Keeps other processes out of a folder while it lives, where the file system knows locks.
class FolderLock {
public:
    FolderLock() = default;
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    /// Throws Error, with this help, while another process is at work there.
    void take(const std::filesystem::path& folder, const std::string& help);

private:
    std::filesystem::path path_;
    int file_ = -1;
};

/// Whether nothing stands in the folder but files that were never finished.
bool holds_nothing(const std::filesystem::path& path);

}  // namespace entente
