// server/error_pages.h - what a person sees when there is no page to show.
#pragma once
#include <string>

#include "server/request.h"
#include "server/response.h"
#include "server/site.h"

namespace voice::server {

/// The page for a status of 400 and over. It needs no database: the database may be what failed. Never throws.
/// A `reference` is given with 500 only: it is in the log beside what went wrong.
Response error_page(const Request& request, const Site& site, int status, const std::string& reference);

}  // namespace voice::server
