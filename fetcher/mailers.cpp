// The two ways a letter can go: SMTP through libcurl, and a file in a folder.
#include <algorithm>
#include <cstring>
#include <curl/curl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <optional>

#include "base/email.h"
#include "base/text.h"
#include "base/url.h"
#include "fetcher/mail.h"

namespace voice::fetcher {
namespace {

constexpr long kConnectSeconds = 15;
constexpr long kTotalSeconds = 90;

struct Upload {
  std::string_view rest;
  bool handed_over = false;  // the transfer has been given its last byte
};

std::size_t read_upload(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& upload = *static_cast<Upload*>(context);
  const auto n = std::min(size * count, upload.rest.size());
  std::memcpy(buffer, upload.rest.data(), n);
  upload.rest.remove_prefix(n);
  if (n == 0) upload.handed_over = true;
  return n;
}

std::size_t ignore_reply(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// base/url.h takes only web addresses apart; the part after the scheme reads the same.
std::string host_of(const std::string& smtp_url) {
  const auto url = parse_url("http" + smtp_url.substr(std::min(smtp_url.find("://"), smtp_url.size())));
  return url ? url->host : std::string();
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

class SmtpMailer final : public Mailer {
 public:
  SmtpMailer(const config::MailSettings& settings, std::string authorities)
      : settings_(settings), authorities_(std::move(authorities)), curl_(curl_easy_init()) {
    if (curl_ == nullptr) throw std::runtime_error("libcurl could not be started");
  }
  ~SmtpMailer() override { curl_easy_cleanup(curl_); }
  SmtpMailer(const SmtpMailer&) = delete;
  SmtpMailer& operator=(const SmtpMailer&) = delete;

  bool reaches_people() const override { return true; }

  DeliveryReport deliver(const MailMessage& message) override {
    if (!parse_email(message.to)) return {Delivery::refused, "the recipient is no e-mail address"};
    const std::string bytes = mime_text(message);
    Upload upload{.rest = bytes};
    set_up(message, upload);
    curl_slist* recipients = curl_slist_append(nullptr, ("<" + message.to + ">").c_str());
    curl_easy_setopt(curl_, CURLOPT_MAIL_RCPT, recipients);
    const CURLcode outcome = curl_easy_perform(curl_);
    curl_slist_free_all(recipients);
    return judge(outcome, upload);
  }

 private:
  void set_up(const MailMessage& message, Upload& upload) {
    curl_easy_reset(curl_);
    error_[0] = '\0';
    const auto host = host_of(settings_.smtp_url);
    // RFC 5321: EHLO names the client; libcurl takes it from the path of the address.
    const auto sender = address_in(message.from);
    const auto at = sender.find('@');
    const auto name = at == std::string::npos ? std::string("localhost") : sender.substr(at + 1);
    auto address = settings_.smtp_url;
    while (address.ends_with('/')) address.pop_back();
    curl_easy_setopt(curl_, CURLOPT_URL, (address + "/" + name).c_str());
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl_, CURLOPT_PROXY, "");
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, error_);
    curl_easy_setopt(curl_, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT, kTotalSeconds);
    curl_easy_setopt(curl_, CURLOPT_MAIL_FROM, ("<" + sender + ">").c_str());
    curl_easy_setopt(curl_, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl_, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(curl_, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, ignore_reply);
    const bool secret = !settings_.username.empty();
    // Opportunistic TLS can be stripped by whoever is in between, so it is not enough for a password.
    curl_easy_setopt(curl_, CURLOPT_USE_SSL, secret && !is_this_machine(host) ? CURLUSESSL_ALL : CURLUSESSL_TRY);
    if (!authorities_.empty()) curl_easy_setopt(curl_, CURLOPT_CAINFO, authorities_.c_str());
    if (secret) {
      curl_easy_setopt(curl_, CURLOPT_USERNAME, settings_.username.c_str());
      curl_easy_setopt(curl_, CURLOPT_PASSWORD, settings_.password.c_str());
    }
  }

  DeliveryReport judge(CURLcode outcome, const Upload& upload) const {
    if (outcome == CURLE_OK) return {Delivery::accepted, {}};
    long code = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &code);
    const std::string why = fmt::format("sending through {}: {}", settings_.smtp_url,
                                        error_[0] != '\0' ? error_ : curl_easy_strerror(outcome));
    if (code >= 500 && code <= 599) return {Delivery::refused, fmt::format("{} ({})", why, code)};
    if (code >= 400 && code <= 499) return {Delivery::try_later, fmt::format("{} ({})", why, code)};
    // 354 is "go on, send it": everything after that and before the last answer is unknown.
    if (upload.handed_over && code == 354) return {Delivery::doubtful, why};
    return {Delivery::try_later, why};
  }

  config::MailSettings settings_;
  std::string authorities_;
  CURL* curl_;
  char error_[CURL_ERROR_SIZE] = {};
};

class FolderMailer final : public Mailer {
 public:
  explicit FolderMailer(std::string folder) : folder_(std::move(folder)) {}
  bool reaches_people() const override { return false; }

  DeliveryReport deliver(const MailMessage& message) override {
    std::error_code problem;
    std::filesystem::create_directories(folder_, problem);
    // Our own token and host: nothing a stranger wrote is in the file's name.
    const auto path = std::filesystem::path(folder_) / (replace_all(message.message_id, "/", "_") + ".eml");
    const auto part = path.string() + ".part";
    {
      std::ofstream file(part, std::ios::binary | std::ios::trunc);
      file << mime_text(message);
      file.close();
      if (!file) return {Delivery::try_later, "writing " + part + " failed"};
    }
    std::filesystem::rename(part, path, problem);
    if (problem) return {Delivery::try_later, "naming " + path.string() + ": " + problem.message()};
    return {Delivery::accepted, {}};
  }

 private:
  std::string folder_;
};

}  // namespace

std::unique_ptr<Mailer> make_mailer(const config::MailSettings& settings, const std::string& authorities) {
  if (!settings.smtp_url.empty()) return std::make_unique<SmtpMailer>(settings, authorities);
  if (!settings.folder.empty()) return std::make_unique<FolderMailer>(settings.folder);
  return nullptr;
}

}  // namespace voice::fetcher
