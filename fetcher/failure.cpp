#include "fetcher/failure.h"

#include <fmt/format.h>

namespace voice::fetcher {
namespace {

struct Wording {
  FailureClass kind;
  const char* name;
  const char* sentence;  ///< {} is where the detail goes
  const char* hint;
};

constexpr Wording kWordings[] = {
    {FailureClass::bad_address, "bad_address", "The address cannot be read as a web address.",
     "Check that it begins with https:// and has no spaces in it."},
    {FailureClass::refused_address, "refused_address", "The address is not one this hub may reach: {}.",
     "The feed must be on the public internet, on http or https and a usual port."},
    {FailureClass::name_not_found, "name_not_found", "There is no such site: its name was not found.",
     "Check the spelling; if it is right, the domain may have expired."},
    {FailureClass::dns, "dns", "The name of the site could not be looked up.",
     "Usually this passes by itself; if not, the domain's name servers need attention."},
    {FailureClass::connect, "connect", "The site did not accept a connection.",
     "The server may be down, or a firewall may turn our requests away."},
    {FailureClass::tls, "tls", "A secure connection was not possible.",
     "The certificate may have expired, be for another name, or lack its intermediate certificate."},
    {FailureClass::timed_out, "timed_out", "The site took too long to answer.",
     "The server may be overloaded; we try again less often until it answers in time."},
    {FailureClass::interrupted, "interrupted", "The connection broke before the feed was complete.",
     "If this lasts, the server announces a wrong length or closes connections early."},
    {FailureClass::bad_response, "bad_response", "The server's answer could not be understood.",
     "Something between the site and us breaks its answers; a proxy or a plugin is the usual cause."},
    {FailureClass::bad_encoding, "bad_encoding", "The feed was sent in a compression that cannot be undone.",
     "The server says that the feed is compressed when it is not, or it is compressed wrongly."},
    {FailureClass::too_large, "too_large", "The feed is larger than we accept.",
     "Limit the feed to the newest posts; most readers need no more than twenty."},
    {FailureClass::too_many_redirects, "too_many_redirects", "The address leads on to other addresses without end.",
     "Give the feed's final address, or correct the redirects."},
    {FailureClass::bad_redirect, "bad_redirect", "The address redirects to nowhere we can follow.",
     "Correct the redirect, or give the feed's own address."},
    {FailureClass::unauthorised, "unauthorised", "The feed asks for a password.",
     "Make the feed public: a hub cannot log in."},
    {FailureClass::forbidden, "forbidden", "The server refuses to give us the feed.",
     "A firewall or security plugin blocks us; allow the user agent \"voice\"."},
    {FailureClass::not_found, "not_found", "There is no feed at this address any more.",
     "If the feed has moved, give its new address."},
    {FailureClass::gone, "gone", "The server says that the feed is gone for good.",
     "If that is not so, correct the server's answer or give the new address."},
    {FailureClass::rate_limited, "rate_limited", "The server asked us to come less often.",
     "Nothing to do: we wait as long as it asks."},
    {FailureClass::server_error, "server_error", "The site has a fault of its own.",
     "Nothing to do unless it lasts; then look at the site's error log."},
    {FailureClass::http_status, "http_status", "The server answered in a way that brings no feed.",
     "Open the feed's address in a browser to see what it says."},
    {FailureClass::not_a_feed, "not_a_feed", "What came back is not a feed.",
     "The address may show a web page or a login form; give the address of the feed itself."},
    {FailureClass::empty, "empty", "The feed is empty: nothing came back.",
     "A plugin or an error on the site may have emptied it; open the feed's address in a browser."},
    {FailureClass::truncated, "truncated", "The feed stops in the middle.",
     "The site's software failed while writing the feed; its error log says why."},
    {FailureClass::busy_address, "busy_address", "Another request to the same server is under way.", ""},
    {FailureClass::cancelled, "cancelled", "The hub was stopped.", ""},
};

const Wording& wording_of(FailureClass kind) {
  for (const auto& row : kWordings)
    if (row.kind == kind) return row;
  return kWordings[0];
}

}  // namespace

const char* name_of(FailureClass kind) { return wording_of(kind).name; }

std::optional<FailureClass> failure_class_named(std::string_view name) {
  for (const auto& row : kWordings)
    if (name == row.name) return row.kind;
  return std::nullopt;
}

Failure failure(FailureClass kind, std::string detail, int status) {
  const auto& wording = wording_of(kind);
  Failure out;
  out.kind = kind;
  out.status = status;
  out.sentence = fmt::format(fmt::runtime(wording.sentence), detail);
  if (status != 0) out.sentence += fmt::format(" (It answered with status {}.)", status);
  out.hint = wording.hint;
  out.detail = std::move(detail);
  return out;
}

}  // namespace voice::fetcher
