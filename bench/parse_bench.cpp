// parse_bench [FEEDS] - how fast documents become entries, on one thread, beside what limits it.
//
// The limit is pugixml building its tree and the fields being copied out of it: nothing that reads feeds through it can be
// faster. Everything runs over the same bytes in the same process; Python's feedparser reads a part of the same files.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <gumbo.h>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "bench/feed_corpus.h"
#include "content/sanitizer.h"
#include "feeds/document.h"

namespace voice::bench {
namespace {

constexpr unsigned kSeed = 20260229;
constexpr int kRounds = 3;

struct Load {
  std::vector<const CorpusFile*> files;
  std::size_t bytes = 0;
};

// What a run must look at so that the compiler cannot leave it out.
volatile std::size_t g_seen = 0;

// Seconds of processor time: a busy machine then changes little, and an idle one nothing.
double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double fastest(const Load& load, void (*work)(const CorpusFile&)) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = now();
    for (const auto* file : load.files) work(*file);
    best = std::min(best, now() - start);
  }
  return best;
}

void print(const char* what, const Load& load, double seconds) {
  std::printf("%-44s %9.1f MB/s %10.0f feeds/s   (%zu feeds, %.1f MB)\n", what,
              static_cast<double>(load.bytes) / 1e6 / seconds, static_cast<double>(load.files.size()) / seconds,
              load.files.size(), static_cast<double>(load.bytes) / 1e6);
  std::fflush(stdout);
}

void raw_pugixml(const CorpusFile& file) {
  std::string text = file.bytes;
  pugi::xml_document document;
  document.load_buffer_inplace(text.data(), text.size());
  const auto root = document.document_element();
  const auto channel = root.child("channel") ? root.child("channel") : root;
  std::vector<std::string> fields;
  for (const auto& item : channel.children())
    for (const auto& field : item.children()) fields.emplace_back(field.child_value());
  g_seen = g_seen + fields.size();
}

void to_items(const CorpusFile& file) {
  const auto feed = feeds::read_document({.bytes = file.bytes, .url = "https://example.org/feed", .content_type = ""});
  if (feed) g_seen = g_seen + feed->entries.size();
}

void to_safe_items(const CorpusFile& file) {
  const auto feed = feeds::read_document({.bytes = file.bytes, .url = "https://example.org/feed", .content_type = ""});
  if (!feed) return;
  for (const auto& entry : feed->entries)
    g_seen = g_seen + content::sanitize(entry.content_html, entry.base_url).text().size();
}

// Every entry's HTML, read beforehand, so that the HTML parser is measured alone.
std::vector<std::string> contents_of(const Load& load) {
  std::vector<std::string> contents;
  for (const auto* file : load.files) {
    auto feed = feeds::read_document({.bytes = file->bytes, .url = "https://example.org/feed", .content_type = ""});
    if (feed)
      for (auto& entry : feed->entries) contents.push_back(std::move(entry.content_html));
  }
  return contents;
}

double gumbo_alone(const std::vector<std::string>& contents) {
  const auto start = now();
  for (const auto& html : contents) {
    auto* output = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
    g_seen = g_seen + output->root->v.element.children.length;
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
  return now() - start;
}

double sanitiser_alone(const std::vector<std::string>& contents) {
  const auto start = now();
  for (const auto& html : contents) g_seen = g_seen + content::sanitize(html, "https://example.org/feed").text().size();
  return now() - start;
}

void write_files(const std::vector<CorpusFile>& corpus, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const auto& file : corpus) std::ofstream(folder / file.name, std::ios::binary) << file.bytes;
}

void feedparser(const std::filesystem::path& folder) {
  const auto command = "/usr/bin/python3 bench/feedparser_bench.py " + folder.string();
  std::fflush(stdout);
  if (std::system(command.c_str()) != 0)
    std::printf("Python feedparser: not measured (python3-feedparser is not installed)\n");
}

int run(std::size_t count) {
  const auto corpus = make_corpus(count, kSeed);
  const std::filesystem::path folder = "build/bench/corpus";
  write_files(corpus, folder);
  Load all, xml;
  for (const auto& file : corpus) {
    all.files.push_back(&file);
    all.bytes += file.bytes.size();
    if (!file.is_xml) continue;
    xml.files.push_back(&file);
    xml.bytes += file.bytes.size();
  }
  std::printf("One thread, processor time, the fastest of %d rounds; the corpus is in %s\n\n", kRounds, folder.c_str());
  const double limit = fastest(xml, raw_pugixml);
  print("pugixml tree and field copy (the limit)", xml, limit);
  const double items = fastest(xml, to_items);
  print("parse to items, XML only", xml, items);
  print("parse to items, JSON too", all, fastest(all, to_items));
  const double safe = fastest(xml, to_safe_items);
  print("parse and sanitise, XML only", xml, safe);
  const auto contents = contents_of(xml);
  std::size_t bytes = 0;
  for (const auto& html : contents) bytes += html.size();
  std::printf("%-44s %9.1f MB/s of HTML (%zu posts, %.1f MB)\n", "gumbo alone, the same posts",
              static_cast<double>(bytes) / 1e6 / gumbo_alone(contents), contents.size(),
              static_cast<double>(bytes) / 1e6);
  std::printf("%-44s %9.1f MB/s of HTML\n", "our sanitiser alone",
              static_cast<double>(bytes) / 1e6 / sanitiser_alone(contents));
  feedparser(folder);
  std::printf("\nparse to items is %.0f%% of the limit, parse and sanitise %.0f%%\n", 100 * limit / items,
              100 * limit / safe);
  return 0;
}

}  // namespace
}  // namespace voice::bench

int main(int argc, char** argv) { return voice::bench::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2000); }
