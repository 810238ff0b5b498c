#include <entente/base/shared_library.hpp>

#include <dlfcn.h>

#include <filesystem>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

namespace entente {

namespace {

/// `$ORIGIN` by the program's own folder: the loader would take that of whoever calls it, which a sanitizer puts itself between.
std::string expanded(const std::string& file) {
    constexpr std::string_view origin = "$ORIGIN";
    std::error_code none;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", none);
    return file.starts_with(origin) && !program.empty() ? program.parent_path().string() + file.substr(origin.size()) : file;
}

}  // namespace

SharedLibrary::SharedLibrary(const std::string& what, std::span<const std::string> files, const std::string& help, Symbols symbols) : what_(what), help_(help) {
    std::string trouble;
    for (const auto& file : files) {
        handle_ = ::dlopen(expanded(file).c_str(), RTLD_LAZY | (symbols == Symbols::for_all ? RTLD_GLOBAL : RTLD_LOCAL));
        if (handle_ != nullptr) return;
        const char* const said = ::dlerror();
        if (trouble.empty()) trouble = said != nullptr ? said : file;
    }
    throw Error(fmt::format("{} can't be loaded: {}", what_, trouble), help_);
}

void* SharedLibrary::address(const char* name) const {
    void* const found = ::dlsym(handle_, name);
    if (found == nullptr) throw Error(fmt::format("{} has no function '{}': it is not of the version that was built for", what_, name), help_);
    return found;
}

}  // namespace entente
