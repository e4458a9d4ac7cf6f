#include "cli/interrupt.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "cli/verb.h"

namespace marrow::cli {
namespace {

// SIGUSR2 is how the destructor wakes the thread; nobody else is asked to send it.
sigset_t taken_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (int signal : {SIGINT, SIGTERM, SIGUSR2}) sigaddset(&set, signal);
  return set;
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t set = taken_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this] { wait_for_signals(); });
}

Interrupt::~Interrupt() {
  over_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR2);
  thread_.join();
}

void Interrupt::on_abort(std::function<void()> clean_up) {
  const std::lock_guard lock(mutex_);
  clean_up_ = std::move(clean_up);
}

void Interrupt::wait_for_signals() {
  const sigset_t set = taken_signals();
  while (!over_) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0 || signal == SIGUSR2) continue;
    if (!stop_.exchange(true)) continue;
    const std::lock_guard lock(mutex_);
    if (clean_up_) clean_up_();
    ::_exit(kInterrupted);
  }
}

}  // namespace marrow::cli
