#include "feeds/date.h"

#include <doctest/doctest.h>

#include "base/time.h"

using namespace voice;
using namespace voice::feeds;

TEST_CASE("a date is read in the forms feeds really use") {
  const struct {
    std::string name, text, expected;
  } cases[] = {
      {"Atom, RFC 3339", "2024-02-29T09:00:00Z", "2024-02-29T09:00:00Z"},
      {"with an offset", "2024-02-29T09:00:00+01:00", "2024-02-29T08:00:00Z"},
      {"with a fraction", "2002-12-31T19:20:30.45+01:00", "2002-12-31T18:20:30Z"},
      {"with more digits of a fraction than a number holds", "2002-12-31T19:20:30.12345678901234567890+01:00",
       "2002-12-31T18:20:30Z"},
      {"offset without colon", "2003-07-01T01:55:07-0500", "2003-07-01T06:55:07Z"},
      {"space for T", "2003-07-01 01:55:07-05:00", "2003-07-01T06:55:07Z"},
      {"spaces around T", "2003-07-01 T 01:55:07 -05:00", "2003-07-01T06:55:07Z"},
      {"no zone is UTC", "2003-12-13T18:30:02", "2003-12-13T18:30:02Z"},
      {"one-digit second", "2006-01-17T12:35:9+01:00", "2006-01-17T11:35:09Z"},
      {"no seconds", "2001-01-01T00:00+00:00", "2001-01-01T00:00:00Z"},
      {"time without colons", "2002-12-31T192030+01:00", "2002-12-31T18:20:30Z"},
      {"day without hyphens", "20021231T19:20:30Z", "2002-12-31T19:20:30Z"},
      {"day only", "2016-08-27", "2016-08-27T00:00:00Z"},
      {"month only", "2002-12", "2002-12-01T00:00:00Z"},
      {"year only", "2003", "2003-01-01T00:00:00Z"},
      {"ISO ordinal", "2003-335", "2003-12-01T00:00:00Z"},
      {"ISO ordinal, leap year", "2024-366", "2024-12-31T00:00:00Z"},
      {"ISO week", "2004-W53-6", "2005-01-01T00:00:00Z"},
      {"ISO week, compact, no day", "2009W01", "2008-12-29T00:00:00Z"},
      {"24:00 is the next midnight", "2024-02-28T24:00:00Z", "2024-02-29T00:00:00Z"},
      {"leap second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"RSS, RFC 822", "Thu, 29 Feb 2024 09:00:00 GMT", "2024-02-29T09:00:00Z"},
      {"two-digit year", "31 Dec 99 23:59:59 +0000", "1999-12-31T23:59:59Z"},
      {"named zone", "Fri, 28 Apr 2006 12:03:11 PDT", "2006-04-28T19:03:11Z"},
      {"British summer", "Sat, 1 Jul 2023 10:00:00 BST", "2023-07-01T09:00:00Z"},
      {"offset with colon", "Mon, 21 Oct 2002 14:04:23 -05:00", "2002-10-21T19:04:23Z"},
      {"GMT with offset", "Wed, 05 Mar 2014 10:00:00 GMT+0100", "2014-03-05T09:00:00Z"},
      {"double space", "Wed, 5 Nov 2025 13:52:10  EST", "2025-11-05T18:52:10Z"},
      {"comments", "Thu (oh how), 16(th) Feb(ruary) 2006 01:39 +0000 (GMT)", "2006-02-16T01:39:00Z"},
      {"no day name, no seconds", "21 Oct 2002 06:45 EDT", "2002-10-21T10:45:00Z"},
      {"long names", "Thursday, 29 February 2024 09:00:00 GMT", "2024-02-29T09:00:00Z"},
      {"March is no marraskuu", "Wed, 05 Mar 2014 10:00:00 GMT", "2014-03-05T10:00:00Z"},
      {"hyphens", "29-Feb-2024 09:00:00", "2024-02-29T09:00:00Z"},
      {"asctime", "Thu Feb 29 09:00:00 2024", "2024-02-29T09:00:00Z"},
      {"asctime with zone", "Thu Feb 29 09:00:00 GMT 2024", "2024-02-29T09:00:00Z"},
      {"American, half days", "February 29, 2024 9:05 PM", "2024-02-29T21:05:00Z"},
      {"ordinal", "29th February 2024", "2024-02-29T00:00:00Z"},
      {"German", "Do, 29 Feb 2024 09:00:00 +0100", "2024-02-29T08:00:00Z"},
      {"German month", "5. März 2024", "2024-03-05T00:00:00Z"},
      {"French", "jeu., 29 févr. 2024 09:00:00 +0000", "2024-02-29T09:00:00Z"},
      {"French Tuesday looks like March", "mar., 5 mars 2024", "2024-03-05T00:00:00Z"},
      {"Spanish", "29 de febrero de 2024", "2024-02-29T00:00:00Z"},
      {"Welsh", "Dydd Mawrth, 5 Mawrth 2024", "2024-03-05T00:00:00Z"},
      {"Russian", "29 февраля 2024 09:00", "2024-02-29T09:00:00Z"},
      {"Greek", "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"},
      {"Hungarian", "2004. július 13. 9:15", "2004-07-13T09:15:00Z"},
      {"slashes, one reading", "29/02/2024 09:00", "2024-02-29T09:00:00Z"},
      {"slashes, same day and month", "02/02/2024", "2024-02-02T00:00:00Z"},
      {"dots begin with the day", "05.03.2024, 09:00", "2024-03-05T09:00:00Z"},
      {"year with slashes", "2024/02/29 09:00:00", "2024-02-29T09:00:00Z"},
      {"Unix seconds", "1709197200", "2024-02-29T09:00:00Z"},
      {"Unix milliseconds", "1709197200123", "2024-02-29T09:00:00Z"},
      {"spaces around", " \n2024-02-29 ", "2024-02-29T00:00:00Z"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CAPTURE(c.text);
    const auto date = parse_date(c.text);
    CHECK(date.ok());
    if (date) CHECK(rfc3339(*date) == c.expected);
  }
}

TEST_CASE("a date with no reading, or more than one, is refused") {
  for (const std::string text :
       {"", "yesterday", "insert updated date here", "sometime in January", "03/04/2024", "2024-02-30", "30 Feb 2024",
        "2024-13-01", "Thu, 29 Feb 2023 09:00:00 GMT", "2024-02-29T25:00:00Z", "2024-02-29T09:61:00Z",
        "07-01T01:55:07-05:00", "3 Jui 2024", "12 May", "2024-02-29T09:00:00+99:00", "2024-02-29 and more",
        "5 May 6 2024", "1 1 1 1", "0000-00-00T00:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).ok());
  }
}

TEST_CASE("a year outside a blog's life is not a date we use") {
  CHECK(parse_date("0001-01-01T00:00:00Z").error().code == ErrorCode::unsupported);
  CHECK(parse_date("2999-01-01T00:00:00Z").error().code == ErrorCode::unsupported);
}
