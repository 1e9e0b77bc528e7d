// views/desk_my_blog.h - what bloggers see of their own blog here: is it working, what became of each post, what to do.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/applications.h"
#include "store/feed_state.h"
#include "store/membership.h"
#include "views/desk_join.h"
#include "views/desk_page.h"

namespace voice::views {

struct MyBlogDoor {
  std::string form_token;
  std::string email;
  std::string next;
  std::vector<Problem> problems;
};
DeskPage my_blog_door_page(const MyBlogDoor& page);
DeskPage my_blogs_page(const std::vector<store::Application>& applications, std::int64_t guest_posts);

/// One application and, once accepted, its blog.
struct MyBlog {
  store::Application application;
  std::optional<store::Blog> blog;
  std::optional<store::FeedRow> feed;
  std::vector<store::HistoryLine> fetches;  ///< newest first
  std::vector<store::PostRow> posts;
};
struct MyBlogForm {
  std::string form_token;
  std::string done;  ///< what has just been done, by its name
  std::vector<Problem> problems;
  ProofWays ways;
};
DeskPage my_blog_page(const MyBlogForm& page, const MyBlog& mine, const std::vector<TopicChoice>& topics);

struct BlogDetails {
  std::string title, writer, organisation, kind, shown, licence, feed_url;
};
DeskPage my_blog_change_page(const MyBlogForm& page, const store::Application& application, const BlogDetails& details);
LetterWords feed_trouble_letter(const store::Blog& blog, const store::FeedRow& feed, const std::string& link);
DeskPage my_blog_leave_page(const MyBlogForm& page, const MyBlog& mine);

}  // namespace voice::views
