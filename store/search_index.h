// store/search_index.h - the words of a post go into the index that store/search.h looks in.
//
// Rows are numbered in river order, not by the entries' ids: a back catalogue of 2011 that arrives today must not push this
// week's posts out of the newest matches, which is all that a search for a common word reads.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace voice::store {

struct SearchText {
  EntryId entry;
  sys_seconds river_at{};
  std::string_view title;
  std::string_view excerpt;
  std::string body;
  std::string tags;      ///< tags, byline and blog title: found, not shown
  std::string language;  ///< "en", "cy" ...: see language_of()
  BlogId blog;
  std::vector<TopicId> topics;
  std::vector<OrganisationId> organisations;
  std::vector<PersonId> people;
};

/// Puts the words of posts in place of those they had. Many at once, in the order of their rows and with nothing between
/// them: FTS5 writes out what it has gathered, a segment of the index each time, before a row that is not above the last
/// and before every statement that could be undone alone (any with a trigger).
void put_words(Writer& db, const std::vector<SearchText>& posts);
void remove_words(Writer& db, EntryId entry);

/// The primary language of a post: what it says, or its blog, or English; but a post of a blog that says English or nothing
/// and is plainly Welsh is "cy". Bilingual councils rarely mark which post is in which language.
std::string language_of(std::string_view entry_language, std::string_view blog_language, std::string_view text);
bool looks_welsh(std::string_view text);

/// The words that stand for what a search is narrowed by.
namespace facet {
inline constexpr std::string_view kEvery = "xall";
std::string of(BlogId blog);
std::string of(TopicId topic);
std::string of(OrganisationId organisation);
std::string of(PersonId person);
std::string of_language(std::string_view primary);
std::string of_year(int year);
}  // namespace facet

/// The first row number of a second: posts of one second follow one another from there.
std::int64_t first_search_row(sys_seconds river_at);
/// The second that a row stands for: when its post came, or a little before where many came at once.
sys_seconds time_of_search_row(std::int64_t row);

}  // namespace voice::store
