#include "views/page.h"

#include <array>

#include "base/text.h"
#include "views/assets.h"

namespace voice::views {
namespace {
struct NavigationItem {
  std::string_view section, text, url;
};
constexpr std::array kNavigation = {
    NavigationItem{"latest", "Latest", "/"},
    NavigationItem{"topics", "Topics", "/topics"},
    NavigationItem{"blogs", "Blogs", "/blogs"},
    NavigationItem{"organisations", "Organisations", "/organisations"},
    NavigationItem{"people", "People", "/people"},
    NavigationItem{"conversations", "Conversations", "/conversations"},
    NavigationItem{"subscribe", "Subscribe", "/subscribe"},
    NavigationItem{"search", "Search", "/search"},
};

Model navigation(std::string_view section) {
  return each(kNavigation, [&](const NavigationItem& item) {
    return Model::Object{{"nav_text", item.text}, {"nav_url", item.url}, {"nav_here", item.section == section}};
  });
}

void add_alternates(Model::List& list, const FeedLinks& feed) {
  const struct {
    const char* extension;
    const char* type;
    const char* name;
  } formats[] = {{".atom", "application/atom+xml", "Atom"},
                 {".rss", "application/rss+xml", "RSS"},
                 {".json", "application/feed+json", "JSON Feed"}};
  for (const auto& f : formats) {
    if (feed.stem.empty()) break;  // a list of blogs alone
    list.push_back(Model::Object{{"alternate_type", f.type},
                                 {"alternate_title", feed.title + " (" + f.name + ")"},
                                 {"alternate_url", feed.stem + f.extension + feed.query}});
  }
  if (!feed.opml.empty())
    list.push_back(Model::Object{
        {"alternate_type", "text/x-opml"}, {"alternate_title", feed.title + " (OPML)"}, {"alternate_url", feed.opml}});
}

Model account_model(const std::optional<Account>& account) {
  if (!account) return false;
  return Model::Object{{"account_name", account->name},
                       {"account_token", account->form_token},
                       {"account_is_editor", account->is_editor}};
}

std::string_view color_scheme(Theme theme) {
  return theme == Theme::light ? "light" : theme == Theme::dark ? "dark" : "light dark";
}

// What a telephone paints around the page: the masthead's colour.
Model bar_colours(Theme theme) {
  constexpr std::string_view kLight = "#123c47", kDark = "#0b2229";
  if (theme != Theme::device)
    return Model::List{
        Model::Object{{"bar_colour", theme == Theme::light ? kLight : kDark}, {"bar_media", Model(false)}}};
  return Model::List{Model::Object{{"bar_colour", kLight}, {"bar_media", "(prefers-color-scheme: light)"}},
                     Model::Object{{"bar_colour", kDark}, {"bar_media", "(prefers-color-scheme: dark)"}}};
}

std::string full_title(const PageHead& head, const Frame& frame) {
  const std::string own = head.title.empty() ? frame.site_title : head.title + " – " + frame.site_title;
  return head.has_errors ? "Error: " + own : own;
}
}  // namespace

Model::Object layout_model(const PageHead& head, const Frame& frame, Markup body) {
  Model::List alternates;
  add_alternates(alternates, {.title = frame.site_title, .stem = "/feed", .query = "", .opml = "/members.opml"});
  for (const auto& feed : head.feeds) add_alternates(alternates, feed);
  const bool indexed = head.indexing == Indexing::yes && !head.path.empty();
  return {{"page_language", head.language},
          {"page_title", full_title(head, frame)},
          {"page_og_title", head.title.empty() ? frame.site_title : head.title},
          {"page_description", shown_if(head.description)},
          {"page_url", shown_if(head.path.empty() ? "" : frame.base_url + head.path)},
          {"page_canonical", shown_if(indexed ? frame.base_url + head.path : "")},
          {"page_noindex", head.indexing == Indexing::no},
          {"page_color_scheme", color_scheme(head.theme)},
          {"page_bar_colours", bar_colours(head.theme)},
          {"page_dark_media", shown_if(std::string(dark_media(head.theme)))},
          {"page_og_type", head.og_type},
          {"page_og_image", frame.base_url + "/og-image.png"},
          {"page_refresh", shown_if(head.refresh_seconds > 0 ? std::to_string(head.refresh_seconds) : "")},
          // "<" would end the script element early whatever stands around it.
          {"page_json_ld_html", shown_if(own_markup(replace_all(head.json_ld, "<", "\\u003c")))},
          {"page_alternates", Model(std::move(alternates))},
          {"page_account", account_model(head.account)},
          {"page_searches", head.section != "search"},
          {"page_body_html", std::move(body)},
          {"site_title", frame.site_title},
          {"asset_css", frame.asset_url("site.css")},
          {"asset_dark", frame.asset_url("dark.css")},
          {"asset_script", frame.asset_url("site.js")},
          {"navigation", navigation(head.section)}};
}

std::string_view dark_media(Theme theme) {
  switch (theme) {
    case Theme::device: return "screen and (prefers-color-scheme: dark)";
    case Theme::dark: return "screen";
    case Theme::light: break;
  }
  return {};
}

Views::Views(Templates templates, Frame frame) : frame_(std::move(frame)) { replace_templates(std::move(templates)); }

void Views::replace_templates(Templates templates) {
  shelf_->all.push_back(std::make_unique<const Templates>(std::move(templates)));
  shelf_->current = shelf_->all.back().get();
}

Result<Views> load_views(const config::SiteSettings& site, const std::string& folder) {
  auto templates = folder.empty() ? Templates::embedded() : Templates::from_folder(folder);
  if (!templates) return templates.error();
  return Views(std::move(*templates), {.site_title = site.title,
                                       .base_url = site.base_url,
                                       .asset_url = [](std::string_view name) { return asset_path(name); }});
}

std::string Views::page(const PageHead& head, std::string_view name, const Model& model) const {
  const auto& all = templates();
  auto body = all.render(name, model);
  return all.render("layout", Model(layout_model(head, frame_, std::move(body)))).text();
}

std::string with_commas(std::int64_t n) {
  std::string digits = std::to_string(n < 0 ? -n : n);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return n < 0 ? "-" + digits : digits;
}

std::string counted(std::int64_t n, std::string_view one, std::string_view many) {
  return with_commas(n) + " " + std::string(n == 1 ? one : many);
}

}  // namespace voice::views
