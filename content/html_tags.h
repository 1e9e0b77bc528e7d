// content/html_tags.h - the names of HTML, as numbers with what the standard says of each.
#pragma once
#include <cstdint>
#include <string_view>

namespace voice::content::html {

// Names with a dash or a capital letter inside (annotation-xml, foreignObject) are lower case with '_' for '-'.
// clang-format off
#define VOICE_HTML_TAGS(X)                                                                                          \
  X(a) X(abbr) X(acronym) X(address) X(annotation_xml) X(applet) X(area) X(article) X(aside) X(audio) X(b) X(base)  \
  X(basefont) X(bdi) X(bdo) X(bgsound) X(big) X(blink) X(blockquote) X(body) X(br) X(button) X(canvas) X(caption)   \
  X(center) X(cite) X(code) X(col) X(colgroup) X(data) X(datalist) X(dd) X(del) X(desc) X(details) X(dfn) X(dialog) \
  X(dir) X(div) X(dl) X(dt) X(em) X(embed) X(fieldset) X(figcaption) X(figure) X(font) X(footer) X(foreignobject)   \
  X(form) X(frame) X(frameset) X(h1) X(h2) X(h3) X(h4) X(h5) X(h6) X(head) X(header) X(hgroup) X(hr) X(html) X(i)   \
  X(iframe) X(image) X(img) X(input) X(ins) X(kbd) X(keygen) X(label) X(legend) X(li) X(link) X(listing) X(main)    \
  X(malignmark) X(map) X(mark) X(marquee) X(math) X(menu) X(meta) X(meter) X(mglyph) X(mi) X(mn) X(mo) X(ms)        \
  X(mtext) X(nav) X(nobr) X(noembed) X(noframes) X(noscript) X(object) X(ol) X(optgroup) X(option) X(output) X(p)   \
  X(param) X(picture) X(plaintext) X(pre) X(progress) X(q) X(rb) X(rp) X(rt) X(rtc) X(ruby) X(s) X(samp) X(script)  \
  X(search) X(section) X(select) X(slot) X(small) X(source) X(span) X(strike) X(strong) X(style) X(sub) X(summary)  \
  X(sup) X(svg) X(table) X(tbody) X(td) X(template_) X(textarea) X(tfoot) X(th) X(thead) X(time) X(title) X(tr)     \
  X(track) X(tt) X(u) X(ul) X(var) X(video) X(wbr) X(xmp)
// clang-format on

enum class Tag : std::uint8_t {
  text,   ///< no element at all
  other,  ///< an element none of whose business is ours
#define VOICE_TAG(name) name,
  VOICE_HTML_TAGS(VOICE_TAG)
#undef VOICE_TAG
      count
};

/// The tag of a lower-case name; Tag::other where we know nothing of it.
Tag tag_named(std::string_view lower_case_name);
/// The name as it is written; empty for text and other.
std::string_view name_of(Tag tag);

/// Elements without an end tag.
bool is_void(Tag tag);
/// Elements whose start tag ends an open paragraph (HTML, 13.2.6.4.7).
bool ends_paragraph(Tag tag);
inline bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }
/// "Formatting" elements, which are opened again where markup is misnested (13.2.4.2).
bool is_formatting(Tag tag);
/// Start tags that end <svg> and <math> (13.2.6.5); <font> does so by some attributes only and is not among them.
bool ends_foreign(Tag tag);
inline bool is_row_group(Tag tag) { return tag == Tag::tbody || tag == Tag::thead || tag == Tag::tfoot; }
inline bool is_cell(Tag tag) { return tag == Tag::td || tag == Tag::th; }

}  // namespace voice::content::html
