#include "views/blog_page.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"

namespace voice::views {

Markup chart_svg(const ActivityChart& chart) {
  if (chart.months.empty()) return {};
  constexpr int kBar = 10, kGap = 3, kHeight = 48;
  int most = 1;
  for (const auto& month : chart.months) most = std::max(most, month.posts);
  std::string bars;
  int x = 0;
  for (const auto& month : chart.months) {
    // A month with posts always shows, and one without shows as a line on the ground.
    const int h = month.posts == 0 ? 1 : std::max(4, month.posts * kHeight / most);
    bars += fmt::format("M{} {}v-{}h{}v{}z", x, kHeight + 2, h, kBar, h);
    x += kBar + kGap;
  }
  return own_markup(
      fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\"><path d=\"{}\" "
                  "fill=\"currentColor\"/></svg>",
                  x - kGap, kHeight + 2, escape_markup(chart_words(chart)), bars));
}

std::string chart_words(const ActivityChart& chart) {
  std::int64_t all = 0;
  const ActivityChart::Month* most = nullptr;
  for (const auto& month : chart.months) {
    all += month.posts;
    if (!most || month.posts >= most->posts) most = &month;
  }
  if (all == 0) return fmt::format("No posts in the last {} months", chart.months.size());
  return fmt::format("{} in the last {} months, most in {} ({})", counted(all, "post", "posts"), chart.months.size(),
                     most->name, most->posts);
}

Model model_of(const BlogPage& page) {
  const auto chart = chart_svg(page.chart);
  return Model::Object{{"blog_title", page.title},
                       {"blog_language", shown_if(page.language)},
                       {"blog_description", shown_if(page.description)},
                       {"blog_home_url", shown_if(page.home_url)},
                       {"blog_icon_url", shown_if(page.icon_url)},
                       {"blog_state", model_of(page.state)},
                       {"blog_state_text", shown_if(page.state_text)},
                       {"summary_rows", summary_list(page.facts)},
                       {"blog_chart", chart.empty() ? Model(false)
                                                    : Model(Model::Object{{"chart_html", chart},
                                                                          {"chart_words", chart_words(page.chart)}})},
                       {"within", model_of(page.within)},
                       {"days", days_model(page.days)},
                       {"empty", model_of(page.empty)},
                       {"pagination", model_of(page.pagination)},
                       {"follow", follow_model(page.feeds, page.base_url)}};
}

}  // namespace voice::views
