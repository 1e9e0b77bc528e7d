#include "server/blog_state.h"

#include "base/time.h"

namespace voice::server {
using store::Pulse;

views::Tag tag_for(Pulse pulse) {
  switch (pulse) {
    case Pulse::live: return {"Live", "good"};
    case Pulse::quiet: return {"Quiet", "info"};
    case Pulse::silent: return {"Silent", "quiet"};
    case Pulse::waiting: return {"No posts yet", "info"};
    case Pulse::paused: return {"Paused", "quiet"};
    case Pulse::gone: return {"Gone", "quiet"};
  }
  return {};
}

std::string sentence_for(Pulse pulse, const store::Blog& blog) {
  switch (pulse) {
    case Pulse::live: return {};
    case Pulse::quiet:
      return "Nothing since " + date_in_words(*blog.last_post) + ". Councils often go quiet before elections.";
    case Pulse::silent: return "Nothing since " + date_in_words(*blog.last_post) + ". We still look for new posts.";
    case Pulse::waiting: return "Its feed has brought nothing so far.";
    case Pulse::paused: return "Its owner has paused it here. New posts are not fetched for now.";
    case Pulse::gone: return "This blog is no longer on the web. What it shared with us stays here.";
  }
  return {};
}

}  // namespace voice::server
