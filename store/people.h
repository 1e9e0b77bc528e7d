// store/people.h - those who write a blog under their name, with their posts over several blogs.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/blogs.h"
#include "store/db.h"

namespace voice::store {

struct Person {
  PersonId id;
  std::string slug;
  std::string name;
  std::int64_t post_count = 0;
};

/// Adds whoever an active blog names as its writer and who is not here yet.
void link_people(Writer& db);
std::vector<Person> all_people(Reader& db);  ///< those with posts, by name
std::optional<Person> find_person(Reader& db, std::string_view slug);
/// Blogs that carry a post of theirs, or name them as the writer.
std::vector<Blog> blogs_by(Reader& db, PersonId person);
/// The people of one post, by name.
std::vector<Person> people_of(Reader& db, EntryId entry);
/// A name as it is compared: lower case, single spaces.
std::string person_key(std::string_view name);

}  // namespace voice::store
