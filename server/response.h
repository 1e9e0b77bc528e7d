// server/response.h - what goes back, as plain values.
//
// A body is either text of its own or a Representation: immutable bytes shared by every answer that carries them, with
// their compressed forms made once. Pages and feeds that many people ask for are Representations (server/page_cache.h).
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace voice::server {

enum class Encoding { identity, gzip, brotli };
const char* name_of(Encoding encoding);  ///< "gzip", "br"; "" for identity

/// The forms one body can be sent in. Made once, shared, never changed; safe from several threads.
class Representation {
 public:
  Representation(std::string bytes, std::string content_type);
  const std::string& content_type() const { return content_type_; }
  /// 24 hex digits of the identity bytes' fingerprint: the same bytes have the same one after a restart.
  const std::string& fingerprint() const { return fingerprint_; }
  /// Strong, and its own for each encoding: `"<fingerprint>"`, `"<fingerprint>-gzip"`.
  std::string etag(Encoding encoding) const;
  /// Compresses on the first call for an encoding. The bytes live as long as this.
  const std::string& bytes(Encoding encoding) const;
  /// Takes a form that was compressed beforehand.
  void put(Encoding encoding, std::string bytes);

 private:
  std::string content_type_;
  std::string identity_;
  std::string fingerprint_;
  mutable std::mutex compressing_;
  mutable std::optional<std::string> gzip_;
  mutable std::optional<std::string> brotli_;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::shared_ptr<const Representation> shared;  ///< where set, sent instead of `body`
  Encoding encoding = Encoding::identity;        ///< which form of `shared`; the dispatcher chooses
  std::optional<sys_seconds> last_modified;      ///< of a page that can answer 304

  /// What goes over the wire.
  const std::string& bytes() const { return shared ? shared->bytes(encoding) : body; }
  /// Sets a header, replacing one of that name. Line breaks in `value` are dropped: a header is one line.
  Response& set(std::string_view name, std::string value);
  /// Adds one more of that name (Link, Set-Cookie).
  Response& add(std::string_view name, std::string value);
  /// The first value of that name, any case, or nothing.
  const std::string* header(std::string_view name) const;
};

Response html(std::string page, int status = 200);
Response plain(std::string text, int status = 200);
Response json(std::string document, int status = 200);
/// A body of any other type; `content_type` in full, with its charset.
Response content(std::string bytes, std::string content_type);
/// After a form: "go and look there" (303). `path` is ours and starts with '/'; anything else becomes "/".
Response see_other(const std::string& path);
Response moved_permanently(const std::string& path);  ///< 301, for old addresses of ours
Response no_content();                                ///< 204
/// An answer that the dispatcher turns into the page for that status (403, 404, 405, 410, 422, 429 ...).
Response failure(int status);
Response not_found();
Response gone();
/// `name=value; Path=/; HttpOnly; SameSite=Lax`, with `Secure` where `secure`; a `max_age` of 0 forgets it.
Response& set_cookie(Response& response, const std::string& name, const std::string& value,
                     std::chrono::seconds max_age, bool secure);

}  // namespace voice::server
