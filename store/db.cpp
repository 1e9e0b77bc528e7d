#include "store/db.h"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/text.h"
#include "store/migrate.h"
#include "store/search_marks.h"
#include "store/search_score.h"

namespace voice::store {
namespace {
namespace fs = std::filesystem;

// What whoever runs the hub can do about it; "" where that is not known.
const char* advice_for(int code) {
  switch (code & 0xFF) {  // the rest says where in SQLite it happened
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "; another process holds it, try again when that has ended";
    case SQLITE_FULL: return "; make room on its disk";
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY: return "; give the user that runs this the right to write the file and its folder";
    case SQLITE_CORRUPT: return "; restore a backup";
    case SQLITE_NOTADB: return "; name another file in [store] database, or restore a backup";
    default: return "";
  }
}

[[noreturn]] void fail(sqlite3* handle, std::string_view doing) {
  const char* file = sqlite3_db_filename(handle, "main");
  throw DatabaseError(fmt::format("the database {}: {}{} (at: {})", file != nullptr ? file : "", sqlite3_errmsg(handle),
                                  advice_for(sqlite3_errcode(handle)), utf8_prefix(collapse_space(doing), 60)));
}

// An empty file that its owner alone may read and write; SQLite gives its log the same rights. One that is there stays. A
// link to where the file is to be is followed.
void make_private_file(const std::string& path) {
  std::error_code unknown;
  if (fs::exists(path, unknown)) return;  // opening and closing it would drop the locks that this process has on it
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) throw DatabaseError(fmt::format("{} cannot be made: {}", path, std::strerror(errno)));
  ::close(file);
}

// A new file beside `path` that nobody else writes, gone when this leaves scope.
class Draft {
 public:
  explicit Draft(const std::string& path) : path_(path + ".part-XXXXXX") {
    const int file = ::mkostemp(path_.data(), O_CLOEXEC);
    if (file < 0) throw DatabaseError(fmt::format("{} cannot be made: {}", path, std::strerror(errno)));
    ::close(file);
  }
  ~Draft() { ::unlink(path_.c_str()); }
  Draft(const Draft&) = delete;

  const std::string& path() const { return path_; }
  // Gives it its name; whoever has that name already keeps it.
  void publish(const std::string& name) const {
    if (::link(path_.c_str(), name.c_str()) == 0) return;
    if (errno == EEXIST || ::rename(path_.c_str(), name.c_str()) != 0)  // some file systems have no links
      throw DatabaseError(fmt::format("{} cannot be made: {}", name, std::strerror(errno)));
  }

 private:
  std::string path_;
};

void write_to_disk(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  const bool written = file >= 0 && ::fsync(file) == 0;
  const int why = errno;
  if (file >= 0) ::close(file);
  if (!written) throw DatabaseError(fmt::format("{} cannot be written: {}", path, std::strerror(why)));
}

void execute(sqlite3* handle, const char* sql) {
  if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle, sql);
}

bool is_uri(const std::string& path) { return path.starts_with("file:"); }
bool in_memory(const std::string& path) { return is_uri(path) && path.find("mode=memory") != std::string::npos; }

bool has_hub_tables(Reader& db) {
  auto rows = db.query("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('migrations', 'blogs')");
  return rows.step() && rows.integer(0) == 2;
}

void refuse_tables_of_others(Reader& db, const std::string& path) {
  if (has_hub_tables(db)) return;
  auto rows = db.query("SELECT name FROM sqlite_schema WHERE type = 'table' LIMIT 1");
  if (rows.step())
    throw DatabaseError(
        fmt::format("{} is the database of another program (it has a table {}); name another file in "
                    "[store] database",
                    path, rows.text(0)));
}

}  // namespace

Rows::Rows(sqlite3_stmt* statement, bool* in_use) : statement_(statement), in_use_(in_use) { *in_use_ = true; }

Rows::Rows(Rows&& other) noexcept : statement_(other.statement_), in_use_(other.in_use_) {
  other.statement_ = nullptr;
  other.in_use_ = nullptr;
}

Rows::~Rows() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  *in_use_ = false;
}

int Rows::index_of(const char* name) const {
  const int index = sqlite3_bind_parameter_index(statement_, name);
  if (index == 0) throw std::logic_error(fmt::format("no parameter {} in: {}", name, sqlite3_sql(statement_)));
  return index;
}

Rows& Rows::bind(const char* name, std::int64_t value) {
  sqlite3_bind_int64(statement_, index_of(name), value);
  return *this;
}

Rows& Rows::bind(const char* name, double value) {
  sqlite3_bind_double(statement_, index_of(name), value);
  return *this;
}

Rows& Rows::bind(const char* name, std::string_view text) {
  sqlite3_bind_text64(statement_, index_of(name), text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

Rows& Rows::bind(const char* name, std::nullptr_t) {
  sqlite3_bind_null(statement_, index_of(name));
  return *this;
}

Rows& Rows::bind_blob(const char* name, std::string_view bytes) {
  sqlite3_bind_blob64(statement_, index_of(name), bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

Rows& Rows::bind_or_null(const char* name, std::string_view text) {
  return text.empty() ? bind(name, nullptr) : bind(name, text);
}

bool Rows::step() {
  const int outcome = sqlite3_step(statement_);
  if (outcome == SQLITE_ROW) return true;
  if (outcome == SQLITE_DONE) return false;
  fail(sqlite3_db_handle(statement_), sqlite3_sql(statement_));
}

void Rows::run() {
  while (step()) {}
}

bool Rows::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Rows::real(int column) const { return sqlite3_column_double(statement_, column); }
std::string Rows::text(int column) const { return std::string(text_view(column)); }

std::string_view Rows::text_view(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text == nullptr ? std::string_view()
                         : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string Rows::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return bytes == nullptr ? std::string()
                          : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::optional<sys_seconds> Rows::optional_time(int column) const {
  if (is_null(column)) return std::nullopt;
  return time(column);
}

Reader::Reader(const std::string& path, int flags) {
  // FULLMUTEX is not needed: a connection is lent to one thread at a time.
  if (sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, nullptr) != SQLITE_OK) {
    const std::string why = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
    const std::string advice = advice_for(sqlite3_errcode(handle_));
    sqlite3_close(handle_);
    throw DatabaseError(fmt::format("the database {} cannot be opened: {}{}", path, why, advice));
  }
  sqlite3_busy_timeout(handle_, 10'000);  // another process, such as a backup or `voice fetch`, may hold the lock
  sqlite3_exec(handle_, "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000", nullptr,
               nullptr, nullptr);
  add_search_score(handle_);
  add_search_marks(handle_);
}

Reader::~Reader() {
  for (auto& [sql, statements] : cache_)
    for (auto& cached : statements) sqlite3_finalize(cached->statement);
  sqlite3_close(handle_);
}

Rows Reader::prepare(std::string_view sql, bool may_write) {
  auto known = cache_.find(sql);
  if (known == cache_.end()) known = cache_.try_emplace(std::string(sql)).first;
  auto& statements = known->second;
  for (auto& cached : statements)
    if (!cached->in_use) return Rows(cached->statement, &cached->in_use);
  auto cached = std::make_unique<Cached>();
  if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                         &cached->statement, nullptr) != SQLITE_OK)
    fail(handle_, sql);
  if (!may_write && sqlite3_stmt_readonly(cached->statement) == 0) {
    sqlite3_finalize(cached->statement);
    throw std::logic_error(fmt::format("query() was given a statement that writes: {}", sql));
  }
  statements.push_back(std::move(cached));
  return Rows(statements.back()->statement, &statements.back()->in_use);
}

Rows Reader::query(std::string_view sql) { return prepare(sql, false); }

std::string Reader::plan_of(std::string_view sql) {
  // May write: SQLite calls the explanation of a statement with triggers a writing one, though it does nothing.
  auto rows = prepare("EXPLAIN QUERY PLAN " + std::string(sql), true);
  std::string plan;
  while (rows.step()) plan += rows.text(3) + "\n";
  return plan;
}

std::vector<std::string> Reader::statements() const {
  std::vector<std::string> all;
  for (const auto& [sql, prepared] : cache_) all.push_back(sql);
  return all;
}

std::int64_t Reader::rows_scanned() const {
  std::int64_t rows = 0;
  for (const auto& [sql, prepared] : cache_)
    for (const auto& cached : prepared)
      rows += sqlite3_stmt_status(cached->statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
  return rows;
}

std::int64_t Writer::last_id() const { return sqlite3_last_insert_rowid(handle_); }
std::int64_t Writer::rows_changed() const { return sqlite3_changes64(handle_); }

Snapshot::Snapshot(Reader& reader) : reader_(reader) { reader_.query("BEGIN").run(); }
Snapshot::~Snapshot() {
  try {
    reader_.query("COMMIT").run();
  } catch (const DatabaseError&) {
    // What was only read needs no promise; a connection that cannot even end it says so at its next statement.
  }
}

ReaderLease::ReaderLease(Database& database, std::unique_ptr<Reader> reader)
    : database_(&database), reader_(std::move(reader)) {}

ReaderLease::~ReaderLease() {
  if (reader_) database_->give_back(std::move(reader_));
}

Database::Database(const std::string& path, IfMissing if_missing) : path_(path) {
  if (path == ":memory:") throw DatabaseError("a database in memory would be lost at the end; name a file");
  if (!is_uri(path)) {
    std::error_code unknown;
    if (if_missing == IfMissing::refuse && !fs::exists(path, unknown))
      throw DatabaseError(
          fmt::format("there is no database {}; name the hub's with --database or in [store] database", path));
    make_private_file(path);
  }
  writer_.reset(new Writer(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  refuse_tables_of_others(*writer_, path);
  sqlite3* handle = writer_->handle_;
  // NORMAL loses at most the last commits when the power fails, never the file; a killed process loses nothing.
  execute(handle, "PRAGMA journal_mode = WAL");
  execute(handle, "PRAGMA synchronous = NORMAL");
  execute(handle, "PRAGMA cache_size = -16000");
  // A first poll writes the same pages of the indexes again and again: copied into the file every 16 MB (of pages of
  // 4 KB) and not every 4, they cost a tenth less processor time.
  execute(handle, "PRAGMA wal_autocheckpoint = 4000");
  begin();
  try {
    migrate(*writer_);
    commit();
  } catch (...) {
    roll_back();
    throw;
  }
}

Database::~Database() {
  pool_.clear();
  writer_.reset();
}

ReaderLease Database::reader() {
  {
    const std::lock_guard lock(pool_mutex_);
    if (!pool_.empty()) {
      auto reader = std::move(pool_.back());
      pool_.pop_back();
      return {*this, std::move(reader)};
    }
  }
  const int flags = in_memory(path_) ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  return {*this, std::unique_ptr<Reader>(new Reader(path_, flags))};
}

void Database::give_back(std::unique_ptr<Reader> reader) {
  const std::lock_guard lock(pool_mutex_);
  pool_.push_back(std::move(reader));
}

void Database::begin() { execute(writer_->handle_, "BEGIN IMMEDIATE"); }

void Database::commit() {
  std::int64_t number = 1;
  {
    auto rows = writer_->query("SELECT value FROM counters WHERE name = 'change_number'");
    if (rows.step()) number = rows.integer(0);
  }
  execute(writer_->handle_, "COMMIT");
  change_number_.store(number, std::memory_order_release);
}

void Database::roll_back() noexcept { sqlite3_exec(writer_->handle_, "ROLLBACK", nullptr, nullptr, nullptr); }

int Database::schema_version() {
  auto rows = (*reader()).query("SELECT max(number) FROM migrations");
  return rows.step() ? static_cast<int>(rows.integer(0)) : 0;
}

bool Database::is_of_a_hub(const std::string& path) {
  Reader db(path, SQLITE_OPEN_READONLY);
  return has_hub_tables(db);
}

bool Database::is_in_use(const std::string& path) {
  // Whoever has a database in WAL mode open holds a share of it, and a connection that begins by wanting it alone is
  // refused. A Reader would not do: it has looked at the file before it can be told.
  sqlite3* handle = nullptr;
  int outcome = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
  if (outcome == SQLITE_OK)
    outcome = sqlite3_exec(handle, "PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_schema", nullptr,
                           nullptr, nullptr);
  sqlite3_close(handle);
  return outcome == SQLITE_BUSY;
}

void Database::back_up_to(const std::string& path) {
  const Draft draft(path);
  {
    const std::lock_guard turn(writing_);
    writer_->change("VACUUM INTO :path").bind(":path", draft.path()).run();
  }
  write_to_disk(draft.path());
  draft.publish(path);
}

void Database::check_point() {
  const std::lock_guard turn(writing_);
  sqlite3_wal_checkpoint_v2(writer_->handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void bump_change_number(Writer& db) {
  db.change("UPDATE counters SET value = value + 1 WHERE name = 'change_number'").run();
}

}  // namespace voice::store
