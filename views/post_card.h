// views/post_card.h - one post as every list of posts shows it, and lists grouped by day.
#pragma once
#include <string>
#include <vector>

#include "store/river.h"
#include "views/forms.h"
#include "views/page.h"

namespace voice::views {

struct PostCard {
  std::string id;
  std::string title;     ///< its own, or its first words
  Markup title_html;     ///< instead: the title with the words that were searched for marked
  std::string url;       ///< the original; our page where it has no address
  std::string page_url;  ///< "/posts/12"; empty: it has none yet
  std::string byline;    ///< who wrote it, where that is not the blog's name
  std::string blog_title;
  std::string blog_url;
  std::string organisation;
  std::string kind;  ///< "Supplier" and the like, where a reader should know; else empty
  std::string when;  ///< "5:48pm", or "12 May 2025" where the day it stands under is not its own
  std::string when_iso;
  std::string first_seen;  ///< unix seconds, for "new since your last visit"
  std::string text;        ///< the excerpt, where the blogger agreed to one
  Markup text_html;        ///< instead: an excerpt with the words that were searched for marked
  std::string why;         ///< the editor's sentence, on a featured post; where a search found it, if that is not shown
  std::string language;    ///< where it is not the page's
  std::string direction;   ///< "rtl" or empty
  std::string initials;    ///< of the blog, for the badge
  std::string hue;         ///< "0" to "7", the same for a blog everywhere
  std::string media;       ///< "Audio, 32 minutes", where something is attached
  std::vector<Link> topics;
  Link discussion;  ///< "Discussed by 3 blogs"; empty text: none
};

/// What lists need to know about their surroundings.
struct CardContext {
  bool under_its_day = true;  ///< a heading above says the day
  bool of_one_blog = false;   ///< the page is about this blog: leave its name out
};

/// "28 November 2026"; for a post that says no date, when we first saw it, and that this is so.
std::string dated(const store::RiverEntry& entry);

PostCard card_of(const store::RiverEntry& entry, const CardContext& context = {});

struct PostFold {
  std::string summary;  ///< "4 more posts by Weeknotes Weekly"
  std::vector<PostCard> posts;
};

/// A card, with what is folded under it.
struct PostItem {
  PostCard card;
  PostFold fold;
};

struct PostDay {
  std::string heading;  ///< "Saturday 28 November 2026"
  std::string url;      ///< "/2026/11/28"
  std::vector<PostItem> items;
};

/// Posts in order, under their days. More than three by one blog in a day become one card with the others folded under it,
/// so that a blog that posts a year's notes at once doesn't push everybody else out of the day.
std::vector<PostDay> by_day(const std::vector<store::RiverEntry>& entries, const std::vector<PostCard>& cards,
                            bool fold);

Model model_of(const PostCard& card);
Model model_of(const PostItem& item);
Model days_model(const std::vector<PostDay>& days);
/// Cards without days: `{{#posts}}` of the same items.
Model posts_model(const std::vector<PostCard>& cards);

/// The first letters of the first two words of a name that say something ("The Committee Clerk" is CC).
std::string initials_of(std::string_view name);
/// What a blog's kind is called: "Council team".
std::string words_for(store::BlogKind kind);

}  // namespace voice::views
