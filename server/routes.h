// server/routes.h - every route of the hub, in one table for each kind of visitor.
#pragma once
#include "server/router.h"

namespace voice::server {

void add_reader_routes(Router& router);   ///< pages for readers
void add_desk_routes(Router& router);     ///< sign-in, forms, the editors' desk
void add_machine_routes(Router& router);  ///< feeds, outlines, API, health, static files
void add_push_routes(Router& router);     ///< WebSub, both ways

void add_all_routes(Router& router);

}  // namespace voice::server
