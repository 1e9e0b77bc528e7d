#include "server/routes.h"

namespace voice::server {

void add_reader_routes(Router&) {}

}  // namespace voice::server
