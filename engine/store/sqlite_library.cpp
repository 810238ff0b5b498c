#include <entente/store/sqlite_library.hpp>

#include <array>
#include <string>

namespace entente {

const SqliteLibrary& sqlite() {
    static const SqliteLibrary library(
        SharedLibrary("SQLite, which keeps the ledger of a study,", std::array<std::string, 2>{ENTENTE_SQLITE_FILES}, "install SQLite (Debian: libsqlite3-0)"));
    return library;
}

}  // namespace entente
