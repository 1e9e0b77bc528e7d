// Letters over TLS, to a real server with a certificate of an authority made for the test.
#include <cstdlib>
#include <doctest/doctest.h>

#include "fetcher/mail.h"
#include "store/outbox.h"
#include "tests/app/process.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::app;
using namespace std::chrono_literals;

namespace {

const sys_seconds kNow = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28} + 9h;

bool is_installed(const char* tool) {
  return std::system((std::string("command -v ") + tool + " >/dev/null").c_str()) == 0;
}

/// An authority and a certificate that it gave to one name.
struct Authority {
  explicit Authority(const std::string& name) {
    const auto openssl = [&](const std::string& arguments) {
      REQUIRE(std::system(("openssl " + arguments + " 2>/dev/null").c_str()) == 0);
    };
    const auto extensions = folder.write("extensions", "subjectAltName=" + name + "\n");
    openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Authority -keyout " + folder.file("ca.key") +
            " -out " + certificate());
    openssl("req -newkey rsa:2048 -nodes -subj /CN=server -keyout " + key() + " -out " + folder.file("server.csr"));
    openssl("x509 -req -days 2 -in " + folder.file("server.csr") + " -CA " + certificate() + " -CAkey " +
            folder.file("ca.key") + " -CAcreateserial -extfile " + extensions + " -out " + server());
  }
  std::string certificate() const { return folder.file("ca.pem"); }
  std::string server() const { return folder.file("server.pem"); }
  std::string key() const { return folder.file("server.key"); }
  ScratchFolder folder;
};

struct TlsCatcher {
  TlsCatcher(const std::string& mode, const Authority& authority)
      : child({"/usr/bin/env", "python3", std::string(PROJECT_ROOT) + "/tests/app/smtp_tls_catcher.py", mode,
               authority.server(), authority.key()}) {
    REQUIRE_MESSAGE(child.says("port ", 60s), child.err());
    const auto text = child.err();
    url = (mode == "implicit" ? "smtps" : "smtp") + std::string("://127.0.0.1:") +
          std::to_string(std::atoi(text.c_str() + text.find("port ") + 5));
  }
  config::MailSettings settings() const {
    config::MailSettings settings;
    settings.smtp_url = url;
    settings.from = "The Hub <hub@example.org>";
    settings.username = "hub";
    settings.password = "secret";
    return settings;
  }
  Child child;
  std::string url;
};

fetcher::MailMessage letter() {
  return {.from = "The Hub <hub@example.org>",
          .to = "ann@example.org",
          .subject = "Hello",
          .text = "A line.\n",
          .html = {},
          .message_id = "abc@example.org",
          .date = kNow};
}

bool can_run() {
  if (is_installed("python3") && is_installed("openssl")) return true;
  MESSAGE("skipped: python3 or openssl is not installed");
  return false;
}

}  // namespace

TEST_CASE("letters and passwords go over TLS, whether the server begins with it or changes to it") {
  if (!can_run()) return;
  const Authority authority("IP:127.0.0.1");
  for (const char* mode : {"starttls", "implicit"}) {
    CAPTURE(mode);
    TlsCatcher catcher(mode, authority);
    const auto report = fetcher::make_mailer(catcher.settings(), authority.certificate())->deliver(letter());
    CHECK_MESSAGE(report.outcome == fetcher::Delivery::accepted, report.why);
    const auto caught = catcher.child.out();
    CHECK(caught.find("\"tls\": \"TLSv1.") != std::string::npos);
    CHECK(caught.find("\"auth\": \"hub secret\", \"auth_over_tls\": true") != std::string::npos);
    CHECK(caught.find("Subject: Hello") != std::string::npos);
  }
}

TEST_CASE("a wrong password is refused over TLS as without, and nothing is sent") {
  if (!can_run()) return;
  const Authority authority("IP:127.0.0.1");
  TlsCatcher catcher("starttls", authority);
  auto settings = catcher.settings();
  settings.password = "wrong";
  CHECK(fetcher::make_mailer(settings, authority.certificate())->deliver(letter()).outcome !=
        fetcher::Delivery::accepted);
  CHECK(catcher.child.out().empty());
}

TEST_CASE(
    "a server whose certificate is not to be trusted gets neither password nor letter, which waits and goes later") {
  if (!can_run()) return;
  const Authority ours("IP:127.0.0.1"), strangers("IP:127.0.0.1"), another_name("DNS:mail.example");
  for (const char* mode : {"starttls", "implicit"}) {
    for (const auto* theirs : {&strangers, &another_name}) {
      CAPTURE(mode);
      const auto trusted = theirs == &another_name ? another_name.certificate() : ours.certificate();
      TlsCatcher catcher(mode, *theirs);
      store::Scratch scratch;
      SetClock clock(kNow);
      NoLog log;
      const auto id = scratch.db.write([](store::Writer& db) {
        return store::queue_letter(db,
                                   {.recipient = "ann@example.org",
                                    .subject = "Hello",
                                    .text = "T",
                                    .html = {},
                                    .message_id = "m@h",
                                    .once_key = {}},
                                   kNow);
      });
      const auto mailer = fetcher::make_mailer(catcher.settings(), trusted);
      CHECK(fetcher::deliver_due_letters(scratch.db, *mailer, catcher.settings(), clock, log).delayed == 1);
      CHECK(catcher.child.out().empty());
      const auto kept = *store::find_letter(*scratch.db.reader(), id);
      CHECK(kept.state == store::LetterState::waiting);
      CHECK(kept.text == "T");
      CHECK(kept.last_error.find("certificate") != std::string::npos);

      TlsCatcher mended(mode, ours);
      const auto again = fetcher::make_mailer(mended.settings(), ours.certificate());
      clock.advance(1h);
      CHECK(fetcher::deliver_due_letters(scratch.db, *again, mended.settings(), clock, log).sent == 1);
      CHECK(mended.child.out().find("Subject: Hello") != std::string::npos);
    }
  }
}
