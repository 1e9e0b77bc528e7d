#include "base/result.h"

namespace voice {

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed: return "malformed";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::too_large: return "too_large";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::refused: return "refused";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::expired: return "expired";
    case ErrorCode::timed_out: return "timed_out";
    case ErrorCode::network: return "network";
    case ErrorCode::io: return "io";
  }
  return "unknown";
}

}  // namespace voice
