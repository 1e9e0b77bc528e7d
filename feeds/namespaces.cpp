#include "feeds/namespaces.h"

#include <string>

#include "base/text.h"
#include "feeds/limits.h"

namespace voice::feeds {
namespace {

struct Known {
  std::string_view uri;  // reduced as by reduce()
  Ns ns;
};

// The addresses met in feeds, old and mistaken ones included.
constexpr Known kKnown[] = {
    {"www.w3.org/2005/atom", Ns::atom10},
    {"purl.org/atom/ns", Ns::atom03},
    {"purl.org/net/rss1.1", Ns::rss10},
    {"purl.org/rss/1.0", Ns::rss10},
    {"purl.org/rss/1.0/modules/content", Ns::content},
    {"purl.org/rss/1.0/modules/syndication", Ns::sy},
    {"purl.org/rss/1.0/modules/slash", Ns::slash},
    {"my.netscape.com/rdf/simple/0.9", Ns::rss090},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", Ns::none},
    {"channel.netscape.com/rdf/simple/0.9", Ns::rss090},
    {"backend.userland.com/rss", Ns::none},
    {"backend.userland.com/rss2", Ns::none},
    {"backend.userland.com/rss20", Ns::none},
    {"backend.userland.com/rss091", Ns::none},
    {"backend.userland.com/rss092", Ns::none},
    {"blogs.law.harvard.edu/tech/rss", Ns::none},
    {"cyber.law.harvard.edu/rss", Ns::none},
    {"www.rssboard.org/rss-specification", Ns::none},
    {"purl.org/rss/2.0", Ns::none},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", Ns::rdf},
    {"purl.org/dc/elements/1.1", Ns::dc},
    {"purl.org/dc/elements/1.0", Ns::dc},
    {"purl.org/dc", Ns::dc},
    {"purl.org/dc/terms", Ns::dcterms},
    {"search.yahoo.com/mrss", Ns::media},
    {"search.yahoo.com/mrss/rss", Ns::media},
    {"www.itunes.com/dtds/podcast-1.0.dtd", Ns::itunes},
    {"itunes.com/dtds/podcast-1.0.dtd", Ns::itunes},
    {"example.com/dtds/podcast-1.0.dtd", Ns::itunes},
    {"www.itunes.com/dtds/podcast", Ns::itunes},
    {"wellformedweb.org/commentapi", Ns::wfw},
    {"purl.org/syndication/thread/1.0", Ns::thr},
    {"purl.org/syndication/history/1.0", Ns::fh},
    {"backend.userland.com/creativecommonsrssmodule", Ns::licence},
    {"web.resource.org/cc", Ns::licence},
    {"creativecommons.org/ns", Ns::licence},
    {"cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", Ns::licence},
    {"www.georss.org/georss", Ns::georss},
    {"podcastindex.org/namespace/1.0", Ns::podcast},
    {"github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", Ns::podcast},
    {"www.w3.org/1999/xhtml", Ns::xhtml},
    {"rssnamespace.org/feedburner/ext/1.0", Ns::feedburner},
    {"www.w3.org/xml/1998/namespace", Ns::xml},
};

// Without scheme, case and what people add or forget at the end.
std::string reduce(std::string_view uri) {
  auto text = to_ascii_lower(trim(uri));
  for (const std::string_view scheme : {"http://", "https://"})
    if (text.starts_with(scheme)) text.erase(0, scheme.size());
  while (!text.empty() && (text.back() == '/' || text.back() == '#')) text.pop_back();
  return text;
}

}  // namespace

Ns namespace_of(std::string_view uri) {
  const auto reduced = reduce(uri);
  if (reduced.empty()) return Ns::none;
  for (const auto& known : kKnown)
    if (known.uri == reduced) return known.ns;
  return Ns::other;
}

Ns usual_meaning(std::string_view prefix) {
  static constexpr struct {
    std::string_view prefix;
    Ns ns;
  } kUsual[] = {{"atom", Ns::atom10},
                {"atom10", Ns::atom10},
                {"a10", Ns::atom10},
                {"dc", Ns::dc},
                {"dcterms", Ns::dcterms},
                {"content", Ns::content},
                {"media", Ns::media},
                {"itunes", Ns::itunes},
                {"sy", Ns::sy},
                {"slash", Ns::slash},
                {"wfw", Ns::wfw},
                {"thr", Ns::thr},
                {"fh", Ns::fh},
                {"creativecommons", Ns::licence},
                {"cc", Ns::licence},
                {"georss", Ns::georss},
                {"podcast", Ns::podcast},
                {"xhtml", Ns::xhtml},
                {"feedburner", Ns::feedburner},
                {"rdf", Ns::rdf},
                {"rss", Ns::none},
                {"xml", Ns::xml}};
  for (const auto& usual : kUsual)
    if (equals_ignoring_case(usual.prefix, prefix)) return usual.ns;
  return Ns::other;
}

std::size_t Namespaces::enter(pugi::xml_node element) {
  const auto mark = bound_.size();
  for (auto attribute = element.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name();
    if (!name.starts_with("xmlns") || (name.size() > 5 && name[5] != ':')) continue;
    if (bound_.size() >= kMostNamespaces) break;
    const auto ns = namespace_of(attribute.value());
    // A default namespace nobody knows is an author's own address on plain RSS, not another vocabulary.
    if (name.size() == 5)
      bound_.push_back({{}, ns == Ns::other ? Ns::none : ns});
    else
      bound_.push_back({name.substr(6), ns});
  }
  return mark;
}

Ns Namespaces::of_prefix(std::string_view prefix) {
  for (auto binding = bound_.rbegin(); binding != bound_.rend(); ++binding) {
    if (binding->prefix != prefix) continue;
    // dc="http://purl.org/dc/elements/2.0" and the like: the address is wrong, the prefix says what was meant.
    return binding->ns == Ns::other ? usual_meaning(prefix) : binding->ns;
  }
  if (prefix.empty()) return Ns::none;
  if (prefix == "xml") return Ns::xml;
  undeclared_ = true;
  return usual_meaning(prefix);
}

Ns Namespaces::of_element(std::string_view qualified_name, std::string_view& local) {
  const auto colon = qualified_name.find(':');
  if (colon == std::string_view::npos) {
    local = qualified_name;
    return of_prefix({});
  }
  local = qualified_name.substr(colon + 1);
  return of_prefix(qualified_name.substr(0, colon));
}

Ns Namespaces::of_attribute(std::string_view qualified_name, std::string_view& local) {
  const auto colon = qualified_name.find(':');
  if (colon == std::string_view::npos) {
    local = qualified_name;
    return Ns::none;
  }
  local = qualified_name.substr(colon + 1);
  return of_prefix(qualified_name.substr(0, colon));
}

}  // namespace voice::feeds
