#include "server/error_pages.h"

#include <exception>
#include <fmt/format.h>

#include "base/text.h"
#include "server/theme.h"
#include "views/page.h"
#include "views/prose_page.h"

namespace voice::server {
namespace {

struct Words {
  const char* heading;
  const char* advice;
};

Words words_for(int status) {
  switch (status) {
    case 400: return {"This address cannot be read", "Check that the whole address was copied."};
    case 403: return {"You cannot do that", "Go back, load the page again, and try once more."};
    case 404: return {"Page not found", "If you typed the address, check that it is correct."};
    case 405:
    case 501: return {"That cannot be done here", "Start again from the page that has the form."};
    case 410: return {"This page has gone", "It was taken away and will not come back."};
    case 413: return {"That is too large", "Send less text or a smaller file."};
    case 414: return {"This address is too long", "Shorten it, or start again from the front page."};
    case 415: return {"This is not one of our forms", "Send it from the page that holds the form."};
    case 429: return {"Too many requests", "Wait a minute, then try again."};
    case 431: return {"Your browser sent too much", "Delete the cookies of this site, then load the page again."};
    default: return {"Something went wrong here", "It is not your fault. Try again in a few minutes."};
  }
}

}  // namespace

namespace {

// For when there are no pages, or they failed too.
Response bare_page(const Site& site, int status, const Words& words, const std::string& reference) {
  const std::string quoted =
      reference.empty() ? ""
                        : fmt::format("<p>If you write to us, give the reference {}.</p>", escape_markup(reference));
  return html(fmt::format("<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>{0} - {1}</title>"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>"
                          "<body><main><h1>{0}</h1><p>{2}</p>{3}<p><a href=\"/\">{1}</a></p></main></body></html>\n",
                          words.heading, escape_markup(site.settings.site.title), words.advice, quoted),
              status);
}

}  // namespace

Response error_page(const Request& request, const Site& site, int status, const std::string& reference) {
  const Words words = words_for(status);
  if (!site.views) return bare_page(site, status, words, reference);
  try {
    views::PageHead head;
    head.title = words.heading;
    head.description = words.advice;
    head.indexing = views::Indexing::no;
    head.theme = theme_of(request);
    return html(site.views->page(head, "error",
                                 model_of(views::MissingPage{.heading = words.heading,
                                                             .advice = words.advice,
                                                             .reference = reference,
                                                             .offers_search = status == 404 || status == 410})),
                status);
  } catch (const std::exception&) {
    return bare_page(site, status, words, reference);
  }
}

}  // namespace voice::server
