#include "server/routes.h"

namespace voice::server {

void add_push_routes(Router&) {}

}  // namespace voice::server
