#include "app/version.h"

namespace voice::app {
std::string_view version() { return VOICE_VERSION; }
}  // namespace voice::app
