#include "feeds/xml_feed.h"

#include <array>
#include <optional>

#include "base/text.h"
#include "feeds/cdf.h"
#include "feeds/constructs.h"
#include "feeds/entry_reader.h"
#include "feeds/limits.h"
#include "feeds/markup.h"
#include "feeds/people.h"
#include "feeds/scope.h"

namespace voice::feeds {
namespace {

struct Root {
  pugi::xml_node node;
  Format format;
  Ns own;  // the vocabulary its entries speak
};

Format rss_format(std::string_view version) {
  version = trim(version);
  return version.starts_with("0.9") ? Format::rss09x : version.starts_with("1.") ? Format::rss10 : Format::rss20;
}

// Which feed an element would be the root of.
std::optional<Root> as_root(Scope& scope, pugi::xml_node node) {
  const Scope::Inside inside(scope, node);
  std::string_view local;
  const Ns ns = scope.names().of_element(node.name(), local);
  switch (tag(local)) {
    case tag("rss"):
      if (ns == Ns::rss10) return Root{node, Format::rss10, Ns::rss10};  // RSS 1.1 calls it Channel; some call it rss
      return Root{node, rss_format(scope.attribute(node, "version")), Ns::none};
    case tag("rdf"): {
      bool is_090 = false, is_10 = false, is_feed = false;
      for (const auto& child : node.children()) {
        if (child.type() != pugi::node_element) continue;
        const Scope::Inside within(scope, child);
        const Ns child_ns = scope.names().of_element(child.name(), local);
        is_090 = is_090 || child_ns == Ns::rss090;
        is_10 = is_10 || child_ns == Ns::rss10;
        is_feed = is_feed || tag(local) == tag("channel") || tag(local) == tag("item");
      }
      if (!is_feed && ns != Ns::rdf) return std::nullopt;
      return Root{node, is_090 && !is_10 ? Format::rss09x : Format::rss10, Ns::rss10};
    }
    case tag("feed"): {
      const bool old = ns == Ns::atom03 || (ns != Ns::atom10 && scope.attribute(node, "version").starts_with("0."));
      return Root{node, old ? Format::atom03 : Format::atom10, old ? Ns::atom03 : Ns::atom10};
    }
    case tag("entry"):  // an Atom entry document (RFC 4287, 4.1.2)
      if (ns != Ns::atom10 && ns != Ns::atom03) return std::nullopt;
      return Root{node, ns == Ns::atom03 ? Format::atom03 : Format::atom10, ns};
    case tag("channel"):
      if (is_cdf(node)) return Root{node, Format::cdf, Ns::none};
      return Root{node, ns == Ns::rss10 ? Format::rss10 : Format::rss20, ns == Ns::rss10 ? Ns::rss10 : Ns::none};
    case tag("item"): return Root{node, Format::rss20, Ns::none};
    default: return std::nullopt;
  }
}

class XmlFeedReader {
 public:
  XmlFeedReader(const XmlTree& tree, const std::string& url) : scope_(tree, url) {}

  std::optional<XmlFeed> read(const XmlTree& tree) {
    for (const auto& node : tree.document.children()) {
      if (node.type() != pugi::node_element) continue;
      const auto root = find_root(node, 0);
      if (!root) continue;
      feed_.format = root->format;
      own_ = root->own;
      read_root(*root);
      return finish();
    }
    return std::nullopt;
  }

 private:
  // A feed may be wrapped in something: <xml>, <html> with the feed in it, a SOAP envelope.
  std::optional<Root> find_root(pugi::xml_node node, int depth) {
    if (const auto root = as_root(scope_, node)) return root;
    constexpr int kDeepestWrapper = 3;
    if (depth == kDeepestWrapper || equals_ignoring_case(node.name(), "html")) return std::nullopt;
    const Scope::Inside inside(scope_, node);
    for (const auto& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      if (auto root = find_root(child, depth + 1)) return root;
    }
    return std::nullopt;
  }

  void read_root(const Root& root) {
    const Scope::Inside inside(scope_, root.node);
    if (root.format == Format::cdf) {
      read_cdf(scope_, root.node, feed_);
      return;
    }
    feed_.language = scope_.language();
    const auto name = root.node.name();
    std::string_view local;
    scope_.names().of_element(name, local);
    if (tag(local) == tag("item") || tag(local) == tag("entry"))
      feed_.entries.push_back(read_entry(scope_, root.node, own_));
    else
      children(root.node);
  }

  void children(pugi::xml_node parent) {
    scope_.for_each_child(parent,
                          [this](pugi::xml_node child, Ns ns, std::uint64_t name) { element(child, ns, name); });
  }

  void element(pugi::xml_node node, Ns ns, std::uint64_t name) {
    switch (ns) {
      case Ns::none:
      case Ns::rss10:
      case Ns::rss090:
      case Ns::atom10:
      case Ns::atom03: return core(node, ns, name);
      case Ns::dc:
      case Ns::dcterms: return dublin_core(node, name);
      case Ns::itunes: return itunes(node, name);
      case Ns::sy: return syndication(node, name);
      case Ns::media:
        if (name == tag("thumbnail")) weak_icon_ = scope_.resolved(scope_.attribute(node, "url"));
        return;
      case Ns::licence:
        if (name == tag("license")) {
          auto address = scope_.attribute(node, "resource", Ns::rdf);
          feed_.licence = scope_.resolved(address.empty() ? scope_.line(node) : address);
        }
        return;
      case Ns::fh:
        if (name == tag("archive")) feed_.is_archive = true;
        return;
      default: return;
    }
  }

  bool is_own(Ns ns) const {
    const auto is_atom = [](Ns n) { return n == Ns::atom10 || n == Ns::atom03; };
    return is_atom(ns) == is_atom(own_);
  }

  void core(pugi::xml_node node, Ns ns, std::uint64_t name) {
    switch (name) {
      case tag("channel"):
        if (feed_.language.empty()) feed_.language = scope_.language();
        about_ = scope_.attribute(node, "about", Ns::rdf);
        return children(node);
      case tag("items"): return children(node);
      case tag("item"):
      case tag("entry"):
        if (has_room(feed_)) feed_.entries.push_back(read_entry(scope_, node, own_));
        return;
      case tag("title"): return line_once(feed_.title, weak_title_, node, ns);
      case tag("description"):
      case tag("subtitle"):
      case tag("tagline"): return line_once(feed_.description, weak_description_, node, ns);
      case tag("link"): return link(node, ns);
      case tag("id"): feed_.id = scope_.line(node); return;
      case tag("language"): return language(node);
      case tag("rights"):
      case tag("copyright"): return line_once(feed_.rights, weak_rights_, node, ns);
      case tag("updated"):
      case tag("modified"):
      case tag("lastbuilddate"): return date(feed_.updated, node);
      case tag("pubdate"):
      case tag("published"):
      case tag("date"): return date(weak_updated_, node);
      case tag("author"):
      case tag("managingeditor"): return add_person(feed_.authors, person(scope_, node));
      case tag("icon"):
      case tag("logo"):
      case tag("image"): return icon(node, name == tag("icon"));
      case tag("ttl"): feed_.ttl_minutes = Scope::number(scope_.line(node)); return;
      case tag("cloud"): return cloud(node);
      case tag("skiphours"): return skip_hours(node);
      case tag("skipdays"): return skip_days(node);
      default: return;
    }
  }

  void line_once(std::string& field, std::string& weak, pugi::xml_node node, Ns ns) {
    auto& target = is_own(ns) ? field : weak;
    if (target.empty()) target = construct(scope_, node, ns).as_line();
  }

  void date(std::optional<sys_seconds>& field, pugi::xml_node node) {
    if (!field) field = scope_.date(node);
  }

  void language(pugi::xml_node node) {
    if (auto text = scope_.line(node); !text.empty()) feed_.language = std::move(text);
  }

  void link(pugi::xml_node node, Ns ns) {
    auto found = atom_link(scope_, node);
    if (found.href.empty()) return;
    if (found.rel == "alternate") {
      const bool page = found.type.empty() || found.type.find("html") != std::string::npos;
      return home(std::move(found.href), !is_own(ns) ? 1 : page ? 3 : 2);
    }
    if (found.rel == "hub") {
      feed_.hubs.push_back(std::move(found.href));
      return;
    }
    for (const auto& [rel, field] :
         std::array<std::pair<std::string_view, std::string*>, 10>{{{"self", &feed_.feed_url},
                                                                    {"next", &feed_.next_page},
                                                                    {"first", &feed_.first_page},
                                                                    {"last", &feed_.last_page},
                                                                    {"previous", &feed_.prev_page},
                                                                    {"prev", &feed_.prev_page},
                                                                    {"current", &feed_.current},
                                                                    {"prev-archive", &feed_.prev_archive},
                                                                    {"next-archive", &feed_.next_archive},
                                                                    {"license", &feed_.licence}}})
      if (found.rel == rel && field->empty()) *field = found.href;
  }

  void home(std::string address, int rank) {
    if (rank <= home_rank_) return;
    home_rank_ = rank;
    feed_.home_page_url = std::move(address);
  }

  void icon(pugi::xml_node node, bool is_icon) {
    auto address = scope_.attribute(node, "resource", Ns::rdf);
    if (address.empty()) address = scope_.attribute(node, "href");
    for (const auto& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const Scope::Inside inside(scope_, child);
      std::string_view local;
      scope_.names().of_element(child.name(), local);
      if (tag(local) != tag("url")) continue;
      if (auto text = scope_.resolved(scope_.line(child)); !text.empty()) address = std::move(text);
    }
    if (address.empty()) address = scope_.line(node);
    auto& target = is_icon ? feed_.icon : weak_icon_;
    if (target.empty()) target = scope_.resolved(address);
  }

  void cloud(pugi::xml_node node) {
    if (!equals_ignoring_case(scope_.attribute(node, "protocol"), "http-post")) return;
    const auto domain = scope_.attribute(node, "domain"), port = scope_.attribute(node, "port");
    auto path = scope_.attribute(node, "path");
    if (domain.empty()) return;
    if (!path.starts_with('/')) path.insert(0, "/");
    feed_.cloud_url = "http://" + domain + (port.empty() || port == "80" ? "" : ":" + port) + path;
  }

  void skip_hours(pugi::xml_node node) {
    for (const auto& child : node.children()) {
      const auto text = scope_.line(child);
      if (text.empty() || !is_digit(text[0])) continue;
      const auto hour = Scope::number(text);
      if (hour <= 24) feed_.skip_hours |= 1U << static_cast<unsigned>(hour % 24);  // RSS 0.91 counted from 1 to 24
    }
  }

  void skip_days(pugi::xml_node node) {
    static constexpr std::array kDays = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    for (const auto& child : node.children())
      for (unsigned day = 0; day < 7; ++day)
        if (equals_ignoring_case(scope_.line(child), kDays[day]))
          feed_.skip_days = static_cast<std::uint8_t>(feed_.skip_days | 1U << day);
  }

  void dublin_core(pugi::xml_node node, std::uint64_t name) {
    switch (name) {
      case tag("title"): return line_once(weak_title_, weak_title_, node, Ns::none);
      case tag("description"): return line_once(weak_description_, weak_description_, node, Ns::none);
      case tag("creator"):
      case tag("author"): return add_person(feed_.authors, person(scope_, node));
      case tag("language"):
        if (feed_.language.empty()) language(node);
        return;
      case tag("rights"): return line_once(weak_rights_, weak_rights_, node, Ns::none);
      case tag("date"):
      case tag("issued"):
      case tag("created"): return date(weak_updated_, node);
      case tag("modified"): return date(feed_.updated, node);
      default: return;
    }
  }

  void itunes(pugi::xml_node node, std::uint64_t name) {
    switch (name) {
      case tag("author"): weak_author_ = person_called(scope_.line(node)); return;
      case tag("image"): {
        auto address = scope_.attribute(node, "href");
        if (address.empty()) address = scope_.line(node);
        if (!address.empty()) itunes_image_ = scope_.resolved(address);
        return;
      }
      case tag("subtitle"):
      case tag("summary"): return line_once(weak_description_, weak_description_, node, Ns::none);
      case tag("title"): return line_once(weak_title_, weak_title_, node, Ns::none);
      default: return;
    }
  }

  void syndication(pugi::xml_node node, std::uint64_t name) {
    const auto text = to_ascii_lower(scope_.line(node));
    if (name == tag("updatefrequency")) frequency_ = Scope::number(text);
    if (name != tag("updateperiod")) return;
    period_ = text == "hourly"    ? 60
              : text == "daily"   ? 1440
              : text == "weekly"  ? 10080
              : text == "monthly" ? 43200
              : text == "yearly"  ? 525600
                                  : 0;
  }

  static void fall_back(std::string& field, std::string& weak) {
    if (field.empty()) field = std::move(weak);
  }

  XmlFeed finish() {
    fall_back(feed_.title, weak_title_);
    fall_back(feed_.description, weak_description_);
    fall_back(feed_.rights, weak_rights_);
    fall_back(feed_.icon, weak_icon_);
    fall_back(feed_.icon, itunes_image_);
    if (feed_.id.empty() && feed_.format == Format::rss10) feed_.id = about_;
    if (!feed_.updated) feed_.updated = weak_updated_;
    if (feed_.authors.empty()) add_person(feed_.authors, std::move(weak_author_));
    for (auto& entry : feed_.entries)
      if (entry.language.empty()) entry.language = feed_.language;
    if (period_ > 0) feed_.update_period_minutes = period_ / std::max<std::int64_t>(1, frequency_);
    warn();
    return {std::move(feed_), scope_.needs_spaces()};
  }

  void warn() {
    const auto note = [&](bool met, bool breaks_xml, std::string words) {
      if (!met) return;
      if (breaks_xml) feed_.well_formed = false;
      feed_.warnings.push_back(std::move(words));
    };
    note(scope_.faults().bare_ampersand, true, "An & stands alone; write it as &amp;");
    note(scope_.faults().html_entity, true,
         "Names such as &nbsp; are HTML's, not XML's; write the character itself, or put the HTML in CDATA");
    note(scope_.names().met_undeclared_prefix(), true, "An element has a prefix that is not declared with xmlns");
    note(!scope_.unreadable_date().empty(), false,
         "The date \"" + scope_.unreadable_date() +
             "\" cannot be read; RSS dates look like Thu, 29 Feb 2024 09:00:00 GMT");
  }

  Scope scope_;
  Feed feed_;
  Ns own_ = Ns::none;
  int home_rank_ = 0;
  std::int64_t period_ = 0, frequency_ = 1;
  std::string about_, weak_title_, weak_description_, weak_rights_, weak_icon_, itunes_image_;
  std::optional<sys_seconds> weak_updated_;
  Person weak_author_;
};

}  // namespace

Result<XmlFeed> feed_from_xml(const XmlTree& tree, const std::string& document_url) {
  XmlFeedReader reader(tree, document_url);
  auto feed = reader.read(tree);
  if (feed) return std::move(*feed);
  const std::string root = tree.document.document_element().name();
  if (equals_ignoring_case(root, "html"))
    return Error{ErrorCode::unsupported, "this is a web page, not a feed; look for the address of its feed"};
  if (equals_ignoring_case(root, "opml"))
    return Error{ErrorCode::unsupported, "this is an OPML list of feeds, not a feed; import it instead"};
  return Error{ErrorCode::unsupported, "this is not a feed: its outermost element is <" + root + ">"};
}

}  // namespace voice::feeds
