// content/embeds.h - players and frames, which we don't load, as a link with a name.
#pragma once
#include <optional>
#include <string>

#include "content/attributes.h"
#include "content/html_tree.h"

namespace voice::content::html {

struct Embed {
  std::string url;   ///< where a reader can see it
  std::string name;  ///< what the link says: "Video on YouTube: How bins work"
};

/// For iframe, embed, object, applet, video and audio. Nothing where it has no address we can link, or only measures.
std::optional<Embed> describe_embed(const Node& from, const Addresses& addresses);

}  // namespace voice::content::html
