// app/demo_blogs.h - the sample blogs of the demo: every format and most oddities of the field, invented from end to end.
#pragma once
#include <string>
#include <vector>

#include "app/loopback_origin.h"
#include "base/clock.h"
#include "store/blogs.h"

namespace voice::app {

/// Adds every sample blog to `origin` and says how each joins. Posts are dated from `clock`'s time at this call, so the
/// river is fresh whenever the demo is run. One of them fails at first and then recovers; one never answers.
std::vector<store::NewBlog> add_demo_blogs(LoopbackOrigin& origin, const Clock& clock);

/// Fills a sample document: `@here@` is the blog's own address, `@rfc822(-2d)@` and `@rfc3339(-3h)@` are times before
/// `now` (d: days, h: hours), and `@NAME@` is the address of the sample NAME, from `addresses`.
std::string fill_sample(std::string_view document, const std::string& here,
                        const std::map<std::string, std::string>& addresses, sys_seconds now);

}  // namespace voice::app
