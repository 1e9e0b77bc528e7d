// server/form_reader.h - reads a form's fields and gathers what is wrong with them, in words for whoever typed.
//
// One-line answers lose what cannot be seen or would rearrange the page around it (controls, line breaks, bidirectional
// overrides); long texts keep their lines. What was typed is kept for the page that comes back.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/request.h"
#include "views/forms.h"

namespace voice::server {

class FormReader {
 public:
  explicit FormReader(const Fields& form) : form_(form) {}

  struct Rule {
    std::string missing;        ///< the sentence where nothing was typed; empty: it may be left out
    std::size_t longest = 200;  ///< in characters
  };
  std::string line(const std::string& field, const Rule& rule);
  std::string text(const std::string& field, const Rule& rule);
  /// One of `allowed`; `missing` where none of them was chosen.
  std::string choice(const std::string& field, const std::vector<std::string>& allowed, const std::string& missing);
  /// Those of `allowed` that were chosen, in that order.
  std::vector<std::string> choices(const std::string& field, const std::vector<std::string>& allowed);
  /// An address letters can be sent to.
  std::string email(const std::string& field, const std::string& missing);
  bool checked(const std::string& field, const std::string& missing);

  void problem(const std::string& field, const std::string& sentence) { problems_.push_back({sentence, field}); }
  const std::vector<views::Problem>& problems() const { return problems_; }
  bool ok() const { return problems_.empty(); }

 private:
  void check_length(const std::string& field, const std::string& value, const Rule& rule);
  const Fields& form_;
  std::vector<views::Problem> problems_;
};

/// Without controls, line breaks and bidirectional overrides; spaces collapsed.
std::string one_line_of(std::string_view text);

}  // namespace voice::server
