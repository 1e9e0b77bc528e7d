#include "views/licences.h"

#include <doctest/doctest.h>

using voice::views::licence_name;

TEST_CASE("a licence is called by its name, however its address is written") {
  const struct {
    const char* licence;
    const char* name;
  } cases[] = {
      {"https://creativecommons.org/licenses/by/4.0/", "Creative Commons BY 4.0"},
      {"http://creativecommons.org/licenses/by-nc-sa/2.0/uk/", "Creative Commons BY-NC-SA 2.0"},
      {"https://www.creativecommons.org/licenses/by-sa/4.0/deed.cy", "Creative Commons BY-SA 4.0"},
      {"https://creativecommons.org/publicdomain/zero/1.0/", "Public domain (CC0)"},
      {"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "Open Government Licence v3.0"},
      {"http://www.nationalarchives.gov.uk/doc/open-government-licence/version/2", "Open Government Licence v2.0"},
      {"https://creativecommons.org/licenses/by/4.0/?ref=chooser-v1", "Creative Commons BY 4.0"},
      {"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/opendefinition/",
       "Open Government Licence v3.0"},
      {"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3.0/", "Open Government Licence v3.0"},
      {"https://www.nationalarchives.gov.uk/doc/open-government-licence/", "Open Government Licence"},
      {"https://creativecommons.org/publicdomain/zero-foo", "https://creativecommons.org/publicdomain/zero-foo"},
      {"https://creativecommons.org/licenses/by/", "https://creativecommons.org/licenses/by/"},
      {"https://creativecommons.org/licenses/", "https://creativecommons.org/licenses/"},
      {"Crown copyright", "Crown copyright"},
      {"", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.licence);
    CHECK(licence_name(c.licence) == c.name);
  }
}
