#include "fetcher/refresh.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "base/url.h"
#include "content/discovery.h"
#include "content/excerpt.h"
#include "feeds/document.h"
#include "fetcher/asking_hubs.h"
#include "fetcher/back_off.h"
#include "fetcher/entry_body.h"
#include "fetcher/identity.h"
#include "fetcher/move_rules.h"
#include "fetcher/websub_links.h"
#include "store/blogs.h"
#include "store/clouds.h"
#include "store/push.h"

namespace voice::fetcher {
namespace {

using store::FeedState;
using store::FetchOutcome;

constexpr std::size_t kTailLookedAt = 4096;  // a closing tag may be followed by a cache's comment
constexpr std::int64_t kMovesToOneHost = 5;  // in an hour; more is a captive portal or a hijacked proxy
constexpr std::chrono::hours kMovesWindow{1};
constexpr std::chrono::hours kRecheckMove{24 * 7};

struct Validators {
  std::string etag;
  std::string last_modified;
};

Validators validators_of(const Headers& headers) {
  return {std::string(headers.find("ETag").value_or("")), std::string(headers.find("Last-Modified").value_or(""))};
}

// One refresh under way: what came in, and what is to be remembered.
struct Digest {
  store::Reader& db;
  const Trip& trip;
  sys_seconds now;
  const RefreshRules& rules;
  TokenSource& chance;
  Refreshed& out;

  FeedState& state() { return out.state; }
  std::string validators_url() const { return trip.final_url == out.read_as ? std::string() : trip.final_url; }

  std::optional<sys_seconds> last_poll = std::nullopt;  ///< before this one

  void run();
  void run_pushed();
  bool entries_came(feeds::Feed feed);
  void body_came();
  void nothing_new();
  void feed_came(feeds::Feed feed, const std::string& hash);
  void refuse_body(Failure why, const std::string& hash);
  void failed(Failure why, std::optional<seconds> retry_after);
  bool take_entries(const feeds::Feed& feed);
  void take_hub(const feeds::Feed& feed);
  void take_cloud(const feeds::Feed& feed);
  void judge_moving(bool answered, bool same_feed);
  void pause_host(std::optional<seconds> after);
  void schedule();
  void well();
};

// The connection ended where the server said it would, but the document did not.
bool stops_in_the_middle(std::string_view body) {
  if (!feeds::looks_like_feed(body.substr(0, kTailLookedAt))) return false;
  const auto tail = to_ascii_lower(body.substr(body.size() > kTailLookedAt ? body.size() - kTailLookedAt : 0));
  for (const char* closing : {"</rss", "</feed", "</rdf:rdf", "</rdf", "</channel", ":feed>", ":rdf>"})
    if (tail.find(closing) != std::string::npos) return false;
  return true;
}

Result<feeds::Feed> read_feed(const Trip& trip) {
  const auto type = trip.answer.headers.find("Content-Type");
  return feeds::read_document(
      {.bytes = trip.answer.body, .url = trip.final_url, .content_type = std::string(type.value_or(""))});
}

bool is_whole(const Result<feeds::Feed>& feed, std::string_view body) {
  return (feed && feed->well_formed) || !stops_in_the_middle(body);
}

Failure failure_of_document(const Error& error) {
  auto why =
      failure(error.code == ErrorCode::too_large ? FailureClass::too_large : FailureClass::not_a_feed, error.what);
  if (!error.what.empty()) {
    why.sentence = error.what;
    if (why.sentence[0] >= 'a' && why.sentence[0] <= 'z') why.sentence[0] = static_cast<char>(why.sentence[0] - 32);
    if (why.sentence.back() != '.') why.sentence += '.';
  }
  return why;
}

std::optional<FailureClass> class_in(const FeedState& state) { return failure_class_named(state.error_class); }

// The same answer as last time: the same words, without reading it again.
Failure as_before(const FeedState& state) {
  auto why = failure(class_in(state).value_or(FailureClass::not_a_feed));
  if (!state.error_text.empty()) why.sentence = state.error_text;
  if (!state.error_hint.empty()) why.hint = state.error_hint;
  return why;
}

void Digest::run() {
  out.status = trip.answer.status;
  out.wire_bytes = trip.wire_bytes;
  out.took_ms = trip.took.count();
  state().last_status = trip.answer.status;
  last_poll = state().last_fetch;
  state().last_fetch = now;
  state().wait_until.reset();
  const auto outcome = outcome_of(trip, now);
  if (std::holds_alternative<Fetched>(outcome)) return body_came();
  if (std::holds_alternative<NotModified>(outcome)) return nothing_new();
  if (const auto* gone = std::get_if<Gone>(&outcome)) return failed(gone->failure, std::nullopt);
  if (const auto* later = std::get_if<TryLater>(&outcome)) {
    pause_host(later->after);
    return failed(later->failure, later->after);
  }
  failed(std::get<Failed>(outcome).failure, std::nullopt);
}

void Digest::body_came() {
  const auto& body = trip.answer.body;
  if (trim(std::string_view(body).substr(0, 4096)).empty() && trim(body).empty())
    return failed(failure(FailureClass::empty), std::nullopt);
  const auto hash = fingerprint(body);
  if (hash == state().body_hash) {
    // The body is known, its validators may be new: "touch feed.xml" changes them and nothing else.
    const auto fresh = validators_of(trip.answer.headers);
    state().etag = fresh.etag;
    state().last_modified = fresh.last_modified;
    state().validators_url = validators_url();
    well();
    judge_moving(true, true);
    return schedule();
  }
  const bool seen_before = hash == state().rejected_hash && state().rejected_by == kParserVersion;
  if (seen_before && class_in(state()) != FailureClass::truncated) return refuse_body(as_before(state()), hash);

  auto feed = read_feed(trip);
  const bool whole = is_whole(feed, body);
  if (!feed) return refuse_body(whole ? failure_of_document(feed.error()) : failure(FailureClass::truncated), hash);
  // A feed that stops in the middle twice in the same place is written like that: take what it has.
  if (!whole && !seen_before) return refuse_body(failure(FailureClass::truncated), hash);
  feed_came(std::move(*feed), hash);
}

void Digest::nothing_new() {
  const auto fresh = validators_of(trip.answer.headers);
  if (trip.sent_rejected) {
    if (!fresh.etag.empty()) state().rejected_etag = fresh.etag;
    if (!fresh.last_modified.empty()) state().rejected_last_modified = fresh.last_modified;
    return failed(as_before(state()), std::nullopt);
  }
  // RFC 9111, 3.2: what a 304 carries replaces what is stored, what it leaves out stays.
  if (!fresh.etag.empty()) state().etag = fresh.etag;
  if (!fresh.last_modified.empty()) state().last_modified = fresh.last_modified;
  well();
  judge_moving(true, true);
  schedule();
}

// RFC 4287, 4.2.1, and JSON Feed 1.1: an entry without an author has the feed's. RSS has no such rule.
void inherit_authors(feeds::Feed& feed) {
  using feeds::Format;
  if (feed.format != Format::atom10 && feed.format != Format::atom03 && feed.format != Format::json11) return;
  for (auto& entry : feed.entries)
    if (entry.authors.empty()) entry.authors = feed.authors;
}

// A feed's entries and nothing of its own: that is all that a document from elsewhere is believed about.
bool Digest::entries_came(feeds::Feed feed) {
  inherit_authors(feed);
  out.feed = std::make_unique<feeds::Feed>(std::move(feed));
  out.back_catalogue = !state().last_success;
  return take_entries(*out.feed);
}

void Digest::run_pushed() {
  out.pushed = true;
  out.status = trip.answer.status;
  out.wire_bytes = trip.wire_bytes;
  out.outcome = FetchOutcome::pushed;
  auto feed = read_feed(trip);
  if (feed && is_whole(feed, trip.answer.body) && !feed->entries.empty())
    entries_came(std::move(*feed));
  else
    out.hint_after = std::min(kPushFloor, rules.pacing.floor);
}

void Digest::feed_came(feeds::Feed feed, const std::string& hash) {
  auto& s = state();
  const auto fresh = validators_of(trip.answer.headers);
  s.etag = fresh.etag;
  s.last_modified = fresh.last_modified;
  s.validators_url = validators_url();
  s.body_hash = hash;
  s.body_bytes = static_cast<std::int64_t>(trip.answer.body.size());
  s.title = feed.title;
  s.format = feeds::name_of(feed.format);
  s.hint =
      seconds{60 * std::clamp<std::int64_t>(std::max(feed.ttl_minutes, feed.update_period_minutes), 0, 60 * 24 * 365)};
  s.skip_hours = feed.skip_hours;
  s.skip_days = feed.skip_days;
  std::vector<sys_seconds> dates;
  for (const auto& entry : feed.entries)
    if (const auto date = entry.published ? entry.published : entry.updated; date && *date <= now)
      dates.push_back(*date);
  s.interval = adaptive_interval(dates, now, rules.pacing);
  if (!dates.empty()) s.newest_post = *std::max_element(dates.begin(), dates.end());

  const bool same_id =
      (!feed.id.empty() && feed.id == s.document_id) || (!feed.feed_url.empty() && feed.feed_url == s.self_url);
  s.document_id = feed.id;
  s.self_url = feed.feed_url;
  const bool shares_posts = entries_came(std::move(feed));
  take_hub(*out.feed);
  take_cloud(*out.feed);
  well();
  if (!out.entries.empty()) out.outcome = FetchOutcome::changed;
  judge_moving(true, same_id || shares_posts);
  schedule();
}

// True when a known post is among them, or nothing is known yet to compare with.
bool Digest::take_entries(const feeds::Feed& feed) {
  const auto known = store::known_entries(db, state().id);
  bool shares = known.empty();
  for (auto& identified : identify(feed.entries, known)) {
    ++out.entries_seen;
    shares = shares || identified.known;
    if (identified.known && !identified.changed) continue;
    const auto& entry = feed.entries[identified.index];
    store::IncomingEntry incoming;
    incoming.guid = std::move(identified.guid);
    incoming.content_hash = std::move(identified.hash);
    incoming.entry = &entry;
    incoming.body = body_of(entry, trip.final_url);
    auto summary = content::summarise(incoming.body);
    incoming.words = static_cast<std::int64_t>(summary.words);
    incoming.excerpt = std::move(summary.excerpt);
    out.entries.push_back(std::move(incoming));
  }
  return shares;
}

void Digest::take_hub(const feeds::Feed& feed) {
  if (!rules.may_push) return;
  const auto offer = offered_hub(trip.answer.headers, feed, trip.final_url);
  const auto current = store::find_push(db, state().id);
  if (!offer) {
    out.hub_withdrawn = current && !current->from_page;
  } else if (!current || current->hub_url != offer->hub || current->topic_url != offer->topic) {
    out.hub = store::NewPush{
        .hub_url = offer->hub, .topic_url = offer->topic, .token = chance.token(), .secret = chance.token()};
  }
}

// A hub says more than a cloud, so that where there is one the other is not asked.
void Digest::take_cloud(const feeds::Feed& feed) {
  if (!rules.may_push) return;
  const auto named = offered_hub(trip.answer.headers, feed, trip.final_url) ? std::string() : feed.cloud_url;
  const auto current = store::find_cloud(db, state().id);
  if (named != (current ? current->cloud_url : std::string())) out.cloud = named;
}

// A body that is no feed: its validators are kept apart, so that the next poll is conditional and a 304 means "still so".
void Digest::refuse_body(Failure why, const std::string& hash) {
  auto& s = state();
  // Only those of the feed's own address: a login page that a redirect led to is not asked about again.
  const bool own = trip.trail.empty() && why.kind != FailureClass::truncated;
  const auto fresh = own ? validators_of(trip.answer.headers) : Validators{};
  s.rejected_etag = fresh.etag;
  s.rejected_last_modified = fresh.last_modified;
  s.rejected_hash = hash;
  s.rejected_by = kParserVersion;
  failed(std::move(why), std::nullopt);
}

void Digest::failed(Failure why, std::optional<seconds> retry_after) {
  auto& s = state();
  out.outcome = FetchOutcome::failed;
  ++s.failures;
  if (!s.failing_since) s.failing_since = now;
  s.error_class = name_of(why.kind);
  s.error_text = why.sentence;
  s.error_hint = why.hint;
  const FailureFacts facts{
      .kind = why.kind, .failures = s.failures, .interval = s.interval, .retry_after = retry_after};
  const auto wait = back_off(facts, rules.pacing);
  out.failure = std::move(why);
  if (wait) {
    const auto most = static_cast<std::int64_t>(static_cast<double>(wait->count()) * rules.pacing.jitter);
    const auto extra =
        most > 0 ? chance.choose(static_cast<std::uint32_t>(std::min<std::int64_t>(most, 1 << 30)) + 1) : 0;
    s.next_fetch = now + *wait + seconds{1} + seconds{retry_after ? 0 : extra};
  } else {
    s.next_fetch.reset();
    out.gone = true;
  }
  if (retry_after) s.wait_until = now + *retry_after + seconds{1};
  judge_moving(trip.answer.status != 0, false);
}

void Digest::judge_moving(bool answered, bool same_feed) {
  auto& s = state();
  MoveEvidence evidence{
      .url = out.read_as, .trail = trip.trail, .answered = answered, .same_feed = same_feed, .old_address_lost = false};
  if (out.failure && trip.trail.empty())
    evidence.old_address_lost = out.failure->kind == FailureClass::not_found ||
                                out.failure->kind == FailureClass::gone ||
                                out.failure->kind == FailureClass::name_not_found;
  const auto decision =
      judge_move({.to = s.move_to, .count = s.move_count, .since = s.move_since}, evidence, now, rules.pacing);
  s.move_to = decision.watch.to;
  s.move_count = decision.watch.count;
  s.move_since = decision.watch.since;
  if (decision.move_to.empty()) return;
  const auto from = parse_url(out.read_as);
  const auto to = parse_url(decision.move_to);
  if (!from || !to) return;
  const bool crowd =
      from->host != to->host && store::moves_to_host(db, to->host, now - kMovesWindow) >= kMovesToOneHost;
  // Two subscriptions to one document would store everything twice; an editor merges them.
  if (crowd || store::other_feed_at(db, decision.move_to, s.id)) return;
  out.move_reason = decision.reason;
  s.url = decision.move_to;
  if (s.validators_url == s.url) s.validators_url.clear();
  if (out.failure) s.next_fetch = now;  // the new address has not been asked yet
}

void Digest::pause_host(std::optional<seconds> after) {
  const auto url = parse_url(trip.final_url);
  // Private hosts and bare addresses hold many feeds that have nothing to do with each other's limits.
  if (!url || !is_public_name(url->host)) return;
  const auto wait = back_off({.kind = FailureClass::rate_limited,
                              .failures = state().failures + 1,
                              .interval = state().interval,
                              .retry_after = after},
                             rules.pacing);
  out.paused_host = registrable_domain(url->host);
  out.paused_until = now + after.value_or(wait.value_or(seconds{3600}));
}

void Digest::well() {
  auto& s = state();
  s.failures = 0;
  s.failing_since.reset();
  s.error_class.clear();
  s.error_text.clear();
  s.error_hint.clear();
  s.rejected_etag.clear();
  s.rejected_last_modified.clear();
  s.rejected_hash.clear();
  s.last_success = now;
}

void Digest::schedule() {
  auto& s = state();
  PacingFacts facts;
  facts.adaptive = s.interval;
  facts.newest_post = s.newest_post;
  facts.document_hint = s.hint;
  facts.skip_hours = s.skip_hours;
  facts.skip_days = s.skip_days;
  facts.server = read_server_hints(trip.answer.headers, now);
  facts.has_validators = !s.etag.empty() || !s.last_modified.empty();
  facts.body_bytes = s.body_bytes;
  // A hub that told us nothing of the news just found is not relied on.
  const bool told = s.last_push && last_poll && *s.last_push >= *last_poll;
  out.hub_silent = s.push_until && *s.push_until > now && out.outcome == FetchOutcome::changed && !told;
  facts.push_active = s.push_until && *s.push_until > now && !out.hub_silent;
  facts.move_pending = !s.move_to.empty();
  s.next_fetch = next_poll(facts, now, rules.pacing, chance);
  if (facts.server.retry_after) s.wait_until = now + *facts.server.retry_after;
  if (out.outcome == FetchOutcome::changed || !out.move_reason.empty()) return;
  ++s.quiet_polls;
  if (!s.quiet_since) s.quiet_since = now;
}

void write_history(store::Writer& db, Refreshed& refreshed, std::int64_t quiet_before) {
  const bool news = refreshed.counts.added + refreshed.counts.changed > 0;
  const bool quiet = refreshed.pushed ? !news : refreshed.outcome == FetchOutcome::unchanged;
  if (quiet && refreshed.move_reason.empty()) return;
  store::HistoryLine line;
  line.at = refreshed.at;
  line.outcome = store::name_of(refreshed.move_reason.empty() ? refreshed.outcome : FetchOutcome::moved);
  line.status = refreshed.status;
  if (refreshed.failure) {
    line.error_class = name_of(refreshed.failure->kind);
    line.sentence = refreshed.failure->sentence;
  }
  if (!refreshed.move_reason.empty()) line.sentence = "Moved to " + refreshed.state.url + ": " + refreshed.move_reason;
  line.wire_bytes = refreshed.wire_bytes;
  line.body_bytes = refreshed.state.body_bytes;
  line.took_ms = refreshed.took_ms;
  line.added = refreshed.counts.added;
  line.changed = refreshed.counts.changed;
  line.quiet_before = quiet_before;
  store::add_history(db, refreshed.state.id, line);
}

void write_move(store::Writer& db, const Refreshed& refreshed) {
  if (refreshed.move_reason.empty()) return;
  const auto from = parse_url(refreshed.read_as);
  const auto to = parse_url(refreshed.state.url);
  store::FeedMove move{.id = 0,
                       .feed = refreshed.state.id,
                       .at = refreshed.at,
                       .from_url = refreshed.read_as,
                       .to_url = refreshed.state.url,
                       .reason = refreshed.move_reason,
                       .recheck = refreshed.at + kRecheckMove,
                       .undone = std::nullopt};
  store::record_move(db, move, from ? from->host : "", to ? to->host : "");
}

void store_entries(store::Writer& db, Refreshed& refreshed) {
  if (!refreshed.entries.empty())
    refreshed.counts = store::ingest(db, refreshed.state.id, refreshed.entries, refreshed.back_catalogue, refreshed.at);
  refreshed.counts.unchanged += static_cast<int>(refreshed.entries_seen - refreshed.entries.size());
}

bool commit_push(store::Writer& db, Refreshed& refreshed) {
  const auto feed = refreshed.state.id;
  // Gone when the blog was paused or left while the document was on its way.
  if (!store::find_push(db, feed)) return false;
  if (refreshed.hint_after) store::make_due(db, feed, refreshed.at, *refreshed.hint_after);
  store_entries(db, refreshed);
  write_history(db, refreshed, 0);
  return true;
}

}  // namespace

Refreshed digest(store::Reader& db, store::FeedState state, Trip trip, sys_seconds now, const RefreshRules& rules,
                 TokenSource& chance) {
  Refreshed out;
  out.read_as = state.url;
  out.at = now;
  out.error_before = state.error_class;
  out.state = std::move(state);
  if (!out.state.last_success) out.state.interval = rules.pacing.first;  // nothing is known of its pace yet
  Digest{db, trip, now, rules, chance, out}.run();
  return out;
}

Refreshed digest_push(store::Reader& db, store::FeedState state, PushedDocument document, sys_seconds now,
                      const RefreshRules& rules, TokenSource& chance) {
  Trip trip;
  trip.url = state.url;
  trip.final_url = state.validators_url.empty() ? state.url : state.validators_url;  // what links were resolved against
  trip.answer.status = 200;
  trip.answer.headers.add("Content-Type", std::move(document.content_type));
  trip.wire_bytes = static_cast<std::int64_t>(document.body.size());
  trip.answer.body = std::move(document.body);
  Refreshed out;
  out.read_as = state.url;
  out.at = now;
  out.state = std::move(state);
  Digest{db, trip, now, rules, chance, out}.run_pushed();
  return out;
}

bool commit(store::Writer& db, Refreshed& refreshed) {
  if (refreshed.pushed) return commit_push(db, refreshed);
  auto& s = refreshed.state;
  const auto quiet_before = s.quiet_polls;
  if (refreshed.outcome != FetchOutcome::unchanged || !refreshed.move_reason.empty()) {
    s.quiet_polls = 0;
    s.quiet_since.reset();
  }
  if (!store::save_feed_state(db, s, refreshed.read_as)) return false;
  store_entries(db, refreshed);
  if (refreshed.feed && refreshed.back_catalogue)
    store::fill_blog_gaps(db, s.blog,
                          {.home_url = refreshed.feed->home_page_url,
                           .description = refreshed.feed->description,
                           .language = refreshed.feed->language});
  write_move(db, refreshed);
  write_history(db, refreshed, quiet_before);
  if (refreshed.paused_until) store::pause_host(db, refreshed.paused_host, *refreshed.paused_until);
  if (refreshed.hub) store::want_push(db, s.id, *refreshed.hub, refreshed.at);
  if (refreshed.hub_withdrawn) store::drop_push(db, s.id);
  if (refreshed.cloud) store::name_cloud(db, s.id, *refreshed.cloud, refreshed.at);
  if (refreshed.hub_silent) store::push_missed(db, s.id, refreshed.at);
  if (refreshed.gone && store::feeds_of(db, s.blog).size() == 1)
    store::set_blog_state(db, s.blog, store::BlogState::gone, refreshed.at);
  // Pages say which feeds fail, which have never answered, and where a feed is.
  const bool shown_otherwise =
      s.error_class != refreshed.error_before || refreshed.back_catalogue || s.url != refreshed.read_as;
  if (shown_otherwise) store::bump_change_number(db);
  return true;
}

}  // namespace voice::fetcher
