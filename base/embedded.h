// base/embedded.h - files compiled into the binary (migrations, templates, assets, samples); made by cmake/Embed.cmake.
#pragma once
#include <span>
#include <string_view>

namespace voice {

struct EmbeddedFile {
  std::string_view name;   ///< the file's name without its folder
  std::string_view bytes;  ///< the file as it was at build time
};

std::span<const EmbeddedFile> embedded_migrations_sql();  ///< store/migrations, ordered by name
std::span<const EmbeddedFile> embedded_templates();       ///< views/templates
std::span<const EmbeddedFile> embedded_assets();          ///< views/assets
std::span<const EmbeddedFile> embedded_topics();          ///< config/topics.toml
std::span<const EmbeddedFile> embedded_councils();        ///< config/councils.csv
std::span<const EmbeddedFile> embedded_demo_blogs();      ///< app/demo_blogs

}  // namespace voice
