#include "config/settings.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <sstream>
#include <toml++/toml.h>

#include "base/files.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/url.h"

namespace voice::config {
namespace {

// One setting: how text (from a variable) or a TOML value gets into it, and what is allowed, in words.
struct Key {
  std::string name;     // "fetch.jitter"
  std::string allowed;  // "a number from 0 to 1"
  std::function<bool(const toml::node&)> take;
  std::function<bool(const std::string&)> take_text;
};

std::string shown(const toml::node& node) {
  std::ostringstream out;
  node.visit([&](const auto& n) { out << n; });
  return std::string(utf8_prefix(collapse_space(out.str()), 80));
}

Key text_key(std::string name, std::string& target, std::string allowed,
             std::function<bool(const std::string&)> valid) {
  const auto set = [&target, valid](const std::string& value) {
    if (!valid(value)) return false;
    target = value;
    return true;
  };
  return {std::move(name), std::move(allowed),
          [set](const toml::node& node) {
            if (node.is_date()) return set(shown(node));  // 2026-01-01 is a text to us, with quotes or without
            return node.is_string() && set(node.value<std::string>().value_or(""));
          },
          set};
}

template <class Set>
Key whole_number_key(std::string name, std::int64_t low, std::int64_t high, const char* unit, Set set) {
  const auto checked = [=](std::int64_t value) {
    if (value < low || value > high) return false;
    set(value);
    return true;
  };
  return {std::move(name), fmt::format("a whole number of {} from {} to {}", unit, low, high),
          [checked](const toml::node& node) {
            return node.is_integer() && checked(node.value<std::int64_t>().value_or(0));
          },
          [checked](const std::string& text) {
            const auto value = parse_number<std::int64_t>(text);
            return value && checked(*value);
          }};
}

Key seconds_key(std::string name, seconds& target, std::int64_t low, std::int64_t high) {
  return whole_number_key(std::move(name), low, high, "seconds", [&target](std::int64_t v) { target = seconds{v}; });
}

Key int_key(std::string name, int& target, int low, int high, const char* unit) {
  return whole_number_key(std::move(name), low, high, unit,
                          [&target](std::int64_t v) { target = static_cast<int>(v); });
}

Key bool_key(std::string name, bool& target) {
  return {std::move(name), "true or false",
          [&target](const toml::node& node) {
            if (!node.is_boolean()) return false;
            target = node.value<bool>().value_or(false);
            return true;
          },
          [&target](const std::string& text) {
            if (text != "true" && text != "false") return false;
            target = text == "true";
            return true;
          }};
}

Key fraction_key(std::string name, double& target) {
  const auto set = [&target](double value) {
    if (!(value >= 0 && value <= 1)) return false;
    target = value;
    return true;
  };
  return {std::move(name), "a number from 0 to 1",
          [set](const toml::node& node) { return node.is_number() && set(node.value<double>().value_or(-1)); },
          [set](const std::string& text) {
            const auto value = parse_number<double>(text);
            return value && set(*value);
          }};
}

Key list_key(std::string name, std::vector<std::string>& target, std::string allowed,
             std::function<bool(const std::string&)> valid) {
  const auto set = [&target, valid](std::vector<std::string> values) {
    for (const auto& value : values)
      if (!valid(value)) return false;
    target = std::move(values);
    return true;
  };
  return {std::move(name), std::move(allowed),
          [set](const toml::node& node) {
            if (!node.is_array()) return false;
            std::vector<std::string> values;
            for (const auto& item : *node.as_array()) {
              if (!item.is_string() && !item.is_integer()) return false;
              values.push_back(item.is_string() ? item.value<std::string>().value_or("")
                                                : std::to_string(item.value<std::int64_t>().value_or(0)));
            }
            return set(std::move(values));
          },
          [set](const std::string& text) {  // a variable separates by commas
            std::vector<std::string> values;
            for (const auto part : split(text, ','))
              if (!trim(part).empty()) values.emplace_back(trim(part));
            return set(std::move(values));
          }};
}

bool anything(const std::string&) { return true; }
bool not_empty(const std::string& text) { return !trim(text).empty(); }
bool one_line(const std::string& text) { return text.find_first_of("\r\n") == std::string::npos; }

bool is_site_address(const std::string& text) {
  const auto url = parse_url(text);
  return url && url->is_web() && url->path == "/" && !url->query && !url->fragment && !text.ends_with('/');
}

bool is_host_and_port(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  const auto port = parse_number<int>(std::string_view(text).substr(colon + 1));
  return port && *port >= 0 && *port <= 65535;
}

bool is_date(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto y = parse_number<int>(text.substr(0, 4));
  const auto m = parse_number<unsigned>(text.substr(5, 2));
  const auto d = parse_number<unsigned>(text.substr(8, 2));
  return y && m && d &&
         std::chrono::year_month_day{std::chrono::year{*y}, std::chrono::month{*m}, std::chrono::day{*d}}.ok();
}

bool is_cidr(const std::string& text) {
  const auto slash = text.find('/');
  const std::string address = text.substr(0, slash);
  const bool six = address.find(':') != std::string::npos;
  in6_addr parsed;  // as long as the longest
  if (::inet_pton(six ? AF_INET6 : AF_INET, address.c_str(), &parsed) != 1) return false;
  if (slash == std::string::npos) return true;
  const auto bits = parse_number<int>(std::string_view(text).substr(slash + 1));
  return bits && *bits >= 0 && *bits <= (six ? 128 : 32);
}

bool is_port_range(const std::string& text) {
  const auto dash = text.find('-');
  const auto low = parse_number<int>(std::string_view(text).substr(0, dash));
  const auto high = dash == std::string::npos ? low : parse_number<int>(std::string_view(text).substr(dash + 1));
  return low && high && *low >= 1 && *low <= *high && *high <= 65535;
}

// "smtp://mail.example:25": one of the schemes, a host, and nothing behind it but a port.
bool is_server(const std::string& text, std::initializer_list<std::string_view> schemes) {
  const auto end = text.find("://");
  if (end == std::string::npos || std::ranges::find(schemes, to_ascii_lower(text.substr(0, end))) == schemes.end())
    return false;
  const auto url = parse_url("http" + text.substr(end));  // it takes only web addresses apart; the rest reads the same
  return url && !url->host.empty() && url->path == "/" && !url->query && !url->fragment;
}

bool is_smtp_or_empty(const std::string& text) { return text.empty() || is_server(text, {"smtp", "smtps"}); }

// libcurl takes one without a scheme for http.
bool is_proxy_or_empty(const std::string& text) {
  const bool has_scheme = text.find("://") != std::string::npos;
  return text.empty() ||
         is_server(has_scheme ? text : "http://" + text, {"http", "https", "socks4", "socks4a", "socks5", "socks5h"});
}

bool is_mailbox(const std::string& text) {
  const auto at = text.find('@');
  return one_line(text) && at != std::string::npos && at > 0 && at + 1 < text.size();
}

std::vector<Key> keys_of(Settings& s) {
  return {
      text_key("site.title", s.site.title, "a name that is not empty", not_empty),
      text_key("site.base_url", s.site.base_url,
               "an http or https address without a path or a slash at its end, such as https://voice.example",
               is_site_address),
      text_key("site.tag_date", s.site.tag_date, "a date such as 2026-01-01", is_date),
      text_key("site.contact_email", s.site.contact_email, "an e-mail address, or nothing",
               [](const std::string& t) { return t.empty() || is_mailbox(t); }),
      text_key("server.listen", s.server.listen, "an address and a port, such as 127.0.0.1:8080", is_host_and_port),
      int_key("server.threads", s.server.threads, 1, 256, "threads"),
      list_key("server.trusted_proxies", s.server.trusted_proxies, "a list of networks such as [\"10.0.0.0/8\"]",
               is_cidr),
      int_key("server.max_connections_per_address", s.server.max_connections_per_address, 1, 100000, "connections"),
      text_key("store.database", s.store.database, "the path of a file", not_empty),
      text_key("store.members", s.store.members, "the path of an OPML file, or nothing", anything),
      list_key("fetch.allow_private_networks", s.fetch.allow_private_networks,
               "a list of networks such as [\"127.0.0.0/8\", \"fd00::/8\"]", is_cidr),
      seconds_key("fetch.first_interval_seconds", s.fetch.first_interval, 1, 86400),
      seconds_key("fetch.min_interval_seconds", s.fetch.min_interval, 1, 86400),
      seconds_key("fetch.max_interval_seconds", s.fetch.max_interval, 1, 30 * 86400),
      fraction_key("fetch.jitter", s.fetch.jitter),
      int_key("fetch.concurrency", s.fetch.concurrency, 1, 1000, "transfers"),
      list_key("fetch.allow_ports", s.fetch.allow_ports, "a list of ports and ranges such as [\"80\", \"8000-9000\"]",
               is_port_range),
      int_key("fetch.parse_threads", s.fetch.parse_threads, 1, 64, "threads"),
      text_key("fetch.proxy", s.fetch.proxy, "the address of a proxy such as http://proxy.example:3128, or nothing",
               is_proxy_or_empty),
      text_key("mail.smtp_url", s.mail.smtp_url, "smtp://host:port, smtps://host:port, or nothing", is_smtp_or_empty),
      text_key("mail.username", s.mail.username, "one line", one_line),
      text_key("mail.password", s.mail.password, "one line", one_line),
      text_key("mail.from", s.mail.from, "a mailbox such as LocalGov Digital Voice <voice@voice.example>", is_mailbox),
      text_key("mail.folder", s.mail.folder, "the path of a folder, or nothing", anything),
      bool_key("desk.accept_proven_blogs", s.desk.accept_proven_blogs),
      seconds_key("desk.session_length_seconds", s.desk.session_length, 300, 90 * 86400),
      seconds_key("desk.link_length_seconds", s.desk.link_length, 60, 30 * 86400),
      bool_key("push.subscribe", s.push.subscribe),
      bool_key("push.hub", s.push.hub),
  };
}

// "[fetch] jitter" from "fetch.jitter".
std::string heading(const std::string& name) {
  const auto dot = name.find('.');
  return fmt::format("[{}] {}", name.substr(0, dot), name.substr(dot + 1));
}

std::string variable_of(const std::string& name) {
  std::string variable = "VOICE_" + name;
  for (char& c : variable) {
    if (c == '.') c = '_';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return variable;
}

std::optional<Error> take_file(const std::string& path, const toml::table& table, const std::vector<Key>& keys) {
  const auto problem = [&](const std::string& what) { return Error{ErrorCode::malformed, path + ": " + what}; };
  for (const auto& [section, content] : table) {
    if (!content.is_table()) return problem(fmt::format("{} stands outside a section such as [site]", section.str()));
    for (const auto& [key, value] : *content.as_table()) {
      const std::string name = std::string(section.str()) + "." + std::string(key.str());
      const auto found = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.name == name; });
      if (found == keys.end())
        return problem(heading(name) + " is no setting; config/voice.example.toml lists them all");
      if (!found->take(value))
        return problem(fmt::format("{} = {} is not allowed: {}", heading(name), shown(value), found->allowed));
    }
  }
  return std::nullopt;
}

std::optional<Error> take_environment(const Environment& environment, const std::vector<Key>& keys) {
  for (const auto& key : keys) {
    const auto variable = variable_of(key.name);
    const auto value = environment(variable);
    if (value && !key.take_text(*value))
      return Error{ErrorCode::malformed, fmt::format("the variable {} = \"{}\" is not allowed: {}", variable,
                                                     utf8_prefix(*value, 80), key.allowed)};
  }
  return std::nullopt;
}

std::optional<Error> check_together(const Settings& s, const std::string& where) {
  if (s.fetch.min_interval > s.fetch.max_interval)
    return Error{
        ErrorCode::malformed,
        where + ": [fetch] min_interval_seconds is over max_interval_seconds; the floor must not be over the ceiling"};
  return std::nullopt;
}

}  // namespace

std::optional<std::string> process_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Result<Settings> read_settings(const std::string& path, const Environment& environment) {
  Settings settings;
  const auto keys = keys_of(settings);
  std::string file = path;
  if (file.empty() && std::filesystem::exists("voice.toml")) file = "voice.toml";
  if (!file.empty()) {
    const auto text = read_file(file);
    if (!text) return text.error();
    try {
      if (auto problem = take_file(file, toml::parse(*text), keys)) return *problem;
    } catch (const toml::parse_error& error) {
      return Error{ErrorCode::malformed,
                   fmt::format("{}: line {}: {}", file, error.source().begin.line, error.description())};
    }
  }
  if (auto problem = take_environment(environment, keys)) return *problem;
  if (auto problem = check_together(settings, file.empty() ? "settings" : file)) return *problem;
  return settings;
}

}  // namespace voice::config
