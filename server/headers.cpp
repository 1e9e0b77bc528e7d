#include "server/headers.h"

#include "base/text.h"
#include "base/time.h"
#include "server/hot_answers.h"

namespace voice::server {
namespace {

// Nothing is loaded from anywhere else, nothing is inline, nobody frames us (an embeddable list says otherwise itself).
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

bool takes(std::string_view accept_encoding, std::string_view name) {
  for (const auto part : split(accept_encoding, ',')) {
    const auto semicolon = part.find(';');
    if (!equals_ignoring_case(trim(part.substr(0, semicolon)), name)) continue;
    if (semicolon == std::string_view::npos) return true;
    const auto weight = trim(part.substr(semicolon + 1));
    return weight.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

void set_if_absent(Response& response, std::string_view name, std::string_view value) {
  if (!response.header(name)) response.add(name, std::string(value));
}

}  // namespace

Encoding accepted_encoding(std::string_view accept_encoding) {
  if (accept_encoding.empty()) return Encoding::identity;
  if (takes(accept_encoding, "br")) return Encoding::brotli;
  if (takes(accept_encoding, "gzip")) return Encoding::gzip;
  return Encoding::identity;
}

bool is_compressible(std::string_view content_type) {
  return content_type.starts_with("text/") || content_type.find("json") != std::string_view::npos ||
         content_type.find("xml") != std::string_view::npos ||
         content_type.find("javascript") != std::string_view::npos;
}

bool is_unchanged(const Request& request, const Representation& shared, std::optional<sys_seconds> last_modified) {
  const auto if_none_match = request.header("If-None-Match");
  if (!if_none_match.empty()) return names_fingerprint(if_none_match, shared.fingerprint());
  const auto since = parse_http_date(request.header("If-Modified-Since"));
  return since && last_modified && *last_modified <= *since;
}

void allow_members_media(Response& response) {
  response.set("Content-Security-Policy", std::string(kContentSecurityPolicy) + "; media-src http: https:");
  response.set("Referrer-Policy", "same-origin");
}

void add_security_headers(Response& response, bool is_https) {
  set_if_absent(response, "Content-Security-Policy", kContentSecurityPolicy);
  set_if_absent(response, "X-Content-Type-Options", "nosniff");
  set_if_absent(response, "Referrer-Policy", "strict-origin-when-cross-origin");
  set_if_absent(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  set_if_absent(response, "Cross-Origin-Opener-Policy", "same-origin");
  if (is_https) set_if_absent(response, "Strict-Transport-Security", "max-age=31536000");
}

}  // namespace voice::server
