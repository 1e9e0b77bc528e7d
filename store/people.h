// store/people.h - those who write, with their posts over several blogs.
//
// A person is whoever put their name to posts here: the writer of a blog of one's own, or a byline in a group blog. A name is
// somebody on one blog only: two people of one name must not become one. They are known to be the same when the byline
// gives an address that is the other blog's, or when an editor says so (join_people). Nobody is here for anything but what
// they published.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/feed.h"
#include "store/blogs.h"
#include "store/db.h"

namespace voice::store {

struct Person {
  PersonId id;
  std::string slug;
  std::string name;
  std::int64_t post_count = 0;
};

std::vector<Person> all_people(Reader& db);  ///< those with posts, by name
/// Also by an address that leads on: compare the slug that comes back.
std::optional<Person> find_person(Reader& db, std::string_view slug);
/// Blogs that carry posts of theirs, by title.
std::vector<Blog> blogs_by(Reader& db, PersonId person);
/// The people of one post, by name.
std::vector<Person> people_of(Reader& db, EntryId entry);
/// The people who write one blog, those with most posts first.
std::vector<Person> writers_of(Reader& db, BlogId blog, int limit);

/// Everything of `other` becomes `keep`'s, whose name stays; the address of `other` leads on. False when one is missing or
/// they are one already.
bool join_people(Writer& db, PersonId keep, PersonId other);

/// Who wrote a post: its bylines where they name people, or the blog's own writer.
struct Writing {
  EntryId entry;
  sys_seconds river_at{};
  BlogId blog;
  BlogKind kind = BlogKind::practitioner;
  std::string blog_title;
  std::string blog_author;
  std::string blog_organisation;
  std::vector<feeds::Person> authors;
};
/// Finds or makes its people and puts the post with them. Part of indexing.
std::vector<PersonId> put_people(Writer& db, const Writing& writing);

/// A name as it is compared: lower case, single spaces.
std::string person_key(std::string_view name);
/// False for bylines that are no one's name: "admin", "Digital Team", "Acme Ltd", an e-mail address.
bool names_a_person(std::string_view byline);
/// True where the byline is the firm or body that the blog speaks for: its organisation, or what the title calls it
/// ("Acme" of "News from Acme"). The blogs of people and of teams may bear a writer's name.
bool names_the_house(std::string_view byline, const Writing& writing);

}  // namespace voice::store
