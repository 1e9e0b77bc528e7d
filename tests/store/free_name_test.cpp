#include "store/free_name.h"

#include <doctest/doctest.h>
#include <set>

using voice::store::free_name;

TEST_CASE("the first free name is given, with few questions") {
  std::set<std::string> names;
  int asked = 0;
  const auto is_taken = [&](const std::string& name) {
    ++asked;
    return names.contains(name);
  };
  CHECK(free_name("ann", is_taken) == "ann");
  for (int n = 1; n <= 3000; ++n) {
    const auto name = free_name("blog", is_taken);
    REQUIRE(name == (n == 1 ? "blog" : "blog-" + std::to_string(n)));
    names.insert(name);
  }
  asked = 0;
  CHECK(free_name("blog", is_taken) == "blog-3001");
  CHECK(asked < 30);
  names.erase("blog-7");
  CHECK_FALSE(names.contains(free_name("blog", is_taken)));
}
