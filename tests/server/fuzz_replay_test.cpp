// The fuzz targets over their corpora, as ordinary tests: what once was found stays found.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

void fuzz_chunked(std::string_view input);

TEST_CASE("the fuzz targets hold for every file of their corpora") {
  const struct {
    const char* name;
    void (*target)(std::string_view);
  } targets[] = {{"chunked", fuzz_chunked}};
  for (const auto& t : targets) {
    int files = 0;
    for (const auto& file :
         std::filesystem::directory_iterator(PROJECT_ROOT "/tests/fuzz/corpus/" + std::string(t.name))) {
      CAPTURE(file.path().string());
      std::ifstream in(file.path(), std::ios::binary);
      t.target(std::string(std::istreambuf_iterator<char>(in), {}));  // aborts where the property does not hold
      ++files;
    }
    CAPTURE(t.name);
    CHECK(files > 0);
  }
}
