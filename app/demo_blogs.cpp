#include "app/demo_blogs.h"

#include <atomic>
#include <charconv>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text.h"
#include "base/time.h"

namespace voice::app {
namespace {

using store::BlogKind;
using store::Shown;

struct Sample {
  const char* name;  // other samples link to it by this name
  const char* file;
  const char* path;
  const char* type;
  store::NewBlog blog;
};

std::vector<Sample> samples() {
  const auto organisation = [](const char* title, const char* who, BlogKind kind, Shown shown = Shown::excerpt) {
    return store::NewBlog{.title = title, .organisation = who, .kind = kind, .shown = shown};
  };
  return {
      {"fernshire", "fernshire.xml", "/feed", "application/rss+xml; charset=utf-8",
       organisation("Fernshire Digital (sample)", "Fernshire County Council", BlogKind::council_team, Shown::full)},
      {"ashby", "ashby.xml", "/feed.atom", "application/atom+xml",
       organisation("Weeknotes from Ashby Vale (sample)", "Ashby Vale District Council", BlogKind::practitioner)},
      {"desk", "desk_notes.json", "/feed.json", "application/feed+json",
       organisation("Notes from the service desk (sample)", "", BlogKind::practitioner, Shown::full)},
      {"data", "data_standards.rdf", "/index.rdf", "application/rdf+xml",
       organisation("Fields and Values (sample)", "Institute of Invented Standards", BlogKind::sector_body)},
      {"clerk", "committee_clerk.xml", "/rss.xml", "text/xml",
       organisation("The Committee Clerk (sample)", "Little Wittering Town Council", BlogKind::practitioner)},
      {"bytes", "town_hall_bytes.xml", "/atom.xml", "application/atom+xml",
       organisation("Town Hall Bytes (sample)", "Ashby Vale District Council", BlogKind::practitioner, Shown::title)},
      {"dyffryn", "dyffryn.xml", "/feed", "application/rss+xml",
       organisation("Digidol Dyffryn Glas (sampl)", "Cyngor Dyffryn Glas", BlogKind::council_team)},
      {"podcast", "podcast.xml", "/podcast.xml", "application/rss+xml",
       organisation("Counter Service, the podcast (sample)", "", BlogKind::sector_body)},
      {"supplier", "supplier.xml", "/atom.xml", "application/atom+xml",
       organisation("Bramble and Co on local services (sample)", "Bramble and Co", BlogKind::supplier)},
      {"channel", "old_channel.cdf", "/channel.cdf", "application/x-cdf",
       organisation("Push It (sample)", "", BlogKind::central_government)},
      {"half", "half_finished.xml", "/feed", "application/rss+xml",
       organisation("Half-finished sentences (sample)", "Fernshire County Council", BlogKind::practitioner)},
  };
}

std::string_view demo_file(std::string_view name) {
  for (const auto& file : embedded_demo_blogs())
    if (file.name == name) return file.bytes;
  throw std::logic_error(fmt::format("no sample document {}", name));
}

// One second of a quiet 440 Hz tone, 8 kHz, 16 bits: an enclosure that plays.
std::string tone() {
  std::string sound(
      "RIFF\xA4\x3E\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1F\0\0\x80\x3E\0\0\2\0\x10\0"
      "data\x80\x3E\0\0",
      44);
  for (int i = 0; i < 8000; ++i) {
    const int sample = (i * 440 / 8000) % 2 == 0 ? 1200 : -1200;
    sound += static_cast<char>(sample & 0xFF);
    sound += static_cast<char>((sample >> 8) & 0xFF);
  }
  return sound;
}

constexpr std::string_view kPicture =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320"><rect width="640" height="320" fill="#eee"/>)"
    R"(<rect x="120" y="40" width="140" height="260" fill="#456"/><rect x="380" y="169" width="140" height="131" fill="#9a4"/></svg>)";

OriginAnswer page(const store::NewBlog& blog, const std::string& feed_path, const std::string& feed_type) {
  return {.status = 200,
          .content_type = "text/html; charset=utf-8",
          .body = fmt::format(
              "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title>"
              "<link rel=\"alternate\" type=\"{2}\" href=\"{1}\" title=\"{0}\"></head><body><h1>{0}</h1>"
              "<p>This is a page of a sample blog, served by the demo from this computer.</p></body></html>",
              escape_markup(blog.title), feed_path, feed_type),
          .headers = {}};
}

std::int64_t seconds_in(std::string_view text) {
  std::int64_t count = 0;
  std::from_chars(text.data() + 1, text.data() + text.size(), count);  // after the minus
  return count * (text.ends_with('d') ? 86400 : 3600);
}

}  // namespace

std::string fill_sample(std::string_view document, const std::string& here,
                        const std::map<std::string, std::string>& addresses, sys_seconds now) {
  std::string out;
  for (;;) {
    const auto open = document.find('@');
    out += document.substr(0, open);
    if (open == std::string_view::npos) return out;
    const auto close = document.find('@', open + 1);
    if (close == std::string_view::npos) return out.append(document.substr(open));
    const auto word = document.substr(open + 1, close - open - 1);
    const auto bracket = word.find('(');
    const auto when = [&] {
      return now - std::chrono::seconds{seconds_in(word.substr(bracket + 1, word.size() - bracket - 2))};
    };
    if (word == "here")
      out += here;
    else if (word.starts_with("rfc822("))
      out += rfc822(when());
    else if (word.starts_with("rfc3339("))
      out += rfc3339(when());
    else if (const auto other = addresses.find(std::string(word)); other != addresses.end())
      out += other->second;
    else
      throw std::logic_error(fmt::format("a sample document asks for @{}@", word));
    document.remove_prefix(close + 1);
  }
}

std::vector<store::NewBlog> add_demo_blogs(LoopbackOrigin& origin, const Clock& clock) {
  const auto now = clock.now();
  const auto addresses = std::make_shared<std::map<std::string, std::string>>();
  std::vector<store::NewBlog> blogs;
  for (auto& sample : samples()) {
    const auto polls = std::make_shared<std::atomic<int>>(0);
    const std::string path = sample.path;
    const auto answer = [=, blog = sample.blog](const OriginRequest& request) -> std::optional<OriginAnswer> {
      if (request.path.ends_with(".wav")) return OriginAnswer{.content_type = "audio/wav", .body = tone()};
      if (request.path.ends_with(".svg"))
        return OriginAnswer{.content_type = "image/svg+xml", .body = std::string(kPicture)};
      if (request.path != path) return page(blog, path, sample.type);
      // Its first answer is the error page of a blog that lost its database; the next one is a feed again, if a broken one.
      if (std::string_view(sample.name) == "half" && polls->fetch_add(1) == 0)
        return OriginAnswer{
            .status = 500, .content_type = "text/html", .body = "<h1>Error establishing a database connection</h1>"};
      return OriginAnswer{.content_type = sample.type,
                          .body = fill_sample(demo_file(sample.file), addresses->at(sample.name), *addresses, now)};
    };
    const auto here = origin.add(answer);
    addresses->emplace(sample.name, here);
    sample.blog.feed_url = here + sample.path;
    sample.blog.home_url = here + "/";
    blogs.push_back(sample.blog);
  }
  const auto silent = origin.add([](const OriginRequest&) { return std::nullopt; });
  blogs.push_back({.title = "Radio silence (sample)", .feed_url = silent + "/feed", .home_url = silent + "/"});
  return blogs;
}

}  // namespace voice::app
