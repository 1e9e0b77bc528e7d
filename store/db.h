// store/db.h - one SQLite file, read by many and written by one.
//
// The database runs in WAL mode: readers see the last committed state and never wait for the writer. A signature that takes
// a Reader& can only look; one that takes a Writer& can also change. There is one Writer at a time, inside write(), which
// is one transaction: all of it is kept or, after an exception, none of it. This is the only place that knows sqlite3.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/by_text.h"
#include "base/clock.h"
#include "base/ids.h"

struct sqlite3;
struct sqlite3_stmt;

namespace voice::store {

/// The machine is unwell: disk full, file corrupt, not a database. Thrown; caught once per request, job or command.
class DatabaseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One prepared statement in use. Bound values are copied; text columns are valid until the next step().
/// The statement goes back to its connection's cache when this leaves scope.
class Rows {
 public:
  Rows(sqlite3_stmt* statement, bool* in_use);
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  Rows& bind(const char* name, std::int64_t value);
  Rows& bind(const char* name, int value) { return bind(name, static_cast<std::int64_t>(value)); }
  Rows& bind(const char* name, double value);
  Rows& bind(const char* name, bool value) { return bind(name, static_cast<std::int64_t>(value)); }
  Rows& bind(const char* name, std::string_view text);
  Rows& bind(const char* name, const std::string& text) { return bind(name, std::string_view(text)); }
  Rows& bind(const char* name, const char* text) { return bind(name, std::string_view(text)); }
  Rows& bind(const char* name, sys_seconds time) { return bind(name, unix_seconds(time)); }
  Rows& bind(const char* name, std::nullptr_t);
  Rows& bind_blob(const char* name, std::string_view bytes);
  /// Text that is NULL when it is empty: "missing is NULL".
  Rows& bind_or_null(const char* name, std::string_view text);
  template <class Tag>
  Rows& bind(const char* name, Id<Tag> id) {
    return id ? bind(name, id.value) : bind(name, nullptr);
  }
  template <class T>
  Rows& bind(const char* name, const std::optional<T>& value) {
    return value ? bind(name, *value) : bind(name, nullptr);
  }

  bool step();  ///< true while there is a row
  void run();   ///< for statements without rows
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;            ///< "" for NULL
  std::string_view text_view(int column) const;  ///< valid until the next step()
  std::string blob(int column) const;
  sys_seconds time(int column) const { return from_unix_seconds(integer(column)); }
  std::optional<sys_seconds> optional_time(int column) const;
  template <class AnId>
  AnId id(int column) const {
    return AnId{integer(column)};
  }

 private:
  int index_of(const char* name) const;
  sqlite3_stmt* statement_;
  bool* in_use_;
};

/// A connection that can look.
class Reader {
 public:
  virtual ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Prepares (or takes from the cache) a statement that does not change anything.
  Rows query(std::string_view sql);
  /// The lines of EXPLAIN QUERY PLAN, joined by line breaks, for tests.
  std::string plan_of(std::string_view sql);
  /// Every statement this connection has prepared so far, for tests that hold their plans against the indexes.
  std::vector<std::string> statements() const;
  /// Rows that all statements of this connection, triggers included, stepped over without the help of an index, for tests.
  std::int64_t rows_scanned() const;

 protected:
  friend class Database;
  Reader(const std::string& path, int flags);
  Rows prepare(std::string_view sql, bool may_write);
  sqlite3* handle_ = nullptr;

 private:
  struct Cached {
    sqlite3_stmt* statement = nullptr;
    bool in_use = false;
  };
  ByText<std::vector<std::unique_ptr<Cached>>> cache_;
};

/// The connection that can also change. Lent by Database::write() only.
class Writer : public Reader {
 public:
  Rows change(std::string_view sql) { return prepare(sql, true); }
  std::int64_t last_id() const;
  std::int64_t rows_changed() const;  ///< by the last statement

 private:
  friend class Database;
  using Reader::Reader;
};

/// While this lives, its Reader sees the database as it was at the first query: what is written meanwhile is not seen, so
/// the parts of a page agree, and the file is locked once and not for each statement. One at a time for a Reader.
class Snapshot {
 public:
  explicit Snapshot(Reader& reader);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;

 private:
  Reader& reader_;
};

/// A Reader on loan; goes back to the pool when this leaves scope.
class ReaderLease {
 public:
  ReaderLease(class Database& database, std::unique_ptr<Reader> reader);
  ReaderLease(ReaderLease&&) noexcept = default;
  ~ReaderLease();
  Reader& operator*() const { return *reader_; }
  Reader* operator->() const { return reader_.get(); }

 private:
  class Database* database_;
  std::unique_ptr<Reader> reader_;
};

/// What opening a database does where there is no file: a hub begins with an empty one, and whoever wants to look at one
/// has mistyped its path.
enum class IfMissing { create, refuse };

class Database {
 public:
  /// Opens the file and brings its schema up to date; one that is made may be read by its owner alone, because letters and
  /// e-mail addresses lie in it. Throws DatabaseError, with a sentence that says what to do, when the file is missing, is no
  /// database or another program's, is newer than this program, or cannot be written.
  explicit Database(const std::string& path, IfMissing if_missing = IfMissing::create);
  ~Database();
  Database(const Database&) = delete;

  ReaderLease reader();

  /// Runs `action(Writer&)` in one transaction and returns what it returns. Waits for its turn.
  template <class Action>
  auto write(Action&& action) {
    const std::lock_guard turn(writing_);
    begin();
    try {
      if constexpr (std::is_void_v<decltype(action(*writer_))>) {
        action(*writer_);
        commit();
      } else {
        auto result = action(*writer_);
        commit();
        return result;
      }
    } catch (...) {
      roll_back();
      throw;
    }
  }

  /// Goes up with every commit that may change what a page shows (see bump_change_number); starts at 1.
  std::int64_t change_number() const { return change_number_.load(std::memory_order_acquire); }
  const std::string& path() const { return path_; }
  /// The number of the newest migration in the file.
  int schema_version();
  /// Writes a complete copy to `path`, for its owner alone, while the hub runs on (VACUUM INTO). It is whole and on the disk
  /// before it has that name. Throws if `path` exists, also if it came to exist meanwhile.
  void back_up_to(const std::string& path);
  /// Whether the file at `path` has a hub's tables; looks and changes nothing. Throws where it is no database.
  static bool is_of_a_hub(const std::string& path);
  /// Whether any process has the database at `path` open. What is no database is in nobody's use.
  static bool is_in_use(const std::string& path);
  void check_point();  ///< folds the write-ahead log into the file

 private:
  friend class ReaderLease;
  void begin();
  void commit();
  void roll_back() noexcept;
  void give_back(std::unique_ptr<Reader> reader);

  std::string path_;
  std::mutex writing_;
  std::unique_ptr<Writer> writer_;
  std::mutex pool_mutex_;
  std::vector<std::unique_ptr<Reader>> pool_;
  std::atomic<std::int64_t> change_number_{1};
};

/// To be called in every transaction that changes what any page or feed shows. Pages are cached under this number.
void bump_change_number(Writer& db);

}  // namespace voice::store
