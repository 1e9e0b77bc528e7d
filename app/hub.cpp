#include "app/hub.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>
#include <unistd.h>

#include "app/crew.h"
#include "app/import_command.h"
#include "app/polling_lock.h"
#include "base/clock.h"
#include "base/tokens.h"
#include "fetcher/home_visits.h"
#include "fetcher/mail.h"
#include "fetcher/move_recheck.h"
#include "fetcher/poller.h"
#include "fetcher/push.h"
#include "server/chores.h"
#include "server/fetch_metrics.h"
#include "server/first_start.h"
#include "server/http_server.h"
#include "server/routes.h"
#include "store/blogs.h"
#include "store/health.h"
#include "store/indexing.h"
#include "views/page.h"

namespace voice::app {
namespace {
namespace fs = std::filesystem;

constexpr std::chrono::seconds kChoreEvery{5};
constexpr std::chrono::hours kVisitEvery{1};
constexpr std::chrono::milliseconds kLookAtTemplatesEvery{500};
constexpr std::chrono::seconds kPagesRest{2};  // a river that is two seconds late is no worse to read

// Waits, but not past a stop.
void rest(const std::stop_token& stop, std::chrono::milliseconds time) {
  constexpr std::chrono::milliseconds kStep{50};
  for (auto left = time; left.count() > 0 && !stop.stop_requested(); left -= kStep) std::this_thread::sleep_for(kStep);
}

// A letter that has no place is tried again for days; whoever starts the hub should hear of it at once.
Result<Done> make_letter_folder(const config::MailSettings& mail) {
  if (!mail.smtp_url.empty() || mail.folder.empty()) return Done{};
  std::error_code problem;
  if (fs::create_directories(mail.folder, problem)) fs::permissions(mail.folder, fs::perms::owner_all, problem);
  if (!problem && ::access(mail.folder.c_str(), W_OK) == 0) return Done{};
  return Error{ErrorCode::io, "[mail] folder " + mail.folder +
                                  " cannot be written: " + (problem ? problem.message() : std::strerror(errno))};
}

// When a file in `folder` last changed.
fs::file_time_type newest_in(const std::string& folder) {
  auto newest = fs::file_time_type::min();
  std::error_code ignored;
  for (const auto& file : fs::directory_iterator(folder, ignored))
    newest = std::max(newest, file.last_write_time(ignored));
  return newest;
}

// Everything that lives as long as the hub, in the order in which it needs each other.
class Hub {
 public:
  Hub(const HubPlan& plan, Log& log, store::Database& database, views::Views views)
      : plan_(plan), log_(log), database_(database), views_(std::move(views)) {
    if (plan.prepare) plan.prepare(database_);
    import_first_members(database_, plan.settings, log);
    server::begin_chores(database_, site_);
    if (plan.fetch)
      poller_.emplace(fetcher::Poller::Parts{.database = database_,
                                             .settings = plan.settings,
                                             .clock = clock_,
                                             .chance = tokens_,
                                             .log = log,
                                             .pushed = &push_inbox_});
    site_.views = &views_;
    if (plan.fetch) site_.push_inbox = &push_inbox_;
    site_.why_not_ready = [this] { return store::why_not_ready(database_); };
    server::add_all_routes(router_);
    dispatcher_.emplace(router_, site_, database_, kPagesRest);
    site_.metrics.add_source(dispatcher_->metrics());
    if (plan.fetch)
      site_.metrics.add_source(server::fetch_metrics(database_, clock_, [this] { return poller_->figures(); }));
    else
      site_.metrics.add_source(server::fetch_metrics(database_, clock_, {}));
    if (plan.fetch)
      push_.emplace(fetcher::Push::Parts{.database = database_,
                                         .settings = plan.settings,
                                         .clock = clock_,
                                         .chance = tokens_,
                                         .log = log,
                                         .inbox = push_inbox_,
                                         .topics = [this](const std::string& topic) { return document_of(topic); }});
    server_.emplace(*dispatcher_, site_);
    site_.metrics.add_source(server_->metrics());
  }

  int run() {
    Crew crew(log_);
    const auto listening = server_->listen(plan_.settings.server.listen);
    if (!listening) return fail_with(listening.error(), 1);
    const auto address = address_listened_on();
    log_.info("listening on {}", address);
    offer_first_administrator();
    for (const auto& [name, work] : plan_.besides) crew.add(name, work);
    if (poller_)
      for (auto& job : poller_->jobs()) crew.add("poller", std::move(job), Crew::Turn::after_readers);
    crew.add(
        "indexer", [this](const std::stop_token& stop) { store::keep_indexed(database_, clock_, stop); },
        Crew::Turn::after_readers);
    if (poller_)
      crew.add(
          "visits", [this](const std::stop_token& stop) { visit(stop); }, Crew::Turn::after_readers);
    if (push_) crew.add("push", [this](const std::stop_token& stop) { push_->run(stop); });
    crew.add("chores", [this](const std::stop_token& stop) { do_chores(stop); });
    crew.add("server", [this](std::stop_token stop) { server_->run(std::move(stop)); });
    if (!plan_.views_folder.empty())
      crew.add("templates", [this](const std::stop_token& stop) { watch_templates(stop); });
    if (plan_.ready) plan_.ready(address);
    const bool well = crew.until_asked_to_stop();
    database_.check_point();
    return well ? 0 : 3;
  }

 private:
  std::string address_listened_on() const {
    const auto& listen = plan_.settings.server.listen;
    return "http://" + listen.substr(0, listen.rfind(':')) + ":" + std::to_string(server_->port());
  }

  // What is asked for rarely and not as a feed: old addresses of feeds that moved, and home pages.
  void visit(const std::stop_token& stop) {
    const auto client = fetcher::client_settings(plan_.settings.fetch);
    while (client && !stop.stop_requested()) {
      const auto own_client = fetcher::make_http_client(*client);
      fetcher::recheck_moves(database_, *own_client, plan_.settings, clock_.now(), log_, stop);
      fetcher::visit_homes({.database = database_,
                            .settings = plan_.settings,
                            .clock = clock_,
                            .chance = tokens_,
                            .log = log_,
                            .client = *own_client},
                           stop);
      rest(stop, kVisitEvery);
    }
  }

  // One of our own feeds as a reader would get it, for the hub's subscribers.
  std::optional<fetcher::TopicDocument> document_of(const std::string& topic) {
    const auto& base = plan_.settings.site.base_url;
    if (!topic.starts_with(base)) return std::nullopt;
    server::Request request;
    const auto question = topic.find('?');
    request.path = topic.substr(base.size(), question == std::string::npos ? question : question - base.size());
    if (question != std::string::npos) request.raw_query = topic.substr(question + 1);
    request.query = server::read_url_encoded(request.raw_query);
    const auto response = dispatcher_->answer(std::move(request));
    if (response.status != 200) return std::nullopt;
    const auto* type = response.header("Content-Type");
    return fetcher::TopicDocument{response.bytes(), type != nullptr ? *type : response.shared->content_type()};
  }

  void offer_first_administrator() {
    const auto address = server::first_administrator_address(database_, site_);
    if (!address.empty()) log_.info("nobody can sign in yet; make the first administrator at {}", address);
  }

  void do_chores(const std::stop_token& stop) {
    const auto mailer = fetcher::make_mailer(plan_.settings.mail);
    while (!stop.stop_requested()) {
      server::do_chores(database_, site_, mailer.get());
      rest(stop, kChoreEvery);
    }
  }

  // For those who change templates by hand: a saved file shows at the next reload, a broken one is told and not used.
  void watch_templates(const std::stop_token& stop) {
    for (auto seen = newest_in(plan_.views_folder); !stop.stop_requested(); rest(stop, kLookAtTemplatesEvery)) {
      const auto newest = newest_in(plan_.views_folder);
      if (newest == seen) continue;
      seen = newest;
      auto templates = views::Templates::from_folder(plan_.views_folder);
      if (!templates) {
        log_.warning("the old templates stay: {}", templates.error().what);
        continue;
      }
      views_.replace_templates(std::move(*templates));
      database_.write([](store::Writer& db) { store::bump_change_number(db); });  // kept pages are of the old ones
      log_.info("templates read again from {}", plan_.views_folder);
    }
  }

  const HubPlan& plan_;
  Log& log_;
  SystemClock clock_;
  SystemTokens tokens_;
  store::Database& database_;
  views::Views views_;
  fetcher::PushInbox push_inbox_;
  std::optional<fetcher::Poller> poller_;
  server::Site site_{.settings = plan_.settings, .clock = clock_, .tokens = tokens_, .log = log_};
  server::Router router_;
  std::optional<server::Dispatcher> dispatcher_;
  std::optional<fetcher::Push> push_;
  std::optional<server::HttpServer> server_;
};

}  // namespace

void import_first_members(store::Database& database, const config::Settings& settings, Log& log) {
  const auto& path = settings.store.members;
  if (path.empty() || store::count_feeds(*database.reader()) > 0) return;
  const auto bytes = read_file(path);
  const auto list = bytes ? feeds::read_opml(*bytes) : Result<feeds::OutlineList>(bytes.error());
  if (!list) {
    log.warning("no members to begin with: {}; name an OPML file in [store] members, or let bloggers join",
                list.error().what);
    return;
  }
  const auto report = database.write(
      [&](store::Writer& db) { return import_outlines(db, *list, store::BlogState::active, SystemClock().now()); });
  log.info("{} members joined from {}", report.added, path);
}

int run_hub(const HubPlan& plan, Log& log) {
  auto views = views::load_views(plan.settings.site, plan.views_folder);
  if (!views) return fail_with(views.error(), 1);
  if (const auto ready = make_letter_folder(plan.settings.mail); !ready) return fail_with(ready.error(), 1);
  store::Database database(plan.settings.store.database);
  std::optional<PollingLock> lock;
  if (plan.fetch) {
    auto taken = PollingLock::take(plan.settings.store.database);
    if (!taken) return fail_with(taken.error(), 1);
    lock.emplace(std::move(*taken));
  }
  Hub hub(plan, log, database, std::move(*views));
  return hub.run();
}

}  // namespace voice::app
