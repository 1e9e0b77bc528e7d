// Markdown comes out as safe as everything else, whatever raw HTML is in it.
#include <string_view>

#include "content/markdown.h"
#include "content/safe_list.h"
#include "content/sanitizer.h"
#include "property.h"

void fuzz_markdown(std::string_view input) {
  using namespace voice::content;
  const auto safe = render_markdown(input);
  const auto fault = unsafe_in(safe.text());
  voice::fuzz::property(fault.empty(), fault.c_str());
  voice::fuzz::property(sanitize(safe.text(), "").text() == safe.text(), "a fixed point");
}
