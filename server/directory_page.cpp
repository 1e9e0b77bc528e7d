// The members: every blog, sorted and narrowed by the address alone.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "base/url.h"
#include "server/blog_state.h"
#include "server/reader_pages.h"
#include "store/organisations.h"
#include "views/index_page.h"

namespace voice::server {
namespace {
constexpr int kPerPage = 100;

struct Member {
  store::Blog blog;
  std::string organisation;
  std::string organisation_slug;
  std::string nation;
  Liveliness state = Liveliness::live;
};

std::vector<Member> all_members(store::Reader& db, sys_seconds now) {
  std::vector<Member> members;
  for (const auto state : {store::BlogState::active, store::BlogState::paused, store::BlogState::gone})
    for (auto& blog : store::blogs_in_state(db, state)) {
      Member member{.blog = std::move(blog), .organisation = {}, .organisation_slug = {}, .nation = {}, .state = {}};
      member.organisation = member.blog.organisation;
      if (const auto all = store::affiliations_of(db, member.blog.id); !all.empty()) {
        member.organisation = all.front().organisation.name;
        member.organisation_slug = all.front().organisation.slug;
        member.nation = all.front().organisation.nation;
      }
      member.state = liveliness_of(member.blog, now);
      members.push_back(std::move(member));
    }
  return members;
}

struct Sorting {
  const char* name;
  const char* heading;
  bool number;
};
constexpr std::array kSortings = {Sorting{"title", "Blog", false},     Sorting{"organisation", "Organisation", false},
                                  Sorting{"kind", "Kind", false},      Sorting{"state", "State", false},
                                  Sorting{"last", "Last post", false}, Sorting{"posts", "Posts", true}};

bool comes_before(const Member& a, const Member& b, std::string_view key) {
  const auto title = [](const Member& m) { return to_ascii_lower(m.blog.title); };
  if (key == "organisation" && a.organisation != b.organisation)
    return a.organisation.empty() != b.organisation.empty() ? b.organisation.empty() : a.organisation < b.organisation;
  if (key == "kind" && a.blog.kind != b.blog.kind) return a.blog.kind < b.blog.kind;
  if (key == "state" && a.state != b.state) return a.state < b.state;
  if (key == "last" && a.blog.last_post != b.blog.last_post) return a.blog.last_post < b.blog.last_post;
  if (key == "posts" && a.blog.post_count != b.blog.post_count) return a.blog.post_count < b.blog.post_count;
  return title(a) < title(b);
}

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
       {Liveliness::live, Liveliness::quiet, Liveliness::silent, Liveliness::paused, Liveliness::gone})
    states.push_back({std::string(name_of(state)), tag_for(state).text, {}, false});
  view.kind = choice_of("kind", "Kind of blog", wanted.kind, std::move(kinds));
  view.state = choice_of("state", "How it is doing", wanted.state, std::move(states));
}

void add_columns(views::DirectoryPage& view, const Wanted& wanted) {
  for (const auto& sorting : kSortings) {
    const bool here = wanted.key() == sorting.name;
    const bool falls_first = std::string_view(sorting.name) == "last" || std::string_view(sorting.name) == "posts";
    // A click turns the order round; the first one on dates and numbers gives the largest first.
    const bool falls_next = here ? !wanted.descending() : falls_first;
    view.columns.push_back({.text = sorting.heading,
                            .url = wanted.address((falls_next ? "-" : "") + std::string(sorting.name)),
                            .sorted = here ? (wanted.descending() ? "descending" : "ascending") : "",
                            .number = sorting.number});
  }
}

views::DirectoryPage::Row row_of(const Member& m) {
  const auto& blog = m.blog;
  return {.title = blog.title,
          .url = "/blogs/" + blog.slug,
          .writer = blog.author == blog.title ? "" : blog.author,
          .organisation = m.organisation,
          .organisation_url = m.organisation_slug.empty() ? "" : "/organisations/" + m.organisation_slug,
          .kind = views::words_for(blog.kind),
          .last_post = blog.last_post ? date_in_words(*blog.last_post) : "",
          .last_post_iso = blog.last_post ? iso_day(*blog.last_post) : "",
          .posts = views::counted(blog.post_count, "post", "posts"),
          .language = starts_with_ignoring_case(blog.language, "en") ? "" : blog.language,
          .state = tag_for(m.state)};
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
  auto members = all_members(db, site.clock.now());
  std::erase_if(members, [&](const Member& m) {
    return (!wanted.nation.empty() && m.nation != wanted.nation) ||
           (!wanted.kind.empty() && store::name_of(m.blog.kind) != wanted.kind) ||
           (!wanted.state.empty() && name_of(m.state) != wanted.state);
  });
  std::ranges::stable_sort(members, [&](const Member& a, const Member& b) { return comes_before(a, b, wanted.key()); });
  if (wanted.descending()) std::ranges::reverse(members);
  const int last = std::max(1, (static_cast<int>(members.size()) + kPerPage - 1) / kPerPage);
  const int number = page_number(request.query.get("page"), last);
  views::DirectoryPage view;
  view.heading = "Blogs";
  view.intro = "Every blog we carry: who writes it, for whom, and how it is doing.";
  view.sort = wanted.sort == "title" ? "" : wanted.sort;
  add_filters(view, wanted);
  add_columns(view, wanted);
  for (std::size_t i = static_cast<std::size_t>(number - 1) * kPerPage;
       i < members.size() && i < static_cast<std::size_t>(number) * kPerPage; ++i)
    view.rows.push_back(row_of(members[i]));
  view.count = members.empty() ? "No blog fits. Choose “All” in one of the lists."
                               : views::counted(static_cast<std::int64_t>(members.size()), "blog", "blogs");
  view.pagination = views::numbered(number, last, [&](int n) { return wanted.address(wanted.sort, n); });
  view.feeds.opml = "/members.opml";
  view.base_url = site.settings.site.base_url;
  const bool narrowed = !wanted.nation.empty() || !wanted.kind.empty() || !wanted.state.empty();
  std::string title = narrowed ? "Some of the blogs" : wanted.sort == "title" ? "Blogs" : "Blogs in another order";
  if (last > 1) title += fmt::format(" (page {} of {})", number, last);
  auto head = head_of(request, title, view.intro, "blogs");
  head.path = wanted.address(wanted.sort, number);
  if (narrowed || wanted.sort != "title") head.indexing = views::Indexing::no;
  return page(site, head, "directory", model_of(view));
}

}  // namespace voice::server
