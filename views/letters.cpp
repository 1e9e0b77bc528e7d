#include "views/letters.h"

namespace voice::views {
namespace {
Model paragraphs(const std::vector<std::string>& all) {
  return each(all, [](const std::string& text) { return Model::Object{{"paragraph", text}}; });
}
}  // namespace

std::string letter_text(const LetterWords& words, const Frame& frame) {
  std::string text;
  for (const auto& paragraph : words.paragraphs) text += paragraph + "\n\n";
  if (!words.link.text.empty()) text += words.link.text + ":\n" + words.link.url + "\n\n";
  for (const auto& paragraph : words.after) text += paragraph + "\n\n";
  return text + "-- \n" + frame.site_title + "\n" + frame.base_url + "\n";
}

std::string letter_html(const Views& views, const LetterWords& words) {
  return views
      .part("letter", Model::Object{{"letter_subject", words.subject},
                                    {"letter_before", paragraphs(words.paragraphs)},
                                    {"letter_link", words.link.text.empty()
                                                        ? Model(false)
                                                        : Model(Model::Object{{"link_url", words.link.url},
                                                                              {"link_text", words.link.text}})},
                                    {"letter_after", paragraphs(words.after)},
                                    {"site_title", views.frame().site_title},
                                    {"site_url", views.frame().base_url}})
      .text();
}

}  // namespace voice::views
