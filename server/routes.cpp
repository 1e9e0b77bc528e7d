#include "server/routes.h"

namespace voice::server {

void add_all_routes(Router& router) {
  add_machine_routes(router);
  add_push_routes(router);
  add_reader_routes(router);
  add_desk_routes(router);
}

}  // namespace voice::server
