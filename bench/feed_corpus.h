// bench/feed_corpus.h - feeds like those of the field, made of a seed.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace voice::bench {

struct CorpusFile {
  std::string name;  ///< "0001.xml" or "0001.json"
  std::string bytes;
  bool is_xml = true;
};

/// `count` documents in the proportions blogs publish them: RSS with the whole post in CDATA, RSS with escaped extracts,
/// Atom with escaped HTML, Atom with XHTML, JSON Feed. 65 KB each on average, from 2 KB to a few hundred. The same for
/// the same seed.
std::vector<CorpusFile> make_corpus(std::size_t count, unsigned seed);

}  // namespace voice::bench
