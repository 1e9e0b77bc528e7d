#include "server/desk.h"
#include "server/routes.h"

namespace voice::server {

void add_desk_routes(Router& router) {
  add_sign_in_routes(router);
  add_join_routes(router);
  add_my_blog_routes(router);
  add_claim_routes(router);
  add_guest_routes(router);
  add_editor_routes(router);
  add_report_routes(router);
}

}  // namespace voice::server
