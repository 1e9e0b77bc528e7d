// server/guest_parts.h - what guests' and editors' pages of guest posts share: reading the form, and two savers at once.
#pragma once
#include "server/form_reader.h"
#include "server/router.h"
#include "store/guest_posts.h"
#include "views/desk_guest.h"

namespace voice::server {

/// 100,000 characters may be 400,000 bytes of UTF-8.
constexpr std::size_t kTextFormLimit = 512 * 1024;

enum class HowComplete { draft, whole };  ///< a draft may lack anything
store::GuestText read_guest_text(FormReader& form, HowComplete how);
/// The revision a form's text started from; 0 where it says none.
std::int64_t revision_in(const Fields& form);
/// 409, with both texts.
Response guest_conflict(const Request& request, const Site& site, store::Database& db, GuestPostId id,
                        const views::GuestForm& mine, const std::string& action, const views::Link& back);

}  // namespace voice::server
