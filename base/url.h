// base/url.h - addresses, read and resolved as browsers do it.
//
// RFC 3986 describes what should be written, the WHATWG URL standard what is: backslashes, spaces, upper-case schemes,
// tabs inside. We read the second and write the first, for http and https; other schemes are kept as opaque text.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace voice {

struct Url {
  std::string scheme;                ///< lower case, without ':'
  std::string userinfo;              ///< without '@'
  std::string host;                  ///< lower case; IPv6 in brackets; IDN as it was written
  std::optional<int> port;           ///< absent for the scheme's default port
  std::string path;                  ///< starts with '/' for http and https; opaque text for others (mailto:, tag:)
  std::optional<std::string> query;  ///< without '?'
  std::optional<std::string> fragment;

  bool is_web() const { return scheme == "http" || scheme == "https"; }
  std::string text() const;
  std::string origin() const;  ///< "https://host:port", the port left out where it is the default
};

/// Reads an absolute address. Nothing for relative ones, and for http(s) without a host or with a broken port.
std::optional<Url> parse_url(std::string_view text);

/// `reference` as seen from `base` (RFC 3986, 5.2). Nothing where the result would not be an absolute address.
std::optional<Url> resolve_url(const Url& base, std::string_view reference);

/// The resolved address as text; `reference` trimmed and unchanged where it cannot be resolved or `base` is empty.
std::string resolve_text(std::string_view base, std::string_view reference);

/// The address reduced to what tells pages apart, for comparing only: no scheme, `www.`, fragment, trailing slash, default
/// file name or tracking parameters; the rest of the query sorted. "https://www.a.uk/x/?utm_source=y#z" is "a.uk/x".
std::string url_key(std::string_view address);

/// The name under which hosts share an owner: the last two labels, or three under registries such as .gov.uk, .co.uk and
/// .wordpress.com (a short list of those met in this field; not the Public Suffix List). IP addresses are themselves.
std::string registrable_domain(std::string_view host);

/// True for a query parameter that only tells the site where a reader came from (utm_*, fbclid, gclid ...).
bool is_tracking_parameter(std::string_view name);

std::string percent_encode(std::string_view text);  ///< for a query or path value: all but unreserved characters
std::string percent_decode(std::string_view text);  ///< '+' stays '+'; broken escapes stay as they are

}  // namespace voice
