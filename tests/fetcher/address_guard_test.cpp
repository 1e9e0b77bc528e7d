#include "fetcher/address_guard.h"

#include <doctest/doctest.h>

using namespace voice;
using namespace voice::fetcher;

namespace {
AddressGuard guard_with(std::vector<std::string> allowed = {}) {
  auto guard = AddressGuard::make(allowed, {"80", "443", "8000-9000"});
  REQUIRE(guard);
  return *guard;
}
bool refuses(const AddressGuard& guard, const char* text) {
  const auto address = IpAddress::parse(text);
  REQUIRE(address);
  return guard.objection(*address).has_value();
}
}  // namespace

TEST_CASE("addresses that are no place on the public internet are refused") {
  const auto guard = guard_with();
  for (const char* text :
       {"0.0.0.0",     "0.1.2.3",     "10.0.0.1",        "10.255.255.255", "100.64.0.1",      "100.127.255.255",
        "127.0.0.1",   "127.255.0.9", "169.254.169.254", "172.16.0.1",     "172.31.255.255",  "192.0.0.8",
        "192.0.2.1",   "192.88.99.1", "192.168.1.1",     "198.18.0.1",     "198.19.255.255",  "198.51.100.7",
        "203.0.113.9", "224.0.0.1",   "239.1.2.3",       "240.0.0.1",      "255.255.255.255", "::",
        "::1",         "::7f00:1",    "fc00::1",         "fd00::1",        "fe80::1",         "febf::1",
        "fec0::1",     "ff02::1",     "100::1",          "2001::1",        "2001:1ff::1",     "2001:db8::1",
        "3fff::1",     "3fff:fff::1"}) {
    CAPTURE(text);
    CHECK(refuses(guard, text));
  }
}

TEST_CASE("public addresses are reached, up to the edges of the refused blocks") {
  const auto guard = guard_with();
  for (const char* text : {"1.1.1.1",         "9.255.255.255",    "11.0.0.0",    "11.22.33.44",  "100.63.255.255",
                           "100.128.0.0",     "126.255.255.255",  "128.0.0.1",   "169.253.0.1",  "172.15.255.255",
                           "172.32.0.0",      "192.0.1.1",        "192.167.0.1", "198.17.0.1",   "198.20.0.0",
                           "223.255.255.255", "2600:11:22:33::1", "2001:200::1", "2a00:1450::1", "2620::1"}) {
    CAPTURE(text);
    CHECK_FALSE(refuses(guard, text));
  }
}

TEST_CASE("an IPv4 address inside an IPv6 one is judged as itself") {
  const auto guard = guard_with();
  const struct {
    const char* name;
    const char* text;
    bool refused;
  } cases[] = {
      {"mapped loopback", "::ffff:127.0.0.1", true},
      {"mapped public", "::ffff:1.1.1.1", false},
      {"NAT64 metadata", "64:ff9b::a9fe:a9fe", true},
      {"NAT64 public", "64:ff9b::101:101", false},
      {"local NAT64, /96 layout", "64:ff9b:1::a00:1", true},
      {"local NAT64, /48 layout", "64:ff9b:1:a00:0:100::", true},
      {"6to4 private", "2002:c0a8:101::1", true},
      {"6to4 public", "2002:101:101::1", false},
      {"Teredo", "2001:0:101:101:0:0:fefe:fefe", true},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(refuses(guard, c.text) == c.refused);
  }
}

TEST_CASE("allowed blocks open themselves, unwrapped, and nothing beside") {
  const auto guard = guard_with({"127.0.0.0/8", "fd00:1::/32"});
  CHECK_FALSE(refuses(guard, "127.0.1.2"));
  CHECK_FALSE(refuses(guard, "::ffff:127.0.0.1"));
  CHECK_FALSE(refuses(guard, "64:ff9b::7f00:1"));
  CHECK_FALSE(refuses(guard, "fd00:1::5"));
  CHECK(refuses(guard, "fd00:2::5"));
  CHECK(refuses(guard, "::1"));
  CHECK(refuses(guard, "0.0.0.0"));
  CHECK(refuses(guard, "10.0.0.1"));
}

TEST_CASE("an objection says which address and why") {
  const auto why = guard_with().objection(*IpAddress::parse("64:ff9b::a9fe:a9fe"));
  REQUIRE(why);
  CHECK(*why == "64:ff9b::a9fe:a9fe leads to 169.254.169.254, which is a link-local address");
}

TEST_CASE("ports are those named") {
  const auto guard = guard_with();
  for (const int port : {80, 443, 8000, 8080, 9000}) CHECK(guard.allows_port(port));
  for (const int port : {0, 22, 25, 81, 7999, 9001, 65535}) CHECK_FALSE(guard.allows_port(port));
}

TEST_CASE("a block or port that cannot be read is named") {
  for (const char* text : {"10.0.0.0/33", "localhost", "10.0.0.0/x", "", "fd00::/129"}) {
    CAPTURE(text);
    CHECK_FALSE(AddressGuard::make({text}, {"80"}));
  }
  for (const char* text : {"0", "70000", "9000-8000", "http", ""}) {
    CAPTURE(text);
    CHECK_FALSE(AddressGuard::make({}, {text}));
  }
}
