#include "server/chunked.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace voice::server {
namespace {

constexpr std::size_t kLongestLine = 1024;
constexpr std::size_t kMostBeside = 8 * 1024;  // extensions and trailers of one body

// The line at `at` without its end; nothing while it has not arrived. A line feed without its carriage return ends a line for
// some readers and not for others, so it is no part of any line here.
std::optional<std::string_view> line_at(std::string_view bytes, std::size_t at) {
  const auto end = bytes.find("\r\n", at);
  if (end == std::string_view::npos) return std::nullopt;
  return bytes.substr(at, end - at);
}

bool is_clean(std::string_view line) {
  return std::ranges::none_of(line, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

bool ChunkedBody::refuse(int status) {
  status_ = status;
  return false;
}

// "1a", "1a;name=value", "1a ; name": hexadecimal digits, then nothing or an extension.
bool ChunkedBody::take_size(std::string_view line) {
  const auto [after, problem] = std::from_chars(line.data(), line.data() + line.size(), left_, 16);
  const auto extension = line.substr(static_cast<std::size_t>(after - line.data()));
  const auto rest = trim(extension);
  // Overlong numbers are refused by from_chars, "0x1a" and "+1a" end where a reader of another kind goes on.
  if (problem == std::errc::result_out_of_range) return refuse(413);
  if (problem != std::errc() || (!extension.empty() && !rest.starts_with(';'))) return refuse(400);
  if (left_ > longest_ - body_bytes()) return refuse(413);
  beside_ += extension.size();
  part_ = left_ == 0 ? Part::trailers : Part::data;
  return true;
}

// True when it is worth going on: false when more has to arrive, or it is refused.
bool ChunkedBody::take_part(std::string& in) {
  if (part_ == Part::data) {
    const auto here = std::min(left_, in.size() - at_);
    std::memmove(in.data() + end_, in.data() + at_, here);
    end_ += here;
    at_ += here;
    left_ -= here;
    if (left_ > 0) return false;
    part_ = Part::end_of_data;
    return true;
  }
  if (part_ == Part::end_of_data) {
    const auto ending = std::string_view(in).substr(at_, 2);
    if (!std::string_view("\r\n").starts_with(ending)) return refuse(400);
    if (ending.size() < 2) return false;
    at_ += 2;
    part_ = Part::size;
    return true;
  }
  const auto line = line_at(in, at_);
  // A line of the longest length may have come up to the carriage return of its end.
  if (!line) return in.size() - at_ > kLongestLine + 1 ? refuse(400) : false;
  if (line->size() > kLongestLine || !is_clean(*line)) return refuse(400);
  at_ += line->size() + 2;
  if (part_ == Part::size) {
    if (!take_size(*line)) return false;
  } else if (line->empty()) {
    part_ = Part::over;
    return false;
  } else {
    beside_ += line->size();
  }
  return beside_ <= kMostBeside || refuse(400);
}

Framed ChunkedBody::read(std::string& in) {
  at_ = end_;
  while (take_part(in)) {}
  in.erase(end_, at_ - end_);
  if (status_ != 0) return Framed::refused;
  return part_ == Part::over ? Framed::complete : Framed::incomplete;
}

void say_length(std::string& in, std::size_t body_bytes) {
  const auto framing = read_head(in);
  for (const auto& [name, value] : framing.head.headers) {
    if (!equals_ignoring_case(name, "Transfer-Encoding")) continue;
    const auto from = static_cast<std::size_t>(name.data() - in.data());
    const auto to = static_cast<std::size_t>(value.data() + value.size() - in.data());
    in.replace(from, to - from, "Content-Length: " + std::to_string(body_bytes));
    return;
  }
}

}  // namespace voice::server
