// base/result.h - a value, or the reason there is none.
//
// The outside world failing is ordinary here (timeouts, broken XML, bad dates), so it travels as a value that the caller
// must look at. An Error is a code for the program and one line for whoever reads the log; each level that passes it up
// adds what it was doing with in(). The machine being unwell (disk full, corrupt database) is thrown instead.
#pragma once
#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace voice {

enum class ErrorCode {
  malformed,    // the input has no reading, or more than one
  unsupported,  // understood, but not something we do
  too_large,    // over a limit of size, depth or number
  not_found,
  refused,   // a rule forbids it (address guard, permission, settings)
  conflict,  // somebody else changed it first, or it is already there
  expired,
  timed_out,
  network,  // no answer from the other side, or not an HTTP one
  io,       // a local file or folder
};

/// A stable lower-case name for logs and machine output, for example "too_large".
const char* name_of(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::malformed;
  std::string what;  ///< UTF-8, one line, no full stop; may quote the input, so escape it where it is shown

  /// The same error with what was being done in front: `error.in("reading config/voice.toml")`.
  Error in(const std::string& doing) const { return {code, doing + ": " + what}; }
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  bool ok() const { return state_.index() == 0; }
  const T& operator*() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T& operator*() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& operator*() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  const T* operator->() const { return &**this; }
  T* operator->() { return &**this; }
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }
  T value_or(T otherwise) const& { return ok() ? **this : std::move(otherwise); }

 private:
  std::variant<T, Error> state_;
};

/// For operations that only succeed or fail.
struct Done {};

}  // namespace voice
