/// Files that appear under their names only when they are whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Takes a text piece by piece.
using Sink = std::function<void(std::string_view)>;

/// A set of files on its way into a folder. Each is written beside its place as `.NAME.part`; `publish` flushes all of them to the
/// disk and then renames them, in the order they were staged. What is not published is removed, and what stood there stays.
/// Throws Error for a full disk, an unwritable folder and every other refusal of the system, each with its own words; `option` is the way
/// to write elsewhere.
class StagedFiles {
public:
    explicit StagedFiles(std::filesystem::path folder, std::string_view option = "--out") : folder_(std::move(folder)), option_(option) {}
    ~StagedFiles();
    StagedFiles(const StagedFiles&) = delete;
    StagedFiles& operator=(const StagedFiles&) = delete;

    /// Writes a file by way of `fill`, which is handed where its text goes.
    void write(const std::string& name, const std::function<void(const Sink&)>& fill);
    void write(const std::string& name, std::string_view text);
    /// Where someone else (a library) is to write the file of that name.
    std::filesystem::path stage(const std::string& name);

    void publish();
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

private:
    [[nodiscard]] std::filesystem::path part(const std::string& name) const { return folder_ / ('.' + name + ".part"); }

    std::filesystem::path folder_;
    std::string option_;
    std::vector<std::string> names_;
};

/// The Error for a system call on `path` that failed with `error_number`: what could not be done, why, and what to try.
[[noreturn]] void throw_file_error(std::string_view could_not, const std::filesystem::path& path, int error_number,
                                   std::string_view option = "--out");

}  // namespace entente
