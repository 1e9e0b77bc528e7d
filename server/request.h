// server/request.h - one request as plain values, so that a handler can be called without a socket.
//
// What came in the address and what came in the body are kept apart, because a token or a decision must never be taken
// from an address. The sender's address is what the socket says; X-Forwarded-For counts only from a trusted proxy, and a
// header called REMOTE_ADDR is only a header.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/viewer.h"

namespace voice::server {

/// Names and values in the order they came; a name may come twice.
class Fields {
 public:
  Fields() = default;
  Fields(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  /// The first value of that name; "" where there is none.
  std::string get(std::string_view name) const;
  bool has(std::string_view name) const { return find(name) != nullptr; }
  /// The first value of that name, or nothing. Valid as long as this.
  const std::string* find(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  bool empty() const { return fields_.empty(); }
  std::size_t size() const { return fields_.size(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// One file sent with a multipart form.
struct Upload {
  std::string field;
  std::string file_name;     ///< as the sender wrote it: never a path of ours
  std::string content_type;  ///< as the sender wrote it
  std::string bytes;
};

struct Request {
  std::string method = "GET";  ///< HEAD arrives as GET with `head_only` set
  bool head_only = false;
  std::string path = "/";  ///< percent-decoded; always starts with '/'
  std::string raw_target;  ///< path and query as they came; "" where the request did not come over a socket
  std::string raw_query;   ///< what followed '?', undecoded; "" where there was none
  Fields query;
  Fields captures;  ///< "/blogs/{slug}": captures.get("slug")
  Fields form;      ///< the body's fields, URL-encoded or multipart alike
  std::vector<Upload> uploads;
  std::string body;  ///< the body as it came, for signatures; empty for multipart forms
  Fields headers;
  std::string address;     ///< the reader's IP address as text, IPv6 without brackets
  std::string id;          ///< names this request in the log and on the page after a failure
  Viewer viewer;           ///< who is signed in; filled by the guards
  std::string form_page;   ///< the page that holds the form that was sent, as far as its address tells
  std::string form_claim;  ///< the form token in use, filled by the guards: given back where nothing came of the form

  /// The header's value, any case of `name`; "" where it was not sent.
  std::string_view header(std::string_view name) const;
  std::string cookie(std::string_view name) const;
  /// Path and query, as in the address.
  std::string target() const { return raw_query.empty() ? path : path + "?" + raw_query; }
};

/// Reads "a=1&b=two+words" (application/x-www-form-urlencoded), from a query or a body.
Fields read_url_encoded(std::string_view text);

}  // namespace voice::server
