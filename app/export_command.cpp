#include "app/export_command.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <iterator>
#include <set>
#include <vector>

#include "base/clock.h"
#include "base/text.h"
#include "feeds/opml.h"
#include "feeds/write.h"
#include "store/blogs.h"
#include "store/river.h"

namespace voice::app {
namespace {
namespace fs = std::filesystem;

constexpr int kPage = 200;

feeds::Entry exported(store::Reader& db, const store::RiverEntry& entry) {
  feeds::Entry out;
  out.id = entry.original_id;
  out.id_is_permalink = entry.id_is_permalink;
  out.url = entry.url;
  out.title = entry.title;
  out.content_html = store::body_of(db, entry.id).text();
  out.image = entry.image;
  out.language = entry.language;
  out.comments_url = entry.comments_url;
  out.rights = entry.rights;
  out.licence = entry.licence;
  out.published = entry.published;
  out.updated = entry.updated;
  out.authors = entry.authors;
  out.tags = entry.tags;
  out.enclosures = entry.enclosures;
  return out;
}

feeds::Feed posts_of(store::Reader& db, const store::Blog& blog, sys_seconds now) {
  feeds::Feed feed;
  feed.title = blog.title;
  feed.home_page_url = blog.home_url;
  feed.description = blog.description;
  feed.language = blog.language;
  store::RiverQuery page{.filter = store::OfBlog{blog.id}, .now = now, .before = {}, .limit = kPage};
  for (;;) {
    const auto entries = store::river(db, page);
    for (const auto& entry : entries) feed.entries.push_back(exported(db, entry));
    if (entries.size() < kPage) return feed;
    page.before = entries.back().cursor();
  }
}

feeds::Outline outline_of(store::Reader& db, const store::Blog& blog) {
  const auto feeds = store::feeds_of(db, blog.id);
  return {.text = blog.title,
          .title = blog.title,
          .type = "rss",
          .xml_url = feeds.empty() ? std::string() : feeds.front().url,
          .html_url = blog.home_url,
          .description = blog.description,
          .language = blog.language,
          .category = std::string(store::name_of(blog.kind)),
          .children = {}};
}

// The blogs' files of an export and of those before it, a name a line: the next one must know which are its own to remove.
constexpr const char* kFileList = "files.txt";

std::set<std::string> listed_files(const fs::path& folder) {
  std::set<std::string> files;
  const auto list = read_file((folder / kFileList).string());
  if (!list) return files;  // the first one
  for (const auto line : split(*list, '\n'))
    if (const auto name = trim(line); name.ends_with(".json") && name.find('/') == std::string_view::npos)
      files.emplace(name);
  return files;
}

Result<Done> list_files(const fs::path& folder, const std::set<std::string>& files) {
  std::string list;
  for (const auto& name : files) list += name + "\n";
  return write_file((folder / kFileList).string(), list);
}

std::string file_of(const store::Blog& blog) { return blog.slug + ".json"; }

std::vector<store::Blog> blogs_to_export(store::Reader& db) {
  std::vector<store::Blog> blogs;
  for (const auto state : {store::BlogState::active, store::BlogState::paused, store::BlogState::gone})
    std::ranges::move(store::blogs_in_state(db, state), std::back_inserter(blogs));
  return blogs;
}

// Writes members.opml and the blogs' files; how many posts there were.
Result<std::size_t> write_members(store::Reader& db, const std::vector<store::Blog>& blogs, const std::string& title,
                                  const fs::path& folder) {
  const auto now = SystemClock().now();
  feeds::OutlineList members{.title = title, .created = now};
  std::size_t posts = 0;
  for (const auto& blog : blogs) {
    members.outlines.push_back(outline_of(db, blog));
    const auto feed = posts_of(db, blog, now);
    posts += feed.entries.size();
    const auto written = write_file((folder / "blogs" / file_of(blog)).string(), feeds::write_json_feed(feed));
    if (!written) return written.error();
  }
  const auto written = write_file((folder / "members.opml").string(), feeds::write_opml(members));
  if (!written) return written.error();
  return posts;
}

}  // namespace

int export_command(const KeepOptions& options) {
  const auto settings = settings_for(options.hub);
  if (!settings) return fail_with(settings.error(), 1);
  store::Database database(settings->store.database, store::IfMissing::refuse);
  auto reader = database.reader();
  const store::Snapshot snapshot(*reader);
  const fs::path folder(options.path);
  std::error_code problem;
  fs::create_directories(folder / "blogs", problem);
  if (problem) return fail_with({ErrorCode::io, options.path + " cannot be made a folder: " + problem.message()}, 3);

  const auto blogs = blogs_to_export(*reader);
  std::set<std::string> files;
  for (const auto& blog : blogs) files.insert(file_of(blog));
  // What this one writes is on the list before it is there, so that what an ended export wrote is known as well.
  const auto before = listed_files(folder);
  auto both = before;
  both.insert(files.begin(), files.end());
  if (const auto listed = list_files(folder, both); !listed) return fail_with(listed.error(), 3);
  const auto posts = write_members(*reader, blogs, "Members of " + settings->site.title, folder);
  if (!posts) return fail_with(posts.error(), 3);

  // Nothing is handed on that its blogger took back.
  std::size_t removed = 0;
  for (const auto& name : before)
    if (!files.contains(name)) removed += fs::remove(folder / "blogs" / name, problem) ? 1 : 0;
  if (const auto listed = list_files(folder, files); !listed) return fail_with(listed.error(), 3);
  if (removed > 0)
    std::cout << fmt::format("removed from an earlier export: {} files of blogs that have gone\n", removed);
  std::cout << fmt::format("{} blogs and {} posts in {}\n", blogs.size(), *posts, options.path);
  return 0;
}

}  // namespace voice::app
