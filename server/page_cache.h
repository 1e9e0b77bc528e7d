// server/page_cache.h - finished pages and feeds, kept until the store changes.
//
// An answer is kept under its address and a stamp: the store's change number and the London day, on which headings and
// waiting posts depend. A page that comes out the same after a change keeps its compressed forms and its ETag.
#pragma once
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "server/response.h"

namespace voice::server {

struct Stamp {
  std::int64_t change_number = 0;
  std::int64_t day = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

class PageCache {
 public:
  explicit PageCache(std::size_t most_bytes = 64 << 20) : most_bytes_(most_bytes) {}

  /// The kept answer, or what `make` answers now. Several askers for one address at once cost one `make`.
  /// Only answers of 200 are kept. `make` may throw; then nothing is kept and the exception travels on.
  Response get(const std::string& key, Stamp stamp, const std::function<Response()>& make);
  std::size_t bytes() const;

 private:
  struct Slot {
    std::mutex making;
    Stamp stamp;
    std::shared_ptr<const Response> answer;
    std::size_t size = 0;
    std::list<std::string>::iterator place;
  };
  std::shared_ptr<Slot> slot_for(const std::string& key);
  void keep(const std::string& key, const std::shared_ptr<Slot>& slot, Response answer, Stamp stamp);
  void forget(const std::string& key, const std::shared_ptr<Slot>& slot);
  void make_room();

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Slot>> slots_;
  std::list<std::string> by_use_;  ///< latest first
  std::size_t bytes_ = 0;
};

}  // namespace voice::server
