/// Libraries that are opened when first needed: a call that has no use for them does not wait until they are loaded.
#pragma once

#include <span>
#include <string>

namespace entente {

/// An open library. It stays open to the end of the process.
class SharedLibrary {
public:
    enum class Symbols { own, for_all };  ///< `for_all`: what it opens in turn finds them too

    /// Opens the first of `files` that can be opened, searching as the system's loader does where a name has no slash; `$ORIGIN` at the
    /// beginning is the folder of the program. Throws Error with what the loader says of the first.
    SharedLibrary(const std::string& what, std::span<const std::string> files, const std::string& help, Symbols symbols = Symbols::own);

    /// A function by its name. Throws Error where there is none: the library is of another version.
    template <typename Function>
    [[nodiscard]] Function function(const char* name) const {
        return reinterpret_cast<Function>(address(name));
    }

private:
    [[nodiscard]] void* address(const char* name) const;

    std::string what_;
    std::string help_;
    void* handle_ = nullptr;
};

}  // namespace entente
