// feeds/people.h - who wrote it, out of the one string that RSS has for it. Private to this room.
#pragma once
#include <string_view>
#include <vector>

#include "feeds/feed.h"

namespace voice::feeds {

/// Reads "mail (Name)", "Name (mail)", "Name <mail>", "mail" or "Name". `text` is plain text.
Person person_called(std::string_view text);

/// Adds a person unless empty or there already; what one of two mentions lacks the other fills in.
void add_person(std::vector<Person>& people, Person person);

}  // namespace voice::feeds
