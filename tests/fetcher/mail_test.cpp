#include "fetcher/mail.h"

#include <doctest/doctest.h>
#include <filesystem>

#include "base/text.h"
#include "store/outbox.h"
#include "tests/fetcher/smtp_catcher.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::fetcher;
using namespace std::chrono;

namespace {
const sys_seconds kNow = sys_days{2026y / November / 28} + 9h;

MailMessage letter() {
  return {.from = "The Hub <hub@example.org>",
          .to = "ann@example.org",
          .subject = "Hello",
          .text = "A line.\n.dot first\n",
          .html = "<p>A line.</p>",
          .message_id = "abc@example.org",
          .date = kNow};
}

config::MailSettings settings_for(const SmtpCatcher& catcher) {
  config::MailSettings settings;
  settings.smtp_url = catcher.url();
  settings.from = "The Hub <hub@example.org>";
  return settings;
}

LetterId queue(store::Database& database) {
  return database.write([](store::Writer& db) {
    return store::queue_letter(
        db,
        {.recipient = "ann@example.org", .subject = "S", .text = "T", .html = {}, .message_id = "m@h", .once_key = {}},
        kNow);
  });
}
store::Letter found(store::Database& database, LetterId id) { return *store::find_letter(*database.reader(), id); }
}  // namespace

TEST_CASE("a letter is plain 7-bit text with a header of ours only") {
  auto message = letter();
  message.subject = "Hi\r\nBcc: eve@example.org";
  message.text = "Sŵn y môr = " + std::string(200, 'x') + "\ntrailing \n";
  const auto bytes = mime_text(message);
  CHECK(bytes.find("\r\nBcc:") == std::string::npos);
  CHECK(bytes.find("Subject: Hi Bcc: eve@example.org\r\n") != std::string::npos);
  CHECK(bytes.find("S=C5=B5n y m=C3=B4r =3D x") != std::string::npos);
  CHECK(bytes.find("trailing=20\r\n") != std::string::npos);
  CHECK(bytes.find("From: \"The Hub\" <hub@example.org>\r\n") != std::string::npos);
  CHECK(bytes.find("Date: Sat, 28 Nov 2026 09:00:00 +0000\r\n") != std::string::npos);
  for (auto line : split(bytes, '\n')) {
    CHECK(line.size() <= 79);
    for (const char c : line) CHECK(static_cast<unsigned char>(c) < 0x80);
  }
}

TEST_CASE("a subject in any language is encoded without splitting a letter") {
  auto message = letter();
  message.subject = std::string(20, 'a') + "ŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ";
  const auto bytes = mime_text(message);
  CHECK(bytes.find("Subject: =?UTF-8?B?") != std::string::npos);
  CHECK(bytes.find("?=\r\n =?UTF-8?B?") != std::string::npos);
}

TEST_CASE("a mail server is given the letter once, dots and all") {
  SmtpCatcher catcher;
  const auto mailer = make_mailer(settings_for(catcher));
  CHECK(mailer->deliver(letter()).outcome == Delivery::accepted);
  const auto letters = catcher.letters();
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].from.starts_with("<hub@example.org>"));
  CHECK(letters[0].to == std::vector<std::string>{"<ann@example.org>"});
  CHECK(letters[0].bytes.find("\r\n.dot first\r\n") != std::string::npos);
  CHECK(letters[0].bytes.find("multipart/alternative") != std::string::npos);
}

TEST_CASE("a name and password are given to a server on this machine") {
  SmtpCatcher catcher;
  auto settings = settings_for(catcher);
  settings.username = "hub";
  settings.password = "secret";
  CHECK(make_mailer(settings)->deliver(letter()).why == "");
  REQUIRE(catcher.letters().size() == 1);
  CHECK(catcher.letters()[0].authentication == "PLAIN AGh1YgBzZWNyZXQ=");  // NUL hub NUL secret
}

TEST_CASE("what a server answers decides whether a letter is tried again") {
  const struct {
    const char* name;
    std::map<std::string, std::string> replies;
    Delivery expected;
  } cases[] = {
      {"not now", {{"RCPT", "451 greylisted"}}, Delivery::try_later},
      {"no such mailbox", {{"RCPT", "550 unknown"}}, Delivery::refused},
      {"refused at the end", {{"END", "554 spam"}}, Delivery::refused},
      {"put off at the end", {{"END", "452 disk full"}}, Delivery::try_later},
      {"gone after the last byte", {{"END", ""}}, Delivery::doubtful},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    SmtpCatcher catcher(c.replies);
    const auto report = make_mailer(settings_for(catcher))->deliver(letter());
    CHECK(report.outcome == c.expected);
    CHECK_FALSE(report.why.empty());
  }
}

TEST_CASE("a server that is not there is tried again") {
  config::MailSettings settings;
  {
    SmtpCatcher gone;
    settings = settings_for(gone);
  }
  CHECK(make_mailer(settings)->deliver(letter()).outcome == Delivery::try_later);
}

TEST_CASE("a password is not sent in the clear to another machine") {
  config::MailSettings settings;
  // A name for this machine that does not look like it: the server there offers no TLS.
  SmtpCatcher catcher;
  settings = settings_for(catcher);
  settings.smtp_url = replace_all(settings.smtp_url, "127.0.0.1", "0x7f.1");
  settings.username = "hub";
  settings.password = "secret";
  CHECK(make_mailer(settings)->deliver(letter()).outcome != Delivery::accepted);
  CHECK(catcher.letters().empty());
}

TEST_CASE("due letters are sent, put off with growing waits, and given up after three days") {
  store::Scratch scratch;
  SetClock clock(kNow);
  NoLog log;
  const auto id = queue(scratch.db);
  SmtpCatcher busy(std::map<std::string, std::string>{{"RCPT", "451 later"}});
  const auto settings = settings_for(busy);
  const auto mailer = make_mailer(settings);
  CHECK(deliver_due_letters(scratch.db, *mailer, settings, clock, log).delayed == 1);
  CHECK(found(scratch.db, id).next_try == kNow + 60s);
  clock.advance(60s);
  CHECK(deliver_due_letters(scratch.db, *mailer, settings, clock, log).delayed == 1);
  CHECK(found(scratch.db, id).next_try == kNow + 360s);
  clock.advance(73h);
  CHECK(deliver_due_letters(scratch.db, *mailer, settings, clock, log).failed == 1);
  CHECK(found(scratch.db, id).state == store::LetterState::failed);

  const auto second = scratch.db.write([&](store::Writer& db) {
    return store::queue_letter(
        db,
        {.recipient = "ann@example.org", .subject = "S", .text = "T", .html = {}, .message_id = "n@h", .once_key = {}},
        clock.now());
  });
  SmtpCatcher open;
  const auto good = settings_for(open);
  const auto postman = make_mailer(good);
  CHECK(deliver_due_letters(scratch.db, *postman, good, clock, log).sent == 1);
  CHECK(deliver_due_letters(scratch.db, *postman, good, clock, log).sent == 0);
  CHECK(open.letters().size() == 1);
  CHECK(found(scratch.db, second).text.empty());
}

TEST_CASE("without a server letters are files in a folder, and stay readable here") {
  store::Scratch scratch;
  SetClock clock(kNow);
  NoLog log;
  const auto id = queue(scratch.db);
  config::MailSettings settings;
  settings.folder = (std::filesystem::temp_directory_path() / ("voice-letters-" + std::to_string(::getpid()))).string();
  const auto mailer = make_mailer(settings);
  CHECK(deliver_due_letters(scratch.db, *mailer, settings, clock, log).sent == 1);
  CHECK(std::filesystem::exists(settings.folder + "/m@h.eml"));
  CHECK(found(scratch.db, id).text == "T");
  std::filesystem::remove_all(settings.folder);
  CHECK(make_mailer({}) == nullptr);
}
