// Wherever the network cuts chunks, what comes out is the same, and never more than the limit.
#include <algorithm>
#include <string>
#include <string_view>

#include "property.h"
#include "server/chunked.h"

namespace {

constexpr std::size_t kLimit = 4096;

struct Outcome {
  voice::server::Framed state = voice::server::Framed::incomplete;
  int status = 0;
  std::string in;
  std::size_t body = 0;
};

Outcome read_in_steps(std::string_view input, std::size_t step) {
  Outcome outcome;
  outcome.in = "HEAD";
  voice::server::ChunkedBody body(4, kLimit);
  std::size_t at = 0;
  while (at < input.size() && outcome.state == voice::server::Framed::incomplete) {
    outcome.in += input.substr(at, step);
    at += std::min(step, input.size() - at);
    outcome.state = body.read(outcome.in);
  }
  if (at < input.size()) outcome.in += input.substr(at);
  outcome.status = body.status();
  outcome.body = body.body_bytes();
  return outcome;
}

}  // namespace

void fuzz_chunked(std::string_view input) {
  using voice::fuzz::property;
  using voice::server::Framed;
  const auto whole = read_in_steps(input, input.size() + 1);
  property(whole.body <= kLimit, "no more than the limit");
  property(whole.in.starts_with("HEAD") && whole.in.size() >= 4 + whole.body, "the body follows the head");
  property((whole.state == Framed::refused) == (whole.status != 0), "a status where it is refused");
  for (const std::size_t step : {1U, 3U, 64U}) {
    const auto cut = read_in_steps(input, step);
    property(cut.state == whole.state && cut.status == whole.status, "the same wherever it is cut");
    if (whole.state == Framed::complete) property(cut.in == whole.in && cut.body == whole.body, "the same bytes");
  }
}
