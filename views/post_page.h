// views/post_page.h - one post: what it is, whose, as much of it as the blogger agreed to, and the way to the original.
#pragma once
#include <string>
#include <vector>

#include "views/post_card.h"

namespace voice::views {

/// A post beside this one: the blog's next, or one that answers it.
struct NearPost {
  std::string relation;  ///< "Newer", "Replies to", "Answered by"
  std::string title;
  std::string url;
  std::string by;  ///< "Ann's notes, 3 May 2025"
  std::string language;
};

/// A file that came with a post, with a player where browsers have one.
struct Media {
  enum class Player { none, audio, video } player = Player::none;
  std::string url;
  std::string name;  ///< of the player: "Audio of Episode 3"
  std::string text;  ///< of the link beside it: "Audio file (MP3, 32 minutes, 12 MB)"
};

struct PostPage {
  std::string title;
  std::string language;
  std::string direction;
  std::string byline;  ///< "Ann Onymous"
  std::string when;    ///< "Saturday 28 November 2026 at 5:48pm"
  std::string when_iso;
  std::string blog_title;
  std::string blog_url;
  std::string original_url;  ///< empty: it has none
  std::string text;          ///< the excerpt, where that is what is shown
  Markup body_html;          ///< the whole post, where its blogger agreed to that
  std::string shown_note;    ///< "This is the beginning of the post." and the like
  std::vector<Media> media;
  std::vector<SummaryRow> facts;
  std::vector<Link> topics;
  std::vector<std::string> tags;
  std::vector<NearPost> conversation;
  Link conversation_page;
  std::vector<NearPost> also_discussing;
  std::vector<NearPost> neighbours;
  std::string report_url;
};

Model model_of(const PostPage& page);

}  // namespace voice::views
