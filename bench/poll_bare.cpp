// bench/poll_bare.cpp - the physical limit: a bare curl multi loop over the same addresses, and nothing else.
//
// usage: poll_bare PORT FEEDS [EPOCH]: fetches every feed once, 64 at a time, with If-None-Match for EPOCH where one is named. Reads bodies
// and drops them. No pacing, no guard, no parsing, no database. Prints how many answers of each status came.
#include <cstdio>
#include <cstdlib>
#include <curl/curl.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace {

constexpr int kAtOnce = 64;

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

struct Slot {
  CURL* easy = curl_easy_init();
  curl_slist* headers = nullptr;
};

void start(CURLM* multi, Slot& slot, const std::string& port, int feed, int epoch) {
  const auto url = "http://127." + std::to_string(20 + feed / 60000) + "." + std::to_string(feed / 250 % 240) + "." +
                   std::to_string(feed % 250 + 1) + ":" + port + "/feed/" + std::to_string(feed);
  curl_slist_free_all(slot.headers);
  slot.headers = nullptr;
  if (epoch > 0)
    slot.headers = curl_slist_append(
        nullptr, ("If-None-Match: \"" + std::to_string(feed) + "-" + std::to_string(epoch) + "\"").c_str());
  curl_easy_setopt(slot.easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(slot.easy, CURLOPT_HTTPHEADER, slot.headers);
  curl_easy_setopt(slot.easy, CURLOPT_WRITEFUNCTION, drop);
  curl_easy_setopt(slot.easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(slot.easy, CURLOPT_PROXY, "");
  curl_easy_setopt(slot.easy, CURLOPT_PRIVATE, &slot);
  curl_multi_add_handle(multi, slot.easy);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string port = argv[1];
  const int feeds = std::atoi(argv[2]);
  const int epoch = argc > 3 ? std::atoi(argv[3]) : 0;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM* multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(kAtOnce));
  std::vector<Slot> slots(static_cast<std::size_t>(std::min(feeds, kAtOnce)));
  std::map<long, int> statuses;
  int next = 0;
  int done = 0;
  for (auto& slot : slots) start(multi, slot, port, next++, epoch);
  while (done < feeds) {
    int running = 0;
    curl_multi_perform(multi, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      CURL* easy = message->easy_handle;
      long status = 0;
      void* slot = nullptr;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &slot);
      curl_multi_remove_handle(multi, easy);
      ++statuses[status];
      ++done;
      if (next < feeds) start(multi, *static_cast<Slot*>(slot), port, next++, epoch);
    }
    if (done < feeds) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  }
  for (const auto& [status, count] : statuses) std::printf("%ld x%d ", status, count);
  std::printf("\n");
}
