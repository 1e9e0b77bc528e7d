// base/files.h - whole files in and out.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace voice {

/// Everything in the file at `path`; "-" is standard input. Errors: io, naming the file and why.
Result<std::string> read_file(const std::string& path);

/// Writes through a temporary file beside it, so that `path` never holds half. Errors: io.
Result<Done> write_file(const std::string& path, std::string_view bytes);

}  // namespace voice
