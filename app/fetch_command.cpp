#include "app/fetch_command.h"

#include <csignal>
#include <fmt/format.h>
#include <future>
#include <iostream>
#include <thread>
#include <unistd.h>

#include "app/priority.h"
#include "base/guarded.h"
#include "base/numbers.h"
#include "base/time.h"
#include "fetcher/poller.h"
#include "store/blogs.h"
#include "store/feed_state.h"
#include "store/indexing.h"
#include "store/push.h"

namespace voice::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook{100};  // how often progress is looked at
constexpr int kPlainEvery = 50;     // looks between two plain lines: five seconds
constexpr int kBarWidth = 30;

// Keeps what went wrong in the machine itself; what went wrong with a feed is in the poller's figures.
class TroubleLog final : public Log {
 public:
  void write(Level level, std::string_view line) override {
    constexpr std::size_t kMost = 20;  // a database that is gone says so for every feed
    if (level != Level::error) return;
    lines_.with([&](auto& lines) {
      if (lines.size() < kMost) lines.emplace_back(line);
    });
  }
  std::vector<std::string> lines() {
    return lines_.with([](auto& lines) { return lines; });
  }

 private:
  Guarded<std::vector<std::string>> lines_;
};

std::atomic<bool> interrupted{false};
void interrupt(int) { interrupted = true; }

std::optional<store::FeedRow> find_named(store::Reader& db, const std::string& name) {
  if (const auto number = parse_number<std::int64_t>(name)) return store::find_feed(db, FeedId{*number});
  return store::find_feed_by_url(db, name);
}

std::string figures_line(const fetcher::PollFigures& f) {
  return fmt::format("{} of {} feeds, {} new posts, {} failed", f.done, f.feeds, f.entries_added, f.failed);
}

void show_bar(const fetcher::PollFigures& f) {
  const auto filled = f.feeds > 0 ? static_cast<int>(f.done * kBarWidth / f.feeds) : 0;
  std::cerr << fmt::format("\r[{:=<{}}{: <{}}] {}   ", "", filled, "", kBarWidth - filled, figures_line(f))
            << std::flush;
}

// Watches until the jobs have ended, or somebody presses Ctrl-C.
void watch(const fetcher::Poller& poller, const std::future<void>& finished, bool quiet) {
  const bool terminal = isatty(STDERR_FILENO) != 0;
  for (int look = 1; finished.wait_for(kLook) != std::future_status::ready && !interrupted; ++look) {
    if (quiet) continue;
    if (terminal)
      show_bar(poller.figures());
    else if (look % kPlainEvery == 0)
      std::cerr << figures_line(poller.figures()) << "\n";
  }
  if (quiet || !terminal) return;
  show_bar(poller.figures());
  std::cerr << "\n";
}

void run_to_the_end(fetcher::Poller& poller, bool quiet) {
  std::promise<void> finished;
  std::vector<std::jthread> threads;
  auto jobs = poller.jobs();
  std::atomic<std::size_t> running{jobs.size()};
  for (auto& job : jobs)
    threads.emplace_back([&, job = std::move(job)](const std::stop_token& stop) {
      let_others_go_first();
      job(stop);
      if (--running == 0) finished.set_value();
    });
  watch(poller, finished.get_future(), quiet);
}  // the threads are asked to stop and waited for here

void print_summary(const fetcher::Poller& poller) {
  const auto f = poller.figures();
  std::cout << fmt::format("{} feeds: {} with news ({} new posts, {} changed), {} unchanged ({} by 304), {} failed",
                           f.done, f.changed, f.entries_added, f.entries_changed, f.unchanged + f.not_modified,
                           f.not_modified, f.failed);
  if (f.too_soon > 0) std::cout << fmt::format(", {} too soon to ask again", f.too_soon);
  std::cout << "\n";
  for (const auto& failed : poller.failures())
    std::cout << fmt::format("failed: {}\n    {} {}\n", failed.url, failed.sentence, failed.hint);
}

int exit_code_after(const fetcher::Poller& poller, bool asked_for_one, TroubleLog& log) {
  const auto f = poller.figures();
  const auto troubles = log.lines();
  for (const auto& line : troubles) std::cerr << "voice: " << line << "\n";
  if (!troubles.empty() && f.done < f.feeds) {
    std::cerr << fmt::format("voice: {} of {} feeds were not stored; fetch again when that is mended\n",
                             f.feeds - f.done, f.feeds);
    return 3;
  }
  if (interrupted) {
    std::cerr << fmt::format("voice: stopped after {} of {} feeds\n", f.done, f.feeds);
    return 1;
  }
  return asked_for_one && f.failed > 0 ? 1 : 0;
}

std::string when(const std::optional<sys_seconds>& time) { return time ? rfc3339(*time) : "never"; }

void print_feed(const store::FeedState& s, const std::optional<store::PushSubscription>& push) {
  std::cout << fmt::format("feed {}: {}\n", s.id.value, s.title.empty() ? "(no title yet)" : s.title);
  std::cout << fmt::format("  address       {}\n", s.url);
  std::cout << fmt::format("  last asked    {} (status {})\n", when(s.last_fetch), s.last_status);
  std::cout << fmt::format("  last success  {}\n", when(s.last_success));
  std::cout << fmt::format("  next          {}\n", when(s.next_fetch));
  std::cout << fmt::format("  pace          every {} minutes\n", s.interval.count() / 60);
  std::cout << fmt::format("  validators    ETag {} Last-Modified {}\n", s.etag.empty() ? "-" : s.etag,
                           s.last_modified.empty() ? "-" : s.last_modified);
  if (s.failures > 0)
    std::cout << fmt::format("  failing       {} times since {}: {}\n                {} {}\n", s.failures,
                             when(s.failing_since), s.error_class, s.error_text, s.error_hint);
  if (!s.move_to.empty())
    std::cout << fmt::format("  redirects     permanently to {} ({} polls since {})\n", s.move_to, s.move_count,
                             when(s.move_since));
  if (push)
    std::cout << fmt::format("  hub           {} ({}, until {}) {}\n", push->hub_url, store::name_of(push->state),
                             when(push->lease_until), push->note);
}

void print_history(const std::vector<store::HistoryLine>& history, std::int64_t quiet_now) {
  std::cout << "\n";
  if (quiet_now > 0) std::cout << fmt::format("  then {} polls without news\n", quiet_now);
  for (const auto& line : history) {
    std::cout << fmt::format("  {}  {:<9} status {:<3} {:>6} ms {:>9} bytes  +{} ~{}  {}\n", rfc3339(line.at),
                             line.outcome, line.status, line.took_ms, line.wire_bytes, line.added, line.changed,
                             line.sentence);
    if (line.quiet_before > 0) std::cout << fmt::format("  after {} polls without news\n", line.quiet_before);
  }
}

}  // namespace

int fetch_command(const FetchOptions& options) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 3);
  store::Database database(settings->store.database, store::IfMissing::refuse);
  SystemClock clock;
  SystemTokens tokens;
  TroubleLog log;
  std::vector<FeedId> feeds;
  {
    const auto reader = database.reader();
    if (!options.feed.empty()) {
      const auto feed = find_named(*reader, options.feed);
      if (!feed) return fail_with({ErrorCode::not_found, "there is no feed " + options.feed}, 1);
      feeds.push_back(feed->id);
    } else {
      const auto list = options.all ? store::all_feeds(*reader) : store::due_feeds(*reader, clock.now(), 1 << 30);
      for (const auto& feed : list) feeds.push_back(feed.id);
    }
  }
  fetcher::Poller poller({.database = database, .settings = *settings, .clock = clock, .chance = tokens, .log = log});
  poller.only_once(std::move(feeds));
  interrupted = false;
  std::signal(SIGINT, interrupt);
  std::signal(SIGTERM, interrupt);
  run_to_the_end(poller, options.quiet);
  let_others_go_first();
  database.write([](store::Writer& db) { store::seed_reading(db); });
  store::index_all(database, clock);  // a hub that runs beside does the same; whoever comes first
  database.check_point();
  print_summary(poller);
  return exit_code_after(poller, !options.feed.empty(), log);
}

int feed_command(const FeedOptions& options) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 3);
  store::Database database(settings->store.database, store::IfMissing::refuse);
  const auto feed = find_named(*database.reader(), options.feed);
  if (!feed) return fail_with({ErrorCode::not_found, "there is no feed " + options.feed}, 1);
  const auto moves = store::moves_of(*database.reader(), feed->id);
  if (options.undo_move) {
    const bool undone = !moves.empty() && database.write([&](store::Writer& db) {
      return store::undo_move(db, moves.front().id, SystemClock().now());
    });
    if (!undone) return fail_with({ErrorCode::not_found, "there is no move of this feed to undo"}, 1);
  }
  const auto reader = database.reader();
  const auto state = store::read_feed_state(*reader, feed->id);
  if (!state) return fail_with({ErrorCode::not_found, "there is no feed " + options.feed}, 1);
  print_feed(*state, store::find_push(*reader, feed->id));
  for (const auto& move : store::moves_of(*reader, feed->id))
    std::cout << fmt::format("  moved         {} from {}: {}{}\n", rfc3339(move.at), move.from_url, move.reason,
                             move.undone ? " (undone " + rfc3339(*move.undone) + ")" : std::string());
  print_history(store::fetch_history(*reader, feed->id), state->quiet_polls);
  return 0;
}

}  // namespace voice::app
