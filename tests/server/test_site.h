// tests/server/test_site.h - a hub without sockets or network.
#pragma once
#include <chrono>
#include <string>

#include "base/guarded.h"
#include "server/dispatcher.h"
#include "server/routes.h"
#include "server/site.h"
#include "store/db.h"
#include "tests/store/scratch.h"

namespace voice::server {

class KeptLog final : public Log {
 public:
  void write(Level, std::string_view line) override {
    lines_.with([&](std::string& all) { all.append(line).append("\n"); });
  }
  std::string text() {
    return lines_.with([](std::string& all) { return all; });
  }

 private:
  Guarded<std::string> lines_;
};

struct TestSite {
  explicit TestSite(Router& table, const std::string& database = store::Scratch::in_memory())
      : router(table), scratch(database) {}

  Response get(const std::string& path) { return send({.path = path}); }
  Response send(Request request) {
    const auto question = request.path.find('?');
    if (question != std::string::npos) {
      request.raw_query = request.path.substr(question + 1);
      request.query = read_url_encoded(request.raw_query);
      request.path.resize(question);
    }
    return dispatcher.answer(std::move(request));
  }

  Router& router;
  config::Settings settings;
  SetClock clock{std::chrono::sys_days{std::chrono::year{2026} / 11 / 28} + std::chrono::hours(12)};
  SeededTokens tokens{7};
  KeptLog log;
  store::Scratch scratch;
  store::Database& db = scratch.db;
  Site site{.settings = settings,
            .clock = clock,
            .tokens = tokens,
            .log = log,
            .views = nullptr,
            .poke_poller = [] {},
            .why_not_ready = [] { return std::string(); },
            .metrics = {}};
  Dispatcher dispatcher{router, site, db};
};

}  // namespace voice::server
