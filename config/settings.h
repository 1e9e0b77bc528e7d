// config/settings.h - every setting, as plain values read once at the start.
//
// One TOML file, documented key by key in config/voice.example.toml; VOICE_SECTION_KEY variables win over it. A setting that
// is unknown or out of range stops the start with one line that names file, key and what is allowed.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace voice::config {

using std::chrono::seconds;

struct SiteSettings {
  std::string title = "LocalGov Digital Voice";
  std::string base_url = "http://127.0.0.1:8080";  ///< no trailing slash
  std::string tag_date = "2026-01-01";  ///< the date in tag: ids (RFC 4151); never change it once posts are out
  std::string contact_email;            ///< shown on contact, privacy and in security.txt; may be empty
};

struct ServerSettings {
  std::string listen = "127.0.0.1:8080";
  int threads = 8;                           ///< 1 to 256
  std::vector<std::string> trusted_proxies;  ///< CIDRs whose X-Forwarded-For is believed
  int max_connections_per_address = 64;
};

struct StoreSettings {
  std::string database = "voice.db";
  std::string members = "config/members.opml";  ///< imported when the database has no feeds; empty: nothing
};

struct FetchSettings {
  std::vector<std::string> allow_private_networks;  ///< CIDRs
  seconds first_interval{3600};
  seconds min_interval{600};  ///< the floor
  seconds max_interval{86400};
  double jitter = 0.25;  ///< 0 to 1, added to each interval
  int concurrency = 64;  ///< 1 to 1000
  std::vector<std::string> allow_ports = {"80", "443", "8000-9000"};
  int parse_threads = 2;  ///< 1 to 64
  std::string proxy;      ///< empty: none, whatever the environment says
};

struct MailSettings {
  std::string smtp_url;  ///< smtp://host:25, smtps://host:465; empty: letters go to `folder`
  std::string username;
  std::string password;
  std::string from = "LocalGov Digital Voice <voice@localhost>";
  std::string folder;  ///< empty: letters are only kept in the database
};

struct DeskSettings {
  bool accept_proven_blogs = false;  ///< a blog whose owner proved it is theirs joins without an editor
  seconds session_length{14 * 86400};
  seconds link_length{3600};  ///< how long a signed link in a letter works
};

struct PushSettings {
  bool subscribe = true;  ///< WebSub for members' feeds that offer it; needs a public base_url
  bool hub = true;        ///< our own feeds' hub
};

struct Settings {
  SiteSettings site;
  ServerSettings server;
  StoreSettings store;
  FetchSettings fetch;
  MailSettings mail;
  DeskSettings desk;
  PushSettings push;
};

/// Looks up an environment variable; nothing where it is unset.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
std::optional<std::string> process_environment(const std::string& name);

/// Reads `path`; an empty path means "voice.toml in the working folder if it is there, else the defaults".
/// Errors: malformed, with one line such as
/// `voice.toml: [fetch] jitter = "often" is not allowed: a number from 0 to 1`.
Result<Settings> read_settings(const std::string& path, const Environment& environment);

}  // namespace voice::config
