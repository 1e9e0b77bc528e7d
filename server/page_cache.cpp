#include "server/page_cache.h"

namespace voice::server {
namespace {

std::size_t size_of(const std::string& key, const Response& answer) {
  // Twice the bytes and a bit: the compressed forms and the headers come on top.
  const std::size_t body = answer.shared ? answer.shared->bytes(Encoding::identity).size() : answer.body.size();
  return key.size() + 2 * body + 1024;
}

/// The new answer with the old bytes where they are the same, so that nothing is compressed again.
Response with_kept_bytes(Response fresh, const Response* old) {
  const bool same = old && old->shared && fresh.shared && old->shared->fingerprint() == fresh.shared->fingerprint() &&
                    old->shared->content_type() == fresh.shared->content_type();
  if (!same) return fresh;
  fresh.shared = old->shared;
  fresh.last_modified = old->last_modified;
  return fresh;
}

}  // namespace

Response PageCache::get(const std::string& key, Stamp stamp, const std::function<Response()>& make) {
  const auto slot = slot_for(key);
  {
    const std::lock_guard lock(mutex_);
    if (slot->answer && slot->stamp == stamp) return *slot->answer;
  }
  const std::lock_guard one_at_a_time(slot->making);
  std::shared_ptr<const Response> old;
  {
    const std::lock_guard lock(mutex_);
    old = slot->answer;
    if (old && slot->stamp == stamp) return *old;
  }
  Response answer;
  try {
    answer = with_kept_bytes(make(), old.get());
  } catch (...) {
    forget(key, slot);
    throw;
  }
  keep(key, slot, answer, stamp);
  return answer;
}

std::shared_ptr<PageCache::Slot> PageCache::slot_for(const std::string& key) {
  const std::lock_guard lock(mutex_);
  auto& slot = slots_[key];
  if (!slot) {
    slot = std::make_shared<Slot>();
    slot->place = by_use_.insert(by_use_.begin(), key);
  } else {
    by_use_.splice(by_use_.begin(), by_use_, slot->place);
  }
  return slot;
}

void PageCache::keep(const std::string& key, const std::shared_ptr<Slot>& slot, Response answer, Stamp stamp) {
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end() || found->second != slot) return;  // pushed out while it was being made
  bytes_ -= slot->size;
  if (answer.status != 200) {  // an address that leads nowhere must not push out one that does
    by_use_.erase(slot->place);
    slots_.erase(found);
    return;
  }
  slot->size = size_of(key, answer);
  slot->answer = std::make_shared<const Response>(std::move(answer));
  slot->stamp = stamp;
  bytes_ += slot->size;
  make_room();
}

void PageCache::forget(const std::string& key, const std::shared_ptr<Slot>& slot) {
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end() || found->second != slot) return;
  bytes_ -= slot->size;
  by_use_.erase(slot->place);
  slots_.erase(found);
}

void PageCache::make_room() {
  while (bytes_ > most_bytes_ && !by_use_.empty()) {
    const auto last = slots_.find(by_use_.back());
    bytes_ -= last->second->size;
    slots_.erase(last);
    by_use_.pop_back();
  }
}

std::size_t PageCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace voice::server
