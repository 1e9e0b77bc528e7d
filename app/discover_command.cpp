#include "app/discover_command.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "feeds/document.h"

namespace voice::app {
namespace {

using Json = nlohmann::ordered_json;

std::optional<std::string> read_file(const std::string& name) {
  if (name == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(name, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Json to_json(const std::vector<content::FeedCandidate>& candidates) {
  Json list = Json::array();
  for (const auto& c : candidates)
    list.push_back({{"url", c.url}, {"type", c.type}, {"title", c.title}, {"via", c.via}});
  return list;
}

}  // namespace

std::vector<content::FeedCandidate> feeds_offered(std::string_view bytes, std::string_view url) {
  if (feeds::looks_like_feed(bytes)) return {{std::string(url), "", "", "self"}};
  auto found = content::platform_feeds(url);
  for (auto& candidate : content::page_feeds(bytes, url)) found.push_back(std::move(candidate));
  return found;
}

int discover_command(const DiscoverOptions& options) {
  const auto bytes = read_file(options.page);
  if (!bytes) {
    std::cerr << "voice discover: cannot read " << options.page << "\n";
    return 3;
  }
  const auto found = feeds_offered(*bytes, options.url);
  std::cout << to_json(found).dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  return found.empty() ? 1 : 0;
}

}  // namespace voice::app
