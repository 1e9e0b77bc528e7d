// bench/poll_origin.cpp - as many small blogs as wanted, on loopback, answered faster than anybody can ask.
//
// Feed i is at /feed/i. Its document has about 65 KB in 18 posts, as members' feeds have; all feeds share their text and
// differ in addresses and titles, so 20,000 of them need no memory. Every answer carries an ETag made of the feed's number and
// the epoch. GET /epoch/N sets the epoch: documents then change their <lastBuildDate> and no post.
// Prints "port N" and runs until it is killed.
#include <arpa/inet.h>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <unordered_map>
#include <vector>

namespace {

constexpr int kPosts = 18;
constexpr std::size_t kPostBytes = 3400;

// Prose with the markup that blogs have: paragraphs, links, lists, an image, code.
const std::vector<std::string>& texts() {
  static const std::vector<std::string> made = [] {
    const std::string words[] = {"council",    "service",  "people",  "data",    "design",    "weeknote",
                                 "team",       "planning", "housing", "learn",   "prototype", "research",
                                 "accessible", "content",  "budget",  "library", "waste",     "digital"};
    std::vector<std::string> out;
    for (int post = 0; post < kPosts; ++post) {
      std::string text;
      unsigned state = 7919U * static_cast<unsigned>(post + 1);
      for (int paragraph = 0; text.size() < kPostBytes; ++paragraph) {
        text += "&lt;p&gt;";
        for (int word = 0; word < 60; ++word) {
          state = state * 1103515245U + 12345U;
          text += words[(state >> 16U) % std::size(words)];
          text += word == 30 ? " &lt;a href=&quot;https://example.org/page&quot;&gt;a link&lt;/a&gt; " : " ";
        }
        text += "&lt;/p&gt;";
        if (paragraph == 1)
          text +=
              "&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;li&gt;two &lt;em&gt;and&lt;/em&gt; a half&lt;/li&gt;&lt;/ul&gt;";
        if (paragraph == 2)
          text += "&lt;img src=&quot;/picture.jpg&quot; alt=&quot;A picture&quot; width=&quot;640&quot;&gt;";
        if (paragraph == 3) text += "&lt;pre&gt;&lt;code&gt;a &amp;lt; b&lt;/code&gt;&lt;/pre&gt;";
      }
      out.push_back(std::move(text));
    }
    return out;
  }();
  return made;
}

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

// Blogs post at a time of day of their own.
std::string time_of_day(int feed) {
  const auto spread = static_cast<unsigned>(feed) * 2654435761U >> 8U;
  return two_digits(spread % 24) + ":" + two_digits(spread / 24 % 60) + ":" + two_digits(spread / 1440 % 60);
}

std::string document(int feed, int epoch) {
  const auto name = std::to_string(feed);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>Blog " + name +
                    "</title><link>https://blog" + name +
                    ".example/</link><description>d</description><lastBuildDate>Sat, 28 Nov 2026 10:00:" +
                    two_digits(static_cast<unsigned>(epoch % 60)) + " GMT</lastBuildDate>";
  for (int post = 0; post < kPosts; ++post) {
    const auto number = std::to_string(post);
    out += "<item><guid isPermaLink=\"false\">blog" + name + "-" + number + "</guid><title>Post " + number +
           " of blog " + name + "</title><link>https://blog" + name + ".example/" + number + "</link><pubDate>0" +
           std::to_string(1 + post % 9) + " Jun 2026 " + time_of_day(feed) +
           " GMT</pubDate><category>notes</category><description>";
    out += texts()[static_cast<std::size_t>(post)];
    out += "</description></item>";
  }
  return out + "</channel></rss>";
}

struct Talk {
  std::string in;
  std::string out;
  std::size_t sent = 0;
};

int epoch = 1;

std::string answer(std::string_view head) {
  const auto from = head.find(' ') + 1;
  const auto target = head.substr(from, head.find(' ', from) - from);
  const auto number = target.substr(target.rfind('/') + 1);
  int value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  if (target.starts_with("/epoch/")) {
    epoch = value;
    return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  }
  const auto etag = "\"" + std::to_string(value) + "-" + std::to_string(epoch) + "\"";
  if (head.find("If-None-Match: " + etag) != std::string_view::npos)
    return "HTTP/1.1 304 Not Modified\r\nETag: " + etag + "\r\n\r\n";
  const auto body = document(value, epoch);
  return "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: " + etag +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// False when the connection is over.
bool flush(int socket, Talk& talk) {
  while (talk.sent < talk.out.size()) {
    const auto n = send(socket, talk.out.data() + talk.sent, talk.out.size() - talk.sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) return errno == EAGAIN;
    talk.sent += static_cast<std::size_t>(n);
  }
  talk.out.clear();
  talk.sent = 0;
  return true;
}

bool serve(int socket, Talk& talk) {
  char bytes[8192];
  while (true) {
    const auto n = recv(socket, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n == 0) return false;
    if (n < 0) break;
    talk.in.append(bytes, static_cast<std::size_t>(n));
  }
  for (auto end = talk.in.find("\r\n\r\n"); end != std::string::npos; end = talk.in.find("\r\n\r\n")) {
    talk.out += answer(std::string_view(talk.in).substr(0, end));
    talk.in.erase(0, end + 4);
  }
  return flush(socket, talk);
}

int listen_everywhere() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  // Every loopback address at once and no other: bound to the loopback device.
  if (setsockopt(listener, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) != 0) {
    std::perror("SO_BINDTODEVICE lo");
    std::exit(3);
  }
  sockaddr_in at{};
  at.sin_family = AF_INET;
  socklen_t size = sizeof at;
  if (bind(listener, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0 || listen(listener, 4096) != 0) std::exit(3);
  getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size);
  std::printf("port %d\n", ntohs(at.sin_port));
  std::fflush(stdout);
  return listener;
}

}  // namespace

int main() {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const int listener = listen_everywhere();
  const int poller = epoll_create1(0);
  epoll_event interest{};
  interest.events = EPOLLIN;
  interest.data.fd = listener;
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &interest);
  std::unordered_map<int, Talk> talks;
  std::vector<epoll_event> events(512);
  while (true) {
    const int ready = epoll_wait(poller, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < ready; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      if (socket == listener) {
        const int talk = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (talk < 0) continue;
        const int on = 1;
        setsockopt(talk, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        interest.events = EPOLLIN | EPOLLOUT | EPOLLET;
        interest.data.fd = talk;
        epoll_ctl(poller, EPOLL_CTL_ADD, talk, &interest);
        talks[talk];
      } else if (!serve(socket, talks[socket])) {
        talks.erase(socket);
        close(socket);
      }
    }
  }
}
