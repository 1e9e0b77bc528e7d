// server/theme.h - light or dark pages by the reader's own choice, without script.
//
// The choice is kept in a cookie called "theme" and nowhere else. Pages say which stylesheet applies, so a page exists in up
// to three variants: each is kept under its own key and has its own ETag (server/dispatcher.cpp), and "Vary: Cookie" keeps
// other caches from mixing them.
#pragma once
#include "server/request.h"
#include "server/router.h"
#include "views/page.h"

namespace voice::server {

/// Theme::device for a browser that has chosen nothing, or whose cookie is none that we made.
views::Theme theme_of(const Request& request);

void add_theme_routes(Router& router);

}  // namespace voice::server
