// content/clusters.h - text as readers see it: what they call one character, and where one word ends. Private to this room.
//
// A simplified reading of Unicode's UAX 29: marks, joiners, flags, skin tones and syllables of Hangul and of the scripts of
// India stay together. Tables of all of Unicode would be better than this and much larger; what is missing are scripts in
// which nobody in this field writes.
#pragma once
#include <cstddef>
#include <string_view>

namespace voice::content {

/// How much a cluster says, so that languages without spaces are measured by the same yardstick.
enum class Script {
  space,     ///< white space
  spaced,    ///< letters of scripts that put spaces between words, and all punctuation
  han,       ///< Chinese characters and kana: about two make a word
  unspaced,  ///< Thai, Lao, Khmer, Burmese: about five make a word
};

struct Cluster {
  std::string_view bytes;
  char32_t first = 0;  ///< its first code point
  Script script = Script::spaced;
};

/// The cluster at `at` (which must be below the size); moves past it.
Cluster next_cluster(std::string_view text, std::size_t& at);

bool ends_sentence(char32_t c);        ///< . ! ? and their kin
bool ends_sentence_alone(char32_t c);  ///< those after which no space is written
bool closes(char32_t c);               ///< quotes and brackets that may follow the end of a sentence
/// Invisible marks that change the direction of what follows, and would go on doing so after a cut.
bool is_direction_mark(char32_t c);

}  // namespace voice::content
