// tests/app/process.h - the built binary as a child process, and the simplest possible HTTP client to look at it.
#pragma once
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "tests/scratch_folder.h"

namespace voice::app {

/// A child process with its standard output and error in files. Killed when this leaves scope, if it still runs.
class Child {
 public:
  explicit Child(const std::vector<std::string>& arguments);
  ~Child();
  Child(const Child&) = delete;

  /// What it has written so far.
  std::string out() const;
  std::string err() const;
  /// Waits until its standard error holds `text`; false after `longest`.
  bool says(const std::string& text, std::chrono::seconds longest = std::chrono::seconds{20}) const;
  void signal(int number) const;
  /// Its exit code; -1 when it did not end in time, 128 + n when signal n ended it.
  int wait(std::chrono::seconds longest);

 private:
  int pid_ = -1;
  int exit_code_ = -1;
  ScratchFolder folder_;
};

struct Page {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};
/// One GET on a connection of its own. Status 0: no answer.
Page get(int port, const std::string& path, const std::vector<std::string>& headers = {});

}  // namespace voice::app
