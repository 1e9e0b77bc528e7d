#include "server/blog_state.h"

#include "base/time.h"

namespace voice::server {
using std::chrono::days;
using std::chrono::weeks;

Liveliness liveliness_of(const store::Blog& blog, sys_seconds now) {
  if (blog.state == store::BlogState::gone) return Liveliness::gone;
  if (blog.state == store::BlogState::paused) return Liveliness::paused;
  if (!blog.last_post) return Liveliness::empty;
  if (now - *blog.last_post < weeks{8}) return Liveliness::live;
  return now - *blog.last_post < days{365} ? Liveliness::quiet : Liveliness::silent;
}

views::Tag tag_for(Liveliness state) {
  switch (state) {
    case Liveliness::live: return {"Live", "good"};
    case Liveliness::quiet: return {"Quiet", "info"};
    case Liveliness::silent: return {"Silent", "quiet"};
    case Liveliness::empty: return {"No posts yet", "info"};
    case Liveliness::paused: return {"Paused", "quiet"};
    case Liveliness::gone: return {"Gone", "quiet"};
  }
  return {};
}

std::string sentence_for(Liveliness state, const store::Blog& blog) {
  switch (state) {
    case Liveliness::live: return {};
    case Liveliness::quiet:
      return "Nothing since " + date_in_words(*blog.last_post) + ". Councils often go quiet before elections.";
    case Liveliness::silent:
      return "Nothing since " + date_in_words(*blog.last_post) + ". We still look for new posts.";
    case Liveliness::empty: return "Its feed has brought nothing so far.";
    case Liveliness::paused: return "Its owner has paused it here. New posts are not fetched for now.";
    case Liveliness::gone: return "This blog is no longer on the web. What it shared with us stays here.";
  }
  return {};
}

std::string_view name_of(Liveliness state) {
  switch (state) {
    case Liveliness::live: return "live";
    case Liveliness::quiet: return "quiet";
    case Liveliness::silent: return "silent";
    case Liveliness::empty: return "empty";
    case Liveliness::paused: return "paused";
    case Liveliness::gone: return "gone";
  }
  return {};
}

}  // namespace voice::server
