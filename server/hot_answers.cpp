#include "server/hot_answers.h"

#include <array>

#include "base/text.h"
#include "server/headers.h"

namespace voice::server {
namespace {

/// What of a head an answer depends on, and what rules the short way out.
struct Wish {
  Encoding encoding = Encoding::identity;
  bool for_document = false;
  char theme = '-';
  bool is_plain = true;
};

char theme_of(std::string_view cookie) {
  if (cookie == "theme=light") return 'l';
  return cookie == "theme=dark" ? 'd' : '?';
}

/// Reads a list of headers, as string views or strings alike.
template <class Headers>
Wish wish_of(const Headers& headers) {
  Wish wish;
  for (const auto& [name, value] : headers) {
    // Told apart by length first: most headers are none of these.
    switch (name.size()) {
      case 6:
        if (!equals_ignoring_case(name, "Cookie")) break;
        wish.theme = theme_of(value);
        wish.is_plain = wish.is_plain && wish.theme != '?';
        break;
      case 13:
        if (equals_ignoring_case(name, "Authorization")) wish.is_plain = false;
        break;
      case 14:
        if (equals_ignoring_case(name, "Sec-Fetch-Dest")) wish.for_document = std::string_view(value) == "document";
        break;
      case 15:
        if (equals_ignoring_case(name, "Accept-Encoding")) wish.encoding = accepted_encoding(value);
        break;
      default: break;
    }
  }
  return wish;
}

void put_key(std::string_view target, const Wish& wish, std::string& key) {
  key.assign(target);
  key += ' ';
  key += static_cast<char>('0' + static_cast<int>(wish.encoding));
  key += wish.for_document ? 'd' : '-';
  key += wish.theme;
}

std::string head_of(const char* status_line, const Response& response, bool with_body) {
  std::string head = status_line;
  for (const auto& [name, value] : response.headers) {
    const bool describes_body =
        equals_ignoring_case(name, "Content-Type") || equals_ignoring_case(name, "Content-Encoding");
    if (with_body || !describes_body) head.append(name).append(": ").append(value).append("\r\n");
  }
  if (with_body) head.append("Content-Length: ").append(std::to_string(response.bytes().size())).append("\r\n");
  return head;
}

}  // namespace

bool names_fingerprint(std::string_view if_none_match, std::string_view fingerprint) {
  for (const auto part : split(if_none_match, ',')) {
    auto tag = trim(part);
    if (tag == "*") return true;
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    // Every form of these bytes starts with the same fingerprint; a proxy may have stored any of them.
    if (tag.size() > fingerprint.size() && tag.substr(1).starts_with(fingerprint)) return true;
  }
  return false;
}

std::shared_ptr<const HotAnswer> HotAnswers::find(const Head& head, Stamp now) {
  if (head.method != "GET" && head.method != "HEAD") return nullptr;
  const Wish wish = wish_of(head.headers);
  if (!wish.is_plain) return nullptr;
  thread_local std::string key;
  put_key(head.target, wish, key);
  const std::lock_guard lock(mutex_);
  const auto found = answers_.find(key);
  return found != answers_.end() && found->second->stamp == now ? found->second : nullptr;
}

void HotAnswers::keep(const Request& request, const Response& response, Stamp stamp) {
  const Wish wish = wish_of(request.headers);
  if (!wish.is_plain || request.raw_target.empty() || response.status != 200 || !response.shared) return;
  auto answer = std::make_shared<HotAnswer>();
  answer->head = head_of("HTTP/1.1 200 OK\r\n", response, true);
  answer->unchanged = head_of("HTTP/1.1 304 Not Modified\r\n", response, false);
  answer->fingerprint = response.shared->fingerprint();
  answer->encoding = response.encoding;
  answer->body = response.shared;
  answer->stamp = stamp;
  std::string key;
  put_key(request.raw_target, wish, key);
  const std::size_t size = key.size() + 2 * answer->head.size() + response.bytes().size();
  const std::lock_guard lock(mutex_);
  if (bytes_ + size > most_bytes_) {  // made again from the page cache at the next request each
    answers_.clear();
    bytes_ = 0;
  }
  bytes_ += size;
  answers_[key] = std::move(answer);
}

}  // namespace voice::server
