// The members: every blog, sorted and narrowed by the address alone.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "base/url.h"
#include "server/blog_icon.h"
#include "server/blog_state.h"
#include "server/reader_pages.h"
#include "store/directory.h"
#include "views/index_page.h"

namespace voice::server {
namespace {
constexpr int kPerPage = 100;

struct Sorting {
  const char* name;
  const char* heading;
  store::MemberOrder order;
  bool largest_first;  ///< dates and numbers begin with the largest
};
constexpr std::array kSortings = {Sorting{"title", "Blog", store::MemberOrder::title, false},
                                  Sorting{"organisation", "Organisation", store::MemberOrder::organisation, false},
                                  Sorting{"kind", "Kind", store::MemberOrder::kind, false},
                                  Sorting{"state", "State", store::MemberOrder::pulse, false},
                                  Sorting{"last", "Last post", store::MemberOrder::newest_post, true},
                                  Sorting{"posts", "Posts", store::MemberOrder::posts, true}};

struct Wanted {
  std::string nation, kind, state, sort;
  std::string_view key() const {
    return sort.starts_with('-') ? std::string_view(sort).substr(1) : std::string_view(sort);
  }
  bool descending() const { return sort.starts_with('-'); }
  std::string address(const std::string& sorted, int page = 1) const {
    std::string query;
    const auto add = [&](const char* name, const std::string& value) {
      if (!value.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + percent_encode(value);
    };
    add("nation", nation);
    add("kind", kind);
    add("state", state);
    add("sort", sorted == "title" ? "" : sorted);
    add("page", page > 1 ? std::to_string(page) : "");
    return "/blogs" + query;
  }
};

Wanted wanted_of(const Request& request) {
  Wanted wanted{.nation = request.query.get("nation"),
                .kind = request.query.get("kind"),
                .state = request.query.get("state"),
                .sort = request.query.get("sort")};
  if (!std::ranges::any_of(kSortings, [&](const Sorting& s) { return s.name == wanted.key(); })) wanted.sort = "title";
  return wanted;
}

// A kind or state that there is not is no reason to show every blog.
bool is_answerable(const Wanted& wanted) {
  return (wanted.kind.empty() || store::parse_blog_kind(wanted.kind)) &&
         (wanted.state.empty() || store::parse_pulse(wanted.state));
}

std::string choices_in_words(const Wanted& wanted) {
  std::string words = wanted.nation;
  const auto add = [&](const std::string& choice) { words += (words.empty() ? "" : ", ") + choice; };
  if (const auto kind = store::parse_blog_kind(wanted.kind)) add(to_ascii_lower(views::words_for(*kind)));
  if (const auto pulse = store::parse_pulse(wanted.state)) add(to_ascii_lower(tag_for(*pulse).text));
  return words.empty() ? "none" : words;
}

store::MemberQuery query_for(const Wanted& wanted) {
  store::MemberQuery query;
  query.nation = wanted.nation;
  if (!wanted.kind.empty()) query.kind = store::parse_blog_kind(wanted.kind);
  if (!wanted.state.empty()) query.pulse = store::parse_pulse(wanted.state);
  const auto& sorting =
      *std::ranges::find(kSortings, wanted.key(), [](const Sorting& s) { return std::string_view(s.name); });
  query.order = sorting.order;
  query.sense = wanted.descending() == sorting.largest_first ? store::Sense::forwards : store::Sense::backwards;
  query.limit = kPerPage;
  return query;
}

views::SelectField choice_of(std::string id, std::string label, const std::string& chosen,
                             std::vector<views::Choice> choices) {
  choices.insert(choices.begin(), views::Choice{.value = "", .label = "All", .hint = {}, .chosen = false});
  for (auto& choice : choices) choice.chosen = choice.value == chosen;
  return {.id = std::move(id), .label = std::move(label), .hint = {}, .error = {}, .choices = std::move(choices)};
}

void add_filters(views::DirectoryPage& view, const Wanted& wanted) {
  view.nation = choice_of("nation", "Nation", wanted.nation,
                          {{"England", "England", {}, false},
                           {"Scotland", "Scotland", {}, false},
                           {"Wales", "Wales", {}, false},
                           {"Northern Ireland", "Northern Ireland", {}, false}});
  std::vector<views::Choice> kinds, states;
  for (const auto kind : {store::BlogKind::practitioner, store::BlogKind::council_team, store::BlogKind::sector_body,
                          store::BlogKind::central_government, store::BlogKind::supplier})
    kinds.push_back({std::string(store::name_of(kind)), views::words_for(kind), {}, false});
  for (const auto state :
       {store::Pulse::live, store::Pulse::quiet, store::Pulse::silent, store::Pulse::paused, store::Pulse::gone})
    states.push_back({std::string(store::name_of(state)), tag_for(state).text, {}, false});
  view.kind = choice_of("kind", "Kind of blog", wanted.kind, std::move(kinds));
  view.state = choice_of("state", "How it is doing", wanted.state, std::move(states));
}

void add_columns(views::DirectoryPage& view, const Wanted& wanted) {
  for (const auto& sorting : kSortings) {
    const bool here = wanted.key() == sorting.name;
    // A click turns the order round.
    const bool falls_next = here ? !wanted.descending() : sorting.largest_first;
    view.columns.push_back({.text = sorting.heading,
                            .url = wanted.address((falls_next ? "-" : "") + std::string(sorting.name)),
                            .sorted = here ? (wanted.descending() ? "descending" : "ascending") : "",
                            .number = sorting.order == store::MemberOrder::posts});
  }
}

views::DirectoryPage::Row row_of(store::Reader& db, const store::Member& m) {
  const auto& blog = m.blog;
  return {.title = blog.title,
          .url = "/blogs/" + blog.slug,
          .icon_url = icon_address(db, blog),
          .writer = blog.author == blog.title ? "" : blog.author,
          .organisation = m.organisation,
          .organisation_url = m.organisation_slug.empty() ? "" : "/organisations/" + m.organisation_slug,
          .kind = views::words_for(blog.kind),
          .last_post = blog.last_post ? date_in_words(*blog.last_post) : "",
          .last_post_iso = blog.last_post ? iso_day(*blog.last_post) : "",
          .posts = views::counted(blog.post_count, "post", "posts"),
          .language = starts_with_ignoring_case(blog.language, "en") ? "" : blog.language,
          .state = tag_for(m.pulse)};
}

int page_number(const std::string& text, int last) {
  int n = 0;
  for (const char c : text) {
    if (!is_digit(c) || n > 100000) return 1;
    n = n * 10 + (c - '0');
  }
  return n < 1 || n > last ? 1 : n;
}

}  // namespace

Response directory_page(const Request& request, const Site& site, store::Reader& db) {
  const auto wanted = wanted_of(request);
  const auto now = site.clock.now();
  auto query = query_for(wanted);
  const int count = is_answerable(wanted) ? store::count_members(db, query, now) : 0;
  const int last = std::max(1, (count + kPerPage - 1) / kPerPage);
  const int number = page_number(request.query.get("page"), last);
  query.offset = (number - 1) * kPerPage;
  views::DirectoryPage view;
  view.heading = "Blogs";
  view.intro = "Every blog we carry: who writes it, for whom, and how it is doing.";
  view.sort = wanted.sort == "title" ? "" : wanted.sort;
  add_filters(view, wanted);
  add_columns(view, wanted);
  if (count > 0)
    for (const auto& member : store::directory(db, query, now)) view.rows.push_back(row_of(db, member));
  const bool narrowed = !wanted.nation.empty() || !wanted.kind.empty() || !wanted.state.empty();
  view.count = count == 0 && !narrowed ? "There are no blogs here yet."
               : count == 0            ? "No blog fits. Choose “All” in one of the lists."
                                       : views::counted(count, "blog", "blogs");
  view.pagination = views::numbered(number, last, [&](int n) { return wanted.address(wanted.sort, n); });
  view.feeds.opml = "/members.opml";
  view.base_url = site.settings.site.base_url;
  std::string title = wanted.sort == "title" ? "Blogs" : "Blogs in another order";
  if (narrowed) title += ": " + choices_in_words(wanted);
  if (last > 1) title += fmt::format(" (page {} of {})", number, last);
  auto head = head_of(request, title, view.intro, "blogs");
  head.path = wanted.address(wanted.sort, number);
  if (narrowed || wanted.sort != "title") head.indexing = views::Indexing::no;
  return page(site, head, "directory", model_of(view));
}

}  // namespace voice::server
