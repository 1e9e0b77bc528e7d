#include "app/crew.h"

#include <exception>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "app/priority.h"

namespace voice::app {
namespace {
sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  // The terminal it was started in has gone; nohup says that this is no reason to stop.
  struct sigaction now {};
  if (::sigaction(SIGHUP, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(&signals, SIGHUP);
  return signals;
}
}  // namespace

Crew::Crew(Log& log) : log_(log) {
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // inherited by every thread that is started from here on
  ::signal(SIGPIPE, SIG_IGN);                     // a visitor who hangs up is no reason to die
}

Crew::~Crew() { stop(); }

void Crew::add(const std::string& name, std::function<void(std::stop_token)> work, Turn turn) {
  threads_.emplace_back([this, name, work = std::move(work), turn](std::stop_token stop) {
    if (turn == Turn::after_readers) let_others_go_first();
    try {
      work(std::move(stop));
    } catch (const std::exception& error) {
      log_.error("{} cannot go on: {}", name, error.what());
      failed_ = true;
      ::kill(::getpid(), SIGTERM);
    }
  });
}

bool Crew::until_asked_to_stop() {
  const auto signals = stop_signals();
  int received = 0;
  sigwait(&signals, &received);
  if (!failed_)
    log_.info("stopping, as {} asked", received == SIGINT   ? "Ctrl-C"
                                       : received == SIGHUP ? "the end of its terminal"
                                                            : "SIGTERM");
  stop();
  return !failed_;
}

void Crew::stop() {
  for (auto& thread : threads_) thread.request_stop();
  while (!threads_.empty()) threads_.pop_back();  // joins
}

}  // namespace voice::app
