// views/page.h - what every page has around its own part: head, navigation, footer.
//
// A page is a PageHead and a template with its model; Views puts the one into the other. Public pages are the same for
// everybody (they are cached); what a signed-in person sees around a page comes in by PageHead::account.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "views/templates.h"

namespace voice::views {

struct Link {
  std::string text;
  std::string url;
};

/// A view's machine-readable twins: one stem, three formats (`stem` + ".atom", ".rss", ".json").
struct FeedLinks {
  std::string title;  ///< "Posts about Data", distinct from the site's own
  std::string stem;   ///< "/topics/data", may be followed by `query`; empty: it lists blogs and no posts
  std::string query;  ///< "?q=data" or empty
  std::string opml;   ///< "/members.opml" where the view lists blogs; else empty
};

/// Who is signed in; public pages leave it out.
struct Account {
  std::string name;
  std::string form_token;  ///< for the sign-out button
  bool is_editor = false;
};

/// Which colours a page has: those the device is set to, or the reader's own choice.
enum class Theme { device, light, dark };
/// When the dark stylesheet applies, as a media query; empty for Theme::light, whose pages leave it out.
std::string_view dark_media(Theme theme);

enum class Indexing { yes, no };  ///< no: `noindex, follow` and no canonical address

struct PageHead {
  std::string title;        ///< without the site's name; empty: the site's name alone (front page)
  std::string description;  ///< one sentence
  std::string path;         ///< its own address below base_url, with the query that belongs to it
  std::string section;      ///< which navigation link it belongs to: "latest", "topics", "blogs" ...
  std::string language = "en-GB";
  Indexing indexing = Indexing::yes;
  Theme theme = Theme::device;
  bool has_errors = false;  ///< "Error: " in front of the title
  std::string og_type = "website";
  std::string json_ld;           ///< a JSON document (views/json_ld.h)
  std::vector<FeedLinks> feeds;  ///< the page's own, beside the site's
  std::optional<Account> account;
  int refresh_seconds = 0;  ///< over 0: the page asks again by itself (a check that is still running)
};

/// What is the same for every page of this hub.
struct Frame {
  std::string site_title;
  std::string base_url;  ///< no trailing slash
  /// The address of an asset ("site.css") under its hashed name.
  std::function<std::string(std::string_view name)> asset_url;
};

class Views {
 public:
  Views(Templates templates, Frame frame);

  /// A whole HTML document. `name` is the template of the page's own part.
  std::string page(const PageHead& head, std::string_view name, const Model& model) const;
  /// A part alone, for places that have their own frame (letters, the embeddable list).
  Markup part(std::string_view name, const Model& model) const { return templates().render(name, model); }
  const Templates& templates() const { return *shelf_->current.load(); }
  /// Other templates from now on, while pages are being made on other threads. The old ones stay as long as this, as a page
  /// may still be in them; this is for those who change templates by hand, a few hundred times at most.
  void replace_templates(Templates templates);
  const Frame& frame() const { return frame_; }

 private:
  struct Shelf {
    std::vector<std::unique_ptr<const Templates>> all;
    std::atomic<const Templates*> current{nullptr};
  };
  std::unique_ptr<Shelf> shelf_ = std::make_unique<Shelf>();
  Frame frame_;
};

/// The hub's pages, from the binary, or from `folder` (serve --views DIR) where it is not empty.
/// Errors: malformed or io, naming the template.
Result<Views> load_views(const config::SiteSettings& site, const std::string& folder = {});

Model::Object layout_model(const PageHead& head, const Frame& frame, Markup body);

/// "1 post", "2 posts", "1,234 posts".
std::string counted(std::int64_t n, std::string_view one, std::string_view many);
/// 1234567 as "1,234,567".
std::string with_commas(std::int64_t n);

}  // namespace voice::views
