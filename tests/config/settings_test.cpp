#include "config/settings.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>

using namespace voice;
using namespace voice::config;

namespace {
std::string file_with(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / "voice_settings_test.toml";
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}
const Environment kNothing = [](const std::string&) { return std::optional<std::string>(); };
Environment with(std::map<std::string, std::string> variables) {
  return [variables](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}
}  // namespace

TEST_CASE("the example file is allowed and says the defaults") {
  const auto example = read_settings(PROJECT_ROOT "/config/voice.example.toml", kNothing);
  REQUIRE_MESSAGE(example, (example ? "" : example.error().what));
  const Settings defaults;
  CHECK(example->site.title == defaults.site.title);
  CHECK(example->site.base_url == defaults.site.base_url);
  CHECK(example->server.threads == defaults.server.threads);
  CHECK(example->fetch.min_interval == defaults.fetch.min_interval);
  CHECK(example->fetch.jitter == defaults.fetch.jitter);
  CHECK(example->fetch.allow_ports == defaults.fetch.allow_ports);
  CHECK(example->desk.session_length == defaults.desk.session_length);
  CHECK(example->mail.from == defaults.mail.from);
}

TEST_CASE("a variable wins over the file, and lists are separated by commas") {
  const auto path = file_with("[site]\ntitle = \"File\"\n[fetch]\njitter = 0.5\n");
  const auto settings = read_settings(
      path, with({{"VOICE_SITE_TITLE", "Variable"}, {"VOICE_FETCH_ALLOW_PRIVATE_NETWORKS", "127.0.0.0/8, fd00::/8"}}));
  REQUIRE(settings);
  CHECK(settings->site.title == "Variable");
  CHECK(settings->fetch.jitter == 0.5);
  CHECK(settings->fetch.allow_private_networks == std::vector<std::string>{"127.0.0.0/8", "fd00::/8"});
}

TEST_CASE("a bad setting is refused in one line that names file, key and what is allowed") {
  const struct {
    const char* text;
    const char* key;
    const char* allowed;
  } cases[] = {
      {"[fetch]\njitter = \"often\"", "[fetch] jitter", "a number from 0 to 1"},
      {"[fetch]\nconcurrency = 0", "[fetch] concurrency", "from 1 to 1000"},
      {"[fetch]\nallow_private_networks = [\"here\"]", "[fetch] allow_private_networks", "a list of networks"},
      {"[fetch]\nallow_ports = [\"0\"]", "[fetch] allow_ports", "a list of ports"},
      {"[site]\nbase_url = \"voice.example/\"", "[site] base_url", "http or https"},
      {"[fetch]\nallow_private_networks = [\"10.0.0.300/8\"]", "[fetch] allow_private_networks", "a list of networks"},
      {"[fetch]\nproxy = \"gopher://proxy.example\"", "[fetch] proxy", "the address of a proxy"},
      {"[mail]\nsmtp_url = \"smtp://\"", "[mail] smtp_url", "smtp://host:port"},
      {"[mail]\nsmtp_url = \"smtp://mail.example/inbox\"", "[mail] smtp_url", "smtp://host:port"},
      {"[site]\ntag_date = \"2026-02-30\"", "[site] tag_date", "a date"},
      {"[server]\nlisten = \"8080\"", "[server] listen", "an address and a port"},
      {"[servre]\nlisten = \"127.0.0.1:80\"", "[servre] listen", "is no setting"},
      {"title = \"x\"", "title", "outside a section"},
      {"[site\n", "line", ""},
      {"[fetch]\nmin_interval_seconds = 900\nmax_interval_seconds = 600", "min_interval_seconds", "must not be over"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto path = file_with(c.text);
    const auto settings = read_settings(path, kNothing);
    REQUIRE_FALSE(settings);
    CAPTURE(settings.error().what);
    CHECK(settings.error().what.find(path) == 0);
    CHECK(settings.error().what.find(c.key) != std::string::npos);
    CHECK(settings.error().what.find(c.allowed) != std::string::npos);
    CHECK(settings.error().what.find('\n') == std::string::npos);
  }
}

TEST_CASE("a date is read with quotes or without, and servers as they are named") {
  const auto settings =
      read_settings(file_with("[site]\ntag_date = 2025-02-03\n[fetch]\nproxy = \"socks5h://[::1]:1080\"\n"
                              "[mail]\nsmtp_url = \"smtps://mail.example:465\"\n"),
                    kNothing);
  REQUIRE_MESSAGE(settings, (settings ? "" : settings.error().what));
  CHECK(settings->site.tag_date == "2025-02-03");
  CHECK(settings->fetch.proxy == "socks5h://[::1]:1080");
  CHECK(settings->mail.smtp_url == "smtps://mail.example:465");
}

TEST_CASE("a bad variable and a missing file are named") {
  const auto variable = read_settings(file_with(""), with({{"VOICE_SERVER_THREADS", "many"}}));
  REQUIRE_FALSE(variable);
  CHECK(variable.error().what.find("VOICE_SERVER_THREADS") != std::string::npos);
  const auto missing = read_settings("/nowhere/voice.toml", kNothing);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().what.find("/nowhere/voice.toml") == 0);
}
