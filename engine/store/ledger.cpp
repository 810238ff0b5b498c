#include <entente/store/ledger.hpp>

#include <array>
#include <cerrno>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/store/sqlite_library.hpp>
#include <entente/store/staged_files.hpp>

namespace entente {

namespace {

constexpr std::array ledger_table{
    LedgerColumn{"shard", "TEXT PRIMARY KEY", "its file in `shards`"},
    LedgerColumn{"alternative", "INTEGER NOT NULL", "the alternative that its runs are of, from 0"},
    LedgerColumn{"points", "INTEGER NOT NULL", "how many points it has"},
    LedgerColumn{"first_replicate", "INTEGER NOT NULL", "the first replicate of each"},
    LedgerColumn{"replicates", "INTEGER NOT NULL", "how many it has of each"},
    LedgerColumn{"failed", "INTEGER NOT NULL", "runs that failed"},
    LedgerColumn{"bytes", "INTEGER NOT NULL", "its size"},
    LedgerColumn{"checksum", "TEXT NOT NULL", "hash of its bytes"},
};

std::string schema() {
    std::string sql;
    for (const LedgerColumn& column : ledger_table) sql += fmt::format("{}{} {}", sql.empty() ? "" : ", ", column.name, column.type);
    return fmt::format("CREATE TABLE IF NOT EXISTS shards ({})", sql);
}

}  // namespace

std::span<const LedgerColumn> ledger_columns() {
    return ledger_table;
}

/// An open database; damage is thrown as `Damaged`, a full disk and the like by Error.
class Ledger::Database {
public:
    struct Damaged : Error {
        using Error::Error;
    };

    explicit Database(std::filesystem::path path) : path_(std::move(path)) {
        sqlite3* opened = nullptr;
        const int code = sqlite().open_v2(path_.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        handle_.reset(opened);
        check(code);
        sqlite().busy_timeout(handle_.get(), 10'000);
        // Shards speak for themselves, so that the last lines may be lost in a power cut; the file must stay sound.
        run("PRAGMA journal_mode = TRUNCATE");
        run("PRAGMA synchronous = NORMAL");
        run(schema().c_str());
        settle_version();
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// A new one, or one from before ledgers had versions, becomes that of today. Another is rebuilt as if it were damaged.
    void settle_version() {
        Statement query(*this, "PRAGMA user_version");
        const std::int64_t found = query.step() ? query.number(0) : 0;
        query.reset();
        if (found == 0) run(fmt::format("PRAGMA user_version = {}", ledger_version).c_str());
        if (found != 0 && found != ledger_version)
            throw Damaged(fmt::format("the ledger '{}' is of version {}, and this Entente reads {}", path_.string(), found, ledger_version), "remove it, and run the same command: it is rebuilt from the shards");
    }

    void roll_back() noexcept { sqlite().exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr); }
    void run(const char* sql) { check(sqlite().exec(handle_.get(), sql, nullptr, nullptr, nullptr)); }

    void check(int code) const {
        if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
        if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_ERROR) {
            throw Damaged(fmt::format("the ledger '{}' is damaged: {}", path_.string(), sqlite().errmsg(handle_.get())),
                          "remove it, and run the same command: it is rebuilt from the shards");
        }
        if (code == SQLITE_FULL) throw_file_error("write", path_, ENOSPC);
        if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM) {
            const int cause = handle_ ? sqlite().system_errno(handle_.get()) : 0;
            throw_file_error("write", path_, cause != 0 ? cause : EACCES);
        }
        throw Error(fmt::format("cannot write the ledger '{}': {}", path_.string(), sqlite().errmsg(handle_.get())),
                    "check whether another program has it open");
    }

    /// A prepared statement: bind, step, read.
    class Statement {
    public:
        Statement(Database& database, const char* sql) : database_(database) {
            database_.check(sqlite().prepare_v2(database_.handle_.get(), sql, -1, &statement_, nullptr));
        }
        ~Statement() { sqlite().finalize(statement_); }
        Statement(const Statement&) = delete;
        Statement& operator=(const Statement&) = delete;

        void bind(int place, std::int64_t value) { database_.check(sqlite().bind_int64(statement_, place, value)); }
        void bind(int place, const std::string& text) {
            database_.check(sqlite().bind_text(statement_, place, text.c_str(), -1, SQLITE_TRANSIENT));
        }
        bool step() {
            const int code = sqlite().step(statement_);
            database_.check(code);
            return code == SQLITE_ROW;
        }
        void reset() { sqlite().reset(statement_); }
        [[nodiscard]] std::int64_t number(int column) const { return sqlite().column_int64(statement_, column); }
        [[nodiscard]] std::string text(int column) const {
            const auto* found = reinterpret_cast<const char*>(sqlite().column_text(statement_, column));
            return found == nullptr ? std::string() : found;
        }

    private:
        Database& database_;
        sqlite3_stmt* statement_ = nullptr;
    };

private:
    std::filesystem::path path_;
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_{nullptr, sqlite().close};
};

Ledger::Ledger(std::filesystem::path path) : path_(std::move(path)) {
    try {
        database_ = std::make_unique<Database>(path_);
        (void)lines();
    } catch (const Database::Damaged&) {
        database_.reset();
        std::filesystem::rename(path_, path_.string() + ".damaged");
        database_ = std::make_unique<Database>(path_);
    }
}

Ledger::~Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;

std::map<std::string, LedgerLine> Ledger::lines() const {
    Database::Statement query(*database_,
                              "SELECT shard, alternative, points, first_replicate, replicates, failed, bytes, checksum FROM shards");
    std::map<std::string, LedgerLine> found;
    while (query.step()) {
        found[query.text(0)] = {query.text(0),   static_cast<int>(query.number(1)), query.number(2), query.number(3),
                                query.number(4), query.number(5),                   query.number(6), query.text(7)};
    }
    return found;
}

void Ledger::enter(std::span<const LedgerLine> lines) {
    if (lines.empty()) return;
    database_->run("BEGIN");
    try {
        insert(lines);
    } catch (...) {
        database_->roll_back();
        throw;
    }
    database_->run("COMMIT");
}

void Ledger::insert(std::span<const LedgerLine> lines) {
    Database::Statement insert(*database_, "INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (const LedgerLine& line : lines) {
        insert.bind(1, line.shard);
        insert.bind(2, std::int64_t{line.alternative});
        insert.bind(3, line.points);
        insert.bind(4, line.first_replicate);
        insert.bind(5, line.replicates);
        insert.bind(6, line.failed);
        insert.bind(7, line.bytes);
        insert.bind(8, line.checksum);
        insert.step();
        insert.reset();
    }
}

void Ledger::strike(const std::string& shard) {
    Database::Statement remove(*database_, "DELETE FROM shards WHERE shard = ?");
    remove.bind(1, shard);
    remove.step();
}

}  // namespace entente
