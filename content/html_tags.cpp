#include "content/html_tags.h"

#include <array>
#include <cstddef>
#include <utility>

namespace voice::content::html {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Tag::count)> kNames = [] {
  std::array<std::string_view, static_cast<std::size_t>(Tag::count)> names{};
#define VOICE_TAG(name) names[static_cast<std::size_t>(Tag::name)] = #name;
  VOICE_HTML_TAGS(VOICE_TAG)
#undef VOICE_TAG
  names[static_cast<std::size_t>(Tag::template_)] = "template";
  names[static_cast<std::size_t>(Tag::annotation_xml)] = "annotation-xml";
  return names;
}();

// Names are found by a small open-addressed table: parsing asks once for every tag of every document.
constexpr std::size_t kSlots = 1024;
constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return (hash ^ hash >> 15U) % kSlots;
}
constexpr std::array<std::uint8_t, kSlots> kTable = [] {
  std::array<std::uint8_t, kSlots> table{};
  for (std::size_t i = 2; i < kNames.size(); ++i) {
    std::size_t slot = slot_of(kNames[i]);
    while (table[slot] != 0) slot = (slot + 1) % kSlots;
    table[slot] = static_cast<std::uint8_t>(i);
  }
  return table;
}();

using Set = std::array<bool, static_cast<std::size_t>(Tag::count)>;
template <class... Tags>
constexpr Set set_of(Tags... tags) {
  Set set{};
  ((set[static_cast<std::size_t>(tags)] = true), ...);
  return set;
}
constexpr bool has(const Set& set, Tag tag) { return set[static_cast<std::size_t>(tag)]; }

constexpr Set kVoid = set_of(Tag::area, Tag::base, Tag::basefont, Tag::bgsound, Tag::br, Tag::col, Tag::embed,
                             Tag::frame, Tag::hr, Tag::img, Tag::image, Tag::input, Tag::keygen, Tag::link, Tag::meta,
                             Tag::param, Tag::source, Tag::track, Tag::wbr);
constexpr Set kEndsParagraph =
    set_of(Tag::address, Tag::article, Tag::aside, Tag::blockquote, Tag::center, Tag::details, Tag::dialog, Tag::dir,
           Tag::div, Tag::dl, Tag::fieldset, Tag::figcaption, Tag::figure, Tag::footer, Tag::header, Tag::hgroup,
           Tag::main, Tag::menu, Tag::nav, Tag::ol, Tag::p, Tag::search, Tag::section, Tag::summary, Tag::ul, Tag::h1,
           Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::pre, Tag::listing, Tag::form, Tag::li, Tag::dd, Tag::dt,
           Tag::plaintext, Tag::table, Tag::hr, Tag::xmp);

constexpr Set kFormatting = set_of(Tag::a, Tag::b, Tag::big, Tag::code, Tag::em, Tag::font, Tag::i, Tag::nobr, Tag::s,
                                   Tag::small, Tag::strike, Tag::strong, Tag::tt, Tag::u);

constexpr Set kEndsForeign = set_of(
    Tag::b, Tag::big, Tag::blockquote, Tag::body, Tag::br, Tag::center, Tag::code, Tag::dd, Tag::div, Tag::dl, Tag::dt,
    Tag::em, Tag::embed, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6, Tag::head, Tag::hr, Tag::i, Tag::img,
    Tag::li, Tag::listing, Tag::menu, Tag::meta, Tag::nobr, Tag::ol, Tag::p, Tag::pre, Tag::ruby, Tag::s, Tag::small,
    Tag::span, Tag::strong, Tag::strike, Tag::sub, Tag::sup, Tag::table, Tag::tt, Tag::u, Tag::ul, Tag::var);

}  // namespace

Tag tag_named(std::string_view name) {
  for (std::size_t slot = slot_of(name); kTable[slot] != 0; slot = (slot + 1) % kSlots)
    if (kNames[kTable[slot]] == name) return static_cast<Tag>(kTable[slot]);
  return Tag::other;
}

std::string_view name_of(Tag tag) { return kNames[static_cast<std::size_t>(tag)]; }
bool is_void(Tag tag) { return has(kVoid, tag); }
bool ends_paragraph(Tag tag) { return has(kEndsParagraph, tag); }
bool is_formatting(Tag tag) { return has(kFormatting, tag); }
bool ends_foreign(Tag tag) { return has(kEndsForeign, tag); }

}  // namespace voice::content::html
