#include "feeds/iconv.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>

#include "base/text.h"

namespace voice::feeds {
namespace {

class Converter {
 public:
  explicit Converter(const char* name) : handle_(iconv_open("UTF-8", name)) {}
  ~Converter() {
    if (usable()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool usable() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // Converts until the end or the first broken byte; moves `in` past what was read. 0 or errno.
  int run(std::string_view& in, std::string& out) {
    std::array<char, 8192> buffer;
    for (;;) {
      char* from = const_cast<char*>(in.data());
      std::size_t left = in.size();
      char* to = buffer.data();
      std::size_t space = buffer.size();
      const auto outcome = iconv(handle_, in.empty() ? nullptr : &from, &left, &to, &space);
      const int reason = outcome == static_cast<std::size_t>(-1) ? errno : 0;
      out.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
      const bool was_flush = in.empty();
      in.remove_prefix(in.size() - left);
      if (reason == E2BIG) continue;
      if (reason != 0) return reason;
      if (was_flush) return 0;
    }
  }
  void reset() { iconv(handle_, nullptr, nullptr, nullptr, nullptr); }

 private:
  iconv_t handle_;
};

// How far apart characters begin: skipping one byte of UTF-16 would misread all that follows.
std::size_t unit_of(std::string_view iconv_name) {
  return iconv_name.starts_with("UTF-16") ? 2 : iconv_name.starts_with("UTF-32") ? 4 : 1;
}

}  // namespace

bool knows_charset(const char* iconv_name) { return Converter(iconv_name).usable(); }

Converted convert(std::string_view bytes, const char* iconv_name) {
  Converted out;
  Converter converter(iconv_name);
  if (!converter.usable()) return {repair_utf8(bytes), bytes.size()};
  out.text.reserve(bytes.size() + bytes.size() / 4);
  const auto unit = unit_of(iconv_name);
  while (converter.run(bytes, out.text) != 0) {
    if (bytes.empty()) break;
    out.text += "\xEF\xBF\xBD";
    ++out.broken;
    bytes.remove_prefix(std::min(unit, bytes.size()));
    converter.reset();
  }
  // glibc lets a few code points through that UTF-8 must not hold (surrogates from UTF-16).
  if (!is_valid_utf8(out.text)) out.text = repair_utf8(out.text);
  return out;
}

}  // namespace voice::feeds
