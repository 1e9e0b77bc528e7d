#include "feeds/people.h"

#include <algorithm>

#include "base/text.h"
#include "feeds/limits.h"

namespace voice::feeds {
namespace {

bool is_mail(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" \t\n<>()\",;") == std::string_view::npos;
}

std::string_view without_mailto(std::string_view text) {
  text = trim(text);
  return starts_with_ignoring_case(text, "mailto:") ? text.substr(7) : text;
}

bool is_web(std::string_view text) {
  return (text.starts_with("http://") || text.starts_with("https://")) && text.find(' ') == std::string_view::npos;
}

// A name without the quotes that mail programs put around it.
std::string tidy(std::string_view name) {
  name = trim(name);
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  return collapse_space(name);
}

// "outer (inner)": which of the two is the mail?
bool take_pair(std::string_view outer, std::string_view inner, Person& person) {
  outer = without_mailto(outer);
  inner = without_mailto(inner);
  if (is_mail(outer)) std::swap(outer, inner);
  if (is_mail(inner)) {
    person.email = std::string(inner);
  } else if (is_web(inner)) {
    person.url = std::string(inner);
  } else {
    return false;
  }
  person.name = tidy(outer);
  return true;
}

}  // namespace

Person person_called(std::string_view text) {
  Person person;
  text = trim(text);
  for (const auto brackets : {std::string_view("()"), std::string_view("<>"), std::string_view("[]")}) {
    const auto open = text.find(brackets[0]);
    const auto close = text.rfind(brackets[1]);
    if (open == std::string_view::npos || close == std::string_view::npos || close < open || close + 1 != text.size())
      continue;
    if (take_pair(text.substr(0, open), text.substr(open + 1, close - open - 1), person)) return person;
  }
  const auto bare = without_mailto(text);
  if (is_mail(bare)) {
    person.email = std::string(bare);
    return person;
  }
  // "mail Name" and "Name mail", as some programs write it.
  const auto first = text.find(' '), last = text.rfind(' ');
  if (first != std::string_view::npos) {
    if (is_mail(text.substr(0, first)) && take_pair(text.substr(first + 1), text.substr(0, first), person))
      return person;
    if (is_mail(text.substr(last + 1)) && take_pair(text.substr(0, last), text.substr(last + 1), person)) return person;
  }
  person.name = tidy(text);
  return person;
}

void add_person(std::vector<Person>& people, Person person) {
  if (person.name.empty() && person.email.empty() && person.url.empty()) return;
  if (people.size() >= kMostOfAKind) return;
  const auto same = std::find_if(people.begin(), people.end(), [&](const Person& known) {
    return (!person.name.empty() && known.name == person.name) ||
           (!person.email.empty() && known.email == person.email);
  });
  if (same == people.end()) {
    people.push_back(std::move(person));
    return;
  }
  if (same->name.empty()) same->name = std::move(person.name);
  if (same->email.empty()) same->email = std::move(person.email);
  if (same->url.empty()) same->url = std::move(person.url);
}

}  // namespace voice::feeds
