#include "server/response.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "server/compress.h"

namespace voice::server {
namespace {

std::string one_line(std::string value) {
  std::erase_if(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  return value;
}

Response typed(std::string body, const char* content_type, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.set("Content-Type", content_type);
  return response;
}

Response redirect(const std::string& path, int status) {
  // "//other.example" and "/\other.example" are addresses on another host to a browser.
  const bool ours = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
  Response response;
  response.status = status;
  response.set("Location", ours ? path : "/");
  return response;
}

}  // namespace

const char* name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::gzip: return "gzip";
    case Encoding::brotli: return "br";
    case Encoding::identity: break;
  }
  return "";
}

Representation::Representation(std::string bytes, std::string content_type)
    : content_type_(std::move(content_type)),
      identity_(std::move(bytes)),
      fingerprint_(to_hex(voice::fingerprint(identity_)).substr(0, 24)) {}

std::string Representation::etag(Encoding encoding) const {
  const std::string suffix = encoding == Encoding::identity ? "" : std::string("-") + name_of(encoding);
  return "\"" + fingerprint_ + suffix + "\"";
}

const std::string& Representation::bytes(Encoding encoding) const {
  if (encoding == Encoding::identity) return identity_;
  const std::lock_guard lock(compressing_);
  auto& kept = encoding == Encoding::gzip ? gzip_ : brotli_;
  if (!kept) kept = encoding == Encoding::gzip ? gzip(identity_) : brotli(identity_);
  return *kept;
}

void Representation::put(Encoding encoding, std::string bytes) {
  const std::lock_guard lock(compressing_);
  (encoding == Encoding::gzip ? gzip_ : brotli_) = std::move(bytes);
}

Response& Response::set(std::string_view name, std::string value) {
  std::erase_if(headers, [&](const auto& header) { return equals_ignoring_case(header.first, name); });
  return add(name, std::move(value));
}

Response& Response::add(std::string_view name, std::string value) {
  headers.emplace_back(std::string(name), one_line(std::move(value)));
  return *this;
}

const std::string* Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (equals_ignoring_case(key, name)) return &value;
  return nullptr;
}

Response html(std::string page, int status) { return typed(std::move(page), "text/html; charset=utf-8", status); }
Response plain(std::string text, int status) { return typed(std::move(text), "text/plain; charset=utf-8", status); }
Response json(std::string document, int status) {
  return typed(std::move(document), "application/json; charset=utf-8", status);
}
Response content(std::string bytes, std::string content_type) {
  return typed(std::move(bytes), content_type.c_str(), 200);
}

Response see_other(const std::string& path) { return redirect(path, 303); }
Response moved_permanently(const std::string& path) { return redirect(path, 301); }
Response no_content() { return failure(204); }
Response failure(int status) {
  Response response;
  response.status = status;
  return response;
}
Response not_found() { return failure(404); }
Response gone() { return failure(410); }

Response& set_cookie(Response& response, const std::string& name, const std::string& value,
                     std::chrono::seconds max_age, bool secure) {
  std::string cookie =
      name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age.count());
  if (secure) cookie += "; Secure";
  return response.add("Set-Cookie", cookie);
}

}  // namespace voice::server
