#include "tests/app/process.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <signal.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "base/text.h"

namespace voice::app {
namespace {
using namespace std::chrono_literals;

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
}  // namespace

Child::Child(const std::vector<std::string>& arguments) {
  pid_ = ::fork();
  if (pid_ != 0) return;
  const int out = ::open(folder_.file("out").c_str(), O_CREAT | O_WRONLY, 0600);
  const int err = ::open(folder_.file("err").c_str(), O_CREAT | O_WRONLY, 0600);
  ::dup2(out, 1);
  ::dup2(err, 2);
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

Child::~Child() {
  if (exit_code_ == -1) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

std::string Child::out() const { return content_of(folder_.file("out")); }
std::string Child::err() const { return content_of(folder_.file("err")); }

bool Child::says(const std::string& text, std::chrono::seconds longest) const {
  const auto end = std::chrono::steady_clock::now() + longest;
  while (err().find(text) == std::string::npos) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(20ms);
  }
  return true;
}

void Child::signal(int number) const { ::kill(pid_, number); }

int Child::wait(std::chrono::seconds longest) {
  const auto end = std::chrono::steady_clock::now() + longest;
  int status = 0;
  while (::waitpid(pid_, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > end) return -1;
    std::this_thread::sleep_for(10ms);
  }
  exit_code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return exit_code_;
}

Page get(int port, const std::string& path, const std::vector<std::string>& headers) {
  Page page;
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
  timeval patience{20, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string answer;
  if (::connect(socket, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0) {
    std::string request =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\nConnection: close\r\n";
    for (const auto& header : headers) request += header + "\r\n";
    request += "\r\n";
    if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
      char buffer[16384];
      for (ssize_t got = 0; (got = ::recv(socket, buffer, sizeof buffer, 0)) > 0;)
        answer.append(buffer, static_cast<std::size_t>(got));
    }
  }
  ::close(socket);
  const auto end = answer.find("\r\n\r\n");
  if (end == std::string::npos) return page;
  const auto lines = split(std::string_view(answer).substr(0, end), '\n');
  page.status = std::atoi(answer.c_str() + answer.find(' '));
  for (const auto line : lines)
    if (const auto colon = line.find(':'); colon != std::string_view::npos)
      page.headers[to_ascii_lower(line.substr(0, colon))] = trim(line.substr(colon + 1));
  page.body = answer.substr(end + 4);
  return page;
}

}  // namespace voice::app
