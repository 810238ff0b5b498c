/// The functions used of SQLite.
#pragma once

#include <utility>

#include <sqlite3.h>

#include <entente/base/shared_library.hpp>

namespace entente {

class SqliteLibrary {
    SharedLibrary library_;

public:
    explicit SqliteLibrary(SharedLibrary library) : library_(std::move(library)) {}

    /// As sqlite3.h declares them, less the prefix.
#define ENTENTE_LOADED(name) decltype(&::sqlite3_##name) name = library_.function<decltype(&::sqlite3_##name)>("sqlite3_" #name)
    ENTENTE_LOADED(bind_int64);
    ENTENTE_LOADED(bind_text);
    ENTENTE_LOADED(busy_timeout);
    ENTENTE_LOADED(close);
    ENTENTE_LOADED(column_int64);
    ENTENTE_LOADED(column_text);
    ENTENTE_LOADED(errmsg);
    ENTENTE_LOADED(exec);
    ENTENTE_LOADED(finalize);
    ENTENTE_LOADED(open_v2);
    ENTENTE_LOADED(prepare_v2);
    ENTENTE_LOADED(reset);
    ENTENTE_LOADED(step);
    ENTENTE_LOADED(system_errno);
#undef ENTENTE_LOADED
};

/// Loads the library at the first call. Throws Error where it is not installed.
const SqliteLibrary& sqlite();

}  // namespace entente
