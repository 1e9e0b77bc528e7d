// fetcher/failure.h - why a fetch did not work: a class for the program, a sentence for a person, a hint what to do.
//
// A blogger reads the sentence and the hint on the page about their blog, an editor in a list, the operator in the log. The
// class decides how the fetcher backs off (fetcher/back_off.h) and is what is counted in /metrics.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace voice::fetcher {

enum class FailureClass {
  bad_address,      // not an http(s) address we can read
  refused_address,  // the address guard said no: private address, port, scheme
  name_not_found,   // DNS says there is no such name
  dns,              // DNS did not answer
  connect,          // nothing listens there, or no route
  tls,              // certificate or handshake
  timed_out,        // over a limit of time, or too slow
  interrupted,      // the connection broke in the middle; truncated bodies
  bad_response,     // not HTTP, broken chunks, headers over the limit
  bad_encoding,     // compressed in a way that cannot be undone
  too_large,        // over a limit of size, on the wire or decompressed
  too_many_redirects,
  bad_redirect,  // a redirect without a usable target
  unauthorised,  // 401
  forbidden,     // 403, 451
  not_found,     // 404
  gone,          // 410
  rate_limited,  // 429
  server_error,  // 5xx
  http_status,   // any other status that brings no feed
  not_a_feed,    // a body that is something else
  empty,         // 200 or 204 without a body
  truncated,     // a feed that stops in the middle
  busy_address,  // never recorded: another transfer holds that address, try again later
  cancelled,     // never recorded: we are stopping
};

/// A stable lower-case name for logs, metrics and the database: "name_not_found".
const char* name_of(FailureClass failure);
std::optional<FailureClass> failure_class_named(std::string_view name);

struct Failure {
  FailureClass kind = FailureClass::bad_response;
  std::string sentence;  ///< for a person, with what was seen: "The server answered 404 Not Found."
  std::string hint;      ///< what the blogger or editor can do; may be empty
  int status = 0;        ///< the HTTP status, 0 where there was none
  std::string detail;    ///< for the log: the library's or parser's own words; may be empty
};

/// A failure with the usual sentence and hint of its class. `detail` is put into the sentence where the class has room for
/// it (a status, an address, a limit).
Failure failure(FailureClass kind, std::string detail = {}, int status = 0);

}  // namespace voice::fetcher
