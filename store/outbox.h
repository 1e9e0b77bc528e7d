// store/outbox.h - letters to be sent, and what became of each.
//
// A letter is written in the transaction of the act it tells of, so neither is there without the other. Whoever delivers
// takes one at a time and reports back. SMTP cannot promise "exactly once": when the connection dies between our last byte
// and the server's answer nobody knows, so such a letter is `doubtful` and waits for a person, rather than going twice.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace voice::store {

enum class LetterState { waiting, sending, sent, failed, doubtful };
std::string_view name_of(LetterState state);

struct NewLetter {
  std::string recipient;   ///< must have passed parse_email()
  std::string subject;     ///< one line
  std::string text;        ///< plain text, lines parted by \n
  std::string html;        ///< a whole document; may be empty
  std::string message_id;  ///< unguessable, unique, without angle brackets: "token@host"
  std::string once_key;    ///< a second letter with the same key is not written; empty: no such check
};

struct Letter {
  LetterId id;
  std::string message_id;
  std::string recipient;
  std::string subject;
  std::string text;  ///< empty once sent
  std::string html;
  LetterState state = LetterState::waiting;
  int tries = 0;
  sys_seconds created{};
  sys_seconds next_try{};
  std::optional<sys_seconds> sent;
  std::string last_error;
};

/// No id when once_key has been used.
LetterId queue_letter(Writer& db, const NewLetter& letter, sys_seconds now);

bool has_letter(Reader& db, std::string_view once_key);

/// The letter that has waited longest, now `sending` and its try counted; nothing when none is due.
std::optional<Letter> take_due_letter(Writer& db, sys_seconds now);
enum class AfterSending { forget_text, keep_text };
void letter_sent(Writer& db, LetterId letter, AfterSending after, sys_seconds now);
void letter_delayed(Writer& db, LetterId letter, std::string_view why, sys_seconds next_try);
void letter_failed(Writer& db, LetterId letter, std::string_view why);
void letter_doubtful(Writer& db, LetterId letter, std::string_view why);
/// At the start: what was being sent when the program ended is doubtful. Returns how many.
std::int64_t doubt_interrupted_letters(Writer& db);
/// An administrator's decision: a failed or doubtful letter waits again. False for any other.
bool resend_letter(Writer& db, LetterId letter, sys_seconds now);

std::vector<Letter> newest_letters(Reader& db, int limit);  ///< limit is 1 to 200
std::optional<Letter> find_letter(Reader& db, LetterId letter);
std::int64_t count_letters(Reader& db, LetterState state);

}  // namespace voice::store
