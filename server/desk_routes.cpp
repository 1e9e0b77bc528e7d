#include "server/routes.h"

namespace voice::server {

void add_desk_routes(Router&) {}

}  // namespace voice::server
