#include "bench/feed_corpus.h"

#include <random>

#include "base/text.h"
#include "base/time.h"

namespace voice::bench {
namespace {

constexpr const char* kWords[] = {"the",
                                  "council",
                                  "service",
                                  "digital",
                                  "team",
                                  "of",
                                  "and",
                                  "to",
                                  "we",
                                  "in",
                                  "users",
                                  "a",
                                  "data",
                                  "for",
                                  "that",
                                  "design",
                                  "with",
                                  "research",
                                  "people",
                                  "our",
                                  "is",
                                  "on",
                                  "housing",
                                  "content",
                                  "this",
                                  "prototype",
                                  "weeknotes",
                                  "as",
                                  "it",
                                  "platform",
                                  "open",
                                  "from",
                                  "standards",
                                  "are",
                                  "planning",
                                  "at",
                                  "forms",
                                  "local",
                                  "government",
                                  "have",
                                  "learned",
                                  "caf\xC3\xA9",
                                  "M\xC3\xB4n",
                                  "\xE2\x80\x93",
                                  "don\xE2\x80\x99t",
                                  "benefits",
                                  "accessibility",
                                  "feedback",
                                  "roadmap",
                                  "iteration"};

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  CorpusFile file(std::size_t place) {
    const int kind = number(0, 99);
    const int posts = number(0, 9) == 0 ? number(25, 60) : number(6, 16);
    std::string name = std::to_string(place);
    name.insert(0, 4 - std::min<std::size_t>(4, name.size()), '0');
    if (kind < 50) return {name + ".xml", rss(posts, true), true};
    if (kind < 65) return {name + ".xml", rss(posts, false), true};
    if (kind < 88) return {name + ".xml", atom(posts, false), true};
    if (kind < 94) return {name + ".xml", atom(posts, true), true};
    return {name + ".json", json(posts), false};
  }

 private:
  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  std::string sentence(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) {
      if (i > 0) text += ' ';
      text += kWords[number(0, static_cast<int>(std::size(kWords)) - 1)];
    }
    text[0] = text[0] >= 'a' && text[0] <= 'z' ? static_cast<char>(text[0] - 32) : text[0];
    return text;
  }
  std::string address() {
    return "https://blog" + std::to_string(number(1, 400)) + ".example.gov.uk/2026/" + std::to_string(number(1, 99999));
  }
  sys_seconds moment() { return sys_seconds{std::chrono::seconds{1'600'000'000 + number(0, 190'000'000)}}; }

  std::string paragraph() {
    std::string html = "<p>" + sentence(number(8, 30)) + ". ";
    if (number(0, 2) == 0) html += "<a href=\"" + address() + "?a=1&amp;b=2\">" + sentence(3) + "</a> ";
    if (number(0, 3) == 0) html += "<strong>" + sentence(2) + "</strong> &#8211; ";
    return html + sentence(number(8, 40)) + ".</p>\n";
  }
  std::string post() {
    std::string html;
    for (int blocks = number(4, 24); blocks > 0; --blocks) {
      const int kind = number(0, 11);
      if (kind == 0)
        html += "<h2 class=\"wp-block-heading\">" + sentence(5) + "</h2>\n";
      else if (kind == 1)
        html += "<figure class=\"wp-block-image\"><img width=\"1024\" height=\"768\" src=\"" + address() +
                ".jpg\" alt=\"" + sentence(6) + "\" srcset=\"" + address() + ".jpg 1024w, " + address() +
                ".jpg 300w\"/><figcaption>" + sentence(8) + "</figcaption></figure>\n";
      else if (kind == 2)
        html +=
            "<ul>\n<li>" + sentence(9) + "</li>\n<li>" + sentence(7) + "</li>\n<li>" + sentence(12) + "</li>\n</ul>\n";
      else if (kind == 3)
        html += "<blockquote><p>" + sentence(25) + "</p></blockquote>\n";
      else
        html += paragraph();
    }
    return html;
  }

  std::string rss(int posts, bool whole) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss "
        "version=\"2.0\"\n\txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"
        "\txmlns:wfw=\"http://wellformedweb.org/CommentAPI/\"\n\txmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        "\txmlns:atom=\"http://www.w3.org/2005/Atom\"\n\txmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"\n"
        "\txmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\"\n\t>\n\n<channel>\n\t<title>" +
        sentence(3) + "</title>\n\t<atom:link href=\"" + address() +
        "\" rel=\"self\" type=\"application/rss+xml\" />\n\t<link>" + address() + "</link>\n\t<description>" +
        sentence(7) + "</description>\n\t<lastBuildDate>" + rfc822(moment()) +
        "</lastBuildDate>\n\t<language>en-GB</language>\n\t<sy:updatePeriod>hourly</sy:updatePeriod>\n";
    for (int i = 0; i < posts; ++i) {
      const auto url = address();
      const auto html = post();
      out += "\t<item>\n\t\t<title>" + sentence(6) + "</title>\n\t\t<link>" + url + "</link>\n\t\t<comments>" + url +
             "#comments</comments>\n\t\t<dc:creator><![CDATA[" + sentence(2) + "]]></dc:creator>\n\t\t<pubDate>" +
             rfc822(moment()) + "</pubDate>\n\t\t<category><![CDATA[" + sentence(1) +
             "]]></category>\n\t\t<category><![CDATA[" + sentence(2) +
             "]]></category>\n\t\t<guid isPermaLink=\"false\">" + url + "?p=1</guid>\n";
      if (whole)
        out += "\t\t<description><![CDATA[" + sentence(40) +
               " [&#8230;]]]></description>\n\t\t<content:encoded><![CDATA[" + html +
               "]]></content:encoded>\n\t\t<wfw:commentRss>" + url +
               "feed/</wfw:commentRss>\n\t\t<slash:comments>0</slash:comments>\n";
      else
        out += "\t\t<description>" + escape_markup(html.substr(0, html.find("</p>") + 4)) + escape_markup(html) +
               "</description>\n";
      out += "\t</item>\n";
    }
    return out + "</channel>\n</rss>\n";
  }

  std::string atom(int posts, bool xhtml) {
    std::string out =
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><id>" +
        address() + "</id><updated>" + rfc3339(moment()) + "</updated><title type='text'>" + sentence(4) +
        "</title><link rel='self' href='" + address() + "'/><link rel='alternate' type='text/html' href='" + address() +
        "'/>\n";
    for (int i = 0; i < posts; ++i) {
      const auto url = address();
      const auto html = post();
      out += "<entry><id>tag:blog,2026:" + std::to_string(i) + "</id><published>" + rfc3339(moment()) +
             "</published><updated>" + rfc3339(moment()) +
             "</updated><category scheme='http://www.blogger.com/atom/ns#' term='" + sentence(1) +
             "'/><title type='text'>" + sentence(6) + "</title><link rel='alternate' type='text/html' href='" + url +
             "'/><author><name>" + sentence(2) + "</name></author>";
      if (xhtml)
        out += "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>" + html + "</div></content></entry>\n";
      else
        out += "<content type='html'>" + escape_markup(html) + "</content></entry>\n";
    }
    return out + "</feed>\n";
  }

  std::string json_text(const std::string& text) { return replace_all(replace_all(text, "\"", "\\\""), "\n", "\\n"); }
  std::string json(int posts) {
    std::string out = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"" + sentence(4) +
                      "\", \"home_page_url\": \"" + address() + "\", \"items\": [";
    for (int i = 0; i < posts; ++i)
      out += std::string(i > 0 ? "," : "") + "{\"id\": \"" + address() + "\", \"url\": \"" + address() +
             "\", \"title\": \"" + sentence(5) + "\", \"content_html\": \"" + json_text(post()) +
             "\", \"date_published\": \"" + rfc3339(moment()) + "\"}";
    return out + "]}";
  }

  std::mt19937 random_;
};

}  // namespace

std::vector<CorpusFile> make_corpus(std::size_t count, unsigned seed) {
  Writer writer(seed);
  std::vector<CorpusFile> files;
  files.reserve(count);
  for (std::size_t i = 0; i < count; ++i) files.push_back(writer.file(i));
  return files;
}

}  // namespace voice::bench
