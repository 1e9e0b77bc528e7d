// tests/server/sample_blog.h - a blog on loopback that a test can point /add-your-blog at.
#pragma once
#include <atomic>
#include <string>

#include "base/guarded.h"
#include "tests/fetcher/tiny_origin.h"

namespace voice::server {

inline std::string sample_post(int n, const std::string& title) {
  return "<item><title>" + title + "</title><link>https://sample.example/p" + std::to_string(n) + "</link><guid>p" +
         std::to_string(n) + "</guid><pubDate>Fri, " + std::to_string(10 + n) +
         " Nov 2026 09:00:00 GMT</pubDate><description>Words of post " + std::to_string(n) +
         " &lt;script&gt;alert(1)&lt;/script&gt; end.</description></item>";
}

/// "/" is a page that links two feeds, "/feed" the feed, "/comments" another; "/private" wants a password; "/gone" has gone; "/away" leads to a private address.
struct SampleBlog {
  Guarded<std::string> head{std::string()};  ///< put into the page's head
  Guarded<std::string> items{sample_post(1, "First") + sample_post(2, "Second") + sample_post(3, "Third &lt;b&gt;") +
                             sample_post(4, "Fourth") + sample_post(5, "Fifth") + sample_post(6, "Sixth")};
  testing::TinyOrigin origin{[this](const testing::Seen& seen) { return answer(seen.target()); }};

  std::string url(const std::string& target) const { return origin.url(target); }

 private:
  testing::Reply answer(const std::string& target) {
    if (target == "/") {
      const auto extra = head.with([](const auto& text) { return text; });
      return testing::ok("<!DOCTYPE html><html><head><title>Sample</title>" + extra +
                             "<link rel=alternate type=application/rss+xml title='Sample blog' href=/feed>"
                             "<link rel=alternate type=application/rss+xml title='Sample comments' "
                             "href=/comments></head><body>Hello</body></html>",
                         "Content-Type: text/html\r\n");
    }
    if (target == "/feed" || target == "/comments") {
      const auto all = items.with([](const auto& text) { return text; });
      return testing::ok("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Sample blog</title><link>" +
                             url("/") + "</link><description>d</description>" + all + "</channel></rss>",
                         "Content-Type: application/rss+xml\r\n");
    }
    if (target == "/private") return testing::status(401, "WWW-Authenticate: Basic realm=x\r\n");
    if (target == "/gone") return testing::status(410);
    if (target == "/away") return testing::status(302, "Location: http://10.0.0.1/feed\r\n");
    return testing::status(404);
  }
};

}  // namespace voice::server
