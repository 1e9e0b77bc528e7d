// server/api.h - what the hub knows, as JSON for other people's programs. Read-only; docs/API.md is its manual.
//
// Every list answers {"items": [...], "next": ADDRESS or null}. A cursor marks a place, not a page number, so nothing is
// skipped or seen twice while posts arrive. An entry says no more of a post than its blogger agreed to. A parameter that an
// address does not know is refused, because an answer to a wider question would look like one to the question asked.
#pragma once
#include "server/request.h"
#include "server/response.h"
#include "server/site.h"
#include "store/db.h"

namespace voice::server {

/// ?blog=SLUG | ?topic=SLUG | ?organisation=SLUG | ?person=SLUG | ?q=WORDS, ?limit=1..100 (20), ?before=CURSOR
Response api_entries(const Request& request, const Site& site, store::Reader& db);
Response api_entry(const Request& request, const Site& site, store::Reader& db);
Response api_blogs(const Request& request, const Site& site, store::Reader& db);  ///< ?limit, ?after=SLUG
Response api_blog(const Request& request, const Site& site, store::Reader& db);
Response api_topics(const Request& request, const Site& site, store::Reader& db);
Response api_organisations(const Request& request, const Site& site, store::Reader& db);  ///< those with blogs
/// What an address of the API says in place of a page for `status`, 400 and over: {"error": {"code": ..., "what": ...}}.
Response api_failure(const Site& site, int status);

}  // namespace voice::server
