// views/desk_guest.h - guest posts: offered, written, read by editors, published.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/guest_posts.h"
#include "views/desk_page.h"

namespace voice::views {

struct GuestForm {
  std::string form_token;
  std::string done;  ///< what has just been done, by its name
  std::vector<Problem> problems;
  store::GuestText typed;       ///< as typed, or as stored
  std::int64_t revision = 0;    ///< that the text started from
  std::string note, day, hour;  ///< as typed, on the editors' forms
};

DeskPage guest_offer_page(const GuestForm& page, const std::string& email);
DeskPage guest_drafts_page(const GuestForm& page, const std::vector<store::GuestPost>& posts);
/// The guest's own page of one post: a form while it may be changed, what happened to it otherwise.
DeskPage guest_draft_page(const GuestForm& page, const store::GuestPost& post);
/// Two saved at once: both texts, and a form that goes on from the newer with the reader's own words in it.
DeskPage guest_conflict_page(const GuestForm& mine, const store::GuestPost& theirs, const std::string& saved_by,
                             const std::string& action, const Link& back);
DeskPage guest_preview_page(const store::GuestPost& post, const content::SafeHtml& body, const Link& back);

DeskPage guest_queue_page(const std::vector<store::GuestPost>& waiting, const std::vector<store::GuestPost>& others);
DeskPage guest_editor_page(const GuestForm& page, const store::GuestPost& post,
                           const std::vector<store::GuestRevision>& revisions);

Tag tag_of(store::GuestState state);

}  // namespace voice::views
