// tests/server/desk_site.h - the hub's forms on a database in memory, with pages but without sockets.
#pragma once
#include "server/desk.h"
#include "store/accounts.h"
#include "store/outbox.h"
#include "tests/server/browser.h"
#include "tests/server/test_site.h"
#include "views/page.h"

namespace voice::server {

struct DeskSite {
  explicit DeskSite(const std::string& database = store::Scratch::in_memory()) : hub{router, database} {
    settings_base = "http://127.0.0.1:8080";
    add_desk_routes(router);
    hub.site.views = &views;
    hub.settings.fetch.allow_private_networks = {"127.0.0.0/8"};
    hub.settings.fetch.allow_ports = {"1-65535"};
  }

  Browser browser(const std::string& address = "192.0.2.7") {
    return Browser([this, address](Request request) {
      request.address = address;
      return hub.send(std::move(request));
    });
  }
  /// The newest letter to `recipient`.
  store::Letter letter_to(const std::string& recipient) {
    for (const auto& letter : store::newest_letters(*hub.db.reader(), 50))
      if (letter.recipient == recipient) return letter;
    FAIL("no letter to " << recipient);
    return {};
  }
  std::size_t letters() { return store::newest_letters(*hub.db.reader(), 200).size(); }
  /// The path of the first link of this hub in a text.
  std::string link_in(const std::string& text) {
    const auto at = text.find(settings_base + "/links/");
    REQUIRE(at != std::string::npos);
    const auto start = at + settings_base.size();
    return text.substr(start, text.find_first_of("\n \"", start) - start);
  }
  UserId add_editor(const std::string& email, store::Role role = store::Role::editor) {
    return hub.db.write([&](store::Writer& db) {
      return *store::add_user(
          db, {.email = email, .name = "Editor " + email.substr(0, 3), .role = role, .password_hash = {}},
          hub.clock.now());
    });
  }
  /// A browser in which that editor has signed in by letter.
  Browser signed_in(const std::string& email) {
    auto editor = browser();
    editor.get("/sign-in");
    editor.submit("/sign-in", {{"email", email}, {"do", "letter"}});
    const auto link = link_in(letter_to(email).text);
    editor.get(link);
    editor.submit(link);
    return editor;
  }

  std::string settings_base;
  Router router;
  TestSite hub;
  views::Views views{load(),
                     {.site_title = "LocalGov Digital Voice",
                      .base_url = "http://127.0.0.1:8080",
                      .asset_url = [](std::string_view name) { return "/static/" + std::string(name); }}};

 private:
  static views::Templates load() {
    auto templates = views::Templates::embedded();
    if (!templates) throw std::runtime_error(templates.error().what);
    return std::move(*templates);
  }
};

}  // namespace voice::server
