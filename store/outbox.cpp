#include "store/outbox.h"

#include <array>

namespace voice::store {
namespace {

constexpr std::array<std::string_view, 5> kStates = {"waiting", "sending", "sent", "failed", "doubtful"};

LetterState read_state(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i)
    if (kStates[i] == name) return static_cast<LetterState>(i);
  throw DatabaseError("letters.state holds an unknown word");
}

std::string select_letters(std::string_view rest) {
  return "SELECT id, message_id, recipient, subject, text_body, html_body, state, tries, created_at, next_try_at, "
         "sent_at, last_error FROM letters " +
         std::string(rest);
}

Letter read_letter(const Rows& rows) {
  return {.id = rows.id<LetterId>(0),
          .message_id = rows.text(1),
          .recipient = rows.text(2),
          .subject = rows.text(3),
          .text = rows.text(4),
          .html = rows.text(5),
          .state = read_state(rows.text_view(6)),
          .tries = static_cast<int>(rows.integer(7)),
          .created = rows.time(8),
          .next_try = rows.time(9),
          .sent = rows.optional_time(10),
          .last_error = rows.text(11)};
}

void set_state(Writer& db, LetterId letter, LetterState state, std::string_view why) {
  db.change("UPDATE letters SET state = :state, last_error = :why WHERE id = :id")
      .bind(":state", name_of(state))
      .bind_or_null(":why", why)
      .bind(":id", letter)
      .run();
}

}  // namespace

std::string_view name_of(LetterState state) { return kStates[static_cast<std::size_t>(state)]; }

LetterId queue_letter(Writer& db, const NewLetter& letter, sys_seconds now) {
  db.change(R"sql(
    INSERT INTO letters (message_id, once_key, recipient, subject, text_body, html_body, state, next_try_at, created_at)
    VALUES (:message_id, :once, :recipient, :subject, :text, :html, 'waiting', :now, :now)
    ON CONFLICT (once_key) DO NOTHING)sql")
      .bind(":message_id", letter.message_id)
      .bind_or_null(":once", letter.once_key)
      .bind(":recipient", letter.recipient)
      .bind(":subject", letter.subject)
      .bind(":text", letter.text)
      .bind_or_null(":html", letter.html)
      .bind(":now", now)
      .run();
  return db.rows_changed() == 1 ? LetterId{db.last_id()} : LetterId{};
}

bool has_letter(Reader& db, std::string_view once_key) {
  auto rows = db.query("SELECT 1 FROM letters WHERE once_key = :once");
  rows.bind(":once", once_key);
  return rows.step();
}

std::optional<Letter> take_due_letter(Writer& db, sys_seconds now) {
  std::optional<Letter> letter;
  {
    auto rows =
        db.query(select_letters("WHERE state = 'waiting' AND next_try_at <= :now ORDER BY next_try_at, id LIMIT 1"));
    rows.bind(":now", now);
    if (!rows.step()) return std::nullopt;
    letter = read_letter(rows);
  }
  db.change("UPDATE letters SET state = 'sending', tries = tries + 1 WHERE id = :id").bind(":id", letter->id).run();
  letter->state = LetterState::sending;
  ++letter->tries;
  return letter;
}

void letter_sent(Writer& db, LetterId letter, AfterSending after, sys_seconds now) {
  db.change(R"sql(
    UPDATE letters
    SET state = 'sent', sent_at = :now, last_error = NULL,
        text_body = CASE WHEN :keep THEN text_body END, html_body = CASE WHEN :keep THEN html_body END
    WHERE id = :id)sql")
      .bind(":now", now)
      .bind(":keep", after == AfterSending::keep_text)
      .bind(":id", letter)
      .run();
}

void letter_delayed(Writer& db, LetterId letter, std::string_view why, sys_seconds next_try) {
  set_state(db, letter, LetterState::waiting, why);
  db.change("UPDATE letters SET next_try_at = :next WHERE id = :id").bind(":next", next_try).bind(":id", letter).run();
}

void letter_failed(Writer& db, LetterId letter, std::string_view why) {
  set_state(db, letter, LetterState::failed, why);
}

void letter_doubtful(Writer& db, LetterId letter, std::string_view why) {
  set_state(db, letter, LetterState::doubtful, why);
}

std::int64_t doubt_interrupted_letters(Writer& db) {
  db.change(R"sql(
    UPDATE letters
    SET state = 'doubtful', last_error = 'the hub stopped while this was being sent'
    WHERE state = 'sending')sql")
      .run();
  return db.rows_changed();
}

bool resend_letter(Writer& db, LetterId letter, sys_seconds now) {
  db.change(R"sql(
    UPDATE letters
    SET state = 'waiting', tries = 0, next_try_at = :now, created_at = :now
    WHERE id = :id AND state IN ('failed', 'doubtful'))sql")
      .bind(":now", now)
      .bind(":id", letter)
      .run();
  return db.rows_changed() == 1;
}

std::vector<Letter> newest_letters(Reader& db, int limit) {
  auto rows = db.query(select_letters("ORDER BY id DESC LIMIT :limit"));
  rows.bind(":limit", limit);
  std::vector<Letter> letters;
  while (rows.step()) letters.push_back(read_letter(rows));
  return letters;
}

std::optional<Letter> find_letter(Reader& db, LetterId letter) {
  auto rows = db.query(select_letters("WHERE id = :id"));
  rows.bind(":id", letter);
  if (!rows.step()) return std::nullopt;
  return read_letter(rows);
}

std::int64_t count_letters(Reader& db, LetterState state) {
  auto rows = db.query("SELECT count(*) FROM letters WHERE state = :state");
  rows.bind(":state", name_of(state));
  return rows.step() ? rows.integer(0) : 0;
}

}  // namespace voice::store
