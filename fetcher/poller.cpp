#include "fetcher/poller.h"

#include <algorithm>
#include <atomic>
#include <fmt/format.h>
#include <mutex>
#include <stdexcept>
#include <unordered_map>
#include <variant>

#include "base/guarded.h"
#include "base/text.h"
#include "base/time.h"
#include "base/url.h"
#include "fetcher/refresh.h"
#include "fetcher/work_queue.h"
#include "store/blogs.h"
#include "store/hub_subscribers.h"
#include "store/poll_sums.h"

namespace voice::fetcher {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kDocuments = 128;  // bodies that may wait to be read and stored
constexpr std::size_t kBacklog = 500;    // answers that may, bodies or none
constexpr int kDueAtOnce = 5000;         // how many due feeds are taken into line at a time
constexpr std::size_t kFewInLine = 500;
constexpr milliseconds kLookForDue{1000};
constexpr milliseconds kLookAgain{5000};  // even when many are in line already
constexpr milliseconds kGather{100};      // how long the writer waits for company
constexpr std::size_t kBatch = 400;
constexpr std::size_t kFailuresKept = 1000;
constexpr seconds kStartSpread{3600};
constexpr seconds kTroubleWait{60};  // after the database refused a batch

// A feed on its way: in line, in flight, or between two hops.
struct Journey {
  store::FeedState state;
  Trip trip;
  std::string hop_url;
  std::string host;                    // what the limiter knows it as
  std::vector<std::string> addresses;  // granted to the hop in flight
  ChainCookies cookies;
  bool begun = false;  // the state has been read
  std::int64_t subscribers = 1;
};

struct Poke {
  FeedId feed;
  PokeReason reason;
};

void add_to(store::PollSums& sums, const Refreshed& refreshed) {
  ++sums.polls;
  sums.wire_bytes += refreshed.wire_bytes;
  sums.took_ms += refreshed.took_ms;
  sums.entries_added += refreshed.counts.added;
  if (refreshed.failure)
    ++sums.failed;
  else if (refreshed.counts.added + refreshed.counts.changed > 0)
    ++sums.changed;
  else if (refreshed.status == 304)
    ++sums.not_modified;
  else
    ++sums.unchanged;
}

std::string host_key(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed ? registrable_domain(parsed->host) : std::string(url);
}

}  // namespace

class Poller::Work {
 public:
  explicit Work(Parts parts)
      : database_(parts.database),
        settings_(parts.settings),
        clock_(parts.clock),
        chance_(parts.chance),
        log_(parts.log),
        client_(std::move(parts.client)),
        limiter_(parts.manners),
        pushed_(parts.pushed),
        on_news_(std::move(parts.on_news)) {
    rules_.pacing = pacing_rules(settings_.fetch);
    rules_.may_push = settings_.push.subscribe;
    if (client_) return;
    auto client = client_settings(settings_.fetch);
    if (!client) throw std::invalid_argument(client.error().what);
    client_ = make_http_client(std::move(*client));
  }

  // Reading and writing end when the transfers have: their queues close behind one another.
  std::vector<std::function<void(std::stop_token)>> jobs() {
    std::vector<std::function<void(std::stop_token)>> jobs;
    jobs.emplace_back([this](std::stop_token stop) { transfer(std::move(stop)); });
    reading_ = std::max(1, settings_.fetch.parse_threads);
    for (int i = 0; i < reading_; ++i) jobs.emplace_back([this](const std::stop_token&) { read(); });
    jobs.emplace_back([this](const std::stop_token&) { write(); });
    return jobs;
  }
  void transfer(std::stop_token stop);
  void read();
  void write();

  void only_once(std::vector<FeedId> feeds) {
    once_ = true;
    for (const auto feed : feeds) pokes_.with([&](auto& pokes) { pokes.push_back({feed, PokeReason::person}); });
  }
  void poke(FeedId feed, PokeReason reason) {
    pokes_.with([&](auto& pokes) { pokes.push_back({feed, reason}); });
    client_->wake();
  }
  PollFigures figures() const;
  std::vector<FailedRefresh> failures() const {
    return failures_.with([](const auto& list) { return list; });
  }

 private:
  struct Polled {
    store::FeedState state;
    Trip trip;
  };
  struct Pushed {
    store::FeedState state;
    PushedDocument document;
  };
  using Came = std::variant<Polled, Pushed>;

  // transferring
  void turn_over();
  void before_first_poll();
  void take_pokes();
  void take_pushed();
  void look_for_due();
  bool put_in_line(FeedId feed, const std::string& url);
  void start_turns();
  void start_hop(FeedId feed, Journey& journey);
  bool begin(FeedId feed, Journey& journey);
  void hop_done(FeedId feed, HttpAnswer answer);
  bool follow(FeedId feed, Journey& journey, HttpAnswer& answer);
  void forget(FeedId feed);
  void take_stored();
  milliseconds patience() const;
  bool has_backlog() const { return documents_ >= kDocuments || outstanding_ >= kBacklog; }
  bool all_done() const { return once_ && begun_ && journeys_.empty() && outstanding_ == 0; }

  // reading
  Refreshed read_one(Came came);

  // writing
  void store_batch(std::vector<Refreshed>& batch);
  void count(const Refreshed& refreshed);
  void log_refresh(const Refreshed& refreshed);

  store::Database& database_;
  const config::Settings& settings_;
  Clock& clock_;
  TokenSource& chance_;
  Log& log_;
  std::unique_ptr<HttpClient> client_;
  RefreshRules rules_;

  // Only the transferring job touches these.
  HostLimiter limiter_;
  PushInbox* pushed_;
  std::unordered_map<FeedId, Journey> journeys_;
  std::unordered_map<FeedId, PokeReason> wished_;            // in line because somebody asked
  std::unordered_map<FeedId, bool> handed_;                  // on to reading and writing; true: with a body
  std::unordered_map<FeedId, Steady::time_point> troubled_;  // the database refused them
  std::size_t outstanding_ = 0;                              // on to reading and writing, pushed ones too
  std::size_t documents_ = 0;                                // of these: with a body
  std::size_t in_flight_ = 0;
  Steady::time_point looked_{};
  bool anybody_follows_ = false;  // our hub has subscribers: most have none, and then nobody is counted
  bool once_ = false;
  bool begun_ = false;

  // Between jobs.
  struct Stored {
    FeedId feed;
    bool ok = true;
    bool pushed = false;
    std::string paused_host;
    std::optional<sys_seconds> paused_until;
  };
  mutable Guarded<std::vector<Poke>> pokes_;
  mutable Guarded<std::vector<Stored>> stored_;
  mutable Guarded<PollFigures> figures_;
  mutable Guarded<std::vector<FailedRefresh>> failures_;
  WorkQueue<Came> to_read_;
  WorkQueue<Refreshed> to_write_;
  std::atomic<int> reading_{0};
  std::atomic<std::size_t> coming_{0};  // handed on and not with the writer yet
  std::atomic<bool> nothing_runs_{false};
  std::atomic<std::int64_t> in_line_now_{0};
  std::atomic<std::int64_t> in_flight_now_{0};
  std::function<void()> on_news_;
};

// --- transferring --------------------------------------------------------------------------------------------------------

void Poller::Work::transfer(std::stop_token stop) {
  const std::stop_callback wake(stop, [this] { client_->wake(); });
  while (!stop.stop_requested() && !all_done()) {
    try {
      turn_over();
    } catch (const std::exception& trouble) {
      // A database that cannot be read now may be readable soon; the poller must not die of it.
      log_.error("poll trouble=\"{}\"", trouble.what());
      client_->drive(kLookForDue);
    }
  }
  client_->cancel_all();
  try {
    take_pushed();  // their hubs think that we have them
  } catch (const std::exception& trouble) {
    log_.error("pushed documents are lost trouble=\"{}\"", trouble.what());
  }
  to_read_.close();
}

void Poller::Work::turn_over() {
  if (!begun_) before_first_poll();
  begun_ = true;
  take_stored();
  take_pokes();
  take_pushed();
  if (!once_) look_for_due();
  start_turns();
  in_line_now_ = static_cast<std::int64_t>(limiter_.waiting());
  in_flight_now_ = static_cast<std::int64_t>(in_flight_);
  nothing_runs_ = in_flight_ == 0 && limiter_.waiting() == 0;
  if (nothing_runs_) to_write_.wake();
  if (!all_done()) client_->drive(patience());
}

void Poller::Work::before_first_poll() {
  const auto now = clock_.now();
  const auto moment = Steady::now();
  anybody_follows_ = !store::hub_topics(*database_.reader(), now).empty();
  for (const auto& pause : store::host_pauses(*database_.reader(), now))
    limiter_.pause(pause.host, moment + (pause.until - now), moment);
  if (once_) return;
  const auto spread = database_.write([&](store::Writer& db) { return store::spread_overdue(db, now, kStartSpread); });
  if (spread > 0) log_.info("poll spread={} reason=overdue", spread);
}

milliseconds Poller::Work::patience() const {
  milliseconds longest{1000};
  const bool full = in_flight_ >= static_cast<std::size_t>(settings_.fetch.concurrency) || has_backlog();
  if (const auto next = limiter_.next_event(); next && !full) {
    const auto wait = std::chrono::ceil<milliseconds>(*next - Steady::now());
    longest = std::clamp(wait, milliseconds{0}, longest);
  }
  return longest;
}

void Poller::Work::take_stored() {
  const auto stored = stored_.with([](auto& list) { return std::exchange(list, {}); });
  const auto now = Steady::now();
  for (const auto& item : stored) {
    --outstanding_;
    const auto handed = item.pushed ? handed_.end() : handed_.find(item.feed);
    if (item.pushed || handed->second) --documents_;
    if (item.pushed) continue;
    handed_.erase(handed);
    if (!item.ok) troubled_[item.feed] = now + kTroubleWait;
    if (item.paused_until) limiter_.pause(item.paused_host, now + (*item.paused_until - clock_.now()), now);
  }
}

void Poller::Work::take_pokes() {
  const auto pokes = pokes_.with([](auto& list) { return std::exchange(list, {}); });
  if (pokes.empty()) return;
  const auto reader = database_.reader();
  for (const auto& poke : pokes) {
    const auto known = store::find_feed(*reader, poke.feed);
    if (known && put_in_line(poke.feed, known->url)) wished_[poke.feed] = poke.reason;
  }
}

void Poller::Work::take_pushed() {
  if (pushed_ == nullptr || has_backlog()) return;
  auto documents = pushed_->take_documents();
  if (documents.empty()) return;
  const auto reader = database_.reader();
  for (auto& document : documents) {
    auto state = store::read_feed_state(*reader, document.feed);
    if (!state) continue;
    ++outstanding_;
    ++documents_;
    ++coming_;
    to_read_.push(Pushed{std::move(*state), std::move(document)});
  }
}

void Poller::Work::look_for_due() {
  const auto moment = Steady::now();
  const auto since = moment - looked_;
  if (since < kLookForDue || (limiter_.waiting() > kFewInLine && since < kLookAgain)) return;
  looked_ = moment;
  std::erase_if(troubled_, [&](const auto& item) { return item.second <= moment; });
  anybody_follows_ = !store::hub_topics(*database_.reader(), clock_.now()).empty();
  const auto busy = static_cast<int>(journeys_.size() + handed_.size() + troubled_.size());
  for (const auto& due : store::due_feeds(*database_.reader(), clock_.now(), kDueAtOnce + busy))
    put_in_line(due.id, due.url);
}

bool Poller::Work::put_in_line(FeedId feed, const std::string& url) {
  if (handed_.contains(feed) || troubled_.contains(feed)) return false;
  const auto [at, is_new] = journeys_.try_emplace(feed);
  if (!is_new) return false;
  at->second.host = host_key(url);
  limiter_.add(feed.value, at->second.host, Steady::now());
  figures_.with([](PollFigures& f) { ++f.feeds; });
  return true;
}

void Poller::Work::start_turns() {
  while (in_flight_ < static_cast<std::size_t>(settings_.fetch.concurrency) && !has_backlog()) {
    const auto turn = limiter_.next(Steady::now());
    if (!turn) return;
    const FeedId feed{turn->ticket};
    auto& journey = journeys_.at(feed);
    if (!journey.begun && !begin(feed, journey)) {
      limiter_.finished(turn->host, {}, Steady::now());
      forget(feed);
      continue;
    }
    start_hop(feed, journey);
  }
}

// Reads what is known of the feed, and whether it may be asked at all. False: not now.
bool Poller::Work::begin(FeedId feed, Journey& journey) {
  const auto reader = database_.reader();
  auto state = store::read_feed_state(*reader, feed);
  if (!state) return false;
  const auto now = clock_.now();
  const auto wish = wished_.find(feed);
  if (wish == wished_.end()) {
    if (!state->next_fetch || *state->next_fetch > now) return false;  // polled or stopped while it waited in line
  } else {
    const auto floor =
        wish->second == PokeReason::push ? std::min(kPushFloor, rules_.pacing.floor) : rules_.pacing.floor;
    const bool too_soon =
        (state->last_fetch && now <= *state->last_fetch + floor) || (state->wait_until && now < *state->wait_until);
    if (too_soon) {
      figures_.with([](PollFigures& f) {
        ++f.too_soon;
        ++f.done;
      });
      return false;
    }
  }
  if (anybody_follows_)
    journey.subscribers = 1 + store::count_followers(*reader, state->blog, settings_.site.base_url, now);
  journey.hop_url = state->url;
  journey.trip.url = state->url;
  journey.state = std::move(*state);
  journey.begun = true;
  return true;
}

void Poller::Work::start_hop(FeedId feed, Journey& journey) {
  const auto& s = journey.state;
  HttpRequest request;
  request.url = journey.hop_url;
  request.user_agent = feed_user_agent(settings_.site.base_url, journey.subscribers, feed.value);
  const bool rejected =
      s.rejected_by == kParserVersion && (!s.rejected_etag.empty() || !s.rejected_last_modified.empty());
  const auto& etag = rejected ? s.rejected_etag : s.etag;
  const auto& modified = rejected ? s.rejected_last_modified : s.last_modified;
  // Validators mean something only where they came from.
  const auto& from = rejected || s.validators_url.empty() ? s.url : s.validators_url;
  if (journey.hop_url == from) {
    if (!etag.empty()) request.headers.push_back("If-None-Match: " + etag);
    if (!modified.empty()) request.headers.push_back("If-Modified-Since: " + modified);
    journey.trip.sent_rejected = rejected;
  }
  if (auto cookie = journey.cookies.header_for(journey.hop_url); !cookie.empty())
    request.headers.push_back(std::move(cookie));
  request.may_use_address = [this, feed](const std::string& address) {
    auto& j = journeys_.at(feed);
    if (std::find(j.addresses.begin(), j.addresses.end(), address) != j.addresses.end()) return true;
    if (!limiter_.grant_address(j.host, address, Steady::now())) return false;
    j.addresses.push_back(address);
    return true;
  };
  ++in_flight_;
  client_->start(std::move(request), [this, feed](HttpAnswer answer) { hop_done(feed, std::move(answer)); });
}

void Poller::Work::hop_done(FeedId feed, HttpAnswer answer) {
  --in_flight_;
  auto& journey = journeys_.at(feed);
  const auto now = Steady::now();
  const auto addresses = std::exchange(journey.addresses, {});
  if (answer.failure && answer.failure->kind == FailureClass::busy_address)
    return limiter_.turned_away(feed.value, journey.host, answer.failure->detail, addresses, now);
  limiter_.finished(journey.host, addresses, now);
  if (answer.failure && answer.failure->kind == FailureClass::cancelled) return forget(feed);
  journey.trip.wire_bytes += answer.wire_bytes;
  journey.trip.took += answer.took;
  if (!answer.failure && is_redirect(answer.status) && follow(feed, journey, answer)) return;
  journey.trip.final_url = journey.hop_url;
  journey.trip.answer = std::move(answer);
  Polled came{std::move(journey.state), std::move(journey.trip)};
  journeys_.erase(feed);
  wished_.erase(feed);
  const bool has_body = !came.trip.answer.body.empty();
  handed_[feed] = has_body;
  if (has_body) ++documents_;
  ++outstanding_;
  ++coming_;
  to_read_.push(std::move(came));
}

// Puts the next hop in line. False: the chain ends here, with a failure in `answer`.
bool Poller::Work::follow(FeedId feed, Journey& journey, HttpAnswer& answer) {
  if (journey.trip.trail.size() >= static_cast<std::size_t>(Limits{}.redirects)) {
    answer.failure = failure(FailureClass::too_many_redirects, journey.hop_url);
    return false;
  }
  auto next = redirect_target(journey.hop_url, answer);
  if (next.failure) {
    answer.failure = std::move(next.failure);
    return false;
  }
  journey.cookies.take(journey.hop_url, answer.headers);
  journey.trip.trail.push_back({journey.hop_url, next.to, answer.status});
  journey.hop_url = std::move(next.to);
  journey.host = host_key(journey.hop_url);
  limiter_.add(feed.value, journey.host, Steady::now(), true);
  return true;
}

void Poller::Work::forget(FeedId feed) {
  journeys_.erase(feed);
  wished_.erase(feed);
}

// --- reading -------------------------------------------------------------------------------------------------------------

void Poller::Work::read() {
  while (auto came = to_read_.pop()) {
    const bool pushed = std::holds_alternative<Pushed>(*came);
    const auto& state = pushed ? std::get<Pushed>(*came).state : std::get<Polled>(*came).state;
    const auto url = state.url;
    const auto feed = state.id;
    try {
      to_write_.push(read_one(std::move(*came)));
    } catch (const std::exception& trouble) {
      log_.error("refresh feed={} url={} trouble=\"{}\"", feed.value, url, trouble.what());
      --coming_;
      stored_.with([&](auto& list) {
        list.push_back({.feed = feed, .ok = false, .pushed = pushed, .paused_host = {}, .paused_until = {}});
      });
      client_->wake();
    }
  }
  if (--reading_ == 0) to_write_.close();
}

Refreshed Poller::Work::read_one(Came came) {
  const auto reader = database_.reader();
  const auto now = clock_.now();
  if (auto* pushed = std::get_if<Pushed>(&came))
    return digest_push(*reader, std::move(pushed->state), std::move(pushed->document), now, rules_, chance_);
  auto& polled = std::get<Polled>(came);
  return digest(*reader, std::move(polled.state), std::move(polled.trip), now, rules_, chance_);
}

// --- writing -------------------------------------------------------------------------------------------------------------

void Poller::Work::write() {
  while (auto first = to_write_.pop()) {
    std::vector<Refreshed> batch;
    batch.push_back(std::move(*first));
    --coming_;
    const auto until = Steady::now() + kGather;
    while (batch.size() < kBatch) {
      auto more = to_write_.pop_until(until, [&] { return nothing_runs_ && coming_ == 0; });
      if (!more) break;
      --coming_;
      batch.push_back(std::move(*more));
    }
    store_batch(batch);
  }
}

void Poller::Work::store_batch(std::vector<Refreshed>& batch) {
  bool ok = true;
  const auto before = database_.change_number();
  try {
    database_.write([&](store::Writer& db) {
      store::PollSums sums;
      for (auto& refreshed : batch) {
        commit(db, refreshed);
        if (!refreshed.pushed) add_to(sums, refreshed);
      }
      store::add_to_day(db, clock_.now(), sums);
    });
  } catch (const std::exception& trouble) {
    ok = false;
    log_.error("store batch={} trouble=\"{}\"", batch.size(), trouble.what());
  }
  for (const auto& refreshed : batch) {
    if (!ok) continue;
    count(refreshed);
    log_refresh(refreshed);
  }
  stored_.with([&](auto& list) {
    for (auto& refreshed : batch)
      list.push_back({.feed = refreshed.state.id,
                      .ok = ok,
                      .pushed = refreshed.pushed,
                      .paused_host = refreshed.paused_host,
                      .paused_until = refreshed.paused_until});
  });
  client_->wake();
  if (ok && on_news_ && database_.change_number() != before) on_news_();
}

void Poller::Work::count(const Refreshed& refreshed) {
  figures_.with([&](PollFigures& f) {
    f.entries_added += refreshed.counts.added;
    f.entries_changed += refreshed.counts.changed;
    if (refreshed.pushed) {
      ++f.pushed;
      return;
    }
    ++f.done;
    f.wire_bytes += refreshed.wire_bytes;
    if (refreshed.failure)
      ++f.failed;
    else if (refreshed.counts.added + refreshed.counts.changed > 0)
      ++f.changed;
    else if (refreshed.status == 304)
      ++f.not_modified;
    else
      ++f.unchanged;
  });
  if (!refreshed.failure) return;
  failures_.with([&](auto& list) {
    if (list.size() < kFailuresKept)
      list.push_back({refreshed.state.id, refreshed.read_as, refreshed.failure->sentence, refreshed.failure->hint});
  });
}

void Poller::Work::log_refresh(const Refreshed& r) {
  std::string line =
      fmt::format("refresh feed={} outcome={} status={} ms={} bytes={} added={} changed={} next={}", r.state.id.value,
                  store::name_of(r.outcome), r.status, r.took_ms, r.wire_bytes, r.counts.added, r.counts.changed,
                  r.state.next_fetch ? rfc3339(*r.state.next_fetch) : std::string("never"));
  if (r.failure)
    line += fmt::format(" class={} failures={} detail=\"{}\"", name_of(r.failure->kind), r.state.failures,
                        r.failure->detail);
  if (!r.move_reason.empty()) line += fmt::format(" moved_to={} because=\"{}\"", r.state.url, r.move_reason);
  line += fmt::format(" url={}", r.read_as);
  log_.write(r.failure ? Log::Level::warning : Log::Level::info, line);
}

PollFigures Poller::Work::figures() const {
  auto figures = figures_.with([](const PollFigures& f) { return f; });
  figures.in_line = in_line_now_;
  figures.in_flight = in_flight_now_;
  figures.to_read = static_cast<std::int64_t>(to_read_.size());
  figures.to_write = static_cast<std::int64_t>(to_write_.size());
  return figures;
}

// --- the outside ---------------------------------------------------------------------------------------------------------

Poller::Poller(Parts parts) : work_(std::make_unique<Work>(std::move(parts))) {}
Poller::~Poller() = default;

std::vector<std::function<void(std::stop_token)>> Poller::jobs() { return work_->jobs(); }
void Poller::only_once(std::vector<FeedId> feeds) { work_->only_once(std::move(feeds)); }
void Poller::poke(FeedId feed, PokeReason reason) { work_->poke(feed, reason); }
PollFigures Poller::figures() const { return work_->figures(); }
std::vector<FailedRefresh> Poller::failures() const { return work_->failures(); }

}  // namespace voice::fetcher
