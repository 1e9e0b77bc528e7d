#include "feeds/entry_reader.h"

#include <algorithm>

#include "base/text.h"
#include "feeds/constructs.h"
#include "feeds/limits.h"
#include "feeds/markup.h"
#include "feeds/media_types.h"
#include "feeds/people.h"

namespace voice::feeds {
namespace {

bool is_web_address(std::string_view text) {
  return (starts_with_ignoring_case(text, "http://") || starts_with_ignoring_case(text, "https://")) &&
         text.find_first_of(" \n\t<>") == std::string_view::npos;
}

// How well a word is placed to say something: the format's own, a neighbour's, a general vocabulary's, a guess.
enum Rank : int { guess = 1, borrowed = 2, neighbour = 3, own = 4, best = 5 };

// A value with the rank of who said it. The first of the best counts.
template <class T>
struct Ranked {
  T value{};
  int rank = 0;
  bool wants(int from) const { return from > rank; }
  void offer(T offered, int from) {
    if (!wants(from)) return;
    value = std::move(offered);
    rank = from;
  }
};

class EntryReader {
 public:
  EntryReader(Scope& scope, Ns own_ns) : scope_(scope), own_(own_ns) {}

  Entry read(pugi::xml_node element) {
    about_ = scope_.attribute(element, "about", Ns::rdf);
    entry_.base_url = scope_.base();
    entry_.language = scope_.language();
    children(element);
    return finish();
  }

 private:
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
      case Ns::content:
        if (name == tag("encoded")) body(node, Ns::none, best);
        return;
      case Ns::xhtml:
        if (name == tag("body") || name == tag("div")) xhtml_body(node);
        return;
      case Ns::media: return media(node, name);
      case Ns::itunes: return itunes(node, name);
      case Ns::licence:
        if (name == tag("license")) licence(node);
        return;
      case Ns::feedburner:
        if (name == tag("origlink")) link_.offer(scope_.resolved(scope_.line(node)), borrowed);
        return;
      default: return;
    }
  }

  int rank(Ns ns) const {
    const auto is_atom = [](Ns n) { return n == Ns::atom10 || n == Ns::atom03; };
    return is_atom(ns) == is_atom(own_) ? own : neighbour;
  }

  void core(pugi::xml_node node, Ns ns, std::uint64_t name) {
    switch (name) {
      case tag("title"): return title(node, ns, rank(ns));
      case tag("link"): return link(node, ns);
      case tag("guid"): return guid(node);
      case tag("id"): return id_.offer(scope_.line(node), rank(ns));
      case tag("description"): return summary(description_, node, ns, rank(ns));
      case tag("summary"): return summary(summary_, node, ns, rank(ns));
      case tag("content"): return body(node, ns, own);
      case tag("body"):
      case tag("fulltext"):
      case tag("fullitem"): return body(node, ns, neighbour);
      case tag("pubdate"):
      case tag("published"): return date(published_, node, rank(ns));
      case tag("issued"): return date(published_, node, neighbour);
      case tag("updated"):
      case tag("modified"): return date(updated_, node, rank(ns));
      case tag("date"):
      case tag("created"): return date(published_, node, guess);
      case tag("author"):
      case tag("creator"): return add_person(entry_.authors, person(scope_, node));
      case tag("category"): return category(node);
      case tag("tags"): return add_tags(scope_.line(node));
      case tag("enclosure"): return enclosure(node);
      case tag("source"): return source(node);
      case tag("comments"): return comments_.offer(scope_.resolved(scope_.line(node)), own);
      case tag("rights"):
      case tag("copyright"): return rights_.offer(construct(scope_, node, ns).as_line(), rank(ns));
      case tag("image"):
      case tag("thumbnail"): return image(node);
      default: return;
    }
  }

  // A date that cannot be read must not keep one out that can.
  void date(Ranked<std::optional<sys_seconds>>& field, pugi::xml_node node, int from) {
    if (from < field.rank) return;
    const auto read = scope_.date(node);
    if (!read) return;
    field.value = read;  // the last of several: programs append what they correct
    field.rank = from;
  }

  void title(pugi::xml_node node, Ns ns, int from) {
    if (!title_.wants(from)) return;
    auto line = construct(scope_, node, ns).as_line();
    if (!line.empty()) title_.offer(std::move(line), from);
  }

  void body(pugi::xml_node node, Ns ns, int from) {
    if (!content_.wants(from)) return;
    const auto type = to_ascii_lower(scope_.attribute(node, "type"));
    // Media elsewhere (RFC 4287, 4.1.3.2): the address is all there is.
    if (const auto src = scope_.attribute(node, "src"); !src.empty()) return content_elsewhere(src, type);
    auto read = construct(scope_, node, ns);
    if (read.empty()) return;
    content_.offer(std::move(read), from);
    stand_here();
  }

  void xhtml_body(pugi::xml_node node) {
    if (!content_.wants(neighbour)) return;
    content_.offer({scope_.holds_elements(node) ? scope_.markup(node) : html_of_text(scope_.text(node)), {}},
                   neighbour);
    stand_here();
  }

  // The body's own place decides what its addresses are relative to and which language it is in.
  void stand_here() {
    entry_.base_url = scope_.base();
    if (!scope_.language().empty()) entry_.language = scope_.language();
  }

  void content_elsewhere(const std::string& src, const std::string& type) {
    auto url = scope_.resolved(src);
    if (type.empty() || type.starts_with("text/") || type.find("html") != std::string::npos)
      link_.offer(std::move(url), guess);
    else
      add_enclosure({.url = std::move(url), .mime_type = type});
  }

  void summary(Ranked<Construct>& field, pugi::xml_node node, Ns ns, int from) {
    if (!field.wants(from)) return;
    auto read = construct(scope_, node, ns);
    if (read.empty()) return;
    field.offer(std::move(read), from);
    if (content_.rank == 0) entry_.base_url = scope_.base();
  }

  void link(pugi::xml_node node, Ns ns) {
    auto found = atom_link(scope_, node);
    if (found.href.empty()) return;
    if (found.rel == "alternate") {
      const bool page = found.type.empty() || found.type.find("html") != std::string::npos;
      link_.offer(std::move(found.href), page ? rank(ns) : borrowed);
    } else if (found.rel == "enclosure") {
      add_enclosure({.url = found.href, .mime_type = found.type, .size_in_bytes = found.length, .title = found.title});
    } else if (found.rel == "related") {
      external_.offer(std::move(found.href), own);
    } else if (found.rel == "via") {
      external_.offer(std::move(found.href), borrowed);
    } else if (found.rel == "replies") {
      const bool page = found.type.empty() || found.type.find("html") != std::string::npos;
      if (page) comments_.offer(std::move(found.href), neighbour);
    } else if (found.rel == "license") {
      licence_.offer(std::move(found.href), own);
    }
  }

  void guid(pugi::xml_node node) {
    auto text = scope_.line(node);
    if (text.empty()) return;
    const bool address = is_web_address(text) && !equals_ignoring_case(scope_.attribute(node, "isPermaLink"), "false");
    if (id_.wants(own)) permalink_ = address;
    id_.offer(std::move(text), own);
  }

  void category(pugi::xml_node node) {
    auto label = scope_.attribute(node, "term");
    if (label.empty()) label = scope_.attribute(node, "label");
    if (label.empty()) label = line_of_html(scope_.text(node));
    add_tag(std::move(label));
  }

  void add_tag(std::string label) {
    label = collapse_space(label);
    if (label.empty() || entry_.tags.size() >= kMostOfAKind) return;
    if (std::find(entry_.tags.begin(), entry_.tags.end(), label) != entry_.tags.end()) return;
    entry_.tags.push_back(std::move(label));
  }

  void add_tags(std::string_view list) {
    for (const auto part : split(list, ',')) add_tag(std::string(part));
  }

  void enclosure(pugi::xml_node node) {
    auto address = scope_.attribute(node, "url");
    if (address.empty()) address = scope_.attribute(node, "href");
    if (address.empty()) address = scope_.attribute(node, "resource", Ns::rdf);
    if (address.empty()) address = scope_.line(node);
    add_enclosure({.url = scope_.resolved(address),
                   .mime_type = scope_.attribute(node, "type"),
                   .size_in_bytes = Scope::number(scope_.attribute(node, "length"))});
  }

  void add_enclosure(Enclosure found) {
    if (found.url.empty() || entry_.enclosures.size() >= kMostOfAKind) return;
    found.mime_type = media_type_of(found.mime_type, found.url);
    const auto same = std::find_if(entry_.enclosures.begin(), entry_.enclosures.end(),
                                   [&](const Enclosure& known) { return known.url == found.url; });
    if (same == entry_.enclosures.end()) {
      entry_.enclosures.push_back(std::move(found));
      return;
    }
    if (same->size_in_bytes == 0) same->size_in_bytes = found.size_in_bytes;
    if (same->duration_in_seconds == 0) same->duration_in_seconds = found.duration_in_seconds;
    if (same->title.empty()) same->title = std::move(found.title);
    if (same->mime_type.empty()) same->mime_type = std::move(found.mime_type);
  }

  void image(pugi::xml_node node) {
    auto address = scope_.attribute(node, "url");
    if (address.empty()) address = scope_.attribute(node, "href");
    if (address.empty()) address = scope_.attribute(node, "resource", Ns::rdf);
    for (const auto& child : node.children())
      if (address.empty() && equals_ignoring_case(child.name(), "url")) address = scope_.line(child);
    if (address.empty()) address = scope_.line(node);
    if (!address.empty()) image_.offer(scope_.resolved(address), neighbour);
  }

  void source(pugi::xml_node node) {
    if (entry_.source) return;
    Source from;
    if (!scope_.holds_elements(node)) {
      from.title = line_of_html(scope_.text(node));
      from.feed_url = scope_.resolved(scope_.attribute(node, "url"));
      if (!from.title.empty() || !from.feed_url.empty()) entry_.source = std::move(from);
      return;
    }
    for (const auto& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const Scope::Inside inside(scope_, child);
      std::string_view local;
      const Ns ns = scope_.names().of_element(child.name(), local);
      source_element(child, ns, tag(local), from);
    }
    entry_.source = std::move(from);
  }

  void source_element(pugi::xml_node node, Ns ns, std::uint64_t name, Source& from) {
    switch (name) {
      case tag("id"): from.id = scope_.line(node); break;
      case tag("title"): from.title = construct(scope_, node, ns).as_line(); break;
      case tag("rights"): from.rights = construct(scope_, node, ns).as_line(); break;
      case tag("updated"): from.updated = scope_.date(node); break;
      case tag("author"): add_person(source_authors_, person(scope_, node)); break;
      case tag("link"): {
        auto found = atom_link(scope_, node);
        if (found.rel == "self" && from.feed_url.empty()) from.feed_url = std::move(found.href);
        if (found.rel == "alternate" && from.home_page_url.empty()) from.home_page_url = std::move(found.href);
        break;
      }
      default: break;
    }
  }

  void licence(pugi::xml_node node) {
    auto address = scope_.attribute(node, "resource", Ns::rdf);
    if (address.empty()) address = scope_.line(node);
    licence_.offer(scope_.resolved(address), neighbour);
  }

  void dublin_core(pugi::xml_node node, std::uint64_t name) {
    switch (name) {
      case tag("title"): return title(node, Ns::none, borrowed);
      case tag("creator"):
      case tag("author"): return add_person(entry_.authors, person(scope_, node));
      case tag("description"):
      case tag("abstract"): return summary(summary_, node, Ns::none, borrowed);
      case tag("date"):
      case tag("created"): return date(published_, node, guess);
      case tag("issued"): return date(published_, node, borrowed);
      case tag("modified"): return date(updated_, node, borrowed);
      case tag("subject"): return add_tag(line_of_html(scope_.text(node)));
      case tag("identifier"): return id_.offer(scope_.line(node), guess);
      case tag("rights"): return rights_.offer(scope_.line(node), borrowed);
      case tag("license"): return licence_.offer(scope_.line(node), borrowed);
      case tag("language"): language_ = scope_.line(node); return;
      default: return;
    }
  }

  void media(pugi::xml_node node, std::uint64_t name) {
    switch (name) {
      case tag("group"):
      case tag("content"): {
        constexpr int kDeepestGroup = 4;  // content in a group is two
        if (media_depth_ == kDeepestGroup) return;
        ++media_depth_;
        if (name == tag("group"))
          children(node);
        else
          media_content(node);
        --media_depth_;
        return;
      }
      case tag("thumbnail"): return image_.offer(scope_.resolved(scope_.attribute(node, "url")), own);
      case tag("title"): return title(node, Ns::none, guess);
      case tag("description"): return summary(summary_, node, Ns::none, guess);
      case tag("category"): return add_tag(line_of_html(scope_.text(node)));
      case tag("keywords"): return add_tags(scope_.line(node));
      default: return;
    }
  }

  void media_content(pugi::xml_node node) {
    Enclosure found{.url = scope_.resolved(scope_.attribute(node, "url")),
                    .mime_type = scope_.attribute(node, "type"),
                    .size_in_bytes = Scope::number(scope_.attribute(node, "fileSize")),
                    .title = {},
                    .duration_in_seconds = Scope::duration(scope_.attribute(node, "duration"))};
    for (const auto& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const Scope::Inside inside(scope_, child);
      std::string_view local;
      if (scope_.names().of_element(child.name(), local) != Ns::media) continue;
      if (tag(local) == tag("title")) found.title = construct(scope_, child, Ns::none).as_line();
      media(child, tag(local));
    }
    if (found.mime_type.starts_with("image/") || scope_.attribute(node, "medium") == "image")
      image_.offer(found.url, guess);
    add_enclosure(std::move(found));
  }

  void itunes(pugi::xml_node node, std::uint64_t name) {
    switch (name) {
      case tag("title"): return title(node, Ns::none, guess);
      case tag("author"): itunes_author_ = person_called(scope_.line(node)); return;
      case tag("summary"): return summary(summary_, node, Ns::none, guess);
      case tag("subtitle"): return subtitle_.offer(scope_.line(node), guess);
      case tag("image"): {
        auto address = scope_.attribute(node, "href");
        if (address.empty()) address = scope_.attribute(node, "url");
        if (address.empty()) address = scope_.line(node);
        return image_.offer(scope_.resolved(address), best);
      }
      case tag("duration"): duration_ = Scope::duration(scope_.line(node)); return;
      case tag("keywords"): return add_tags(scope_.line(node));
      case tag("category"): return add_tag(scope_.attribute(node, "text"));
      default: return;
    }
  }

  Entry finish() {
    entry_.id = std::move(id_.value);
    if (entry_.id.empty()) entry_.id = about_;
    entry_.id_is_permalink = permalink_ && id_.rank == own;
    entry_.title = std::move(title_.value);
    entry_.url = std::move(link_.value);
    if (entry_.url.empty() && entry_.id_is_permalink) entry_.url = scope_.resolved(entry_.id);
    if (entry_.url.empty() && own_is_atom_or_rdf() && is_web_address(entry_.id)) entry_.url = entry_.id;
    entry_.external_url = std::move(external_.value);
    entry_.image = std::move(image_.value);
    entry_.comments_url = std::move(comments_.value);
    entry_.rights = std::move(rights_.value);
    entry_.licence = std::move(licence_.value);
    entry_.published = published_.value;
    entry_.updated = updated_.value;
    if (!language_.empty()) entry_.language = std::move(language_);
    if (entry_.authors.empty()) add_person(entry_.authors, std::move(itunes_author_));
    if (entry_.authors.empty()) entry_.authors = std::move(source_authors_);
    if (duration_ > 0 && !entry_.enclosures.empty() && entry_.enclosures.front().duration_in_seconds == 0)
      entry_.enclosures.front().duration_in_seconds = duration_;
    finish_bodies();
    return std::move(entry_);
  }

  bool own_is_atom_or_rdf() const { return own_ != Ns::none; }

  void finish_bodies() {
    if (description_.rank < summary_.rank) std::swap(description_, summary_);  // "summary" is the better one
    if (description_.rank == 0) description_.value.text = std::move(subtitle_.value);
    // A lone description is the content.
    if (content_.value.empty()) std::swap(content_.value, description_.value);
    auto& beside = description_.value.empty() ? summary_.value : description_.value;
    unescape_twice_escaped(content_.value.html);
    unescape_twice_escaped(beside.html);
    entry_.content_html = std::move(content_.value.html);
    entry_.content_text = std::move(content_.value.text);
    entry_.summary_html = std::move(beside).as_html();
  }

  Scope& scope_;
  Ns own_;
  Entry entry_;
  std::string about_, language_;
  bool permalink_ = false;
  int media_depth_ = 0;
  std::int64_t duration_ = 0;
  Person itunes_author_;
  std::vector<Person> source_authors_;
  Ranked<std::string> id_, title_, link_, external_, image_, comments_, rights_, licence_, subtitle_;
  Ranked<Construct> content_, description_, summary_;
  Ranked<std::optional<sys_seconds>> published_, updated_;
};

}  // namespace

Entry read_entry(Scope& scope, pugi::xml_node element, Ns own) { return EntryReader(scope, own).read(element); }

}  // namespace voice::feeds
