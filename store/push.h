// store/push.h - our subscriptions at other people's WebSub hubs.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace voice::store {

enum class PushState { wanted, asked, active, refused, failed };
std::string_view name_of(PushState state);

struct PushSubscription {
  FeedId feed;
  std::string hub_url;
  std::string topic_url;
  std::string token;   ///< the unguessable end of our callback's address
  std::string secret;  ///< what the hub signs with
  PushState state = PushState::wanted;
  std::optional<sys_seconds> asked;
  std::optional<sys_seconds> lease_until;
  std::optional<sys_seconds> renew;
  std::int64_t failures = 0;
  std::optional<sys_seconds> last_push;
  std::string note;
  bool from_page = false;  ///< named by the blog's home page, not by the feed
};

struct NewPush {
  std::string hub_url;
  std::string topic_url;
  std::string token;
  std::string secret;
  bool from_page = false;
};

std::optional<PushSubscription> find_push(Reader& db, FeedId feed);
std::optional<PushSubscription> find_push_by_token(Reader& db, std::string_view token);
/// Subscriptions whose hub is to be asked (again) by `now`.
std::vector<PushSubscription> due_pushes(Reader& db, sys_seconds now, int limit);

/// A hub to subscribe at; takes the place of another one of the same feed.
void want_push(Writer& db, FeedId feed, const NewPush& push, sys_seconds now);
void drop_push(Writer& db, FeedId feed);
/// The hub was asked; if it stays silent it is asked again at `again`.
void push_asked(Writer& db, FeedId feed, sys_seconds now, sys_seconds again);
/// The hub verified our intent: good until the lease is over, renewed at 80 % of it.
void push_active(Writer& db, FeedId feed, std::chrono::seconds lease, sys_seconds now);
/// The hub does not take us, now (`again` set) or for good.
void push_failed(Writer& db, FeedId feed, PushState state, std::string_view note, std::optional<sys_seconds> again);
/// The hub spoke: it is relied on from now on.
void push_came(Writer& db, FeedId feed, sys_seconds now);
/// A poll found news that the hub had not told: it is not relied on until push_came().
void push_missed(Writer& db, FeedId feed, sys_seconds now);

/// A subscription that is over for us, and not yet for the hub. Made whenever an asked or active one ends, for whatever reason.
struct PushEnding {
  std::string token;
  std::string hub_url;
  std::string topic_url;
  std::int64_t tries = 0;
};
std::optional<PushEnding> find_ending(Reader& db, std::string_view token);
/// Endings of which the hub is to be told (again) by `now`.
std::vector<PushEnding> due_endings(Reader& db, sys_seconds now, int limit);
/// The hub is being told; again at `again` unless the ending is forgotten before.
void ending_asked(Writer& db, std::string_view token, sys_seconds again);
void forget_ending(Writer& db, std::string_view token);

}  // namespace voice::store
