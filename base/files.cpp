#include "base/files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace voice {
namespace {

// Not by a stream: that takes a folder, or a disk that fails, for an empty file.
bool read_all(int file, std::string& bytes) {
  constexpr std::size_t kAtOnce = 64 * 1024;
  for (;;) {
    const auto had = bytes.size();
    bytes.resize(had + kAtOnce);
    const auto got = ::read(file, bytes.data() + had, kAtOnce);
    const bool again = got < 0 && errno == EINTR;
    bytes.resize(had + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got <= 0 && !again) return got == 0;
  }
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  const bool is_standard_input = path == "-";
  const int file = is_standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::string bytes;
  const bool read = file >= 0 && read_all(file, bytes);
  const int why = errno;
  if (file >= 0 && !is_standard_input) ::close(file);
  if (read) return bytes;
  return Error{ErrorCode::io, (is_standard_input ? "standard input" : path) + " cannot be read: " + std::strerror(why)};
}

Result<Done> write_file(const std::string& path, std::string_view bytes) {
  const std::string half = path + ".part";
  {
    std::ofstream out(half, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return Error{ErrorCode::io, path + " cannot be written: " + std::strerror(errno)};
  }
  std::error_code problem;
  std::filesystem::rename(half, path, problem);
  if (problem) return Error{ErrorCode::io, path + " cannot be written: " + problem.message()};
  return Done{};
}

}  // namespace voice
