#include "fetcher/http_client.h"

#include <algorithm>
#include <curl/curl.h>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "base/url.h"

namespace voice::fetcher {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kOtherBodyBytes = 64 << 10;    // enough of an error page to see what it is
constexpr milliseconds kDeadlineCheck{250};          // how often header deadlines are looked at
constexpr std::chrono::minutes kResolverMemory{10};  // how long one found name vouches for the resolver
constexpr std::string_view kAccept =
    "Accept: application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.3";

struct EasyCloser {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyCloser>;

struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListCloser>;

// One exchange: what libcurl calls back into, so its address must not change while it runs.
struct Exchange {
  HttpRequest request;
  std::function<void(HttpAnswer)> done;
  const AddressGuard* guard = nullptr;
  bool through_proxy = false;
  Easy easy;
  List headers;
  char error_text[CURL_ERROR_SIZE] = {};
  HttpAnswer answer;
  std::optional<Failure> objection;  // why we ended it ourselves
  Clock::time_point started;
  std::size_t header_bytes = 0;
  std::size_t header_lines = 0;
  bool header_complete = false;

  void end(FailureClass kind, std::string detail) {
    if (!objection) objection = failure(kind, std::move(detail));
  }
  bool may_connect(const IpAddress& address);
  bool take_header_line(std::string_view line);
  bool take_body(std::string_view bytes);
};

bool Exchange::may_connect(const IpAddress& address) {
  if (through_proxy) return true;  // the operator's own proxy decides; it is the only address seen here
  if (auto why = guard->objection(address)) {
    end(FailureClass::refused_address, std::move(*why));
    return false;
  }
  answer.address = address.text();
  if (request.may_use_address && !request.may_use_address(answer.address)) {
    end(FailureClass::busy_address, answer.address);
    return false;
  }
  return true;
}

bool Exchange::take_header_line(std::string_view line) {
  header_bytes += line.size();
  ++header_lines;
  if (header_bytes > request.limits.header_bytes || header_lines > request.limits.header_lines) {
    end(FailureClass::bad_response, fmt::format("the header is over {} KB or {} lines",
                                                request.limits.header_bytes >> 10, request.limits.header_lines));
    return false;
  }
  const auto text = trim(line);
  if (starts_with_ignoring_case(text, "HTTP/")) {  // each response begins anew: 100, 103, then the one that counts
    answer.headers.clear();
    header_complete = false;
    const auto space = text.find(' ');
    answer.status = 0;
    if (space != std::string_view::npos)
      for (const char c : text.substr(space + 1, 3))
        if (is_digit(c)) answer.status = answer.status * 10 + (c - '0');
    return true;
  }
  if (text.empty()) {
    header_complete = answer.status >= 200;
    return true;
  }
  const auto colon = text.find(':');
  if (colon != std::string_view::npos)
    answer.headers.add(std::string(trim(text.substr(0, colon))), std::string(trim(text.substr(colon + 1))));
  return true;
}

bool Exchange::take_body(std::string_view bytes) {
  const bool wanted = answer.status >= 200 && answer.status < 300;
  const auto& limits = request.limits;
  curl_off_t wire = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_SIZE_DOWNLOAD_T, &wire);
  if (!wanted) {
    answer.body.append(bytes.substr(0, kOtherBodyBytes - answer.body.size()));
    if (answer.body.size() < kOtherBodyBytes) return true;
    end(FailureClass::cancelled, "");  // an error page's rest is not worth its bytes: the status is the answer
    return false;
  }
  const auto size = static_cast<std::int64_t>(answer.body.size() + bytes.size());
  if (size > limits.body_bytes || wire > limits.wire_bytes) {
    end(FailureClass::too_large,
        fmt::format("over {} MB, or {} MB compressed", limits.body_bytes >> 20, limits.wire_bytes >> 20));
    return false;
  }
  if (size > limits.ratio_above && wire > 0 && size / wire > limits.ratio) {
    end(FailureClass::too_large, fmt::format("it unpacks to more than {} times its size", limits.ratio));
    return false;
  }
  answer.body.append(bytes);
  return true;
}

// --- libcurl's callbacks -----------------------------------------------------------------------------------------------

curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* address) {
  auto& exchange = *static_cast<Exchange*>(data);
  const auto ip = IpAddress::from(&address->addr);
  if (!ip || !exchange.may_connect(*ip)) return CURL_SOCKET_BAD;
  // One refused address of several must not condemn the others: libcurl goes on to the next.
  exchange.objection.reset();
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Called for kept-alive connections too, for which no socket is opened.
int before_request(void* data, char* address, char*, int, int) {
  auto& exchange = *static_cast<Exchange*>(data);
  const auto ip = IpAddress::parse(address);
  if (!ip || !exchange.may_connect(*ip)) return CURL_PREREQFUNC_ABORT;
  return CURL_PREREQFUNC_OK;
}

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* data) {
  return static_cast<Exchange*>(data)->take_header_line({bytes, size * count}) ? size * count : 0;
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* data) {
  return static_cast<Exchange*>(data)->take_body({bytes, size * count}) ? size * count : 0;
}

// --- outcome -----------------------------------------------------------------------------------------------------------

FailureClass class_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return FailureClass::name_not_found;
    case CURLE_COULDNT_RESOLVE_PROXY: return FailureClass::dns;
    case CURLE_COULDNT_CONNECT: return FailureClass::connect;
    case CURLE_OPERATION_TIMEDOUT: return FailureClass::timed_out;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return FailureClass::tls;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return FailureClass::interrupted;
    case CURLE_BAD_CONTENT_ENCODING: return FailureClass::bad_encoding;
    case CURLE_URL_MALFORMAT: return FailureClass::bad_address;
    default: return FailureClass::bad_response;
  }
}

bool is_worth_reading(const Exchange& exchange) {
  // An error page cut short by us is still an answer.
  return exchange.objection && exchange.objection->kind == FailureClass::cancelled && exchange.header_complete;
}

HttpAnswer answer_of(Exchange& exchange, CURLcode code) {
  auto answer = std::move(exchange.answer);
  curl_off_t wire = 0;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_SIZE_DOWNLOAD_T, &wire);
  answer.wire_bytes = wire + static_cast<std::int64_t>(exchange.header_bytes);
  answer.took = std::chrono::duration_cast<milliseconds>(Clock::now() - exchange.started);
  if (code == CURLE_OK || is_worth_reading(exchange)) return answer;
  if (exchange.objection) {
    answer.failure = std::move(exchange.objection);
    return answer;
  }
  const std::string detail = exchange.error_text[0] != 0 ? exchange.error_text : curl_easy_strerror(code);
  answer.failure = failure(class_of(code), detail);
  return answer;
}

// --- the client --------------------------------------------------------------------------------------------------------

class CurlClient final : public HttpClient {
 public:
  explicit CurlClient(ClientSettings settings) : settings_(std::move(settings)), multi_(curl_multi_init()) {
    if (multi_ == nullptr) throw std::runtime_error("libcurl has no memory for a multi handle");
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(settings_.connections));
    curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  }

  ~CurlClient() override {
    for (auto& exchange : running_) curl_multi_remove_handle(multi_, exchange->easy.get());
    running_.clear();
    idle_.clear();
    curl_multi_cleanup(multi_);
  }

  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  void start(HttpRequest request, std::function<void(HttpAnswer)> done) override {
    auto exchange = std::make_unique<Exchange>();
    exchange->request = std::move(request);
    exchange->done = std::move(done);
    exchange->guard = &settings_.guard;
    exchange->through_proxy = !settings_.proxy.empty();
    exchange->started = Clock::now();
    if (auto refusal = objection_to(exchange->request.url)) {
      exchange->objection = std::move(refusal);
      refused_.push_back(std::move(exchange));
      return;
    }
    exchange->easy = idle_.empty() ? Easy(curl_easy_init()) : std::move(idle_.back());
    if (!idle_.empty()) idle_.pop_back();
    if (!exchange->easy) throw std::runtime_error("libcurl has no memory for a transfer");
    prepare(*exchange);
    if (curl_multi_add_handle(multi_, exchange->easy.get()) != CURLM_OK)
      throw std::runtime_error("libcurl did not take a transfer");
    running_.push_back(std::move(exchange));
  }

  std::size_t drive(milliseconds longest) override {
    finish_refused();
    int going = 0;
    curl_multi_perform(multi_, &going);
    if (collect() == 0 && longest.count() > 0) {
      const auto wait = running_.empty() ? longest : std::min(longest, kDeadlineCheck);
      curl_multi_poll(multi_, nullptr, 0, static_cast<int>(wait.count()), nullptr);
      curl_multi_perform(multi_, &going);
      collect();
    }
    end_overdue();
    return running_.size() + refused_.size();
  }

  void wake() override { curl_multi_wakeup(multi_); }

  void cancel_all() override {
    auto cancelled = std::move(running_);
    running_.clear();
    for (auto& exchange : cancelled) {
      curl_multi_remove_handle(multi_, exchange->easy.get());
      exchange->answer.failure = failure(FailureClass::cancelled);
      exchange->done(std::move(exchange->answer));
    }
    finish_refused();
  }

 private:
  std::optional<Failure> objection_to(const std::string& address) const {
    const auto url = parse_url(address);
    if (!url) return failure(FailureClass::bad_address, "\"" + address + "\"");
    if (!url->is_web())
      return failure(FailureClass::refused_address, "only http and https are fetched, not " + url->scheme);
    const int port = url->port.value_or(url->scheme == "https" ? 443 : 80);
    if (!settings_.guard.allows_port(port))
      return failure(FailureClass::refused_address, fmt::format("port {} is not one this hub connects to", port));
    return std::nullopt;
  }

  void prepare(Exchange& exchange) {
    CURL* easy = exchange.easy.get();
    const auto& request = exchange.request;
    const auto& limits = request.limits;
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &exchange);
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange.error_text);
    // Anything but a string of our own here, and http_proxy or .netrc would decide where requests go.
    curl_easy_setopt(easy, CURLOPT_PROXY, settings_.proxy.c_str());
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    if (!settings_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, settings_.ca_file.c_str());

    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);

    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits.slow_bytes));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.slow_time.count()));
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, request.user_agent.c_str());
    set_headers(exchange);
    if (request.method == Method::post) {
      curl_easy_setopt(easy, CURLOPT_POST, 1L);
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
  }

  static void set_headers(Exchange& exchange) {
    curl_slist* list = nullptr;
    bool accept_given = exchange.request.method == Method::post;
    for (const auto& line : exchange.request.headers) {
      accept_given = accept_given || starts_with_ignoring_case(line, "accept:");
      // A line break in a stored value would be a header of a stranger's making.
      if (line.find_first_of("\r\n") == std::string::npos) list = curl_slist_append(list, line.c_str());
    }
    if (!accept_given) list = curl_slist_append(list, std::string(kAccept).c_str());
    list = curl_slist_append(list, "Expect:");  // no 100-continue round trip for small POSTs
    exchange.headers.reset(list);
    curl_easy_setopt(exchange.easy.get(), CURLOPT_HTTPHEADER, list);
  }

  void finish_refused() {
    auto refused = std::move(refused_);
    refused_.clear();
    for (auto& exchange : refused) {
      exchange->answer.failure = std::move(exchange->objection);
      exchange->done(std::move(exchange->answer));
    }
  }

  // Hands over what is finished; returns how many that were.
  std::size_t collect() {
    std::size_t finished = 0;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      void* owner = nullptr;
      const CURLcode code = message->data.result;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
      finish(static_cast<Exchange*>(owner), code);
      ++finished;
    }
    return finished;
  }

  void finish(Exchange* which, CURLcode code) {
    const auto at = std::find_if(running_.begin(), running_.end(), [&](const auto& e) { return e.get() == which; });
    if (at == running_.end()) return;
    std::unique_ptr<Exchange> exchange = std::move(*at);
    *at = std::move(running_.back());
    running_.pop_back();
    curl_multi_remove_handle(multi_, exchange->easy.get());
    auto answer = answer_of(*exchange, code);
    note_names(*exchange, answer);
    idle_.push_back(std::move(exchange->easy));
    exchange->done(std::move(answer));
  }

  // libcurl does not tell "no such name" from "no name server answers". A name that was found not long ago says that the
  // resolver works; without one, the fault is more likely to be ours than the blog's.
  void note_names(const Exchange& exchange, HttpAnswer& answer) {
    const auto now = Clock::now();
    const auto url = parse_url(exchange.request.url);
    const bool named = url && !IpAddress::parse(url->host) && url->host.substr(0, 1) != "[";
    if (named && !answer.address.empty()) last_name_found_ = now;
    if (!answer.failure || answer.failure->kind != FailureClass::name_not_found) return;
    if (last_name_found_ && now - *last_name_found_ < kResolverMemory) return;
    answer.failure = failure(FailureClass::dns, answer.failure->detail);
  }

  // libcurl has limits for connecting and for the whole, none for the header alone.
  void end_overdue() {
    const auto now = Clock::now();
    if (now - last_check_ < kDeadlineCheck) return;
    last_check_ = now;
    std::vector<Exchange*> overdue;
    for (const auto& exchange : running_)
      if (!exchange->header_complete && now - exchange->started > exchange->request.limits.headers)
        overdue.push_back(exchange.get());
    for (Exchange* exchange : overdue) {
      exchange->end(FailureClass::timed_out, "the header did not arrive in time");
      finish(exchange, CURLE_OPERATION_TIMEDOUT);
    }
  }

  ClientSettings settings_;
  CURLM* multi_;
  std::vector<std::unique_ptr<Exchange>> running_;
  std::vector<std::unique_ptr<Exchange>> refused_;
  std::vector<Easy> idle_;
  Clock::time_point last_check_{};
  std::optional<Clock::time_point> last_name_found_;
};

}  // namespace

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& [key, value] : lines_)
    if (equals_ignoring_case(key, name)) return value;
  return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> out;
  for (const auto& [key, value] : lines_)
    if (equals_ignoring_case(key, name)) out.emplace_back(value);
  return out;
}

Result<ClientSettings> client_settings(const config::FetchSettings& settings) {
  auto guard = AddressGuard::make(settings.allow_private_networks, settings.allow_ports);
  if (!guard) return guard.error().in("[fetch] allow_private_networks or allow_ports");
  ClientSettings out;
  out.guard = std::move(*guard);
  out.proxy = settings.proxy;
  out.connections = settings.concurrency;
  return out;
}

std::unique_ptr<HttpClient> make_http_client(ClientSettings settings) {
  // Once per process, and safe from several threads since 7.84.
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) throw std::runtime_error("libcurl could not be started");
  return std::make_unique<CurlClient>(std::move(settings));
}

std::string plain_user_agent(std::string_view base_url) {
  return fmt::format("voice/{} (+{}/bot)", VOICE_VERSION, base_url);
}

std::string feed_user_agent(std::string_view base_url, std::int64_t subscribers, std::int64_t feed_id) {
  return fmt::format("voice/{} (+{}/bot; {} subscriber{}; feed-id={})", VOICE_VERSION, base_url, subscribers,
                     subscribers == 1 ? "" : "s", feed_id);
}

}  // namespace voice::fetcher
