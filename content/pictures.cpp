#include "content/pictures.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace voice::content::html {
namespace {

constexpr std::array<std::string_view, 9> kLazyNames = {"data-src",      "data-lazy-src",   "data-original",
                                                        "data-lazy",     "data-url",        "data-image",
                                                        "data-orig-src", "data-hi-res-src", "data-img-src"};
constexpr std::array<std::string_view, 4> kLazySets = {"data-srcset", "data-lazy-srcset", "data-original-set",
                                                       "data-responsive-srcset"};

// What loaders show until they have the real thing.
bool is_stand_in(std::string_view src) {
  src = trim(src);
  if (src.empty() || starts_with_ignoring_case(src, "data:") || starts_with_ignoring_case(src, "about:") || src == "#")
    return true;
  const auto path = to_ascii_lower(src.substr(0, src.find_first_of("?#")));
  const auto name = std::string_view(path).substr(path.rfind('/') + 1);
  for (const std::string_view word : {"placeholder", "spacer", "blank.", "lazy", "loading", "transparent", "pixel.",
                                      "1x1", "grey.gif", "gray.gif", "trans.gif"})
    if (name.find(word) != std::string_view::npos) return true;
  return false;
}

std::optional<int> pixels(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.ends_with('%')) return std::nullopt;
  return number_from(text, 0, 20000);
}

// The length a style gives to `property`, in pixels.
std::optional<int> style_pixels(std::string_view style, std::string_view property) {
  for (const auto declaration : split(style, ';')) {
    const auto colon = declaration.find(':');
    if (colon == std::string_view::npos || !equals_ignoring_case(trim(declaration.substr(0, colon)), property))
      continue;
    return pixels(declaration.substr(colon + 1));
  }
  return std::nullopt;
}

bool is_tiny(std::optional<int> length) { return length && *length <= 1; }

// Addresses that exist to be requested, not to be seen. `url` is as we write it: the host is lower case.
bool is_counter(std::string_view url) {
  const auto host_at = url.find("://") + 3;
  const auto host_end = std::min(url.find('/', host_at), url.size());
  const auto host = url.substr(host_at, host_end - host_at), path = url.substr(host_end);
  for (const std::string_view counting : {"pixel.wp.com", "stats.wordpress.com", "b.scorecardresearch.com",
                                          "pixel.quantserve.com", "google-analytics.com", "www.google-analytics.com",
                                          "ad.doubleclick.net", "googleads.g.doubleclick.net", "feeds.wordpress.com"})
    if (host == counting) return true;
  return path.starts_with("/~r/") || path.starts_with("/~4/") ||
         (host == "www.facebook.com" && path.starts_with("/tr"));
}

bool only_counts_readers(const Node& from, std::string_view url) {
  const auto style = from.value_of("style");
  if (is_tiny(pixels(from.value_of("width"))) && is_tiny(pixels(from.value_of("height")))) return true;
  if (is_tiny(style_pixels(style, "width")) && is_tiny(style_pixels(style, "height"))) return true;
  return is_counter(url);
}

// The file a picture comes from, whatever its size: "photo-300x200.jpg?w=600" is "photo.jpg".
std::string key_of(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const auto slash = url.rfind('/'), dot = url.rfind('.');
  if (dot == std::string_view::npos || dot < slash) return std::string(url);
  auto stem = url.substr(0, dot);
  const auto dash = stem.rfind('-');
  if (dash != std::string_view::npos && dash > slash) {
    const auto size = stem.substr(dash + 1);
    const auto times = size.find('x');
    const bool is_size = times != std::string_view::npos && times > 0 && times + 1 < size.size() &&
                         std::all_of(size.begin(), size.end(), [](char c) { return is_digit(c) || c == 'x'; });
    if (is_size) stem = stem.substr(0, dash);
  }
  return std::string(stem) + std::string(url.substr(dot));
}

std::string_view first_of_set(std::string_view srcset) {
  // The widest of the first candidates would be dearest; the first is what the page's author put first.
  const auto candidates = image_candidates(srcset, 1);
  return candidates.empty() ? std::string_view() : candidates.front().url;
}

std::string_view lazy_set(const Node& from) {
  for (const auto name : kLazySets)
    if (const auto* set = from.find(name); set && !trim(*set).empty()) return *set;
  return {};
}

}  // namespace

std::string_view Pictures::resource(std::string_view reference) {
  reference = trim(reference);
  if (Addresses::is_settled(reference)) return reference;
  const auto url = addresses_.resource(reference);
  return url ? tree_.keep(*url) : std::string_view();
}

// Where the picture really is: loaders leave a stand-in in src and the address elsewhere.
Pictures::Source Pictures::source_of(const Node& from) {
  const auto src = from.value_of("src");
  if (!is_stand_in(src))
    if (const auto url = resource(src); !url.empty()) return {url, false};
  for (const auto name : kLazyNames)
    if (const auto* value = from.find(name); value && !is_stand_in(*value))
      if (const auto url = resource(*value); !url.empty()) return {url, true};
  for (const auto set : {lazy_set(from), from.value_of("srcset")})
    if (const auto first = first_of_set(set); !is_stand_in(first))
      if (const auto url = resource(first); !url.empty()) return {url, true};
  // A stand-in by name only may be somebody's real picture.
  return {resource(src), false};
}

Node* Pictures::image(const Node& from) {
  const auto source = source_of(from);
  if (source.url.empty() || only_counts_readers(from, source.url)) return nullptr;
  if (has_fallbacks_) {
    last_ = key_of(source.url);
    if (fallbacks_.erase(last_) > 0) return nullptr;  // the <noscript> before it showed the same file
    if (source.lazy) recovered_.insert(last_);
  }
  return build(from, source.url);
}

Node* Pictures::fallback_image(const Node& from) {
  const auto url = resource(from.value_of("src"));
  if (url.empty() || only_counts_readers(from, url)) return nullptr;
  const auto key = key_of(url);
  if (key == last_ || recovered_.contains(key)) return nullptr;
  fallbacks_.insert(key);
  return build(from, url);
}

void Pictures::finish(Node& node) { tree_.set_attributes(node, attributes_); }

Node* Pictures::build(const Node& from, std::string_view src) {
  attributes_.assign(1, {"src", src});
  const auto add = [&](std::string_view name, std::string_view value) {
    attributes_.push_back({name, tree_.keep(value)});
  };
  auto set = lazy_set(from);
  if (set.empty()) set = from.value_of("srcset");
  if (!set.empty())
    if (const auto safe = addresses_.image_set(set); !safe.empty()) {
      add("srcset", safe);
      const auto sizes = collapse_space(from.value_of("sizes"));
      const bool plain = !sizes.empty() && sizes.size() <= 200 && std::all_of(sizes.begin(), sizes.end(), [](char c) {
        return is_alpha(c) || is_digit(c) || std::string_view(" ,.:()-%").find(c) != std::string_view::npos;
      });
      if (plain) add("sizes", sizes);
    }
  add("alt", fit_line(from.value_of("alt")));
  if (const auto title = fit_line(from.value_of("title")); !title.empty()) add("title", title);
  for (const std::string_view side : {"width", "height"})
    if (const auto length = pixels(from.value_of(side)); length && *length > 0) add(side, std::to_string(*length));
  for (const auto name : split(from.value_of("class"), ' '))
    if (name == "emoji" || name == "wp-smiley") {
      attributes_.push_back({"class", "emoji"});
      break;
    }
  attributes_.push_back({"loading", "lazy"});
  attributes_.push_back({"referrerpolicy", "no-referrer"});
  Node& image = tree_.element(Tag::img);
  finish(image);
  return &image;
}

namespace {
const Node* find_image(const Node& from) {
  for (const Node* child = from.first; child; child = child->next) {
    if (child->tag == Tag::img) return child;
    if (const Node* found = find_image(*child)) return found;
  }
  return nullptr;
}
}  // namespace

Node* Pictures::picture(const Node& from) {
  const Node* source_image = find_image(from);
  Node* shown = source_image ? image(*source_image) : nullptr;
  Node& picture = tree_.element(Tag::picture);
  for (const Node* child = from.first; child; child = child->next) {
    if (child->tag != Tag::source) continue;
    auto set = lazy_set(*child);
    if (set.empty()) set = child->value_of("srcset");
    const auto safe = addresses_.image_set(set);
    if (safe.empty()) continue;
    attributes_.assign(1, {"srcset", tree_.keep(safe)});
    const auto add_plain = [&](std::string_view name, std::string_view allowed) {
      const auto value = collapse_space(child->value_of(name));
      const bool plain = !value.empty() && value.size() <= 200 && std::all_of(value.begin(), value.end(), [&](char c) {
        return is_alpha(c) || is_digit(c) || allowed.find(c) != std::string_view::npos;
      });
      if (plain) attributes_.push_back({name, tree_.keep(value)});
    };
    add_plain("sizes", " ,.:()-%");
    add_plain("media", " ,.:()-");
    add_plain("type", "/+-.");
    Node& source = tree_.element(Tag::source);
    finish(source);
    append(picture, source);
  }
  if (!shown) return nullptr;
  if (!picture.first) return shown;
  append(picture, *shown);
  return &picture;
}

}  // namespace voice::content::html
