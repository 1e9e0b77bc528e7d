// app/parse_command.h - `voice parse`: what a feed document says, as JSON Feed 1.1, for people and for checkers.
#pragma once
#include <string>

namespace voice::app {

struct ParseOptions {
  std::string file;          ///< "-" is standard input
  std::string url;           ///< where the document came from; the base of relative addresses
  std::string content_type;  ///< the HTTP header it came with
};

/// Prints the feed on standard output. Exit code: 0 a feed was read, even if from broken XML; 2 it is not a feed (one line
/// on standard error); 3 the file could not be read.
int parse_command(const ParseOptions& options);

/// The JSON that `voice parse` prints, or an empty text and the reason in `why_not`.
std::string parsed_feed_json(const std::string& bytes, const ParseOptions& options, std::string& why_not);

}  // namespace voice::app
