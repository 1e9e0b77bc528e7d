// The members: every blog, sorted and narrowed by the address alone.
#include <algorithm>
#include <fmt/format.h>

#include "base/numbers.h"
#include "base/text.h"
#include "base/time.h"
#include "server/blog_icon.h"
#include "server/blog_state.h"
#include "server/members_asked.h"
#include "server/reader_pages.h"
#include "store/directory.h"
#include "views/index_page.h"

namespace voice::server {
namespace {
constexpr int kPerPage = 100;

std::string address_of(const MembersAsked& asked, const std::string& sorted, int page = 1) {
  return "/blogs" + asked.query_text(sorted, page);
}

void add_filters(views::DirectoryPage& view, const MembersAsked& asked) {
  view.nation = views::narrowing_select("nation", "Nation", asked.nation,
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
  view.kind = views::narrowing_select("kind", "Kind of blog", asked.kind, std::move(kinds));
  view.state = views::narrowing_select("state", "How it is doing", asked.state, std::move(states));
}

void add_columns(views::DirectoryPage& view, const MembersAsked& asked) {
  for (const auto& sorting : kSortings) {
    const bool here = asked.key() == sorting.name;
    // A click turns the order round.
    const bool falls_next = here ? !asked.descending() : sorting.largest_first;
    view.columns.push_back({.text = sorting.heading,
                            .url = address_of(asked, (falls_next ? "-" : "") + std::string(sorting.name)),
                            .sorted = here ? (asked.descending() ? "descending" : "ascending") : "",
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
  const auto n = parse_number<int>(text);
  return n && *n >= 1 && *n <= last ? *n : 1;
}

}  // namespace

Response directory_page(const Request& request, const Site& site, store::Reader& db) {
  const auto asked = read_members_asked(request.query);
  const auto now = site.clock.now();
  auto query = query_for(asked);
  const int count = asked.is_answerable() ? store::count_members(db, query, now) : 0;
  const int last = std::max(1, (count + kPerPage - 1) / kPerPage);
  const int number = page_number(request.query.get("page"), last);
  query.offset = (number - 1) * kPerPage;
  query.limit = kPerPage;
  views::DirectoryPage view;
  view.heading = "Blogs";
  view.intro = "Every blog we carry: who writes it, for whom, and how it is doing.";
  view.sort = asked.sort == "title" ? "" : asked.sort;
  add_filters(view, asked);
  add_columns(view, asked);
  if (count > 0)
    for (const auto& member : store::directory(db, query, now)) view.rows.push_back(row_of(db, member));
  const bool narrowed = asked.is_narrowed();
  view.count = count == 0 && !narrowed ? "There are no blogs here yet."
               : count == 0            ? "No blog fits. Choose “All” in one of the lists."
                                       : views::counted(count, "blog", "blogs");
  view.pagination = views::numbered(number, last, [&](int n) { return address_of(asked, asked.sort, n); });
  if (count > 0) view.opml_url = "/members.opml" + asked.query_text(asked.sort);
  std::string title = asked.sort == "title" ? "Blogs" : "Blogs in another order";
  if (narrowed) title += ": " + asked.in_words();
  if (last > 1) title += fmt::format(" (page {} of {})", number, last);
  auto head = head_of(request, title, view.intro, "blogs");
  head.path = address_of(asked, asked.sort, number);
  if (narrowed || asked.sort != "title") head.indexing = views::Indexing::no;
  // Every page has the link to the whole list, which is the same where nothing was asked for.
  if (count > 0 && view.opml_url != "/members.opml")
    head.feeds = {{.title = title, .stem = {}, .query = {}, .opml = view.opml_url}};
  return page(site, head, "directory", model_of(view));
}

}  // namespace voice::server
