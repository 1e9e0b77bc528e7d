// fetcher/home_visits.h - looks at members' home pages: once after a blog joined, then once a month.
//
// A blog may name its WebSub hub only in the head of its pages (WebSub, section 4); what that hub pushes is the page, and so a
// hint that makes the feed due. Its icon is taken too and shown from here, so that no reader's browser has to ask the blog.
// Nobody gave us these addresses to poll, so robots.txt is asked before.
#pragma once
#include <stop_token>

#include "base/clock.h"
#include "base/log.h"
#include "base/tokens.h"
#include "config/settings.h"
#include "fetcher/http_client.h"
#include "store/db.h"

namespace voice::fetcher {

struct HomeVisits {
  store::Database& database;
  const config::Settings& settings;
  Clock& clock;
  TokenSource& chance;
  Log& log;
  HttpClient& client;          ///< must have nothing else under way
  milliseconds spacing{1000};  ///< between two requests
};

/// Visits the homes that are due, one after the other, a few at a time; returns how many. Asked to stop, it ends within five
/// seconds.
int visit_homes(HomeVisits parts, const std::stop_token& stop = {});

}  // namespace voice::fetcher
