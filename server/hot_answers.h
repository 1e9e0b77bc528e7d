// server/hot_answers.h - answers ready for the wire, for addresses that many people ask for.
//
// The library takes longer to take a request apart and to put an answer together than the kernel takes to send it. So an
// answer that is kept (server/page_cache.h) is kept once more as finished bytes, and the event loop sends it without lending
// a thread: the head is written out, the body is the shared one. What is not certain goes the long way: a cookie other than
// the choice of colours, a method other than GET and HEAD, a date instead of a tag.
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/framing.h"
#include "server/page_cache.h"
#include "server/request.h"
#include "server/response.h"

namespace voice::server {

struct HotAnswer {
  std::string head;         ///< status line and headers up to, and without, Date and Connection
  std::string unchanged;    ///< the same for 304
  std::string fingerprint;  ///< what an If-None-Match must name
  Encoding encoding = Encoding::identity;
  std::shared_ptr<const Representation> body;
  Stamp stamp;
};

class HotAnswers {
 public:
  explicit HotAnswers(std::size_t most_bytes = 32 << 20) : most_bytes_(most_bytes) {}

  /// What would answer this head, were it stamped now; nullptr: go the long way.
  std::shared_ptr<const HotAnswer> find(const Head& head, Stamp now);
  /// Keeps a finished answer of 200 with shared bytes; `request` must carry its raw target.
  void keep(const Request& request, const Response& response, Stamp stamp);

 private:
  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const HotAnswer>> answers_;
  std::size_t bytes_ = 0;
};

/// True where the tags of an If-None-Match name bytes with this fingerprint, in any encoding, or "*".
bool names_fingerprint(std::string_view if_none_match, std::string_view fingerprint);

}  // namespace voice::server
