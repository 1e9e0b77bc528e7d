// The order of the rooms is a rule of the house: an upward include does not link, and this says why before the linker does.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {
namespace fs = std::filesystem;

// For each room, the rooms it may include besides itself.
const std::map<std::string, std::vector<std::string>> kMayInclude = {
    {"base", {}},
    {"config", {"base"}},
    {"content", {"base", "config"}},
    {"feeds", {"base", "config"}},
    {"store", {"base", "config", "content", "feeds"}},
    {"fetcher", {"base", "config", "content", "feeds", "store"}},
    {"views", {"base", "config", "content", "feeds", "store"}},
    {"server", {"base", "config", "content", "feeds", "store", "fetcher", "views"}},
    {"app", {"base", "config", "content", "feeds", "store", "fetcher", "views", "server"}},
};

// Third-party headers and the only rooms that may wrap them.
const std::map<std::string, std::vector<std::string>> kWrappedIn = {
    {"sqlite3.h", {"store"}},      {"curl/curl.h", {"fetcher"}}, {"httplib.h", {"server"}},
    {"pugixml.hpp", {"feeds"}},    {"gumbo.h", {"content"}},     {"kainjow/mustache.hpp", {"views"}},
    {"toml++/toml.h", {"config"}}, {"cmark-gfm.h", {"content"}},
};

bool has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}
}  // namespace

TEST_CASE("a room includes only rooms below it, and third-party headers only where they are wrapped") {
  int read = 0;
  for (const auto& [room, allowed] : kMayInclude) {
    for (const auto& file : fs::recursive_directory_iterator(fs::path(PROJECT_ROOT) / room)) {
      const auto extension = file.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      ++read;
      std::ifstream in(file.path());
      for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("#include ")) continue;
        const auto name = line.substr(10, line.find_first_of("\">", 10) - 10);
        CAPTURE(file.path().string());
        CAPTURE(name);
        const auto other = name.substr(0, name.find('/'));
        if (kMayInclude.contains(other) && other != room) CHECK(has(allowed, other));
        const auto wrapped = kWrappedIn.find(name);
        if (wrapped != kWrappedIn.end()) CHECK(has(wrapped->second, room));
      }
    }
  }
  CHECK(read > 20);
}
