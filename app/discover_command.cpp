#include "app/discover_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "feeds/document.h"
#include "fetcher/feed_finder.h"

namespace voice::app {
namespace {

using Json = nlohmann::ordered_json;

int print(const std::vector<content::FeedCandidate>& candidates) {
  Json list = Json::array();
  for (const auto& c : candidates)
    list.push_back({{"url", c.url}, {"type", c.type}, {"title", c.title}, {"via", c.via}});
  std::cout << list.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  return candidates.empty() ? 1 : 0;
}

int discover_file(const DiscoverOptions& options) {
  const auto bytes = read_file(options.page);
  if (!bytes) return fail_with(bytes.error(), 3);
  return print(feeds_offered(*bytes, options.url));
}

int discover_address(const DiscoverOptions& options) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 3);
  auto guarded = fetcher::client_settings(settings->fetch);
  if (!guarded) return fail_with(guarded.error(), 3);
  const auto client = fetcher::make_http_client(std::move(*guarded));
  const auto found = fetcher::find_feeds(*client, options.page, fetcher::plain_user_agent(settings->site.base_url));
  if (const auto* failure = std::get_if<fetcher::Failure>(&found)) {
    std::cerr << "voice discover: " << failure->sentence << "\n";
    return 1;
  }
  return print(std::get<fetcher::FoundFeeds>(found).feeds);
}

}  // namespace

std::vector<content::FeedCandidate> feeds_offered(std::string_view bytes, std::string_view url) {
  if (feeds::looks_like_feed(bytes)) return {{std::string(url), "", "", "self"}};
  auto found = content::platform_feeds(url);
  for (auto& candidate : content::page_feeds(bytes, url)) {
    const auto same = [&](const content::FeedCandidate& known) { return known.url == candidate.url; };
    if (std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(candidate));
  }
  return found;
}

int discover_command(const DiscoverOptions& options) {
  const bool is_file = options.page == "-" || std::filesystem::exists(options.page);
  return is_file || fetcher::addresses_meant(options.page).empty() ? discover_file(options) : discover_address(options);
}

}  // namespace voice::app
