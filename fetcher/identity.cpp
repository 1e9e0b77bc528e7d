#include "fetcher/identity.h"

#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"
#include "base/url.h"

namespace voice::fetcher {
namespace {

void add(std::string& all, std::string_view part) {
  all += part;
  all += '\x1F';  // unit separator: "ab" + "c" is not "a" + "bc"
}

void add(std::string& all, const std::optional<sys_seconds>& time) {
  add(all, time ? std::to_string(unix_seconds(*time)) : std::string_view());
}

std::string text_key(const feeds::Entry& entry) {
  std::string all;
  add(all, entry.title);
  add(all, entry.content_html);
  add(all, entry.content_text);
  add(all, entry.summary_html);
  return "hash:" + to_hex(fingerprint(all));
}

std::string without_tracking(std::string_view query) {
  std::string kept;
  for (const auto part : split(query, '&')) {
    if (is_tracking_parameter(part.substr(0, part.find('=')))) continue;
    if (!kept.empty()) kept += '&';
    kept += part;
  }
  return kept;
}

// The keys of one document's entries; empty where the entry has none that tells it from its neighbours.
struct Keys {
  std::string id;
  std::string link;
};

// The values that entries differing in `mark` share. An entry said twice, word for word, is not a reason to doubt its id.
std::unordered_set<std::string> shared(const std::vector<std::string>& values, const std::vector<std::string>& marks) {
  std::unordered_map<std::string_view, std::string_view> first;
  std::unordered_set<std::string> out;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (const auto [at, is_new] = first.emplace(values[i], marks[i]); !is_new && at->second != marks[i])
      out.insert(values[i]);
  return out;
}

std::vector<Keys> keys_of(const std::vector<feeds::Entry>& entries) {
  std::vector<std::string> ids;
  std::vector<std::string> links;
  std::vector<std::string> marks;
  for (const auto& entry : entries) {
    ids.push_back(folded(entry.id));
    links.push_back(folded(entry.url));
    marks.push_back(links.back() + '\x1F' + entry.title);
  }
  // Some CMSs give every item one guid, so a repeated guid is no guid.
  const auto repeated_ids = shared(ids, marks);
  for (auto& id : ids)
    if (repeated_ids.contains(id)) id.clear();
  // A link that several posts share is the blog's front page.
  for (std::size_t i = 0; i < marks.size(); ++i) marks[i] = ids[i].empty() ? entries[i].title : ids[i];
  const auto repeated_links = shared(links, marks);
  std::vector<Keys> keys(entries.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i].id = std::move(ids[i]);
    if (!repeated_links.contains(links[i])) keys[i].link = std::move(links[i]);
  }
  return keys;
}

}  // namespace

std::string folded(std::string_view id_or_link) {
  const auto text = trim(id_or_link);
  if (!starts_with_ignoring_case(text, "http")) return std::string(text);
  auto url = parse_url(text);
  if (!url || !url->is_web()) return std::string(text);
  url->scheme = "https";
  if (url->query) {
    *url->query = without_tracking(*url->query);
    if (url->query->empty()) url->query.reset();
  }
  return url->text();
}

std::string content_fingerprint(const feeds::Entry& entry) {
  std::string all;
  all.reserve(entry.content_html.size() + entry.summary_html.size() + 1024);
  for (const std::string_view part :
       {std::string_view(entry.title), std::string_view(entry.content_html), std::string_view(entry.content_text),
        std::string_view(entry.summary_html), std::string_view(entry.image), std::string_view(entry.language),
        std::string_view(entry.rights), std::string_view(entry.licence)})
    add(all, part);
  for (const auto* address : {&entry.url, &entry.external_url, &entry.comments_url}) add(all, folded(*address));
  add(all, entry.published);
  add(all, entry.updated);
  for (const auto& person : entry.authors) {
    add(all, person.name);
    add(all, person.url);
  }
  for (const auto& tag : entry.tags) add(all, tag);
  for (const auto& enclosure : entry.enclosures) {
    add(all, enclosure.url);
    add(all, std::to_string(enclosure.size_in_bytes));
  }
  return fingerprint(all);
}

std::vector<Identified> identify(const std::vector<feeds::Entry>& entries,
                                 const std::vector<store::KnownEntry>& known) {
  const auto keys = keys_of(entries);
  std::unordered_map<std::string_view, const store::KnownEntry*> by_guid;
  std::unordered_map<std::string, const store::KnownEntry*> by_link;
  for (const auto& entry : known) {
    by_guid.emplace(entry.guid, &entry);
    if (entry.url.empty()) continue;
    // Two stored posts with one link: the link tells nothing.
    if (const auto [at, is_new] = by_link.emplace(folded(entry.url), &entry); !is_new) at->second = nullptr;
  }
  std::unordered_set<std::string_view> ids_here;
  for (const auto& key : keys) ids_here.insert(key.id);

  const auto find_known = [&](const Keys& key, const std::string& own) -> const store::KnownEntry* {
    if (const auto at = by_guid.find(own); at != by_guid.end()) return at->second;
    if (key.link.empty()) return nullptr;
    const auto at = by_link.find(key.link);
    if (at == by_link.end() || at->second == nullptr) return nullptr;
    // The post that has this link is in the document under its own guid: then this is another one.
    return ids_here.contains(at->second->guid) ? nullptr : at->second;
  };

  std::vector<Identified> out;
  std::unordered_set<std::string> taken;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& key = keys[i];
    const std::string own = !key.id.empty() ? key.id : !key.link.empty() ? key.link : text_key(entries[i]);
    const auto* stored = find_known(key, own);
    Identified identified{.index = i,
                          .guid = stored ? stored->guid : own,
                          .hash = content_fingerprint(entries[i]),
                          .known = stored != nullptr,
                          .changed = false};
    identified.changed = stored != nullptr && stored->content_hash != identified.hash;
    if (taken.insert(identified.guid).second) out.push_back(std::move(identified));
  }
  return out;
}

}  // namespace voice::fetcher
