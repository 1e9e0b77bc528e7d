#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.h"
#include "content/cleaner.h"
#include "content/embeds.h"
#include "content/pictures.h"

namespace voice::content::html {
namespace {

enum class Do : std::uint8_t { unwrap, drop, keep, special };
struct Rule {
  Do what = Do::unwrap;
  Tag as = Tag::other;  ///< the element it becomes
};

using Rules = std::array<Rule, static_cast<std::size_t>(Tag::count)>;
constexpr Rules kRules = [] {
  Rules rules{};
  const auto at = [&](Tag tag) -> Rule& { return rules[static_cast<std::size_t>(tag)]; };
  for (const Tag tag :
       {Tag::abbr,       Tag::address, Tag::article, Tag::aside,   Tag::b,     Tag::bdi,  Tag::bdo,
        Tag::blockquote, Tag::br,      Tag::caption, Tag::cite,    Tag::code,  Tag::dd,   Tag::del,
        Tag::details,    Tag::dfn,     Tag::div,     Tag::dl,      Tag::dt,    Tag::em,   Tag::figcaption,
        Tag::figure,     Tag::footer,  Tag::h1,      Tag::h2,      Tag::h3,    Tag::h4,   Tag::h5,
        Tag::h6,         Tag::header,  Tag::hr,      Tag::i,       Tag::ins,   Tag::kbd,  Tag::li,
        Tag::mark,       Tag::ol,      Tag::p,       Tag::pre,     Tag::q,     Tag::rp,   Tag::rt,
        Tag::ruby,       Tag::s,       Tag::samp,    Tag::section, Tag::small, Tag::span, Tag::strong,
        Tag::sub,        Tag::summary, Tag::sup,     Tag::table,   Tag::tbody, Tag::td,   Tag::tfoot,
        Tag::th,         Tag::thead,   Tag::time,    Tag::tr,      Tag::u,     Tag::ul,   Tag::var,
        Tag::wbr})
    at(tag) = {Do::keep, tag};
  struct Renamed {
    Tag from, to;
  };
  for (const auto& r : {Renamed{Tag::acronym, Tag::abbr},
                        {Tag::center, Tag::div},
                        {Tag::dir, Tag::ul},
                        {Tag::menu, Tag::ul},
                        {Tag::fieldset, Tag::div},
                        {Tag::font, Tag::span},
                        {Tag::form, Tag::div},
                        {Tag::hgroup, Tag::div},
                        {Tag::legend, Tag::div},
                        {Tag::listing, Tag::pre},
                        {Tag::main, Tag::div},
                        {Tag::marquee, Tag::div},
                        {Tag::nav, Tag::div},
                        {Tag::plaintext, Tag::pre},
                        {Tag::search, Tag::div},
                        {Tag::strike, Tag::s},
                        {Tag::tt, Tag::code},
                        {Tag::xmp, Tag::pre}})
    at(r.from) = {Do::keep, r.to};
  for (const Tag tag :
       {Tag::base,   Tag::basefont, Tag::bgsound,   Tag::canvas,   Tag::col,   Tag::colgroup, Tag::datalist,
        Tag::dialog, Tag::frame,    Tag::frameset,  Tag::head,     Tag::input, Tag::keygen,   Tag::link,
        Tag::meta,   Tag::meter,    Tag::noembed,   Tag::noframes, Tag::param, Tag::progress, Tag::script,
        Tag::source, Tag::style,    Tag::template_, Tag::title,    Tag::track, Tag::area})
    at(tag) = {Do::drop, Tag::other};
  for (const Tag tag : {Tag::a, Tag::audio, Tag::embed, Tag::iframe, Tag::image, Tag::img, Tag::noscript, Tag::object,
                        Tag::applet, Tag::picture, Tag::video})
    at(tag) = {Do::special, Tag::other};
  return rules;
}();

// Where the next node goes: at the end of `parent`, or before one of its children.
struct Spot {
  Node* parent;
  Node* before = nullptr;
  void put(Node& node) const { insert_before(*parent, node, before); }
  Node* last() const { return before ? before->previous : parent->last; }
};

struct Inside {
  int level = 0;
  bool link = false;
  bool heading = false;
  bool pre = false;
  std::uint32_t marks = 0;  ///< inline elements that mean nothing more when nested in themselves
};

constexpr std::uint32_t mark_bit(Tag tag) {
  constexpr std::array kMarks = {Tag::b, Tag::i, Tag::em, Tag::strong, Tag::code, Tag::s, Tag::u};
  for (std::size_t i = 0; i < kMarks.size(); ++i)
    if (kMarks[i] == tag) return 1U << i;
  return 0;
}

bool is_table_part(Tag tag) {
  return tag == Tag::table || tag == Tag::thead || tag == Tag::tbody || tag == Tag::tfoot || tag == Tag::tr;
}

bool only_space(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

bool hides(const Node& node) {
  if (node.attribute_count == 0) return false;
  if (node.find("hidden")) return true;
  const auto style = node.value_of("style");
  const auto at = find_ignoring_case(style, "display");
  if (at == std::string_view::npos) return false;
  auto rest = trim(style.substr(at + 7));
  if (!rest.starts_with(':')) return false;
  return starts_with_ignoring_case(trim(rest.substr(1)), "none");
}

// The name a fragment or id stands for; empty where we cannot carry it.
std::string anchor_name(std::string_view text) {
  if (text.starts_with(kIdPrefix)) text.remove_prefix(kIdPrefix.size());
  if (text.empty() || text.size() > 120) return {};
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '"' || c == '<' || c == '>' || c == '&') return {};
  return std::string(text);
}

class Chooser {
 public:
  Chooser(Tree& tree, const Addresses& addresses) : tree_(tree), addresses_(addresses), pictures_(tree, addresses) {}

  Chosen run(const Node& from) {
    survey(from);
    children(from, {&tree_.root()}, {});
    return std::move(chosen_);
  }

 private:
  // One look over the source: which ids are pointed at, how high headings begin.
  void survey(const Node& from) {
    for (const Node* child = from.first; child; child = child->next) {
      if (child->is_text()) continue;
      if (child->tag == Tag::h1) heading_shift_ = 1;
      if (child->tag == Tag::noscript) pictures_.expect_fallbacks();
      if (child->tag == Tag::a)
        if (const auto href = trim(child->value_of("href")); href.starts_with('#'))
          if (auto name = anchor_name(percent_decode(href.substr(1))); !name.empty()) wanted_.insert(std::move(name));
      survey(*child);
    }
  }

  void children(const Node& from, Spot to, Inside inside) {
    for (const Node* child = from.first; child; child = child->next) node(*child, to, inside);
  }

  void node(const Node& from, Spot to, Inside inside) {
    if (from.is_text()) return text(from.text(), to);
    if (from.space != Space::html) return foreign(from, to);
    const Rule rule = kRules[static_cast<std::size_t>(from.tag)];
    if (rule.what == Do::drop || hides(from)) return;
    switch (rule.what) {
      case Do::special: return special(from, to, inside);
      case Do::keep: return element(from, rule.as, to, inside);
      default: return children(from, to, inside);
    }
  }

  void text(std::string_view text, Spot to) {
    if (has_unfit_characters(text)) text = tree_.keep(without_unfit_characters(text));
    if (text.empty()) return;
    if (is_table_part(to.parent->tag) && !only_space(text)) to = before_table(to);
    to.put(tree_.text(text));
  }

  // What may not stand between the parts of a table stands before it, where browsers show it.
  Spot before_table(Spot spot) {
    Node* table = spot.parent;
    while (is_table_part(table->tag) && table->tag != Tag::table) table = table->parent;
    return table->tag == Tag::table ? Spot{table->parent, table} : spot;
  }

  // Formulas are kept as their text; drawings say nothing without being drawn.
  void foreign(const Node& from, Spot to) {
    if (from.space != Space::math) return;
    std::string formula;
    formula_text(from, formula);
    text(tree_.keep(formula), to);
  }
  static void formula_text(const Node& from, std::string& out) {
    for (const Node* child = from.first; child; child = child->next) {
      const bool token = from.tag == Tag::mi || from.tag == Tag::mn || from.tag == Tag::mo || from.tag == Tag::ms ||
                         from.tag == Tag::mtext;
      if (child->is_text() && token) out += child->text();
      if (child->space == Space::math && child->tag != Tag::annotation_xml) formula_text(*child, out);
    }
  }

  void special(const Node& from, Spot to, Inside inside) {
    switch (from.tag) {
      case Tag::a: return link(from, to, inside);
      case Tag::img:
      case Tag::image: return picture(pictures_.image(from), to);
      case Tag::picture: return picture(pictures_.picture(from), to);
      case Tag::noscript: return fallback(from, to);
      case Tag::object:
      case Tag::applet:
        if (!has_embed_or_text(from)) return embed(from, to, inside);
        return children(from, to, inside);
      default: return embed(from, to, inside);
    }
  }

  void picture(Node* node, Spot to) {
    if (node) inline_spot(to).put(*node);
  }

  // Pages put the real picture of a lazy one into <noscript>; the rest of it tells people to turn scripts on.
  void fallback(const Node& from, Spot to) {
    for (const Node* child = from.first; child; child = child->next) {
      if (child->tag == Tag::img && child->space == Space::html)
        picture(pictures_.fallback_image(*child), to);
      else if (child->tag != Tag::iframe)
        fallback(*child, to);
    }
  }

  static bool has_embed_or_text(const Node& from) {
    for (const Node* child = from.first; child; child = child->next) {
      if (child->is_text() ? !is_blank(child->text()) : child->tag != Tag::param) return true;
    }
    return false;
  }

  void embed(const Node& from, Spot to, Inside inside) {
    const auto embed = describe_embed(from, addresses_);
    if (!embed) return;
    if (inside.link || inside.level >= kMostLevels) return text(tree_.keep(embed->name), inline_spot(to));
    Node& link = new_link(tree_, embed->url);
    append(link, tree_.text(tree_.keep(embed->name)));
    inline_spot(to).put(link);
  }

  Spot inline_spot(Spot to) { return is_table_part(to.parent->tag) ? before_table(to) : to; }

  void link(const Node& from, Spot to, Inside inside) {
    if (inside.link || inside.level >= kMostLevels) return children(from, to, inside);
    to = inline_spot(to);
    const auto href = trim(from.value_of("href"));
    Anchor anchor{nullptr, {}, {}};
    start_attributes();
    if (Addresses::is_settled(href)) {
      attributes_.push_back({"href", href});
    } else if (from.find("href")) {
      const auto address = addresses_.link(href);
      if (href.starts_with('#')) {
        anchor.name = anchor_name(percent_decode(href.substr(1)));
        anchor.elsewhere = address.value_or("");
      }
      if (!anchor.name.empty())
        add("href", "#" + std::string(kIdPrefix) + fragment_of(anchor.name));
      else if (address)
        add("href", *address);
    }
    if (!attributes_.empty()) {
      if (const auto language = trim(from.value_of("hreflang")); is_language_tag(language))
        attributes_.push_back({"hreflang", language});
      if (anchor.name.empty()) attributes_.push_back({"rel", "nofollow noopener ugc"});
    }
    Node& node = tree_.element(Tag::a);
    common_attributes(from, node);
    if (attributes_.empty()) return children(from, to, inside);
    finish_attributes(node);
    if (!anchor.name.empty()) {
      anchor.node = &node;
      chosen_.links.push_back(std::move(anchor));
    }
    to.put(node);
    inside.link = true;
    ++inside.level;
    children(from, {&node}, inside);
  }

  static std::string fragment_of(std::string_view name) {
    std::string out;
    for (const char c : name) {
      const auto b = static_cast<unsigned char>(c);
      if (b >= 0x80 || c == '%' || c == '`')
        out += percent_encode({&c, 1});
      else
        out += c;
    }
    return out;
  }

  void element(const Node& from, Tag as, Spot to, Inside inside) {
    if (is_heading(as)) {
      if (inside.heading) return children(from, to, inside);
      as = static_cast<Tag>(std::min(static_cast<int>(as) + heading_shift_, static_cast<int>(Tag::h6)));
    }
    const auto bit = mark_bit(as);
    if ((inside.marks & bit) != 0) return children(from, to, inside);
    if (!placed(as, to, inside)) return children(from, to, inside);
    if (inside.level >= kMostLevels && !is_void(as)) return children(from, to, inside);

    start_attributes();
    Node& node = tree_.element(as);
    if (from.attribute_count != 0 && !is_void(as)) {
      own_attributes(from, as);
      common_attributes(from, node);
    }
    if (as == Tag::span && attributes_.empty()) return children(from, to, inside);
    finish_attributes(node);
    to.put(node);
    if (is_void(as)) return;
    inside.marks |= bit;
    inside.heading |= is_heading(as);
    ++inside.level;
    children(from, {&node}, inside);
  }

  // Finds a place where `as` may stand: changes it, or where it goes, or wraps it. False: only its content can stay.
  bool placed(Tag& as, Spot& to, Inside& inside) {
    const Tag parent = to.parent->tag;
    switch (as) {
      case Tag::li: return parent == Tag::ul || parent == Tag::ol || wrap(Tag::ul, to, inside);
      case Tag::dt:
      case Tag::dd: {
        const bool grouped = parent == Tag::div && to.parent->parent && to.parent->parent->tag == Tag::dl;
        return parent == Tag::dl || grouped || wrap(Tag::dl, to, inside);
      }
      case Tag::rt:
      case Tag::rp: return parent == Tag::ruby;
      case Tag::summary:
        if (parent != Tag::details) as = Tag::div;
        break;
      case Tag::caption:
      case Tag::thead:
      case Tag::tbody:
      case Tag::tfoot:
        if (parent == Tag::table) return true;
        break;
      case Tag::tr:
        if (is_row_group(parent)) return true;
        if (parent == Tag::table) return wrap(Tag::tbody, to, inside);
        break;
      case Tag::td:
      case Tag::th:
        if (parent == Tag::tr) return true;
        break;
      default: break;
    }
    if (is_row_group(as)) return false;
    if (as == Tag::tr || as == Tag::td || as == Tag::th || as == Tag::caption) as = Tag::div;
    if (is_table_part(parent)) to = before_table(to);
    return true;
  }

  bool wrap(Tag list, Spot& to, Inside& inside) {
    if (is_table_part(to.parent->tag) && list != Tag::tbody) to = before_table(to);
    if (inside.level + 1 >= kMostLevels) return false;
    Node* last = to.last();
    Node* space = last && last->is_text() && only_space(last->text()) ? last : nullptr;
    if (space) last = space->previous;
    Node* wrapper = last && last->tag == list && last->flags == kWrapper ? last : nullptr;
    if (wrapper && space) {
      detach(*space);
      append(*wrapper, *space);
    }
    if (!wrapper) {
      wrapper = &tree_.element(list);
      wrapper->flags = kWrapper;
      to.put(*wrapper);
    }
    to = {wrapper};
    ++inside.level;
    return true;
  }
  static constexpr std::uint8_t kWrapper = 0x80;

  // --- attributes
  void start_attributes() { attributes_.clear(); }
  void add(std::string_view name, std::string_view value) {
    attributes_.push_back({name, tree_.keep(value)});
  }  // a copy
  void finish_attributes(Node& node) {
    if (attributes_.empty()) return;
    tree_.set_attributes(node, attributes_);
  }

  void common_attributes(const Node& from, Node& node) {
    identify(from, node);
    auto language = trim(from.value_of("lang"));
    if (language.empty()) language = trim(from.value_of("xml:lang"));
    if (is_language_tag(language)) attributes_.push_back({"lang", language});
    if (const auto* dir = from.find("dir")) {
      const auto lower = to_ascii_lower(trim(*dir));
      if (lower == "ltr" || lower == "rtl" || lower == "auto") add("dir", lower);
    }
  }

  void identify(const Node& from, Node& node) {
    if (wanted_.empty()) return;
    for (const std::string_view attribute : {"id", "name"}) {
      if (attribute == "name" && from.tag != Tag::a) continue;
      auto name = anchor_name(from.value_of(attribute));
      if (name.empty() || !wanted_.contains(name) || !given_.insert(name).second) continue;
      add("id", std::string(kIdPrefix) + name);
      chosen_.targets.push_back({&node, std::move(name), {}});
      return;
    }
  }

  void copy_title(const Node& from) {
    if (const auto title = fit_line(from.value_of("title")); !title.empty()) add("title", title);
  }
  void copy_number(const Node& from, std::string_view name, int lowest, int highest) {
    if (const auto number = number_from(from.value_of(name), lowest, highest)) add(name, std::to_string(*number));
  }
  void copy_cite(const Node& from) {
    if (const auto url = addresses_.resource(from.value_of("cite"))) add("cite", *url);
  }
  // Dates, times and durations for machines; digits, letters and their punctuation only.
  void copy_datetime(const Node& from) {
    const auto value = trim(from.value_of("datetime"));
    const bool plain = !value.empty() && value.size() <= 40 && std::all_of(value.begin(), value.end(), [](char c) {
      return is_digit(c) || is_alpha(c) || c == '-' || c == ':' || c == '.' || c == '+' || c == ' ';
    });
    if (plain) add("datetime", value);
  }
  void copy_language_class(const Node& from) {
    for (const auto name : split(from.value_of("class"), ' ')) {
      const auto dash = name.find('-');
      if (dash == std::string_view::npos || name.size() > 40) continue;
      const auto kind = name.substr(0, dash), language = name.substr(dash + 1);
      if ((kind != "language" && kind != "lang") || language.empty()) continue;
      if (!std::all_of(language.begin(), language.end(), [](char c) {
            return is_alpha(c) || is_digit(c) || c == '+' || c == '#' || c == '-' || c == '_' || c == '.';
          }))
        continue;
      return add("class", "language-" + std::string(language));
    }
  }
  void cell_attributes(const Node& from, Tag as) {
    copy_number(from, "colspan", 2, 100);
    copy_number(from, "rowspan", 2, 1000);
    if (as == Tag::th)
      if (const auto scope = to_ascii_lower(trim(from.value_of("scope")));
          scope == "col" || scope == "row" || scope == "colgroup" || scope == "rowgroup")
        add("scope", scope);
    auto align = to_ascii_lower(trim(from.value_of("align")));
    const auto style = to_ascii_lower(from.value_of("style"));
    if (const auto at = style.find("text-align"); at != std::string::npos)
      if (const auto colon = style.find(':', at); colon != std::string::npos)
        align = std::string(trim(std::string_view(style).substr(colon + 1, style.find(';', colon) - colon - 1)));
    if (align == "left" || align == "right" || align == "center") add("align", align);
  }

  void own_attributes(const Node& from, Tag as) {
    switch (as) {
      case Tag::abbr:
      case Tag::dfn: return copy_title(from);
      case Tag::blockquote:
      case Tag::q: return copy_cite(from);
      case Tag::del:
      case Tag::ins: copy_cite(from); return copy_datetime(from);
      case Tag::time: return copy_datetime(from);
      case Tag::code:
      case Tag::pre: return copy_language_class(from);
      case Tag::details:
        if (from.find("open")) add("open", "");
        return;
      case Tag::ol:
        copy_number(from, "start", -100000, 100000);
        if (from.find("reversed")) add("reversed", "");
        if (const auto type = trim(from.value_of("type"));
            type == "a" || type == "A" || type == "i" || type == "I" || type == "1")
          add("type", type);
        return;
      case Tag::li: return copy_number(from, "value", -100000, 100000);
      case Tag::td:
      case Tag::th: return cell_attributes(from, as);
      default: return;
    }
  }

  Tree& tree_;
  const Addresses& addresses_;
  Pictures pictures_;
  Chosen chosen_;
  std::unordered_set<std::string> wanted_;  ///< names that some link of the document points at
  std::unordered_set<std::string> given_;
  std::vector<Attribute> attributes_;
  int heading_shift_ = 0;
};

}  // namespace

Node& new_link(Tree& tree, std::string_view href) {
  Node& link = tree.element(Tag::a);
  const Attribute attributes[] = {{"href", tree.keep(href)}, {"rel", "nofollow noopener ugc"}};
  tree.set_attributes(link, attributes);
  return link;
}

Chosen choose(const Node& from, Tree& into, const Addresses& addresses) { return Chooser(into, addresses).run(from); }

}  // namespace voice::content::html
