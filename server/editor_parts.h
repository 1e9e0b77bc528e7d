// server/editor_parts.h - the parts of the editors' desk that have a file of their own.
#pragma once
#include "server/router.h"

namespace voice::server {

void add_editor_post_routes(Router& router);   ///< hide, restore, feature
void add_editor_guest_routes(Router& router);  ///< guest posts as editors see them
void add_editor_topic_routes(Router& router);  ///< what puts a post under a topic

}  // namespace voice::server
