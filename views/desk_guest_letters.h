// views/desk_guest_letters.h - what is written to a guest at each step of a post.
#pragma once
#include <string>

#include "store/guest_posts.h"
#include "views/letters.h"

namespace voice::views {

/// `link` opens the guest's drafts without a further question.
LetterWords guest_link_letter(const std::string& link, const std::string& life);
LetterWords guest_received_letter(const store::GuestPost& post);
LetterWords guest_changes_letter(const store::GuestPost& post, const std::string& link);
LetterWords guest_accepted_letter(const store::GuestPost& post);
LetterWords guest_scheduled_letter(const store::GuestPost& post);
LetterWords guest_declined_letter(const store::GuestPost& post);
LetterWords guest_published_letter(const store::GuestPost& post, const std::string& address);
LetterWords guest_withdrawn_letter(const store::GuestPost& post);

}  // namespace voice::views
