#include "content/embeds.h"

#include "base/text.h"
#include "base/url.h"

namespace voice::content::html {
namespace {

std::string_view source_of(const Node& from) {
  for (const std::string_view name : {"src", "data", "data-src", "data-lazy-src", "data-litespeed-src"})
    if (const auto* value = from.find(name); value && !trim(*value).empty() && !trim(*value).starts_with("about:"))
      return *value;
  for (const Node* child = from.first; child; child = child->next) {
    if (child->tag == Tag::source && !child->value_of("src").empty()) return child->value_of("src");
    if (child->tag == Tag::param && equals_ignoring_case(child->value_of("name"), "movie"))
      return child->value_of("value");
  }
  return {};
}

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > 40) return false;
  for (const char c : text)
    if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '_') return false;
  return true;
}

// The first part of `path` after `prefix`: "/embed/ID/x" is "ID".
std::string_view id_after(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return {};
  path.remove_prefix(prefix.size());
  path = path.substr(0, path.find_first_of("/&"));
  return is_id(path) ? path : std::string_view();
}

struct Player {
  std::string name;
  std::string page;  ///< the page that shows it, where it is not the frame itself
};

Player player_of(const Url& url) {
  const auto domain = registrable_domain(url.host);
  if (domain == "youtube.com" || domain == "youtube-nocookie.com" || domain == "youtu.be") {
    for (const std::string_view prefix : {"/embed/", "/v/"})
      if (const auto id = id_after(url.path, prefix); !id.empty() && id != "videoseries")
        return {"Video on YouTube", "https://www.youtube.com/watch?v=" + std::string(id)};
    return {"Video on YouTube", {}};
  }
  if (domain == "vimeo.com") {
    if (const auto id = id_after(url.path, "/video/"); !id.empty())
      return {"Video on Vimeo", "https://vimeo.com/" + std::string(id)};
    return {"Video on Vimeo", {}};
  }
  struct Known {
    std::string_view domain, name;
  };
  static constexpr Known kKnown[] = {{"spotify.com", "Listen on Spotify"},
                                     {"soundcloud.com", "Listen on SoundCloud"},
                                     {"apple.com", "Listen on Apple Podcasts"},
                                     {"bandcamp.com", "Listen on Bandcamp"},
                                     {"acast.com", "Listen on Acast"},
                                     {"buzzsprout.com", "Listen on Buzzsprout"},
                                     {"libsyn.com", "Listen on Libsyn"},
                                     {"anchor.fm", "Listen on Anchor"},
                                     {"podbean.com", "Listen on Podbean"},
                                     {"slideshare.net", "Slides on SlideShare"},
                                     {"speakerdeck.com", "Slides on Speaker Deck"},
                                     {"codepen.io", "Example on CodePen"},
                                     {"github.com", "Code on GitHub"},
                                     {"flickr.com", "Pictures on Flickr"},
                                     {"ted.com", "Talk on TED"},
                                     {"dailymotion.com", "Video on Dailymotion"},
                                     {"wistia.com", "Video on Wistia"},
                                     {"wistia.net", "Video on Wistia"},
                                     {"twitter.com", "Post on Twitter"},
                                     {"x.com", "Post on X"},
                                     {"facebook.com", "Post on Facebook"},
                                     {"instagram.com", "Post on Instagram"},
                                     {"linkedin.com", "Post on LinkedIn"},
                                     {"tiktok.com", "Video on TikTok"},
                                     {"airtable.com", "Table on Airtable"},
                                     {"tableau.com", "Chart on Tableau"},
                                     {"datawrapper.de", "Chart on Datawrapper"},
                                     {"dwcdn.net", "Chart on Datawrapper"},
                                     {"flourish.studio", "Chart on Flourish"},
                                     {"infogram.com", "Chart on Infogram"},
                                     {"powerbi.com", "Report on Power BI"},
                                     {"mentimeter.com", "Poll on Mentimeter"},
                                     {"miro.com", "Board on Miro"},
                                     {"trello.com", "Board on Trello"},
                                     {"openstreetmap.org", "Map on OpenStreetMap"}};
  for (const auto& known : kKnown)
    if (domain == known.domain) return {std::string(known.name), {}};
  if (domain.starts_with("google.") && url.path.starts_with("/maps")) return {"Map on Google Maps", {}};
  if (url.host == "docs.google.com") return {"Document on Google Docs", {}};
  return {};
}

// Frames that carry advertisements, consent or measurement, never something to read.
bool only_measures(const Url& url) {
  for (const std::string_view domain : {"googletagmanager.com", "doubleclick.net", "googlesyndication.com", "adnxs.com",
                                        "amazon-adsystem.com", "taboola.com", "outbrain.com", "criteo.com"})
    if (url.host == domain || url.host.ends_with("." + std::string(domain))) return true;
  return false;
}

bool is_readable_file(std::string_view path) {
  const auto lower = to_ascii_lower(path);
  for (const std::string_view ending :
       {".pdf", ".html", ".htm", ".mp4", ".mp3", ".webm", ".ogg", ".svg", ".png", ".jpg", ".txt"})
    if (lower.ends_with(ending)) return true;
  return false;
}

bool is_invisible(const Node& from) {
  const auto none = [&](std::string_view side) {
    const auto length = trim(from.value_of(side));
    return length == "0" || length == "1" || length == "0px" || length == "1px";
  };
  return none("width") && none("height");
}

std::string title_of(const Node& from) {
  for (const std::string_view name : {"title", "aria-label"}) {
    std::string title = fit_line(from.value_of(name));
    const auto lower = to_ascii_lower(title);
    // The names embed codes come with say less than ours.
    if (lower.empty() || lower.find("video player") != std::string::npos || lower == "embedded content") continue;
    return title;
  }
  return {};
}

}  // namespace

std::optional<Embed> describe_embed(const Node& from, const Addresses& addresses) {
  const auto source = trim(source_of(from));
  const auto address = source.empty() ? std::nullopt : addresses.link(source);
  const auto url = address ? parse_url(*address) : std::nullopt;
  if (!url || !url->is_web() || only_measures(*url) || is_invisible(from)) return std::nullopt;
  Player player;
  if (from.tag == Tag::video)
    player.name = "Video";
  else if (from.tag == Tag::audio)
    player.name = "Audio";
  else
    player = player_of(*url);
  if (player.name.empty()) {
    // A plug-in's file shows nothing in any browser of today.
    if (from.tag != Tag::iframe && !is_readable_file(url->path)) return std::nullopt;
    player.name = "Embedded page on " + url->host;
  }
  const auto title = title_of(from);
  return Embed{player.page.empty() ? *address : player.page, title.empty() ? player.name : player.name + ": " + title};
}

}  // namespace voice::content::html
