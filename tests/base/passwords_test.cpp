#include "base/passwords.h"

#include <doctest/doctest.h>

namespace voice {

TEST_CASE("a password is kept as argon2id and only it fits") {
  const auto stored = hash_password("correct horse battery");
  CHECK(stored.starts_with("$argon2id$"));
  CHECK(stored != hash_password("correct horse battery"));  // salted
  CHECK(password_fits("correct horse battery", stored));
  CHECK_FALSE(password_fits("correct horse batterz", stored));
  CHECK_FALSE(password_fits("", stored));
  CHECK_FALSE(password_fits(std::string(kLongestPassword + 1, 'a'), stored));
}

TEST_CASE("an account without a password fits none") {
  CHECK_FALSE(password_fits("", ""));
  CHECK_FALSE(password_fits("anything at all", ""));
}

TEST_CASE("a password that will not do is told why") {
  CHECK(problem_with_password("correct horse battery", "a@example.org").empty());
  CHECK_FALSE(problem_with_password("", "a@example.org").empty());
  CHECK_FALSE(problem_with_password("elevenchars", "a@example.org").empty());
  CHECK_FALSE(problem_with_password("aaaaaaaaaaaaaaa", "a@example.org").empty());
  CHECK_FALSE(problem_with_password("Editor@Example.org", "editor@example.org").empty());
  CHECK_FALSE(problem_with_password(std::string(257, 'x') + "y", "a@example.org").empty());
}

}  // namespace voice
