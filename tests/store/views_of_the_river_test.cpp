#include <doctest/doctest.h>

#include "store/river.h"
#include "tests/store/scratch.h"

using namespace voice;
using namespace voice::store;

TEST_CASE("every narrower view of the river is read in order from its own index") {
  Scratch scratch;
  auto reader = scratch.db.reader();
  const struct {
    const char* name;
    RiverFilter filter;
    const char* index;
  } cases[] = {
      {"a topic", OfTopic{}, "SEARCH l USING PRIMARY KEY (topic_id=?"},
      {"without weeknotes", WithoutTopic{}, "entries_river"},
      {"a person", OfPerson{}, "SEARCH l USING PRIMARY KEY (person_id=?"},
      {"an organisation", OfOrganisation{}, "SEARCH l USING PRIMARY KEY (organisation_id=?"},
      {"a day or a month", OfPeriod{}, "entries_river"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto plan = reader->plan_of(river_sql(c.filter));
    CAPTURE(plan);
    CHECK(plan.find(c.index) != std::string::npos);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    CHECK(plan.find("SCAN") == std::string::npos);
  }
}
