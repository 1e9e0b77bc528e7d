#include "server/blog_icon.h"

#include <memory>

#include "store/icons.h"

namespace voice::server {

std::string icon_address(store::Reader& db, const store::Blog& blog) {
  const auto mark = store::icon_mark(db, blog.id);
  return mark.empty() ? std::string() : "/blogs/" + blog.slug + "/icon?v=" + mark;
}

Response blog_icon(const Request& request, const Site&, store::Reader& db) {
  const auto blog = store::find_blog_by_slug(db, request.captures.get("slug"));
  if (!blog || blog->state == store::BlogState::left) return not_found();
  auto icon = store::find_icon(db, blog->id);
  if (!icon) return not_found();
  const bool this_one = request.query.get("v") == icon->mark;
  Response response;
  response.shared = std::make_shared<Representation>(std::move(icon->bytes), icon->type);
  response.set("Cache-Control", this_one ? "public, max-age=31536000, immutable" : "public, max-age=3600");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

}  // namespace voice::server
