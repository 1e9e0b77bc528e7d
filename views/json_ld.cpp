#include "views/json_ld.h"

#include <nlohmann/json.hpp>

namespace voice::views {
namespace {
using Json = nlohmann::ordered_json;

std::string text_of(const Json& document) { return document.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json item_list(const std::vector<PostCard>& posts, const std::string& base_url) {
  Json items = Json::array();
  int position = 0;
  for (const auto& post : posts)
    items.push_back(
        {{"@type", "ListItem"}, {"position", ++position}, {"url", base_url + post.page_url}, {"name", post.title}});
  return {{"@type", "ItemList"}, {"itemListElement", std::move(items)}};
}

Json collection(const PageSubject& page, const std::vector<PostCard>& posts, const std::string& base_url) {
  return {{"@type", "CollectionPage"},
          {"name", page.name},
          {"description", page.description},
          {"url", page.url},
          {"mainEntity", item_list(posts, base_url)}};
}
}  // namespace

std::string front_page_ld(const PageSubject& site, const std::vector<PostCard>& posts, const std::string& base_url) {
  const Json search = {
      {"@type", "SearchAction"},
      {"target", {{"@type", "EntryPoint"}, {"urlTemplate", base_url + "/search?q={search_term_string}"}}},
      {"query-input", "required name=search_term_string"}};
  const Json website = {{"@type", "WebSite"},
                        {"name", site.name},
                        {"description", site.description},
                        {"url", site.url},
                        {"potentialAction", search}};
  return text_of({{"@context", "https://schema.org"}, {"@graph", {website, collection(site, posts, base_url)}}});
}

std::string collection_ld(const PageSubject& page, const std::vector<PostCard>& posts, const std::string& base_url) {
  Json document = {{"@context", "https://schema.org"}};
  document.update(collection(page, posts, base_url));
  return text_of(document);
}

std::string blog_ld(const PageSubject& blog, const std::string& home_url, const std::string& author) {
  Json document = {{"@context", "https://schema.org"},
                   {"@type", "Blog"},
                   {"name", blog.name},
                   {"description", blog.description},
                   {"url", home_url.empty() ? blog.url : home_url},
                   {"mainEntityOfPage", blog.url}};
  if (!author.empty()) document["author"] = {{"@type", "Person"}, {"name", author}};
  return text_of(document);
}

std::string profile_ld(const PageSubject& person) {
  return text_of({{"@context", "https://schema.org"},
                  {"@type", "ProfilePage"},
                  {"url", person.url},
                  {"mainEntity", {{"@type", "Person"}, {"name", person.name}, {"url", person.url}}}});
}

}  // namespace voice::views
